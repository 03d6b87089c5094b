# SPDX-License-Identifier: Apache-2.0
"""What is owed, debt by debt, in slots of arrays that grow when needed: duties, claims, payments.

Each raising is its own debt with its own clock; the oldest is discharged first (semantics 11, 12).
"""

from __future__ import annotations

import copy
from dataclasses import dataclass

import numpy as np

from pratique.base.moment import BEFORE, NEVER, Moment
from pratique.engine.arrays import Bools, Moments, falses, moments, somewhere


@dataclass(slots=True)
class Slot:
    """One debt a row: when raised (NEVER: the slot is free), when due, how much is still owed."""

    raised: Moments
    due: Moments
    missed: Bools
    owed: Moments
    number: Moments

    def copy(self) -> Slot:
        """Return an independent copy."""
        return Slot(*(getattr(self, name).copy(order="K") for name in self.__slots__))

    @property
    def open(self) -> Bools:
        """Where a debt is owed, missed or not."""
        return np.not_equal(self.raised, NEVER)


class Debts:
    """The debts of one clause, by row, and what is known of the latest of them."""

    def __init__(self, scenarios: int, rows: int) -> None:
        self.shape = (scenarios, rows)
        self.slots: list[Slot] = []
        self._soonest: Moment | None = NEVER
        """When the first open debt not missed falls due; None: to be found again."""
        self.raisings = 0
        self.latest_raised = moments(scenarios, rows, BEFORE)
        self.latest_number = moments(scenarios, rows, -1)
        self.latest_done = falses(scenarios, rows)
        self.latest_missed = falses(scenarios, rows)

    def copy(self) -> Debts:
        """Return an independent copy."""
        twin = copy.copy(self)
        twin.slots = [slot.copy() for slot in self.slots]
        for name in ("latest_raised", "latest_number", "latest_done", "latest_missed"):
            setattr(twin, name, getattr(self, name).copy(order="K"))
        return twin

    def raise_debt(
        self, where: Bools, now: Moment, due: Moment | Moments, amounts: Moments | int = 1
    ) -> None:
        """Raise a debt on some rows, due at a moment, or each row's own (NEVER: at no set time)."""
        if not somewhere(where):
            return
        waiting = np.broadcast_to(where, self.shape).copy(order="K")
        self._note_latest(waiting, now)
        for slot in self.slots:
            here = waiting & ~slot.open
            if somewhere(here):
                self._fill(slot, here, now, due, amounts)
                waiting &= ~here
        if somewhere(waiting):
            self.slots.append(self._free_slot())
            self._fill(self.slots[-1], waiting, now, due, amounts)
        self.raisings += 1
        if self._soonest is not None:
            self._soonest = min(self._soonest, _earliest(due, where))

    def _note_latest(self, where: Bools, now: Moment) -> None:
        self.latest_raised[where] = now
        self.latest_number[where] = self.raisings
        self.latest_done[where] = False
        self.latest_missed[where] = False

    def _free_slot(self) -> Slot:
        scenarios, rows = self.shape
        never, nothing = moments(scenarios, rows, NEVER), moments(scenarios, rows, 0)
        return Slot(
            never, never.copy(order="K"), falses(scenarios, rows), nothing, nothing.copy(order="K")
        )

    def _fill(
        self, slot: Slot, here: Bools, now: Moment, due: Moment | Moments, amounts: Moments | int
    ) -> None:
        slot.raised[here], slot.missed[here] = now, False
        slot.due[here] = self._on(here, due)
        slot.owed[here] = self._on(here, amounts)
        slot.number[here] = self.raisings

    def _on(self, here: Bools, value: Moments | int) -> Moments | int:
        return value if isinstance(value, int) else np.broadcast_to(value, self.shape)[here]

    def any_open(self) -> Bools:
        """Return where something is owed."""
        owed = falses(*self.shape)
        for slot in self.slots:
            owed |= slot.open
        return owed

    def oldest(self) -> list[Bools]:
        """Return, for each slot, where it holds the oldest open debt of its row."""
        if len(self.slots) == 1:
            return [self.slots[0].open]
        numbers = [np.where(slot.open, slot.number, NEVER) for slot in self.slots]
        first = np.minimum.reduce(numbers) if numbers else None
        return [(number == first) & (number != NEVER) for number in numbers]

    def _meant(self, raised: Moments | None) -> list[Bools]:
        # The debt raised at the moment that is named, else the oldest.
        oldest = self.oldest()
        if raised is None:
            return oldest
        named = raised != NEVER
        return [
            np.where(named, slot.raised == raised, first)
            for slot, first in zip(self.slots, oldest, strict=True)
        ]

    def done(self, where: Bools, *, raised: Moments | None = None) -> Bools:
        """Discharge a debt of some rows (that raised at a moment, else the oldest: also NEVER), and
        return where there was one.
        """
        happened = falses(*self.shape)
        if not somewhere(where):
            return happened
        for slot, meant in zip(self.slots, self._meant(raised), strict=True):
            here = meant & where
            if somewhere(here):
                self._close(slot, here)
                happened |= here
        return happened

    def reported_late(self, where: Bools, when: Moments, *, raised: Moments | None = None) -> Bools:
        """Return where what discharges a missed debt happened in time (`when`), and note it met.

        Asked before it is `done`.
        """
        late = falses(*self.shape)
        for slot, meant in zip(self.slots, self._meant(raised), strict=True):
            here = meant & where & slot.missed & (when <= slot.due)
            if somewhere(here):
                slot.missed &= ~here
                self.latest_missed &= ~(here & (slot.number == self.latest_number))
                late |= here
        return late

    def all_done(self, where: Bools) -> Bools:
        """Discharge every debt of some rows, and return where there was one."""
        happened = falses(*self.shape)
        if not somewhere(where):
            return happened
        for slot in self.slots:
            here = slot.open & where
            if somewhere(here):
                self._close(slot, here)
                happened |= here
        return happened

    def _close(self, slot: Slot, here: Bools) -> None:
        self.latest_done |= here & (slot.number == self.latest_number)
        slot.raised[here] = NEVER
        self._soonest = None

    def ended(self, where: Bools) -> Bools:
        """End every debt of some rows without breach, and return where there was one."""
        happened = falses(*self.shape)
        if not somewhere(where):
            return happened
        for slot in self.slots:
            here = slot.open & where
            if somewhere(here):
                happened |= here
                slot.raised[here] = NEVER
                self._soonest = None
        return happened

    def reduced(self, amounts: Moments) -> Moments:
        """Pay amounts off the oldest debts, and return what was left over."""
        left = np.broadcast_to(amounts, self.shape).astype(np.int64)
        for _ in range(len(self.slots)):
            for slot, oldest in zip(self.slots, self.oldest(), strict=True):
                paid = np.where(oldest, np.minimum(left, slot.owed), 0)
                slot.owed -= paid
                left = left - paid
                self._close(slot, oldest & (slot.owed == 0))
            if not somewhere(left):
                break
        return left

    def overdue(self, now: Moment) -> Bools:
        """Note which debts are missed by now, and return where one newly is."""
        newly = falses(*self.shape)
        for slot in self.slots:
            here = slot.open & ~slot.missed & (slot.due <= now)
            if somewhere(here):
                slot.missed |= here
                self.latest_missed |= here & (slot.number == self.latest_number)
                newly |= here
        self._soonest = None
        return newly

    def owed(self) -> Moments:
        """Return the amounts owed in all, by row."""
        total = moments(*self.shape, 0)
        for slot in self.slots:
            total += np.where(slot.open, slot.owed, 0)
        return total

    def stops(self, after: Moment) -> list[Moment]:
        """Return the next moments at which something of it may mature."""
        return [self.next_due(after)]

    def next_due(self, after: Moment) -> Moment:
        """Return the next moment after this one at which a debt falls due; NEVER if none does."""
        first = self.first_due()
        if first > after:
            return first
        # What was due before it was raised is missed at the next second.
        overdue = any(
            somewhere(slot.open & ~slot.missed & (slot.due <= after)) for slot in self.slots
        )
        return after + 1 if overdue else self._due_after(after)

    def first_due(self) -> Moment:
        """Return when the first open debt not missed falls due, or did; NEVER if none does."""
        if self._soonest is None:
            self._soonest = self._due_after(BEFORE)
        return self._soonest

    def _due_after(self, after: Moment) -> Moment:
        dues = [
            np.where(slot.open & ~slot.missed & (slot.due > after), slot.due, NEVER).min()
            for slot in self.slots
        ]
        return int(min(dues, default=NEVER))


def _earliest(due: Moment | Moments, where: Bools) -> Moment:
    if isinstance(due, int):
        return due
    return int(np.where(where, due, NEVER).min())
