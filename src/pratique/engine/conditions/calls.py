# SPDX-License-Identifier: Apache-2.0
"""Calls of methods in conditions and amounts: computed where every argument is exactly known."""

from __future__ import annotations

from typing import Any

import numpy as np

from pratique.accord.method import Method, value_of
from pratique.base.moment import Day
from pratique.engine.arrays import Bools, Range, somewhere
from pratique.engine.conditions.frame import Frame, Function


def called(
    method: Method,
    args: list[Function],
    scenarios: int,
    parties: int,
    of_case: frozenset[int] = frozenset(),
) -> Function:
    """Return the function that calls a value method; unknown where an argument is.

    `of_case`: the arguments (by place) that read what the case at hand of each party records. Each
    case is then computed by itself, from its own: other parties may have none.
    """

    known = _Known()

    def call(frame: Frame, day: Day) -> Range:
        ranges = [arg(frame, day) for arg in args]
        if not of_case:
            if not known.is_of(ranges):
                known.keep(ranges, _value(method, ranges, scenarios, parties))
            return known.value
        own = [
            _value(method, _of_party(ranges, of_case, party), scenarios, parties)
            for party in range(parties)
        ]
        least, most = (
            np.concatenate([_column(value[side], party) for party, value in enumerate(own)], axis=1)
            for side in range(2)
        )
        return least, most

    return call


class _Known:
    """What a method gave for its latest arguments: methods are pure, and seldom asked anew."""

    def __init__(self) -> None:
        self.ranges: list[Range] | None = None
        self.value: Range = (np.nan, np.nan)

    def is_of(self, ranges: list[Range]) -> bool:
        """Say whether it is what a method gives for some arguments."""
        return self.ranges is not None and all(
            np.array_equal(one, other)
            for before, now in zip(self.ranges, ranges, strict=True)
            for one, other in zip(before, now, strict=True)
        )

    def keep(self, ranges: list[Range], value: Range) -> None:
        """Keep a value, and copies of the arguments."""
        self.ranges = [(np.array(least), np.array(most)) for least, most in ranges]
        self.value = value


def _of_party(ranges: list[Range], of_case: frozenset[int], party: int) -> list[Range]:
    """Return arguments with those of the case taken of one party's alone."""
    return [
        (_column(least, party), _column(most, party)) if place in of_case else (least, most)
        for place, (least, most) in enumerate(ranges)
    ]


def _column(value: Any, party: int) -> Any:
    array = np.atleast_2d(np.asarray(value, dtype=np.float64))
    return array[:, party : party + 1] if array.shape[1] > 1 else array


def _value(method: Method, ranges: list[Range], scenarios: int, parties: int) -> Range:
    exact = np.ones(scenarios, dtype=np.bool_)
    for least, most in ranges:
        np.logical_and(exact, _exact(least, most), out=exact)
    values = [_by_scenario(least, scenarios) for least, _ in ranges]
    if exact.all():
        value = value_of(method, values, parties)
        return value, value
    return _where_exact(method, values, exact, parties)


def _exact(least: Any, most: Any) -> Bools:
    alike = np.atleast_2d(np.isfinite(least) & np.equal(least, most))
    return np.asarray(alike.all(axis=1), dtype=np.bool_)


def _by_scenario(value: Any, scenarios: int) -> Any:
    array = np.atleast_2d(np.asarray(value, dtype=np.float64))
    if array.shape[0] == scenarios:
        return array
    return np.broadcast_to(array, (scenarios, array.shape[1]))


def _where_exact(method: Method, values: list[Any], exact: Bools, parties: int) -> Range:
    # A method without arguments is always exact, so that there is one here to tell the spread.
    columns = max(value.shape[1] for value in values)
    if method.gives is not None and method.gives.per_party is not None:
        columns = parties if method.gives.per_party else 1
    least = np.full((len(exact), columns), -np.inf)
    most = np.full((len(exact), columns), np.inf)
    if somewhere(exact):
        found = value_of(method, [value[exact] for value in values], parties)
        least[exact] = most[exact] = found
    return least, most
