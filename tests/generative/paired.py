# SPDX-License-Identifier: Apache-2.0
"""One set of happenings taken by the engine and by the oracle, and how what they say is compared.

Each stops where it says itself that something matures; they are compared wherever either stopped.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import numpy as np

from generative.happenings import Happening
from oracle import cases
from oracle.interpreter import Came, Interpreter
from oracle.votes import ANSWERS
from pratique.accord.kinds.procedure import Procedure
from pratique.accord.program import Program
from pratique.base.moment import NEVER, Moment
from pratique.engine.intake import Ballots, Intake, Move, Observation, Opening, StepAct
from pratique.engine.standing import open_standing
from pratique.engine.step import Outcome, next_stop, step
from pratique.engine.view import view

Lines = list[tuple[Any, ...]]


def intake_of(program: Program, together: Sequence[Came]) -> Intake:
    """Return what came in, one scenario after another, as the engine takes it."""
    taker = _Taker(program, len(together), Intake())
    for scenario, came in enumerate(together):
        taker.take(scenario, came)
    return taker.intake


@dataclass
class _Taker:
    program: Program
    scenarios: int
    intake: Intake

    def take(self, scenario: int, came: Came) -> None:
        intake, program = self.intake, self.program
        for name, party, day, value in came.observations:
            rows = len(program.parties) if program.measures[name].per_party else 1
            values = np.full((self.scenarios, rows), np.nan)
            values[scenario, party or 0] = value
            intake.observations.append(Observation(name, day, values))
        for name, party in came.events:
            self._mark(intake.events, program.measures[name], name, scenario, party or 0)
        for word in ("ratified", "signed", "left"):
            if parties := getattr(came, word):
                if getattr(intake, word) is None:
                    nobody = np.zeros((self.scenarios, len(program.parties)), dtype=bool)
                    setattr(intake, word, nobody)
                getattr(intake, word)[scenario, parties] = True
        for name, row in came.performed:
            self._mark(intake.performed, program.duties[name], name, scenario, row)
        for told, into in ((came.happened, intake.performed_at),
                           (came.raised, intake.performed_of)):  # fmt: skip
            for (name, row), moment in told.items():
                self._put(into, program.duties[name], name, scenario, row, moment, NEVER)
        for name, row in came.proposed:
            self._mark(intake.proposed, program.powers[name], name, scenario, row)
        for name, row in came.used:
            self._mark(intake.used, program.powers[name], name, scenario, row)
        for (name, row), amount in came.amounts.items():
            self._put(intake.amounts, program.powers[name], name, scenario, row, amount, -1)
        self._ballots(scenario, came)
        for pool, way, party, amount in came.moves:
            amounts = np.zeros((self.scenarios, len(program.parties) + 1), dtype=np.int64)
            amounts[scenario, party] = amount
            intake.moves.append(Move(pool, way, amounts))  # type: ignore[arg-type]
        for opened in came.opened:
            intake.opened.append(self._opening(scenario, opened))
        for act in came.steps:
            intake.steps.append(self._step(scenario, act))

    def _opening(self, scenario: int, act: cases.Opening) -> Opening:
        procedure = self.program.procedures[act.procedure]
        where = self._rows(procedure, False)
        where[scenario, act.row] = True
        return Opening(act.procedure, where, self._fields(procedure, scenario, act.row, act.fields))

    def _step(self, scenario: int, act: cases.StepAct) -> StepAct:
        procedure = self.program.procedures[act.procedure]
        where = self._rows(procedure, False)
        row = slice(None) if act.row is None else act.row
        where[scenario, row] = True
        fields = self._fields(procedure, scenario, row, act.fields)
        return StepAct(
            act.procedure, procedure.position(act.step), where, fields, act.actor, act.party,
            act.case, act.row is None,
        )  # fmt: skip

    def _fields(
        self, procedure: Procedure, scenario: int, row: Any, fields: dict[str, Fraction]
    ) -> dict[str, Any]:
        found = {}
        for name, value in fields.items():
            found[name] = self._rows(procedure, np.nan)
            found[name][scenario, row] = float(value)
        return found

    def _rows(self, clause: Any, value: Any) -> Any:
        rows = len(self.program.parties) if clause.per_party else 1
        return np.full((self.scenarios, rows), value)

    def _put(
        self, into: dict[str, Any], clause: Any, name: str, scenario: int, row: int, value: int,
        nothing: int,
    ) -> None:  # fmt: skip
        if name not in into:
            into[name] = self._rows(clause, np.int64(nothing))
        into[name][scenario, row] = value

    def _ballots(self, scenario: int, came: Came) -> None:
        for power, row, voter, answer in came.ballots:
            rows = len(self.program.parties) if self.program.powers[power].per_party else 1
            cast = np.zeros((self.scenarios, rows), dtype=np.int8)
            cast[scenario, row] = ANSWERS[answer]
            self.intake.ballots.append(Ballots(power, voter, cast))

    def _mark(self, into: dict[str, Any], clause: Any, name: str, scenario: int, row: int) -> None:
        rows = len(self.program.parties) if clause.per_party else 1
        where = into.setdefault(name, np.zeros((self.scenarios, rows), dtype=bool))
        where[scenario, row] = True


def said_by_engine(program: Program, outcome: Outcome, scenario: int) -> Lines:
    """Return the changes and draws of one moment, as the oracle says them."""
    lines: Lines = []
    for (name, edge), where in outcome.edges.items():
        if name not in program.measures:
            lines += [(name, edge, int(row)) for row in np.flatnonzero(where[scenario])]
    for freed in outcome.released:
        columns = np.flatnonzero(freed.amounts[scenario])
        lines += [(freed.pool, "released", int(column)) for column in columns]
    for drawn in outcome.draws:
        given = "held" if drawn.is_held else "committed"
        for word, amounts in ((given, drawn.granted), ("short", drawn.short)):
            lines += [
                (word, drawn.pool, drawn.clause, party, int(amount))
                for party, amount in enumerate(amounts[scenario]) if amount
            ]  # fmt: skip
    return summed(lines)


def said_by_oracle(program: Program, lines: Lines) -> Lines:
    """Return the changes and draws that the oracle found, without events."""
    return summed([line for line in lines if line[0] not in program.measures])


def summed(lines: Lines) -> Lines:
    """Return lines in order, draws of one clause to one party added up."""
    totals: dict[tuple[Any, ...], int] = {}
    for line in lines:
        if len(line) == 5:
            totals[line[:4]] = totals.get(line[:4], 0) + line[4]
    changes = [line for line in lines if len(line) == 3]
    return sorted(set(changes)) + sorted((*key, amount) for key, amount in totals.items())


def plain(found: dict[str, Any]) -> dict[str, Any]:
    """Return a view with what says the same said alike: amounts of one claim or payment added."""
    shown = {name: found[name] for name in ("status", "debts", "pools", "held", "votes")}
    shown["cases"] = found.get("cases", {})
    for kind in ("claims", "payments", "transfers"):
        shown[kind] = {name: [_merged(row) for row in rows] for name, rows in found[kind].items()}
    shown["undetermined"] = {
        name: rows for name, rows in found["undetermined"].items() if any(rows)
    }
    return shown


def _merged(owed: list[tuple[Any, ...]]) -> list[tuple[Any, ...]]:
    totals: dict[tuple[Any, ...], int] = {}
    for raised, due, missed, amount in owed:
        totals[raised, due, missed] = totals.get((raised, due, missed), 0) + amount
    return sorted(((*key, amount) for key, amount in totals.items()), key=str)


class Stalled(Exception):
    """A case goes round in one moment: what then happens depends on the next stop."""


@dataclass
class Told:
    """What one of the two said: changes by moment (none where nothing changed), views by moment."""

    changes: dict[Moment, Lines]
    views: dict[Moment, dict[str, Any]]
    taken: dict[Moment, Came]


def told_by_oracle(program: Program, happening: Happening, extra: Sequence[Moment] = ()) -> Told:
    """Run the oracle over happenings, stopping besides at some extra moments."""
    oracle = Interpreter(program, happening.begins)
    came, told = dict(happening.came), Told({}, {}, {})
    now = happening.begins
    while now <= happening.ends:
        taken = came.get(now, Came())
        if now in came:
            told.taken[now] = taken
        lines = said_by_oracle(program, oracle.step(now, taken))
        if oracle.cases.is_stalled():
            raise Stalled
        if lines:
            told.changes[now] = lines
        told.views[now] = plain(oracle.view())
        now = following(oracle.next_stop(now), now, [*came, *extra, happening.ends])
    return told


def following(stop: Moment, now: Moment, others: Sequence[Moment]) -> Moment:
    """Return the next moment: a stop, or one that is given before it."""
    return min([stop, *(moment for moment in others if moment > now)])


def told_by_engine(
    program: Program, taken: Sequence[dict[Moment, Came]], begins: Moment, ends: Moment,
    extra: Sequence[Moment] = (),
) -> list[Told]:  # fmt: skip
    """Run the engine over the happenings of several scenarios at once."""
    standing = open_standing(program, begins, len(taken))
    told = [Told({}, {}, {}) for _ in taken]
    others = [*extra, ends, *(moment for came in taken for moment in came)]
    now = begins
    while now <= ends:
        together = [came.get(now, Came()) for came in taken]
        outcome = step(standing, now, intake_of(program, together))
        for scenario, one in enumerate(told):
            lines = said_by_engine(program, outcome, scenario)
            if lines:
                one.changes[now] = lines
            one.views[now] = plain(view(standing, scenario))
        now = following(next_stop(standing, now), now, others)
    return told


def differences(engine: Told, oracle: Told) -> list[str]:
    """Return the first moment at which two differ, and how; nothing where they agree."""
    for now in sorted(engine.views.keys() | oracle.views.keys()):
        one, other = engine.changes.get(now, []), oracle.changes.get(now, [])
        if one != other:
            return [f"at {now} the engine says {_only(one, other)}, the oracle {_only(other, one)}"]
        if now in engine.views and now in oracle.views:
            found = _apart(engine.views[now], oracle.views[now], "")
            if found:
                return [f"at {now} {line}" for line in found]
    return []


def _only(one: Lines, other: Lines) -> Lines:
    return [line for line in one if line not in other]


def _apart(one: Any, other: Any, place: str) -> list[str]:
    if isinstance(one, dict) and isinstance(other, dict):
        keys = sorted(one.keys() | other.keys())
        return [
            line for key in keys for line in _apart(one.get(key), other.get(key), f"{place}/{key}")
        ]
    return [] if one == other else [f"{place}: engine {one}, oracle {other}"]
