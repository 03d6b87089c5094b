# SPDX-License-Identifier: Apache-2.0
"""The figures of one measure by the day spoken of, as known now, for as many days back as are read.

Levels are carried from day to day when they are asked for, not when figures come in.
"""

from __future__ import annotations

import copy
from typing import Any, cast

import numpy as np

from pratique.accord.kinds.measure import RHYTHM_DAYS, Measure
from pratique.accord.reach import hold_days
from pratique.base.moment import BEFORE, Day
from pratique.engine.arrays import Bools, Moments, Numbers, Range, ring, somewhere


class Series:
    """Rings over days of one measure: what was reported, which level holds, since when."""

    def __init__(self, measure: Measure, days: int, scenarios: int, rows: int) -> None:
        self.measure = measure
        self.days = days
        self.hold = hold_days(measure)
        self.rhythm = RHYTHM_DAYS[measure.series.rhythm] if measure.series else 0
        self.assumed = None if measure.assumed is None else float(measure.assumed)
        self._reported = ring(days, scenarios, rows, 0.0, np.float64)
        self._there = ring(days, scenarios, rows, False, np.bool_)
        self._levels = ring(days, scenarios, rows, np.nan, np.float64)
        self._since = ring(days, scenarios, rows, BEFORE, np.int64)
        self._whole = [False] * days
        """By slot: whether every row was reported."""
        self.first = np.full((rows, scenarios), -BEFORE, dtype=np.int64).T
        self._all_begun: Day = -BEFORE
        """The latest of `first`."""
        self.today: Day | None = None
        self.changed: Day = 0
        """The earliest day whose level may have changed in this moment; after today: none has."""
        self._carried: Day = 0
        """The latest day whose level stands as it should; later ones are carried when asked for."""
        self.ranges: dict[object, Range] = {}
        """Levels (by day) and windows (by kind, duration and day) already found in this moment."""

    def copy(self) -> Series:
        """Return an independent copy."""
        twin = copy.copy(self)
        for name in ("_reported", "_there", "_levels", "_since", "first"):
            setattr(twin, name, getattr(self, name).copy(order="K"))
        twin._whole, twin.ranges = list(self._whole), {}
        return twin

    def begin_moment(self, today: Day) -> None:
        """Go on to a day: levels are carried as long as they hold."""
        self.ranges.clear()
        if self.today is None:
            self.today = self._carried = today - 1
        self.changed = self.today + 1
        for day in range(self.today + 1, today + 1):
            # What a slot is carried from must stand before another slot is used again.
            self._carry_to(day - 1)
            at = day % self.days
            self._reported[at], self._there[at], self._whole[at] = 0.0, False, False
            self.today = day

    def observe(self, day: Day, values: Numbers) -> None:
        """Take in values that speak of a day (not a number: none). Days out of reach: nothing."""
        assert self.today is not None
        if day > self.today:
            raise ValueError("a figure cannot speak of a day that has not come")
        missing = np.isnan(values)
        whole = not somewhere(missing)
        self._note_first(day, missing)
        if day <= self.today - self.days:
            return
        at = day % self.days
        if whole:
            self._reported[at], self._there[at], self._whole[at] = values, True, True
        else:
            there = ~missing
            np.copyto(self._reported[at], values, where=there)
            self._there[at] |= there
            self._whole[at] = self._whole[at] or bool(self._there[at].all())
        self._carried = min(self._carried, day - 1)
        self.changed = min(self.changed, day)
        self.ranges.clear()

    def follow(self, before: Series) -> None:
        """Take in all that another series of the same figures knows, as far back as both reach."""
        if before.today is None or before.first.shape != self.first.shape:
            return
        oldest = before.today - min(self.days, before.days) + 1
        self.begin_moment(oldest)
        for day in range(oldest, before.today + 1):
            self.begin_moment(day)
            there = before.was_reported(day)
            if somewhere(there):
                self.observe(day, np.where(there, before.reported(day), np.nan))
        self.first = before.first.copy(order="K")
        self._all_begun = before._all_begun

    def _note_first(self, day: Day, missing: Bools) -> None:
        if day < self._all_begun:
            self.first = np.where(missing, self.first, np.minimum(self.first, day))
            self._all_begun = int(self.first.max())

    def _carry_to(self, day: Day) -> None:
        for later in range(self._carried + 1, day + 1):
            self._carry(later)
        self._carried = max(self._carried, day)

    def _carry(self, day: Day) -> None:
        assert self.today is not None
        at, before = day % self.days, (day - 1) % self.days
        if self._whole[at]:
            self._levels[at], self._since[at] = self._reported[at], day
            return
        level, since, there = self._levels[at], self._since[at], self._there[at]
        # If the day before it is no longer kept, nothing can have come in that changes it.
        if day > self.today - self.days + 1:
            level[...], since[...] = self._levels[before], self._since[before]
            lapsed = since < day - self.hold
            np.copyto(level, np.nan, where=lapsed)
            np.copyto(since, BEFORE, where=lapsed)
        if somewhere(there):
            np.copyto(level, self._reported[at], where=there)
            np.copyto(since, day, where=there)

    def level(self, day: Day) -> Range:
        """Return the range of the level on a day, as known now."""
        known = self.ranges.get(day)
        if known is None:
            known = self.ranges[day] = self._range(day)
        return known

    def _range(self, day: Day) -> Range:
        level = self.known_level(day)
        if self._whole[day % self.days]:
            return level, level
        unknown = np.isnan(level)
        if not somewhere(unknown):
            return level, level
        if self.assumed is not None:
            filled = np.where(unknown, self.assumed, level)
            return filled, filled
        return np.where(unknown, self.measure.low, level), np.where(
            unknown, self.measure.high, level
        )

    def known_level(self, day: Day) -> Numbers:
        """Return the level on a day, not a number where it is unknown."""
        self._carry_to(day)
        return cast(Numbers, self._levels[day % self.days])

    def since(self, day: Day) -> Moments:
        """Return the day of the report whose level holds on a day, BEFORE if none does."""
        self._carry_to(day)
        return cast(Moments, self._since[day % self.days])

    def is_known(self, day: Day) -> Bools:
        """Return where the level on a day is known or assumed."""
        if self.assumed is not None:
            return np.ones(self.first.shape, dtype=np.bool_)
        return ~np.isnan(self.known_level(day))

    def reported(self, day: Day) -> Numbers:
        """Return what was reported of a day, 0 where nothing was."""
        return cast(Numbers, self._reported[day % self.days])

    def was_reported(self, day: Day) -> Bools:
        """Return where a report speaks of a day. Not to be written to."""
        return cast(Bools, self._there[day % self.days])

    def were_reported(self, days: Moments) -> Bools:
        """Return where a report speaks of some days, [day, scenario, row]. A copy."""
        return cast(Bools, self._there[days % self.days])

    def is_whole(self, day: Day) -> bool:
        """Say whether reports speak of a day in every row."""
        return self._whole[day % self.days]

    def rewind(self) -> dict[str, Any]:
        """Return what a trace shows of it: latest level, the day it speaks of."""
        assert self.today is not None
        return {"level": self.known_level(self.today), "since": self.since(self.today)}
