# SPDX-License-Identifier: Apache-2.0
"""How what a pool gives in one moment is divided: caps, what is kept back, floors, weights.

Amounts in whole units, by column (parties, then bodies) and part (an effect's draw or hold).
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from pratique.accord.method import Method, division_of
from pratique.base.money import filled_out, shared_out

Asked = dict[tuple[int, int], int]
"""By (column, part)."""


@dataclass
class Sharing:
    """How a pool shares what is short: group floors, weights by column (None: unknown), method."""

    floors: list[tuple[Fraction, set[int]]]
    weights: list[Fraction | None] | None
    method: Method | None
    unit: int
    columns: int

    def divided(self, units: int, asked: Asked) -> Asked:
        """Return what of some units goes to each part, the floors of groups kept."""
        fixed: Asked = {}
        free = {column for column, _ in asked}
        left = units
        while True:
            parts = self._plain(left, _of(asked, free))
            short = self._first_short(units, asked, fixed, parts, free)
            if short is None:
                return fixed | parts
            members, need = short
            had = sum(amount for (column, _), amount in fixed.items() if column in members)
            given = self._plain(min(left, need - had), _of(asked, free & members))
            fixed |= given
            free -= members
            left -= sum(given.values())

    def _first_short(
        self, units: int, asked: Asked, fixed: Asked, parts: Asked, free: set[int]
    ) -> tuple[set[int], int] | None:
        for share, members in self.floors:
            wanted = sum(amount for (column, _), amount in asked.items() if column in members)
            need = min(math.ceil(share * units), wanted)
            has = sum(a for (column, _), a in (fixed | parts).items() if column in members)
            if free & members and has < need:
                return members, need
        return None

    def _plain(self, units: int, asked: Asked) -> Asked:
        if sum(asked.values()) <= units:
            return asked
        keys = sorted(asked)
        totals = [
            sum(amount for (column, _), amount in asked.items() if column == c)
            for c in range(self.columns)
        ]
        by_column = self._by_column(units, totals)
        if by_column is None:
            parts = shared_out(units, [asked[key] for key in keys])
            return dict(zip(keys, parts, strict=True))
        given: Asked = {}
        for column, amount in enumerate(by_column):
            own = [key for key in keys if key[0] == column]
            parts = shared_out(amount, [asked[key] for key in own])
            given |= dict(zip(own, parts, strict=True))
        return given

    def _by_column(self, units: int, totals: Sequence[int]) -> list[int] | None:
        if self.method is None and self.weights is None:
            return None
        weights = [Fraction(0)] * self.columns
        if self.weights is not None:
            asking = [self.weights[c] for c in range(self.columns - 1) if totals[c] > 0]
            if None in asking or not any(asking):
                return None
            weights = [weight or Fraction(0) for weight in self.weights]
        if self.method is None:
            return filled_out(units, totals, weights)
        given = division_of(
            self.method, np.array([units * self.unit]),
            np.array([[total * self.unit for total in totals]]),
            weights=None if self.weights is None else np.array([[float(w) for w in weights]]),
            unit=self.unit,
        )  # fmt: skip
        return [int(amount) // self.unit for amount in given[0]]


def capped(asked: Asked, rooms: Sequence[dict[int, int]]) -> Asked:
    """Return what is asked, each column cut to its room under each cap in turn."""
    for room in rooms:
        for column, most in room.items():
            keys = sorted(key for key in asked if key[0] == column)
            if sum(asked[key] for key in keys) > most:
                parts = shared_out(most, [asked[key] for key in keys])
                asked = asked | dict(zip(keys, parts, strict=True))
    return asked


def met(sharing: Sharing, asked: Asked, whole: int, loose: int, named: set[int]) -> Asked:
    """Return what is granted: `whole` in all, of it no more than `loose` to parts not `named`."""
    others = {key: amount for key, amount in asked.items() if key[1] not in named}
    if sum(asked.values()) <= whole and sum(others.values()) <= loose:
        return asked
    given = sharing.divided(whole, asked)
    if sum(given[key] for key in others) <= loose:
        return given
    to_others = sharing.divided(min(loose, whole), others)
    rest = {key: amount for key, amount in asked.items() if key[1] in named}
    return to_others | sharing.divided(whole - sum(to_others.values()), rest)


def _of(asked: Asked, columns: set[int]) -> Asked:
    return {key: amount for key, amount in asked.items() if key[0] in columns}
