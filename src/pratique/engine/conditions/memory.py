# SPDX-License-Identifier: Apache-2.0
"""What conditions in time must remember, bounded and known beforehand, one memory a temporal term.

By days: a ring of the operand's truth on each day spoken of. By moments: when it ripens or fades.
"""

from __future__ import annotations

import copy
from typing import Any

import numpy as np

from pratique.base.duration import Duration, day_after, day_before, held_since, leaves_window
from pratique.base.moment import BEFORE, NEVER, Clock, Day, Moment
from pratique.engine.arrays import Bools, Moments, Truth, moments, ring


class DayRing:
    """The truth of something on each of the latest days: [day, scenario, row], two masks."""

    def __init__(self, days: int, scenarios: int, rows: int) -> None:
        self.days = days
        # Before the register began nothing was so.
        self.sure = ring(days, scenarios, rows, False, np.bool_)
        self.surely_not = ring(days, scenarios, rows, True, np.bool_)
        self.upto: Day | None = None
        self.serial = -1
        self.latest: tuple[tuple[Day, Day], Truth] | None = None

    def copy(self) -> DayRing:
        """Return an independent copy."""
        twin = copy.copy(self)
        twin.sure, twin.surely_not = self.sure.copy(order="K"), self.surely_not.copy(order="K")
        return twin

    def put(self, day: Day, truth: Truth) -> None:
        """Set a day's truth."""
        self.sure[day % self.days], self.surely_not[day % self.days] = truth
        self.latest = None

    def on(self, day: Day) -> Truth:
        """Return a day's truth."""
        return self.sure[day % self.days], self.surely_not[day % self.days]

    def on_all(self, days: Moments) -> Truth:
        """Return the truth of some days, [day, scenario, row]. A copy."""
        return self.sure[days % self.days], self.surely_not[days % self.days]

    def slices(self, array: Any, first: Day, last: Day) -> list[Any]:
        """Return the (one or two) runs of a ring from a first to a last day."""
        low, high = first % self.days, last % self.days
        if low <= high:
            return [array[low : high + 1]]
        return [array[low:], array[: high + 1]]

    def throughout(self, first: Day, last: Day) -> Truth:
        """Return whether it was so on every day from first to last."""
        return self._reduced(first, last, every=True)

    def once(self, first: Day, last: Day) -> Truth:
        """Return whether it was so on one of the days from first to last."""
        return self._reduced(first, last, every=False)

    def _reduced(self, first: Day, last: Day, *, every: bool) -> Truth:
        if self.latest is not None and self.latest[0] == (first, last):
            return self.latest[1]
        all_of, any_of = (self.sure, self.surely_not) if every else (self.surely_not, self.sure)
        whole = _joined(self.slices(all_of, first, last), np.logical_and)
        part = _joined(self.slices(any_of, first, last), np.logical_or)
        truth = (whole, part) if every else (part, whole)
        self.latest = ((first, last), truth)
        return truth


class NumberRing:
    """The range of something on each of the latest days; before the register began: nothing, 0."""

    def __init__(self, days: int, scenarios: int, rows: int) -> None:
        self.days = days
        self.least = ring(days, scenarios, rows, 0.0, np.float64)
        self.most = ring(days, scenarios, rows, 0.0, np.float64)

    def copy(self) -> NumberRing:
        """Return an independent copy."""
        twin = copy.copy(self)
        twin.least, twin.most = self.least.copy(order="K"), self.most.copy(order="K")
        return twin

    def put(self, day: Day, value: tuple[Any, Any]) -> None:
        """Set a day's range."""
        self.least[day % self.days], self.most[day % self.days] = value

    def on(self, day: Day) -> tuple[Any, Any]:
        """Return a day's range."""
        return self.least[day % self.days], self.most[day % self.days]


class Ripening:
    """`X for D` by moments: when what has been so without a break will have been so for D."""

    def __init__(self, scenarios: int, rows: int) -> None:
        self.sure = moments(scenarios, rows, NEVER)
        self.possible = moments(scenarios, rows, NEVER)

    def copy(self) -> Ripening:
        """Return an independent copy."""
        twin = copy.copy(self)
        twin.sure, twin.possible = self.sure.copy(order="K"), self.possible.copy(order="K")
        return twin

    def seen(self, truth: Truth, clock: Clock, now: Moment, duration: Duration) -> Truth:
        """Take in what holds now and return whether it has held long enough."""
        ripe = held_since(clock, now, duration)
        sure, surely_not = truth
        # What has been so for longer ripens no later: the earlier of the two is kept.
        self.sure = np.where(sure, np.minimum(self.sure, ripe), NEVER)
        self.possible = np.where(surely_not, NEVER, np.minimum(self.possible, ripe))
        return self.sure <= now, self.possible > now


class Fading:
    """`X in last D` by moments: until when what was so is still within the time."""

    def __init__(self, scenarios: int, rows: int) -> None:
        self.sure = moments(scenarios, rows, BEFORE)
        self.possible = moments(scenarios, rows, BEFORE)

    def copy(self) -> Fading:
        """Return an independent copy."""
        twin = copy.copy(self)
        twin.sure, twin.possible = self.sure.copy(order="K"), self.possible.copy(order="K")
        return twin

    def seen(self, truth: Truth, clock: Clock, now: Moment, duration: Duration) -> Truth:
        """Take in what holds now and return whether it held within the time."""
        fades = leaves_window(clock, now - 1, duration)
        sure, surely_not = truth
        self.sure = _faded(self.sure, sure, fades)
        self.possible = _faded(self.possible, np.logical_not(surely_not), fades)
        return now < self.sure, now >= self.possible

    def happened(self, truth: Truth, clock: Clock, now: Moment, duration: Duration) -> Truth:
        """The same for a change, which lasts for no time."""
        fades = leaves_window(clock, now, duration)
        self.sure = np.where(truth[0], fades, self.sure)
        self.possible = np.where(truth[1], self.possible, fades)
        return now < self.sure, now >= self.possible


def _faded(until: Any, holds: Bools, fades: Moment) -> Any:
    # What ended earlier leaves the time no later.
    return np.where(holds, NEVER, np.minimum(until, fades))


def _joined(runs: list[Any], reduce: np.ufunc) -> Any:
    parts = [reduce.reduce(run, axis=0) for run in runs]
    return parts[0] if len(parts) == 1 else reduce(parts[0], parts[1])


def held_from(clock: Clock, day: Day, ref: Moment, duration: Duration) -> Day:
    """Return the latest day such that the duration has passed between its beginning and `ref`."""
    if duration.elapses:
        first = day
        while clock.start(first) + duration.seconds > ref:
            first -= 1
        return first
    first = day_before(day, duration) + 4
    while day_after(first, duration) > day:
        first -= 1
    return first


def within_from(clock: Clock, day: Day, ref: Moment, duration: Duration) -> Day:
    """Return the earliest day whose last second is, at `ref`, still in the last `duration`."""
    if not duration.elapses:
        return min(day, held_from(clock, day, ref, duration) + 1)
    first = day
    while leaves_window(clock, clock.start(first) - 1, duration) > ref:
        first -= 1
    return first
