# SPDX-License-Identifier: Apache-2.0
"""Farrington's detectors, one series at a time: any design, offsets and gaps; R's steps.

It is what `farrington_lanes.py` is held to, and what that one leaves to it.
"""

from __future__ import annotations

import math

import numpy as np

from pratique.surveillance.kernels.compiled import kernel
from pratique.surveillance.kernels.glm import (
    CENTRE,
    HAT,
    LEAST,
    LEVEL,
    MEAN,
    TOTAL,
    WEIGHT,
    fit,
)
from pratique.surveillance.kernels.tails import (
    count_from,
    count_quantile,
    normal_above,
    student_beyond,
)

# Columns of `settings`; the numbers that a run shares, in one row.
ALPHA, QUANTILE, OUTLYING, KEPT_BELOW, ENOUGH, SPAN, POWER, METHOD = range(8)
REWEIGHT, SLOPED, QUIRKS, LATE = range(8, 12)
DELTA, PLUGIN, MUAN = 0.0, 1.0, 2.0
# Values of QUIRKS: none; the trend is tested by a dispersion not floored at 1 (R, method of 1996);
# trend and standard errors go by a dispersion that R has overwritten (R, flexible).
# LATE: where the first reference is missing the next is taken for it in predicting (R, with dates).
CORRECTED, OLD, FLEXIBLE = 0.0, 1.0, 2.0
_SIZES = 20
# Columns of what is found.
UPPER, EXPECTED, PHI, TREND, SCORE, PVALUE = range(6)
FOUND = 6


@kernel
def find_each(counts, which, offsets, now, design, settings, found):
    """Fill `found` [series, 6] for the time `now` of counts [series, time], for series `which`.

    `offsets` are the logarithms of populations [series, time], or of shape [1, 1] where there are
    none; the design is the chosen times, their seasons and their clock, 0 at `now`.
    """
    chosen, seasons, clock = design
    size = chosen.size
    y, prior, away, known = np.empty(size), np.empty(size), np.zeros(size), np.empty(size, np.int64)
    points, levels = np.empty((4, size)), np.empty((3, seasons.max() + 1))
    for series in which:
        n, most, off = 0, 0.0, 0.0
        for i in range(size):
            count = counts[series, chosen[i]]
            if offsets.size > 1:
                off = offsets[series, chosen[i]]
            if not (math.isnan(count) or math.isnan(off)):
                y[n], known[n], away[n] = count, i, off
                most = max(most, count)
                n += 1
        if offsets.size > 1:
            off = offsets[series, now]
        late = clock[0] - clock[known[0]] if settings[LATE] > 0.0 and n > 0 else 0.0
        part = seasons[known[:n]], clock[known[:n]], away[:n]
        ahead = late, off, most
        model = modelled(y[:n], prior[:n], part, ahead, settings, points[:, :n], levels)
        row = counts[series, max(now + 1 - int(settings[SPAN]), 0) : now + 1]
        judge(row, model, settings, found[series])


@kernel
def modelled(y, prior, part, ahead, settings, points, levels):
    """Return linear predictor, mean, phi, variance of the predictor and whether a trend is kept.

    `ahead`: the clock and the offset of what is predicted, and the greatest mean of a trend.
    NaN where no model can be fitted, or it says nothing of the season of the monitored time.
    """
    if settings[SLOPED] > 0.0 and y.size > 0:
        model, p = _fitted(y, prior, part, ahead, True, settings, points, levels)
        if p < settings[KEPT_BELOW] and model[1] <= ahead[2]:
            return model
    if y.size > 0:
        model, _ = _fitted(y, prior, part, ahead, False, settings, points, levels)
        return model
    return math.nan, math.nan, math.nan, math.nan, 0.0


@kernel
def _fitted(y, prior, part, ahead, sloped, settings, points, levels):
    """Return the model as in `modelled`, and the p-value of its slope."""
    seasons, clock, offset = part
    none = (math.nan, math.nan, math.nan, math.nan, 0.0)
    prior[:] = 1.0
    good, slope, square = fit(y, prior, seasons, clock, offset, sloped, points, levels)
    if not good or not levels[TOTAL, -1] > 0.0:
        return none, math.nan
    rank = (levels[TOTAL] > 0.0).sum() + (1 if square > 0.0 else 0)
    phi = _dispersion(y, prior, points, rank, False)
    if settings[REWEIGHT] > 0.0:
        _hats(part, square, points, levels)
        reweigh(y, prior, points, max(phi, 1.0), settings[OUTLYING])
        good, slope, square = fit(y, prior, seasons, clock, offset, sloped, points, levels)
        if not good:
            return none, math.nan
        phi = _dispersion(y, prior, points, rank, False)
    spread = tested = max(phi, 1.0)
    if settings[QUIRKS] == FLEXIBLE:
        spread = tested = _dispersion(y, prior, points, rank, settings[REWEIGHT] > 0.0)
    elif settings[QUIRKS] == OLD:
        tested = phi
    eta = levels[LEVEL, -1] + slope * ahead[0] + ahead[1]
    variance = 1.0 / levels[TOTAL, -1]
    p = math.nan
    if square > 0.0:
        variance += (ahead[0] - levels[CENTRE, -1]) ** 2 / square
        freedom = (prior > 0.0).sum() - rank
        p = student_beyond(slope / math.sqrt(tested / square), freedom)
    kept = 1.0 if sloped else 0.0
    return (eta, max(math.exp(eta), LEAST), max(phi, 1.0), spread * variance, kept), p


@kernel
def _dispersion(y, prior, points, rank, overwritten):
    """Return the squared residuals over the degrees of freedom.

    compat: R's `surveillance` overwrites the working weights by the prior ones once it has
    reweighted, so that standard errors and the test of the trend use those (`overwritten`).
    """
    total, counted = 0.0, 0
    for i in range(y.size):
        residual = (y[i] - points[MEAN, i]) / points[MEAN, i]
        weight = prior[i] if overwritten else points[WEIGHT, i]
        total += weight * residual * residual
        counted += 1 if prior[i] > 0.0 else 0
    return total / (counted - rank)


@kernel
def _hats(part, square, points, levels):
    """Fill in the leverage of each point: the diagonal of the hat matrix."""
    seasons, clock, _ = part
    for i in range(seasons.size):
        j = seasons[i]
        lever = 1.0 / levels[TOTAL, j]
        if square > 0.0:
            lever += (clock[i] - levels[CENTRE, j]) ** 2 / square
        points[HAT, i] = lever * points[WEIGHT, i]


@kernel
def reweigh(y, prior, points, phi, outlying):
    """Fill in weights that fall with the square of the Anscombe residual where it is outlying.

    Farrington and others (1996), section 3.6; they sum to the number of points.
    """
    total = 0.0
    for i in range(y.size):
        mean = points[MEAN, i]
        away = 1.5 * (y[i] ** (2.0 / 3.0) * mean ** (-1.0 / 6.0) - math.sqrt(mean))
        residual = away / math.sqrt(phi * (1.0 - points[HAT, i]))
        prior[i] = 1.0 / (residual * residual) if residual > outlying else 1.0
        total += prior[i]
    for i in range(y.size):
        prior[i] *= y.size / total


@kernel
def ordered(counts, chosen, runs):
    """Return the series by the size of their least season, those of zeros first.

    The smaller it is the more steps a fit takes; abreast, all take as many as the slowest. Sizes
    are told apart roughly, so that series that lie together stay together. `runs` as in the design.
    """
    sums, places = np.empty(runs[2].max() + 1), np.empty(counts.shape[0], np.int64)
    starts = np.zeros(_SIZES + 1, np.int64)
    for series in range(counts.shape[0]):
        sums[:] = 0.0
        for run in range(runs.shape[1]):
            start, total = chosen[runs[0, run]], 0.0
            for count in counts[series, start : start + runs[1, run] - runs[0, run]]:
                total += count if count >= 0.0 else 0.0
            sums[runs[2, run]] += total
        places[series] = int(2.0 * math.log2(1.0 + min(sums.min(), 1000.0)))
        starts[places[series] + 1] += 1
    starts = np.cumsum(starts)
    order = np.empty(counts.shape[0], np.int64)
    for series in range(counts.shape[0]):
        order[starts[places[series]]] = series
        starts[places[series]] += 1
    return order


@kernel
def judge(recent, model, settings, found):
    """Fill in one row of `found` from the model and the recent counts, the monitored one last."""
    eta, mean, phi, variance, trend = model
    count = recent[-1]
    upper = 0.0
    if settings[METHOD] == DELTA:
        upper, pvalue = _delta(count, mean, phi + mean * variance, settings)
    else:
        quantile = mean
        if settings[METHOD] == MUAN:
            quantile = math.exp(eta + settings[QUANTILE] * math.sqrt(variance))
        upper = count_quantile(settings[ALPHA], settings[QUANTILE], quantile, phi)
        pvalue = count_from(count, quantile, phi)
    # compat: with these two R takes the linear predictor for the mean in the score.
    centre = mean
    if settings[METHOD] != DELTA and settings[QUIRKS] == FLEXIBLE:
        centre = eta
    found[SCORE] = (count - centre) / (upper - centre)
    found[PVALUE], found[PHI], found[TREND] = pvalue, phi, trend
    enough = recent.size >= settings[SPAN] and recent.sum() >= settings[ENOUGH]
    found[UPPER] = upper if enough else math.nan
    found[EXPECTED] = mean if enough and not math.isnan(upper) else math.nan
    # compat: where no model converges R says 0.
    if math.isnan(mean) and settings[QUIRKS] == FLEXIBLE:
        found[EXPECTED] = 0.0


@kernel
def _delta(count, mean, tau, settings):
    """Return the bound on the scale of the power, back-transformed, and the p-value there."""
    power = settings[POWER]
    relative = power * math.sqrt(tau / mean)
    upper = mean * max(1.0 + settings[QUANTILE] * relative, 0.0) ** (1.0 / power)
    z = ((count / mean) ** power - 1.0) / relative
    return upper, normal_above(z)
