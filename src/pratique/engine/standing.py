# SPDX-License-Identifier: Apache-2.0
"""Where an agreement stands, as arrays over [scenario, row]. All of it is derived, none signed.

`open_standing` begins one; `step` moves it on. A standing is changed in place; `copy` parts it.
"""

from __future__ import annotations

import copy
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from pratique.accord.compile import Program, reads_series
from pratique.accord.kinds.pool import Pool
from pratique.accord.kinds.power import Power
from pratique.accord.kinds.rule import Rule
from pratique.accord.kinds.status import Status
from pratique.accord.terms.values import Draw, Effect, Limit, Term, Who
from pratique.base.duration import Duration, leaves_window
from pratique.base.moment import BEFORE, NEVER, Clock, Moment
from pratique.engine.arrays import Bools, Moments, Truth, falses, moments
from pratique.engine.conditions.evaluate import Builder, Memory
from pratique.engine.conditions.frame import Function
from pratique.engine.conditions.series import Series
from pratique.engine.debts import Debts


class StatusRows:
    """A status: on or off; `unsure` where a `while` condition is undetermined and it is off."""

    def __init__(self, status: Status, scenarios: int, rows: int) -> None:
        self.status = status
        self.on = falses(scenarios, rows)
        self.unsure = falses(scenarios, rows)
        self.since = moments(scenarios, rows, NEVER)
        self.until = moments(scenarios, rows, NEVER)
        self.lingers_until = moments(scenarios, rows, NEVER)
        self.armed = ~falses(scenarios, rows)
        self.ended = falses(scenarios, rows)
        """Where its condition has surely ended since it last surely held."""

    def truth(self) -> Truth:
        """Return where it surely holds, and where surely not."""
        return self.on, ~(self.on | self.unsure)


class Uses:
    """How often a clause was used within its `at most`: when each use leaves the window."""

    def __init__(self, limit: Limit | None, scenarios: int, rows: int) -> None:
        self.limit = limit
        self.until = [moments(scenarios, rows, BEFORE) for _ in range(limit.uses if limit else 0)]

    def allows(self, where: Bools, now: Moment) -> Bools:
        """Return where something holds and a further use is allowed."""
        if self.limit is None:
            return where
        allowed: Bools = np.logical_or.reduce([until <= now for until in self.until])
        return where & allowed

    def armed_again(self, armed: Bools, now: Moment) -> Bools:
        """Return where a condition that still holds may set it off anew: no use in the window."""
        if self.limit is None:
            return armed
        free: Bools = np.logical_and.reduce([until <= now for until in self.until])
        return armed | free

    def used(self, where: Bools, clock: Clock, now: Moment) -> None:
        """Note a use."""
        if self.limit is None or not where.any():
            return
        leaves = leaves_window(clock, now, self.limit.within) if self.limit.within else NEVER
        waiting = where.copy(order="K")
        for until in self.until:
            here = waiting & (until <= now)
            until[here] = leaves
            waiting &= ~here


class RuleRows:
    """A rule: armed where it may fire again; its uses."""

    def __init__(self, limit: Limit | None, scenarios: int, rows: int) -> None:
        self.armed = ~falses(scenarios, rows)
        self.uses = Uses(limit, scenarios, rows)


class PowerRows:
    """A power: the pending proposal of each row, if any, and the ballots laid with it."""

    def __init__(self, power: Power, scenarios: int, rows: int, voters: int) -> None:
        self.power = power
        self.is_open = falses(scenarios, rows)
        self.pending = falses(scenarios, rows)
        self.opened = moments(scenarios, rows, NEVER)
        self.closes = moments(scenarios, rows, NEVER)
        self.ballots = np.zeros((voters, scenarios, rows), dtype=np.int8)
        self.uses = Uses(power.at_most, scenarios, rows)


class PoolRows:
    """A pool: what came in and went out, what is claimed and what is committed, in whole units.

    `payments` has a row for each party and a last one for bodies.
    """

    def __init__(self, pool: Pool, scenarios: int, parties: int) -> None:
        self.pool = pool
        self.received = moments(scenarios, 1, 0)
        self.paid = moments(scenarios, 1, 0)
        self.claims = Debts(scenarios, parties)
        self.payments = Debts(scenarios, parties + 1)
        self.opening: dict[str, Any] = {}

    @property
    def committed(self) -> Moments:
        """What is promised and not yet paid, [scenario, 1]."""
        promised: Moments = self.payments.owed().sum(axis=1, keepdims=True)
        return promised

    @property
    def available(self) -> Moments:
        """What may still be promised, [scenario, 1]."""
        return self.received - self.paid - self.committed

    def note_opening(self) -> None:
        """Note what all clauses of a moment read of it."""
        committed = self.committed
        amounts = {
            "available": self.received - self.paid - committed,
            "received": self.received,
            "paid": self.paid,
            "committed": committed,
        }
        self.opening = {name: amount.astype(np.float64) for name, amount in amounts.items()}


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
