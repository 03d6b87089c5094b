# SPDX-License-Identifier: Apache-2.0
"""Days of the calendar in prose: 1 July 2028, July 1, 2028, 2028-07-01, 1er juillet 2028.

A month with a day or a year only is no day; its numbers are spent all the same.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from pratique.accord.quantities.lexis import Line
from pratique.accord.quantities.numerals import Numeral
from pratique.base.moment import Day, day_of

_LAST_OF_MONTH = 31


@dataclass(frozen=True, slots=True)
class WrittenDay:
    """A day, or None for a part of one, written at tokens `first` to `last`."""

    first: int
    last: int
    day: Day | None


def written_days(line: Line, found: list[Numeral]) -> list[WrittenDay]:
    """Return the days, and the parts of days, of a line."""
    ends = {numeral.last: numeral for numeral in found}
    at = {numeral.first: numeral for numeral in found}
    days = [_iso(line, i) for i in range(len(line.tokens)) if line.kind(i) == "day"]
    spent = -1
    for i in range(len(line.tokens)):
        written = _around_month(line, ends, at, i)
        if written and written.first > spent:
            days.append(written)
            spent = written.last
    return days


def _iso(line: Line, index: int) -> WrittenDay:
    year, month, day = map(int, line.tokens[index].text.split("-"))
    return WrittenDay(index, index, _day(year, month, day))


def _around_month(
    line: Line, ends: dict[int, Numeral], at: dict[int, Numeral], index: int
) -> WrittenDay | None:
    month = line.wording.months.get(line.low(index))
    if month is None:
        return None
    before, last = _day_before(line, ends, index), index
    after = None if before else _day_after(line, at, index)
    numeral = before or after
    if after:
        last = after.last
    elif line.low(index + 1) == ".":
        last = index + 1
    year_at = last + 1 if line.low(last + 1) != "," else last + 2
    year = _year(line, year_at) if after or year_at == last + 1 else None
    if year is None and not line.tokens[index].text[0].isupper() and line.wording.name == "en":
        return None
    if numeral is None and year is None:
        return None
    first = min(index, numeral.first if numeral else index)
    end = year_at if year is not None else max(last, index)
    complete = year is not None and numeral is not None
    return WrittenDay(
        first, end, _day(year or 0, month, int(numeral.value)) if complete and numeral else None
    )


def _day_before(line: Line, ends: dict[int, Numeral], index: int) -> Numeral | None:
    for length in range(5):
        if length == 0 or _is_join(line, index - length, index):
            numeral = ends.get(index - length - 1)
            if numeral is not None and _is_day_number(numeral):
                return numeral
    return None


def _is_join(line: Line, start: int, end: int) -> bool:
    phrase = line.phrase(start, line.wording.month_joins) if start >= 0 else None
    return phrase is not None and phrase[1] == end


def _day_after(line: Line, at: dict[int, Numeral], index: int) -> Numeral | None:
    """Return the day of `July 1, 2028`; French never writes it so."""
    numeral = at.get(index + 1)
    if line.wording.name != "en" or numeral is None or not _is_day_number(numeral):
        return None
    return numeral


def _is_day_number(numeral: Numeral) -> bool:
    return numeral.value.denominator == 1 and 1 <= numeral.value <= _LAST_OF_MONTH


def _year(line: Line, index: int) -> int | None:
    if line.kind(index) != "figure":
        return None
    text = line.tokens[index].text
    return int(text) if len(text) == len("2028") and text.isdecimal() else None


def _day(year: int, month: int, day: int) -> Day | None:
    try:
        return day_of(date(year, month, day))
    except ValueError:
        return None
