# SPDX-License-Identifier: Apache-2.0
"""What a detector says of each place and day or week, with its reason; and what is news of that.

Usable wherever series are known as of a moment: the desk asks for one day, a replay for all.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from pratique.base.moment import Day, date_of
from pratique.base.text import Code, Sentence, say
from pratique.rehearsal.detected.watch import Watch, told
from pratique.surveillance.arrays import Whole, monitored
from pratique.surveillance.series.collection import SeriesSet
from pratique.surveillance.series.rhythm import DAYS
from pratique.surveillance.series.weeks import week_name


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether there is a signal of a place's day or week (`day` is its last), and why."""

    place: str
    day: Day
    signal: bool
    reason: Sentence


Wanted = Callable[[str, Day, bool], bool]
"""Whether a verdict on a place and a (last) day is wanted; so that no reason is made in vain."""


def verdicts(
    watch: Watch,
    series: SeriesSet,
    *,
    at: ArrayLike | slice | None = None,
    wanted: Wanted = lambda place, day, signal: True,
) -> Iterator[Verdict]:
    """Yield what the detector says of series as known, at the times `at`, in order of time.

    Where it cannot tell (a count is missing, or there is too little history) it says nothing.
    """
    times = monitored(at, series.counts.shape[1], first=watch.detector.needs(watch.controls))
    if not len(times):
        return
    # INVARIANT: no later period is read, whatever the detector does.
    counts = series.counts[:, : int(times.max()) + 1]
    found = watch.detector.find(counts, times, watch.controls)
    said, starts = told(found, counts), series.periods[times].tolist()
    for index, row in np.argwhere(~np.isnan(said.T)).tolist():
        place, signal = series.identities[row].place, bool(said[row, index])
        day = starts[index] + DAYS[series.rhythm] - 1
        if wanted(place, day, signal):
            why = watch.detector.why(found, counts, row, index) if signal else None
            yield Verdict(place, day, signal, _reason(watch, series, starts[index], why))


def _reason(watch: Watch, series: SeriesSet, start: Day, why: Sentence | None) -> Sentence:
    detector = Code(watch.detector.name)
    if series.rhythm == "daily":
        day = date_of(start)
        if why is None:
            return say("{detector} finds nothing unusual on {day}", detector=detector, day=day)
        return say("{detector}, {day}: {why}", detector=detector, day=day, why=why)
    week = week_name(start, series.rhythm)
    if why is None:
        return say("{detector} finds nothing unusual in week {week}", detector=detector, week=week)
    return say("{detector}, week {week}: {why}", detector=detector, week=week, why=why)


class Herald:
    """Tells, one publication after the other, what is new of a measure that a detector makes.

    **An event** is told once for a place and period, of the latest period that can be judged and of
    those judged for the first time; of what was published before it began to listen, of the latest
    alone. A correction of an older period tells nothing, and none is taken back. **A figure** is
    told of each period that the engine still reads (`reach` days), and again when it changes.
    """

    def __init__(self, watch: Watch, *, reach: int) -> None:
        self.watch, self.reach = watch, reach
        self._latest: dict[str, Day] = {}
        self._told: dict[tuple[str, Day], bool] = {}

    def news(self, series: SeriesSet, today: Day) -> Iterator[Verdict]:
        """Yield what is new in series as known on a day; days are asked in order."""
        ends = series.periods + DAYS[series.rhythm] - 1
        judged = {
            identity.place: ends[~np.isnan(row)]
            for identity, row in zip(series.identities, series.counts, strict=True)
            if not np.isnan(row).all()
        }
        since = {place: self._since(place, own, today) for place, own in judged.items()}
        asked = {day for place, own in judged.items() for day in own[own >= since[place]].tolist()}
        times = np.searchsorted(ends, sorted(asked))

        def is_news(place: str, day: Day, signal: bool) -> bool:
            return day >= since[place] and self._is_news(place, day, signal=signal)

        for one in verdicts(self.watch, series, at=times, wanted=is_news):
            self._told[one.place, one.day] = one.signal
            yield one
        self._latest |= {place: int(own.max()) for place, own in judged.items()}

    def _since(self, place: str, judged: Whole, today: Day) -> Day:
        if not self.watch.is_event:
            return today - self.reach
        return self._latest.get(place, int(judged.max()))

    def _is_news(self, place: str, day: Day, *, signal: bool) -> bool:
        before = self._told.get((place, day))
        if self.watch.is_event:
            return signal and before is None
        return before is not signal
