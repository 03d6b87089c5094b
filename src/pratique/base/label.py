# SPDX-License-Identifier: Apache-2.0
"""What something is called in a reader's language: its article apart, for a heading has none.

In a sentence the article is said, and meets the word before it: "de" and "le Conseil" are "du
Conseil". Marks keep the place of a label while its sentence is put together; `settled` reads them.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Self

_OPEN, _NOUN, _SHOWN, _CLOSE = "\ue0f0", "\ue0f1", "\ue0f2", "\ue0f3"
_FIRST, _LAST = "\ue0f4", "\ue0f5"
_MARKED = re.compile(
    f"{_OPEN}(?P<article>[^{_OPEN}-{_LAST}]*){_NOUN}(?P<noun>[^{_OPEN}-{_LAST}]*)"
    f"{_SHOWN}(?P<shown>[^{_OPEN}-{_LAST}]*){_CLOSE}"
)
_ONE = re.sub(r"\?P<\w+>", "?:", _MARKED.pattern)
_GOVERNED = re.compile(rf"\b(de|à|De|À) ({_ONE}|{_FIRST}[^{_FIRST}{_LAST}]*{_LAST})")
_THAT = re.compile(rf"\b(que|lorsque|puisque|Lorsque|Puisque) {_FIRST}?({_ONE})")
_ARTICLES = {"fr": ("le ", "la ", "les ", "l’", "l'")}
_CONTRACTED = {
    ("de", "le "): "du ",
    ("de", "les "): "des ",
    ("à", "le "): "au ",
    ("à", "les "): "aux ",
}
_VOWELS = frozenset("aàâäæeéèêëhiîïoôöœuùûü")
_NOT_VOCAL = (
    "hach", "hâ", "hai", "haï", "hall", "halt", "hand", "hang", "hasard", "hau", "hérau", "héris",
    "héro", "hiérarch", "holl", "hond", "hong", "hors", "huit", "onz", "oui",
)  # fmt: skip


class Label(str):
    """A name or words as a translation gives them, without the article that they take.

    A text, because that is what labels are everywhere; only a sentence knows of the article.
    """

    __slots__ = ("article",)
    article: str

    def __new__(cls, text: str, article: str = "") -> Self:
        """Return a label; `article` as it stands before it, with its space if it has one."""
        label = super().__new__(cls, text)
        label.article = article
        return label


@dataclass(frozen=True, slots=True)
class Bare:
    """A name that stands apart in its sentence, as in a heading: without its article."""

    value: object


def label_of(text: str, language: str) -> Label:
    """Return a name as a text in a language gives it, its article apart if it has one."""
    for article in _ARTICLES.get(language.partition("-")[0], ()):
        if text.startswith(article) and text[len(article) :].strip():
            return Label(text[len(article) :].strip(), article.replace("'", "’"))
    return Label(text)


def marked(label: Label, shown: str) -> str:
    """Return what is shown of a label, marked for `settled`."""
    noun = label.partition(" ")[0]
    return f"{_OPEN}{label.article}{_NOUN}{noun}{_SHOWN}{shown}{_CLOSE}"


def headed(text: str) -> str:
    """Return a text whose opening label is without its article, as a heading is."""
    return _MARKED.sub(lambda one: one["shown"], text, count=1) if text[:1] == _OPEN else text


def is_marked(text: str) -> bool:
    """Say whether a text is a marked label and nothing else."""
    return _MARKED.fullmatch(text) is not None


def together(text: str) -> str:
    """Return a list of marked labels, marked as one: a preposition before it governs each."""
    return f"{_FIRST}{text}{_LAST}"


def settled(text: str, language: str) -> str:
    """Return a text with the articles of its marked labels, and without the marks."""
    if _OPEN not in text:
        return text
    if language.partition("-")[0] == "fr":
        text = _GOVERNED.sub(_with_preposition, text)
        text = _THAT.sub(_elided, text)
    text = _MARKED.sub(lambda one: one["article"] + one["shown"], text)
    return text.replace(_FIRST, "").replace(_LAST, "")


def _with_preposition(found: re.Match[str]) -> str:
    """Return labels that one preposition governs, each with its own: "du Conseil et du Fonds"."""
    words = iter([found[1]])
    return _MARKED.sub(lambda one: _joined(next(words, found[1].lower()), one), found[2])


def _joined(preposition: str, one: re.Match[str]) -> str:
    contracted = _CONTRACTED.get((preposition.lower(), one["article"]))
    if contracted is not None:
        cased = contracted if preposition.islower() else contracted.capitalize()
        return cased + one["shown"]
    if preposition.lower() == "de" and not one["article"] and _is_vocal(one["noun"]):
        return f"{preposition[0]}’{one['shown']}"
    return f"{preposition} {one['article']}{one['shown']}"


def _elided(found: re.Match[str]) -> str:
    one = _MARKED.match(found[2])
    if one is None or one["article"] or not _is_vocal(one["noun"]):
        return found[0]
    return f"{found[1][:-1]}’{one['shown']}"


def _is_vocal(noun: str) -> bool:
    """Say whether a word makes the one before it lose its vowel."""
    word = noun.lower()
    return word[:1] in _VOWELS and not word.startswith(_NOT_VOCAL)
