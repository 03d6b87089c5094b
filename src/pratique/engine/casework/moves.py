# SPDX-License-Identifier: Apache-2.0
"""Cases of procedures within one moment: opened, moved from step to step, missed, closed.

A case may pass several steps in one moment, each at most once; acts come before its timers.
"""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from pratique.accord.fields.procedures import End, Step
from pratique.accord.kinds.procedure import REVOKE, Procedure
from pratique.accord.terms.values import Effect
from pratique.engine.arrays import Bools, Moments, falses, somewhere, spread_to
from pratique.engine.casework.clocks import dues
from pratique.engine.casework.files import (
    keep_change,
    keep_closing,
    keep_opened,
    keep_permits,
    keep_values,
    revoked,
)
from pratique.engine.casework.taking import StepActs
from pratique.engine.intake import StepAct
from pratique.engine.parts.asked import Release
from pratique.engine.parts.draws import amount_known
from pratique.engine.parts.effects import apply_effects
from pratique.engine.parts.progress import Progress
from pratique.engine.rows.cases import CaseRows, CaseSlot


def run_case(progress: Progress, name: str) -> None:
    """Open cases, take in acts on them, and move them on as far as this moment goes."""
    rows = progress.frame.standing.cases[name]
    acts = [act for act in progress.intake.steps if act.procedure == name]
    openings = any(one.procedure == name for one in progress.intake.opened)
    asked = progress.asked.opened.get(name)
    for one in progress.intake.revoked:
        if one.procedure == name and not revoked(rows, one, progress.frame.now):
            where = falses(*rows.shape)
            where[one.scenario, one.row] = True
            progress.refused.append(("perform", f"{name}.{REVOKE}", where))
    for term in rows.lasting:
        # What is judged over time is looked at in every moment.
        progress.frame.standing.machine.function(term)(progress.frame, progress.frame.today)
    if not (acts or openings or asked or rows.stalled) and rows.first_due() > progress.frame.now:
        return
    run = _Run(progress, rows, acts)
    run.begin()
    run.open()
    while run.round():
        pass
    run.end()


class _Run:
    """The cases of one procedure in one moment."""

    def __init__(self, progress: Progress, rows: CaseRows, acts: list[StepAct]) -> None:
        self.progress, self.rows = progress, rows
        self.frame, self.now = progress.frame, progress.frame.now
        self.procedure: Procedure = rows.procedure
        self.acts = StepActs(rows, acts)

    def begin(self) -> None:
        """Begin the moment: no step is passed in it yet."""
        self.rows.stalled = False
        for slot in self.rows.slots:
            for passed in slot.passed:
                passed[...] = False

    # --- opening ---------------------------------------------------------------------------------

    def open(self) -> None:
        """Open the cases that acts and effects ask for, where the agreement binds the opener."""
        name = self.procedure.name
        for opening in self.progress.intake.opened:
            if opening.procedure == name:
                where = spread_to(opening.where, self.rows.shape[1])
                number = self._opened(where, opening.fields)
                keep_opened(self.rows, number, self.now, opening.said)
        self._open_asked()

    def _open_asked(self) -> None:
        for where, fields in self.progress.asked.opened.pop(self.procedure.name, ()):
            number = self._opened(spread_to(where, self.rows.shape[1]), fields)
            keep_opened(self.rows, number, self.now, {})

    def _opened(self, where: Bools, fields: dict[str, np.ndarray]) -> Moments:
        allowed = self.progress.applies(self.procedure.name, where)
        if somewhere(refused := where & ~allowed):
            self.progress.refused.append(("open", self.procedure.name, refused))
        number = self.rows.arrive(allowed, self.now, fields)
        self._mark("", "opened", allowed, number)
        return number

    # --- moving on -------------------------------------------------------------------------------

    def round(self) -> bool:
        """Move each case on by at most one step, and say whether one moved."""
        moved = False
        for slot, here in self.rows.admit():
            self._enter(slot, here, 0, admitted=True)
            moved = True
        for slot in self.rows.slots:
            if not somewhere(slot.open):
                continue
            self.frame.case = slot
            for index, step in enumerate(self.procedure.steps):
                here = slot.at(index) & ~slot.passed[index]
                if somewhere(here):
                    moved |= self._at_step(slot, index, step, here)
        self.frame.case = None
        return moved

    def _at_step(self, slot: CaseSlot, index: int, step: Step, here: Bools) -> bool:
        done = self.acts.done(slot, index, step)
        late = here & ~done & ~slot.missed & (slot.due <= self.now)
        missed = late & ~(slot.gathered if step.many else falses(*here.shape))
        if step.wait is not None:
            done, late, missed = done | late, falses(*here.shape), falses(*here.shape)
        elif step.many:
            done = done | late
        if step.method is not None:
            done = done | self._computed(slot, step, here)
        if somewhere(missed):
            self._missed(slot, step, missed)
            done = done & ~self._late_ends(slot, index, step, missed)
        if somewhere(done):
            self._done(slot, index, step, done)
        return somewhere(done) or somewhere(missed)

    def _missed(self, slot: CaseSlot, step: Step, where: Bools) -> None:
        slot.missed |= where
        self.rows.soonest = None
        self._mark(step.name, "missed", where, slot.number)
        self._mark("", "missed", where, slot.number)
        self._bring_about(self.procedure.missed_effects(step.name), where)

    def _late_ends(self, slot: CaseSlot, index: int, step: Step, where: Bools) -> Bools:
        late = [end for end in self.procedure.ends_at(step.name) if end.late]
        if not late or not somewhere(where):
            return falses(*where.shape)
        self._leave(slot, index, where)
        self._go(slot, late[0], where)
        return where

    def _done(self, slot: CaseSlot, index: int, step: Step, where: Bools) -> None:
        self._leave(slot, index, where)
        slot.done_at[index][where] = self.now
        for (since, _), spent in zip(self.rows.stopped, slot.spent, strict=True):
            if since == index:
                spent[where] = 0
        self._reached(slot, step.name, where)
        self._bring_about(step.sends, where)
        self._bring_about(self.procedure.at.get(step.name, ()), where)
        for end in self.procedure.ends_at(step.name):
            if end.late or not somewhere(where):
                continue
            fits = where & self._holds(end)
            self._go(slot, end, fits)
            where = where & ~fits
        if index + 1 < len(self.procedure.steps):
            self._enter(slot, where, index + 1)
        else:
            self._close(slot, where)

    def _holds(self, end: End) -> Bools:
        if end.when is None:
            return np.ones(self.rows.shape, dtype=np.bool_)
        sure, _ = self.frame.standing.machine.function(end.when)(self.frame, self.frame.today)
        return np.broadcast_to(np.asarray(sure, dtype=np.bool_), self.rows.shape)

    def _leave(self, slot: CaseSlot, index: int, where: Bools) -> None:
        slot.passed[index] |= where
        for (_, at), spent in zip(self.rows.stopped, slot.spent, strict=True):
            if at == index:
                spent[where] += self.now - slot.entered[where]

    def _go(self, slot: CaseSlot, end: End, where: Bools) -> None:
        if not somewhere(where):
            return
        if end.goes_to:
            self._enter(slot, where, self.procedure.position(end.goes_to))
        else:
            self._reached(slot, end.name, where)
            self._bring_about(self.procedure.at.get(end.name, ()), where)
            self._close(slot, where)

    def _enter(self, slot: CaseSlot, where: Bools, index: int, *, admitted: bool = False) -> None:
        if not somewhere(where):
            return
        slot.step[where], slot.entered[where] = index, self.now
        slot.missed[where], slot.gathered[where], slot.acted[where] = False, False, 0
        start = slot.opened if admitted else slot.entered
        self.frame.case = slot
        due = dues(self.frame, self.rows, slot, where, start)
        slot.due[where] = due[where]
        self.rows.soonest = None

    def _close(self, slot: CaseSlot, where: Bools) -> None:
        if not somewhere(where):
            return
        self._mark("", "done", where, slot.number)
        released = Release(self.procedure.name, "", np.where(where, slot.number, 0))
        self.progress.asked.released.append(released)
        keep_closing(self.rows, slot, where, self.now)
        slot.number[where] = 0
        self.rows.soonest = None

    def end(self) -> None:
        """End the moment: count who waits, note what goes on by itself, refuse acts left over."""
        # What it opened itself stands at its first step until the next moment.
        self._open_asked()
        for slot, here in self.rows.admit():
            self._enter(slot, here, 0, admitted=True)
        self.frame.case = None
        self.rows.count_waiting()
        self.rows.stalled = any(map(self._goes_on, self.rows.slots))
        self.progress.refused += self.acts.refused()

    def _goes_on(self, slot: CaseSlot) -> bool:
        due = slot.open & ~slot.missed & (slot.due <= self.now)
        computed = (slot.at(i) for i, step in enumerate(self.procedure.steps) if step.method)
        return somewhere(due) or any(somewhere(here) for here in computed)

    def _computed(self, slot: CaseSlot, step: Step, here: Bools) -> Bools:
        assert step.method is not None
        function = self.frame.standing.machine.function(step.method)
        low, high = function(self.frame, self.frame.today)
        known = np.asarray(low == high) & np.isfinite(low)
        value = np.broadcast_to(np.where(known, low, np.nan), self.rows.shape)
        for spec in step.gives:
            if spec.on_arrays:
                slot.fields[spec.name][here] = value[here]
        keep_values(self.rows, slot, step.gives, here)
        return here

    # --- what it brings about --------------------------------------------------------------------

    def _reached(self, slot: CaseSlot, part: str, where: Bools) -> None:
        self._mark(part, "done", where, slot.number)
        released = Release(self.procedure.name, part, np.where(where, slot.number, 0))
        self.progress.asked.released.append(released)
        keep_permits(self.frame, self.rows, slot, part, where)

    def _mark(self, part: str, edge: str, where: Bools, number: Moments) -> None:
        if not somewhere(where):
            return
        name = self.procedure.name
        self.frame.mark(f"{name}.{part}" if part else name, edge, where.copy())
        self.rows.note(part, edge, where, number)
        if edge != "opened":
            keep_change(self.rows, number, where, (self.now, part, edge))

    def _bring_about(self, effects: Iterable[Effect], where: Bools) -> None:
        for effect in effects:
            # An amount that is not known is not asked for; the step is done all the same.
            here = amount_known(self.frame, (effect,), where)
            if somewhere(here):
                asked = self.progress.asked
                apply_effects(self.frame, asked, self.procedure.name, (effect,), here)
