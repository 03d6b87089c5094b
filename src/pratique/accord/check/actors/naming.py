# SPDX-License-Identifier: Apache-2.0
"""How prose names parties, groups and offices, and where it does so.

By label or name in words, by the noun of the label alone ("the Committee"), and as the accord says
that it calls one: `the Hub is the Regional Centre`, `Regional Centre ("the Hub")`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from pratique.accord.model import Accord

NAMED = ("party", "body", "group")
_COMPLEMENT = re.compile(r"\s(?:of|for|to|in|on|at|who|that|de|du|des|pour|à|chargé)\s|\sd['’]")
_SHORTEST = 3


@dataclass(frozen=True, slots=True)
class Mention:
    """A place in prose that may name any of some parties, groups or offices."""

    names: tuple[str, ...]
    start: int
    end: int
    is_plural: bool = False


class Naming:
    """The names of one accord, as its prose may write them."""

    def __init__(self, accord: Accord) -> None:
        self.labels = {
            name: label_of(accord, name)
            for name, symbol in accord.scope.symbols.items()
            if symbol.kind in NAMED
        }
        self._english = accord.document.setting("language", "en") == "en"
        whole: dict[str, set[str]] = {}
        heads: dict[str, set[str]] = {}
        for name, label in self.labels.items():
            for words in {label.lower(), name.replace("_", " ")}:
                whole.setdefault(words, set()).add(name)
                heads.setdefault(self._head(words), set()).add(name)
        for alias, name in _aliases(self.labels, accord):
            whole.setdefault(alias, set()).add(name)
        self._named = (_patterns(whole), _patterns(heads))

    def mentions(self, text: str) -> list[Mention]:
        """Return the places of a text that name someone, in order; the longest name counts."""
        found: list[Mention] = []
        lowered = text.lower()
        for patterns in self._named:
            for one in patterns:
                for match in one.pattern.finditer(text) if one.stem in lowered else ():
                    start, end = match.span()
                    if not any(start < other.end and other.start < end for other in found):
                        found.append(Mention(one.names, start, end, match["plural"] is not None))
        return sorted(found, key=lambda one: one.start)

    def named_in(self, text: str) -> set[str]:
        """Return all whom a text may name."""
        return {name for one in self.mentions(text) for name in one.names}

    def _head(self, words: str) -> str:
        """Return the noun of a label: the last word in English, the first elsewhere."""
        own = _COMPLEMENT.split(words)[0].split()
        return own[-1 if self._english else 0] if own else words


def label_of(accord: Accord, name: str) -> str:
    """Return what a party, office or group is called."""
    label = accord.label(name)
    return label.replace("_", " ") if label == name else label


def _aliases(labels: Mapping[str, str], accord: Accord) -> Iterator[tuple[str, str]]:
    """Iterate over what the paragraphs of an accord say that they call whom."""
    names = {label.lower(): name for name, label in labels.items()}
    if not names:
        return
    own = "|".join(re.escape(label) for label in sorted(names, key=len, reverse=True))
    for paragraph in accord.document.paragraphs():
        for form, sign in ((_CALLED_AFTER, "("), (_CALLED_BEFORE, "he ")):
            if sign in paragraph.text:
                for match in re.finditer(form.format(own=own), paragraph.text, re.IGNORECASE):
                    yield match["alias"].lower(), names[" ".join(match["label"].lower().split())]


_CALLED_AFTER = (
    r"\b(?P<label>{own})\s*\(\s*(?:[“\"«]\s*)?(?:the |l[ae] |l['’])?"
    r"(?P<alias>\w[\w’' -]*?)\s*[”\"»]?\s*\)"
)
_CALLED_BEFORE = r"\bthe (?P<alias>\w[\w-]*(?: \w[\w-]*)?) is the (?P<label>{own})\b"


@dataclass(frozen=True, slots=True)
class _Pattern:
    """How prose may write some: `stem` is what any form of it holds, in small letters."""

    names: tuple[str, ...]
    pattern: re.Pattern[str]
    stem: str


def _patterns(named: Mapping[str, set[str]]) -> list[_Pattern]:
    """Return what finds names, the longest first."""
    ordered = sorted((words for words in named if len(words) >= _SHORTEST), key=len, reverse=True)
    return [
        _Pattern(tuple(sorted(named[words])), _pattern(words), words.split()[0][:-1])
        for words in ordered
    ]


def _pattern(words: str) -> re.Pattern[str]:
    """Return what finds some words, in the singular or the plural, over the ends of lines."""
    inner = r"\s+".join(re.escape(word) for word in words.split())
    plural = r"(?P<plural>e?s|x)?"
    if words.endswith("y"):
        inner, plural = inner[:-1], r"(?:y|(?P<plural>ies))"
    elif words.endswith("s"):
        inner, plural = inner[:-1], r"(?P<plural>s)?"
    return re.compile(rf"(?<!\w){inner}{plural}(?!\w)", re.IGNORECASE)
