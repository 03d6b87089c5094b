# SPDX-License-Identifier: Apache-2.0
"""Prose cut into tokens with their places: words, numbers in digits, codes, days, marks.

Linear in the length of the prose. A token that holds a digit and is no plain figure (H5N1, 7-1-7,
WHA58.3, 17:00) is a code.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import TypeVar

from pratique.accord.quantities.wording import Table, Wording

T = TypeVar("T")

_SYMBOLS = r"US\$|A\$|C\$|HK\$|GH₵|[$€£¥₦₵₹]"
_SPACE = r"[ \u00a0\u202f]"
_GAP = r"[ \u00a0\u202f\u2009\u2007\u2008\u2006'’]"
_FIGURE = rf"[0-9]{{1,3}}(?:{_GAP}[0-9]{{3}})+(?![0-9])(?:[.,][0-9]+)?|[0-9]+(?:[.,][0-9]+)*"
_LETTER = r"(?:[^\W\d_]|[\u0300-\u036f])"
_TOKEN = re.compile(
    rf"(?P<code>\+[0-9](?:[ .-]?[0-9])+|[0-9]{{1,2}}{_SPACE}?h{_SPACE}?[0-9]{{2}}(?!\w))"
    rf"|(?P<day>[0-9]{{4}}-[0-9]{{2}}-[0-9]{{2}}(?![0-9]))"
    rf"|(?P<ratio>[0-9]{{1,3}}/[0-9]{{1,3}}(?![0-9]|[.,][0-9]))"
    rf"|(?P<figure>(?:(?<![^\s(])[-−](?=[0-9]))?(?:{_FIGURE}))"
    rf"|(?P<currency>{_SYMBOLS})"
    rf"|(?P<word>{_LETTER}+)"
    r"|(?P<mark>[^\s*_`])"
)

_CHUNK = re.compile(r"[^\s()\[\]{}\"“”«»,;*`—]+")
_DIGITS = r"[0-9]+(?:[.'’][0-9]+)?|[0-9]{1,3}(?:[.'’][0-9]{3})+"
_SUFFIX = (
    r"st|nd|rd|th|er|ère|re|e|è|ème|ième|nde|h|hrs?|mins?|mn|j|m|bn|k|M|Md|mn|%|‰|°C?|[€$£¥]|"
    r"ers|èmes|es"
)
_PLAIN = re.compile(
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}"
    r"|[a-zà-ÿ]+/[0-9]+|[0-9]{1,3}/[0-9]{1,3}"
    rf"|(?:(?:[cdjlmnstCDJLMNST]|[qQ]u|[jJ]usqu)['’])?[<>≥≤=~≈±×]?[-−]?(?:{_SYMBOLS}|[A-Z]{{3}})?"
    rf"(?:{_DIGITS})(?:{_SUFFIX})?(?:[-–](?:{_SYMBOLS})?(?:{_DIGITS})(?:{_SUFFIX})?)?"
    r"(?:[-–/][^\W\d_]+)*(?:['’][a-z]*)?"
)
_YEARS = re.compile(r"(?:19|20)[0-9]{2}[-–/](?:[0-9]{2}|(?:19|20)[0-9]{2})")
_ROUND_THE_CLOCK = {"24/7", "7/7", "24/24"}
_LONGEST_CODE = 64
_LONGEST_FIGURE = 30


@dataclass(frozen=True, slots=True)
class Token:
    """A word, figure, ratio, day, currency, mark or code; `low` is its text in lower case."""

    kind: str
    text: str
    low: str
    start: int
    end: int
    value: Fraction | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """Prose as tokens, with the wording of its language."""

    prose: str
    tokens: tuple[Token, ...]
    wording: Wording

    def low(self, index: int) -> str:
        """Return the token's text in lower case, or "" outside the line."""
        return self.tokens[index].low if 0 <= index < len(self.tokens) else ""

    def kind(self, index: int) -> str:
        """Return the token's kind, or "" outside the line."""
        return self.tokens[index].kind if 0 <= index < len(self.tokens) else ""

    def phrase(self, index: int, table: Table[T]) -> tuple[T, int] | None:
        """Return the longest phrase of a table that starts here: its value, the token after it."""
        reach = table.reach.get(self.low(index))
        if reach is None:
            return None
        for length in range(min(reach, len(self.tokens) - index), 0, -1):
            words = tuple(token.low for token in self.tokens[index : index + length])
            if (value := table.entries.get(words)) is not None:
                return value, index + length
        return None

    def touches(self, index: int) -> bool:
        """Say whether a token follows the one before it without a space."""
        return (
            0 < index < len(self.tokens) and self.tokens[index - 1].end == self.tokens[index].start
        )

    def is_noun(self, index: int) -> bool:
        """Say whether a token is a word that can be what is counted."""
        return (
            self.kind(index) == "word"
            and len(self.low(index)) > 1
            and self.low(index) not in self.wording.plain
        )


def line_of(prose: str, wording: Wording) -> Line:
    """Return prose as tokens."""
    return Line(prose, tuple(_tokens(prose, wording)), wording)


def _tokens(prose: str, wording: Wording) -> Iterator[Token]:
    codes = _codes(prose)
    code = next(codes, None)
    position = 0
    while match := _TOKEN.search(prose, position):
        while code and code[1] <= match.start():
            code = next(codes, None)
        if code and code[0] < match.end():
            start, position = min(code[0], match.start()), max(code[1], match.end())
            text = prose[start:position]
            yield Token("code", text, text.lower(), start, position)
            continue
        position = match.end()
        yield _token(match, wording)


def _token(match: re.Match[str], wording: Wording) -> Token:
    kind, text = match.lastgroup or "mark", match.group()
    value = None
    if kind == "figure":
        value = figure_value(text, comma_is_decimal=wording.comma_is_decimal)
    elif kind == "ratio":
        value = _ratio_value(text)
    if kind in ("figure", "ratio") and value is None:
        kind = "code"
    low = "'" if text == "’" else unicodedata.normalize("NFC", text).lower()
    return Token(kind, text, low, match.start(), match.end(), value)


def _codes(prose: str) -> Iterator[tuple[int, int]]:
    for match in _CHUNK.finditer(prose):
        text = match.group().rstrip(".:!?'’…/-–")
        if any(c in "0123456789" for c in text) and not _is_plain(text):
            yield match.start(), match.start() + len(text)


def _is_plain(text: str) -> bool:
    if text.startswith("+") or len(text) > _LONGEST_CODE:
        return False
    if text in _ROUND_THE_CLOCK or _YEARS.fullmatch(text):
        return False
    return _PLAIN.fullmatch(text) is not None


def _ratio_value(text: str) -> Fraction | None:
    above, below = map(int, text.split("/"))
    return Fraction(above, below) if 0 < above <= below else None


def figure_value(text: str, *, comma_is_decimal: bool) -> Fraction | None:
    """Return the value of a figure by the language's rules, or None if it is none.

    English `40,000` and `40.5`; French `40 000`, `40.000` and `40,5`. Where only one reading is
    possible (`2,5` in English, `1,234.50` in French) it is taken in both.
    """
    if len(text) > _LONGEST_FIGURE:
        return None
    if text.isdecimal():
        return Fraction(int(text))
    digits = re.sub(_GAP, "", text).replace("−", "-")
    decimal, group = (",", ".") if comma_is_decimal else (".", ",")
    for point, comma in ((decimal, group), (group, decimal)):
        whole = rf"-?(?:[0-9]+|[0-9]{{1,3}}(?:\{comma}[0-9]{{3}})+)(?:\{point}[0-9]+)?"
        if re.fullmatch(whole, digits):
            return Fraction(digits.replace(comma, "").replace(point, "."))
    return None
