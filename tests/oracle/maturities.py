# SPDX-License-Identifier: Apache-2.0
"""When something matures within a day: deadlines, lapses, votes, spells, and conditions in time.

Names too many moments rather than too few: stopping more often changes nothing.
"""

from __future__ import annotations

from collections.abc import Iterator

from oracle.conditions import Conditions, reads_figures
from oracle.world import World, spell_begins
from pratique.accord.compile import terms_of
from pratique.accord.values import Term
from pratique.base.duration import Duration, held_since, leaves_window, period_end
from pratique.base.moment import Moment

MARGIN = 3
"""Days before and after today whose maturities are named."""


def maturities(conditions: Conditions) -> Iterator[Moment]:
    """Iterate over moments at which something may change by itself."""
    world = conditions.world
    yield from _deadlines(world)
    yield from _statuses(world)
    yield from _spells(world)
    yield from _limits(world)
    for term in terms_of(world.program):
        for node in term.walk():
            if node.op in ("for", "in_last") and node.duration is not None:
                yield from _terms(conditions, node, node.duration)


def _deadlines(world: World) -> Iterator[Moment]:
    for owed in (world.debts, world.claims, world.payments):
        for rows in owed.values():
            yield from (d.due for debts in rows for d in debts if d.due is not None)
    for votes in world.votes.values():
        yield from (vote.closes for vote in votes if vote is not None)


def _statuses(world: World) -> Iterator[Moment]:
    for name, rows in world.statuses.items():
        lingers = world.program.statuses[name].lingers
        for status in rows:
            if status.until is not None:
                yield status.until
            if lingers is not None:
                for moment, _ in status.seen:
                    yield from (period_end(world.clock, m, lingers) for m in (moment - 1, moment))


def _spells(world: World) -> Iterator[Moment]:
    spells = [(pool.every, None) for pool in world.program.pools.values()]
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
    clock = conditions.world.clock
    if reads_figures(node):
        today = conditions.world.today
        back = duration.most_days + MARGIN
        for day in range(today - back, today + MARGIN):
            yield held_since(clock, clock.start(day), duration)
            yield leaves_window(clock, clock.start(day) - 1, duration)
        return
    inner = node.args[0]
    for (_, term, _), kept in conditions.seen.items():
        if term is inner:
            for moment, _ in kept:
                yield held_since(clock, moment, duration)
                yield leaves_window(clock, moment - 1, duration)
                yield leaves_window(clock, moment, duration)
