# SPDX-License-Identifier: Apache-2.0
"""One moment after another, exactly in the order of `docs/explanation/one-moment.md`.

Slow and obvious: everything is worked out again from all that was ever taken in.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction

from oracle.conditions import Conditions
from oracle.figures import Report
from oracle.maturities import maturities
from oracle.parts import Parts
from oracle.pools import Pools
from oracle.truth import Truth
from oracle.votes import ANSWERS, counted, is_carried, is_settled, quorum_of
from oracle.world import Asked, Debt, World, open_world
from pratique.accord.program import Program
from pratique.base.moment import Day, Moment


@dataclass
class Came:
    """What comes in at one moment; parties by index, None for what is shared."""

    observations: list[tuple[str, int | None, Day, float]] = field(default_factory=list)
    events: list[tuple[str, int | None]] = field(default_factory=list)
    ratified: list[int] = field(default_factory=list)
    performed: list[tuple[str, int]] = field(default_factory=list)
    proposed: list[tuple[str, int]] = field(default_factory=list)
    used: list[tuple[str, int]] = field(default_factory=list)
    ballots: list[tuple[str, int, int, str]] = field(default_factory=list)
    moves: list[tuple[str, str, int, int]] = field(default_factory=list)


class Interpreter:
    """A standing with its whole history."""

    def __init__(self, program: Program, begins: Moment) -> None:
        self.program = program
        self.world: World = open_world(program, begins)
        self.conditions = Conditions(self.world)
        self.pools = Pools(self.world, self.conditions)
        self.parts = Parts(self.world, self.conditions, self.pools)
        self.undetermined: dict[str, list[int]] = {}
        self._unclear: dict[tuple[str, int], Truth] = {}
        self._stopped: Moment | None = None

    def step(self, now: Moment, came: Came) -> list[tuple[object, ...]]:
        """Take one moment; return its changes (clause, edge, row) and what it drew from pools."""
        world = self.world
        self._add_undetermined(now)
        world.now, world.asked, world.carried = now, Asked(), set()
        self._take_in(came)
        self._timers()
        world.prior = {name: [row.truth() for row in rows] for name, rows in world.statuses.items()}
        for part in self.program.order:
            self.parts.take(part, came.used, came.proposed)
        self.pools.raise_claims(in_force=self.parts.in_force())
        drawn = self.pools.meet()
        self._note_undetermined()
        return [*sorted(world.edges()), *drawn]

    def next_stop(self, after: Moment) -> Moment:
        """Return the next day's beginning, or what matures before it."""
        clock = self.program.clock
        days = [clock.start(clock.day(after) + 1)]
        return min(m for m in [*days, *maturities(self.conditions, self.parts)] if m > after)

    # --- 1. take in --------------------------------------------------------------------------

    def _take_in(self, came: Came) -> None:
        world = self.world
        for measure, party, day, value in came.observations:
            exact = Fraction(value)
            world.figures.take_in(Report(measure, party or 0, day, exact, world.now))
        world.ratified |= set(came.ratified)
        for name, party in came.events:
            world.happens(name, "happens", party or 0)
        for power, row, voter, answer in came.ballots:
            vote = world.votes[power][row] if power in world.votes else None
            if vote is not None:
                vote.answers[voter] = ANSWERS[answer]
        for pool, way, party, amount in came.moves:
            self.pools.move(pool, way, party, amount)
        for duty, row in dict.fromkeys(came.performed):
            self._perform(duty, row)

    def _perform(self, duty: str, row: int) -> None:
        owed = [debt for debt in self.world.debts[duty][row] if debt.open]
        if owed:
            owed[0].open, owed[0].done = False, True
            self.world.happens(duty, "done", row)

    # --- 2. timers ---------------------------------------------------------------------------

    def _timers(self) -> None:
        world = self.world
        for name, rows in world.debts.items():
            for row, debts in enumerate(rows):
                if _newly_missed(debts, world.now):
                    world.happens(name, "missed", row)
        for owed in (*world.claims.values(), *world.payments.values()):
            for debts in owed:
                _newly_missed(debts, world.now)
        self._statuses_run_out()
        for name in world.votes:
            self._count(name)

    def _statuses_run_out(self) -> None:
        for name, rows in self.world.statuses.items():
            for row, status in enumerate(rows):
                if status.on and self.parts.has_run_out(name, row):
                    self.world.happens(name, "ends", row)

    def _count(self, name: str) -> None:
        power = self.program.powers[name]
        assert power.vote is not None
        quorum = quorum_of(self.program, power.vote)
        for row, vote in enumerate(self.world.votes[name]):
            if vote is None:
                continue
            count = counted(vote.answers)
            if self.world.now < vote.closes and not is_settled(power, count, quorum):
                continue
            self.world.votes[name][row] = None
            carried = is_carried(power, count, quorum)
            self.world.happens(name, "used" if carried else "refused", row)
            if carried:
                self.world.carried.add((name, row))

    # --- 5. undetermined time ----------------------------------------------------------------

    def _add_undetermined(self, now: Moment) -> None:
        if self._stopped is not None:
            for (name, row), value in self._unclear.items():
                if value is None:
                    self.undetermined[name][row] += now - self._stopped
        self._stopped = now

    def _note_undetermined(self) -> None:
        self._unclear = self.parts.judged
        for name, row in self._unclear:
            totals = self.undetermined.setdefault(name, [])
            totals += [0] * (row + 1 - len(totals))

    # --- view --------------------------------------------------------------------------------

    def view(self) -> dict[str, object]:
        """Return the standing in plain values, in the shape that the engine's view has."""
        world = self.world
        return {
            "status": {
                name: [
                    {"on": s.on, "unsure": not s.on and s.condition is None, "until": s.until}
                    for s in rows
                ]
                for name, rows in world.statuses.items()
            },
            "debts": {
                name: [[(d.raised, d.due, d.missed) for d in debts if d.open] for debts in rows]
                for name, rows in world.debts.items()
            },
            "claims": {name: _owed(rows) for name, rows in world.claims.items()},
            "payments": {name: _owed(rows) for name, rows in world.payments.items()},
            "pools": {
                name: {"received": h.received, "paid": h.paid, "committed": h.committed}
                for name, h in world.pools.items()
            },
            "votes": {
                name: [
                    v and {"opened": v.opened, "closes": v.closes, "ballots": list(v.answers)}
                    for v in rows
                ]
                for name, rows in world.votes.items()
            },
            "undetermined": {name: list(rows) for name, rows in self.undetermined.items()},
        }


def _newly_missed(debts: list[Debt], now: Moment) -> bool:
    late = [d for d in debts if d.open and not d.missed and d.due is not None and d.due <= now]
    for debt in late:
        debt.missed = True
    return bool(late)


def _owed(rows: list[list[Debt]]) -> list[list[tuple[Moment, Moment | None, bool, int]]]:
    return [[(d.raised, d.due, d.missed, d.amount) for d in debts if d.open] for debts in rows]
