# SPDX-License-Identifier: Apache-2.0
"""The figures of one measure by the day spoken of, as known now, for as many days back as are read."""

from __future__ import annotations

import copy
from typing import Any

import numpy as np
from numpy.typing import NDArray

from pratique.accord.compile import hold_days
from pratique.accord.kinds.measure import RHYTHM_DAYS, Measure
from pratique.base.moment import BEFORE, Day
from pratique.engine.arrays import Numbers, Range, ring


class Series:
    """Rings over days of one measure: what was reported, the level that holds, and since which report."""

    def __init__(self, measure: Measure, days: int, scenarios: int, rows: int) -> None:
        self.measure = measure
        self.days = days
        self.hold = hold_days(measure)
        self.rhythm = RHYTHM_DAYS[measure.series.rhythm] if measure.series else 0
        self.assumed = None if measure.assumed is None else float(measure.assumed)
        self.reported = ring(days, scenarios, rows, np.nan, np.float64)
        self.levels = ring(days, scenarios, rows, np.nan, np.float64)
        self.since = ring(days, scenarios, rows, BEFORE, np.int64)
        self.first = np.full((rows, scenarios), -BEFORE, dtype=np.int64).T
        self.today: Day | None = None
        self.changed: Day = 0
        """The earliest day whose level may have changed in this moment; after today: none has."""
        self._ranges: dict[Day, Range] = {}

    def copy(self) -> Series:
        """Return an independent copy."""
        twin = copy.copy(self)
        for name in ("reported", "levels", "since", "first"):
            setattr(twin, name, getattr(self, name).copy(order="K"))
        twin._ranges = {}
        return twin

    def begin_moment(self, today: Day) -> None:
        """Go on to a day: levels are carried as long as they hold."""
        self._ranges.clear()
        if self.today is None:
            self.today = today - 1
        self.changed = today + 1
        for day in range(max(self.today + 1, today - self.days + 1), today + 1):
            self.reported[day % self.days] = np.nan
            self._carry(day)
            self.changed = min(self.changed, day)
        self.today = today

    def observe(self, day: Day, values: Numbers) -> None:
        """Take in values that speak of a day (not a number: none). Days out of reach change nothing."""
        assert self.today is not None
        if day > self.today:
            raise ValueError("a figure cannot speak of a day that has not come")
        there = ~np.isnan(values)
        self.first = np.where(there, np.minimum(self.first, day), self.first)
        if day <= self.today - self.days:
            return
        slot = self.reported[day % self.days]
        slot[...] = np.where(there, values, slot)
        for later in range(day, self.today + 1):
            self._carry(later)
        self.changed = min(self.changed, day)
        self._ranges.clear()

    def _carry(self, day: Day) -> None:
        at, before = day % self.days, (day - 1) % self.days
        here = self.reported[at]
        fresh = ~np.isnan(here)
        if fresh.all():
            self.levels[at] = here
            self.since[at] = day
            return
        holds = day - self.since[before] <= self.hold
        self.levels[at] = np.where(fresh, here, np.where(holds, self.levels[before], np.nan))
        self.since[at] = np.where(fresh, day, np.where(holds, self.since[before], BEFORE))

    def level(self, day: Day) -> Range:
        """Return the range of the level on a day, as known now."""
        known = self._ranges.get(day)
        if known is None:
            known = self._ranges[day] = self._range(self.levels[day % self.days])
        return known

    def _range(self, level: Numbers) -> Range:
        unknown = np.isnan(level)
        if not unknown.any():
            return level, level
        if self.assumed is not None:
            filled = np.where(unknown, self.assumed, level)
            return filled, filled
        return np.where(unknown, self.measure.low, level), np.where(unknown, self.measure.high, level)

    def is_known(self, day: Day) -> NDArray[np.bool_]:
        """Return where the level on a day is known or assumed."""
        if self.assumed is not None:
            return np.ones(self.first.shape, dtype=np.bool_)
        return ~np.isnan(self.levels[day % self.days])

    def was_reported(self, day: Day) -> NDArray[np.bool_]:
        """Return where a report speaks of a day."""
        return ~np.isnan(self.reported[day % self.days])

    def rewind(self) -> dict[str, Any]:
        """Return what a trace shows of it: latest level, the day it speaks of."""
        assert self.today is not None
        at = self.today % self.days
        return {"level": self.levels[at], "since": self.since[at]}
