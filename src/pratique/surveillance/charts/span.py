# SPDX-License-Identifier: Apache-2.0
"""A detector that runs through consecutive times, asked for some of them in any order."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields

import numpy as np

from pratique.surveillance.arrays import Floats, Truths, Whole
from pratique.surveillance.detection import Detection


def over_span(
    counts: Floats, at: Whole, needs: int, run: Callable[[int, int], Detection]
) -> Detection:
    """Return what `run(first, end)` finds over all times from the first to the last of `at`.

    Times before `needs` have too little history: NaN and no alarm.
    """
    ready = at >= needs
    if not ready.any():
        bound = np.full((len(counts), len(at)), np.nan)
        return Detection(at=at, upper=bound, alarm=np.zeros(bound.shape, np.bool_))
    first, end = int(at[ready].min()), int(at[ready].max()) + 1
    whole = run(first, end)
    if np.array_equal(at, whole.at):
        return whole
    return _chosen(whole, at, ready, np.where(ready, at - first, 0))


def _chosen(whole: Detection, at: Whole, ready: Truths, columns: Whole) -> Detection:
    found = {
        field.name: np.where(ready, values[:, columns], np.nan)
        for field in fields(whole)
        if field.name not in {"at", "alarm"} and (values := getattr(whole, field.name)) is not None
    }
    return Detection(at=at, alarm=whole.alarm[:, columns] & ready, **found)
