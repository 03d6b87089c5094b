# SPDX-License-Identifier: Apache-2.0
"""One set of happenings taken by the engine and by the oracle, and how what they say is compared.

Each stops where it says itself that something matures; they are compared wherever either stopped.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from generative.happenings import Happening
from generative.intakes import intake_of
from oracle.interpreter import Came, Interpreter
from pratique.accord.program import Program
from pratique.base.moment import Moment
from pratique.engine.standing import open_standing
from pratique.engine.step import Outcome, next_stop, step
from pratique.engine.view import view

Lines = list[tuple[Any, ...]]


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


def told_by_oracle(
    program: Program, happening: Happening, *, slots: int | None = None, most: int | None = None
) -> Told:
    """Run the oracle over happenings; `most`: over so many moments, if there are more."""
    oracle = Interpreter(program, happening.begins, slots)
    came, told = dict(happening.came), Told({}, {}, {})
    now = happening.begins
    while now <= happening.ends and len(told.views) != most:
        taken = came.get(now, Came())
        if now in came:
            told.taken[now] = taken
        lines = said_by_oracle(program, oracle.step(now, taken))
        if oracle.cases.is_stalled():
            raise Stalled
        if lines:
            told.changes[now] = lines
        told.views[now] = plain(oracle.view())
        now = following(oracle.next_stop(now), now, [*came, happening.ends])
    return told


def following(stop: Moment, now: Moment, others: Sequence[Moment]) -> Moment:
    """Return the next moment: a stop, or one that is given before it."""
    return min([stop, *(moment for moment in others if moment > now)])


def told_by_engine(
    program: Program, taken: Sequence[dict[Moment, Came]], begins: Moment, ends: Moment,
    *, extra: Sequence[Moment] = (), slots: int | None = None,
) -> list[Told]:  # fmt: skip
    """Run the engine over the happenings of several scenarios at once."""
    standing = open_standing(program, begins, len(taken), slots)
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
