# SPDX-License-Identifier: Apache-2.0
"""The reproduction number: what it means, missing counts, imported cases, what is refused."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import gamma

from pratique.surveillance.estimates.cori import Reproduction, reproduction
from pratique.surveillance.estimates.serial import discretised_serial_interval
from pratique.surveillance.kernels import renewal

SI: dict[str, Any] = {"mean_si": 4.8, "std_si": 2.3}


def by_hand(counts: list[float], weights: np.ndarray, start: int, end: int) -> tuple[float, float]:
    """Return shape and scale of a posterior, by the plainest sums."""
    pressure = sum(
        weights[s] * counts[t - s] for t in range(start, end + 1) for s in range(1, t + 1)
    )
    return 1 + sum(counts[start : end + 1]), 1 / (1 / 5 + pressure)


def test_it_is_the_gamma_posterior_of_the_renewal_equation() -> None:
    counts = [float(x) for x in np.random.default_rng(1).poisson(12, 30)]
    found = reproduction(counts, **SI)
    weights = discretised_serial_interval(np.arange(30), 4.8, 2.3)
    for window, (start, end) in enumerate(zip(found.t_start, found.t_end, strict=True)):
        shape, scale = by_hand(counts, weights, start, end)
        posterior = gamma(shape, scale=scale)
        assert found.mean[0, window] == pytest.approx(posterior.mean(), rel=1e-12)
        assert found.sd[0, window] == pytest.approx(posterior.std(), rel=1e-12)
        expected = posterior.ppf(found.shares)
        assert found.quantiles[0, window] == pytest.approx(expected, rel=1e-10)


def test_windows_of_seven_after_the_first_time_unless_given() -> None:
    found = reproduction(np.ones(20), **SI)
    assert found.t_start.tolist() == list(range(1, 14))
    assert found.t_end.tolist() == list(range(7, 20))
    chosen = reproduction(np.ones(20), **SI, t_start=[1, 9], t_end=[8, 9])
    assert chosen.mean.shape == (1, 2)
    assert chosen.quantiles.shape == (1, 2, 7)


def test_nothing_is_said_before_a_mean_serial_interval_has_passed() -> None:
    found = reproduction(np.full(20, 5.0), mean_si=9.5, std_si=2.0)
    assert found.t_end[np.isnan(found.mean[0])].tolist() == [7, 8]


def test_each_series_is_as_if_alone() -> None:
    counts = np.random.default_rng(2).poisson(3, (5, 40)).astype(float)
    counts[3, 12] = np.nan
    together = reproduction(counts, **SI)
    for row, series in enumerate(counts):
        alone = reproduction(series, **SI)
        assert np.array_equal(together.quantiles[row], alone.quantiles[0], equal_nan=True)


def test_imported_cases_infect_but_were_not_infected_here() -> None:
    counts, elsewhere = np.full(20, 10.0), np.zeros(20)
    elsewhere[5] = 10
    found = reproduction(counts, **SI, imported=elsewhere)
    plain = reproduction(counts, **SI)
    without = (found.t_start <= 5) & (found.t_end >= 5)
    ratio = (found.mean / plain.mean)[0]
    assert ratio[without & ~np.isnan(ratio)] == pytest.approx(61 / 71)
    assert ratio[~without] == pytest.approx(1)


def test_a_missing_count_is_not_nought() -> None:
    counts = np.full(60, 10.0)
    counts[30] = np.nan
    found = reproduction(counts, **SI)
    unknown = np.isnan(found.mean[0]) & (found.t_end > 7)
    weights = discretised_serial_interval(np.arange(60), 4.8, 2.3)
    reach = 30 + int(np.flatnonzero(weights > 0.01).max())
    assert found.t_end[unknown].tolist() == list(range(30, reach + 7))
    assert np.array_equal(np.isnan(found.quantiles[0, :, 0]), np.isnan(found.mean[0]))
    strict = reproduction(counts, **SI, missing_weight=0.0)
    assert np.isnan(strict.mean[0, strict.t_end >= 30]).all()


def test_no_case_gives_the_prior() -> None:
    found = reproduction(np.zeros(20), **SI)
    assert found.mean[0] == pytest.approx(5)
    assert found.sd[0] == pytest.approx(5)


def test_a_prior_of_shape_below_one() -> None:
    found = reproduction(np.zeros(12), **SI, mean_prior=5, std_prior=10)
    expected = gamma(0.25, scale=20).ppf(found.shares)
    assert found.quantiles[0] == pytest.approx(np.tile(expected, (5, 1)), rel=1e-12)


def test_uncertain_intervals_are_mixed() -> None:
    rng = np.random.default_rng(3)
    counts = rng.poisson(20, 40).astype(float)
    intervals = np.array([discretised_serial_interval(np.arange(40), m, 2.0) for m in (3, 5, 8)])
    found = reproduction(counts, "uncertain_si", si_distr=intervals)
    parts = [reproduction(counts, "non_parametric_si", si_distr=row) for row in intervals]
    window = 20
    shape = 1 + counts[parts[0].t_start[window] : parts[0].t_end[window] + 1].sum()
    scales = [part.mean[0, window] / shape for part in parts]
    draws = np.concatenate([rng.gamma(shape, scale, 400_000) for scale in scales])
    assert found.mean[0, window] == pytest.approx(draws.mean(), rel=2e-3)
    assert found.sd[0, window] == pytest.approx(draws.std(), rel=4e-3)
    expected = np.quantile(draws, found.shares)
    assert found.quantiles[0, window] == pytest.approx(expected, rel=4e-3)


def test_intervals_that_agree_are_one() -> None:
    counts = np.random.default_rng(4).poisson(2, 30)
    one = np.array([0, 0.2, 0.5, 0.3])
    mixed = reproduction(counts, "uncertain_si", si_distr=[one, one])
    alone = reproduction(counts, "non_parametric_si", si_distr=one)
    assert mixed.quantiles == pytest.approx(alone.quantiles, rel=1e-12, nan_ok=True)
    assert mixed.sd == pytest.approx(alone.sd, rel=1e-12, nan_ok=True)


@given(st.lists(st.integers(0, 10_000), min_size=12, max_size=40), st.floats(0.5, 9))
def test_quantiles_are_in_order_about_the_mean(counts: list[int], spread: float) -> None:
    found = reproduction(counts, **SI, std_prior=spread)
    told = ~np.isnan(found.mean)
    assert told.any()
    quantiles = found.quantiles[told]
    assert (np.diff(quantiles, axis=-1) >= 0).all()
    assert (
        (quantiles[:, 0] <= found.mean[told]) & (found.mean[told] <= quantiles[:, -1])
    ).all() or (spread > 9)


def test_compiled_and_plain_loops_agree() -> None:
    weights = discretised_serial_interval(np.arange(25), 4.8, 2.3)
    counts = np.random.default_rng(5).poisson(4, (3, 25)).astype(float)
    counts[1, 9] = np.nan
    starts = np.arange(1, 19)
    prior = np.array([1.0, 5.0])
    found = [np.empty((3, 2, 18)) for _ in range(2)]
    for loops, out in zip((renewal.posteriors, renewal.posteriors.py_func), found, strict=True):
        loops(counts, counts, weights, 0.01, starts, starts + 6, prior, out)
    assert found[0] == pytest.approx(found[1], rel=1e-14, nan_ok=True)


@pytest.mark.parametrize(
    ("settings", "words"),
    [
        ({"method": "guess"}, "no method"),
        ({}, "takes `mean_si`"),
        ({**SI, "si_distr": [0, 1]}, "no `si_distr`"),
        ({"method": "non_parametric_si"}, "takes `si_distr`"),
        ({"method": "non_parametric_si", "si_distr": [[0, 1], [0, 1]]}, "one serial interval"),
        ({**SI, "window": 0}, "at least one time"),
        ({**SI, "t_start": [1]}, "together"),
        ({**SI, "t_start": [0], "t_end": [3]}, "after the first"),
        ({**SI, "t_start": [3], "t_end": [20]}, "within the 20 times"),
        ({**SI, "t_start": [5], "t_end": [4]}, "before it ends"),
        ({**SI, "t_start": [1.5], "t_end": [4]}, "whole times"),
        ({**SI, "mean_prior": 0}, "the prior"),
        ({**SI, "quantiles": [0.5, 1.0]}, "between 0 and 1"),
        ({**SI, "imported": np.full(20, 9.0)}, "never more"),
        ({**SI, "imported": np.ones(19)}, "same series and times"),
    ],
)
def test_wrong_settings_are_refused(settings: dict[str, Any], words: str) -> None:
    with pytest.raises(ValueError, match=words):
        reproduction(np.ones(20), **settings)


def test_a_series_shorter_than_a_window_has_no_window() -> None:
    found = reproduction(np.ones(5), **SI)
    assert isinstance(found, Reproduction)
    assert found.quantiles.shape == (1, 0, 7)
