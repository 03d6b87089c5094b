# SPDX-License-Identifier: Apache-2.0
"""Farrington's detectors, many series abreast: one design, no offset; the steps of `farrington.py`.

The regressions are those of `glm_lanes.py`. What is not of the usual kind (huge counts, an empty
season, no convergence) is left to `farrington.py`.
"""

from __future__ import annotations

import math

import numpy as np

from pratique.surveillance.kernels.compiled import inlined, kernel
from pratique.surveillance.kernels.elementary import exponential, logarithm
from pratique.surveillance.kernels.farrington import (
    FLEXIBLE,
    KEPT_BELOW,
    LATE,
    OLD,
    OUTLYING,
    QUIRKS,
    REWEIGHT,
    SLOPED,
    SPAN,
    judge,
)
from pratique.surveillance.kernels.glm import LEAST
from pratique.surveillance.kernels.glm_lanes import (
    CENTRE,
    COUNT,
    EIGHT,
    ETA,
    FIRST,
    FIVE,
    FOUR,
    HALF,
    HARD,
    INVERSE,
    KEPT,
    KNOWN,
    LANES,
    LATER,
    LEVEL,
    LEVELS,
    MOST,
    NUMBER,
    OLD_BASE,
    OLD_LEVEL,
    OLD_SLOPE,
    ONE,
    PHI,
    POINTS,
    ROOT,
    ROWS,
    SELF,
    SEVEN,
    SHARE,
    SIX,
    SIXTH,
    SLOPE,
    SPREAD,
    SQUARE,
    SUMS,
    TESTED,
    THREE,
    TOTAL,
    TWO,
    VARIANCE,
    WEIGHT,
    apart,
    bounded,
    fit_abreast,
)
from pratique.surveillance.kernels.tails import student_quantile

# Beyond these the general kernel is exacter.
_HUGE, _FLOORED, _ALONE = 1e5, 1e15, 1e-9
# Fewer lanes than these without a slope wait for others of their kind.
_MANY = 8
DONE_HERE, FOR_ONE, FOR_FLAT = 0, 1, 2


@kernel
def find_abreast(counts, order, now, chosen, design, settings, found, left):
    """Fill `found` [series, 6] for the time `now` of counts [series, time], as `find_each` does.

    `order`: which series stand together. `design`: the runs of consecutive times of one season,
    [3, run] (first point, point after the last, season), the clock of each point, and the clock of
    `now`. `left` [series] becomes 0 where a series is done, 1 where it is left to `find_each`,
    and 2 where it waits for a run without slopes.
    """
    runs, _, _ = design
    size, seasons = chosen.size, runs[2].max() + 1
    points, lanes = np.empty((size, POINTS)), np.empty(ROWS)
    block = points, np.empty((seasons, SUMS)), np.empty((seasons, LEVELS)), lanes
    critical, rows = np.full(size + 1, np.nan), np.empty((LANES, size + 1))
    for first in range(0, order.size, LANES):
        which = order[first : first + LANES]
        _gather(counts, which, chosen, rows, block)
        for lane in range(LANES):
            if settings[LATE] > 0.0 and points[0, KNOWN + lane] == 0.0:
                lanes[HARD + lane] = 1.0
        _model(block, design, settings, critical)
        for lane in range(which.size):
            series = which[lane]
            row = counts[series, max(now + 1 - int(settings[SPAN]), 0) : now + 1]
            if lanes[HARD + lane] > 0.0:
                left[series] = FOR_ONE
            elif lanes[LATER + lane] > 0.0:
                left[series] = FOR_FLAT
            else:
                left[series] = DONE_HERE
                _judge_lane(lanes, lane, row, settings, found[series])


@kernel
def _judge_lane(lanes, lane, row, settings, found):
    eta, kept, phi = lanes[ETA + lane], lanes[KEPT + lane], max(lanes[PHI + lane], 1.0)
    model = eta, max(math.exp(eta), LEAST), phi, lanes[VARIANCE + lane], kept
    judge(row, model, settings, found)


@kernel
def _gather(counts, which, chosen, rows, block):
    """Copy counts into the lanes; a block that is not full repeats its last series.

    They are taken series by series first (`rows`), since the lanes of a point lie far apart.
    """
    points, _, _, lanes = block
    for lane in range(LANES):
        series = counts[which[min(lane, which.size - 1)]]
        for i in range(chosen.size):
            rows[lane, i] = series[chosen[i]]
    lanes[:] = 0.0
    for i in range(chosen.size):
        point = points[i]
        for lane in range(LANES):
            point[COUNT + lane] = rows[lane, i]
        for lane in range(LANES):
            count = point[COUNT + lane]
            known = count >= 0.0
            y = count if known else 0.0
            log = logarithm(y if y > 1e-300 else 1e-300)
            point[COUNT + lane], point[KNOWN + lane] = y, 1.0 if known else 0.0
            point[SELF + lane] = y * log
            point[ROOT + lane] = exponential(log * (2.0 / 3.0)) if y > 0.0 else 0.0
            point[FIRST + lane] = (y + 0.1) * logarithm(y + 0.1) - 0.1
            most = lanes[MOST + lane]
            lanes[MOST + lane] = y if y > most else most
            lanes[NUMBER + lane] += 1.0 if known else 0.0
    for lane in range(LANES):
        lanes[HARD + lane] = 1.0 if lanes[MOST + lane] > _HUGE else 0.0


@kernel
def _model(block, design, settings, critical):
    """Fit with a slope where the settings say so, and without one wherever it is not kept."""
    lanes = block[3]
    if settings[SLOPED] > 0.0:
        _fit_twice(block, design, settings, True)
        _keep(block, design, settings, critical)
    rest = LANES - lanes[KEPT : KEPT + LANES].sum()
    if settings[SLOPED] == 0.0 or rest >= _MANY:
        kept = lanes.copy()
        _fit_twice(block, design, settings, False)
        _predict(block, design)
        for lane in range(LANES):
            if kept[KEPT + lane] > 0.0:
                lanes[lane::LANES] = kept[lane::LANES]
    else:
        lanes[LATER : LATER + LANES] = 1.0 - lanes[KEPT : KEPT + LANES]


@kernel
def _keep(block, design, settings, critical):
    """Mark where the slope is kept; `critical` remembers what t it must exceed, by freedom."""
    _predict(block, design)
    lanes, rank = block[3], block[1].shape[0] + 1
    for lane in range(LANES):
        freedom = int(lanes[NUMBER + lane]) - rank
        if freedom > 0 and math.isnan(critical[freedom]):
            critical[freedom] = student_quantile(settings[KEPT_BELOW], freedom)
        t = abs(lanes[SLOPE + lane]) * math.sqrt(lanes[SQUARE + lane] / lanes[TESTED + lane])
        good = freedom > 0 and t > critical[freedom]
        below = math.exp(lanes[ETA + lane]) <= lanes[MOST + lane]
        lanes[KEPT + lane] = 1.0 if (good and below) or lanes[HARD + lane] > 0.0 else 0.0


@kernel
def _predict(block, design):
    """Fill in the linear predictor of the monitored time and its variance."""
    _, _, now = design
    _, _, levels, lanes = block
    level = levels[levels.shape[0] - 1]
    for lane in range(LANES):
        square = lanes[SQUARE + lane]
        lever = 1.0 / level[TOTAL + lane]
        if square > 0.0:
            lever += (now - level[CENTRE + lane]) ** 2 / square
        lanes[ETA + lane] = level[LEVEL + lane] + lanes[SLOPE + lane] * now
        lanes[VARIANCE + lane] = lever * lanes[SPREAD + lane]


@kernel
def _fit_twice(block, design, settings, sloped):
    """Fit; then, if the settings say so, weigh old outbreaks down and fit again."""
    lanes = block[3]
    fit_abreast(block, KNOWN, design, sloped)
    _disperse(block, KNOWN, design, sloped)
    if settings[REWEIGHT] > 0.0:
        for lane in range(LANES):
            lanes[PHI + lane] = max(lanes[PHI + lane], 1.0)
        _reweigh(block, design, settings)
        fit_abreast(block, WEIGHT, design, sloped)
        _disperse(block, WEIGHT, design, sloped)
    for lane in range(LANES):
        phi = lanes[PHI + lane]
        if settings[QUIRKS] != FLEXIBLE:
            lanes[SPREAD + lane] = max(phi, 1.0)
        elif settings[REWEIGHT] == 0.0:
            lanes[SPREAD + lane] = phi
        lanes[TESTED + lane] = phi if settings[QUIRKS] == OLD else lanes[SPREAD + lane]


@kernel
def _rebase(levels, lanes):
    """Fill in the powers of the levels and slopes, and what a count's leverage is made of.

    From ONE on: by the clock, the old mean, its inverse now, its root and its sixth root; the same
    from one time to the next from FIVE on.
    """
    for lane in range(LANES):
        lanes[FIVE + lane] = bounded(lanes[OLD_SLOPE + lane])
        lanes[SIX + lane] = bounded(-lanes[SLOPE + lane])
        lanes[SEVEN + lane] = bounded(lanes[SLOPE + lane] * 0.5)
        lanes[EIGHT + lane] = bounded(lanes[SLOPE + lane] * (-1.0 / 6.0))
    for j in range(levels.shape[0]):
        level = levels[j]
        for lane in range(LANES):
            level[OLD_BASE + lane] = bounded(level[OLD_LEVEL + lane])
            level[INVERSE + lane] = bounded(-level[LEVEL + lane])
            level[HALF + lane] = bounded(level[LEVEL + lane] * 0.5)
            level[SIXTH + lane] = bounded(level[LEVEL + lane] * (-1.0 / 6.0))
            level[SHARE + lane] = 1.0 / level[TOTAL + lane]


@kernel
def _disperse(block, prior, design, sloped):
    """Fill in the dispersions: by working weights, and by prior ones alone (R's quirk)."""
    points, _, levels, lanes = block
    runs, clock, _ = design
    _rebase(levels, lanes)
    lanes[PHI : SPREAD + LANES] = 0.0
    for run in range(runs.shape[1]):
        first, stop, level = runs[0, run], runs[1, run], levels[runs[2, run]]
        if apart(clock, run, runs):
            for lane in range(LANES):
                lanes[ONE + lane] = bounded(lanes[OLD_SLOPE + lane] * clock[first])
                lanes[TWO + lane] = bounded(lanes[SLOPE + lane] * -clock[first])
        _mark_tiny(level, lanes)
        for i in range(first, stop):
            _sum_squares(points[i], prior, level, lanes)
        _mark_tiny(level, lanes)
    rank = levels.shape[0] + (1 if sloped else 0)
    for lane in range(LANES):
        freedom = lanes[NUMBER + lane] - rank
        lanes[PHI + lane] /= freedom
        lanes[SPREAD + lane] /= freedom


@inlined
def _mark_tiny(level, lanes):
    """Leave means so near zero that R floors them to the general kernel."""
    for lane in range(LANES):
        inverse = lanes[TWO + lane] * level[INVERSE + lane]
        lanes[HARD + lane] = 1.0 if inverse > _FLOORED else lanes[HARD + lane]


@inlined
def _sum_squares(point, prior, level, lanes):
    weight = point[prior : prior + LANES]
    for lane in range(LANES):
        old, inverse = lanes[ONE + lane], lanes[TWO + lane]
        residual = point[COUNT + lane] * (inverse * level[INVERSE + lane]) - 1.0
        square = weight[lane] * residual * residual
        lanes[SPREAD + lane] += square
        lanes[PHI + lane] += square * (old * level[OLD_BASE + lane])
        lanes[ONE + lane] = old * lanes[FIVE + lane]
        lanes[TWO + lane] = inverse * lanes[SIX + lane]


@kernel
def _reweigh(block, design, settings):
    """Fill in the weights that `farrington.reweigh` gives; `_disperse` has gone before."""
    points, _, levels, lanes = block
    runs, clock, _ = design
    limit = settings[OUTLYING] ** 2
    for lane in range(LANES):
        square = lanes[SQUARE + lane]
        lanes[SIX + lane] = 1.0 / square if square > 0.0 else 0.0
    lanes[TWO : TWO + LANES] = 0.0
    for run in range(runs.shape[1]):
        first, level = runs[0, run], levels[runs[2, run]]
        if apart(clock, run, runs):
            for lane in range(LANES):
                slope = lanes[SLOPE + lane] * clock[first]
                lanes[ONE + lane] = bounded(lanes[OLD_SLOPE + lane] * clock[first])
                lanes[THREE + lane] = bounded(slope * 0.5)
                lanes[FOUR + lane] = bounded(slope * (-1.0 / 6.0))
        for i in range(first, runs[1, run]):
            _weigh(points[i], clock[i], level, limit, lanes)
    for lane in range(LANES):
        lanes[TWO + lane] = lanes[NUMBER + lane] / lanes[TWO + lane]
    for i in range(points.shape[0]):
        point = points[i]
        for lane in range(LANES):
            point[WEIGHT + lane] *= point[KNOWN + lane] * lanes[TWO + lane]


@inlined
def _weigh(point, t, level, limit, lanes):
    for lane in range(LANES):
        old, half, sixth = lanes[ONE + lane], lanes[THREE + lane], lanes[FOUR + lane]
        known = point[KNOWN + lane]
        root = point[ROOT + lane] * (sixth * level[SIXTH + lane])
        away = 1.5 * (root - half * level[HALF + lane])
        off = t - level[CENTRE + lane]
        lever = level[SHARE + lane] + off * off * lanes[SIX + lane]
        rest = 1.0 - known * (old * level[OLD_BASE + lane]) * lever
        lanes[HARD + lane] = 1.0 if rest < _ALONE else lanes[HARD + lane]
        usual, square = lanes[PHI + lane] * rest, away * away
        heavy = away <= 0.0 or square <= usual * limit
        weight = 1.0 if heavy else usual / square
        point[WEIGHT + lane] = weight
        lanes[TWO + lane] += known * weight
        lanes[ONE + lane] = old * lanes[FIVE + lane]
        lanes[THREE + lane] = half * lanes[SEVEN + lane]
        lanes[FOUR + lane] = sixth * lanes[EIGHT + lane]
