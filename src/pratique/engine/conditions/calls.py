# SPDX-License-Identifier: Apache-2.0
"""Calls of methods in conditions and amounts: computed where every argument is exactly known."""

from __future__ import annotations

from typing import Any

import numpy as np

from pratique.accord.method import Method, value_of
from pratique.base.moment import Day
from pratique.engine.arrays import Bools, Range
from pratique.engine.conditions.frame import Frame, Function


def called(method: Method, args: list[Function], scenarios: int, parties: int) -> Function:
    """Return the function that calls a value method; unknown where an argument is."""

    def call(frame: Frame, day: Day) -> Range:
        ranges = [arg(frame, day) for arg in args]
        exact = np.ones(scenarios, dtype=np.bool_)
        for least, most in ranges:
            np.logical_and(exact, _exact(least, most), out=exact)
        values = [_by_scenario(least, scenarios) for least, _ in ranges]
        if exact.all():
            value = value_of(method, values, parties)
            return value, value
        return _where_exact(method, values, exact, parties)

    return call


def _exact(least: Any, most: Any) -> Bools:
    alike = np.atleast_2d(np.isfinite(least) & np.equal(least, most))
    return np.asarray(alike.all(axis=1), dtype=np.bool_)


def _by_scenario(value: Any, scenarios: int) -> Any:
    array = np.atleast_2d(np.asarray(value, dtype=np.float64))
    return np.broadcast_to(array, (scenarios, array.shape[1]))


def _where_exact(method: Method, values: list[Any], exact: Bools, parties: int) -> Range:
    # A method without arguments is always exact, so that there is one here to tell the spread.
    columns = max(value.shape[1] for value in values)
    if method.gives is not None and method.gives.per_party is not None:
        columns = parties if method.gives.per_party else 1
    least = np.full((len(exact), columns), -np.inf)
    most = np.full((len(exact), columns), np.inf)
    if exact.any():
        found = value_of(method, [value[exact] for value in values], parties)
        least[exact] = most[exact] = found
    return least, most
