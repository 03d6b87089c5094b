# SPDX-License-Identifier: Apache-2.0
"""The CUSUM against its definition, step by step; where it starts, and what missing counts do."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pratique.surveillance import detect
from pratique.surveillance.charts.seasonal import seasonal_design
from pratique.surveillance.kernels import cusum, loglinear

SERIES = np.random.default_rng(1).poisson(4, (5, 160)).astype(float)
RESIDUALS = {
    "standard": lambda y, m: (y - m) / math.sqrt(m),
    "rossi": lambda y, m: (y - 3 * m + 2 * math.sqrt(m * y)) / (2 * math.sqrt(m)),
    "anscombe": lambda y, m: 1.5 * (y ** (2 / 3) - m ** (2 / 3)) / m ** (1 / 6),
    "anscombe2nd": lambda y, m: (
        1.5 * (y ** (2 / 3) - m ** (2 / 3) + m ** (-1 / 3) / 9) / m ** (1 / 6)
    ),
    "pearsonNegBin": lambda y, m: (y - m) / math.sqrt(m + 0.1 * m * m),
    "none": lambda y, m: y,
}


@pytest.mark.parametrize("trans", RESIDUALS)
@given(
    counts=st.lists(st.integers(0, 20).map(float), min_size=1, max_size=30),
    m=st.sampled_from([0.2, 1.0, 4.0, 9.5]),
    k=st.sampled_from([0.0, 0.5, 1.04]),
)
def test_the_sum_is_that_of_the_definition(
    trans: str, counts: list[float], m: float, k: float
) -> None:
    found = detect("cusum", counts, trans=trans, m=m, k=k)
    assert found.score is not None
    total, sums = 0.0, []
    for count in counts:
        total = max(0.0, total + RESIDUALS[trans](count, m) - k)
        sums.append(total)
    assert found.score[0] == pytest.approx(sums, rel=1e-9, abs=1e-9)
    assert np.array_equal(found.alarm, found.score >= 2.26)


@pytest.mark.parametrize("trans", ["rossi", "anscombe", "pearsonNegBin"])
def test_the_bound_is_the_count_at_which_the_limit_is_reached(trans: str) -> None:
    found = detect("cusum", SERIES, at=slice(100, None), trans=trans, m=4.0)
    assert found.score is not None
    for series, row in enumerate(SERIES[:, 100:]):
        before = 0.0
        for index, _ in enumerate(row):
            upper = found.upper[series, index]
            if upper > 0:
                reached = before + RESIDUALS[trans](upper, 4.0) - 1.04
                assert reached == pytest.approx(2.26, abs=1e-9)
            before = found.score[series, index]


def test_the_standard_bound_is_a_whole_count() -> None:
    upper = detect("cusum", SERIES, at=slice(100, None)).upper
    assert np.array_equal(upper, np.round(upper))


def test_the_mean_is_that_of_all_counts_before_the_chart() -> None:
    counts = SERIES.copy()
    counts[0, 10:20] = np.nan
    found = detect("cusum", counts, at=slice(100, None))
    assert found.expected is not None
    assert found.expected[:, 0] == pytest.approx(np.nanmean(counts[:, :100], axis=1))
    assert (found.expected == found.expected[:, :1]).all()


def test_the_seasonal_mean_is_the_likeliest() -> None:
    found = detect("cusum", SERIES, at=slice(120, None), m="glm")
    design = seasonal_design(160, 52, 1, trend=False)
    assert found.expected is not None
    for row, counts in zip(found.expected, SERIES[:, :120], strict=True):
        terms = np.linalg.lstsq(design[120:], np.log(row), rcond=None)[0]
        score = design[:120].T @ (counts - np.exp(design[:120] @ terms))
        assert abs(score).max() < 1e-3


def test_a_mean_may_be_given_for_each_time() -> None:
    levels = np.linspace(2, 6, 60)
    found = detect("cusum", SERIES, at=slice(100, None), m=levels)
    assert found.expected is not None
    assert np.array_equal(found.expected, np.tile(levels, (5, 1)))
    with pytest.raises(ValueError, match="one for each of the 50 times"):
        detect("cusum", SERIES, at=slice(110, None), m=levels)


def test_a_chart_may_start_before_the_first_monitored_time() -> None:
    long = detect("cusum", SERIES, at=slice(100, None), m=4.0)
    last = detect("cusum", SERIES, at=[-1], m=4.0, run_in=59)
    assert long.score is not None
    assert last.score is not None
    assert np.array_equal(last.score[:, 0], long.score[:, -1])
    assert detect("cusum", SERIES, run_in=30).at[0] == 31


def test_weeks_between_monitored_ones_are_added_up_too() -> None:
    whole = detect("cusum", SERIES, at=slice(100, 150))
    some = detect("cusum", SERIES, at=[100, 149])
    assert np.array_equal(some.upper, whole.upper[:, [0, -1]])


def test_a_missing_count_leaves_the_sum_as_it_was() -> None:
    counts = SERIES.copy()
    counts[:, 130] = np.nan
    found = detect("cusum", counts, at=slice(100, None), m=4.0)
    without = detect("cusum", np.delete(counts, 130, axis=1), at=slice(100, None), m=4.0)
    assert found.score is not None
    assert without.score is not None
    assert np.array_equal(np.delete(found.score, 30, axis=1), without.score)
    assert not found.alarm[:, 30].any()


def test_where_nothing_was_expected_zero_counts_leave_it_unknown_as_with_the_peer() -> None:
    counts = np.r_[np.zeros(101), 3 * np.ones(9)]
    late = detect("cusum", counts, at=slice(100, None))
    assert (late.upper == 0).all()
    assert not late.alarm.any()
    assert detect("cusum", counts, at=slice(101, None)).alarm.all()
    assert detect("cusum", counts, at=slice(100, None), m=0.1).alarm[:, 1:].all()


def test_compiled_loops_agree_with_the_plain_ones() -> None:
    counts, mean = SERIES[:2, :40].copy(), np.full((2, 40), 3.5)
    counts[0, 5] = np.nan
    for trans in range(6):
        found = []
        for run in (cusum.charted, cusum.charted.py_func):
            upper, score = np.empty(counts.shape), np.empty(counts.shape)
            raised = np.empty(counts.shape, np.bool_)
            run(counts, 0, mean, cusum.Rules(1.04, 2.26, trans, 0.1), upper, raised, score)
            found.append(np.stack([upper, score, raised]))
        assert found[0] == pytest.approx(found[1], rel=1e-12)


@pytest.mark.parametrize("spread", [0.0, 0.3, np.nan])
def test_compiled_fits_agree_with_the_plain_ones(spread: float) -> None:
    design = seasonal_design(60, 52, 1, trend=True)
    found = []
    for run in (loglinear.fitted, loglinear.fitted.py_func):
        alpha, coefficients = np.full(2, spread), np.zeros((2, 4))
        run(design, SERIES[:2, :60].copy(), alpha, coefficients)
        found.append(np.c_[alpha, coefficients])
    assert found[0] == pytest.approx(found[1], rel=1e-9)


def test_what_cannot_be_fitted_is_not_known() -> None:
    counts = np.full((1, 60), np.nan)
    counts[0, 40:] = 5
    found = detect("cusum", counts, at=slice(30, None), m="glm")
    assert np.isnan(found.upper).all()
    assert not found.alarm.any()


@pytest.mark.parametrize("end", [1, 63, 64, 65, 160])
def test_means_are_of_what_is_known(end: int) -> None:
    counts = np.where(np.random.default_rng(6).random(SERIES.shape) < 0.3, np.nan, SERIES)
    counts[0], counts[1, 0] = np.nan, 7
    for run in (cusum.known_means, cusum.known_means.py_func):
        mean = np.empty(len(counts))
        with np.errstate(invalid="ignore"):
            run(counts, end, mean)
        assert np.isnan(mean[0])
        assert mean[1] == np.nanmean(counts[1, :end])
