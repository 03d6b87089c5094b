# SPDX-License-Identifier: Apache-2.0
"""Money and goods: claims, moves, and the draws of one moment met together."""

from __future__ import annotations

import math
from dataclasses import dataclass

from oracle.conditions import Conditions, Part
from oracle.rows import shares
from oracle.truth import is_exact
from oracle.world import Debt, World, spell_at
from pratique.accord.terms.values import Draw
from pratique.base.duration import Duration, period_end
from pratique.base.money import shared_out


@dataclass
class Pools:
    """The pools of a standing."""

    world: World
    conditions: Conditions

    def move(self, pool: str, way: str, party: int, amount: int) -> None:
        """Take in money or goods that came or went."""
        holding = self.world.pools[pool]
        if way == "in":
            holding.received += amount
            _reduced(self.world.claims[pool][party], amount)
        else:
            holding.paid += amount
            holding.committed -= _reduced(self.world.payments[pool][party], amount)

    def raise_claims(self, *, in_force: bool) -> None:
        """Raise the claims of a spell that begins now."""
        world = self.world
        for name, pool in world.program.pools.items():
            if pool.every is None:
                begins = world.now == world.begins
            else:
                begins = spell_at(world.clock, world.begins, pool.every, world.now) is not None
            if not (begins and in_force):
                continue
            due = world.clock.start(world.today + 1)
            if pool.within is not None:
                due = period_end(world.clock, world.now, pool.within)
            for party, amount in enumerate(pool.claims):
                if amount > 0:
                    world.claims[name][party].append(Debt(world.now, due, amount))

    def is_known(self, part: Part, draw: Draw, row: int) -> bool:
        """Say whether the amount of a draw is known."""
        return draw.amount is None or is_exact(self.conditions.figure(part, draw.amount, row))

    def ask(self, part: Part, draw: Draw, row: int | None) -> None:
        """Ask for a draw of a clause: for its row, or for all (None)."""
        if draw.share is not None:
            whole = math.floor(draw.share * self.world.pools[draw.pool].available)
        else:
            assert draw.amount is not None
            amount = self.conditions.figure(part, draw.amount, row or 0)
            whole = math.floor(amount[0]) if is_exact(amount) else 0
        for party, wanted in shares(self.conditions, part, draw, row, whole):
            if wanted > 0:
                key = (part[1], party, draw)
                asked = self.world.asked.draws
                asked[key] = asked.get(key, 0) + wanted

    def meet(self) -> list[tuple[object, ...]]:
        """Meet the draws of this moment; return (committed|short, pool, clause, party, amount)."""
        met: dict[tuple[str, str, str, int], int] = {}
        for name, holding in self.world.pools.items():
            asked = [key for key in self.world.asked.draws if key[2].pool == name]
            asked.sort(key=lambda key: key[1])
            wanted = [self.world.asked.draws[key] for key in asked]
            available = max(0, holding.available)
            granted = wanted if sum(wanted) <= available else shared_out(available, wanted)
            for key, whole, part in zip(asked, wanted, granted, strict=True):
                clause, party, draw = key
                for word, amount in (("committed", part), ("short", whole - part)):
                    line = (word, name, clause, party)
                    met[line] = met.get(line, 0) + amount
                if part > 0:
                    holding.committed += part
                    self._owe(name, party, part, draw.within)
        return [(*line, amount) for line, amount in met.items() if amount > 0]

    def _owe(self, pool: str, party: int, amount: int, within: Duration | None) -> None:
        world = self.world
        due = period_end(world.clock, world.now, within) if within is not None else None
        world.payments[pool][party].append(Debt(world.now, due, amount))


def _reduced(debts: list[Debt], amount: int) -> int:
    left = amount
    for debt in debts:
        if debt.open:
            taken = min(left, debt.amount)
            debt.amount -= taken
            debt.open = debt.amount > 0
            left -= taken
    return amount - left
