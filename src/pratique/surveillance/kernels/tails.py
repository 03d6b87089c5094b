# SPDX-License-Identifier: Apache-2.0
"""Tails of the normal, Student's, Poisson and negative binomial distributions, and two quantiles.

The incomplete beta and gamma functions are computed by Lentz's continued fractions and by series
(Abramowitz and Stegun 6.5.29, 6.5.31, 26.5.8); one value at a time, to about 1e-13.
"""

from __future__ import annotations

import math

import numpy as np

from pratique.surveillance.kernels.compiled import kernel

# R's quantiles of counts forgive so many roundings of the probability, and so do these.
_FORGIVEN = 1 + 64 * 2.220446049250313e-16
_NEAR = 48
# Of greater means the normal law is as good as the fractions, and it ends.
_GREAT = 1e8
# Beyond this size of the negative binomial law the fractions lose digits.
_NEARLY_POISSON = 1e5


@kernel
def normal_above(z):
    """Return the chance that a standard normal exceeds z."""
    return 0.5 * math.erfc(z / math.sqrt(2.0))


@kernel
def _lifted(number):
    """Return a number that a division bears."""
    return 1e-300 if abs(number) < 1e-300 else number


@kernel
def _beta_fraction(a, b, x):
    c, d = 1.0, 1.0 / _lifted(1.0 - (a + b) * x / (a + 1.0))
    total = d
    for m in range(1, 100_000):
        even = m * (b - m) * x / ((a + 2 * m - 1.0) * (a + 2 * m))
        d, c = 1.0 / _lifted(1.0 + even * d), _lifted(1.0 + even / c)
        total *= d * c
        odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1.0))
        d, c = 1.0 / _lifted(1.0 + odd * d), _lifted(1.0 + odd / c)
        total *= d * c
        if abs(d * c - 1.0) < 1e-15:
            break
    return total


@kernel
def log_rise(a, b):
    """Return the logarithm of gamma(a + b) over gamma(b); for great b by Stirling's series.

    The difference of the two logarithms would lose as many digits as b has.
    """
    if b < 1e3:
        return math.lgamma(a + b) - math.lgamma(b)
    whole = a + b
    twelfths, cubes = 1.0 / whole - 1.0 / b, 1.0 / whole**3 - 1.0 / b**3
    leading = (b - 0.5) * math.log1p(a / b) + a * (math.log(whole) - 1.0)
    return leading + twelfths / 12.0 - cubes / 360.0


@kernel
def beta_below(a, b, x, rest):
    """Return the regularised incomplete beta function I_x(a, b); `rest` is 1 − x, exactly."""
    if x <= 0.0 or rest <= 0.0:
        return 0.0 if x <= 0.0 else 1.0
    log_x = math.log(x) if x < 0.5 else math.log1p(-rest)
    log_rest = math.log(rest) if rest < 0.5 else math.log1p(-x)
    least, most = min(a, b), max(a, b)
    log_front = log_rise(least, most) - math.lgamma(least)
    front = math.exp(log_front + a * log_x + b * log_rest)
    if x * (a + b + 2.0) < a + 1.0:
        return front * _beta_fraction(a, b, x) / a
    return 1.0 - front * _beta_fraction(b, a, rest) / b


@kernel
def student_beyond(t, df):
    """Return the chance that Student's t with `df` degrees of freedom lies beyond ±t."""
    square = t * t
    share, rest = square / (df + square), df / (df + square)
    if square < 1.0:
        return 1.0 - beta_below(0.5, 0.5 * df, share, rest)
    return beta_below(0.5 * df, 0.5, rest, share)


@kernel
def student_quantile(p, freedom):
    """Return the t beyond ± which lies the chance p; below 0 for more than 1."""
    if p >= 1.0:
        # What is closer to 0 than this is made of rounding errors.
        return 1e-13 if p == 1.0 else -1.0
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
def _gamma_below(a, x):
    """Return the regularised lower incomplete gamma function P(a, x)."""
    front = math.exp(a * math.log(x) - x - math.lgamma(a))
    if x < a + 1.0:
        term = total = 1.0 / a
        for k in range(1, 1_000_000):
            term *= x / (a + k)
            total += term
            if term < total * 1e-16:
                break
        return front * total
    c, d = 1e300, 1.0 / (x + 1.0 - a)
    total = d
    for k in range(1, 1_000_000):
        step, wide = k * (a - k), x + 2 * k + 1.0 - a
        d, c = 1.0 / _lifted(wide + step * d), _lifted(wide + step / c)
        total *= d * c
        if abs(d * c - 1.0) < 1e-15:
            break
    return 1.0 - front * total


@kernel
def count_from(least, mean, phi):
    """Return the chance of `least` or more, of mean `mean` and variance `phi` × mean.

    Negative binomial, or Poisson where phi is 1 or less; NaN for a mean that is not finite.
    """
    if not mean < math.inf or math.isnan(least):
        return math.nan
    if least <= 0.0:
        return 1.0
    if mean <= 0.0:
        return 0.0
    if mean > _GREAT:
        return normal_above((least - 0.5 - mean) / math.sqrt(max(phi, 1.0) * mean))
    if phi <= 1.0:
        return _gamma_below(least, mean)
    size = mean / (phi - 1.0)
    if size > _NEARLY_POISSON:
        return _summed_from(least, mean, phi)
    return beta_below(least, size, (phi - 1.0) / phi, 1.0 / phi)


@kernel
def _summed_from(least, mean, phi):
    """Return what `count_from` does, term by term from where most of it lies."""
    up, x = least > mean, least if least > mean else least - 1.0
    term = total = _mass(x, mean, phi)
    while term > total * 1e-17 and x > 0.0:
        if up:
            x += 1.0
            term *= _ratio(x, mean, phi)
        else:
            term /= _ratio(x, mean, phi)
            x -= 1.0
        total += term
    return total if up else 1.0 - total


@kernel
def _mass(x, mean, phi):
    if phi <= 1.0:
        return math.exp(x * math.log(mean) - mean - math.lgamma(x + 1.0))
    size = mean / (phi - 1.0)
    ways = log_rise(x, size) - math.lgamma(x + 1.0)
    return math.exp(ways - size * math.log1p(phi - 1.0) + x * math.log((phi - 1.0) / phi))


@kernel
def _ratio(x, mean, phi):
    """Return the mass at x over the mass at x − 1."""
    return mean / x if phi <= 1.0 else (x - 1.0 + mean / (phi - 1.0)) * (phi - 1.0) / (phi * x)


@kernel
def count_quantile(alpha, z, mean, phi):
    """Return the least count that is exceeded with a chance of at most `alpha`.

    Distributed as in `count_from`; `z` is the normal quantile of 1 − alpha, from which the search
    starts (Cornish and Fisher 1938).
    """
    if not mean < math.inf or math.isnan(phi):
        return math.nan
    if mean <= 0.0:
        return 0.0
    spread = max(phi, 1.0)
    sd = math.sqrt(spread * mean)
    allowed = 1.0 - (1.0 - alpha) / _FORGIVEN
    skew = (2.0 * spread - 1.0) / sd
    x = np.floor(max(mean + sd * (z + skew * (z * z - 1.0) / 6.0) + 0.5, 0.0))
    if mean > _GREAT:
        return x
    above = count_from(x + 1.0, mean, phi)
    mass = _mass(x, mean, phi)
    for _ in range(_NEAR):
        if above > allowed:
            x += 1.0
            mass *= _ratio(x, mean, phi)
            above -= mass
            if above <= allowed:
                return x
        elif x == 0.0 or above + mass > allowed:
            return x
        else:
            above += mass
            mass /= _ratio(x, mean, phi)
            x -= 1.0
    return _halved(x, above > allowed, allowed, mean, phi)


@kernel
def _halved(x, low, allowed, mean, phi):
    """Search far: double the step until the quantile is passed, then halve what lies between."""
    step = 64.0
    least = x if low else -1.0
    most = x
    while low and count_from(most + 1.0, mean, phi) > allowed:
        least, most, step = most, most + step, 2.0 * step
    while most - least > 1.0:
        middle = np.floor(0.5 * (least + most))
        if count_from(middle + 1.0, mean, phi) > allowed:
            least = middle
        else:
            most = middle
    return most
