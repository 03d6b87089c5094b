# SPDX-License-Identifier: Apache-2.0
"""Farrington's detectors, many series abreast: one design, no offset; the steps of `farrington.py`.

Series stand in lanes, the last axis, over which all inner loops run. Means of consecutive times
differ by one factor, so a step needs one exponential a run of them; sums of counts never change.
What is not of the usual kind (huge counts, an empty season, no convergence) is left to that one.
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
from pratique.surveillance.kernels.tails import student_beyond

LANES = 32
# Rows of `points` [6, point, lane]: counts, which are known, their weights, and what is made of
# them: m log m − 0.1 of the first means m = y + 0.1, y log y, and y to the power 2/3.
COUNT, KNOWN, WEIGHT, FIRST, SELF, ROOT = range(6)
# Rows of `sums` [9, season, lane]: of weights w, of wy, wyt, wm, wmt, wmt², w FIRST, w FIRST t and
# w SELF.
PRIOR, COUNTED, TIMED, M0, M1, M2, B0, B1, OWN = range(9)
# Rows of `levels` [6, season, lane]: now, a step ago; working weights and mean time, a step ago;
# the logarithm of the mean count; what the next step adds.
LEVEL, OLD_LEVEL, TOTAL, CENTRE, USUAL, STEP = range(6)
# Rows of `lanes` [15, lane].
SLOPE, OLD_SLOPE, SQUARE, DEVIANCE, WITHIN, DONE, PHI, SPREAD, NUMBER, MOST = range(10)
HARD, KEPT, ETA, VARIANCE, TESTED = range(10, 15)
ROWS = 15
_CLOSE, _STEPS = 1e-8, 25
# Beyond these the general kernel is exacter.
_HUGE, _FLOORED, _ALONE = 1e5, 1e15, 1e-9


@kernel
def find_abreast(counts, now, chosen, design, settings, found, left):
    """Fill `found` [series, 6] for the time `now` of counts [series, time], as `find_each` does.

    `design`: the runs of consecutive times of one season, [3, run] (first point, point after the
    last, season), the clock of each point, and the clock of `now`. `left` [series] becomes true
    where a series is left to `find_each`.
    """
    runs, _, _ = design
    size, seasons = chosen.size, runs[2].max() + 1
    points = np.empty((6, size, LANES))
    block = points, np.empty((9, seasons, LANES)), np.empty((6, seasons, LANES))
    lanes, scratch = np.empty((ROWS, LANES)), np.empty((8, LANES))
    critical = np.full(size + 1, np.nan)
    for first in range(0, counts.shape[0], LANES):
        _gather(counts, first, chosen, points, lanes)
        if settings[LATE] > 0.0:
            lanes[HARD] = np.maximum(lanes[HARD], 1.0 - points[KNOWN, 0])
        _model(block, design, settings, lanes, scratch, critical)
        for lane in range(min(LANES, counts.shape[0] - first)):
            series = first + lane
            left[series] = lanes[HARD, lane] > 0.0
            if not left[series]:
                eta, kept = lanes[ETA, lane], lanes[KEPT, lane]
                phi, variance = max(lanes[PHI, lane], 1.0), lanes[VARIANCE, lane]
                model = eta, max(math.exp(eta), LEAST), phi, variance, kept
                row = counts[series, max(now + 1 - int(settings[SPAN]), 0) : now + 1]
                judge(row, model, settings, found[series])


@kernel
def _gather(counts, first, chosen, points, lanes):
    """Copy a block's counts into its lanes; a block that is not full repeats the last series."""
    lanes[:] = 0.0
    for lane in range(LANES):
        series = min(first + lane, counts.shape[0] - 1)
        for i in range(chosen.size):
            count = counts[series, chosen[i]]
            known = 0.0 if math.isnan(count) else 1.0
            points[COUNT, i, lane] = count if known > 0.0 else 0.0
            points[KNOWN, i, lane] = known
    for i in range(chosen.size):
        count, known = points[COUNT, i], points[KNOWN, i]
        own, start, root = points[SELF, i], points[FIRST, i], points[ROOT, i]
        number, most = lanes[NUMBER], lanes[MOST]
        for lane in range(LANES):
            y = count[lane]
            number[lane] += known[lane]
            most[lane] = y if y > most[lane] else most[lane]
            log = logarithm(y if y > 1e-300 else 1e-300)
            own[lane] = y * log
            root[lane] = exponential(log * (2.0 / 3.0)) if y > 0.0 else 0.0
            start[lane] = (y + 0.1) * logarithm(y + 0.1) - 0.1
    for lane in range(LANES):
        lanes[HARD, lane] = 1.0 if lanes[MOST, lane] > _HUGE else 0.0


@kernel
def _model(block, design, settings, lanes, scratch, critical):
    """Fit with a slope where the settings say so, and without one wherever it is not kept."""
    if settings[SLOPED] > 0.0:
        _fit_twice(block, design, settings, lanes, scratch, True)
        _keep(block, design, settings, lanes, critical)
    if lanes[KEPT].min() == 0.0:
        kept = lanes.copy()
        _fit_twice(block, design, settings, lanes, scratch, False)
        _predict(block, design, lanes)
        for lane in range(LANES):
            if kept[KEPT, lane] > 0.0:
                lanes[:, lane] = kept[:, lane]


@kernel
def _keep(block, design, settings, lanes, critical):
    """Mark where the slope is kept; `critical` remembers what t it must exceed, by freedom."""
    _predict(block, design, lanes)
    for lane in range(LANES):
        freedom = int(lanes[NUMBER, lane]) - block[1].shape[1] - 1
        square = lanes[SQUARE, lane]
        if freedom > 0 and math.isnan(critical[freedom]):
            critical[freedom] = _student_quantile(settings[KEPT_BELOW], freedom)
        t = abs(lanes[SLOPE, lane]) * math.sqrt(square / lanes[TESTED, lane])
        good = freedom > 0 and t > critical[freedom]
        below = math.exp(lanes[ETA, lane]) <= lanes[MOST, lane]
        lanes[KEPT, lane] = 1.0 if (good and below) or lanes[HARD, lane] > 0.0 else 0.0


@kernel
def _student_quantile(p, freedom):
    """Return the t beyond ± which lies the chance p; 0 or less for 1 and more."""
    if p >= 1.0:
        return 1.0 - p
    low, high = 0.0, 1.0
    while student_beyond(high, freedom) > p:
        low, high = high, 2.0 * high
    for _ in range(60):
        middle = 0.5 * (low + high)
        if student_beyond(middle, freedom) > p:
            low = middle
        else:
            high = middle
    return high


@kernel
def _predict(block, design, lanes):
    """Fill in the linear predictor of the monitored time and its variance."""
    _, _, now = design
    _, _, levels = block
    total, centre, level = levels[TOTAL, -1], levels[CENTRE, -1], levels[LEVEL, -1]
    for lane in range(LANES):
        square = lanes[SQUARE, lane]
        lever = 1.0 / total[lane]
        if square > 0.0:
            lever += (now - centre[lane]) ** 2 / square
        lanes[ETA, lane] = level[lane] + lanes[SLOPE, lane] * now
        lanes[VARIANCE, lane] = lever * lanes[SPREAD, lane]


@kernel
def _fit_twice(block, design, settings, lanes, scratch, sloped):
    """Fit; then, if the settings say so, weigh old outbreaks down and fit again."""
    points, _, _ = block
    _fit(block, points[KNOWN], design, lanes, scratch, sloped)
    _disperse(block, points[KNOWN], design, lanes, scratch, sloped)
    if settings[REWEIGHT] > 0.0:
        for lane in range(LANES):
            lanes[PHI, lane] = max(lanes[PHI, lane], 1.0)
        _reweigh(block, design, settings, lanes, scratch)
        _fit(block, points[WEIGHT], design, lanes, scratch, sloped)
        _disperse(block, points[WEIGHT], design, lanes, scratch, sloped)
    for lane in range(LANES):
        phi = lanes[PHI, lane]
        if settings[QUIRKS] != FLEXIBLE:
            lanes[SPREAD, lane] = max(phi, 1.0)
        elif settings[REWEIGHT] == 0.0:
            lanes[SPREAD, lane] = phi
        lanes[TESTED, lane] = phi if settings[QUIRKS] == OLD else lanes[SPREAD, lane]


@kernel
def _fit(block, prior, design, lanes, scratch, sloped):
    """Fit log mean = level[season] + slope × clock, step by step as `glm.fit` does."""
    _, sums, levels = block
    _sum_counts(block, prior, design)
    _start(sums, levels, lanes, sloped)
    for step in range(1, _STEPS + 1):
        sums[M0 : M2 + 1] = 0.0
        if sloped:
            _sum_means(block, prior, design, lanes, scratch)
        else:
            _sum_level_means(sums, levels)
        _settle(sums, levels, lanes, step)
        if lanes[DONE].min() > 0.0:
            return
        _advance(sums, levels, lanes, sloped)
    for lane in range(LANES):
        if lanes[DONE, lane] == 0.0:
            lanes[HARD, lane] = 1.0


@kernel
def _sum_counts(block, prior, design):
    """Fill in the sums that no step changes, and those of the first step."""
    points, sums, _ = block
    runs, clock, _ = design
    sums[:] = 0.0
    for run in range(runs.shape[1]):
        j = runs[2, run]
        weights, counted, timed = sums[PRIOR, j], sums[COUNTED, j], sums[TIMED, j]
        m0, m1, m2, own = sums[M0, j], sums[M1, j], sums[M2, j], sums[OWN, j]
        b0, b1 = sums[B0, j], sums[B1, j]
        for i in range(runs[0, run], runs[1, run]):
            t, w, y = clock[i], prior[i], points[COUNT, i]
            first, self = points[FIRST, i], points[SELF, i]
            for lane in range(LANES):
                weight = w[lane]
                count, mean = weight * y[lane], weight * (y[lane] + 0.1)
                weights[lane] += weight
                counted[lane] += count
                timed[lane] += count * t
                m0[lane] += mean
                m1[lane] += mean * t
                m2[lane] += mean * t * t
                b0[lane] += weight * first[lane]
                b1[lane] += weight * first[lane] * t
                own[lane] += weight * self[lane]


@kernel
def _start(sums, levels, lanes, sloped):
    """Take the first step, from means y + 0.1; fill in the deviance within seasons."""
    lanes[SLOPE : DONE + 1] = 0.0
    product, square, within = lanes[OLD_SLOPE], lanes[SQUARE], lanes[WITHIN]
    for j in range(levels.shape[1]):
        for lane in range(LANES):
            if sums[PRIOR, j, lane] == 0.0:
                lanes[HARD, lane] = 1.0
        centre = levels[CENTRE, j]
        for lane in range(LANES):
            mean = sums[COUNTED, j, lane] / sums[PRIOR, j, lane]
            usual = logarithm(mean if mean > 1e-300 else 1e-300)
            levels[USUAL, j, lane] = usual
            within[lane] += sums[OWN, j, lane] - sums[COUNTED, j, lane] * usual
            centre[lane] = sums[M1, j, lane] / sums[M0, j, lane]
            square[lane] += sums[M2, j, lane] - centre[lane] * sums[M1, j, lane]
            product[lane] += sums[B1, j, lane] - centre[lane] * sums[B0, j, lane]
    for lane in range(LANES):
        lanes[SLOPE, lane] = product[lane] / square[lane] if sloped else 0.0
    for j in range(levels.shape[1]):
        for lane in range(LANES):
            level = sums[B0, j, lane] / sums[M0, j, lane]
            levels[LEVEL, j, lane] = level - lanes[SLOPE, lane] * levels[CENTRE, j, lane]


@kernel
def _sum_level_means(sums, levels):
    for j in range(levels.shape[1]):
        for lane in range(LANES):
            sums[M0, j, lane] = sums[PRIOR, j, lane] * exponential(levels[LEVEL, j, lane])


@inlined
def _bounded(x):
    """Return e to the power x, x being held within what the exponential takes."""
    low = x if x > -600.0 else -600.0
    return exponential(low if low < 600.0 else 600.0)


@inlined
def _begin(level, slope, t, power, out):
    for lane in range(LANES):
        out[lane] = _bounded(power * (level[lane] + slope[lane] * t))


@kernel
def _sum_means(block, prior, design, lanes, scratch):
    """Sum weighted means, and these times the clock and its square, by season."""
    _, sums, levels = block
    runs, clock, _ = design
    factor, mean = scratch[0], scratch[1]
    for lane in range(LANES):
        factor[lane] = _bounded(lanes[SLOPE, lane])
    for run in range(runs.shape[1]):
        j, i, stop = runs[2, run], runs[0, run], runs[1, run]
        m0, m1, m2 = sums[M0, j], sums[M1, j], sums[M2, j]
        _begin(levels[LEVEL, j], lanes[SLOPE], clock[i], 1.0, mean)
        while i + 4 <= stop:
            _four(prior, i, clock[i], (factor, mean, m0, m1, m2))
            i += 4
        while i < stop:
            _one(prior, i, clock[i], (factor, mean, m0, m1, m2))
            i += 1


@inlined
def _one(prior, i, t, among):
    factor, mean, m0, m1, m2 = among
    weight = prior[i]
    for lane in range(LANES):
        a = weight[lane] * mean[lane]
        m0[lane] += a
        m1[lane] += a * t
        m2[lane] += a * t * t
        mean[lane] *= factor[lane]


@inlined
def _four(prior, i, t, among):
    # Four at a time: the sums are read and written once for them, which takes most of the time.
    factor, mean, m0, m1, m2 = among
    one, two, three, four = prior[i], prior[i + 1], prior[i + 2], prior[i + 3]
    for lane in range(LANES):
        r, e = factor[lane], mean[lane]
        a = one[lane] * e
        e *= r
        b = two[lane] * e
        e *= r
        c = three[lane] * e
        e *= r
        d = four[lane] * e
        mean[lane] = e * r
        total, later, square = a + b + c + d, b + 2.0 * c + 3.0 * d, b + 4.0 * c + 9.0 * d
        m0[lane] += total
        m1[lane] += total * t + later
        m2[lane] += (total * t + 2.0 * later) * t + square


@kernel
def _settle(sums, levels, lanes, step):
    """Fill in the deviance, and mark the lanes where it changes no more."""
    fresh = np.zeros(LANES)
    for j in range(levels.shape[1]):
        for lane in range(LANES):
            above = levels[LEVEL, j, lane] - levels[USUAL, j, lane]
            counted = sums[COUNTED, j, lane]
            between = sums[M0, j, lane] - counted - counted * above
            fresh[lane] += between - lanes[SLOPE, lane] * sums[TIMED, j, lane]
    for lane in range(LANES):
        deviance = 2.0 * (fresh[lane] + lanes[WITHIN, lane])
        change = abs(deviance - lanes[DEVIANCE, lane]) / (abs(deviance) + 0.1)
        # R compares the first step with means y + 0.1, to which none of these counts comes close.
        close = change < _CLOSE and step > 1
        lanes[DONE, lane] = 1.0 if close or lanes[DONE, lane] > 0.0 else 0.0
        lanes[DEVIANCE, lane] = deviance


@kernel
def _advance(sums, levels, lanes, sloped):
    """Take the next step in the lanes that are not done, and keep this one as the old."""
    product, square = np.zeros(LANES), np.zeros(LANES)
    done, slope = lanes[DONE], lanes[SLOPE]
    for j in range(levels.shape[1]):
        total, centre, level = levels[TOTAL, j], levels[CENTRE, j], levels[LEVEL, j]
        for lane in range(LANES):
            m0, m1 = sums[M0, j, lane], sums[M1, j, lane]
            away = m1 / m0
            ahead = sums[COUNTED, j, lane] - m0
            square[lane] += sums[M2, j, lane] - away * m1
            product[lane] += sums[TIMED, j, lane] - m1 - away * ahead
            free = done[lane] == 0.0
            total[lane] = m0 if free else total[lane]
            centre[lane] = away if free else centre[lane]
            levels[OLD_LEVEL, j, lane] = level[lane] if free else levels[OLD_LEVEL, j, lane]
            levels[STEP, j, lane] = ahead / m0 if free else 0.0
    for lane in range(LANES):
        free = done[lane] == 0.0
        step = product[lane] / square[lane] if free and sloped else 0.0
        product[lane] = step
        lanes[SQUARE, lane] = square[lane] if free else lanes[SQUARE, lane]
        lanes[OLD_SLOPE, lane] = slope[lane] if free else lanes[OLD_SLOPE, lane]
        slope[lane] += step
    for j in range(levels.shape[1]):
        for lane in range(LANES):
            levels[LEVEL, j, lane] += (
                levels[STEP, j, lane] - product[lane] * levels[CENTRE, j, lane]
            )


@kernel
def _disperse(block, prior, design, lanes, scratch, sloped):
    """Fill in the dispersions: by working weights, and by prior ones alone (R's quirk)."""
    _, _, levels = block
    runs, clock, _ = design
    old, inverse = scratch[0], scratch[1]
    backward, forward = scratch[2], scratch[3]
    lanes[PHI : SPREAD + 1] = 0.0
    for lane in range(LANES):
        forward[lane] = _bounded(lanes[OLD_SLOPE, lane])
        backward[lane] = _bounded(-lanes[SLOPE, lane])
    for run in range(runs.shape[1]):
        j, first, stop = runs[2, run], runs[0, run], runs[1, run]
        _begin(levels[OLD_LEVEL, j], lanes[OLD_SLOPE], clock[first], 1.0, old)
        _begin(levels[LEVEL, j], lanes[SLOPE], clock[first], -1.0, inverse)
        _mark_tiny(inverse, lanes)
        _sum_squares(block, prior, (first, stop), lanes, scratch)
        _mark_tiny(inverse, lanes)
    rank = levels.shape[1] + (1 if sloped else 0)
    for lane in range(LANES):
        freedom = lanes[NUMBER, lane] - rank
        lanes[PHI, lane] /= freedom
        lanes[SPREAD, lane] /= freedom


@inlined
def _mark_tiny(inverse, lanes):
    """Leave means so near zero that R floors them to the general kernel."""
    for lane in range(LANES):
        lanes[HARD, lane] = 1.0 if inverse[lane] > _FLOORED else lanes[HARD, lane]


@inlined
def _sum_squares(block, prior, run, lanes, scratch):
    points, _, _ = block
    old, inverse, backward, forward = scratch[0], scratch[1], scratch[2], scratch[3]
    by_work, by_prior = lanes[PHI], lanes[SPREAD]
    for i in range(run[0], run[1]):
        w, y = prior[i], points[COUNT, i]
        for lane in range(LANES):
            residual = y[lane] * inverse[lane] - 1.0
            square = w[lane] * residual * residual
            by_prior[lane] += square
            by_work[lane] += square * old[lane]
            old[lane] *= forward[lane]
            inverse[lane] *= backward[lane]


@kernel
def _reweigh(block, design, settings, lanes, scratch):
    """Fill in the weights that `farrington.reweigh` gives."""
    points, _, levels = block
    runs, clock, _ = design
    for lane in range(LANES):
        scratch[4, lane] = _bounded(lanes[OLD_SLOPE, lane])
        scratch[5, lane] = _bounded(lanes[SLOPE, lane])
        scratch[6, lane] = _bounded(lanes[SLOPE, lane] * (-1.0 / 6.0))
        scratch[7, lane] = 1.0 / lanes[SQUARE, lane] if lanes[SQUARE, lane] > 0.0 else 0.0
    scratch[3] = 0.0
    limit = settings[OUTLYING] ** 2
    for run in range(runs.shape[1]):
        j, first = runs[2, run], runs[0, run]
        _begin(levels[OLD_LEVEL, j], lanes[OLD_SLOPE], clock[first], 1.0, scratch[0])
        _begin(levels[LEVEL, j], lanes[SLOPE], clock[first], 1.0, scratch[1])
        _begin(levels[LEVEL, j], lanes[SLOPE], clock[first], -1.0 / 6.0, scratch[2])
        for i in range(first, runs[1, run]):
            _weigh(
                points, i, clock[i], (levels[TOTAL, j], levels[CENTRE, j], limit), lanes, scratch
            )
    for i in range(points.shape[1]):
        weight, known = points[WEIGHT, i], points[KNOWN, i]
        for lane in range(LANES):
            weight[lane] *= known[lane] * lanes[NUMBER, lane] / scratch[3, lane]


@inlined
def _weigh(points, i, t, levels, lanes, scratch):
    total, centre, limit = levels
    old, mean, root, sum_ = scratch[0], scratch[1], scratch[2], scratch[3]
    y, known, weight = points[ROOT, i], points[KNOWN, i], points[WEIGHT, i]
    phi, hard = lanes[PHI], lanes[HARD]
    for lane in range(LANES):
        away = 1.5 * (y[lane] * root[lane] - math.sqrt(mean[lane]))
        off = t - centre[lane]
        rest = 1.0 - known[lane] * old[lane] * (1.0 / total[lane] + off * off * scratch[7, lane])
        hard[lane] = 1.0 if rest < _ALONE else hard[lane]
        usual = phi[lane] * rest
        square = away * away
        weight[lane] = usual / square if away > 0.0 and square > usual * limit else 1.0
        sum_[lane] += known[lane] * weight[lane]
        old[lane] *= scratch[4, lane]
        mean[lane] *= scratch[5, lane]
        root[lane] *= scratch[6, lane]
