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
