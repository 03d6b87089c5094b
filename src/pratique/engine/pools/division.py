# SPDX-License-Identifier: Apache-2.0
"""How one scenario's amount is divided among those who ask for it: exact, in whole units.

By weights, by a method, or in proportion to what was asked; group floors held; ties in order of
declaration. Which scenario is short at all, and of how much, is not asked here.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import ceil

import numpy as np
from numpy.typing import NDArray

from pratique.accord.kinds.pool import Pool
from pratique.accord.terms.values import Term
from pratique.base.money import filled_out, shared_out
from pratique.engine.arrays import Numbers, somewhere
from pratique.engine.conditions.frame import Frame

Whole = NDArray[np.int64]
"""Amounts asked or given, in units: [column, part], a column for each party and a last for bodies,
a part for each effect that asks."""
LARGEST_DENOMINATOR = 10**9
"""Weights are the nearest fractions with denominators up to this: decimals stay exact."""


@dataclass(frozen=True, slots=True)
class Division:
    """The way in which a pool is divided in one scenario.

    `weights`: by column; None: in proportion to what was asked. `method`: gives each column's part
    of an amount, given what each asked. `floors`: shares and the columns of the groups they go to.
    """

    weights: Sequence[Fraction] | None = None
    method: Callable[[int, list[int]], list[int]] | None = None
    floors: tuple[tuple[Fraction, frozenset[int]], ...] = ()

    def divided(self, units: int, asked: Whole) -> Whole:
        """Return what each gets of some units, with group floors; all that was asked if it is
        there.
        """
        fixed, free, left = np.zeros_like(asked), np.ones(asked.shape[0], dtype=np.bool_), units
        while True:
            parts = self._plain(left, asked * free[:, None])
            binding = self._binding(units, asked, fixed, parts, free)
            if binding is None:
                return fixed + parts
            inside, need = binding
            given = self._plain(min(left, need), asked * inside[:, None])
            fixed, free, left = fixed + given, free & ~inside, left - int(given.sum())

    def _binding(
        self, units: int, asked: Whole, fixed: Whole, parts: Whole, free: NDArray[np.bool_]
    ) -> tuple[NDArray[np.bool_], int] | None:
        """Return the first floor not reached: whose columns, and what they still need."""
        for share, members in self.floors:
            group = np.isin(np.arange(asked.shape[0]), list(members))
            inside = group & free
            need = min(ceil(share * units), int(asked[group].sum()))
            has = int(fixed[group].sum())
            if somewhere(inside) and has + int(parts[inside].sum()) < need:
                return inside, need - has
        return None

    def _plain(self, units: int, asked: Whole) -> Whole:
        """Return what each gets of some units, floors aside."""
        if int(asked.sum()) <= units:
            return asked
        if self.weights is None and self.method is None:
            parts = shared_out(units, [int(part) for part in asked.ravel()])
            return np.asarray(parts, dtype=np.int64).reshape(asked.shape)
        columns = [int(column) for column in asked.sum(axis=1)]
        shares = (
            self.method(units, columns)
            if self.method is not None
            else filled_out(units, columns, self.weights or [])
        )
        within = [
            shared_out(share, [int(part) for part in column])
            for share, column in zip(shares, asked, strict=True)
        ]
        return np.asarray(within, dtype=np.int64).reshape(asked.shape)


def exact_weights(weights: NDArray[np.float64]) -> list[Fraction]:
    """Return weights as exact fractions; a negative one counts as none."""
    return [Fraction(max(0.0, float(w))).limit_denominator(LARGEST_DENOMINATOR) for w in weights]


def met(
    asked: Whole, units: int, limit: int, kept_for: NDArray[np.bool_], division: Division
) -> Whole:
    """Return what each ask gets of some units, of which those not `kept_for` get no more than
    `limit` together.
    """
    met_together = division.divided(units, asked)
    if int(met_together[:, ~kept_for].sum()) <= limit:
        return met_together
    others = division.divided(min(limit, units), asked * ~kept_for)
    return others + division.divided(units - int(others.sum()), asked * kept_for)


def weights_of(frame: Frame, term: Term) -> Numbers:
    """Return each party's value of a term, [scenario, party]; not a number where it is unknown."""
    low, high = frame.standing.machine.function(term)(frame, frame.today)
    exact = np.where(np.asarray(low == high) & np.isfinite(low), low, np.nan)
    shape = (frame.standing.scenarios, len(frame.standing.program.parties))
    return np.broadcast_to(exact, shape)


def group_floors(
    groups: Mapping[str, Sequence[bool]], pool: Pool
) -> tuple[tuple[Fraction, frozenset[int]], ...]:
    """Return the shares of a pool that go to groups of parties, with their members' columns."""
    return tuple(
        (floor.share, frozenset(np.flatnonzero(groups[floor.to]).tolist()))
        for floor in pool.floors
        if not floor.for_people
    )
