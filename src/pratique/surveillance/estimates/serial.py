# SPDX-License-Identifier: Apache-2.0
"""Serial intervals by whole days: how long from one case to those whom it infects.

Their means and deviations are facts about a disease, and belong to whoever asks.
"""

from __future__ import annotations

import numpy as np
from numpy.random import Generator
from numpy.typing import ArrayLike

from pratique.surveillance.arrays import Floats
from pratique.surveillance.estimates.gammas import temme

Range = tuple[float, float, float, float]
"""A mean, a standard deviation, a least and a greatest value."""


def discretised_serial_interval(k: ArrayLike, mean: float, std: float) -> Floats:
    """Return the probability of each of k whole days between a case and those whom it infects.

    A gamma distribution shifted by one day, since nobody infects on the day of being infected, and
    spread over days: Cori et al. 2013 (doi:10.1093/aje/kwt133), web appendix 11. ValueError unless
    the mean is above 1 and the standard deviation above 0, in days.
    """
    from pratique.surveillance.kernels.renewal import interval_weights

    days = np.asarray(k)
    if not np.issubdtype(days.dtype, np.integer) or (days < 0).any():
        raise ValueError("days of a serial interval are whole numbers, 0 or more")
    if not (mean > 1 and std > 0 and np.isfinite([mean, std]).all()):
        raise ValueError("a serial interval has a mean above 1 day and a deviation above 0")
    over = float(mean) - 1.0
    count = int(days.max(initial=0)) + 1
    weights = interval_weights((over / std) ** 2, std**2 / over, count, temme())
    chosen: Floats = weights[days]
    return chosen


def observed_serial_interval(days: ArrayLike, *, length: int | None = None) -> Floats:
    """Return the share of observed pairs of cases at 0, 1, 2 … days; ValueError if one has none.

    `days` are whole numbers, 1 or more: pairs of one day, or where the later case came first, are
    for whoever asks to leave out. `length` is the number of days to speak of.
    """
    given = np.asarray(days)
    if given.size == 0 or not np.issubdtype(given.dtype, np.integer) or (given < 1).any():
        raise ValueError("observed serial intervals are whole days, 1 or more, and at least one")
    counts = np.bincount(given.ravel(), minlength=length or 0)[:length]
    shares: Floats = counts / given.size
    return shares


def sampled_serial_intervals(
    rng: Generator, n: int, *, mean: Range, std: Range, length: int
) -> Floats:
    """Return n serial intervals [n, length] whose mean and deviation are themselves uncertain.

    Both are drawn from normal distributions cut at their least and greatest values, again where the
    deviation exceeds the mean (Cori et al. 2013, "uncertain serial interval").
    """
    drawn = [_drawn(rng, mean, std) for _ in range(n)]
    days = np.arange(length)
    return np.array([discretised_serial_interval(days, *pair) for pair in drawn])


def checked_interval(si_distr: ArrayLike) -> Floats:
    """Return serial intervals [interval, day] as given; ValueError if they are none.

    Each begins with the probability of day 0, which is nil, and sums to 1 within a hundredth, as
    published tables do.
    """
    weights = np.atleast_2d(np.asarray(si_distr, dtype=np.float64))
    if weights.ndim != 2 or weights.size == 0 or not np.isfinite(weights).all():
        raise ValueError("a serial interval is a list of probabilities, from day 0 on")
    if (weights < 0).any() or (weights[:, 0] != 0).any():
        raise ValueError("the probability of day 0 is nil, and none is negative")
    if (abs(weights.sum(axis=1) - 1) > 0.01).any():
        raise ValueError("the probabilities of a serial interval sum to 1")
    return weights


def _drawn(rng: Generator, mean: Range, std: Range) -> tuple[float, float]:
    for _ in range(10_000):
        pair = _cut_normal(rng, mean), _cut_normal(rng, std)
        if pair[1] < pair[0]:
            return pair
    raise ValueError("the deviation of the serial interval always exceeds its mean")


def _cut_normal(rng: Generator, given: Range) -> float:
    mean, deviation, least, greatest = given
    if not (least < greatest and deviation > 0):
        raise ValueError("a range is a mean, a deviation above 0, a least and a greater value")
    for _ in range(10_000):
        value = float(rng.normal(mean, deviation))
        if least <= value <= greatest:
            return value
    raise ValueError(f"hardly any value between {least} and {greatest} at a mean of {mean}")
