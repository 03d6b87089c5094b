# SPDX-License-Identifier: Apache-2.0
"""Statuses within one moment: started, ended, following their conditions."""

from __future__ import annotations

import numpy as np

from pratique.base.duration import period_end
from pratique.base.moment import NEVER, Moment
from pratique.engine.arrays import Bools, spread_to
from pratique.engine.conditions.frame import Frame
from pratique.engine.parts.asked import Start
from pratique.engine.parts.progress import Progress
from pratique.engine.rows.statuses import StatusRows


def run_status(progress: Progress, name: str) -> None:
    """Start, end and renew a status, and follow its condition."""
    frame, rows = progress.frame, progress.frame.standing.statuses[name]
    was_on = rows.on
    for start in progress.asked.starts.get(name, ()):
        _start(frame, rows, start, was_on)
    if name in progress.intake.started:
        _start(frame, rows, Start(progress.intake.started[name], None, renews=False), was_on)
    if rows.status.holds_while is not None:
        _follow(progress, name, rows)
    ends = progress.asked.ends.get(name)
    if ends is not None:
        rows.on = rows.on & ~ends
    started, ended = rows.on & ~was_on, was_on & ~rows.on
    if started.any():
        frame.mark(name, "starts", started)
    if ended.any():
        frame.mark(name, "ends", ended)
    changed = name in progress.asked.starts or name in progress.intake.started
    if changed or ended.any() or ends is not None or rows.status.lingers is not None:
        off = ~rows.on
        rows.since[off] = NEVER
        rows.until[off] = NEVER
        rows.lingers_until[off] = NEVER


def _start(frame: Frame, rows: StatusRows, start: Start, was_on: Bools) -> None:
    clock, lapses = frame.standing.program.clock, rows.status.lapses
    fresh = start.where & ~rows.on
    ends = [period_end(clock, frame.now, spell) for spell in (start.lasting, lapses) if spell]
    _begin(rows, fresh, frame.now, min(ends, default=NEVER))
    if start.renews and lapses is not None:
        again = start.where & was_on
        for old in np.unique(rows.until[again]):
            if old != NEVER:
                # Renewal counts from the old end, whose last second is the day before.
                end = (
                    int(old) + lapses.seconds
                    if lapses.elapses
                    else period_end(clock, int(old) - 1, lapses)
                )
                rows.until[again & (rows.until == old)] = end


def _begin(rows: StatusRows, where: Bools, now: Moment, until: Moment) -> None:
    if not where.any():
        return
    rows.on = rows.on | where
    rows.since[where] = now
    rows.until[where] = until


def _follow(progress: Progress, name: str, rows: StatusRows) -> None:
    frame = progress.frame
    term, status = rows.status.holds_while, rows.status
    assert term is not None
    sure, surely_not = (
        spread_to(mask, rows.on.shape[1])
        for mask in frame.standing.machine.function(term)(frame, frame.today)
    )
    frame.standing.unsettled[name] = ~(sure | surely_not)
    clock = frame.standing.program.clock
    begins = sure & ~rows.on & rows.armed
    rows.armed = rows.armed | surely_not
    lapse = period_end(clock, frame.now, status.lapses) if status.lapses else NEVER
    _begin(rows, begins, frame.now, lapse)
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
    rows.unsure = ~(sure | surely_not | rows.on)
