# SPDX-License-Identifier: Apache-2.0
"""Log-linear models of counts, series by series: Poisson, or negative binomial with one dispersion.

The variance is mean + alpha × mean². Missing counts are left out; a model that cannot be fitted
has NaN for its coefficients.
"""

from __future__ import annotations

import math

import numpy as np

from pratique.surveillance.kernels.compiled import kernel

STEPS = 25
# Where R's fit of the size stops: its means depend on it where counts vary little.
SIZE_STEPS, SIZE_CLOSE = 24, 2.220446049250313e-16**0.25
TINY = 2.220446049250313e-16


@kernel
def _solved(gram, right):
    """Solve gram x = right in place by Cholesky's factors; False if gram is not definite."""
    size = right.size
    for i in range(size):
        for j in range(i + 1):
            rest = gram[i, j]
            for m in range(j):
                rest -= gram[i, m] * gram[j, m]
            if i > j:
                gram[i, j] = rest / gram[j, j]
            elif rest > 1e-13 * gram[i, i]:
                gram[i, i] = math.sqrt(rest)
            else:
                return False
        for m in range(i):
            right[i] -= gram[i, m] * right[m]
        right[i] /= gram[i, i]
    for i in range(size - 1, -1, -1):
        for m in range(i + 1, size):
            right[i] -= gram[m, i] * right[m]
        right[i] /= gram[i, i]
    return True


@kernel
def _deviance(count, mean, alpha):
    part = count * math.log(count / mean) if count > 0.0 else 0.0
    if alpha == 0.0:
        return 2.0 * (part - count + mean)
    size = 1.0 / alpha
    return 2.0 * (part - (count + size) * math.log((count + size) / (mean + size)))


@kernel
def _reweighted(design, counts, linear, mean, alpha, gram, right):
    """Fill the normal equations of one step."""
    gram[:] = 0.0
    right[:] = 0.0
    for t in range(counts.size):
        if not math.isnan(counts[t]):
            weight = mean[t] / (1.0 + alpha * mean[t])
            aim = weight * (linear[t] + (counts[t] - mean[t]) / mean[t])
            for i in range(right.size):
                right[i] += aim * design[t, i]
                for j in range(i + 1):
                    gram[i, j] += weight * design[t, i] * design[t, j]


@kernel
def _distance(counts, mean, alpha):
    total = 0.0
    for t in range(counts.size):
        if not math.isnan(counts[t]):
            total += _deviance(counts[t], mean[t], alpha)
    return total


@kernel
def _fitted(design, counts, alpha, mean, coefficients):
    """Fit from the given mean, which becomes the fitted one; False if that is not possible.

    Iteratively reweighted least squares until the deviance changes by less than 1e-8 of itself.
    """
    size = coefficients.size
    gram, right, linear = np.empty((size, size)), np.empty(size), np.log(mean)
    before = _distance(counts, mean, alpha)
    for _ in range(STEPS):
        _reweighted(design, counts, linear, mean, alpha, gram, right)
        if not _solved(gram, right):
            return False
        coefficients[:] = right
        for t in range(counts.size):
            linear[t] = 0.0
            for i in range(size):
                linear[t] += design[t, i] * right[i]
            mean[t] = max(math.exp(linear[t]), TINY)
        now = _distance(counts, mean, alpha)
        if not abs(now - before) >= 1e-8 * (abs(now) + 0.1):
            break
        before = now
    return True


@kernel
def _digamma_rise(x, count):
    """Return psi(x + count) − psi(x) and how much less the derivative is, for a whole count."""
    rise = fall = 0.0
    for j in range(int(count)):
        part = 1.0 / (x + j)
        rise += part
        fall += part * part
    return rise, fall


@kernel
def _size_step(counts, mean, size):
    """Return the slope of the log likelihood in the size 1/alpha, and its curvature downwards."""
    slope = bend = 0.0
    for t in range(counts.size):
        if not math.isnan(counts[t]):
            rise, fall = _digamma_rise(size, counts[t])
            wide, heavy = mean[t] + size, counts[t] + size
            slope += rise + math.log(size) + 1.0 - math.log(wide) - heavy / wide
            bend += fall - 1.0 / size + 2.0 / wide - heavy / (wide * wide)
    return slope, bend


@kernel
def _size_of(counts, mean):
    """Return the likeliest size 1/alpha for given means, by Newton's method from the moments."""
    known, square = 0, 0.0
    for t in range(counts.size):
        if not math.isnan(counts[t]):
            known += 1
            square += (counts[t] / mean[t] - 1.0) ** 2
    size = known / square
    for _ in range(SIZE_STEPS):
        slope, bend = _size_step(counts, mean, abs(size))
        size = abs(size) + slope / bend
        if not abs(slope / bend) > SIZE_CLOSE:
            break
    return size


@kernel
def _likelihood(counts, mean, size):
    total = 0.0
    for t in range(counts.size):
        if not math.isnan(counts[t]):
            count = counts[t]
            total += math.lgamma(size + count) - math.lgamma(size) - math.lgamma(count + 1.0)
            total += size * math.log(size / (size + mean[t]))
            total += count * math.log(mean[t] / (size + mean[t])) if count > 0.0 else 0.0
    return total


@kernel
def _size_fitted(design, counts, mean, coefficients):
    """Fit size and coefficients in turn, from fitted Poisson means; return 1/size.

    R's order is kept: each size is that of the means before the fit that goes with it, which
    stops a little short of the likeliest size.
    """
    size, known = _size_of(counts, mean), counts.size - np.isnan(counts).sum()
    unit = math.sqrt(2.0 * max(1.0, known - coefficients.size))
    before = _likelihood(counts, mean, size)
    for _ in range(STEPS):
        old = mean.copy()
        if not (size > 0.0 and _fitted(design, counts, 1.0 / size, mean, coefficients)):
            return 0.0
        last, size = size, _size_of(counts, old)
        now = _likelihood(counts, mean, size)
        if not abs(before - now) / unit + abs(size - last) > 1e-8:
            break
        before = now
    return 1.0 / size


@kernel
def fitted(design, counts, alpha, coefficients):
    """Fill the coefficients [series, term] of log-linear means, and alpha where it is NaN.

    design [time, term]; counts [series, time]; alpha [series]: 0 for Poisson, NaN to be estimated.
    """
    for series in range(counts.shape[0]):
        row, given, found = counts[series], alpha[series], coefficients[series]
        mean = np.where(row == 0.0, 1.0 / 6.0, row) if given > 0.0 else row + 0.1
        if not _fitted(design, row, given if given > 0.0 else 0.0, mean, found):
            found[:] = math.nan
        elif math.isnan(given):
            alpha[series] = _size_fitted(design, row, mean, found)


@kernel
def predicted(design, coefficients, mean):
    """Fill the means [series, time] of coefficients [series, term] over design [time, term]."""
    for series in range(mean.shape[0]):
        for t in range(mean.shape[1]):
            linear = 0.0
            for i in range(design.shape[1]):
                linear += design[t, i] * coefficients[series, i]
            mean[series, t] = math.exp(linear)
