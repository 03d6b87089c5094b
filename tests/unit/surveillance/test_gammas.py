# SPDX-License-Identifier: Apache-2.0
"""Gamma distributions against SciPy, and tables of quantiles against quantiles one by one."""

from __future__ import annotations

from math import log10

import numpy as np
import pytest
from scipy.special import gammaincc, gammainccinv, gammaincinv

from pratique.surveillance.arrays import Floats
from pratique.surveillance.estimates.gammas import (
    gamma_quantiles,
    normal_quantiles,
    quantile_table,
    temme,
    upper_share,
)
from pratique.surveillance.kernels import gamma
from pratique.surveillance.kernels.renewal import gamma_shares

SHARES = np.array([1e-6, 1e-3, 0.025, 0.05, 0.25, 0.5, 0.75, 0.95, 0.975, 0.999, 1 - 1e-6])


def shapes(n: int, low: float, high: float) -> Floats:
    """Return shapes spread evenly on the log scale, by chance of a fixed seed."""
    rng = np.random.default_rng(11)
    drawn: Floats = 10 ** rng.uniform(log10(low), log10(high), n)
    return drawn


def peer(shape: Floats, shares: Floats) -> Floats:
    """Return SciPy's quantiles [shape, share], the upper half from the upper tail."""
    lower = gammaincinv(shape[:, None], shares)
    upper = gammainccinv(shape[:, None], 1 - shares)
    return np.where(shares < 0.5, lower, upper)


def worst(found: Floats, expected: Floats) -> float:
    """Return the greatest relative difference where the expected is not next to nothing."""
    told = expected > 1e-290
    return float(abs(found[told] / expected[told] - 1).max())


def test_quantiles_agree_with_scipy_for_all_shapes() -> None:
    given = shapes(3000, 1e-3, 1e7)
    # Far out in the lower tail SciPy loses digits for the greatest shapes: 9e-6 at 1e8.
    few = given < 1e5
    assert worst(gamma_quantiles(given, SHARES[1:]), peer(given, SHARES[1:])) < 2e-12
    assert worst(gamma_quantiles(given[few], SHARES), peer(given[few], SHARES)) < 2e-12


def test_what_is_too_small_for_a_number_is_nought() -> None:
    found = gamma_quantiles([1e-3, 1e-3], [1e-6, 0.4])
    assert (found == 0).all()


def test_quantiles_far_in_the_tails() -> None:
    given = shapes(300, 1e-2, 1e4)
    tails = np.array([1e-12, 1 - 1e-12])
    assert worst(gamma_quantiles(given, tails), peer(given, tails)) < 1e-11


def test_shares_above_a_value_agree_with_scipy() -> None:
    for shape in (0.02, 0.7, 3.0, 11.9, 12.0, 40.0, 5000.0):
        values = shape * np.geomspace(0.05, 4, 200)
        expected = gammaincc(shape, values)
        assert upper_share(shape, values) == pytest.approx(expected, rel=1e-11, abs=1e-300)


def test_no_value_lies_below_nought() -> None:
    assert upper_share(2.0, [-1.0, 0.0]).tolist() == [1.0, 1.0]


def test_the_table_agrees_with_quantiles_one_by_one() -> None:
    given = np.concatenate([shapes(2000, 1.0, 1e8), np.array([1.0])])
    out = np.empty((given.size, SHARES.size))
    normal = normal_quantiles(SHARES)
    gamma_shares(given, SHARES, normal, quantile_table(SHARES), temme(), out)
    one_by_one = gamma_quantiles(given, SHARES)
    assert worst(out[:, 1:], one_by_one[:, 1:]) < 1e-12
    assert worst(out, one_by_one) < 1e-10


def test_shapes_below_one_and_none() -> None:
    given = np.array([0.25, 0.25, np.nan, 0.5, 2.0, 0.25])
    out = np.empty((6, 2))
    shares = np.array([0.1, 0.9])
    gamma_shares(given, shares, normal_quantiles(shares), quantile_table(shares), temme(), out)
    assert np.isnan(out[2]).all()
    told = ~np.isnan(given)
    assert worst(out[told], peer(given[told], shares)) < 1e-12


def test_compiled_and_plain_functions_agree() -> None:
    for shape, x in ((0.3, 0.1), (0.3, 5.0), (8.0, 3.0), (8.0, 30.0), (50.0, 48.0), (1e6, 1e6)):
        plain = gamma.tails.py_func(shape, x, temme())
        assert gamma.tails(shape, x, temme()) == pytest.approx(plain, rel=1e-13)
        assert gamma.density(shape, x) == pytest.approx(gamma.density.py_func(shape, x), rel=1e-13)
    for share in (0.01, 0.5, 0.99):
        z = normal_quantiles(np.array([share]))[0]
        plain = gamma.quantile.py_func(3.7, share, z, temme())
        assert gamma.quantile(3.7, share, z, temme()) == pytest.approx(plain, rel=1e-13)


def test_the_first_coefficients_are_those_of_the_handbook() -> None:
    # DLMF 8.12.9–8.12.10, at eta = 0: c0 = -1/3, c1 = -1/540, c2 = 25/6048.
    assert temme()[:3, 0] == pytest.approx([-1 / 3, -1 / 540, 25 / 6048], rel=1e-15)


@pytest.mark.parametrize("shares", [[0.0], [1.0], [0.5, 2.0], [[0.5]], [float("nan")]])
def test_shares_lie_between_nought_and_one(shares: list[float]) -> None:
    with pytest.raises(ValueError, match="between 0 and 1"):
        gamma_quantiles([1.0], shares)
