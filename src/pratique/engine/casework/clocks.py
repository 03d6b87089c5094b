# SPDX-License-Identifier: Apache-2.0
"""When the steps of cases fall due: from entering, from another step, from a change, or a day."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from pratique.accord.fields.procedures import Step
from pratique.base.moment import BEFORE, NEVER
from pratique.base.moment import Clock as Calendar
from pratique.engine.arrays import Bools, Moments
from pratique.engine.conditions.frame import Frame
from pratique.engine.parts.clocks import due_by, period_ends
from pratique.engine.rows.cases import CaseRows, CaseSlot


def dues(frame: Frame, rows: CaseRows, slot: CaseSlot, where: Bools, start: Moments) -> Moments:
    """Return when the step that cases of a slot have entered falls due; NEVER: at no set time.

    `where`: the cases, which all stand at one step; `start`: what its time counts from by default.
    """
    step = rows.procedure.steps[int(slot.step[where][0])]
    calendar = frame.standing.program.clock
    if step.wait is not None:
        return period_ends(calendar, np.where(where, slot.entered, frame.now), step.wait)
    starts = np.where(where, _start(rows, slot, step, start), frame.now)
    clock = replace(step.clock, before=None)
    due: Moments = np.broadcast_to(due_by(frame, clock, rows.shape[1], starts), rows.shape)
    if step.not_counting and step.clock.of_step:
        due = due + np.where(due == NEVER, 0, _stopped(rows, slot, step))
    if step.clock.before is None and not step.clock.before_field:
        return due
    earlier: Moments = np.minimum(due, _before(calendar, slot, step, where))
    return earlier


def _start(rows: CaseRows, slot: CaseSlot, step: Step, entering: Moments) -> Moments:
    since = step.clock.of_step
    if not since:
        return entering
    if since == rows.procedure.name:
        return slot.opened
    done_at = slot.done_at[rows.procedure.position(since)]
    return np.where(done_at == BEFORE, slot.opened, done_at)


def _stopped(rows: CaseRows, slot: CaseSlot, step: Step) -> Moments:
    since = step.clock.of_step
    start = -1 if since == rows.procedure.name else rows.procedure.position(since)
    pair = (start, rows.procedure.position(step.not_counting))
    return slot.spent[rows.stopped.index(pair)]


def _before(calendar: Calendar, slot: CaseSlot, step: Step, where: Bools) -> Moments:
    due = np.full(where.shape, NEVER, dtype=np.int64)
    if step.clock.before is not None:
        due[...] = calendar.start(step.clock.before)
    if step.clock.before_field:
        day = slot.value(step.clock.before_field)
        for one in np.unique(day[where & ~np.isnan(day)]):
            here = where & (day == one)
            due[here] = np.minimum(due[here], calendar.start(int(one)))
    return due
