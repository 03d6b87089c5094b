# SPDX-License-Identifier: Apache-2.0
"""What rules, duties, powers and cases have in common: triggers, limits, and effects asked for."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from oracle.conditions import Conditions, Part
from oracle.members import Members
from oracle.pools import Pools
from oracle.precedence import Precedence
from oracle.rows import found_in, reached
from oracle.truth import Truth, is_exact
from oracle.world import World
from pratique.accord.kinds.duty import Duty
from pratique.accord.kinds.power import Power
from pratique.accord.kinds.rule import Rule
from pratique.accord.terms.values import (
    CallPower,
    Draw,
    Effect,
    EndStatus,
    Hold,
    Leave,
    Limit,
    OpenCase,
    StartStatus,
    Term,
    Transfer,
    Who,
)
from pratique.base.duration import leaves_window
from pratique.base.moment import Moment


@dataclass
class Acting:
    """What a moment's parts share."""

    world: World
    conditions: Conditions
    members: Members
    precedence: Precedence
    pools: Pools
    judged: dict[tuple[str, int], Truth]

    def found(self, part: Part, clause: Rule | Duty | Power) -> list[Truth]:
        """Return a clause's own trigger in each of its rows, and note what it leaves unclear."""
        found = found_in(self.conditions, part, clause.trigger)
        if clause.trigger.when is not None:
            for row, truth in enumerate(found):
                absent = clause.trigger.per_party and (clause.name, row) in self.members.absent
                self.judged[clause.name, row] = False if absent else truth
        if not isinstance(clause, Duty):
            self.precedence.note(
                clause.name, found * self._copies(clause, found), per_party=clause.per_party
            )
        return found

    def _copies(self, clause: Rule | Power, found: list[Truth]) -> int:
        # A power may have a row for each party and a trigger for all.
        return len(self.world.parties) if clause.per_party and len(found) == 1 else 1

    def is_allowed(self, name: str, row: int, limit: Limit | None) -> bool:
        """Say whether `at most` allows a use."""
        return limit is None or len(self.uses(name, row, limit)) < limit.uses

    def uses(self, name: str, row: int, limit: Limit) -> list[Moment]:
        """Return the uses that count for a limit."""
        uses, end = self.world.moments_of(name, "used", row), limit.within
        if end is None:
            return uses
        return [m for m in uses if self.world.now < leaves_window(self.world.clock, m, end)]

    # --- effects -----------------------------------------------------------------------------

    def look_ahead(self, part: Part, effects: Iterable[Effect]) -> None:
        """See what effects read at every stop, so that `for` and `in last` know their past."""
        for effect in effects:
            for who in (getattr(effect, name, None) for name in ("to", "at", "payer")):
                if isinstance(who, Who) and who.condition is not None:
                    self.see(part, who.condition)
            if getattr(effect, "amount", None) is not None:
                self.see(part, effect.amount)  # type: ignore[union-attr,arg-type]

    def see(self, part: Part, term: Term | None) -> None:
        """See a term in each of its rows."""
        if term is not None:
            for row in self.world.parties if term.per_party else range(1):
                self.conditions.value(part, term, row)

    def are_known(self, part: Part, effects: Iterable[Effect], row: int | None) -> bool:
        """Say whether the amounts of effects are known, and the weights that divide them."""
        for effect in effects:
            if not isinstance(effect, Draw | Hold | Transfer):
                continue
            amount = effect.amount
            if amount is not None:
                rows = list(self.world.parties) if row is None and amount.per_party else [row or 0]
                if not all(is_exact(self.conditions.figure(part, amount, one)) for one in rows):
                    return False
            if isinstance(effect, Draw) and not self.pools.has_weights(effect, row):
                return False
        return True

    def ask(
        self, part: Part, effects: Iterable[Effect], row: int | None, said: int | None = None
    ) -> None:
        """Ask for effects of a clause, for one of its rows; `said`: the amount an act gave."""
        for effect in effects:
            self._ask(part, effect, row, said)

    def _ask(self, part: Part, effect: Effect, row: int | None, said: int | None) -> None:
        asked, program = self.world.asked, self.world.program
        match effect:
            case StartStatus(name, at, lasting):
                for reach in self._reach(part, program.statuses[name], at, row):
                    asked.starts.append((name, reach, part[1], lasting))
            case EndStatus(name, at):
                asked.ends |= {
                    (name, r) for r in self._reach(part, program.statuses[name], at, row)
                }
            case CallPower(name):
                own = program.powers[name].per_party
                asked.calls.add((name, row if own and row is not None else 0))
            case OpenCase(name, at):
                for reach in self._reach(part, program.procedures[name], at, row):
                    asked.opened.append(((part, id(effect), self.world.turn), name, reach))
            case Leave():
                assert row is not None
                asked.leaving.add(row)
            case Draw() | Hold() | Transfer():
                self.pools.ask(part, effect, row, said if effect.up_to else None)

    def _reach(self, part: Part, target: object, at: Who | None, row: int | None) -> list[int]:
        per_party = bool(target.per_party)  # type: ignore[attr-defined]
        return reached(self.conditions, part, at, row, per_party=per_party)
