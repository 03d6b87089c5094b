# SPDX-License-Identifier: Apache-2.0
"""What came in, in the oracle's plain values, as the arrays that the engine takes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from oracle import cases
from oracle.interpreter import Came
from oracle.votes import ANSWERS
from pratique.accord.program import Program
from pratique.base.moment import NEVER
from pratique.engine.beside import side_by_side
from pratique.engine.intake import Ballots, Intake, Move, Observation, Opening, StepAct


def intake_of(program: Program, together: Sequence[Came]) -> Intake:
    """Return what came in, one scenario after another, as the engine takes it."""
    return side_by_side([_Arrays(program).intake(came) for came in together])


@dataclass(frozen=True)
class _Arrays:
    """Arrays of one scenario."""

    program: Program

    def intake(self, came: Came) -> Intake:
        """Return what came in in one scenario."""
        program = self.program
        return Intake(
            observations=[self._observation(*seen) for seen in came.observations],
            events=self._marks(program.measures, ((n, party or 0) for n, party in came.events)),
            ratified=self._parties(came.ratified),
            signed=self._parties(came.signed),
            left=self._parties(came.left),
            performed=self._marks(program.duties, came.performed),
            performed_at=self._values(program.duties, came.happened, NEVER),
            performed_of=self._values(program.duties, came.raised, NEVER),
            proposed=self._marks(program.powers, came.proposed),
            used=self._marks(program.powers, came.used),
            amounts=self._values(program.powers, came.amounts, -1),
            ballots=[self._ballots(*cast) for cast in came.ballots],
            moves=[self._move(*moved) for moved in came.moves],
            opened=[self._opening(act) for act in came.opened],
            steps=[self._step(act) for act in came.steps],
        )

    def _rows(self, clause: Any, value: object, row: Any = None, put: object = None) -> Any:
        rows = np.full((1, len(self.program.parties) if clause.per_party else 1), value)
        if row is not None:
            rows[0, row] = put
        return rows

    def _marks(self, clauses: Any, keys: Iterable[tuple[str, int]]) -> dict[str, Any]:
        return self._values(clauses, dict.fromkeys(keys, True), False)

    def _values(self, clauses: Any, told: dict[Any, Any], nothing: object) -> dict[str, Any]:
        found: dict[str, Any] = {}
        for (name, row), value in told.items():
            found.setdefault(name, self._rows(clauses[name], nothing))[0, row] = value
        return found

    def _parties(self, parties: list[int]) -> Any:
        if not parties:
            return None
        here = np.zeros((1, len(self.program.parties)), dtype=bool)
        here[0, parties] = True
        return here

    def _observation(self, name: str, party: int | None, day: int, value: float) -> Observation:
        values = self._rows(self.program.measures[name], np.nan, party or 0, value)
        return Observation(name, day, values)

    def _ballots(self, power: str, row: int, voter: int, answer: str) -> Ballots:
        cast = self._rows(self.program.powers[power], np.int8(0), row, ANSWERS[answer])
        return Ballots(power, voter, cast)

    def _move(self, pool: str, way: Any, column: int, amount: int) -> Move:
        amounts = np.zeros((1, len(self.program.parties) + 1), dtype=np.int64)
        amounts[0, column] = amount
        return Move(pool, way, amounts)

    def _opening(self, act: cases.Opening) -> Opening:
        procedure = self.program.procedures[act.procedure]
        where = self._rows(procedure, False, act.row, True)
        return Opening(act.procedure, where, self._fields(procedure, act.row, act.fields))

    def _step(self, act: cases.StepAct) -> StepAct:
        procedure = self.program.procedures[act.procedure]
        row = slice(None) if act.row is None else act.row
        return StepAct(
            act.procedure,
            procedure.position(act.step),
            self._rows(procedure, False, row, True),
            self._fields(procedure, row, act.fields),
            act.actor,
            act.party,
            act.case,
            act.row is None,
        )

    def _fields(self, procedure: Any, row: Any, fields: dict[str, Any]) -> dict[str, Any]:
        return {
            name: self._rows(procedure, np.nan, row, float(value)) for name, value in fields.items()
        }
