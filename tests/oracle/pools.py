# SPDX-License-Identifier: Apache-2.0
"""Money and goods: what moves, what is asked for in a moment, and how it is met at its end."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from fractions import Fraction

from oracle.conditions import Conditions, Part
from oracle.division import Asked as Units
from oracle.division import Sharing, capped, met
from oracle.members import Members
from oracle.rows import IN_ALL, columns_named
from oracle.truth import Range, is_exact
from oracle.world import Case, Debt, Held, World
from pratique.accord.fields.pools import Cap
from pratique.accord.kinds.pool import Pool
from pratique.accord.terms.values import Draw, Hold, Term, Transfer, Who
from pratique.base.duration import Duration, leaves_window, period_end
from pratique.base.moment import Moment
from pratique.base.money import shared_out

Line = tuple[object, ...]


@dataclass
class Run:
    """What one run of an effect asks for: E each, E in all, or each party's own amount."""

    clause: str
    effect: Draw | Hold | Transfer
    row: int | None
    columns: list[int]
    payers: list[int]
    amount: int
    own: list[int] | None
    case: tuple[str, int, int] | None
    turn: tuple[object, ...]

    @property
    def part(self) -> tuple[object, ...]:
        """What adds up: the runs of one effect, of a case those of one slot and round."""
        return (self.clause, id(self.effect), self.turn)


@dataclass
class Pools:
    """The pools of a standing. `granted`: every draw: (moment, pool, column, amount)."""

    world: World
    conditions: Conditions
    members: Members
    asked: list[Run] = field(default_factory=list)
    granted: list[tuple[Moment, str, int, int]] = field(default_factory=list)
    closed: set[tuple[str, int, int]] = field(default_factory=set)
    stepped: set[tuple[str, int, int, str]] = field(default_factory=set)
    """Cases that closed, and steps that were done, in this moment."""

    def begin(self) -> None:
        """Forget what the last moment asked for."""
        self.asked, self.closed, self.stepped = [], set(), set()

    def note_opening(self) -> None:
        """Note what is there before the parts of a moment: all that is read of pools."""
        for name, holding in self.world.pools.items():
            for view in ("available", "received", "paid", "committed", "held"):
                self.world.opening[name, view] = getattr(holding, view)
            debts = [debt for debts in self.world.claims[name] for debt in debts if debt.open]
            self.world.opening[name, "owed"] = sum(debt.amount for debt in debts)

    # --- moves -------------------------------------------------------------------------------

    def move(self, name: str, way: str, column: int, amount: int) -> None:
        """Take in what came or went; `between`: paid under a clause of that name."""
        if way == "between":
            self._reduced(self.world.transfers[name][column], amount, name, "paid", column)
            return
        holding = self.world.pools[name]
        if way == "in":
            holding.received += amount
            self._reduced(self.world.claims[name][column], amount, name, "done", column)
        elif way == "lost":
            holding.paid += min(amount, holding.received - holding.paid)
        elif amount <= holding.received - holding.paid:
            owed = self.world.payments[name][column]
            paid = self._reduced(owed, amount, name, "paid", column)
            holding.paid += paid
            holding.committed -= paid

    def _reduced(self, debts: list[Debt], amount: int, name: str, edge: str, column: int) -> int:
        left = amount
        for debt in debts:
            if debt.open and left > 0:
                taken = min(left, debt.amount)
                debt.amount -= taken
                left -= taken
                if debt.amount == 0:
                    debt.open, debt.done = False, True
                    self.world.happens(name, edge, column)
        return amount - left

    # --- asking ------------------------------------------------------------------------------

    def has_weights(self, draw: Draw, row: int | None) -> bool:
        """Say whether the weights of those who may draw are known, of those that it names."""
        pool = self.world.program.pools[draw.pool]
        if pool.shared_by is None or not _in_all(draw.to, row, draw):
            return True
        columns = columns_named(self.conditions, ("pool", pool.name), draw.to, row)
        weights = self._weights(pool)
        return all(
            column >= len(weights)
            or weights[column] is not None
            or not self.members.may_receive(column)
            for column in columns
        )

    def ask(self, part: Part, effect: Draw | Hold | Transfer, row: int | None,
            said: int | None) -> None:  # fmt: skip
        """Ask for an amount in one run of a clause; row None: the run of a shared clause."""
        own = None
        amount = 0
        if isinstance(effect, Draw) and effect.share is not None:
            there = max(0, self.world.opening[effect.pool, "available"])
            amount = math.floor(effect.share * there)
        else:
            assert effect.amount is not None
            if effect.amount.per_party and row is None:
                own = [self._whole(part, effect.amount, one, said) for one in self.world.parties]
            else:
                amount = self._whole(part, effect.amount, row or 0, said)
        to = effect.to
        columns = [] if to is None else columns_named(self.conditions, part, to, row)
        payers = []
        if isinstance(effect, Transfer):
            payers = columns_named(self.conditions, part, effect.payer, row)
        case = self.world.asking_case
        self.asked.append(
            Run(part[1], effect, row, columns, payers, amount, own, case, self.world.turn)
        )

    def _whole(self, part: Part, amount: Term, row: int, said: int | None) -> int:
        figure = self.conditions.figure(part, amount, row)
        if not is_exact(figure):
            return 0
        whole = max(0, math.floor(figure[0]))
        return whole if said is None else min(whole, said)

    def release_step(self, procedure: str, case: Case, step: str) -> None:
        """Note that a case has done a step."""
        self.stepped.add((procedure, case.row, case.number, step))

    def release_case(self, procedure: str, case: Case) -> None:
        """Note that a case has closed."""
        self.closed.add((procedure, case.row, case.number))

    # --- the end of the moment ---------------------------------------------------------------

    def settle(self) -> list[Line]:
        """Settle transfers, releases, draws and holds; return what was granted and what not."""
        transfers = [run for run in self.asked if isinstance(run.effect, Transfer)]
        for key in dict.fromkeys(run.part for run in transfers):
            self._owe_transfers([run for run in transfers if run.part == key])
        lines: list[Line] = []
        for pool in self.world.program.pools.values():
            self._release(pool)
            lines += self._meet(pool)
        return lines

    # --- transfers ---------------------------------------------------------------------------

    def _owe_transfers(self, runs: list[Run]) -> None:
        """Owe what the runs of one effect ask for: their amounts add up by payer."""
        world, due, effect = self.world, None, runs[0].effect
        assert isinstance(effect, Transfer)
        if effect.within is not None:
            due = period_end(world.clock, world.now, effect.within)
        owed: dict[int, int] = {}
        for run in runs:
            for payer, amount in self._owed_in(run, effect).items():
                owed[payer] = owed.get(payer, 0) + amount
        for payer, amount in owed.items():
            if effect.to is None:
                self._claim(effect.to_pool, payer, amount, due)
            elif amount > 0:
                world.transfers[runs[0].clause][payer].append(Debt(world.now, due, amount))

    def _owed_in(self, run: Run, effect: Transfer) -> dict[int, int]:
        """Return what each payer owes in one run, to all its payees together."""
        found, bound = {}, self._bound(run.payers)
        for payer, amount in self._each(run, effect.payer, run.payers).items():
            if payer not in bound:
                continue
            found[payer] = amount
            if effect.to is None:
                continue
            # Nobody pays itself; of bodies and people no more is known than that.
            last = len(self.world.parties)
            payees = [payee for payee in run.columns if payee != payer or payee == last]
            parts = dict.fromkeys(payees, amount)
            if _in_all(effect.to, run.row):
                parts = dict(zip(payees, shared_out(amount, [1] * len(payees)), strict=True))
            owed_to = self._bound(payees)
            found[payer] = sum(part for payee, part in parts.items() if payee in owed_to)
        return found

    def _bound(self, columns: list[int]) -> list[int]:
        can_change, last = self.members.can_change, len(self.world.parties)
        return [c for c in columns if c == last or not can_change or self.members.is_bound(c)]

    def _each(self, run: Run, who: Who, columns: list[int]) -> dict[int, int]:
        if run.own is not None:
            return {c: run.own[c] if c < len(run.own) else 0 for c in columns}
        if _in_all(who, run.row):
            return dict(zip(columns, shared_out(run.amount, [1] * len(columns)), strict=True))
        return dict.fromkeys(columns, run.amount)

    def _claim(self, pool: str, column: int, amount: int, due: Moment | None) -> None:
        if amount > 0:
            self.world.claims[pool][column].append(Debt(self.world.now, due, amount))
            self.world.happens(pool, "claimed", column)

    # --- releases ----------------------------------------------------------------------------

    def _release(self, pool: Pool) -> None:
        holding = self.world.pools[pool.name]
        for held in [one for one in holding.holds if self._is_free(one)]:
            holding.holds.remove(held)
            self.world.happens(pool.name, "released", held.column)

    def _is_free(self, held: Held) -> bool:
        if held.until is not None:
            return self._has_happened(held)
        if held.case is None:
            return False
        return held.case in self.closed or (*held.case, held.until_step) in self.stepped

    def _has_happened(self, held: Held) -> bool:
        ref = held.until
        assert ref is not None
        rows = {row for name, edge, row in self.world.edges() if (name, edge) == ref.key}
        if ref.party >= 0:
            return ref.party in rows
        if not ref.per_party:
            return bool(rows)
        if held.row is not None:
            return held.row in rows
        return held.column in rows if held.column < len(self.world.parties) else bool(rows)

    # --- draws and holds ---------------------------------------------------------------------

    def _meet(self, pool: Pool) -> list[Line]:
        runs = self._runs_of(pool)
        amounts = [self._columns(pool, run) for run in runs]
        parts = list(dict.fromkeys(run.part for run in runs))
        asked: Units = {}
        for run, columns in zip(runs, amounts, strict=True):
            number = parts.index(run.part)
            for column, units in columns.items():
                asked[column, number] = asked.get((column, number), 0) + units
        given = self._given(pool, asked, [str(part[0]) for part in parts])
        lines: list[Line] = []
        for number, key in enumerate(parts):
            own = [(run, columns) for run, columns in zip(runs, amounts, strict=True)
                   if run.part == key]  # fmt: skip
            for column in sorted({column for column, at in asked if at == number}):
                wanted, got = asked[column, number], given[column, number]
                lines += self._grant(pool, own, column, wanted, got)
        if pool.replenished_within is not None:
            self._replenish(pool, pool.replenished_within)
        return lines

    def _runs_of(self, pool: Pool) -> list[Run]:
        mine = [run for run in self.asked if getattr(run.effect, "pool", "") == pool.name]
        draws = [run for run in mine if isinstance(run.effect, Draw)]
        holds = [run for run in mine if isinstance(run.effect, Hold)]
        return draws + [run for run in holds if not self._ends_now(run)]

    def _ends_now(self, run: Run) -> bool:
        # What a case holds until it closes is not held where it closes in this moment.
        assert isinstance(run.effect, Hold)
        return run.effect.until is None and run.case in self.closed

    def _columns(self, pool: Pool, run: Run) -> dict[int, int]:
        """Return the units that each column asks for in a run."""
        assert isinstance(run.effect, Draw | Hold)
        last, unit = len(self.world.parties), pool.rounds_to
        columns = [c for c in run.columns if c == last or self.members.may_receive(c)]
        if run.own is not None:
            return {c: run.own[c] // unit if c < last else 0 for c in columns}
        units = run.amount // unit
        if not _in_all(run.effect.to, run.row, run.effect):
            return dict.fromkeys(columns, units)
        if isinstance(run.effect, Hold):
            return dict(zip(columns, shared_out(units, [1] * len(columns)), strict=True))
        sharing = self._sharing(pool)
        sharing.method = None
        if sharing.weights is not None and any(sharing.weights[c] is None for c in columns):
            return {}
        found = sharing.divided(units, {(c, 0): units for c in columns})
        return {column: amount for (column, _), amount in found.items()}

    def _sharing(self, pool: Pool) -> Sharing:
        groups = self.world.program.groups
        floors = [
            (floor.share, {row for row, inside in enumerate(groups[floor.to]) if inside})
            for floor in pool.floors if not floor.for_people
        ]  # fmt: skip
        weights = None if pool.shared_by is None else [*self._weights(pool), Fraction(0)]
        method = self.world.program.methods[pool.divider] if pool.divider else None
        return Sharing(floors, weights, method, pool.rounds_to, len(self.world.parties) + 1)

    def _weights(self, pool: Pool) -> list[Fraction | None]:
        assert pool.shared_by is not None
        return self.values_of(("pool", pool.name), pool.shared_by)

    def values_of(self, part: Part, term: Term) -> list[Fraction | None]:
        """Return each party's value of a term as a weight; None where it is not known."""
        found: list[Fraction | None] = []
        for party in self.world.parties:
            figure = self.conditions.figure(part, term, party)
            weight = max(Fraction(0), Fraction(figure[0])) if is_exact(figure) else None
            found.append(weight)
        return found

    def _given(self, pool: Pool, asked: Units, clauses: list[str]) -> Units:
        there = max(0, self.world.opening[pool.name, "available"])
        unit, part = pool.rounds_to, ("pool", pool.name)
        rooms, whole = [], there
        for cap in pool.caps:
            if cap.to_one:
                rooms.append({
                    party: max(0, self._most(part, cap, party, there)
                               - self._counted(pool, cap, [party])) // unit
                    for party in self.world.parties
                })  # fmt: skip
            else:
                columns = [*self.world.parties, len(self.world.parties)]
                most = self._most(part, cap, 0, there) - self._counted(pool, cap, columns)
                whole = min(whole, max(0, most))
        loose = whole
        if pool.keeps is not None:
            figure = self.conditions.figure(part, pool.keeps.amount, 0)
            kept = figure[1]
            if pool.keeps.amount.type.kind == "percent":
                kept = kept * there
            loose = min(whole, max(0, there - kept)) if not math.isinf(kept) else 0
        names = pool.keeps.clauses if pool.keeps is not None else ()
        named = {number for number, clause in enumerate(clauses) if clause in names}
        limited = capped(asked, rooms)
        return met(self._sharing(pool), limited, whole // unit, int(loose) // unit, named)

    def _most(self, part: Part, cap: Cap, party: int, there: int) -> int:
        figure: Range = self.conditions.figure(part, cap.most, party)
        if math.isinf(figure[0]):
            return 0
        return math.floor(figure[0] * there if cap.is_share else figure[0])

    def _counted(self, pool: Pool, cap: Cap, columns: list[int]) -> int:
        world = self.world
        drawn = [
            amount for moment, name, column, amount in self.granted
            if name == pool.name and column in columns and (
                not cap.is_share if cap.within is None
                else world.now < leaves_window(world.clock, moment, cap.within))
        ]  # fmt: skip
        held = [one.amount for one in world.pools[pool.name].holds if one.column in columns]
        return sum(drawn) + sum(held)

    def _grant(
        self, pool: Pool, runs: list[tuple[Run, dict[int, int]]], column: int, asked: int, got: int
    ) -> list[Line]:
        world, unit, effect = self.world, pool.rounds_to, runs[0][0].effect
        clause, holding = runs[0][0].clause, world.pools[pool.name]
        if isinstance(effect, Draw) and got > 0:
            holding.committed += got * unit
            due = None
            if effect.within is not None:
                due = period_end(world.clock, world.now, effect.within)
            world.payments[pool.name][column].append(Debt(world.now, due, got * unit))
            self.granted.append((world.now, pool.name, column, got * unit))
        if isinstance(effect, Hold) and got > 0:
            wanted = [columns.get(column, 0) for _, columns in runs]
            for (run, _), part in zip(runs, shared_out(got, wanted), strict=True):
                if part > 0:
                    holding.holds.append(Held(
                        clause, column, part * unit, effect.until, run.row, run.case,
                        effect.until_step,
                    ))  # fmt: skip
        word = "held" if isinstance(effect, Hold) else "committed"
        amounts = ((word, got), ("short", asked - got))
        return [(w, pool.name, clause, column, n * unit) for w, n in amounts if n > 0]

    def _replenish(self, pool: Pool, within: Duration) -> None:
        world, last = self.world, len(self.world.parties)
        whole = sum(a for at, name, _, a in self.granted if (at, name) == (world.now, pool.name))
        bound = [p for p in world.parties if self.members.in_force(pool.name, p)]
        places, weights = self._replenishing(pool, bound)
        if not any(weights):
            places, weights = [world.program.parties[p] for p in bound], [Fraction(1)] * len(bound)
        due = period_end(world.clock, world.now, within)
        parties = world.program.parties
        for name, amount in zip(places, shared_out(whole, weights), strict=True):
            self._claim(pool.name, parties.index(name) if name in parties else last, amount, due)

    def _replenishing(self, pool: Pool, bound: list[int]) -> tuple[list[str], list[Fraction]]:
        parties = self.world.program.parties
        names = {parties[party] for party in bound}
        for stream in pool.streams:
            if stream.shares:
                # A body owes as long as the pool binds anyone.
                owing = names | (
                    {name for name, _ in stream.shares} - {*parties} if bound else set()
                )
                return [name for name, _ in stream.shares], [
                    share if name in owing else Fraction(0) for name, share in stream.shares
                ]
            if stream.key is not None:
                values = self.values_of(("pool", pool.name), stream.key)
                known = [values[party] for party in bound]
                if None in known:
                    break
                return [parties[p] for p in bound], [value or Fraction(0) for value in known]
        return [], []


def _in_all(who: Who, row: int | None, effect: object = None) -> bool:
    """Say whether those who are named have one amount together."""
    if isinstance(effect, Draw) and effect.share is not None:
        return True
    return who.form in IN_ALL or (who.form == "that" and row is None)
