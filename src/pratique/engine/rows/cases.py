# SPDX-License-Identifier: Apache-2.0
"""The cases of a procedure, in slots of arrays over [scenario, row], and those that wait for one.

Live there are as many slots as open cases; a batch has so many a row, and its queue is counted. The
same code runs both. What happens to a case is decided elsewhere.
"""

from __future__ import annotations

import copy
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import NDArray

from pratique.accord.kinds.procedure import Procedure
from pratique.accord.program import procedure_terms
from pratique.accord.terms.values import TEMPORAL, Term
from pratique.base.moment import BEFORE, NEVER, Moment
from pratique.engine.arrays import (
    Bools,
    Moments,
    Numbers,
    copied,
    falses,
    moments,
    numbers,
    somewhere,
)
from pratique.engine.rows.records import Record

Fields = dict[str, Numbers]
"""What cases record, by field, [scenario, row] each; not a number where it is not known."""


class CaseSlot:
    """One case a row: where it stands and what it records. `number` 0: the slot is free."""

    def __init__(self, procedure: Procedure, scenarios: int, rows: int, pairs: int) -> None:
        steps = len(procedure.steps)
        self.number = moments(scenarios, rows, 0)
        self.step = moments(scenarios, rows, 0)
        self.opened = moments(scenarios, rows, NEVER)
        self.entered = moments(scenarios, rows, NEVER)
        self.due = moments(scenarios, rows, NEVER)
        self.missed = falses(scenarios, rows)
        """Whether the step at which it stands was missed."""
        self.acted = moments(scenarios, rows, 0)
        """Which of the step's actors have acted, a bit each."""
        self.gathered = falses(scenarios, rows)
        """Whether an act was gathered at a step that gathers many."""
        self.done_at: list[Moments] = [moments(scenarios, rows, BEFORE) for _ in range(steps)]
        self.spent: list[Moments] = [moments(scenarios, rows, 0) for _ in range(pairs)]
        """Seconds spent at a step since another was done, for each stopped clock."""
        self.passed: list[Bools] = [falses(scenarios, rows) for _ in range(steps)]
        """Which steps it has passed in the moment under way."""
        self.fields: Fields = {
            name: numbers(scenarios, rows, np.nan)
            for name, spec in procedure.fields.items()
            if spec.on_arrays
        }

    @property
    def open(self) -> Bools:
        """Where a case is open in it."""
        return self.number > 0

    def at(self, step: int) -> Bools:
        """Return where a case stands at a step."""
        there: Bools = self.open & (self.step == step)
        return there

    def value(self, name: str) -> Numbers:
        """Return what the cases record under a name."""
        return self.fields[name]

    def copy(self) -> CaseSlot:
        """Return an independent copy."""
        twin = copy.copy(self)
        for name, value in vars(self).items():
            setattr(twin, name, copied(value))
        return twin


@dataclass(slots=True)
class Waiting:
    """Cases opened in one moment that have no slot yet: where, their numbers, what they record."""

    where: Bools
    number: Moments
    opened: Moment
    fields: Fields


@dataclass(slots=True)
class CaseRows:
    """The cases of one procedure, by row. `limit`: slots a row; None: as many as are wanted."""

    procedure: Procedure
    shape: tuple[int, int]
    limit: int | None
    slots: list[CaseSlot] = field(default_factory=list)
    queue: list[Waiting] = field(default_factory=list)
    count: Moments = field(init=False)
    """How many cases were opened so far; a case's number is its place in that count."""
    waiting: Moments = field(init=False)
    most_waiting: Moments = field(init=False)
    latest: dict[tuple[str, str], Bools] = field(default_factory=dict)
    """By part and change: whether it came about in the case opened last."""
    stopped: tuple[tuple[int, int], ...] = ()
    """Stopped clocks: (since which step, -1 the opening; at which step time does not count)."""
    lasting: tuple[Term, ...] = ()
    """Its terms that time plays a part in."""
    stalled: bool = False
    """Whether a case goes on at the next moment by itself."""
    records: tuple[Record, ...] = ()
    """What the cases say in words and permit, by scenario; nothing where cases are bounded."""
    hung_on: tuple[str, ...] = ()
    """The statuses that its permits hang on."""
    held: dict[str, Bools] = field(default_factory=dict)
    """Where they held after the latest moment, as recorded."""
    soonest: Moment | None = NEVER
    """When the first step not missed falls due; None: to be found again."""

    def __post_init__(self) -> None:
        self.count = moments(*self.shape, 0)
        self.waiting = moments(*self.shape, 0)
        self.most_waiting = moments(*self.shape, 0)
        self.stopped = tuple(_stopped(self.procedure))
        self.lasting = tuple(
            term
            for term in procedure_terms(self.procedure)
            if any(node.op in TEMPORAL for node in term.walk())
        )
        self.hung_on = tuple(
            dict.fromkeys(one.while_status for one in self.procedure.grants if one.while_status)
        )
        if self.limit is None:
            self.records = tuple(Record() for _ in range(self.shape[0]))

    def copy(self) -> CaseRows:
        """Return an independent copy."""
        twin = copy.copy(self)
        twin.slots = [slot.copy() for slot in self.slots]
        twin.queue = [replace(one, where=one.where.copy(order="K")) for one in self.queue]
        for name in ("count", "waiting", "most_waiting"):
            setattr(twin, name, getattr(self, name).copy(order="K"))
        twin.latest = {key: where.copy(order="K") for key, where in self.latest.items()}
        twin.held = dict(self.held)
        twin.records = tuple(record.copy() for record in self.records)
        return twin

    # --- opening ---------------------------------------------------------------------------------

    def arrive(self, where: Bools, now: Moment, fields: Fields) -> Moments:
        """Put new cases into the queue, and return their numbers (0 elsewhere)."""
        where = np.broadcast_to(where, self.shape)
        self.count = self.count + where
        for known in self.latest.values():
            known[where] = False
        number = np.where(where, self.count, 0)
        self.queue.append(Waiting(where.copy(order="K"), number, now, fields))
        return number

    def admit(self) -> Iterator[tuple[CaseSlot, Bools]]:
        """Give waiting cases the slots that are free, oldest first; yield where each slot fills."""
        for waiting in self.queue:
            for slot in self._free(waiting):
                here = waiting.where & ~slot.open
                if somewhere(here):
                    _fill(slot, here, waiting)
                    waiting.where &= ~here
                    yield slot, here
        self.queue = [waiting for waiting in self.queue if somewhere(waiting.where)]

    def _free(self, waiting: Waiting) -> Iterator[CaseSlot]:
        yield from self.slots
        while somewhere(waiting.where) and (self.limit is None or len(self.slots) < self.limit):
            self.slots.append(CaseSlot(self.procedure, *self.shape, len(self.stopped)))
            yield self.slots[-1]

    def count_waiting(self) -> None:
        """Note how many cases wait for a slot."""
        if not self.queue and not somewhere(self.waiting):
            return
        waiting = moments(*self.shape, 0)
        for one in self.queue:
            waiting += one.where
        self.waiting = waiting
        self.most_waiting = np.maximum(self.most_waiting, waiting)

    # --- reading ---------------------------------------------------------------------------------

    def note(self, part: str, edge: str, where: Bools, number: Moments) -> None:
        """Note a change of some cases, if they are the ones opened last."""
        known = self.latest.setdefault((part, edge), falses(*self.shape))
        known |= where & (number == self.count)

    def happened(self, part: str, edge: str) -> Bools:
        """Return where a change came about in the case opened last. Not to be written to."""
        found = self.latest.get((part, edge))
        return found if found is not None else falses(*self.shape)

    def open_count(self) -> Moments:
        """Return how many cases are open, those that wait among them."""
        total = self.waiting.copy(order="K")
        for slot in self.slots:
            total += slot.open
        return total

    def oldest_at(
        self, step: int, actor: int, *, of_all_rows: bool, named: tuple[str, int] | None = None
    ) -> list[Bools]:
        """Return, for each slot, where it holds the oldest case that stands at a step.

        Of its row, or of all rows; those that have passed the step in this moment, or at which the
        actor (if not -1) has acted already, do not count. `named`: a field, and the party that it
        must name.
        """
        bit = np.int64(0 if actor < 0 else 1 << actor)
        there = [
            slot.at(step) & ~slot.passed[step] & (slot.acted & bit == 0) for slot in self.slots
        ]
        if named is not None:
            field_, party = named
            there = [
                here & (slot.value(field_) == party)
                for here, slot in zip(there, self.slots, strict=True)
            ]
        opened = [
            np.where(here, slot.number, NEVER) for here, slot in zip(there, self.slots, strict=True)
        ]
        if not opened:
            return []
        first = np.minimum.reduce(opened)
        oldest = [here & (number == first) for here, number in zip(there, opened, strict=True)]
        return self._first_of_rows(oldest) if of_all_rows else oldest

    def _first_of_rows(self, oldest: list[Bools]) -> list[Bools]:
        # Ties go to the party declared first.
        since = moments(*self.shape, NEVER)
        for slot, here in zip(self.slots, oldest, strict=True):
            since[here] = slot.opened[here]
        row = since.argmin(axis=1)
        only: NDArray[np.bool_] = np.arange(self.shape[1]) == row[:, None]
        return [here & only for here in oldest]

    def stops(self, after: Moment) -> list[Moment]:
        """Return the next moments at which something of it may mature."""
        return [self.next_due(after)]

    def next_due(self, after: Moment) -> Moment:
        """Return the next moment after this one at which a step falls due; NEVER if none does."""
        first = self.first_due()
        return first if first > after else self._due_after(after)

    def first_due(self) -> Moment:
        """Return when the first step that is not missed falls due."""
        if self.soonest is None:
            self.soonest = self._due_after(BEFORE)
        return self.soonest

    def _due_after(self, after: Moment) -> Moment:
        dues = [
            np.where(slot.open & ~slot.missed & (slot.due > after), slot.due, NEVER).min()
            for slot in self.slots
        ]
        return int(min(dues, default=NEVER))


def _stopped(procedure: Procedure) -> Iterator[tuple[int, int]]:
    for step in procedure.steps:
        if step.not_counting and step.clock.of_step:
            since = step.clock.of_step
            start = -1 if since == procedure.name else procedure.position(since)
            yield start, procedure.position(step.not_counting)


def _fill(slot: CaseSlot, here: Bools, waiting: Waiting) -> None:
    slot.number[here] = waiting.number[here]
    slot.opened[here] = waiting.opened
    for done_at in slot.done_at:
        done_at[here] = BEFORE
    for spent in slot.spent:
        spent[here] = 0
    for passed in slot.passed:
        passed[here] = False
    for name, values in slot.fields.items():
        given = waiting.fields.get(name)
        values[here] = np.nan if given is None else np.broadcast_to(given, here.shape)[here]
