# SPDX-License-Identifier: Apache-2.0
"""All that the interpreter knows: what came, what happened, what is owed, held and asked.

Plain lists and dictionaries by name and row; no rule of the language here.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction
from itertools import takewhile

from oracle.figures import Figures
from oracle.truth import Truth
from pratique.accord.kinds.duty import Duty
from pratique.accord.kinds.procedure import Procedure
from pratique.accord.program import Program
from pratique.accord.terms.values import Draw, EdgeRef, Transfer
from pratique.base.duration import Duration, day_after
from pratique.base.moment import Clock, Day, Moment

Edge = tuple[str, str, int]
"""(clause, edge, row)."""


@dataclass
class StatusRow:
    """A status in one row. `spent`: it lapsed; its condition was not surely false since.

    `winding`: until when what it allowed winds down.
    """

    on: bool = False
    until: Moment | None = None
    condition: Truth = False
    spent: bool = False
    winding: Moment | None = None
    began: Moment | None = None
    seen: list[tuple[Moment, Truth]] = field(default_factory=list)

    def truth(self) -> Truth:
        """Return how a condition reads it."""
        return True if self.on else None if self.condition is None else False


@dataclass
class Debt:
    """Something owed: an act, or an amount."""

    raised: Moment
    due: Moment | None
    amount: int = 0
    missed: bool = False
    done: bool = False
    open: bool = True

    def is_late(self, now: Moment) -> bool:
        """Say whether it is owed and its time is over, which is never before it was raised."""
        return self.open and self.due is not None and max(self.due, self.raised + 1) <= now


@dataclass
class Ballot:
    """A vote that is pending: 0 has not answered, 1 yes, 2 no, 3 abstain; by elector.

    `entitled`: who was when it opened; `said`: the amount that its proposal gave.
    """

    opened: Moment
    closes: Moment
    answers: list[int]
    entitled: list[bool]
    said: int | None = None


@dataclass(eq=False)
class Case:
    """A case of a procedure. `step` is empty while it waits for a slot, and when it is closed."""

    number: int
    row: int
    opened: Moment
    fields: dict[str, Fraction | None]
    step: str = ""
    entered: Moment = 0
    due: Moment | None = None
    missed: bool = False
    open: bool = True
    gathered: bool = False
    acted: set[int] = field(default_factory=set)
    passed: set[str] = field(default_factory=set)
    done_at: dict[str, Moment] = field(default_factory=dict)
    stays: list[tuple[str, Moment, Moment]] = field(default_factory=list)
    """Where it stood, from when to when."""
    marks: set[tuple[str, str]] = field(default_factory=set)
    """What has been done and missed in it."""


@dataclass(eq=False)
class Held:
    """An amount that a pool holds for somebody until something happens."""

    clause: str
    column: int
    amount: int
    until: EdgeRef | None
    row: int | None
    case: tuple[str, int, int] | None
    until_step: str


@dataclass
class Holding:
    """What a pool has received and paid, promised and set aside."""

    received: int = 0
    paid: int = 0
    committed: int = 0
    holds: list[Held] = field(default_factory=list)

    @property
    def held(self) -> int:
        """What is set aside."""
        return sum(one.amount for one in self.holds)

    @property
    def available(self) -> int:
        """What is left to promise."""
        return self.received - self.paid - self.committed - self.held


@dataclass
class Asked:
    """What effects of this moment ask for."""

    starts: list[tuple[str, int, str, Duration | None]] = field(default_factory=list)
    ends: set[tuple[str, int]] = field(default_factory=set)
    calls: set[tuple[str, int]] = field(default_factory=set)
    leaving: set[int] = field(default_factory=set)
    opened: list[tuple[object, str, int]] = field(default_factory=list)
    """Cases: (which effect asks, procedure, row)."""
    holds: list[tuple[str, Held]] = field(default_factory=list)
    transfers: list[tuple[str, int, int, Transfer]] = field(default_factory=list)
    """(clause, payer's column, amount, effect)."""
    draws: dict[tuple[str, int, Draw], int] = field(default_factory=dict)
    """Amounts by (clause, party, effect): rows of a clause that ask for one party add up."""


@dataclass
class World:
    """The whole standing and its history."""

    program: Program
    begins: Moment
    now: Moment
    figures: Figures
    ratified: set[int] = field(default_factory=set)
    signed: set[int] = field(default_factory=set)
    left: set[int] = field(default_factory=set)
    was_bound: set[int] = field(default_factory=set)
    """Who was bound at the end of some earlier moment."""
    happened: list[tuple[Moment, Edge]] = field(default_factory=list)
    statuses: dict[str, list[StatusRow]] = field(default_factory=dict)
    prior: dict[str, list[Truth]] = field(default_factory=dict)
    debts: dict[str, list[list[Debt]]] = field(default_factory=dict)
    claims: dict[str, list[list[Debt]]] = field(default_factory=dict)
    payments: dict[str, list[list[Debt]]] = field(default_factory=dict)
    transfers: dict[str, list[list[Debt]]] = field(default_factory=dict)
    """What parties and bodies owe one another, by clause and payer."""
    pools: dict[str, Holding] = field(default_factory=dict)
    opening: dict[tuple[str, str], int] = field(default_factory=dict)
    """What pools had when the moment's parts began, by (pool, view)."""
    cases: dict[str, list[list[Case]]] = field(default_factory=dict)
    turn: tuple[object, ...] = ()
    """Which slot of cases asks for effects, in which round; empty outside procedures."""
    asking_case: tuple[str, int, int] | None = None
    """The case whose effects are asked for."""
    came: dict[str, Day] = field(default_factory=dict)
    """The earliest day of which a figure of a measure came in this moment."""
    votes: dict[str, list[Ballot | None]] = field(default_factory=dict)
    armed: dict[tuple[str, int], bool] = field(default_factory=dict)
    asked: Asked = field(default_factory=Asked)

    @property
    def clock(self) -> Clock:
        """The accord's calendar."""
        return self.program.clock

    @property
    def today(self) -> Day:
        """The day of now."""
        return self.clock.day(self.now)

    @property
    def parties(self) -> range:
        """The parties by index."""
        return range(len(self.program.parties))

    def edges(self) -> set[Edge]:
        """Return what has happened so far in this moment."""
        latest = takewhile(lambda change: change[0] == self.now, reversed(self.happened))
        return {edge for _, edge in latest}

    def happens(self, clause: str, edge: str, row: int) -> None:
        """Record a change of this moment."""
        if (clause, edge, row) not in self.edges():
            self.happened.append((self.now, (clause, edge, row)))

    def moments_of(self, clause: str, edge: str, row: int) -> list[Moment]:
        """Return when a change has happened, oldest first."""
        return [moment for moment, known in self.happened if known == (clause, edge, row)]


def open_world(program: Program, begins: Moment) -> World:
    """Return the standing before anything has come."""
    world = World(program, begins, begins, Figures(program.clock))
    every = range(len(program.parties))

    def rows(clause: object) -> range:
        return every if clause.per_party else range(1)  # type: ignore[attr-defined]

    world.statuses = {n: [StatusRow() for _ in rows(s)] for n, s in program.statuses.items()}
    world.debts = {n: [[] for _ in rows(d)] for n, d in program.duties.items()}
    world.votes = {n: [None for _ in rows(p)] for n, p in program.powers.items() if p.vote}
    world.pools = {name: Holding() for name in program.pools}
    # One place more than there are parties: what is owed by and to bodies.
    world.claims = {name: [[] for _ in range(len(every) + 1)] for name in program.pools}
    world.payments = {name: [[] for _ in range(len(every) + 1)] for name in program.pools}
    world.cases = {name: [[] for _ in rows(p)] for name, p in program.procedures.items()}
    world.transfers = {name: [[] for _ in range(len(every) + 1)] for name in paying(program)}
    return world


def paying(program: Program) -> list[str]:
    """Return the clauses under which parties or bodies owe payments to one another."""
    found = []
    for name, clause in {**program.acting(), **program.procedures}.items():
        effects = clause.effects() if isinstance(clause, Procedure) else (
            clause.if_missed if isinstance(clause, Duty) else clause.effects
        )  # fmt: skip
        if any(isinstance(one, Transfer) and not one.to_pool for one in effects):
            found.append(name)
    return found


def spell_begins(clock: Clock, first: Moment, every: Duration, number: int) -> Moment:
    """Return when a spell begins; spell 0 begins at `first`."""
    if number == 0:
        return first
    if every.elapses:
        return first + number * every.seconds
    return clock.start(day_after(clock.day(first), Duration(number * every.count, every.unit)))


def spell_at(clock: Clock, first: Moment, every: Duration, now: Moment) -> int | None:
    """Return the number of the spell that begins now, or None."""
    number = 0
    while spell_begins(clock, first, every, number) < now:
        number += 1
    return number if spell_begins(clock, first, every, number) == now else None
