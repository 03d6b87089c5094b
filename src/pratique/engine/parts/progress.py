# SPDX-License-Identifier: Apache-2.0
"""One moment under way: what its parts share."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

import numpy as np

from pratique.accord.fields.triggers import Trigger
from pratique.engine.arrays import (
    Bools,
    Truth,
    any_row,
    falses,
    gathered,
    gathered_truth,
    spread_to,
)
from pratique.engine.conditions.frame import Frame
from pratique.engine.intake import Intake
from pratique.engine.membership import within
from pratique.engine.parts.asked import Asked


@dataclass(slots=True)
class Progress:
    """One moment under way."""

    frame: Frame
    intake: Intake
    asked: Asked
    carried: dict[str, Bools]
    refused: list[tuple[str, str, Bools]] = field(default_factory=list)
    applying: dict[str, Truth] = field(default_factory=dict)
    """Where clauses that override others apply in this moment, by their own rows."""
    anyone: tuple[Bools, Bools] | None = None
    """Who was last found to be bound, and where that is anyone."""

    def in_force(self, where: Bools, clause: str = "") -> Bools:
        """Return where something holds and the agreement (and this clause of it) binds."""
        # A scalar `& True` takes as long as ten comparisons.
        here = within(self.frame, clause)
        if here is None:
            return where
        if where.shape[1] == 1 and here.shape[1] > 1:
            # What is shared applies as long as it binds anyone.
            if self.anyone is None or self.anyone[0] is not here:
                self.anyone = (here, any_row(here))
            here = self.anyone[1]
        return where & here

    def prevailing(self, clause: str, truth: Truth, spared: Bools | None = None) -> Truth:
        """Return the truth of a clause's trigger by its rows, where nothing overrides or stops it.

        Notes where the clause itself applies, if it overrides others: surely not where its trigger
        surely does not hold, or where it surely binds nobody (`spared`). Ask it for each clause
        that can be overridden, once a moment, in its place of the order.
        """
        program = self.frame.standing.program
        if clause in program.bounds.overriding:
            sure, surely_not = truth if spared is None else (truth[0], spared)
            inside = self.in_force(np.ones(sure.shape, dtype=np.bool_), clause)
            self.applying[clause] = (sure & inside, surely_not | ~inside)
        for above in self._above(clause):
            over, over_not = gathered_truth(above, truth[0].shape[1])
            truth = truth[0] & over_not, truth[1] | over
        return truth

    def applies(self, clause: str, where: Bools) -> Bools:
        """Return where something holds, and a clause binds and surely nothing stands above it."""
        for above in self._above(clause):
            where = where & gathered_truth(above, where.shape[1])[1]
        return self.in_force(where, clause)

    def _above(self, clause: str) -> Iterator[Truth]:
        bounds, statuses = self.frame.standing.program.bounds, self.frame.standing.statuses
        for name in bounds.overruled.get(clause, ()):
            if name in self.applying:
                yield self.applying[name]
        for name, acted_on in bounds.stopped.get(clause, ()):
            on = self.frame.prior[name][0] if acted_on else statuses[name].on
            yield on, ~on

    def is_quiet(self, name: str) -> bool:
        """Say whether a clause only waits for changes, and none has happened in this moment."""
        awaited = self.frame.standing.machine.awaited.get(name)
        return awaited is not None and self.frame.edges.keys().isdisjoint(awaited)

    def held(self, trigger: Trigger, name: str) -> Truth:
        """Return the truth of a clause's trigger, at the trigger's own spread."""
        frame, standing = self.frame, self.frame.standing
        if trigger.when is not None:
            truth = standing.machine.function(trigger.when)(frame, frame.today)
            said = standing.said.get(name)
            if said is not None and said[0] is truth[0] and said[1] is truth[1]:
                # Truths are never written to: the same arrays say the same.
                return said[2]
            found = self._spread(truth, trigger, name)
            standing.said[name] = (truth[0], truth[1], found)
            return found
        rows = len(standing.program.parties) if trigger.per_party else 1
        if not trigger.on:
            # Nothing sets it off: it applies as long as the agreement does.
            nowhere = standing.machine.nowhere[rows]
            return ~nowhere, nowhere
        happened = falses(standing.scenarios, rows)
        for edge in trigger.on:
            where = frame.edge(*edge.key)
            if edge.party >= 0:
                where = where[:, edge.party : edge.party + 1]
            happened = happened | gathered(where, happened.shape[1])
        return happened, ~happened

    def _spread(self, truth: Truth, trigger: Trigger, name: str) -> Truth:
        """Return a truth at its trigger's spread, and note where it is undetermined."""
        standing = self.frame.standing
        sure, surely_not = truth
        if trigger.per_party:
            rows = len(standing.program.parties)
            sure, surely_not = spread_to(sure, rows), spread_to(surely_not, rows)
        unsettled = ~(sure | surely_not)
        present = standing.machine.present.get(name)
        if present is not None and present.shape == unsettled.shape:
            unsettled &= present
        standing.unsettled[name] = unsettled
        return sure, surely_not
