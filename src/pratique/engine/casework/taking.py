# SPDX-License-Identifier: Apache-2.0
"""Acts on steps, taken in by the cases that they mean, within one moment; the rest is refused."""

from __future__ import annotations

import numpy as np

from pratique.accord.fields.procedures import Step
from pratique.engine.arrays import Bools, falses, somewhere
from pratique.engine.casework.files import ADDS_UP, keep_given
from pratique.engine.intake import StepAct
from pratique.engine.rows.cases import CaseRows, CaseSlot


class StepActs:
    """The acts of one moment on the steps of one procedure."""

    def __init__(self, rows: CaseRows, acts: list[StepAct]) -> None:
        self.rows, self.acts = rows, acts
        self.left = [np.broadcast_to(act.where, rows.shape).copy() for act in acts]
        """Where each act has not been taken in yet."""

    def done(self, slot: CaseSlot, index: int, step: Step) -> Bools:
        """Take in the acts on a step of a slot's cases, and return where the step is done."""
        done = falses(*self.rows.shape)
        for number, act in enumerate(self.acts):
            if act.step == index and somewhere(self.left[number]):
                here = self._meant(slot, index, step, act) & self.left[number] & ~done
                if somewhere(here):
                    done |= self._taken(slot, step, act, here)
                    taken = here.any(axis=1, keepdims=True) if act.anywhere else here
                    self.left[number] = self.left[number] & ~taken
                    self._settle(act)
        return done

    def _settle(self, act: StepAct) -> None:
        # Taken in for one of the actors that its office can be: not for another as well.
        for number, other in enumerate(self.acts):
            if act.either and other.either == act.either:
                self.left[number] = falses(*self.rows.shape)

    def _meant(self, slot: CaseSlot, index: int, step: Step, act: StepAct) -> Bools:
        there: Bools = slot.at(index) & ~slot.passed[index]
        who = step.by[act.actor] if step.by else None
        named = (who.names[0], act.party) if who is not None and who.form == "field" else None
        if not act.case:
            actor = -1 if step.many else act.actor
            oldest = self.rows.oldest_at(index, actor, of_all_rows=act.anywhere, named=named)
            there = there & oldest[self.rows.slots.index(slot)]
            return there
        there = there & (slot.number == act.case)
        if named is not None:
            there = there & (slot.value(named[0]) == named[1])
        return there

    def _taken(self, slot: CaseSlot, step: Step, act: StepAct, here: Bools) -> Bools:
        for spec in step.gives:
            if spec.name in act.fields:
                held = slot.fields[spec.name]
                given = np.broadcast_to(act.fields[spec.name], self.rows.shape)[here]
                adds = step.many and spec.type.kind in ADDS_UP
                before = np.where(slot.gathered, np.nan_to_num(held), 0)[here]
                held[here] = given + before if adds else given
        keep_given(self.rows, slot, step, act, here)
        slot.acted[here] |= np.int64(1) << act.actor
        if step.many:
            slot.gathered |= here
            return falses(*here.shape)
        everyone = (1 << max(1, len(step.by))) - 1
        complete: Bools = here & ((slot.acted & everyone) == everyone)
        return complete

    def refused(self) -> list[tuple[str, str, Bools]]:
        """Return the acts that no case has taken in: (perform, PROCEDURE.STEP, where)."""
        procedure = self.rows.procedure
        return [
            ("perform", f"{procedure.name}.{procedure.steps[act.step].name}", left)
            for act, left in zip(self.acts, self.left, strict=True)
            if somewhere(left) and not self._stands_for_another(act)
        ]

    def _stands_for_another(self, act: StepAct) -> bool:
        # One act that nobody took in is refused once.
        return bool(act.either) and any(
            other.either == act.either and other.actor < act.actor for other in self.acts
        )
