# SPDX-License-Identifier: Apache-2.0
"""Numerals of a line: figures, number words (read by text2num), and both with their scale, halves
and repetition in brackets. Says how large, not of what.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from fractions import Fraction

from text_to_num import find_numbers  # type: ignore[import-untyped]

from pratique.accord.quantities.lexis import Line, Token

# Ordinals that text2num 3.1.0 does not know are shown to it as cardinals.
_SHOWN_AS = {"sixtieth": "sixty"}
_MILLION = 10**6
_SMALL_LEFT = 1000


@dataclass(frozen=True, slots=True)
class Numeral:
    """A number at tokens `first` to `last`; `spelled` in words; `plural` as in thirds."""

    first: int
    last: int
    value: Fraction
    ordinal: bool = False
    plural: bool = False
    spelled: bool = False
    scale: int = 1


def numerals(line: Line) -> list[Numeral]:
    """Return the numerals of a line in order; `fourteen (14)` is one, `fourteen (15)` are two."""
    found = sorted((*_figures(line), *_spelled(line)), key=lambda n: n.first)
    return _scales_shared(line, _pairs(line, list(_apart(_widened(line, n) for n in found))))


def _figures(line: Line) -> Iterator[Numeral]:
    for i, token in enumerate(line.tokens):
        if token.value is None:
            continue
        ordinal = line.touches(i + 1) and line.low(i + 1) in line.wording.suffixes
        yield Numeral(i, i + ordinal, token.value, ordinal=ordinal)


def _spelled(line: Line) -> Iterator[Numeral]:
    fixed = {}
    for i in range(len(line.tokens)):
        if phrase := line.phrase(i, line.wording.fixed):
            fixed[i] = phrase[1]
            yield Numeral(i, phrase[1] - 1, phrase[0], spelled=True, scale=_scale(line, phrase[1]))
        elif _is_dozen(line, i):
            yield Numeral(i, i, Fraction(line.wording.scales[line.low(i)]), spelled=True)
        elif line.low(i) in line.wording.seconds and line.wording.second_after:
            yield Numeral(i, i, Fraction(2), ordinal=True, spelled=True)
    yield from _by_words(line, {k for i, end in fixed.items() for k in range(i, end)})


def _is_dozen(line: Line, index: int) -> bool:
    word = line.low(index)
    if word.endswith("aine"):
        return word in line.wording.scales and line.low(index + 1) in line.wording.of
    return word == "dozen"


@dataclass(frozen=True, slots=True)
class _Word:
    """A word as text2num asks for it: it calls `text`, `nt_separated`, `not_a_number_part`."""

    index: int
    token: Token
    apart: bool
    barred: bool

    def text(self) -> str:
        return _SHOWN_AS.get(self.token.low, self.token.low)

    def nt_separated(self, _previous: object) -> bool:
        return self.apart

    def not_a_number_part(self) -> bool:
        return self.barred


def _by_words(line: Line, taken: set[int]) -> Iterator[Numeral]:
    sequence = _words(line, taken)
    for occurrence in find_numbers(sequence, line.wording.name, 0):
        match = re.match(r"([0-9]+)(?:[.,]([0-9]+))?", occurrence.text)
        if match is None:
            continue
        first, last = sequence[occurrence.start].index, sequence[occurrence.end - 1].index
        yield Numeral(
            first,
            last,
            Fraction(match[0].replace(",", ".")),
            ordinal=occurrence.is_ordinal or line.low(last) in _SHOWN_AS,
            plural=occurrence.text.endswith("s"),
            spelled=True,
            scale=_scale(line, last + 1),
        )


def _words(line: Line, taken: set[int]) -> list[_Word]:
    barred = taken | _percent_words(line)
    found: list[_Word] = []
    before = -1
    for i, token in enumerate(line.tokens):
        if token.kind != "word":
            continue
        apart = any(line.low(k) != "-" for k in range(before + 1, i))
        bar = i in barred or (token.low == line.wording.glue and not _glues(line, i))
        found.append(_Word(i, token, apart, bar))
        before = i
    return found


def _percent_words(line: Line) -> set[int]:
    found: set[int] = set()
    for i in range(len(line.tokens)):
        if phrase := percent_at(line, i):
            found.update(range(i, phrase[1]))
    return found


def percent_at(line: Line, index: int) -> tuple[Fraction, int] | None:
    """Return what `per cent` at a token is worth, and the token after it.

    `Pour cent mille habitants` is a number.
    """
    phrase = line.phrase(index, line.wording.percents)
    return None if phrase and line.low(phrase[1]) in line.wording.scales else phrase


def _glues(line: Line, index: int) -> bool:
    """Say whether `and` is inside a number, as in one hundred and two; not before two hundred."""
    wording = line.wording
    before = index - 2 if line.low(index - 1) == "-" else index - 1
    after = index + 2 if line.low(index + 1) == "-" else index + 1
    return (
        line.low(before) in wording.glue_after
        and line.low(after) in wording.glue_before
        and line.low(after + 1) not in wording.glue_stops
    )


def _apart(found: Iterable[Numeral]) -> Iterator[Numeral]:
    end = -1
    for numeral in found:
        if numeral.first > end:
            end = numeral.last
            yield numeral


def _scale(line: Line, end: int) -> int:
    scale = line.wording.scales.get(line.low(end - 1), 1)
    return scale if scale >= _MILLION else 1


def _widened(line: Line, numeral: Numeral) -> Numeral:
    if numeral.ordinal:
        return numeral
    return _tailed(line, _scaled(line, _tailed(line, numeral)))


def _scaled(line: Line, numeral: Numeral) -> Numeral:
    """Return a numeral with the scale word after it: 12 million, two dozen, EUR 5m."""
    scale = line.wording.scales.get(line.low(numeral.last + 1))
    if scale is None and line.touches(numeral.last + 1) and _has_currency(line, numeral.first):
        scale = {"k": 10**3, "m": 10**6, "bn": 10**9}.get(line.low(numeral.last + 1))
    if line.low(numeral.last + 1).endswith("aine") and not _is_dozen(line, numeral.last + 1):
        return numeral
    if scale is None or numeral.scale > 1:
        return numeral
    return replace(numeral, last=numeral.last + 1, value=numeral.value * scale, scale=scale)


def _has_currency(line: Line, index: int) -> bool:
    before = line.tokens[index - 1] if index else None
    return before is not None and (
        before.kind == "currency" or (before.kind == "word" and len(before.text) == len("EUR"))
    )


def _tailed(line: Line, numeral: Numeral) -> Numeral:
    tail = line.phrase(numeral.last + 1, line.wording.tails)
    if tail is None or numeral.value.denominator != 1:
        return numeral
    return replace(numeral, last=tail[1] - 1, value=numeral.value + tail[0] * numeral.scale)


def _pairs(line: Line, found: list[Numeral]) -> list[Numeral]:
    """Return numerals with words and figures in brackets made one where they agree."""
    kept: list[Numeral] = []
    for numeral in found:
        before = kept[-1] if kept else None
        if before is None or not _is_bracketed_after(line, before, numeral):
            kept.append(numeral)
        elif before.value == numeral.value:
            kept[-1] = replace(before, last=numeral.last + 1, spelled=False)
        else:
            kept.append(replace(numeral, last=numeral.last + 1))
    return kept


def _is_bracketed_after(line: Line, before: Numeral, numeral: Numeral) -> bool:
    return (
        numeral.first == before.last + 2
        and line.low(before.last + 1) == "("
        and line.low(numeral.last + 1) == ")"
    )


def _scales_shared(line: Line, found: list[Numeral]) -> list[Numeral]:
    """Return numerals with `EUR 5 to 10 million` read as 5 million to 10 million."""
    shared = list(found)
    for i in range(len(found) - 2, -1, -1):
        left, right = shared[i], shared[i + 1]
        if right.scale >= _MILLION and left.scale == 1 and _is_range(line, left, right):
            shared[i] = replace(left, value=left.value * right.scale, scale=right.scale)
    return shared


def _is_range(line: Line, left: Numeral, right: Numeral) -> bool:
    wording = line.wording
    join = line.low(left.last + 1)
    if right.first != left.last + 2 or not 0 < left.value < _SMALL_LEFT or left.ordinal:
        return False
    if join in wording.tos:
        return True
    return join in wording.ands and (
        join in ("or", "ou")
        or line.low(left.first - 1) in wording.between
        or _has_currency(line, left.first)
    )
