# SPDX-License-Identifier: Apache-2.0
"""When something matures within a day: deadlines, lapses, votes, spells, and conditions in time.

Names some moments at which nothing changes after all: stopping more often changes nothing.
"""

from __future__ import annotations

from collections.abc import Iterator

from oracle.conditions import Conditions, reads_figures
from oracle.powers import Powers
from oracle.statuses import Statuses
from oracle.world import World, spell_begins
from pratique.accord.program import terms_of
from pratique.accord.terms.values import Term
from pratique.base.duration import Duration, held_since, leaves_window
from pratique.base.moment import Moment

MARGIN = 3
"""Days before and after today whose maturities are named."""


def maturities(conditions: Conditions, statuses: Statuses, powers: Powers) -> Iterator[Moment]:
    """Iterate over moments at which something may change by itself."""
    world = conditions.world
    yield from _deadlines(world)
    yield from _statuses(world, statuses)
    yield from powers.again
    yield from (ends for ends, _ in powers.notices.values())
    yield from (until for _, until in powers.waiting.values())
    yield from _cases(world)
    yield from _spells(world)
    yield from _limits(world)
    for term in terms_of(world.program):
        for node in term.walk():
            if node.op in ("for", "in_last") and node.duration is not None:
                yield from _terms(conditions, node, node.duration)


def _deadlines(world: World) -> Iterator[Moment]:
    for owed in (world.debts, world.claims, world.payments, world.transfers):
        for rows in owed.values():
            for debt in (debt for debts in rows for debt in debts):
                if debt.due is not None:
                    yield max(debt.due, debt.raised + 1)
    for votes in world.votes.values():
        yield from (vote.closes for vote in votes if vote is not None)


def _cases(world: World) -> Iterator[Moment]:
    for rows in world.cases.values():
        yield from (case.due for row in rows for case in row if case.step and case.due is not None)


def _statuses(world: World, parts: Statuses) -> Iterator[Moment]:
    for name, rows in world.statuses.items():
        for row, status in enumerate(rows):
            for end in (status.until, parts.linger_end(name, row)):
                if status.on and end is not None:
                    yield end


def _spells(world: World) -> Iterator[Moment]:
    streams = [stream for pool in world.program.pools.values() for stream in pool.streams]
    spells = [(stream.every, stream.begins) for stream in streams]
    spells += [(duty.every, duty.begins) for duty in world.program.duties.values()]
    for every, begins in spells:
        if every is not None:
            yield _next_spell(world, every, begins)


def _next_spell(world: World, every: Duration, begins: int | None) -> Moment:
    first = world.begins if begins is None else world.clock.start(begins)
    number = 0
    while spell_begins(world.clock, first, every, number) <= world.now:
        number += 1
    return spell_begins(world.clock, first, every, number)


def _limits(world: World) -> Iterator[Moment]:
    for clause in (*world.program.rules.values(), *world.program.powers.values()):
        if clause.at_most is not None and clause.at_most.within is not None:
            for moment, (name, edge, _) in world.happened:
                if (name, edge) == (clause.name, "used"):
                    yield leaves_window(world.clock, moment, clause.at_most.within)


def _terms(conditions: Conditions, node: Term, duration: Duration) -> Iterator[Moment]:
    world, clock, inner = conditions.world, conditions.world.clock, node.args[0]
    if reads_figures(node):
        if duration.elapses:
            for day in range(world.today - duration.most_days - MARGIN, world.today + MARGIN):
                yield held_since(clock, clock.start(day), duration)
                yield leaves_window(clock, clock.start(day) - 1, duration)
        return
    for part, row in {(part, row) for part, term, row in conditions.seen if term is inner}:
        for accepted in ((True,), (True, None)):
            since = conditions.since(part, inner, row, accepted)
            last = conditions.last(part, inner, row, accepted)
            if since is not None:
                yield held_since(clock, since, duration)
            if last is not None:
                yield leaves_window(clock, last, duration)
