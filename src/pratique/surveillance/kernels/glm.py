# SPDX-License-Identifier: Apache-2.0
"""Poisson regression with a log link on seasons and, if wished, one slope, as R's `glm` fits it.

One level a season makes the normal equations an arrowhead: each step costs the number of points.
Steps start at y + 0.1 and stop where R 4.2 stops, since a season of zeros has no finite optimum.
"""

from __future__ import annotations

import math

import numpy as np

from pratique.surveillance.kernels.compiled import kernel

# R's least mean.
LEAST = 2.220446049250313e-16
_CLOSE, _STEPS = 1e-8, 25
# R leaves out a column of which no more than this share is new.
_ALIASED = 1e-11
# Rows of `points` [4, point] and of `levels` [3, season].
MEAN, WEIGHT, LINEAR, HAT = 0, 1, 2, 3
LEVEL, TOTAL, CENTRE = 0, 1, 2


@kernel
def fit(y, prior, seasons, clock, offset, sloped, points, levels):
    """Fit log mean = level[season] + slope × clock + offset, with prior weights.

    Fills `points` with means, working weights of the last step and linear predictors, `levels` with
    the levels, their sums of working weights and the weighted mean of the clock. Returns whether it
    converged, the slope, and the weighted square of the clock about these means (0: no slope).
    """
    mean, linear = points[MEAN], points[LINEAR]
    old_level = np.zeros(levels.shape[1])
    slope = old_slope = square = 0.0
    for i in range(y.size):
        mean[i] = y[i] + 0.1
        linear[i] = math.log(mean[i])
    old = deviance(y, mean, prior)
    for step in range(_STEPS):
        slope, square = _solved(y, prior, seasons, clock, offset, sloped, points, levels)
        _predict(seasons, clock, offset, slope, points, levels)
        found = deviance(y, mean, prior)
        for _ in range(_STEPS):
            if math.isfinite(found) or step == 0:
                break
            slope = 0.5 * (slope + old_slope)
            for j in range(old_level.size):
                levels[LEVEL, j] = 0.5 * (levels[LEVEL, j] + old_level[j])
            _predict(seasons, clock, offset, slope, points, levels)
            found = deviance(y, mean, prior)
        if not math.isfinite(found):
            return False, slope, square
        if abs(found - old) / (abs(found) + 0.1) < _CLOSE:
            return True, slope, square
        old, old_slope = found, slope
        old_level[:] = levels[LEVEL]
    return False, slope, square


@kernel
def deviance(y, mean, prior):
    """Return the Poisson deviance with prior weights."""
    total = 0.0
    for i in range(y.size):
        part = mean[i]
        if y[i] > 0.0:
            part = y[i] * math.log(y[i] / mean[i]) - (y[i] - mean[i])
        total += prior[i] * part
    return 2.0 * total


@kernel
def _solved(y, prior, seasons, clock, offset, sloped, points, levels):
    """Take one step of weighted least squares; return the slope and its weighted square."""
    mean, weight, linear = points[MEAN], points[WEIGHT], points[LINEAR]
    levels[:] = 0.0
    for i in range(y.size):
        j = seasons[i]
        weight[i] = prior[i] * mean[i]
        working = linear[i] - offset[i] + (y[i] - mean[i]) / mean[i]
        levels[TOTAL, j] += weight[i]
        levels[CENTRE, j] += weight[i] * clock[i]
        levels[LEVEL, j] += weight[i] * working
    for j in range(levels.shape[1]):
        if levels[TOTAL, j] > 0.0:
            levels[CENTRE, j] /= levels[TOTAL, j]
            levels[LEVEL, j] /= levels[TOTAL, j]
    if not sloped:
        return 0.0, 0.0
    whole = square = product = 0.0
    for i in range(y.size):
        away = clock[i] - levels[CENTRE, seasons[i]]
        working = linear[i] - offset[i] + (y[i] - mean[i]) / mean[i]
        whole += weight[i] * clock[i] * clock[i]
        square += weight[i] * away * away
        product += weight[i] * away * (working - levels[LEVEL, seasons[i]])
    if not square > _ALIASED * _ALIASED * whole:
        return 0.0, 0.0
    slope = product / square
    for j in range(levels.shape[1]):
        levels[LEVEL, j] -= slope * levels[CENTRE, j]
    return slope, square


@kernel
def _predict(seasons, clock, offset, slope, points, levels):
    for i in range(seasons.size):
        linear = levels[LEVEL, seasons[i]] + slope * clock[i] + offset[i]
        points[LINEAR, i] = linear
        points[MEAN, i] = max(math.exp(linear), LEAST)
