# SPDX-License-Identifier: Apache-2.0
"""Durations as agreements write them: minutes and hours elapse; days, weeks, months, years are
counted on a clock's calendar. Days never turn into months. No working days.
"""

from __future__ import annotations

import calendar
from dataclasses import dataclass
from datetime import date
from typing import Literal, get_args

from pratique.base.moment import Clock, Day, Moment, date_of, day_of

Unit = Literal["minutes", "hours", "days", "weeks", "months", "years"]
UNITS: tuple[Unit, ...] = get_args(Unit)

_SECONDS = {"minutes": 60, "hours": 3600}


@dataclass(frozen=True, slots=True)
class Duration:
    """So many of one unit: `Duration(48, "hours")`."""

    count: int
    unit: Unit

    def __str__(self) -> str:
        return f"{self.count} {self.unit[:-1] if self.count == 1 else self.unit}"

    @property
    def elapses(self) -> bool:
        """Whether it is counted in elapsed time, not on a calendar."""
        return self.unit in _SECONDS

    @property
    def seconds(self) -> int:
        """Elapsed seconds; ValueError for a calendar duration."""
        if self.unit not in _SECONDS:
            raise ValueError(f"{self} is counted on a calendar")
        return self.count * _SECONDS[self.unit]

    @property
    def most_days(self) -> int:
        """The most days it can reach over: how far back a series must be kept."""
        per = {"minutes": 1, "hours": 1, "days": 1, "weeks": 7, "months": 31, "years": 366}
        if self.elapses:
            return self.seconds // 86_400 + 1
        return self.count * per[self.unit]


def unit_named(word: str) -> Unit | None:
    """Return the unit that a word names, singular or plural, or None."""
    for unit in UNITS:
        if word in (unit, unit[:-1]):
            return unit
    return None


def day_after(day: Day, duration: Duration) -> Day:
    """Return the day that many calendar days, weeks, months or years later (earlier if negative).

    31 January + 1 month is the last day of February (semantics 14).
    """
    match duration.unit:
        case "days":
            return day + duration.count
        case "weeks":
            return day + 7 * duration.count
        case "months":
            return _months_later(day, duration.count)
        case "years":
            return _months_later(day, 12 * duration.count)
        case _:
            raise ValueError(f"{duration} is not counted on a calendar")


def day_before(day: Day, duration: Duration) -> Day:
    """Return the day that many calendar days, weeks, months or years earlier."""
    return day_after(day, Duration(-duration.count, duration.unit))


def period_end(clock: Clock, moment: Moment, duration: Duration) -> Moment:
    """Return when a period that starts at a moment has run out: deadlines, lapses.

    Hours elapse; a period of days ends with its last day, the day of the start not counted.
    """
    if duration.elapses:
        return moment + duration.seconds
    return clock.start(day_after(clock.day(moment), duration) + 1)


def held_since(clock: Clock, moment: Moment, duration: Duration) -> Moment:
    """Return when something true since a moment has been true for the whole duration.

    Days are whole calendar days: true since day 1 at midnight, `for 7 days` is met when day 8
    begins; true since a later hour of day 1, the seven days are days 2 to 8.
    """
    if duration.elapses:
        return moment + duration.seconds
    day = clock.day(moment)
    first = day if clock.start(day) == moment else day + 1
    return clock.start(day_after(first, duration))


def leaves_window(clock: Clock, moment: Moment, duration: Duration) -> Moment:
    """Return when a moment is no longer `in last D`: hours elapse from it, days from its day."""
    if duration.elapses:
        return moment + duration.seconds
    return clock.start(day_after(clock.day(moment), duration))


def _months_later(day: Day, months: int) -> Day:
    start = date_of(day)
    index = start.year * 12 + start.month - 1 + months
    year, month = divmod(index, 12)
    if not 1 <= year <= 9999:
        raise ValueError("the calendar ends before that day")
    last = calendar.monthrange(year, month + 1)[1]
    return day_of(date(year, month + 1, min(start.day, last)))
