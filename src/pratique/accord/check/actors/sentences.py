# SPDX-License-Identifier: Apache-2.0
"""Whom a sentence of English prose makes act: a rough reading, by the words around a name.

It takes too many for acting rather than too few: what follows from it is said only where nobody
could read the sentence otherwise. Other languages are not read.
"""

from __future__ import annotations

import re

from pratique.accord.check.actors.naming import Mention, Naming

_PARTS = re.compile(r"[.;](?=\s|$)")
_PRONOUN = re.compile(
    r"(?:^|[,:]\s|\b(?:and|or|that|then|than|where|when|while|if|until|as)\s)(?:it|they|he|she)\b",
    re.IGNORECASE,
)
_OF_ANOTHER = re.compile(r"\s+of(?:\s+\w+){0,4}\s*\Z")
_DETERMINERS = r"(?:the|a|an|each|every|any|no|its|their|both|all|other|one|national|home)"
_BEFORE = re.compile(rf"(?P<last>\S*?)\s*(?:\b{_DETERMINERS}\s+)*\Z", re.IGNORECASE)
_AFTER = re.compile(
    r"""
    (?:\s*\([^)]*\))?                                         # the Hub (in Monrovia)
    (?:\s+(?:and|or)\s+(?:(?:the|each|its|other)\s+)*[A-Z]\w*(?:\s[A-Z]\w*)*)*   # and the Council
    (?:,\s+(?:with|after|where|if|having|without)\b[^,;]*,)?  # , with the Party concerned,
    (?:\s+(?:both|each|then|also|only|alone|itself|first|always|never|not|likewise|again|jointly|\w+ly))*
    \s+(?P<next>[a-z]+)
    """,
    re.VERBOSE,
)
_NO_VERBS = frozenset(
    ("as", "this", "its", "is", "days", "hours", "weeks", "months", "years", "across", "towards")
)
_VERBS = frozenset(
    ("is", "are", "was", "were", "has", "have", "had", "does", "do", "did", "shall", "should",
     "may", "must", "will", "would", "can", "could")
)  # fmt: skip
_BEFORE_ACTORS = frozenset(
    ("and", "as", "if", "of", "once", "or", "since", "than", "that", "then", "until", "when",
     "where", "while")
)  # fmt: skip
_LINKS = _BEFORE_ACTORS | frozenset(
    ("a", "about", "across", "after", "against", "all", "any", "at", "before", "between", "both",
     "but", "by", "during", "each", "every", "for", "from", "in", "into", "its", "no", "nor", "on",
     "other", "out", "over", "per", "so", "the", "their", "there", "this", "through", "to",
     "towards", "under", "unless", "upon", "what", "which", "who", "whose", "with", "within",
     "without")
)  # fmt: skip
_PARTY = re.compile(r"\b(?:Part(?:y|ies)|part(?:y|ies))\b")


def sentences(text: str) -> list[str]:
    """Return the sentences of a text, and the parts of them that a semicolon divides."""
    return [" ".join(part.split()) for part in _PARTS.split(text) if part.strip()]


def has_pronoun(sentence: str) -> bool:
    """Say whether a sentence speaks of somebody whom it does not name."""
    return _PRONOUN.search(sentence) is not None


def acting(sentence: str, naming: Naming) -> set[str]:
    """Return whom a sentence makes act, of those whom it names."""
    found: set[str] = set()
    ends = 0
    for one in naming.mentions(sentence):
        # A committee of the Council is not the Council; the chair of the Council acts for it.
        if not (ends and _OF_ANOTHER.match(sentence[ends : one.start])) and _acts(sentence, one):
            found |= set(one.names)
        ends = one.end
    return found


def parties_act(sentence: str) -> bool:
    """Say whether a sentence makes a Party act, or the Parties, without naming which."""
    found = (
        Mention((), one.start(), one.end(), one[0].endswith("ies"))
        for one in _PARTY.finditer(sentence)
    )
    return any(_acts(sentence, one) for one in found)


def _acts(sentence: str, mention: Mention) -> bool:
    before = _BEFORE.search(sentence[: mention.start])
    last = before["last"].lower() if before is not None else ""
    if last == "by":
        return True
    if last in _LINKS - _BEFORE_ACTORS:
        return False
    if not last or last.endswith((",", ":")):
        return True
    after = _AFTER.match(sentence[mention.end :])
    several = mention.is_plural or last == "and"
    return after is not None and _is_verb(after["next"], several=several)


def _is_verb(word: str, *, several: bool) -> bool:
    if word in _VERBS:
        return True
    if several:
        return word not in _LINKS
    return word.endswith("s") and word not in _NO_VERBS
