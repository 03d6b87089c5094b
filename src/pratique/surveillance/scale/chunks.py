# SPDX-License-Identifier: Apache-2.0
"""Detection over a stream of series: in chunks that fit the cache, on all cores, memory bounded.

Threads are enough, because kernels release the interpreter's lock. It reads no files.
"""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field, fields, replace
from typing import Any, NamedTuple, TypeVar

import numpy as np

from pratique.base.moment import Day
from pratique.surveillance.arrays import Floats, Whole
from pratique.surveillance.detection import Detection, detect
from pratique.surveillance.detectors import detector_named
from pratique.surveillance.series.collection import SeriesSet
from pratique.surveillance.series.rhythm import DAYS

CHUNK = 2**20
"""Octets of counts in a chunk: with what a kernel writes they fit a core's own cache."""
AHEAD = 2
"""Chunks that wait for each worker, so that none is idle and memory stays bounded."""

_Item = TypeVar("_Item")
_Result = TypeVar("_Result")


@dataclass(frozen=True, slots=True)
class Watch:
    """What is looked for: a detector with its controls, and over which periods.

    `until`: the last day that a monitored period may begin on (None: the end of the counts);
    `last`: so many periods up to then (None: every one that has the history it needs).
    """

    detector: str
    controls: Mapping[str, Any] = field(default_factory=dict)
    last: int | None = 1
    until: Day | None = None

    def at(self, series: SeriesSet) -> Whole:
        """Return the 0-based times of a set of series that are monitored, in order."""
        end = series.counts.shape[1]
        if self.until is not None:
            end = int(np.count_nonzero(series.periods <= self.until))
        if self.last is not None:
            return np.arange(max(0, end - self.last), end, dtype=np.int64)
        return np.arange(min(self.needs(series), end), end, dtype=np.int64)

    def needs(self, series: SeriesSet) -> int:
        """Return how many times of these series stand before the first that can be monitored."""
        detector = detector_named(self.detector)
        return detector.needs(detector.controlled(controls_for(self, series)))


class Looked(NamedTuple):
    """Some series, and what was found in them."""

    series: SeriesSet
    detection: Detection


def controls_for(watch: Watch, series: SeriesSet) -> dict[str, Any]:
    """Return the controls for a set of series: those given, and what the set itself knows."""
    known = {control.name for control in detector_named(watch.detector).controls}
    own: dict[str, Any] = {}
    if "population" in known and series.population is not None:
        own["population"] = series.population
    if "dates" in known:
        own["dates"] = series.periods
    if "step" in known:
        own["step"] = DAYS[series.rhythm]
    if "freq" in known and DAYS[series.rhythm] == 1:
        own["freq"] = 365
    return {**own, **watch.controls}


def found(watch: Watch, series: SeriesSet) -> Detection:
    """Return what a watch finds in a set of series; ValueError as `detect`."""
    controls = controls_for(watch, series)
    return detect(watch.detector, series.counts, at=watch.at(series), **controls)


def watched(
    watch: Watch, blocks: Iterable[SeriesSet], *, workers: int | None = None
) -> Iterator[Looked]:
    """Iterate over blocks of series with what was found, in order, a chunk at a time.

    `workers`: so many threads, None: as many as the machine has cores for this process.
    """
    cut = (piece for block in blocks for piece in pieces(block))
    yield from in_order(lambda one: Looked(one, found(watch, one)), cut, workers=workers or cores())


def cores() -> int:
    """Return how many cores this process may use."""
    known = getattr(os, "sched_getaffinity", None)
    return len(known(0)) if known is not None else os.cpu_count() or 1


def pieces(series: SeriesSet, octets: int = CHUNK) -> Iterator[SeriesSet]:
    """Iterate over a set of series in pieces of at most so many octets of counts, one at least."""
    count, times = series.counts.shape
    size = max(1, octets // (8 * max(times, 1)))
    for start in range(0, count, size):
        yield _part(series, slice(start, start + size))


def _part(series: SeriesSet, rows: slice) -> SeriesSet:
    def cut(array: Floats | None) -> Floats | None:
        return None if array is None else array[rows]

    return replace(
        series,
        identities=series.identities[rows],
        counts=series.counts[rows],
        population=cut(series.population),
        expected=cut(series.expected),
        reporting=cut(series.reporting),
    )


def joined(parts: Iterable[Detection]) -> Detection:
    """Return detections of the same times over different series as one; ValueError for none."""
    many = list(parts)
    if not many:
        raise ValueError("there is nothing to join")
    columns = {
        one.name: [getattr(part, one.name) for part in many]
        for one in fields(Detection)
        if one.name != "at" and getattr(many[0], one.name) is not None
    }
    return replace(many[0], **{name: np.concatenate(some) for name, some in columns.items()})


def in_order(
    work: Callable[[_Item], _Result], items: Iterable[_Item], *, workers: int
) -> Iterator[_Result]:
    """Iterate over the results of work on items, in their order, with a bounded number under way.

    What is under way when the caller stops is let finish; nothing more is begun.
    """
    pool = ThreadPoolExecutor(workers, thread_name_prefix="chunk")
    under_way: deque[Future[_Result]] = deque()
    waits = True
    try:
        for item in items:
            under_way.append(pool.submit(work, item))
            if len(under_way) > AHEAD * workers:
                yield under_way.popleft().result()
        while under_way:
            yield under_way.popleft().result()
    except KeyboardInterrupt:
        # Whoever stops it is answered at once, not when the last chunk is done.
        waits = False
        raise
    finally:
        pool.shutdown(wait=waits, cancel_futures=True)
