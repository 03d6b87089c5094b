# SPDX-License-Identifier: Apache-2.0
"""Likelihood ratio charts: have the counts gone up, or down, since some time, and by how much?

In control the counts have a given mean and variance mean + alpha × mean²; out of control the mean
is exp(kappa) times that. A missing count says nothing.
"""

from __future__ import annotations

import math
from typing import NamedTuple

from pratique.surveillance.kernels.compiled import kernel

STEPS = 100
LARGEST = 3.0


class Rules(NamedTuple):
    """What a chart looks for.

    limit: the statistic from which on there is an alarm; kappa: the log of the change, NaN for the
    likeliest; up: a rise, not a fall; window: how many times back the change may lie; latest: how
    many times it must have lasted; once: end after the first alarm.
    """

    limit: float
    kappa: float
    up: bool
    window: int
    latest: int
    once: bool


@kernel
def _ratio(counts, mean, alpha, growth):
    """Return the log likelihood ratio of means `growth` times the given ones, over all times."""
    kappa = math.log(growth) if growth > 0.0 else 0.0
    total = 0.0
    for t in range(counts.size):
        count = counts[t]
        if not math.isnan(count):
            total += count * kappa
            if alpha == 0.0:
                total -= mean[t] * (growth - 1.0)
            else:
                wider = alpha * mean[t] * (growth - 1.0) / (1.0 + alpha * mean[t])
                total -= (count + 1.0 / alpha) * math.log1p(wider)
    return total


@kernel
def _slope(counts, mean, alpha, growth):
    """Return how steeply the ratio rises with the log of growth, and how that falls."""
    size, slope, bend = 1.0 / alpha, 0.0, 0.0
    for t in range(counts.size):
        count = counts[t]
        if not math.isnan(count):
            odds = alpha * growth * mean[t]
            share = odds / (1.0 + odds)
            slope += count - (count + size) * share
            bend += (count + size) * share * (1.0 - share)
    return slope, bend


@kernel
def _likeliest(counts, mean, alpha, growth):
    """Return the likeliest growth of negative binomial means: Newton's method in its log, fenced.

    The ratio is concave in the log of growth, so each slope fences the summit on one side. Without
    a fence the peer's search runs away from a huge rise over almost nothing, and answers 0 there.
    """
    kappa, low, high = math.log(growth), -math.inf, math.inf
    for _ in range(STEPS):
        slope, bend = _slope(counts, mean, alpha, math.exp(kappa))
        if slope > 0.0:
            low = kappa
        else:
            high = kappa
        step = min(max(slope / bend, -LARGEST), LARGEST)
        if not low < kappa + step < high and high - low < math.inf:
            step = 0.5 * (low + high) - kappa
        kappa += step
        if not abs(step) > 1e-9:
            break
    return math.exp(kappa)


@kernel
def _statistic(counts, mean, alpha, total, expected, up):
    """Return the generalised log likelihood ratio of a change at the first of these times.

    `total` and `expected` are the sums of the known counts and of their means.
    """
    growth = total / expected
    if alpha == 0.0:
        if (up and not growth > 1.0) or (not up and not growth < 1.0):
            return 0.0
        return (total * math.log(growth) if total > 0.0 else 0.0) - total + expected
    slope, _ = _slope(counts, mean, alpha, 1.0)
    if (up and not slope > 0.0) or (not up and not slope < 0.0):
        return 0.0
    if total > 0.0:
        start = max(growth, 1.0) if up else min(growth, 1.0)
        growth = _likeliest(counts, mean, alpha, start)
    return max(_ratio(counts, mean, alpha, growth), 0.0)


@kernel
def _best(counts, mean, alpha, rules):
    """Return the largest statistic of a change at any of these times that may have been one."""
    best = total = expected = 0.0
    size = counts.size
    for k in range(size - 1, max(size - 1 - rules.window, 0) - 1, -1):
        if not math.isnan(counts[k]):
            total += counts[k]
            expected += mean[k]
        if size - k >= rules.latest and expected > 0.0:
            best = max(best, _statistic(counts[k:], mean[k:], alpha, total, expected, rules.up))
    return best


@kernel
def charted(counts, mean, alpha, begin, rules, upper, raised):
    """Fill the chart's statistic, and raise an alarm where it reaches the limit, then start anew.

    counts, mean, upper, raised [series, time]; alpha, begin [series]: the times before `begin` are
    left as they are, and it becomes the time after the last one charted.
    """
    limit, kappa = rules.limit, rules.kappa
    for series in range(counts.shape[0]):
        row, level, spread = counts[series], mean[series], alpha[series]
        start, total = begin[series], 0.0
        for t in range(begin[series], row.size):
            begin[series] = t + 1
            if not math.isnan(kappa):
                now = _ratio(row[t : t + 1], level[t : t + 1], spread, math.exp(kappa))
                total = max(0.0, total + now)
            else:
                chart, expected = row[start : t + 1], level[start : t + 1]
                total = _best(chart, expected, spread, rules)
            upper[series, t] = math.nan if math.isnan(level[t]) else total
            raised[series, t] = total >= limit and not math.isnan(row[t])
            if raised[series, t]:
                start, total = t + 1, 0.0
                if rules.once:
                    break
