# SPDX-License-Identifier: Apache-2.0
"""What a stream of detections raised: signals, the worst series whole, and how each place stands.

Which alarms become signals is decided at the end, since the false-alarm budget is for all series.
"""

from __future__ import annotations

import heapq
import math
from collections import defaultdict
from dataclasses import dataclass, field
from itertools import count

import numpy as np

from pratique.base.moment import Day
from pratique.base.text import Sentence
from pratique.surveillance.arrays import Floats, Truths, Whole
from pratique.surveillance.detection import Detection
from pratique.surveillance.detector import Detector
from pratique.surveillance.scale.chunks import Looked
from pratique.surveillance.series.collection import Identity
from pratique.surveillance.signals import Sifting, discoveries, unmuted

MOST_KEPT = 200
"""Series with signals that are kept whole; more pictures nobody looks at."""


@dataclass(frozen=True, slots=True)
class Signal:
    """One signal: of the series given as the `row`-th, at the `place`-th time of its frame.

    Series monitored at the same times share a frame. `score` orders, the worst highest.
    """

    row: int
    frame: int
    place: int
    identity: Identity
    period: Day
    count: float
    expected: float | None
    upper: float
    pvalue: float | None
    score: float
    why: Sentence


@dataclass(frozen=True, slots=True)
class Kept:
    """A series with an alarm, whole; expected and upper are NaN where it was not looked at."""

    identity: Identity
    periods: tuple[Day, ...]
    counts: Floats
    expected: Floats
    upper: Floats


@dataclass(slots=True)
class Frame:
    """The series that are monitored at the same times: which rows, and their p-values if needed."""

    days: Whole
    rows: list[Whole] = field(default_factory=list)
    pvalues: list[Floats] = field(default_factory=list)


@dataclass(slots=True)
class Standing:
    """How a place stands: how many of its series were given, and could be looked at."""

    given: int = 0
    looked: int = 0


@dataclass(frozen=True, slots=True)
class Found:
    """What was found: signals worst first; series kept whole by row; places by name."""

    signals: tuple[Signal, ...]
    kept: dict[int, Kept]
    places: dict[str, Standing]
    given: int
    looked: int
    since: Day
    until: Day
    muted: int
    few: int
    over_budget: int
    seconds: float


@dataclass(slots=True)
class Gathering:
    """A stream of detections being gathered."""

    detector: Detector
    sifting: Sifting
    given: int = 0
    looked: int = 0
    since: Day | None = None
    until: Day | None = None
    places: dict[str, Standing] = field(default_factory=lambda: defaultdict(Standing))
    _alarms: list[Signal] = field(default_factory=list)
    _frames: dict[tuple[Day, ...], Frame] = field(default_factory=dict)
    _heap: list[tuple[float, int, int, Kept]] = field(default_factory=list)
    _order: count[int] = field(default_factory=count)

    def take(self, one: Looked) -> None:
        """Take some series and what was found in them."""
        series, detection = one
        if detection.at.size:
            first, last = (int(series.periods[detection.at[place]]) for place in (0, -1))
            self.since = first if self.since is None else min(self.since, first)
            self.until = last if self.until is None else max(self.until, last)
        could = _could(one)
        for identity, able in zip(series.identities, could.tolist(), strict=True):
            standing = self.places[identity.place]
            standing.given += 1
            standing.looked += able
        frame = self._frame(one)
        for row in np.flatnonzero(detection.alarm.any(axis=1)).tolist():
            self._take_row(one, row, frame)
        self.given += len(series.identities)
        self.looked += int(np.count_nonzero(could))

    def _take_row(self, one: Looked, row: int, frame: int) -> None:
        raised = [
            self._signal(one, row, place, frame)
            for place in np.flatnonzero(one.detection.alarm[row]).tolist()
        ]
        self._alarms += raised
        item = (max(each.score for each in raised), next(self._order), self.given + row)
        if len(self._heap) < MOST_KEPT:
            heapq.heappush(self._heap, (*item, _whole(one, row)))
        elif item[0] > self._heap[0][0]:
            heapq.heapreplace(self._heap, (*item, _whole(one, row)))

    def _signal(self, one: Looked, row: int, place: int, frame: int) -> Signal:
        series, detection = one
        time = int(detection.at[place])
        counted = float(series.counts[row, time])
        upper = float(detection.upper[row, place])
        expected, pvalue = (
            None if array is None else float(array[row, place])
            for array in (detection.expected, detection.pvalue)
        )
        return Signal(
            self.given + row,
            frame,
            place,
            series.identities[row],
            int(series.periods[time]),
            counted,
            expected,
            upper,
            pvalue,
            severity(counted, upper, pvalue),
            self.detector.why(detection, series.counts, row, place),
        )

    def _frame(self, one: Looked) -> int:
        """Return the number of the frame of some series, having added them to it if need be."""
        series, detection = one
        days = series.periods[detection.at]
        key = tuple(days.tolist())
        frame = self._frames.setdefault(key, Frame(days))
        if self.sifting.budget is not None and detection.pvalue is not None:
            frame.rows.append(self.given + np.arange(len(series.identities)))
            frame.pvalues.append(detection.pvalue)
        return list(self._frames).index(key)

    def found(self, *, seconds: float) -> Found:
        """Return everything gathered, alarms sifted into signals."""
        many = [one for one in self._alarms if one.count >= self.sifting.least]
        within = self._within_budget(many)
        heard = self._unmuted(within)
        rows = {one.row for one in heard}
        return Found(
            tuple(sorted(heard, key=lambda one: (-one.score, one.identity, one.period))),
            {row: kept for _, _, row, kept in self._heap if row in rows},
            dict(self.places),
            self.given,
            self.looked,
            self.since or 0,
            self.until or 0,
            len(within) - len(heard),
            len(self._alarms) - len(many),
            len(many) - len(within),
            seconds,
        )

    def _within_budget(self, alarms: list[Signal]) -> list[Signal]:
        if self.sifting.budget is None:
            return alarms
        kept = []
        for number, frame in enumerate(self._frames.values()):
            own = [one for one in alarms if one.frame == number]
            if not frame.pvalues:
                kept += own
                continue
            rows, pvalues = np.concatenate(frame.rows), np.concatenate(frame.pvalues)
            # Those without a p-value keep their own level.
            found = discoveries(pvalues, self.sifting.budget) | np.isnan(pvalues)
            places = np.searchsorted(rows, [one.row for one in own])
            kept += [one for one, at in zip(own, places, strict=True) if found[at, one.place]]
        return kept

    def _unmuted(self, alarms: list[Signal]) -> list[Signal]:
        heard = []
        for number, frame in enumerate(self._frames.values()):
            own = [one for one in alarms if one.frame == number]
            rows, places = np.unique([one.row for one in own], return_inverse=True)
            raised = np.zeros((len(rows), len(frame.days)), dtype=np.bool_)
            raised[places, [one.place for one in own]] = True
            told = unmuted(raised, frame.days, self.sifting.mute)
            heard += [one for one, at in zip(own, places, strict=True) if told[at, one.place]]
        return heard


def severity(counted: float, upper: float, pvalue: float | None) -> float:
    """Return how far a count lies beyond chance, the worst highest.

    By its p-value where there is one; else what exceeds the bound, in roots of the bound.
    """
    if pvalue is not None and math.isfinite(pvalue):
        return -math.log10(max(pvalue, 1e-300))
    bound = upper if math.isfinite(upper) else 0.0
    return (counted - bound) / math.sqrt(max(bound, 1.0))


def _could(one: Looked) -> Truths:
    """Return which series could be looked at in the last monitored period."""
    if not one.detection.at.size:
        return np.zeros(len(one.series.identities), dtype=np.bool_)
    detection = one.detection
    known = np.isfinite(one.series.counts[:, detection.at[-1]])
    # A method may give a count too small to signal no bound, though it looked at it.
    told = (detection.upper, detection.pvalue, detection.score)
    seen = [~np.isnan(figures[:, -1]) for figures in told if figures is not None]
    able: Truths = known & np.logical_or.reduce(seen)
    return able


def _whole(one: Looked, row: int) -> Kept:
    series, detection = one
    # A copy: otherwise one row would keep the whole chunk in memory.
    return Kept(
        series.identities[row],
        tuple(series.periods.tolist()),
        series.counts[row].copy(),
        _spread(detection, detection.expected, row, series.counts.shape[1]),
        _spread(detection, detection.upper, row, series.counts.shape[1]),
    )


def _spread(detection: Detection, values: Floats | None, row: int, length: int) -> Floats:
    spread = np.full(length, np.nan)
    if values is not None:
        spread[detection.at] = values[row]
    return spread
