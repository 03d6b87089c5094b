# SPDX-License-Identifier: Apache-2.0
"""Which past times the Farrington detectors compare a time with, and in which season each lies.

Only times and dates, no counts: one design serves all series of a monitored time.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from pratique.surveillance.arrays import Floats, Whole

Days = NDArray[np.int64]
WEEKLY = 52
"""Times a year of weekly counts; with dates, references then keep the day of the week."""


@dataclass(frozen=True, slots=True)
class History:
    """How the past is chosen.

    `freq` times a year, `b` years back, `w` times on either side, `periods` seasons, and the last
    `recent` times left out. `days` are the times' dates, or None; they are the clock of the trend
    too, but where it goes `by_times`.
    """

    freq: int
    b: int
    w: int
    periods: int
    recent: int
    days: Days | None = None
    by_times: bool = False


@dataclass(frozen=True, slots=True)
class Design:
    """The references of one monitored time `now`, in order of time.

    `points` are their 0-based times, `seasons` theirs (0 … periods − 1; the monitored time is of
    the last), and `clock` the time since `now` in the trend's unit.
    """

    now: int
    points: Whole
    seasons: Whole
    clock: Floats

    @property
    def middle(self) -> float:
        """The clock of `now` when it counts from the middle of the references."""
        return -float(self.clock.mean())

    @property
    def centred(self) -> Floats:
        """The clock of the references, counted from their middle."""
        centred: Floats = self.clock - self.clock.mean()
        return centred

    @property
    def runs(self) -> Whole:
        """References of one season that follow one another, [3, run].

        The first reference, the one after the last, and the season.
        """
        apart = (np.diff(self.clock) != 1) | (np.diff(self.seasons) != 0)
        edges = np.concatenate(([0], np.flatnonzero(apart) + 1, [self.points.size]))
        return np.stack((edges[:-1], edges[1:], self.seasons[edges[:-1]]))


def days_of(dates: Any) -> Days:
    """Return dates as days since 1970; ISO text, dates, datetime64 or days since 1970 already.

    ValueError if they cannot be read or do not rise.
    """
    given = np.asarray(dates)
    if np.issubdtype(given.dtype, np.integer):
        days = given.astype(np.int64)
    else:
        days = given.astype("datetime64[D]").astype(np.int64)
    if days.ndim != 1 or (np.diff(days) <= 0).any():
        raise ValueError("dates rise from one time to the next, one for each time")
    return days


def designed(now: int, history: History) -> Design | None:
    """Return the references of the time `now`, or None where the past is too short for them.

    A window that lacks only the very first of its times is taken without it, as in R's
    `surveillance` 1.20 (compat); ValueError if a gap between windows is too short for the seasons.
    """
    back = references(now, history)
    if back is None or back[-1] - history.w < -1:
        return None
    seasons = _seasons(now, back, history)
    seasons[max(now - history.recent, 0) :] = -1
    points = np.flatnonzero(seasons >= 0)
    return Design(
        now,
        points,
        seasons[points],
        _clock(points, now, None if history.by_times else history.days),
    )


def _clock(points: Whole, now: int, days: Days | None) -> Floats:
    """Return the time since `now`: in times, or in the days that all steps are multiples of."""
    if days is None:
        return (points - now).astype(np.float64)
    since: Floats = (days[points] - days[now]) / np.gcd.reduce(np.diff(days))
    return since


def references(now: int, history: History) -> list[int] | None:
    """Return the time one year before `now`, two years before, …; None if one does not exist."""
    if history.days is None:
        back = [now - history.freq * year for year in range(1, history.b + 1)]
        return back if back[-1] >= 0 else None
    wanted = [_years_before(int(history.days[now]), year) for year in range(1, history.b + 1)]
    if history.freq == WEEKLY:
        wanted = [_same_weekday(day, int(history.days[now])) for day in wanted]
    found = np.searchsorted(history.days[:now], wanted)
    if (history.days[found] != wanted).any():
        return None
    return [int(point) for point in found]


def _years_before(day: int, years: int) -> int:
    """Return the same date so many years before; 29 February becomes 1 March."""
    moment = np.datetime64(day, "D")
    month = moment.astype("datetime64[M]")
    of_month = (moment - month.astype("datetime64[D]")).astype(np.int64)
    return int(((month - 12 * years).astype("datetime64[D]") + of_month).astype(np.int64))


def _same_weekday(day: int, like: int) -> int:
    """Return the nearest day with the weekday of `like`: three days off at most, so no ties."""
    return day + (like - day + 3) % 7 - 3


def _seasons(now: int, back: list[int], history: History) -> Whole:
    """Return the season of each time before `now`, −1 where it is no reference."""
    seasons = np.full(now, -1, dtype=np.int64)
    last = history.periods - 1
    for earlier, later in zip(back, [now, *back[:-1]], strict=True):
        gap = np.arange(earlier + history.w + 1, max(later - history.w, 0))
        if last > 0:
            if last > gap.size:
                raise ValueError(
                    f"`no_periods` is {history.periods}, too many for gaps of {gap.size}"
                )
            seasons[gap] = _blocks(gap.size, last)
    for point in [now, *back]:
        seasons[max(point - history.w, 0) : min(point + history.w + 1, now)] = last
    return seasons


def _blocks(length: int, blocks: int) -> Whole:
    """Return which block each of `length` times is in; the first blocks take what is left over."""
    sizes = np.full(blocks, length // blocks)
    sizes[: length % blocks] += 1
    return np.repeat(np.arange(blocks), sizes)
