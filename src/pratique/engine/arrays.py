# SPDX-License-Identifier: Apache-2.0
"""Arrays over [scenario, row]: three-valued truth as two masks, numbers as ranges.

A truth is (surely true, surely false); a range is (least, most), the same array twice where known.
Rows are contiguous in memory scenario by scenario (Fortran order), so that a row is a vector.
"""

from __future__ import annotations

import copy
from typing import Any

import numpy as np
from numpy.typing import NDArray

from pratique.base.moment import NEVER, Moment

Bools = NDArray[np.bool_]
Moments = NDArray[np.int64]
Numbers = NDArray[np.float64]
Truth = tuple[Any, Any]
Range = tuple[Any, Any]


def falses(scenarios: int, rows: int) -> Bools:
    """Return an array of no."""
    return np.zeros((scenarios, rows), dtype=np.bool_, order="F")


def moments(scenarios: int, rows: int, value: int) -> Moments:
    """Return an array of one moment (or count)."""
    return np.full((scenarios, rows), value, dtype=np.int64, order="F")


def numbers(scenarios: int, rows: int, value: float) -> Numbers:
    """Return an array of one number."""
    return np.full((scenarios, rows), value, dtype=np.float64, order="F")


def ring(days: int, scenarios: int, rows: int, fill: object, dtype: Any) -> NDArray[Any]:
    """Return a ring of day slices, each laid out as the other arrays are: [day, scenario, row]."""
    return np.full((days, rows, scenarios), fill, dtype=dtype).transpose(0, 2, 1)


def somewhere(values: Any) -> bool:
    """Say whether values are true (not 0) in any scenario and row."""
    # On few rows this takes a fifth of the time of `values.any()`; on thousands they are alike.
    return bool(np.count_nonzero(values))


def spread_to(values: Bools, rows: int) -> Bools:
    """Return shared values repeated for each row, or values as they are."""
    if values.shape[1] == rows:
        return values
    # On few rows this takes a third of the time of `np.broadcast_to`.
    return values | falses(values.shape[0], rows)


def any_row(values: Bools) -> Bools:
    """Return where values are true in any row, [scenario, 1]."""
    return values if values.shape[1] == 1 else np.asarray(values.any(axis=1, keepdims=True))


def every_row(values: Bools) -> Bools:
    """Return where values are true in every row, [scenario, 1]."""
    return values if values.shape[1] == 1 else np.asarray(values.all(axis=1, keepdims=True))


def gathered(values: Bools, rows: int) -> Bools:
    """Return values at a clause's spread: per-party values become one where any party's is true."""
    return any_row(values) if rows == 1 else spread_to(values, rows)


def gathered_truth(truth: Truth, rows: int) -> Truth:
    """Return a truth at a clause's spread: per-party it is so where any party's is."""
    sure, surely_not = truth
    if rows == 1:
        return any_row(sure), every_row(surely_not)
    return spread_to(sure, rows), spread_to(surely_not, rows)


def earliest(array: Moments, after: Moment) -> Moment:
    """Return the earliest moment in an array that is later than a moment; NEVER if none is."""
    if array.size == 1:
        value = int(array.item())
        return value if value > after else NEVER
    first = int(array.min())
    if first > after:
        return first
    later = array[array > after]
    return int(later.min()) if later.size else NEVER


def parted(rows: Any) -> Any:
    """Return a twin of rows with arrays of its own; the accord's own clauses are shared."""
    twin = copy.copy(rows)
    for name, value in vars(rows).items():
        setattr(twin, name, copied(value))
    return twin


def copied(value: Any) -> Any:
    """Return arrays, rows, and lists and tables of them copied; anything else as it is."""
    match value:
        case np.ndarray():
            return value.copy(order="K")
        case list():
            return [copied(one) for one in value]
        case dict():
            return {key: copied(one) for key, one in value.items()}
    return value.copy() if hasattr(value, "copy") else value
