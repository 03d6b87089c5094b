# SPDX-License-Identifier: Apache-2.0
"""Numbers in digits of prose in a language whose words are not understood.

Knows no unit and no number word. A separator may group digits or part decimals: both are taken.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction

from pratique.accord.quantities.quantity import Quantity
from pratique.base.moment import date_of

_RUN = re.compile(r"\d+(?:[.,\u066b\u066c'\u2019\u00a0\u202f ]\d+)*")
_PARTS = re.compile(r"\d+")
_LONGEST = 40
_GROUPS = (2, 3)
"""How many digits stand in a group: 12,34,567 in India, 1,234,567 elsewhere."""
_SCALES = (10**3, 10**5, 10**6, 10**7, 10**9)
"""What a word after a number may be worth: a thousand, a lakh, a million, a crore, a billion."""
_TIMES = ({"minutes": 1, "hours": 60, "days": 1440, "weeks": 10080}, {"months": 1, "years": 12})


class Digits:
    """The numbers that prose writes in digits."""

    __slots__ = ("_values",)

    def __init__(self, prose: str) -> None:
        self._values = frozenset(_values(prose))

    def has(self, meaning: Quantity) -> bool:
        """Say whether a quantity may be meant by a number that stands here, whatever its unit."""
        return any(set(numbers) <= self._values for numbers in _written(meaning))


def _values(prose: str) -> Iterator[Fraction]:
    for run in _RUN.finditer(prose):
        # Longer digits are no figure of an agreement, and Python reads none beyond 4,300.
        found = [part for part in _PARTS.findall(run[0]) if len(part) <= _LONGEST]
        parts = [str(int(part)).zfill(len(part)) for part in found]
        yield from (Fraction(part) for part in parts)
        if len(run[0]) > _LONGEST:
            continue
        if all(len(part) in _GROUPS for part in parts[1:]):
            yield Fraction("".join(parts))
        if len(parts) > 1:
            whole, decimals = "".join(parts[:-1]), parts[-1]
            yield Fraction(f"{whole}.{decimals}")


def _written(meaning: Quantity) -> Iterator[tuple[Fraction, ...]]:
    """Iterate over the numbers by which a quantity may be written."""
    value = meaning.value
    yield (value,)
    match meaning.kind:
        case "share":
            yield (value * 100,)
            yield (Fraction(value.numerator), Fraction(value.denominator))
        case "duration":
            for units in _TIMES:
                if meaning.unit in units:
                    yield from ((value * units[meaning.unit] / per,) for per in units.values())
        case "date":
            day = date_of(int(value))
            # The first day of a month has a word of its own in many languages.
            first = () if day.day == 1 else (Fraction(day.day),)
            yield (Fraction(day.year), *first)
        case "money" | "count" | "number":
            yield from ((value / scale,) for scale in _SCALES)
