# SPDX-License-Identifier: Apache-2.0
"""The regression of `glm.py` for many series abreast: no offset, the same steps and the same end.

Series stand in lanes, over which all inner loops run. Means of consecutive times differ by one
factor, so a step needs one exponential a stretch; sums of counts never change.
"""

from __future__ import annotations

from pratique.surveillance.kernels.compiled import inlined, kernel
from pratique.surveillance.kernels.elementary import exponential, logarithm

LANES = 32
# Rows of lanes stand behind one another in one array, at places that the compiler knows: so it
# sees that they do not overlap, and needs few checks before it takes several lanes at once.
# Of `points` [point, row × lane]: the count, whether it is known, its weight, and what is made of
# it: m log m − 0.1 of the first mean m = y + 0.1, y log y, and y to the power 2/3.
COUNT, KNOWN, WEIGHT, FIRST, SELF, ROOT, POINTS = range(0, 7 * LANES, LANES)
# Of `sums` [season, row × lane]: of weights w, of wy, wyt, wm, wmt, wmt², w FIRST, w FIRST t and
# w SELF.
PRIOR, COUNTED, TIMED, M0, M1, M2, B0, B1, OWN, SUMS = range(0, 10 * LANES, LANES)
# Of `levels` [season, row × lane]: the level now, and a step ago; working weights and mean time, a
# step ago; the logarithm of the mean count; what the next step adds; e to the power of the level a
# step ago, of −level, level / 2 and −level / 6; the share that a count has in its level.
LEVEL, OLD_LEVEL, TOTAL, CENTRE, USUAL, STEP = range(0, 6 * LANES, LANES)
OLD_BASE, INVERSE, HALF, SIXTH, SHARE, LEVELS = range(6 * LANES, 12 * LANES, LANES)
# Of `lanes` [row × lane]: what is found, and from ONE on room for what a loop needs.
SLOPE, OLD_SLOPE, SQUARE, DEVIANCE, WITHIN, DONE = range(0, 6 * LANES, LANES)
PHI, SPREAD, TESTED, NUMBER, MOST = range(6 * LANES, 11 * LANES, LANES)
HARD, KEPT, LATER, ETA, VARIANCE = range(11 * LANES, 16 * LANES, LANES)
ONE, TWO, THREE, FOUR, FIVE, SIX, SEVEN, EIGHT, ROWS = range(16 * LANES, 25 * LANES, LANES)
_CLOSE, _STEPS = 1e-8, 25


@kernel
def fit_abreast(block, prior, design, sloped):
    """Fit log mean = level[season] + slope × clock, step by step as `glm.fit` does."""
    _, sums, levels, lanes = block
    _sum_counts(block, prior, design)
    _start(sums, levels, lanes, sloped)
    for step in range(1, _STEPS + 1):
        if sloped:
            _sum_means(block, prior, design)
        else:
            _sum_level_means(sums, levels)
        _settle(sums, levels, lanes, step)
        if lanes[DONE : DONE + LANES].min() > 0.0:
            return
        _advance(sums, levels, lanes, sloped)
    for lane in range(LANES):
        if lanes[DONE + lane] == 0.0:
            lanes[HARD + lane] = 1.0


@kernel
def _sum_counts(block, prior, design):
    """Fill in the sums that no step changes, and those of the first step."""
    points, sums, _, _ = block
    runs, clock, _ = design
    sums[:] = 0.0
    for run in range(runs.shape[1]):
        total = sums[runs[2, run]]
        for i in range(runs[0, run], runs[1, run]):
            t, point = clock[i], points[i]
            weights = point[prior : prior + LANES]
            for lane in range(LANES):
                weight, y = weights[lane], point[COUNT + lane]
                count, mean, first = weight * y, weight * (y + 0.1), weight * point[FIRST + lane]
                total[PRIOR + lane] += weight
                total[COUNTED + lane] += count
                total[TIMED + lane] += count * t
                total[M0 + lane] += mean
                total[M1 + lane] += mean * t
                total[M2 + lane] += mean * t * t
                total[B0 + lane] += first
                total[B1 + lane] += first * t
                total[OWN + lane] += weight * point[SELF + lane]


@kernel
def _start(sums, levels, lanes, sloped):
    """Take the first step, from means y + 0.1; fill in the deviance within seasons."""
    lanes[: DONE + LANES] = 0.0
    lanes[ONE : ONE + LANES] = 0.0
    for j in range(levels.shape[0]):
        total, level = sums[j], levels[j]
        for lane in range(LANES):
            counted, m1 = total[COUNTED + lane], total[M1 + lane]
            mean = counted / total[PRIOR + lane]
            usual = logarithm(mean if mean > 1e-300 else 1e-300)
            centre = m1 / total[M0 + lane]
            level[USUAL + lane], level[CENTRE + lane] = usual, centre
            lanes[WITHIN + lane] += total[OWN + lane] - counted * usual
            lanes[SQUARE + lane] += total[M2 + lane] - centre * m1
            lanes[ONE + lane] += total[B1 + lane] - centre * total[B0 + lane]
        for lane in range(LANES):
            if total[PRIOR + lane] == 0.0:
                lanes[HARD + lane] = 1.0
    for lane in range(LANES):
        lanes[SLOPE + lane] = lanes[ONE + lane] / lanes[SQUARE + lane] if sloped else 0.0
    for j in range(levels.shape[0]):
        total, level = sums[j], levels[j]
        for lane in range(LANES):
            away = lanes[SLOPE + lane] * level[CENTRE + lane]
            level[LEVEL + lane] = total[B0 + lane] / total[M0 + lane] - away


@inlined
def bounded(x):
    """Return e to the power x, x being held within what the exponential takes."""
    low = x if x > -600.0 else -600.0
    return exponential(low if low < 600.0 else 600.0)


@kernel
def _sum_level_means(sums, levels):
    for j in range(levels.shape[0]):
        total, level = sums[j], levels[j]
        for lane in range(LANES):
            total[M0 + lane] = total[PRIOR + lane] * bounded(level[LEVEL + lane])
            total[M1 + lane] = total[M2 + lane] = 0.0


@inlined
def apart(clock, run, runs):
    """Say whether a run does not follow the one before at once."""
    first = runs[0, run]
    return run == 0 or clock[first] - clock[first - 1] != 1.0


@kernel
def _sum_means(block, prior, design):
    """Sum weighted means, and these times the clock and its square, by season."""
    points, sums, levels, lanes = block
    runs, clock, _ = design
    for j in range(levels.shape[0]):
        sums[j, M0 : M2 + LANES] = 0.0
    for lane in range(LANES):
        lanes[ONE + lane] = bounded(lanes[SLOPE + lane])
    for run in range(runs.shape[1]):
        i, stop, total = runs[0, run], runs[1, run], sums[runs[2, run]]
        if apart(clock, run, runs):
            for lane in range(LANES):
                lanes[TWO + lane] = bounded(lanes[SLOPE + lane] * clock[i])
        while i + 4 <= stop:
            _four(points, i, prior, clock[i], total, lanes)
            i += 4
        while i < stop:
            _one(points[i, prior : prior + LANES], clock[i], total, lanes)
            i += 1
    for j in range(levels.shape[0]):
        total, level = sums[j], levels[j]
        for lane in range(LANES):
            base = bounded(level[LEVEL + lane])
            total[M0 + lane] *= base
            total[M1 + lane] *= base
            total[M2 + lane] *= base


@inlined
def _one(weight, t, total, lanes):
    for lane in range(LANES):
        e = lanes[TWO + lane]
        a = weight[lane] * e
        total[M0 + lane] += a
        total[M1 + lane] += a * t
        total[M2 + lane] += a * t * t
        lanes[TWO + lane] = e * lanes[ONE + lane]


@inlined
def _four(points, i, prior, t, total, lanes):
    # Four at a time: the sums are read and written once for them, which takes most of the time.
    one, two = points[i, prior : prior + LANES], points[i + 1, prior : prior + LANES]
    three, four = points[i + 2, prior : prior + LANES], points[i + 3, prior : prior + LANES]
    for lane in range(LANES):
        r, e = lanes[ONE + lane], lanes[TWO + lane]
        a = one[lane] * e
        e *= r
        b = two[lane] * e
        e *= r
        c = three[lane] * e
        e *= r
        d = four[lane] * e
        lanes[TWO + lane] = e * r
        later, square = b + 2.0 * c + 3.0 * d, b + 4.0 * c + 9.0 * d
        mean = a + b + c + d
        total[M0 + lane] += mean
        total[M1 + lane] += mean * t + later
        total[M2 + lane] += (mean * t + 2.0 * later) * t + square


@kernel
def _settle(sums, levels, lanes, step):
    """Fill in the deviance, and mark the lanes where it changes no more."""
    lanes[ONE : ONE + LANES] = 0.0
    for j in range(levels.shape[0]):
        total, level = sums[j], levels[j]
        for lane in range(LANES):
            above = level[LEVEL + lane] - level[USUAL + lane]
            counted = total[COUNTED + lane]
            between = total[M0 + lane] - counted - counted * above
            lanes[ONE + lane] += between - lanes[SLOPE + lane] * total[TIMED + lane]
    for lane in range(LANES):
        deviance = 2.0 * (lanes[ONE + lane] + lanes[WITHIN + lane])
        change = abs(deviance - lanes[DEVIANCE + lane]) / (abs(deviance) + 0.1)
        # R compares the first step with means y + 0.1, to which none of these counts comes close.
        close = change < _CLOSE and step > 1
        lanes[DONE + lane] = 1.0 if close or lanes[DONE + lane] > 0.0 else 0.0
        lanes[DEVIANCE + lane] = deviance


@kernel
def _advance(sums, levels, lanes, sloped):
    """Take the next step in the lanes that are not done, and keep this one as the old."""
    lanes[ONE : TWO + LANES] = 0.0
    for j in range(levels.shape[0]):
        total, level = sums[j], levels[j]
        for lane in range(LANES):
            m0, m1 = total[M0 + lane], total[M1 + lane]
            away, ahead = m1 / m0, total[COUNTED + lane] - m0
            lanes[ONE + lane] += total[M2 + lane] - away * m1
            lanes[TWO + lane] += total[TIMED + lane] - m1 - away * ahead
            free = lanes[DONE + lane] == 0.0
            level[TOTAL + lane] = m0 if free else level[TOTAL + lane]
            level[CENTRE + lane] = away if free else level[CENTRE + lane]
            level[OLD_LEVEL + lane] = level[LEVEL + lane] if free else level[OLD_LEVEL + lane]
            level[STEP + lane] = ahead / m0 if free else 0.0
    for lane in range(LANES):
        free, square, slope = lanes[DONE + lane] == 0.0, lanes[ONE + lane], lanes[SLOPE + lane]
        step = lanes[TWO + lane] / square if free and sloped else 0.0
        lanes[TWO + lane] = step
        lanes[SQUARE + lane] = square if free else lanes[SQUARE + lane]
        lanes[OLD_SLOPE + lane] = slope if free else lanes[OLD_SLOPE + lane]
        lanes[SLOPE + lane] = slope + step
    for j in range(levels.shape[0]):
        level = levels[j]
        for lane in range(LANES):
            away = lanes[TWO + lane] * level[CENTRE + lane]
            level[LEVEL + lane] += level[STEP + lane] - away
