# SPDX-License-Identifier: Apache-2.0
"""The one-sided CUSUM of transformed counts, and the count at which it would reach its limit.

A transformation is a number here, its place among the words of the control `trans`, since compiled
code knows no words. The last has its bound told in terms of the sum and not of a count.
"""

from __future__ import annotations

import math
from typing import NamedTuple

import numpy as np

from pratique.surveillance.kernels.compiled import inlined, kernel

STANDARD, ROSSI, ANSCOMBE, ANSCOMBE_2ND, PEARSON, PLAIN = range(6)
SIDE = 64


class Rules(NamedTuple):
    """What a chart adds up: how a count is transformed, less `k`, and the limit `h`."""

    k: float
    h: float
    trans: int
    alpha: float


@inlined
def _scale(mean, trans, alpha):
    """Return what the residual is divided by, and the origin it is counted from."""
    if trans == STANDARD:
        return math.sqrt(mean), mean
    if trans == ROSSI:
        return 2.0 * math.sqrt(mean), 3.0 * mean
    if trans == ANSCOMBE:
        return mean ** (1.0 / 6.0) / 1.5, mean ** (2.0 / 3.0)
    if trans == ANSCOMBE_2ND:
        return mean ** (1.0 / 6.0) / 1.5, mean ** (2.0 / 3.0) - mean ** (-1.0 / 3.0) / 9.0
    if trans == PEARSON:
        return math.sqrt(mean + alpha * mean * mean), mean
    return 1.0, 0.0


@inlined
def _residual(count, scale, origin, trans):
    if trans == ROSSI:
        return (count - origin) / scale + math.sqrt(count)
    if trans in (ANSCOMBE, ANSCOMBE_2ND):
        return (count ** (2.0 / 3.0) - origin) / scale
    return (count - origin) / scale


@inlined
def _count_at(residual, mean, scale, origin, trans):
    """Return the count of a residual; what has none is left to the caller."""
    if trans == STANDARD:
        return np.ceil(mean + residual * scale)
    if trans == ROSSI:
        root = math.sqrt(4.0 * mean + residual * scale) - math.sqrt(mean)
        return root * root
    if trans == ANSCOMBE:
        return (origin + residual * scale) ** 1.5
    if trans == ANSCOMBE_2ND:
        # The peer's bound takes away a ninth of the cube root, where its residual takes away a
        # ninth of the inverse cube root; this follows it, so that the two can be compared.
        third = mean ** (2.0 / 3.0) - mean ** (1.0 / 3.0) / 9.0
        return (third + residual * mean ** (1.0 / 6.0) / 1.5) ** 1.5
    return mean + residual * scale


@inlined
def _known_added(counts, total, known):
    for i in range(counts.size):
        missing = math.isnan(counts[i])
        total[i] += 0.0 if missing else counts[i]
        known[i] += 0.0 if missing else 1.0


@kernel
def known_means(counts, end, mean):
    """Fill the means [series] of the known counts [series, time] before `end`; NaN where none is.

    Sums run side by side, so that they vectorise; of whole counts they are exact in any order.
    """
    total, known = np.empty(SIDE), np.empty(SIDE)
    for series in range(counts.shape[0]):
        total[:] = 0.0
        known[:] = 0.0
        for start in range(0, end, SIDE):
            _known_added(counts[series, start : min(start + SIDE, end)], total, known)
        mean[series] = total.sum() / known.sum()


@kernel
def charted(counts, first, mean, rules, upper, raised, score):
    """Fill bound, alarm and sum of S = max(0, S + residual − k), which alarms from `h` on.

    counts [series, time]; upper, raised, score [series, times from `first` on], where S starts at
    0; mean likewise, or one for all times. A missing count leaves S as it was. The bound is never
    below zero, and zero where nothing was expected and it has no meaning, as with the peer.
    """
    k, h, trans, alpha = rules
    times = upper.shape[1]
    step = 1 if mean.shape[1] == times else 0
    for series in range(counts.shape[0]):
        total = 0.0
        level, scale, origin = math.nan, math.nan, math.nan
        for i in range(times):
            count = counts[series, first + i]
            if mean[series, step * i] != level:
                level = mean[series, step * i]
                scale, origin = _scale(level, trans, alpha)
            limit = _count_at(h + k - total, level, scale, origin, trans)
            if not math.isnan(count):
                total = total + _residual(count, scale, origin, trans) - k
                total = 0.0 if total < 0.0 else total
                raised[series, i] = total >= h
            else:
                raised[series, i] = False
            if trans == PLAIN:
                limit = h - total
            upper[series, i] = limit if limit > 0.0 or math.isnan(level) else 0.0
            score[series, i] = total
