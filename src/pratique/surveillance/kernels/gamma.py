# SPDX-License-Identifier: Apache-2.0
"""The incomplete gamma function and its inverse, number by number and from a table.

Series and continued fraction after Abramowitz & Stegun 6.5.29 and 6.5.31; near the mean of a large
shape Temme's uniform expansion (DLMF 8.12.3–8.12.8), whose coefficients `gammas.py` derives.
"""

from __future__ import annotations

import math

import numpy as np

from pratique.surveillance.kernels.compiled import inlined, kernel

EPSILON = 2.0**-53
TEMME_FROM = 12.0
"""The least shape for which Temme's expansion, as far as it is derived, has all digits."""


@kernel
def density(shape, x):
    """Return x times the gamma density of scale 1, so exp(-x) x^shape / gamma(shape)."""
    if x <= 0.0:
        return 0.0
    if shape < TEMME_FROM:
        return shape * math.exp(shape * math.log(x) - x - math.lgamma(shape + 1.0))
    off = (x - shape) / shape
    inverse = 1.0 / shape
    square = inverse * inverse
    # Stirling's series of log gamma (Abramowitz & Stegun 6.1.41), from the twelfth on all digits.
    stirling = inverse * (
        1 / 12
        - square
        * (1 / 360 - square * (1 / 1260 - square * (1 / 1680 - square * (1 / 1188 - square / 523))))
    )
    exponent = shape * (off - math.log1p(off))
    return math.sqrt(shape / (2.0 * math.pi)) * math.exp(-exponent - stirling)


@kernel
def _by_series(shape, x):
    term = 1.0
    total = 1.0
    above = shape
    while term > EPSILON * total:
        above += 1.0
        term *= x / above
        total += term
    return density(shape, x) / shape * total


@kernel
def _by_fraction(shape, x):
    odd = x + 1.0 - shape
    c = 1.0 / 1e-300
    d = 1.0 / odd
    value = d
    for step in range(1, 10_000):
        weight = step * (shape - step)
        odd += 2.0
        d = 1.0 / (weight * d + odd)
        c = odd + weight / c
        value *= d * c
        if abs(d * c - 1.0) <= 2.0 * EPSILON:
            break
    return density(shape, x) * value


@kernel
def _by_temme(shape, x, temme):
    """Return the lower and upper tails by the uniform expansion, x within half of the shape."""
    off = (x - shape) / shape
    half_square = max(off - math.log1p(off), 0.0)
    eta = math.copysign(math.sqrt(2.0 * half_square), off)
    rest = 0.0
    factor = 1.0
    for row in temme:
        value = 0.0
        for coefficient in row[::-1]:
            value = value * eta + coefficient
        rest += factor * value
        factor /= shape
        if factor < 0.01 * EPSILON:
            break
    rest *= math.exp(-shape * half_square) / math.sqrt(2.0 * math.pi * shape)
    root = eta * math.sqrt(0.5 * shape)
    return 0.5 * math.erfc(-root) - rest, 0.5 * math.erfc(root) + rest


@kernel
def tails(shape, x, temme):
    """Return P and Q: the shares of a gamma distribution of scale 1 below and above x."""
    if x <= 0.0:
        return 0.0, 1.0
    if shape >= TEMME_FROM and abs(x - shape) <= 0.5 * shape:
        return _by_temme(shape, x, temme)
    if x < shape + 1.0:
        below = _by_series(shape, x)
        return below, 1.0 - below
    above = _by_fraction(shape, x)
    return 1.0 - above, above


@kernel
def first_guess(shape, p, z):
    """Return a value near the quantile: Wilson and Hilferty 1931, or the foot of the series."""
    root = 1.0 - 1.0 / (9.0 * shape) + z / (3.0 * math.sqrt(shape))
    if root > 0.3:
        return shape * root * root * root
    return math.exp((math.log(p) + math.lgamma(shape + 1.0)) / shape)


@kernel
def quantile(shape, p, z, temme):
    """Return the value below which a share p lies; z is the normal quantile of p.

    Halley's method on the logarithm of the smaller tail over the logarithm of the value: there it
    is concave, so that no start leads astray. Nothing under 1e-300 is told from nought.
    """
    x = first_guess(shape, p, z)
    lower = p < 0.5
    goal = math.log(p) if lower else math.log1p(-p)
    sign = 1.0 if lower else -1.0
    for _ in range(60):
        if x < 1e-300:
            return 0.0
        below, above = tails(shape, x, temme)
        tail = below if lower else above
        slope = sign * density(shape, x) / tail
        newton = (math.log(tail) - goal) / slope
        bent = 1.0 - 0.5 * newton * (shape - x - slope)
        step = newton / bent if bent > 0.5 else newton
        step = min(max(step, -2.0), 2.0)
        x *= math.exp(-step)
        if abs(step) * (1.0 + math.sqrt(shape)) < 1e-5:
            break
    return x


@kernel
def quantiles(shapes, shares, normal, temme, out):
    """Fill out [shape, share] with quantiles, each by itself."""
    for row in range(shapes.size):
        for column in range(shares.size):
            out[row, column] = quantile(shapes[row], shares[column], normal[column], temme)


@inlined
def from_table(shape, table, out):
    """Fill out [share] with quantiles of a shape of 1 or more.

    `table` [interval, power, share] holds quantile / shape as polynomials in 1 / √shape.
    """
    place = table.shape[0] / math.sqrt(shape)
    interval = min(int(place), table.shape[0] - 1)
    t = 2.0 * (place - interval) - 1.0
    pieces = table[interval]
    top = pieces.shape[0] - 1
    for share in range(out.size):
        out[share] = pieces[top, share]
    for power in range(top - 1, -1, -1):
        for share in range(out.size):
            out[share] = out[share] * t + pieces[power, share]
    for share in range(out.size):
        out[share] *= shape


@kernel
def mixture_quantile(shape, scales, p, standard, temme):
    """Return the quantile of gamma distributions of one shape mixed in equal parts.

    It lies between those of the least and the greatest scale; `standard` is that of scale 1.
    """
    low = standard * scales.min()
    high = standard * scales.max()
    x = standard * scales.mean()
    lower = p < 0.5
    goal = p if lower else 1.0 - p
    for _ in range(200):
        tail = 0.0
        slope = 0.0
        for scale in scales:
            below, above = tails(shape, x / scale, temme)
            tail += below if lower else above
            slope += density(shape, x / scale)
        off = (tail / scales.size - goal) * (1.0 if lower else -1.0)
        if off > 0.0:
            high = x
        else:
            low = x
        after = x - off * x * scales.size / slope
        if not low < after < high:
            after = 0.5 * (low + high)
        if abs(after - x) <= 1e-13 * x:
            return after
        x = after
    return x


@kernel
def upper_shares(shapes, values, temme):
    """Return Q of each pair of shape and value, both flat."""
    out = np.empty(shapes.size)
    for index in range(shapes.size):
        out[index] = tails(shapes[index], values[index], temme)[1]
    return out
