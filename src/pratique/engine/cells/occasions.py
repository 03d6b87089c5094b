# SPDX-License-Identifier: Apache-2.0
"""On which occasions a text starts or ends a status: by which clause, and with which change."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from pratique.accord.kinds.duty import Duty
from pratique.accord.kinds.power import Power
from pratique.accord.kinds.procedure import Procedure
from pratique.accord.kinds.rule import Rule
from pratique.accord.program import Program
from pratique.accord.terms.values import Effect, EndStatus, StartStatus

Change = tuple[str, str]
Acting = Duty | Power | Rule | Procedure


@dataclass(frozen=True, slots=True)
class Occasion:
    """A clause that starts or ends a status, with the changes that come with it.

    `waits`: the changes that it waits for itself; `makes`: those that come about in that moment.
    """

    clause: Acting
    effect: StartStatus | EndStatus
    waits: frozenset[Change]
    makes: frozenset[Change]

    def is_with(self, other: Occasion) -> bool:
        """Say whether one follows from the other, or both from one change, in one moment."""
        mine, others = self.waits | self.makes, other.waits | other.makes
        return bool(self.waits & others or other.waits & mine)


def occasions(status: str, program: Program) -> tuple[list[Occasion], list[Occasion]]:
    """Return on which occasions a status is started, and on which it is ended."""
    found = [one for one in _all(program) if one.effect.status == status]
    starts = [one for one in found if isinstance(one.effect, StartStatus)]
    return starts, [one for one in found if isinstance(one.effect, EndStatus)]


def _all(program: Program) -> Iterator[Occasion]:
    for name, rule in program.rules.items():
        waits = frozenset(edge.key for edge in rule.trigger.on)
        yield from _acting(rule, rule.effects, waits, (name, "used"))
    for name, power in program.powers.items():
        yield from _acting(power, power.effects, frozenset(), (name, "used"))
    for name, duty in program.duties.items():
        yield from _acting(duty, duty.if_missed, frozenset(), (name, "missed"))
    for procedure in program.procedures.values():
        yield from _of_cases(procedure)


def _of_cases(procedure: Procedure) -> Iterator[Occasion]:
    for step in procedure.steps:
        done, missed = ((f"{procedure.name}.{step.name}", word) for word in ("done", "missed"))
        yield from _acting(procedure, step.sends, frozenset(), done)
        yield from _acting(procedure, procedure.missed_effects(step.name), frozenset(), missed)
    for name, effects in procedure.at.items():
        yield from _acting(procedure, effects, frozenset(), (f"{procedure.name}.{name}", "done"))


def _acting(
    clause: Acting, effects: tuple[Effect, ...], waits: frozenset[Change], own: Change
) -> Iterator[Occasion]:
    for effect in effects:
        if isinstance(effect, StartStatus | EndStatus):
            change = "starts" if isinstance(effect, StartStatus) else "ends"
            yield Occasion(clause, effect, waits, frozenset({own, (effect.status, change)}))
