# SPDX-License-Identifier: Apache-2.0
"""Windows of counts just before each time: their mean, spread and bounds (EARS, moving average).

Deviations are taken from the window's oldest count, so that a window of equal counts has a spread
of exactly zero and large counts lose no digits. A missing count makes its windows unknown.
"""

from __future__ import annotations

import math

import numpy as np

from pratique.surveillance.kernels.compiled import inlined, kernel
from pratique.surveillance.kernels.tails import count_quantile


@inlined
def _added(oldest, later, total, square):
    for i in range(oldest.size):
        off = later[i] - oldest[i]
        total[i] += off
        square[i] += off * off


@inlined
def _three_added(oldest, one, two, three, total, square):
    # Three at a time: the sums are read and written once for them, which takes most of the time.
    for i in range(oldest.size):
        a = one[i] - oldest[i]
        b = two[i] - oldest[i]
        c = three[i] - oldest[i]
        total[i] += a + b + c
        square[i] += a * a + b * b + c * c


@inlined
def _seven(counts, mean, sd, low):
    # The usual width in one pass, which takes three fifths of the time of the general one.
    for i in range(mean.size):
        oldest = counts[i]
        a, b, c = counts[i + 1] - oldest, counts[i + 2] - oldest, counts[i + 3] - oldest
        d, e, f = counts[i + 4] - oldest, counts[i + 5] - oldest, counts[i + 6] - oldest
        total = a + b + c + d + e + f
        square = a * a + b * b + c * c + d * d + e * e + f * f
        spread = math.sqrt((square - total * total * (1.0 / 7.0)) * (1.0 / 6.0))
        sd[i] = low if spread < low else spread
        mean[i] = oldest + total * (1.0 / 7.0)


@inlined
def _moments(counts, width, mean, sd, low):
    """Fill the mean and the standard deviation of `width` counts from each on, sd at least `low`.

    `mean` and `sd` say how many windows there are; a slice for each step of the window spares the
    loops the check for negative places, so that they vectorise.
    """
    if width == 7:
        _seven(counts, mean, sd, low)
        return
    windows = mean.size
    oldest = counts[:windows]
    mean[:] = 0.0
    sd[:] = 0.0
    step = 1
    while step + 2 < width:
        one, two = counts[step : step + windows], counts[step + 1 : step + 1 + windows]
        _three_added(oldest, one, two, counts[step + 2 : step + 2 + windows], mean, sd)
        step += 3
    while step < width:
        _added(oldest, counts[step : step + windows], mean, sd)
        step += 1
    share, rest = 1.0 / width, 1.0 / (width - 1)
    for i in range(windows):
        total = mean[i]
        spread = math.sqrt((sd[i] - total * total * share) * rest)
        sd[i] = low if spread < low else spread
        mean[i] = oldest[i] + total * share


@kernel
def shewhart(counts, first, width, lag, z, low, upper, raised):
    """Fill the bounds mean + z × sd of the `width` counts that end `lag` before each time.

    counts [series, time]; upper and raised [series, times from `first` on].
    """
    windows = upper.shape[1]
    mean, sd = np.empty(windows), np.empty(windows)
    for series in range(counts.shape[0]):
        start = first - lag - width
        _moments(counts[series, start : first - lag + windows - 1], width, mean, sd, low)
        now, bound, exceeds = counts[series, first:], upper[series], raised[series]
        for i in range(windows):
            limit = mean[i] + z * sd[i]
            bound[i] = limit
            exceeds[i] = now[i] > limit


@kernel
def three_excesses(counts, first, width, z, low, upper, raised):
    """Fill the bounds on the sum of three excesses over mean + sd of windows that end 2 before.

    The bound is what the count would have to exceed (EARS C3), and not below zero.
    """
    times = upper.shape[1]
    mean, sd, excess = np.empty(times + 2), np.empty(times + 2), np.empty(times + 2)
    for series in range(counts.shape[0]):
        start = first - width - 4
        _moments(counts[series, start : first - 3 + times], width, mean, sd, low)
        now = counts[series, first - 2 :]
        for i in range(times + 2):
            over = (now[i] - mean[i]) / sd[i] - 1.0
            excess[i] = 0.0 if over < 0.0 else over
        here, spread = now[2:], sd[2:]
        before, earlier = excess[1:], excess
        bound, exceeds = upper[series], raised[series]
        for i in range(times):
            limit = here[i] + spread[i] * (z - (before[i] + earlier[i]))
            bound[i] = 0.0 if limit < 0.0 else limit
        for i in range(times):
            exceeds[i] = here[i] > bound[i]


@kernel
def known_moments(counts, first, width, least, mean, sd):
    """Fill mean and sd of the known among the `width` counts before each time from `first` on.

    NaN where fewer than `least` of them are known.
    """
    for series in range(counts.shape[0]):
        row = counts[series]
        for i in range(mean.shape[1]):
            known, total, square, origin = 0, 0.0, 0.0, math.nan
            for count in row[first + i - width : first + i]:
                if not math.isnan(count):
                    if known == 0:
                        origin = count
                    off = count - origin
                    known += 1
                    total += off
                    square += off * off
            if known < least:
                mean[series, i] = sd[series, i] = math.nan
            else:
                mean[series, i] = origin + total / known
                sd[series, i] = math.sqrt((square - total * total / known) / (known - 1))


@kernel
def predictive_bounds(total, known, alpha, z, upper):
    """Fill the quantile 1 − `alpha` of the next count after `known` counts that sum to `total`.

    Negative binomial: Poisson counts whose rate has Jeffreys' prior. All are flat; the bounds of
    whole sums are computed once, for `known` at most as large as in the first place of the table.
    """
    table = np.full((int(known.max()) + 1, 4096), math.nan)
    for i in range(total.size):
        n, of = int(known[i]), total[i]
        if n == 0:
            upper[i] = math.nan
            continue
        place = int(of) if of < 4096.0 and of == math.floor(of) else -1
        if place >= 0 and not math.isnan(table[n, place]):
            upper[i] = table[n, place]
            continue
        upper[i] = count_quantile(alpha, z, (of + 0.5) / n, (n + 1.0) / n)
        if place >= 0:
            table[n, place] = upper[i]
