# SPDX-License-Identifier: Apache-2.0
"""The mean that counts have while nothing happens: log-linear in time and season, from history."""

from __future__ import annotations

from typing import Any

import numpy as np

from pratique.surveillance.arrays import Floats


def levels(value: Any) -> Floats:
    """Return given means as an array, one for all or one for each time; for a control to take."""
    array = np.asarray(value, dtype=np.float64)
    if not ((array >= 0) & np.isfinite(array)).all():
        raise ValueError("must be 0 or more, everywhere")
    return array


def given_mean(given: Floats, series: int, times: int) -> Floats:
    """Return given means as [series, time]; ValueError unless there is one for each time."""
    try:
        return np.ascontiguousarray(np.broadcast_to(given, (series, times)))
    except ValueError as fault:
        raise ValueError(
            f"give one expected count, or one for each of the {times} times that the chart runs"
        ) from fault


def seasonal_design(length: int, freq: int, harmonics: int, *, trend: bool) -> Floats:
    """Return the terms [time, term] of a mean with waves of the year, and a slope if wished."""
    time = np.arange(1, length + 1, dtype=np.float64)
    terms = [np.ones(length)]
    if trend:
        # From −1 to 1: the fit is the same as in numbered times, and the equations are tame.
        terms.append((2 * time - length - 1) / max(length - 1, 1))
    for wave in range(1, harmonics + 1):
        angle = 2 * np.pi * wave / freq * time
        terms += [np.cos(angle), np.sin(angle)]
    return np.ascontiguousarray(np.stack(terms, axis=1))


def seasonal_mean(
    counts: Floats, first: int, design: Floats, alpha: float | None
) -> tuple[Floats, Floats]:
    """Return the mean [series, time] of all times, fitted to those before `first`, and alpha.

    The variance is mean + alpha × mean²; None: alpha is estimated with the mean. NaN where a
    series cannot be fitted; alpha [series].
    """
    from pratique.surveillance.kernels.loglinear import fitted, predicted

    coefficients = np.full((len(counts), design.shape[1]), np.nan)
    spread = np.full(len(counts), np.nan if alpha is None else alpha)
    fitted(design[:first], np.ascontiguousarray(counts[:, :first]), spread, coefficients)
    mean = np.empty((len(counts), len(design)))
    predicted(design, coefficients, mean)
    return mean, spread
