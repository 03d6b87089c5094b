# SPDX-License-Identifier: Apache-2.0
"""All that the interpreter knows: what came, what happened, what is owed, held and asked.

Plain lists and dictionaries by name and row; no rule of the language here.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from oracle.figures import Figures
from oracle.truth import Truth
from pratique.accord.program import Program
from pratique.accord.terms.values import Draw
from pratique.base.duration import Duration, day_after
from pratique.base.moment import Clock, Day, Moment

Edge = tuple[str, str, int]
"""(clause, edge, row)."""


@dataclass
class StatusRow:
    """A status in one row. `spent`: it lapsed; its condition was not surely false since."""

    on: bool = False
    until: Moment | None = None
    condition: Truth = False
    spent: bool = False
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


@dataclass
class Ballot:
    """A vote that is pending: 0 has not answered, 1 yes, 2 no, 3 abstain."""

    opened: Moment
    closes: Moment
    answers: list[int]


@dataclass
class Holding:
    """What a pool has received and paid, and what it has promised."""

    received: int = 0
    paid: int = 0
    committed: int = 0

    @property
    def available(self) -> int:
        """What is left to promise."""
        return self.received - self.paid - self.committed


@dataclass
class Asked:
    """What effects of this moment ask for."""

    starts: list[tuple[str, int, str, Duration | None]] = field(default_factory=list)
    ends: set[tuple[str, int]] = field(default_factory=set)
    calls: set[tuple[str, int]] = field(default_factory=set)
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
    happened: list[tuple[Moment, Edge]] = field(default_factory=list)
    statuses: dict[str, list[StatusRow]] = field(default_factory=dict)
    prior: dict[str, list[Truth]] = field(default_factory=dict)
    debts: dict[str, list[list[Debt]]] = field(default_factory=dict)
    claims: dict[str, list[list[Debt]]] = field(default_factory=dict)
    payments: dict[str, list[list[Debt]]] = field(default_factory=dict)
    pools: dict[str, Holding] = field(default_factory=dict)
    votes: dict[str, list[Ballot | None]] = field(default_factory=dict)
    armed: dict[tuple[str, int], bool] = field(default_factory=dict)
    carried: set[tuple[str, int]] = field(default_factory=set)
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
        return {edge for moment, edge in self.happened if moment == self.now}

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
    world.claims = {name: [[] for _ in every] for name in program.pools}
    # One place more than there are parties: what is owed to a body.
    world.payments = {name: [[] for _ in range(len(every) + 1)] for name in program.pools}
    return world


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
