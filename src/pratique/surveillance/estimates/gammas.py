# SPDX-License-Identifier: Apache-2.0
"""Gamma distributions over arrays: shares below a value, quantiles, and tables of quantiles.

Here is what is derived once (Temme's coefficients, a table for each set of shares); the loops are
in `kernels/gamma.py`.
"""

from __future__ import annotations

from fractions import Fraction
from functools import cache, lru_cache
from math import cos, pi, prod
from statistics import NormalDist

import numpy as np
from numpy.typing import ArrayLike

from pratique.surveillance.arrays import Floats

ORDERS, POWERS = 14, 26
INTERVALS, DEGREE = 8, 13


@cache
def temme() -> Floats:
    """Return the coefficients of Temme's expansion, [order of 1/shape, power of eta].

    DLMF 8.12.7–8.12.12; those of Stirling's series among them, DLMF 5.11.3, in exact fractions.
    """
    depth = POWERS + 2 * ORDERS + 2
    alpha = [Fraction(0), Fraction(1), Fraction(1, 3)]
    for n in range(3, depth + 1):
        folded = sum(j * alpha[j] * alpha[n - j + 1] for j in range(2, n))
        alpha.append((alpha[n - 1] - folded) / (n + 1))
    first = [(n + 2) * alpha[n + 2] for n in range(depth - 2)]
    first[0] = Fraction(-1, 3)
    rows = [first]
    for k in range(1, ORDERS):
        stirling = prod(range(1, 2 * k + 2, 2)) * alpha[2 * k + 1] * (-1) ** k
        above = rows[-1]
        rows.append([stirling * first[n] + (n + 2) * above[n + 2] for n in range(len(above) - 2)])
    return np.array([[float(value) for value in row[:POWERS]] for row in rows])


def upper_share(shape: float, values: ArrayLike) -> Floats:
    """Return the share of a gamma distribution of scale 1 above each value."""
    from pratique.surveillance.kernels.gamma import upper_shares

    flat = np.atleast_1d(np.asarray(values, dtype=np.float64))
    shares: Floats = upper_shares(np.full(flat.size, float(shape)), flat, temme())
    return shares


def gamma_quantiles(shapes: ArrayLike, shares: ArrayLike) -> Floats:
    """Return quantiles of gamma distributions of scale 1, [shape, share]; NaN for no shape.

    Relative error under 1e-12 for shapes from 1e-3 to 1e9 and shares from 1e-6 to 1 - 1e-6.
    """
    from pratique.surveillance.kernels.gamma import quantiles

    flat = np.atleast_1d(np.asarray(shapes, dtype=np.float64))
    wanted = quantile_shares(shares)
    out = np.empty((flat.size, wanted.size))
    quantiles(flat, wanted, normal_quantiles(wanted), temme(), out)
    return out


def quantile_table(shares: ArrayLike) -> Floats:
    """Return quantile / shape as polynomials in 1 / √shape: [interval, power, share].

    Chebyshev interpolation, for shapes of 1 and more. It is derived once for each set of shares.
    """
    return _table(tuple(quantile_shares(shares).tolist()))


@lru_cache(maxsize=32)
def _table(shares: tuple[float, ...]) -> Floats:
    nodes = np.array([cos(pi * (j + 0.5) / (DEGREE + 1)) for j in range(DEGREE + 1)])
    places = (np.arange(INTERVALS)[:, None] + (nodes + 1) / 2) / INTERVALS
    shapes = 1 / places**2
    values = gamma_quantiles(shapes.ravel(), shares) / shapes.ravel()[:, None]
    columns = values.reshape(INTERVALS, DEGREE + 1, len(shares)).transpose(1, 0, 2)
    fitted = np.polynomial.chebyshev.chebfit(nodes, columns.reshape(DEGREE + 1, -1), DEGREE)
    powers = np.apply_along_axis(np.polynomial.chebyshev.cheb2poly, 0, fitted)
    table = powers.reshape(DEGREE + 1, INTERVALS, len(shares)).transpose(1, 0, 2)
    return np.ascontiguousarray(table)


def quantile_shares(shares: ArrayLike) -> Floats:
    """Return the shares as an array; ValueError unless all lie between 0 and 1."""
    wanted = np.atleast_1d(np.asarray(shares, dtype=np.float64))
    if wanted.ndim != 1 or not ((wanted > 0) & (wanted < 1)).all():
        raise ValueError("quantiles are shares between 0 and 1, both excluded")
    return wanted


def normal_quantiles(shares: Floats) -> Floats:
    """Return the values below which those shares of a standard normal distribution lie."""
    normal = NormalDist()
    return np.array([normal.inv_cdf(share) for share in shares])
