# SPDX-License-Identifier: Apache-2.0
"""Sharing whole units out by weight, nobody above what was asked: exact, over many scenarios.

The array form of `base.money.shared_out`, with limits. Whole numbers only, so that no rounding of
the machine ever decides who gets the last unit.
"""

from __future__ import annotations

import numpy as np

from pratique.accord.method import Numbers, Whole

DIGITS = 12
"""To how many digits of the scenario's largest a weight is read: beyond the noise of sums."""


def filled(available: Whole, asked: Whole, weights: Whole, unit: int) -> Whole:
    """Return what each party gets, int64 [scenario, party], in whole multiples of a unit.

    `available` [scenario], `asked` and `weights` [scenario, party], all whole numbers; the asked
    and the weights each sum to less than 2**62 in a scenario. Progressive filling: what all get
    rises in proportion to the weights; who has what was asked (rounded down to the unit) drops out;
    units left over go one each to the largest remainders, ties in order of declaration. Parties
    without weight come after all others, in proportion to what they asked.

    Source: weighted uniform gains (Moulin 2000); in equal weights max-min fairness (Bertsekas and
    Gallager 1992, 6.5.2); remainders by Hamilton's method (Balinski and Young 2001).
    """
    units = np.maximum(available, 0)[:, np.newaxis] // unit
    most = np.maximum(asked, 0) // unit
    first = _raised(units, most, np.maximum(weights, 0))
    last = _raised(units - _total(first), most, np.where(weights > 0, 0, most))
    return (first + last) * unit


def whole_weights(weights: Numbers) -> Whole:
    """Return weights as whole numbers of the same proportions, to twelve digits of the largest.

    `weights`: finite, [scenario, party]; a negative one counts as none, as does one that is less
    than a millionth of a millionth of the scenario's largest.
    """
    weights = np.maximum(weights, 0)
    largest = weights.max(axis=1, keepdims=True, initial=0)
    power = DIGITS - np.ceil(np.log10(np.where(largest > 0, largest, 1)))
    whole: Whole = np.rint(weights * 10.0 ** np.clip(power, -300, 300)).astype(np.int64)
    return whole


def _raised(units: Whole, most: Whole, weights: Whole) -> Whole:
    growing = (weights > 0) & (most > 0)
    units = np.minimum(units, _total(np.where(growing, most, 0)))
    parts = np.zeros_like(most)
    share, remainder = parts, parts
    # Who drops out leaves more to the others, so each round drops somebody for good or is the last.
    for _ in range(most.shape[1]):
        among = np.where(growing, weights, 0)
        share, remainder = divided_product(
            units - _total(parts), among, np.maximum(_total(among), 1)
        )
        full = growing & (share >= most)
        if not full.any():
            break
        parts, growing = np.where(full, most, parts), growing & ~full
    parts = np.where(growing, share, parts)
    left = units - _total(parts)
    return parts + (growing & (_rank(np.where(growing, remainder, -1)) < left))


def _rank(values: Whole) -> Whole:
    """Return each value's place from the largest down, equal ones in order of declaration."""
    order = np.argsort(-values, axis=1, kind="stable")
    rank: Whole = np.argsort(order, axis=1, kind="stable")
    return rank


def divided_product(one: Whole, other: Whole, divisor: Whole) -> tuple[Whole, Whole]:
    """Return quotient and remainder of `one * other / divisor`, exact though the product overflows.

    None negative, all below 2**62, the quotient below 2**63. Long multiplication, a bit at a time.
    """
    largest = int(other.max(initial=0))
    if int(one.max(initial=0)) * largest < 2**63:
        return np.divmod(one * other, divisor)
    by_one, beyond = np.divmod(one, divisor)
    quotient = np.zeros(np.broadcast_shapes(one.shape, other.shape), dtype=np.int64)
    remainder = np.zeros_like(quotient)
    for bit in range(largest.bit_length() - 1, -1, -1):
        carry = 2 * remainder >= divisor
        quotient, remainder = 2 * quotient + carry, 2 * remainder - carry * divisor
        on = other >> bit & 1
        remainder = remainder + on * beyond
        carry = remainder >= divisor
        quotient, remainder = quotient + on * by_one + carry, remainder - carry * divisor
    return quotient, remainder


def _total(values: Whole) -> Whole:
    total: Whole = values.sum(axis=1, keepdims=True)
    return total
