# SPDX-License-Identifier: Apache-2.0
"""How fast counts grow, and in how many periods they double, window by window.

A quasi-Poisson regression of the counts on time (log link): a nought is a count like any other, and
counts that scatter more than chance widen the interval. It presumes one steady rate in a window.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from math import atan, cos, pi, sin, sqrt

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view
from numpy.typing import ArrayLike

from pratique.surveillance.arrays import Floats, Truths, Whole, counted

STEPS = 200


@dataclass(frozen=True, slots=True)
class Growth:
    """Growth by window, [series, window], each with the bounds of its interval; NaN: no estimate.

    `rate`, `lower` and `upper` are per time, on the log scale. `doubling` is log 2 / rate, negative
    where counts halve; `doubling_lower` is that of the upper rate and `doubling_upper` that of the
    lower one, so that an interval of rates about nought reads: at the fastest doubling in the one,
    at the fastest halving in the other. `phi` is the dispersion; `t_end` [window] are 0-based.
    """

    rate: Floats
    lower: Floats
    upper: Floats
    doubling: Floats
    doubling_lower: Floats
    doubling_upper: Floats
    phi: Floats
    t_end: Whole


def growth(counts: ArrayLike, *, window: int = 7, level: float = 0.95) -> Growth:
    """Estimate the growth rate of counts [series, time] in each window of that many times.

    Maximum quasi-likelihood with dispersion from Pearson's statistic, never below 1, and Student's
    t with two degrees fewer than there are counts (McCullagh & Nelder 1989, chapters 6 and 9). The
    rate is the exponential one of Wallinga & Lipsitch 2007 (doi:10.1098/rspb.2006.3754). Missing
    counts are left out. No estimate where fewer than three counts are known, or where cases are
    known at fewer than two times. ValueError if the window is shorter than 3 or longer than the
    series, or `level` does not lie between 0 and 1.
    """
    array = counted(counts)
    if not 3 <= window <= array.shape[1]:
        raise ValueError(f"a window has from 3 to {array.shape[1]} times, not {window}")
    if not 0 < level < 1:
        raise ValueError("the level of an interval lies between 0 and 1")
    views = sliding_window_view(array, window, axis=1)
    rate, error, phi, known = _fitted(np.nan_to_num(views), ~np.isnan(views))
    reach = student_table(level, window)[known] * error
    lower, upper = rate - reach, rate + reach
    with np.errstate(divide="ignore"):
        doubling, fast, slow = (np.log(2.0) / value for value in (rate, upper, lower))
    ends = np.arange(window - 1, array.shape[1], dtype=np.int64)
    return Growth(rate, lower, upper, doubling, fast, slow, phi, ends)


def _fitted(y: Floats, known: Truths) -> tuple[Floats, Floats, Floats, Whole]:
    """Return rate, its error, dispersion and how many counts are known, all [series, window]."""
    n = known.sum(axis=2)
    fits = (n >= 3) & ((y > 0).sum(axis=2) >= 2)
    y, weight = (np.where(fits[..., None], value, 1.0) for value in (y, known))
    half = (y.shape[2] - 1) / 2
    time = np.arange(y.shape[2]) / half - 1
    level, slope = np.log(y.sum(axis=2) / weight.sum(axis=2)), np.zeros(n.shape)
    for _ in range(STEPS):
        fitted = weight * np.exp(level[..., None] + slope[..., None] * time)
        variance = _inverse(fitted, time)
        first, second = (y - fitted).sum(axis=2), ((y - fitted) * time).sum(axis=2)
        rise = variance[0] * first + variance[1] * second
        turn = variance[1] * first + variance[2] * second
        # Steps of at most 1 on the log scale keep the first ones from overshooting.
        level, slope = level + rise.clip(-1, 1), slope + turn.clip(-1, 1)
        if (abs(turn) < 1e-11).all():
            break
    fits &= abs(turn) < 1e-8
    fitted = np.exp(level[..., None] + slope[..., None] * time)
    pearson = (weight * (y - fitted) ** 2 / fitted).sum(axis=2)
    phi = np.maximum(pearson / np.maximum(n - 2, 1), 1.0)
    error = np.sqrt(phi * _inverse(weight * fitted, time)[2])
    rates = [np.where(fits, value, np.nan) for value in (slope / half, error / half, phi)]
    return rates[0], rates[1], rates[2], n


def _inverse(fitted: Floats, time: Floats) -> tuple[Floats, Floats, Floats]:
    """Return the variance of the level, of both together, of the slope, at dispersion 1."""
    zeroth, first = fitted.sum(axis=2), (fitted * time).sum(axis=2)
    second = (fitted * time**2).sum(axis=2)
    determinant = zeroth * second - first**2
    return second / determinant, -first / determinant, zeroth / determinant


@lru_cache(maxsize=64)
def student_table(level: float, most: int) -> Floats:
    """Return the reach of a two-sided interval in errors, by the number of counts up to `most`."""
    reach = [student_quantile(0.5 + level / 2, n - 2) for n in range(3, most + 1)]
    return np.array([np.nan] * 3 + reach)


def student_quantile(share: float, freedom: int) -> float:
    """Return the value below which a share, from a half on, of Student's distribution lies."""
    low, high = 0.0, 10.0
    while student_share(high, freedom) < share:
        high *= 10.0
    for _ in range(200):
        middle = (low + high) / 2
        if student_share(middle, freedom) < share:
            low = middle
        else:
            high = middle
    return (low + high) / 2


def student_share(t: float, freedom: int) -> float:
    """Return the share of Student's distribution below t (Abramowitz & Stegun 26.7.3 and 4)."""
    angle = atan(t / sqrt(freedom))
    odd = freedom % 2
    term, total = (cos(angle), 0.0) if odd else (1.0, 0.0)
    for k in range(1 + odd, freedom, 2):
        total += term
        term *= cos(angle) ** 2 * k / (k + 1)
    between = 2 / pi * (angle + sin(angle) * total) if odd else sin(angle) * total
    return 0.5 + between / 2
