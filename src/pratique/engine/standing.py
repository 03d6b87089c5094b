# SPDX-License-Identifier: Apache-2.0
"""Where an agreement stands, as arrays over [scenario, row]. All of it is derived, none signed.

`open_standing` begins one; `step` moves it on. A standing is changed in place; `copy` parts it.
"""

from __future__ import annotations

import copy
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from pratique.accord.kinds.power import Power
from pratique.accord.kinds.rule import Rule
from pratique.accord.program import Program
from pratique.accord.reach import reads_series
from pratique.accord.terms.values import Draw, Effect, Term, Who
from pratique.base.duration import Duration
from pratique.base.moment import Moment
from pratique.engine.arrays import Bools, Moments, Truth, falses
from pratique.engine.conditions.evaluate import Builder, Memory
from pratique.engine.conditions.frame import Function
from pratique.engine.conditions.series import Series
from pratique.engine.rows.debts import Debts
from pratique.engine.rows.pools import PoolRows
from pratique.engine.rows.powers import PowerRows
from pratique.engine.rows.statuses import StatusRows
from pratique.engine.rows.uses import RuleRows, Uses


@dataclass(frozen=True, slots=True)
class Machine:
    """The functions of a program's terms, and the empty memories that they need."""

    functions: dict[int, Function]
    memories: tuple[Memory, ...]
    nowhere: dict[int, Bools]
    elapsing: tuple[int, ...] = ()
    """The seconds of each condition in hours that is judged by the days spoken of."""

    def function(self, term: Term) -> Function:
        """Return the function of a term of the program."""
        return self.functions[id(term)]


@dataclass(slots=True)
class Standing:
    """Where an agreement stands after its latest moment."""

    program: Program
    machine: Machine
    scenarios: int
    begins: Moment
    now: Moment
    serial: int
    series: dict[str, Series]
    statuses: dict[str, StatusRows]
    duties: dict[str, Debts]
    episodes: dict[str, Bools]
    """Where a `when` duty has been raised in the present episode of its condition."""
    powers: dict[str, PowerRows]
    rules: dict[str, RuleRows]
    pools: dict[str, PoolRows]
    ratified: Bools
    memories: list[Memory]
    undetermined: dict[str, Moments] = field(default_factory=dict)
    """Seconds for which a clause's condition was undetermined."""
    unsettled: dict[str, Bools] = field(default_factory=dict)
    """Where it is undetermined since the latest moment."""
    watched: list[Truth] = field(default_factory=list)

    def copy(self) -> Standing:
        """Return an independent copy that shares only the program."""
        return Standing(
            self.program,
            self.machine,
            self.scenarios,
            self.begins,
            self.now,
            self.serial,
            {name: series.copy() for name, series in self.series.items()},
            {name: _parted(rows) for name, rows in self.statuses.items()},
            {name: debts.copy() for name, debts in self.duties.items()},
            {name: rows.copy(order="K") for name, rows in self.episodes.items()},
            {name: _parted(rows) for name, rows in self.powers.items()},
            {name: _parted(rows) for name, rows in self.rules.items()},
            {name: _parted(rows) for name, rows in self.pools.items()},
            self.ratified.copy(order="K"),
            [memory.copy() for memory in self.memories],
            {name: seconds.copy(order="K") for name, seconds in self.undetermined.items()},
            dict(self.unsettled),
            list(self.watched),
        )

    def rows(self, name: str) -> int:
        """Return the number of rows of a clause."""
        return len(self.program.parties) if self.has_own_rows(name) else 1

    def has_own_rows(self, name: str) -> bool:
        """Say whether each party has its own row of a clause."""
        # A pool's own changes are its claims', one row a party.
        return self.program.accord.scope.symbols[name].per_party or name in self.program.pools

    def nowhere(self, name: str) -> Bools:
        """Return no, for each row of a clause. Not to be written to."""
        return self.machine.nowhere[self.rows(name)]

    def latest(self, name: str, detail: str) -> Bools:
        """Return where the latest debt of a duty (or claim of a pool) is done, or was missed."""
        debts = self.duties[name] if name in self.duties else self.pools[name].claims
        return debts.latest_done if detail == "done" else debts.latest_missed


def open_standing(program: Program, begins: Moment, scenarios: int = 1) -> Standing:
    """Return the standing of an agreement whose register begins at a moment; nothing is in it."""
    parties = len(program.parties)
    symbols = program.accord.scope.symbols

    def rows(name: str) -> int:
        return parties if symbols[name].per_party else 1

    machine = _machine(program, scenarios, parties)
    return Standing(
        program,
        machine,
        scenarios,
        begins,
        begins,
        0,
        {
            n: Series(m, program.reach[n], scenarios, rows(n))
            for n, m in program.measures.items()
            if not m.is_event
        },
        {n: StatusRows(s, scenarios, rows(n)) for n, s in program.statuses.items()},
        {n: Debts(scenarios, rows(n)) for n in program.duties},
        {n: falses(scenarios, rows(n)) for n in program.duties},
        {n: PowerRows(p, scenarios, rows(n), parties) for n, p in program.powers.items()},
        {n: RuleRows(r.at_most, scenarios, rows(n)) for n, r in program.rules.items()},
        {n: PoolRows(p, scenarios, parties) for n, p in program.pools.items()},
        falses(scenarios, parties),
        [memory.copy() for memory in machine.memories],
    )


def _machine(program: Program, scenarios: int, parties: int) -> Machine:
    builder = Builder(program, scenarios)
    functions: dict[int, Function] = {}
    for term in engine_terms(program):
        functions[id(term)] = builder.function(term)
    nowhere = {count: falses(scenarios, count) for count in {1, parties}}
    elapsing = dict.fromkeys(
        seconds for term in engine_terms(program) for seconds in _elapsing(term)
    )
    return Machine(functions, tuple(builder.memories), nowhere, tuple(elapsing))


def _elapsing(term: Term) -> list[int]:
    return [
        node.duration.seconds
        for node in term.walk()
        if node.op in ("for", "in_last")
        and isinstance(node.duration, Duration)
        and node.duration.elapses
        and reads_series(node)
    ]


def engine_terms(program: Program) -> list[Term]:
    """Return every term that a moment evaluates, each once."""
    terms = [s.holds_while for s in program.statuses.values()]
    effects: list[Effect] = []
    whos: list[Who] = []
    for duty in program.duties.values():
        terms += [duty.trigger.when, duty.met_when]
        effects += duty.if_missed
        whos += duty.by
    deciding: list[Power | Rule] = [*program.powers.values(), *program.rules.values()]
    for clause in deciding:
        terms.append(clause.trigger.when)
        effects += clause.effects
    for effect in effects:
        if isinstance(effect, Draw):
            terms.append(effect.amount)
        whos += [who for who in (getattr(effect, "to", None), getattr(effect, "at", None)) if who]
    terms += [who.condition for who in whos]
    return [term for term in terms if term is not None] + list(program.watches)


def _parted(rows: Any) -> Any:
    # Rows hold arrays, lists of arrays, debts and uses; the accord's own clause is shared.
    twin = copy.copy(rows)
    for name, value in vars(rows).items():
        setattr(twin, name, _copied(value))
    return twin


def _copied(value: Any) -> Any:
    match value:
        case np.ndarray():
            return value.copy(order="K")
        case Debts():
            return value.copy()
        case Uses():
            return _parted(value)
        case list():
            return [_copied(one) for one in value]
    return value
