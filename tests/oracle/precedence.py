# SPDX-License-Identifier: Apache-2.0
"""Which clauses stand back in this moment: overridden by another, or stopped by a status."""

from __future__ import annotations

from dataclasses import dataclass, field

from oracle.members import Members, clauses_of, effects_of
from oracle.truth import Truth, all_of, any_of, negated
from oracle.world import World
from pratique.accord.terms.values import EndStatus, StartStatus


@dataclass
class Precedence:
    """Keeps, by clause, where it applies in this moment: one truth for each of its rows."""

    world: World
    members: Members
    applies: dict[str, list[Truth]] = field(default_factory=dict)

    def note(self, name: str, found: list[Truth], *, per_party: bool) -> None:
        """Keep where a clause applies: where its trigger holds and it is in force."""
        self.applies[name] = [
            truth if self.members.in_force(name, row if per_party else None) else False
            for row, truth in enumerate(found)
        ]

    def back(self, name: str, row: int | None) -> Truth:
        """Return whether another clause or a status puts a clause's row (None: shared) aside."""
        rows = [self._at(self.applies[over], row) for over in self._overriding(name)]
        return any_of([*rows, *(self._stopped(name, status, row) for status in self._stops(name))])

    def unless_back(self, name: str, row: int | None, found: Truth) -> Truth:
        """Return a clause's trigger in a row, as what puts it aside leaves it."""
        return all_of([found, negated(self.back(name, row))])

    def _overriding(self, name: str) -> list[str]:
        clauses = clauses_of(self.world.program)
        return [n for n, c in clauses.items() if name in getattr(c, "overrides", ())]

    def _stops(self, name: str) -> list[str]:
        return [n for n, status in self.world.program.statuses.items() if name in status.stops]

    def _at(self, applies: list[Truth], row: int | None) -> Truth:
        # One that is shared applies in all rows; a shared clause stands back for any.
        if len(applies) == 1 or row is None:
            return any_of(applies)
        return applies[row]

    def _stopped(self, name: str, status: str, row: int | None) -> Truth:
        own = (
            isinstance(effect, StartStatus | EndStatus) and effect.status == status
            for effect in effects_of(clauses_of(self.world.program)[name])
        )
        if any(own):
            return self._at([truth is True for truth in self.world.prior[status]], row)
        return self._at([row.on for row in self.world.statuses[status]], row)
