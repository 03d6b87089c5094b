# SPDX-License-Identifier: Apache-2.0
"""Words that mean a time, a share or a number without any numeral: weekly, a month, half, twice."""

from __future__ import annotations

from collections.abc import Iterator

from pratique.accord.quantities.lexis import Line
from pratique.accord.quantities.meaning import SMALLEST_DENOMINATOR, Meaning, timed, unit_at
from pratique.accord.quantities.numerals import Numeral
from pratique.accord.quantities.wording import words

_BEFORE_SHARE = words("by to over than least about nearly above below exceeds exceed")


def wordless(line: Line, used: set[int]) -> Iterator[Meaning]:
    """Yield what words mean without a numeral: weekly, each month, half a year, a third, twice."""
    i = 0
    while i < len(line.tokens):
        found = None if i in used else _wordless_at(line, i)
        if found is not None and not used.intersection(range(found.first, found.last + 1)):
            yield found
            i = found.last
        i += 1


def _wordless_at(line: Line, index: int) -> Meaning | None:
    wording = line.wording
    if (part := _bare_part(line, index)) is not None:
        return part
    for length in range(wording.each.reach.get(line.low(index), 0), 0, -1):
        here = tuple(line.low(index + k) for k in range(length))
        if (count := wording.each.entries.get(here)) is not None:
            place = index + length
            found = unit_at(line, place + (line.low(place) == "-"))
            if found is not None:
                return timed(line, count, found[0], (index, found[1]))
    if period := line.phrase(index, wording.periods):
        (value, unit), end = period
        return Meaning("duration", value, unit, index, end - 1)
    if times := line.phrase(index, wording.times):
        return Meaning("number", times[0], "", index, times[1] - 1)
    return None


def _bare_part(line: Line, index: int) -> Meaning | None:
    found = line.phrase(index, line.wording.bare_parts)
    if found is None:
        return None
    value, end = found
    quarter = line.low(end - 1) == "quarter"
    if quarter and line.low(end) != "of" and line.low(index - 1) not in _BEFORE_SHARE:
        return None
    past = end + (line.low(end) in line.wording.articles)
    if line.low(end) == "-" or (line.low(index) == "half" and unit_at(line, past)):
        return None
    return Meaning("share", value, "", index, end - 1)


def article_part(line: Line, numeral: Numeral) -> Meaning | None:
    """Return the share in `a third of`, `by a fifth`; `a third Party` is an ordinal."""
    before = numeral.first - 1
    if (
        not numeral.ordinal
        or numeral.value < SMALLEST_DENOMINATOR
        or line.is_noun(numeral.last + 1)
    ):
        return None
    if line.low(before) not in line.wording.articles:
        return None
    return Meaning("share", 1 / numeral.value, "", before, numeral.last)
