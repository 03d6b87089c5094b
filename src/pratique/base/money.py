# SPDX-License-Identifier: Apache-2.0
"""Money as whole minor units of one currency; sharing a whole out so that the parts add up."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from functools import cache


@cache
def decimals(currency: str) -> int:
    """Return how many decimals a currency's minor unit has (ISO 4217, by CLDR): USD 2, XOF 0."""
    from babel.numbers import get_currency_precision

    return get_currency_precision(currency)


def minor_units(amount: Fraction, currency: str) -> Fraction:
    """Return an amount of a currency in its minor units (not yet rounded)."""
    return amount * Fraction(10) ** decimals(currency)


def shared_out(whole: int, weights: Sequence[Fraction | int]) -> list[int]:
    """Return whole parts of a whole by weight that add up to it.

    Rounded down, units left over one each to the largest remainders, ties in order (Hamilton's
    method; semantics 15). No weight at all: nothing is given.
    """
    total = sum(weights)
    if total <= 0 or whole <= 0:
        return [0] * len(weights)
    exact = [Fraction(whole) * weight / total for weight in weights]
    parts = [int(part) for part in exact]
    order = sorted(range(len(parts)), key=lambda index: (parts[index] - exact[index], index))
    for index in order[: whole - sum(parts)]:
        parts[index] += 1
    return parts


def filled_out(whole: int, most: Sequence[int], weights: Sequence[Fraction | int]) -> list[int]:
    """Return whole parts of a whole by weight, none above its most: together the whole, if they can
    take it.

    What one part cannot take goes to the others, again by weight (progressive filling; H. Moulin,
    Econometrica 68 (2000) 643-684). Units left over go one each to the largest remainders, ties in
    order. Parts without weight come after all others, in proportion to their most.
    """
    first = _filled(whole, most, weights)
    rest = [0 if weight > 0 else part for weight, part in zip(weights, most, strict=True)]
    last = _filled(whole - sum(first), rest, rest)
    return [one + other for one, other in zip(first, last, strict=True)]


def _filled(whole: int, most: Sequence[int], weights: Sequence[Fraction | int]) -> list[int]:
    parts = [0] * len(most)
    growing = [index for index in range(len(most)) if weights[index] > 0 and most[index] > 0]
    left = min(whole, sum(most[index] for index in growing))
    while growing and left > 0:
        total = sum(weights[index] for index in growing)
        full = [index for index in growing if left * weights[index] >= most[index] * total]
        if not full:
            shares = shared_out(left, [weights[index] for index in growing])
            for index, share in zip(growing, shares, strict=True):
                parts[index] = share
            break
        for index in full:
            parts[index] = most[index]
        left -= sum(most[index] for index in full)
        growing = [index for index in growing if index not in full]
    return parts
