# SPDX-License-Identifier: Apache-2.0
"""What comes into pools: claims raised once, or at each spell, in fixed parts or by a key."""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction

from oracle.pools import Pools
from oracle.world import Debt, World, spell_begins
from pratique.accord.fields.pools import Stream
from pratique.accord.kinds.pool import Pool
from pratique.base.duration import period_end
from pratique.base.moment import Moment
from pratique.base.money import shared_out


@dataclass
class Streams:
    """The streams of a standing. `claimed`: what was claimed: (pool, stream, spell, name)."""

    pools: Pools
    claimed: set[tuple[str, int, int, str]] = field(default_factory=set)
    begun: dict[tuple[str, int, int, str], list[str]] = field(default_factory=dict)
    """By spell of a keyed stream: whom it bound as it began."""

    @property
    def world(self) -> World:
        """What is known."""
        return self.pools.world

    def claim(self) -> None:
        """Raise the claims that begin now."""
        for pool in self.world.program.pools.values():
            for number, stream in enumerate(pool.streams):
                spell = self._spell(stream)
                if spell is None:
                    continue
                if stream.key is not None:
                    self._by_key(pool, number, stream, spell)
                elif stream.every is None or self._begins(stream, spell) == self.world.now:
                    self._fixed(pool, number, stream, spell)

    def _first(self, stream: Stream) -> Moment:
        if stream.begins is not None:
            return self.world.clock.start(stream.begins)
        return self.world.begins

    def _begins(self, stream: Stream, spell: int) -> Moment:
        first = self._first(stream)
        if stream.every is None:
            return first
        return spell_begins(self.world.clock, first, stream.every, spell)

    def _spell(self, stream: Stream) -> int | None:
        """Return the spell that runs now; what began before the register is not owed."""
        if self._first(stream) > self.world.now:
            return None
        spell = 0
        while stream.every is not None and self._begins(stream, spell + 1) <= self.world.now:
            spell += 1
        begun = self._begins(stream, spell)
        return spell if stream.every is None or begun >= self.world.begins else None

    def _binds(self, pool: Pool, name: str) -> bool:
        parties = self.world.program.parties
        row = parties.index(name) if name in parties else None
        return self.pools.members.in_force(pool.name, row)

    def _fixed(self, pool: Pool, number: int, stream: Stream, spell: int) -> None:
        for name, amount in stream.dues:
            key = (pool.name, number, spell, name)
            if key not in self.claimed and self._binds(pool, name):
                self.claimed.add(key)
                self._raise(pool, stream, name, amount)

    def _by_key(self, pool: Pool, number: int, stream: Stream, spell: int) -> None:
        key = (pool.name, number, spell, "")
        bound = [name for name in self.world.program.parties if self._binds(pool, name)]
        if stream.every is not None:
            # A spell is owed by those whom it binds as it begins.
            if self._begins(stream, spell) == self.world.now:
                self.begun[key] = bound
            bound = [name for name in self.begun.get(key, ()) if name in bound]
        if key in self.claimed or not bound or stream.key is None:
            return
        values = self.pools.values_of(("pool", pool.name), stream.key)
        known = [values[self.world.program.parties.index(name)] for name in bound]
        if None in known or not any(known):
            return
        self.claimed.add(key)
        weights = [value or Fraction(0) for value in known]
        for name, amount in zip(bound, shared_out(stream.amount, weights), strict=True):
            self._raise(pool, stream, name, amount)

    def _raise(self, pool: Pool, stream: Stream, name: str, amount: int) -> None:
        world = self.world
        due = world.clock.start(world.today + 1)
        if stream.within is not None:
            due = period_end(world.clock, world.now, stream.within)
        parties = world.program.parties
        column = parties.index(name) if name in parties else len(parties)
        if amount > 0:
            world.claims[pool.name][column].append(Debt(world.now, due, amount))
            world.happens(pool.name, "claimed", column)
