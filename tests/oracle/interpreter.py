# SPDX-License-Identifier: Apache-2.0
"""One moment after another, exactly in the order of `docs/explanation/one-moment.md`.

Slow and obvious: everything is worked out again from all that was ever taken in.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction

from oracle.acting import Acting
from oracle.cases import Cases, Opening, StepAct
from oracle.conditions import Conditions
from oracle.duties import Duties
from oracle.figures import Report
from oracle.maturities import maturities
from oracle.members import Members
from oracle.pools import Pools
from oracle.powers import Powers
from oracle.precedence import Precedence
from oracle.rules import Rules
from oracle.statuses import Statuses
from oracle.streams import Streams
from oracle.truth import Truth
from oracle.world import Asked, Case, Debt, World, open_world
from pratique.accord.program import Part, Program
from pratique.base.moment import Day, Moment


@dataclass
class Came:
    """What comes in at one moment; parties by index, None for what is shared."""

    observations: list[tuple[str, int | None, Day, float]] = field(default_factory=list)
    events: list[tuple[str, int | None]] = field(default_factory=list)
    ratified: list[int] = field(default_factory=list)
    signed: list[int] = field(default_factory=list)
    left: list[int] = field(default_factory=list)
    performed: list[tuple[str, int]] = field(default_factory=list)
    happened: dict[tuple[str, int], Moment] = field(default_factory=dict)
    """When what was performed had happened, if it was told later."""
    raised: dict[tuple[str, int], Moment] = field(default_factory=dict)
    """Of which debt it is, by the moment of its raising."""
    proposed: list[tuple[str, int]] = field(default_factory=list)
    used: list[tuple[str, int]] = field(default_factory=list)
    amounts: dict[tuple[str, int], int] = field(default_factory=dict)
    """What proposals and uses say for `up to`."""
    ballots: list[tuple[str, int, int, str]] = field(default_factory=list)
    moves: list[tuple[str, str, int, int]] = field(default_factory=list)
    opened: list[Opening] = field(default_factory=list)
    steps: list[StepAct] = field(default_factory=list)


class Interpreter:
    """A standing with its whole history. `slots`: how many cases a row may be open; None: all."""

    def __init__(self, program: Program, begins: Moment, slots: int | None = None) -> None:
        self.program = program
        self.world: World = open_world(program, begins)
        self.members = Members(self.world)
        self.conditions = Conditions(self.world, self.members)
        self.pools = Pools(self.world, self.conditions, self.members)
        self.streams = Streams(self.pools)
        self.judged: dict[tuple[str, int], Truth] = {}
        precedence = Precedence(self.world, self.members)
        acting = Acting(
            self.world, self.conditions, self.members, precedence, self.pools, self.judged
        )
        self.statuses = Statuses(self.world, self.conditions, self.members, self.judged)
        self.rules, self.duties = Rules(acting), Duties(acting)
        self.powers, self.cases = Powers(acting), Cases(acting, slots)
        self.precedence = precedence
        self.undetermined: dict[str, list[int]] = {}
        self._stopped: Moment | None = None
        self._again: list[Moment] = []
        """The next second, where a moment has changed what was read in it."""

    def step(self, now: Moment, came: Came) -> list[tuple[object, ...]]:
        """Take one moment; return its changes (clause, edge, row) and what it drew from pools."""
        world = self.world
        self._add_undetermined(now)
        world.now, world.asked = now, Asked()
        self.pools.begin()
        self.precedence.applies = {}
        self._take_in(came)
        self._timers()
        self.pools.note_opening()
        before = self._read_late()
        for part in self.program.order:
            self._part(part, came)
        self.streams.claim()
        drawn = self.pools.settle()
        self.members.note_bound()
        world.left |= world.asked.leaving
        self.powers.note_entitled()
        self._note_undetermined()
        changed = before != self._read_late() or world.asked.leaving or self._has_overridden()
        self._again = [now + 1] if changed else []
        return [*sorted(world.edges()), *drawn]

    def next_stop(self, after: Moment) -> Moment:
        """Return the next day's beginning, or what matures before it."""
        clock = self.program.clock
        days = [clock.start(clock.day(after) + 1), *self._again]
        found = maturities(self.conditions, self.statuses, self.powers)
        return min(moment for moment in [*days, *found] if moment > after)

    def _has_overridden(self) -> bool:
        """Say whether a clause overrides others at this moment alone."""
        edges = {(name, edge) for name, edge, _ in self.world.edges()}
        return any(
            ref.key in edges
            for clause in self.program.acting().values() if clause.overrides
            for ref in clause.trigger.on
        )  # fmt: skip

    def _read_late(self) -> object:
        """Return all that a moment may change after it was read."""
        world, owed = self.world, (*self.world.debts.items(), *self.world.claims.items())
        pools = {
            name: (h.available, h.received, h.paid, h.committed, h.held)
            for name, h in world.pools.items()
        }
        claims = {
            name: sum(debt.amount for debts in rows for debt in debts if debt.open)
            for name, rows in world.claims.items()
        }
        latest = {
            name: [debts and (debts[-1].done, debts[-1].missed) for debts in rows]
            for name, rows in owed
        }
        statuses = {name: [row.truth() for row in rows] for name, rows in world.statuses.items()}
        return pools, claims, latest, statuses

    # --- 1. take in --------------------------------------------------------------------------

    def _take_in(self, came: Came) -> None:
        world = self.world
        world.came = {}
        for measure, party, day, value in came.observations:
            if day <= world.today:
                world.came[measure] = min(day, world.came.get(measure, day))
            exact = Fraction(value)
            world.figures.take_in(Report(measure, party or 0, day, exact, world.now))
        for name, party in came.events:
            world.happens(name, "happens", party or 0)
        world.signed |= {*came.signed, *came.ratified}
        world.ratified |= set(came.ratified)
        world.left -= set(came.ratified)
        if self.members.can_change:
            world.left |= set(came.left)
        for power, row, voter, answer in came.ballots:
            self.powers.cast(power, row, voter, answer)
        for pool, way, column, amount in came.moves:
            self.pools.move(pool, way, column, amount)
        for duty, row in dict.fromkeys(came.performed):
            key = (duty, row)
            self.duties.perform(duty, row, came.happened.get(key), came.raised.get(key))

    # --- 2. timers ---------------------------------------------------------------------------

    def _timers(self) -> None:
        world = self.world
        for name, rows in world.debts.items():
            self._miss(name, "missed", rows)
        for name in world.pools:
            self._miss(name, "missed", world.claims[name])
            self._miss(name, "unpaid", world.payments[name])
        for name, rows in world.transfers.items():
            self._miss(name, "unpaid", rows)
        self.statuses.run_out()
        world.prior = {name: [row.truth() for row in rows] for name, rows in world.statuses.items()}
        self.powers.count_all()

    def _miss(self, name: str, edge: str, rows: list[list[Debt]]) -> None:
        for row, debts in enumerate(rows):
            late = [debt for debt in debts if not debt.missed and debt.is_late(self.world.now)]
            for debt in late:
                debt.missed = True
            if late:
                self.world.happens(name, edge, row)

    # --- 3. parts ----------------------------------------------------------------------------

    def _part(self, part: Part, came: Came) -> None:
        what, name = part
        program = self.program
        match what:
            case "missed":
                self.duties.missed(part, program.duties[name])
            case "closing":
                self.powers.close(part, program.powers[name])
            case "confirming":
                self.powers.confirm(program.powers[name])
            case "rule":
                self.rules.take(part, program.rules[name])
            case "duty":
                self.duties.take(part, program.duties[name])
            case "opening":
                power = program.powers[name]
                acts = came.used if power.vote is None else came.proposed
                said = {key: came.amounts.get(key) for key in acts}
                self.powers.open(part, power, said)
            case "status":
                self.statuses.take(part, name)
            case "case":
                self.cases.take(part, program.procedures[name], came.opened, came.steps)
            case _:
                raise ValueError(what)

    # --- 5. undetermined time ----------------------------------------------------------------

    def _add_undetermined(self, now: Moment) -> None:
        if self._stopped is not None:
            for (name, row), value in self.judged.items():
                if value is None:
                    self.undetermined[name][row] += now - self._stopped
        self._stopped = now

    def _note_undetermined(self) -> None:
        for name, row in self.judged:
            totals = self.undetermined.setdefault(name, [])
            totals += [0] * (row + 1 - len(totals))

    # --- view --------------------------------------------------------------------------------

    def view(self) -> dict[str, object]:
        """Return the standing in plain values, in the shape that the engine's view has."""
        world = self.world
        return {
            "cases": {name: [_cases(row) for row in rows] for name, rows in world.cases.items()},
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
            "transfers": {name: _owed(rows) for name, rows in world.transfers.items()},
            "pools": {
                name: {"received": h.received, "paid": h.paid, "committed": h.committed}
                for name, h in world.pools.items()
            },
            "held": {
                name: [
                    sum(one.amount for one in h.holds if one.column == column)
                    for column in range(len(world.parties) + 1)
                ]
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


def _cases(cases: list[Case]) -> list[dict[str, object]]:
    return [
        {
            "number": case.number, "step": case.step, "opened": case.opened,
            "entered": case.entered, "due": case.due, "missed": case.missed,
            "fields": {
                name: None if value is None else float(value)
                for name, value in case.fields.items()
            },
        }
        for case in cases if case.step
    ]  # fmt: skip


def _owed(rows: list[list[Debt]]) -> list[list[tuple[Moment, Moment | None, bool, int]]]:
    return [[(d.raised, d.due, d.missed, d.amount) for d in debts if d.open] for debts in rows]
