# SPDX-License-Identifier: Apache-2.0
"""Tails and quantiles of the distributions of counts, against SciPy's and exact sums."""

from __future__ import annotations

import math
from decimal import Decimal, localcontext

import numpy as np
import pytest
from scipy import special, stats

from pratique.surveillance.kernels import elementary
from pratique.surveillance.kernels.compiled import kernel
from pratique.surveillance.kernels.tails import (
    count_from,
    count_quantile,
    normal_above,
    student_beyond,
    student_quantile,
)

DRAWN = 400


def test_tails_of_student_are_as_scipys() -> None:
    random = np.random.default_rng(1)
    for t, df in zip(random.normal(0, 3, DRAWN), random.integers(1, 400, DRAWN), strict=True):
        told = 2 * stats.t.sf(abs(t), df)
        assert student_beyond(t, float(df)) == pytest.approx(told, rel=1e-10)
    assert student_beyond(1e-9, 30.0) < 1


def test_quantiles_of_student_are_where_the_tail_says() -> None:
    for p in (0.5, 0.05, 1e-4):
        assert student_quantile(p, 29) == pytest.approx(stats.t.isf(p / 2, 29), rel=1e-12)
    assert student_quantile(1.5, 29) < 0 < student_quantile(1.0, 29) < 1e-12


def test_tails_of_counts_are_as_scipys() -> None:
    random = np.random.default_rng(2)
    for _ in range(DRAWN):
        mean, phi = 10 ** random.uniform(-3, 4), 1 + 10 ** random.uniform(-3, 2)
        least = float(random.poisson(mean * random.uniform(0.5, 2)) + 1)
        told = special.betainc(least, mean / (phi - 1), (phi - 1) / phi)
        assert count_from(least, mean, phi) == pytest.approx(told, rel=1e-9, abs=1e-200)
        told = special.gammainc(least, mean)
        assert count_from(least, mean, 1.0) == pytest.approx(told, rel=1e-9, abs=1e-200)


@pytest.mark.parametrize(
    ("mean", "phi", "least"), [(4747.1, 1.0000045, 4716), (50.3, 1.0000001, 70), (9e3, 1.2, 9300)]
)
def test_laws_near_poisson_lose_no_digits(mean: float, phi: float, least: int) -> None:
    with localcontext() as context:
        context.prec = 50
        spread = Decimal(phi)
        size = Decimal(mean) / (spread - 1)
        share, below = (spread - 1) / spread, Decimal(0)
        mass = (-size * spread.ln()).exp()
        for count in range(least):
            below += mass
            mass *= (size + count) * share / (count + 1)
        told = float(1 - below)
    assert count_from(float(least), mean, phi) == pytest.approx(told, rel=1e-10)


@pytest.mark.parametrize("alpha", [0.5, 0.05, 0.005, 1e-6])
def test_quantiles_of_counts_are_as_scipys(alpha: float) -> None:
    random = np.random.default_rng(3)
    z = float(stats.norm.isf(alpha))
    for _ in range(DRAWN):
        mean, phi = 10 ** random.uniform(-4, 4), 1 + 10 ** random.uniform(-4, 4)
        told = stats.nbinom.isf(alpha, mean / (phi - 1), 1 / phi)
        assert count_quantile(alpha, z, mean, phi) == told
        assert count_quantile(alpha, z, mean, 0.5) == stats.poisson.isf(alpha, mean)


def test_what_has_no_law_has_no_tail() -> None:
    assert math.isnan(count_quantile(0.05, 1.6, math.inf, 2.0))
    assert math.isnan(count_from(math.nan, 3.0, 2.0))
    assert [count_from(0.0, 3.0, 2.0), count_from(1.0, 0.0, 2.0)] == [1.0, 0.0]
    assert count_quantile(0.05, 1.6, 0.0, 1.0) == 0.0


def test_means_beyond_all_counts_take_the_normal_law() -> None:
    assert count_from(1e12, 1e12, 2.0) == pytest.approx(0.5, abs=1e-5)
    assert count_quantile(0.05, 1.6448536, 1e12, 2.0) == pytest.approx(1e12 + 1.6448536 * 2e12**0.5)
    assert normal_above(1.959963984540054) == pytest.approx(0.025, rel=1e-12)


@kernel
def _both(x: np.ndarray, powers: np.ndarray, logarithms: np.ndarray) -> None:
    for i in range(x.size):
        powers[i] = elementary.exponential(x[i])
        logarithms[i] = elementary.logarithm(powers[i])


def test_exponentials_and_logarithms_have_all_digits() -> None:
    x = np.concatenate([np.random.default_rng(4).uniform(-600, 600, 5000), [0.0, 1.0, -1.0]])
    powers, logarithms = np.empty_like(x), np.empty_like(x)
    _both(x, powers, logarithms)
    np.testing.assert_allclose(powers, np.exp(x), rtol=1e-15)
    np.testing.assert_allclose(logarithms, np.log(powers), rtol=5e-16, atol=5e-16)
