# SPDX-License-Identifier: Apache-2.0
"""When debts fall due by their clocks, as arrays. Which debts there are is not asked here."""

from __future__ import annotations

import numpy as np

from pratique.accord.terms.values import Clock, EdgeRef
from pratique.base.duration import Duration, period_end
from pratique.base.moment import BEFORE, NEVER, Moment
from pratique.base.moment import Clock as Calendar
from pratique.engine.arrays import Bools, Moments, gathered
from pratique.engine.conditions.frame import Frame


def due_by(
    frame: Frame, clock: Clock | None, rows: int, started: Moments | None = None
) -> Moments | Moment:
    """Return when what is raised now is due: one moment, or [scenario, row]; NEVER without clock.

    `started`: what its time counts from where it names no change; now, if not given.
    """
    if clock is None:
        return NEVER
    calendar = frame.standing.program.clock
    last = calendar.start(clock.before) if clock.before is not None else NEVER
    if clock.within is None:
        return last
    simple = clock.of is None and clock.otherwise is None and started is None
    if simple:
        return min(last, period_end(calendar, frame.now, clock.within))
    starts = _starts(frame, clock.of, rows, started)
    due = period_ends(calendar, starts, clock.within)
    if clock.otherwise is not None and clock.when is not None:
        sure: Bools = frame.standing.machine.function(clock.when)(frame, frame.today)[0]
        other = period_ends(calendar, starts, clock.otherwise)
        due = np.where(gathered(sure, rows), other, due)
    return np.minimum(due, last)


def period_ends(calendar: Calendar, starts: Moments, duration: Duration) -> Moments:
    """Return when periods that start at some moments have run out (see `period_end`)."""
    if duration.elapses:
        return starts + duration.seconds
    every = starts.ravel().tolist()
    ends = {start: period_end(calendar, start, duration) for start in set(every)}
    return np.array([ends[start] for start in every], dtype=np.int64).reshape(starts.shape)


def note_changes(frame: Frame) -> None:
    """Note the changes of a moment that clocks count from."""
    latest = frame.standing.last_changed
    for key in latest:
        here = frame.edges.get(key)
        if here is not None:
            latest[key] = np.where(here, frame.now, latest[key])


def _starts(frame: Frame, of: EdgeRef | None, rows: int, started: Moments | None) -> Moments:
    shape = (frame.standing.scenarios, rows)
    otherwise = np.full(shape, frame.now, dtype=np.int64) if started is None else started
    if of is None:
        return otherwise
    times = frame.last_happened(of, rows)
    return np.where(times == BEFORE, otherwise, times)
