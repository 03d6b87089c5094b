# SPDX-License-Identifier: Apache-2.0
"""One set of happenings taken by the engine and by the oracle, and how what they say is compared.

Each stops where it says itself that something matures; they are compared wherever either stopped.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from generative.happenings import Happening
from oracle.interpreter import Came, Interpreter
from oracle.votes import ANSWERS
from pratique.accord.program import Program
from pratique.base.moment import Moment
from pratique.engine.intake import Ballots, Intake, Move, Observation
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
        if came.ratified:
            if intake.ratified is None:
                intake.ratified = np.zeros((self.scenarios, len(program.parties)), dtype=bool)
            intake.ratified[scenario, came.ratified] = True
        for name, row in came.performed:
            self._mark(intake.performed, program.duties[name], name, scenario, row)
        for name, row in came.proposed:
            self._mark(intake.proposed, program.powers[name], name, scenario, row)
        for name, row in came.used:
            self._mark(intake.used, program.powers[name], name, scenario, row)
        self._ballots(scenario, came)
        for pool, way, party, amount in came.moves:
            amounts = np.zeros((self.scenarios, len(program.parties)), dtype=np.int64)
            amounts[scenario, party] = amount
            intake.moves.append(Move(pool, way, amounts))  # type: ignore[arg-type]

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
        if name not in program.pools and name not in program.measures:
            lines += [(name, edge, int(row)) for row in np.flatnonzero(where[scenario])]
    for drawn in outcome.draws:
        for word, amounts in (("committed", drawn.granted), ("short", drawn.short)):
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
    return sorted(changes) + sorted((*key, amount) for key, amount in totals.items())


def plain(found: dict[str, Any]) -> dict[str, Any]:
    """Return a view with what says the same said alike: amounts of one claim or payment added."""
    shown = {name: found[name] for name in ("status", "debts", "pools", "votes")}
    for kind in ("claims", "payments"):
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


def allowed(came: Came, oracle: Interpreter) -> Came:
    """Return what came without payments beyond what a pool owes to the party."""
    moves = []
    left = {
        (pool, party): sum(debt.amount for debt in debts if debt.open)
        for pool, rows in oracle.world.payments.items()
        for party, debts in enumerate(rows)
    }
    for pool, way, party, amount in came.moves:
        most = amount if way == "in" else min(amount, left[pool, party])
        if way == "out":
            left[pool, party] -= most
        if most > 0:
            moves.append((pool, way, party, most))
    return replace(came, moves=moves)


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
        taken = allowed(came.get(now, Came()), oracle)
        if now in came:
            told.taken[now] = taken
        lines = said_by_oracle(program, oracle.step(now, taken))
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
