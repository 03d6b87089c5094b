# SPDX-License-Identifier: Apache-2.0
"""Where an agreement stands, as arrays over [scenario, row]. All of it is derived, none signed.

`open_standing` begins one; `step` moves it on. A standing is changed in place; `copy` parts it.
"""

from __future__ import annotations

import copy
from collections.abc import Iterator
from dataclasses import dataclass, field, fields
from typing import Any, Protocol, cast

import numpy as np

from pratique.accord.program import Program, clock_changes, own_terms, terms_of
from pratique.accord.reach import LOOK_BACK, reads_series, recalled
from pratique.accord.terms.values import Term
from pratique.base.duration import Duration
from pratique.base.moment import BEFORE, NEVER, Day, Moment
from pratique.engine.arrays import Bools, Moments, Truth, copied, falses, moments
from pratique.engine.conditions.evaluate import Builder, Memory
from pratique.engine.conditions.frame import Function
from pratique.engine.conditions.series import Series
from pratique.engine.late_reads import LateReads, late_reads
from pratique.engine.rows.cases import CaseRows
from pratique.engine.rows.debts import Debts
from pratique.engine.rows.pools import PoolRows
from pratique.engine.rows.powers import PowerRows
from pratique.engine.rows.recalls import Recall
from pratique.engine.rows.statuses import StatusRows
from pratique.engine.rows.uses import RuleRows

Change = tuple[str, str]
"""A clause (or part of a procedure) and what happens to it."""


@dataclass(frozen=True, slots=True)
class Machine:
    """The functions of a program's terms, and the empty memories that they need."""

    functions: dict[int, Function]
    memories: tuple[Memory, ...]
    nowhere: dict[int, Bools]
    elapsing: tuple[int, ...] = ()
    """The seconds of each condition in hours that is judged by the days spoken of."""
    spells: tuple[tuple[Day | None, Duration], ...] = ()
    """The spells of duties that come round in hours: on which day they began to, and how often."""
    present: dict[str, Bools] = field(default_factory=dict)
    """By clause with rows that never apply: the rows that do."""
    remembers: dict[int, tuple[int, int]] = field(default_factory=dict)
    """Which memories each term has, by number: from, to."""
    lasting: frozenset[int] = frozenset()
    """The terms that time plays a part in: they must see every moment."""
    watchful: frozenset[str] = frozenset()
    """The clauses with such terms."""
    awaited: dict[str, frozenset[Change]] = field(default_factory=dict)
    """The changes that clauses wait for which need not be looked at where none has happened."""
    late: LateReads = LateReads()  # noqa: RUF009 - frozen
    """What is read that a moment may change after it."""

    def function(self, term: Term) -> Function:
        """Return the function of a term of the program."""
        return self.functions[id(term)]


class Stopping(Protocol):
    """Rows of a clause, some of which may mature by themselves."""

    def stops(self, after: Moment) -> list[Moment]:
        """Return the next moments at which something of it may mature."""


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
    signed: Bools
    left: Bools
    memories: list[Memory]
    recalls: dict[str, Recall] = field(default_factory=dict)
    """What rules were ready for on past days, for figures that come late."""
    was_bound: Bools | None = None
    """Who has ever been bound; kept where clauses outlive being in force."""
    undetermined: dict[str, Moments] = field(default_factory=dict)
    """Seconds for which a clause's condition was undetermined."""
    unsettled: dict[str, Bools] = field(default_factory=dict)
    """Where it is undetermined since the latest moment."""
    watched: list[Truth] = field(default_factory=list)
    last_changed: dict[tuple[str, str], Moments] = field(default_factory=dict)
    """When each change that a clock counts from last happened; BEFORE: never."""
    cases: dict[str, CaseRows] = field(default_factory=dict)
    closed: bool = False
    """Whether a later text is in force: nothing begins any more, what is open runs out."""
    transfers: dict[str, Debts] = field(default_factory=dict)
    """What payers owe under a clause that makes them pay, a row for each party, last: bodies."""
    said: dict[str, tuple[Any, Any, Truth]] = field(default_factory=dict)
    """The latest truth of each clause's condition, as it was found and at the clause's spread."""
    spells: dict[str, Moment] = field(default_factory=dict)
    """When the next spell of what comes round begins, as far as it was asked."""
    again: Moment = NEVER
    """The next second, where the latest moment has changed what was read in it."""

    def copy(self) -> Standing:
        """Return an independent copy that shares only the program and its machine."""
        twin = copy.copy(self)
        for one in fields(self):
            if one.name not in ("program", "machine", "said"):
                setattr(twin, one.name, copied(getattr(self, one.name)))
        twin.said = {}
        return twin

    def begin_tables(self, slots: int | None) -> None:
        """Begin the cases of procedures, the payments between parties, the changes of clocks."""
        program, scenarios = self.program, self.scenarios
        for name, procedure in program.procedures.items():
            self.cases[name] = CaseRows(procedure, (scenarios, self.rows(name)), slots)
        for name in program.paying():
            self.transfers[name] = Debts(scenarios, len(program.parties) + 1)
        for edge in clock_changes(program):
            self.last_changed[edge.key] = moments(scenarios, self.rows(edge.key[0]), BEFORE)

    def stops(self, after: Moment) -> Iterator[Moment]:
        """Iterate over the moments after this one at which something in its rows may mature."""
        for debts in (*self.duties.values(), *self.transfers.values()):
            if debts.slots:
                yield debts.next_due(after)
        for rules in self.rules.values():
            if rules.uses.limit is not None:
                yield from rules.stops(after)
        for table in (self.statuses, self.powers, self.pools, self.cases):
            for rows in cast("dict[str, Stopping]", table).values():
                yield from rows.stops(after)

    def rows(self, name: str) -> int:
        """Return the number of rows of a clause, or of a step or end `PROCEDURE.PART`."""
        return len(self.program.parties) if self.has_own_rows(name) else 1

    def has_own_rows(self, name: str) -> bool:
        """Say whether each party has its own row of a clause."""
        # A pool's own changes are its claims', one row a party.
        whole = name.partition(".")[0]
        return self.program.accord.scope.symbols[whole].per_party or whole in self.program.pools

    def nowhere(self, name: str) -> Bools:
        """Return no, for each row of a clause. Not to be written to."""
        return self.machine.nowhere[self.rows(name)]

    def latest(self, name: str, detail: str) -> Bools:
        """Return where the latest debt of a duty, claim of a pool or case is done or missed."""
        whole, _, part = name.partition(".")
        if whole in self.cases:
            return self.cases[whole].happened(part, detail)
        debts = self.duties[name] if name in self.duties else self.pools[name].claims
        known = debts.latest_done if detail == "done" else debts.latest_missed
        # The claims on bodies are no party's.
        return known if name in self.duties else known[:, :-1]


def open_standing(
    program: Program, begins: Moment, scenarios: int = 1, slots: int | None = None
) -> Standing:
    """Return the standing of an agreement whose register begins at a moment; nothing is in it.

    `slots`: how many cases of a procedure may be open a row; more wait. None: no limit.
    """
    parties = len(program.parties)
    symbols = program.accord.scope.symbols

    def rows(name: str) -> int:
        return parties if symbols[name].per_party else 1

    machine = _machine(program, scenarios, parties)
    standing = Standing(
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
        {
            n: PowerRows(p, scenarios, rows(n), program.electorates.get(n))
            for n, p in program.powers.items()
        },
        {n: RuleRows(r.at_most, scenarios, rows(n)) for n, r in program.rules.items()},
        {
            n: PoolRows(p, scenarios, parties, reads=_views(program, n))
            for n, p in program.pools.items()
        },
        falses(scenarios, parties),
        falses(scenarios, parties),
        falses(scenarios, parties),
        [memory.copy() for memory in machine.memories],
        {
            n: Recall(measures, program.clock.day(begins), scenarios, rows(n))
            for n, measures in recalled(program)
        },
    )
    standing.begin_tables(slots)
    return standing


def _views(program: Program, pool: str) -> set[str]:
    """Return what conditions read of a pool."""
    nodes = (node for term in terms_of(program) for node in term.walk())
    return {node.detail for node in nodes if node.op == "pool" and node.name == pool}


def _machine(program: Program, scenarios: int, parties: int) -> Machine:
    builder = Builder(program, scenarios)
    functions: dict[int, Function] = {}
    remembers: dict[int, tuple[int, int]] = {}
    for term, back in engine_terms(program):
        first = len(builder.memories)
        functions[id(term)] = builder.function(term, back)
        remembers[id(term)] = (first, len(builder.memories))
    elapsing = dict.fromkeys(
        seconds for term, _ in engine_terms(program) for seconds in _elapsing(term)
    )
    lasting = frozenset(term for term, (first, last) in remembers.items() if last > first)
    watchful = frozenset(
        name
        for name, clause in program.acting().items()
        if any(id(term) in lasting for term in own_terms(clause))
    )
    return Machine(
        functions,
        tuple(builder.memories),
        {count: falses(scenarios, count) for count in {1, parties}},
        tuple(elapsing),
        tuple(
            (duty.begins, duty.every)
            for duty in program.duties.values()
            if duty.every and duty.every.elapses
        ),
        {
            name: np.asfortranarray(np.tile(np.logical_not(absent), (scenarios, 1)))
            for name, absent in program.bounds.absent.items()
        },
        remembers,
        lasting,
        watchful,
        _awaited(program, program.bounds.overriding | watchful),
        late_reads(program),
    )


def _awaited(program: Program, always_seen: frozenset[str]) -> dict[str, frozenset[Change]]:
    """Return what the clauses wait for that wait for changes and are not looked at always."""
    return {
        name: frozenset(edge.key for edge in clause.trigger.on)
        for name, clause in program.acting().items()
        if clause.trigger.on and name not in always_seen
    }


def _elapsing(term: Term) -> list[int]:
    return [
        node.duration.seconds
        for node in term.walk()
        if node.op in ("for", "in_last")
        and isinstance(node.duration, Duration)
        and node.duration.elapses
        and reads_series(node)
    ]


def engine_terms(program: Program) -> Iterator[tuple[Term, int]]:
    """Iterate over the terms that a moment evaluates, with how many days back (-1: only now)."""
    looked_back = {id(program.rules[name].trigger.when) for name, _ in recalled(program)}
    for term in terms_of(program):
        yield term, LOOK_BACK if id(term) in looked_back else -1
