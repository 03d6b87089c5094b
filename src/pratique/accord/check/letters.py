# SPDX-License-Identifier: Apache-2.0
"""Letters that deceive the eye: words of two alphabets, marks that turn the reading direction.

Knows the alphabets whose letters look like Latin ones; an honest word in another script is left.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

BIDIRECTIONAL = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")

_WORD = re.compile(r"[^\W\d_]+")
_ALIKE = ("CYRILLIC", "GREEK", "ARMENIAN", "CHEROKEE", "COPTIC", "FULLWIDTH", "MATHEMATICAL")
# Greek letters that stand at the edge of an honest Latin word: units, subtypes of proteins.
_HONEST = frozenset("αβγδεκλμπσΔΩ")
# Whole words of these, and of no other letters, pass for Latin ones.
_LOOKALIKES = frozenset("аеорсухіјѕһԁԛԝАВЕКМНОРСТХІЈЅορνΑΒΕΖΗΙΚΜΝΟΡΤΥΧ")
_SHORTEST = 3


def deceptive_words(line: str) -> Iterator[tuple[str, int, str]]:
    """Iterate over the words of a line that pass for Latin and are not: word, column, letter."""
    for match in _WORD.finditer(line):
        word = match[0]
        if not word.isascii() and (sign := _foreign(word)):
            yield word, match.start() + 1, sign


def _foreign(word: str) -> str:
    """Return the first letter of a word that passes for a Latin one, or nothing."""
    foreign = [sign for sign in word if _script(sign) in _ALIKE]
    latin = any(_script(sign) == "LATIN" for sign in word)
    if latin:
        honest = [sign for sign in (word[0], word[-1]) if sign in _HONEST]
        return foreign[0] if len(foreign) > len(honest) else ""
    whole = len(word) >= _SHORTEST and all(sign in _LOOKALIKES for sign in word)
    return foreign[0] if whole and foreign else ""


def _script(sign: str) -> str:
    return unicodedata.name(sign, "").partition(" ")[0]
