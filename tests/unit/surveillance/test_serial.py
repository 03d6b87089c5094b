# SPDX-License-Identifier: Apache-2.0
"""Serial intervals by whole days."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.integrate import quad
from scipy.stats import gamma

from pratique.surveillance.estimates.serial import (
    checked_interval,
    discretised_serial_interval,
    observed_serial_interval,
    sampled_serial_intervals,
)


@pytest.mark.parametrize(("mean", "std"), [(2.6, 1.5), (4.8, 2.3), (22.4, 6.1), (1.5, 3.0)])
def test_weights_are_the_shifted_gamma_spread_over_two_days(mean: float, std: float) -> None:
    spread = gamma(((mean - 1) / std) ** 2, scale=std**2 / (mean - 1))
    weights = discretised_serial_interval(np.arange(40), mean, std)
    for day in (1, 2, 3, 8, 20, 39):
        rises = quad(lambda x, d=day: (x - d + 2) * spread.pdf(x), max(day - 2, 0), day - 1)[0]
        falls = quad(lambda x, d=day: (d - x) * spread.pdf(x), day - 1, day, epsabs=1e-14)[0]
        assert weights[day] == pytest.approx(rises + falls, rel=1e-5, abs=1e-12)


def test_weights_sum_to_one_with_that_mean() -> None:
    days = np.arange(200)
    weights = discretised_serial_interval(days, 8.4, 3.8)
    assert weights[0] == 0
    assert weights.sum() == pytest.approx(1, abs=1e-13)
    assert (weights * days).sum() == pytest.approx(8.4, abs=1e-11)


def test_the_far_tail_keeps_its_digits() -> None:
    weights = discretised_serial_interval(np.arange(120), 4.8, 2.3)
    falling = weights[8:90]
    assert (np.diff(np.log(falling[falling > 0])) < 0).all()
    assert falling[falling > 0].min() < 1e-24


def test_days_in_any_order() -> None:
    all_days = discretised_serial_interval(np.arange(9), 5, 2)
    assert discretised_serial_interval([8, 1, 1], 5, 2).tolist() == all_days[[8, 1, 1]].tolist()


@pytest.mark.parametrize(("mean", "std"), [(1.0, 1.0), (3.0, 0.0), (float("nan"), 1.0)])
def test_a_mean_above_a_day_and_some_deviation(mean: float, std: float) -> None:
    with pytest.raises(ValueError, match="mean above 1 day"):
        discretised_serial_interval([1], mean, std)


@pytest.mark.parametrize("days", [[-1], [1.5]])
def test_days_are_whole(days: list[float]) -> None:
    with pytest.raises(ValueError, match="whole numbers"):
        discretised_serial_interval(days, 3, 1)


def test_observed_pairs_become_shares() -> None:
    assert observed_serial_interval([1, 2, 2, 4]).tolist() == [0, 0.25, 0.5, 0, 0.25]
    assert observed_serial_interval([1, 2], length=5).tolist() == [0, 0.5, 0.5, 0, 0]


@pytest.mark.parametrize("days", [[], [0, 1], [1.5]])
def test_observed_pairs_are_whole_days_apart(days: list[float]) -> None:
    with pytest.raises(ValueError, match="whole days"):
        observed_serial_interval(days)


def test_sampled_intervals_repeat_and_stay_in_range() -> None:
    def drawn() -> np.ndarray:
        rng = np.random.default_rng(5)
        mean, std = (4.8, 1.0, 3.0, 7.0), (2.3, 0.5, 1.0, 4.0)
        return sampled_serial_intervals(rng, 200, mean=mean, std=std, length=80)

    sample = drawn()
    assert (sample == drawn()).all()
    means = sample @ np.arange(80)
    assert means.min() > 2.99
    assert means.max() < 7.01
    assert means.mean() == pytest.approx(4.9, abs=0.2)


def test_a_range_that_hardly_holds_a_value_is_refused() -> None:
    rng = np.random.default_rng(1)
    with pytest.raises(ValueError, match="hardly any value"):
        sampled_serial_intervals(rng, 1, mean=(5, 0.1, 90, 91), std=(2, 1, 1, 3), length=9)
    with pytest.raises(ValueError, match="always exceeds"):
        sampled_serial_intervals(rng, 1, mean=(2, 0.1, 1, 3), std=(5, 0.1, 4, 6), length=9)


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ([0.1, 0.9], "day 0"),
        ([0, 1.1, -0.1], "none is negative"),
        ([0, 0.5], "sum to 1"),
        ([0, float("nan")], "a list of probabilities"),
        ([], "a list of probabilities"),
    ],
)
def test_given_intervals_are_checked(given: list[float], words: str) -> None:
    with pytest.raises(ValueError, match=words):
        checked_interval(given)
