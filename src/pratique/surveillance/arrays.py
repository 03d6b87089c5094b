# SPDX-License-Identifier: Apache-2.0
"""The arrays that surveillance speaks in, and how what a caller gives becomes one of them."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

Floats = NDArray[np.float64]
Whole = NDArray[np.int64]
Truths = NDArray[np.bool_]


def counted(counts: ArrayLike) -> Floats:
    """Return counts as float64 [series, time], NaN where missing; one series may be given flat.

    ValueError if they have more than two axes, or a count is negative or infinite.
    """
    array = np.atleast_2d(np.asarray(counts, dtype=np.float64))
    if array.ndim != 2:
        raise ValueError("counts are [series, time]: two axes at the most")
    # Two quick passes will do where nothing is missing, as nearly always.
    quick = bool(array.size) and array.min() >= 0 and array.max() < np.inf
    if not quick and ((array < 0).any() or np.isinf(array).any()):
        raise ValueError("counts are never negative nor infinite; a missing count is NaN")
    return array


def monitored(at: ArrayLike | slice | None, length: int, *, first: int) -> Whole:
    """Return the 0-based times to monitor, in order; None: all from `first` on.

    ValueError if a time lies outside the series; what a detector needs of history before a time
    is its own to say.
    """
    times = np.arange(length, dtype=np.int64)
    if at is None:
        return times[first:]
    if isinstance(at, slice):
        return times[at]
    chosen = np.atleast_1d(np.asarray(at))
    if chosen.size == 0:
        return times[:0]
    if chosen.dtype == np.bool_ or not np.issubdtype(chosen.dtype, np.integer):
        raise ValueError("times to monitor are whole numbers, a slice, or none for all")
    if ((chosen < -length) | (chosen >= length)).any():
        raise ValueError(f"a time to monitor lies outside the {length} times of the series")
    return np.where(chosen < 0, chosen + length, chosen).astype(np.int64)
