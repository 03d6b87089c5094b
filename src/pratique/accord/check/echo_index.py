# SPDX-License-Identifier: Apache-2.0
"""Quantities by size, so that a long text is compared in linear time; their families and sums."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from fractions import Fraction

from pratique.accord.quantities import Quantity, same

Size = tuple[str, Fraction]
"""What quantities of one meaning have in common."""

_MINUTES = {
    "minutes": 1,
    "hours": 60,
    "days": 1_440,
    "weeks": 10_080,
    "months": 43_800,
    "years": 525_600,
}
_MOST_SUMMED = 24


class Index:
    """Which meanings occur among quantities."""

    __slots__ = ("_by_size",)

    def __init__(self, found: Iterable[Quantity]) -> None:
        self._by_size: dict[Size, dict[tuple[str, str], Quantity]] = {}
        for quantity in found:
            alike = self._by_size.setdefault(self.size(quantity), {})
            alike[quantity.kind, quantity.unit] = quantity

    @staticmethod
    def size(quantity: Quantity) -> Size:
        """Return what quantities of one meaning have in common."""
        if quantity.kind == "duration":
            return "duration", quantity.value * _MINUTES[quantity.unit]
        return "", quantity.value

    def sizes(self) -> Iterator[Size]:
        """Iterate over the sizes that occur."""
        return iter(self._by_size)

    def has(self, quantity: Quantity) -> bool:
        """Say whether one of the same meaning occurs."""
        alike = self._by_size.get(self.size(quantity), {})
        return any(same(quantity, other) for other in alike.values())


def family(quantity: Quantity) -> str:
    """Return the kind of a quantity, counts and bare numbers together."""
    return "number" if quantity.kind == "count" else quantity.kind


def unlikeness(quantity: Quantity, figure: Quantity) -> tuple[bool, float]:
    """Return how unlike two quantities of one family are: another unit first, then the ratio."""
    left, right = (float(abs(Index.size(one)[1])) for one in (quantity, figure))
    ratio = max(left, right) / min(left, right) if min(left, right) > 0 else float("inf")
    return quantity.unit != figure.unit, ratio


def totals(figures: Iterable[Quantity]) -> Iterator[Quantity]:
    """Iterate over the totals of all figures of one kind and unit; times do not add up."""
    for group in _groups(figures):
        if len(group) > 1:
            yield replace(group[0], value=sum((one.value for one in group), Fraction(0)))


def run_sums(found: Iterable[Quantity]) -> Iterator[Quantity]:
    """Iterate over the sums of quantities of one kind and unit that follow one another."""
    for group in _groups(found):
        for first in range(len(group)):
            total = group[first].value
            for other in group[first + 1 : first + _MOST_SUMMED]:
                total += other.value
                yield replace(other, value=total)


def _groups(found: Iterable[Quantity]) -> list[list[Quantity]]:
    groups: dict[tuple[str, str], list[Quantity]] = {}
    for one in found:
        if one.kind not in ("date", "duration"):
            groups.setdefault((family(one), one.unit), []).append(one)
    return list(groups.values())
