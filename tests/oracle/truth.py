# SPDX-License-Identifier: Apache-2.0
"""Three-valued truth and arithmetic on ranges, one plain value at a time.

Truth is True, False or None (undetermined); a figure is a pair (lowest, highest) of fractions or
infinities. Nothing here knows of accords.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from fractions import Fraction

Truth = bool | None
Figure = Fraction | float
Range = tuple[Figure, Figure]
Value = Truth | Range

ANYTHING: Range = (-math.inf, math.inf)
NOUGHT: Range = (Fraction(0), Fraction(0))


def all_of(values: Iterable[Truth]) -> Truth:
    """Return whether all are true."""
    known = list(values)
    if False in known:
        return False
    return None if None in known else True


def any_of(values: Iterable[Truth]) -> Truth:
    """Return whether one is true."""
    return negated(all_of(negated(value) for value in values))


def negated(value: Truth) -> Truth:
    """Return the opposite."""
    return None if value is None else not value


def is_exact(value: Range) -> bool:
    """Say whether a range is one finite figure."""
    return value[0] == value[1] and not math.isinf(value[0])


def compared(left: Range, operator: str, right: Range) -> Truth:
    """Return whether left stands in this relation to right."""
    match operator:
        case ">":
            return _above(left, right)
        case "<":
            return _above(right, left)
        case ">=":
            return negated(_above(right, left))
        case "<=":
            return negated(_above(left, right))
        case "=":
            return _equal(left, right)
        case "!=":
            return negated(_equal(left, right))
    raise ValueError(operator)


def _above(left: Range, right: Range) -> Truth:
    if left[0] > right[1]:
        return True
    return False if left[1] <= right[0] else None


def _equal(left: Range, right: Range) -> Truth:
    if left[1] < right[0] or right[1] < left[0]:
        return False
    return True if is_exact(left) and is_exact(right) else None


def calculated(left: Range, operation: str, right: Range) -> Range:
    """Return the range of all that `left operation right` may be."""
    match operation:
        case "add":
            return left[0] + right[0], left[1] + right[1]
        case "sub":
            return left[0] - right[1], left[1] - right[0]
        case "mul":
            corners = [_times(a, b) for a in left for b in right]
        case "div":
            if right[0] <= 0 <= right[1]:
                return ANYTHING
            corners = [_divided(a, b) for a in left for b in right]
        case _:
            raise ValueError(operation)
    return min(corners), max(corners)


def _times(left: Figure, right: Figure) -> Figure:
    return Fraction(0) if left == 0 or right == 0 else left * right


def _divided(left: Figure, right: Figure) -> Figure:
    # Where both are beyond all bounds the quotient may be anything of that sign; another corner
    # of the same ranges is the infinity itself.
    return Fraction(0) if math.isinf(right) else left / right


def negative(value: Range) -> Range:
    """Return the range below nought."""
    return -value[1], -value[0]


def hull(left: Range, right: Range) -> Range:
    """Return the range of what is one or the other."""
    return min(left[0], right[0]), max(left[1], right[1])


def gathered(word: str, values: list[Range]) -> Range:
    """Return the sum, max, min or mean of ranges."""
    lows, highs = [low for low, _ in values], [high for _, high in values]
    match word:
        case "sum":
            return sum(lows, Fraction(0)), sum(highs, Fraction(0))
        case "max":
            return max(lows), max(highs)
        case "min":
            return min(lows), min(highs)
        case "mean":
            return sum(lows, Fraction(0)) / len(values), sum(highs, Fraction(0)) / len(values)
    raise ValueError(word)
