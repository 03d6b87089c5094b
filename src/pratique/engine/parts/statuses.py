# SPDX-License-Identifier: Apache-2.0
"""Statuses within one moment: started, ended, following their conditions."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import numpy as np

from pratique.accord.kinds.status import Status
from pratique.base.duration import period_end
from pratique.base.moment import NEVER, Moment
from pratique.engine.arrays import Bools, Truth, falses, somewhere, spread_to
from pratique.engine.conditions.frame import Frame
from pratique.engine.parts.asked import Start
from pratique.engine.parts.progress import Progress
from pratique.engine.rows.statuses import StatusRows


def lapse_statuses(frame: Frame) -> None:
    """End the statuses whose time is over."""
    for name, rows in frame.standing.statuses.items():
        lapsed = rows.on & (rows.until <= frame.now)
        if somewhere(lapsed):
            rows.on, rows.armed = rows.on & ~lapsed, rows.armed & ~lapsed
            rows.until[lapsed], rows.since[lapsed], rows.lingers_until[lapsed] = NEVER, NEVER, NEVER
            _ended(frame, name, rows, lapsed)


def run_status(progress: Progress, name: str) -> None:
    """Start, end and renew a status, and follow its condition."""
    frame, rows = progress.frame, progress.frame.standing.statuses[name]
    was_on, ends = rows.on, progress.asked.ends.get(name)
    changed = name in progress.asked.starts or name in progress.intake.started
    if not changed and ends is None and rows.status.holds_while is None:
        return
    for start in _starts(progress, name):
        _start(frame, rows, start, was_on)
    if ends is not None:
        rows.on = rows.on & ~ends
    if rows.status.holds_while is not None:
        # What is ended goes on as long as its condition holds, unless it had lapsed.
        _follow(progress, name, rows)
    started, ended = rows.on & ~was_on, was_on & ~rows.on
    if somewhere(started):
        frame.mark(name, "starts", started)
    if somewhere(ended):
        _ended(frame, name, rows, ended)
    if changed or somewhere(ended) or ends is not None or rows.status.lingers is not None:
        off = ~rows.on
        rows.since[off] = NEVER
        rows.until[off] = NEVER
        rows.lingers_until[off] = NEVER


def _ended(frame: Frame, name: str, rows: StatusRows, ended: Bools) -> None:
    frame.mark(name, "ends", ended)
    winds_down = rows.status.winds_down
    if winds_down is not None and rows.winding_until is not None:
        rows.winding_until[ended] = period_end(frame.standing.program.clock, frame.now, winds_down)


def _starts(progress: Progress, name: str) -> Iterator[Start]:
    present = progress.frame.standing.machine.present.get(name)
    starts = list(progress.asked.starts.get(name, ()))
    if name in progress.intake.started:
        starts.append(Start(progress.intake.started[name], None, renews=False))
    for start in starts:
        yield start if present is None else replace(start, where=start.where & present)


def _last_moment(frame: Frame, status: Status) -> Moment:
    """Return when the day begins on which a status lapses for good."""
    if status.lapses_on is None:
        return NEVER
    return frame.standing.program.clock.start(status.lapses_on)


def _start(frame: Frame, rows: StatusRows, start: Start, was_on: Bools) -> None:
    clock, lapses = frame.standing.program.clock, rows.status.lapses
    fresh = start.where & ~rows.on
    last = _last_moment(frame, rows.status)
    ends = [period_end(clock, frame.now, spell) for spell in (start.lasting, lapses) if spell]
    until = min([*ends, last])
    # Of several starts in one moment the one that lasts longest counts.
    begun = start.where & rows.on & ~was_on
    rows.until[begun] = np.maximum(rows.until[begun], until)
    _begin(rows, fresh, frame.now, until)
    if start.renews and lapses is not None:
        again, before = start.where & was_on, rows.until.copy()
        for old in sorted(set(before[again].tolist())):
            if old != NEVER:
                # Renewal counts from the old end, whose last second is the day before.
                end = old + lapses.seconds if lapses.elapses else period_end(clock, old - 1, lapses)
                rows.until[again & (before == old)] = min(end, last)


def _begin(rows: StatusRows, where: Bools, now: Moment, until: Moment) -> None:
    # What lapses on a day does not begin again from that day on.
    if until <= now or not somewhere(where):
        return
    rows.on = rows.on | where
    rows.since[where] = now
    rows.until[where] = until


def _follow(progress: Progress, name: str, rows: StatusRows) -> None:
    frame, status = progress.frame, rows.status
    sure, surely_not = _condition(frame, name, rows)
    clock = frame.standing.program.clock
    begins = sure & ~rows.on & rows.armed
    rows.armed = rows.armed | surely_not
    lapse = period_end(clock, frame.now, status.lapses) if status.lapses else NEVER
    _begin(rows, begins, frame.now, min(lapse, _last_moment(frame, status)))
    if status.lingers is None:
        rows.on = rows.on & ~surely_not
    else:
        # It lingers from the last moment at which its condition surely held.
        last_held = frame.now if status.lingers.elapses else frame.now - 1
        end = period_end(clock, last_held, status.lingers)
        waiting = np.where(rows.lingers_until == NEVER, end, rows.lingers_until)
        rows.lingers_until = np.where(sure, NEVER, waiting)
        # What has surely ended lingers out, also if figures go missing meanwhile.
        rows.ended = (rows.ended | surely_not) & ~sure
        rows.on = rows.on & ~(rows.ended & (rows.lingers_until <= frame.now))
    rows.unsure = ~(sure | surely_not)


def _condition(frame: Frame, name: str, rows: StatusRows) -> Truth:
    """Return the truth of its condition by row; surely false in rows that never apply."""
    standing, term = frame.standing, rows.status.holds_while
    assert term is not None
    truth = standing.machine.function(term)(frame, frame.today)
    sure, surely_not = (spread_to(mask, rows.on.shape[1]) for mask in truth)
    present = standing.machine.present.get(name)
    if present is not None:
        sure, surely_not = sure & present, surely_not | ~present
    standing.unsettled[name] = ~(sure | surely_not)
    if frame.now >= _last_moment(frame, rows.status):
        return falses(*sure.shape), ~falses(*sure.shape)
    return sure, surely_not
