# SPDX-License-Identifier: Apache-2.0
"""One moment under way: what its parts share."""

from __future__ import annotations

from dataclasses import dataclass, field

from pratique.accord.fields.triggers import Trigger
from pratique.accord.kinds.status import IN_FORCE
from pratique.engine.arrays import Bools, Truth, falses, gathered, spread_to
from pratique.engine.conditions.frame import Frame
from pratique.engine.intake import Intake
from pratique.engine.parts.asked import Asked


@dataclass(slots=True)
class Progress:
    """One moment under way."""

    frame: Frame
    intake: Intake
    asked: Asked
    carried: dict[str, Bools]
    refused: list[tuple[str, str, Bools]] = field(default_factory=list)

    def in_force(self, where: Bools) -> Bools:
        """Return where something holds and the agreement binds."""
        # A scalar `& True` takes as long as ten comparisons.
        status = self.frame.standing.statuses.get(IN_FORCE)
        return where & status.on if status is not None else where

    def held(self, trigger: Trigger, name: str) -> Truth:
        """Return the truth of a clause's trigger, at the trigger's own spread."""
        frame, standing = self.frame, self.frame.standing
        if trigger.when is not None:
            truth = standing.machine.function(trigger.when)(frame, frame.today)
            rows = len(standing.program.parties) if trigger.per_party else 1
            sure, surely_not = (spread_to(mask, rows) for mask in truth)
            standing.unsettled[name] = ~(sure | surely_not)
            return sure, surely_not
        rows = len(standing.program.parties) if trigger.per_party else 1
        happened = falses(standing.scenarios, rows)
        for edge in trigger.on:
            where = frame.edge(edge.name, edge.edge)
            if edge.party >= 0:
                where = where[:, edge.party : edge.party + 1]
            happened = happened | gathered(where, happened.shape[1])
        return happened, ~happened
