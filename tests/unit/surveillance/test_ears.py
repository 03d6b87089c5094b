# SPDX-License-Identifier: Apache-2.0
"""EARS C1, C2 and C3 against their definitions, written out; windows that could lose digits."""

from __future__ import annotations

import math
from fractions import Fraction
from statistics import NormalDist

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pratique.surveillance import detect
from pratique.surveillance.kernels import windows

LAGS = {"ears_c1": 0, "ears_c2": 2}


def moments(window: list[float], least: float) -> tuple[float, float]:
    """Return mean and standard deviation, computed exactly and rounded once."""
    exact = [Fraction(count) for count in window]
    mean = sum(exact) / len(exact)
    variance = sum((count - mean) ** 2 for count in exact) / (len(exact) - 1)
    return float(mean), max(math.sqrt(variance), least)


def excess(counts: list[float], t: int, width: int, least: float) -> float:
    """Return what C2 exceeds 1 by at a time; NaN where nothing varies and nothing exceeds."""
    mean, sd = moments(counts[t - 2 - width : t - 2], least)
    if sd == 0:
        return {0: math.nan, 1: math.inf, -1: 0.0}[int(np.sign(counts[t] - mean))]
    return max(0.0, (counts[t] - mean) / sd - 1)


def bound(method: str, counts: list[float], t: int, *, width: int, least: float, z: float) -> float:
    """Return the bound by the definition."""
    if method in LAGS:
        end = t - LAGS[method]
        mean, sd = moments(counts[end - width : end], least)
        return mean + z * sd
    _, sd = moments(counts[t - 2 - width : t - 2], least)
    before = excess(counts, t - 1, width, least) + excess(counts, t - 2, width, least)
    limit = counts[t] + (sd * (z - before) if sd else math.nan if not before < math.inf else 0.0)
    return limit if math.isnan(limit) else max(0.0, limit)


@pytest.mark.parametrize("method", ["ears_c1", "ears_c2", "ears_c3"])
@given(
    counts=st.lists(st.integers(0, 6).map(float), min_size=20, max_size=40),
    width=st.sampled_from([3, 4, 5, 6, 7, 8, 11]),
    least=st.sampled_from([0.0, 0.5, 1.0]),
    alpha=st.sampled_from([0.001, 0.025, 0.2]),
)
def test_bounds_are_those_of_the_definition(
    method: str, counts: list[float], width: int, least: float, alpha: float
) -> None:
    found = detect(method, counts, baseline=width, min_sigma=least, alpha=alpha)
    z = NormalDist().inv_cdf(1 - alpha)
    expected = [bound(method, counts, int(t), width=width, least=least, z=z) for t in found.at]
    assert found.upper[0] == pytest.approx(expected, rel=1e-12, abs=1e-12, nan_ok=True)


@pytest.mark.parametrize("level", [0.1, 1 / 3, 1e6 + 0.7, 1e12])
def test_a_window_without_spread_has_exactly_none(level: float) -> None:
    for method in ("ears_c1", "ears_c2"):
        for width in (3, 7, 10, 28):
            found = detect(method, np.full(40, level), baseline=width)
            assert (found.upper == level).all()
            assert not found.alarm.any()


@pytest.mark.parametrize("size", [1e3, 1e6, 1e9, 1e12])
def test_large_counts_lose_no_digits(size: float) -> None:
    random = np.random.default_rng(7)
    counts = size + random.integers(0, 50, 60).astype(float)
    counts[20] = 3 * size
    z = NormalDist().inv_cdf(0.999)
    for width in (7, 9):
        found = detect("ears_c1", counts, baseline=width)
        for t, upper in zip(found.at, found.upper[0], strict=True):
            mean, sd = moments(list(counts[t - width : t]), 0.0)
            assert upper == pytest.approx(mean + z * sd, rel=1e-14)


def test_a_missing_count_blinds_its_windows_only() -> None:
    counts = np.random.default_rng(3).poisson(5, 60).astype(float)
    counts[30] = np.nan
    unknown = {
        method: set(found.at[np.isnan(found.upper[0])])
        for method in ("ears_c1", "ears_c2", "ears_c3")
        if (found := detect(method, counts))
    }
    assert unknown["ears_c1"] == set(range(31, 38))
    assert unknown["ears_c2"] == set(range(33, 40))
    assert unknown["ears_c3"] == {30, 31, 32, *range(33, 42)}


def test_history_begins_where_the_method_says() -> None:
    counts = np.arange(30.0)
    for method, first in (("ears_c1", 7), ("ears_c2", 9), ("ears_c3", 11)):
        assert detect(method, counts).at[0] == first
        assert detect(method, counts, baseline=10).at[0] == first + 3


@pytest.mark.parametrize("wrong", [{"baseline": 2}, {"min_sigma": -1}, {"alpha": 1}])
def test_controls_out_of_range_are_refused(wrong: dict[str, float]) -> None:
    with pytest.raises(ValueError, match=f"`{next(iter(wrong))}` must"):
        detect("ears_c1", np.arange(30), **wrong)


@pytest.mark.parametrize("width", [3, 7, 8])
def test_compiled_loops_agree_with_the_plain_ones(width: int) -> None:
    counts = np.random.default_rng(5).poisson(3, (3, 40)).astype(float)
    counts[1, 20] = np.nan
    for kernel, first, rest in (
        (windows.shewhart, width + 2, (width, 2, 3.09, 0.5)),
        (windows.three_excesses, width + 4, (width, 1.96, 0.5)),
    ):
        found = []
        for run in (kernel, kernel.py_func):
            upper = np.empty((3, 40 - first))
            raised = np.empty(upper.shape, np.bool_)
            run(counts, first, *rest, upper, raised)
            found.append((upper, raised))
        assert found[0][0] == pytest.approx(found[1][0], rel=1e-14, nan_ok=True)
        assert np.array_equal(found[0][1], found[1][1])
