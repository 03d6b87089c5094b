# SPDX-License-Identifier: Apache-2.0
"""Growth rates and doubling times."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.optimize import minimize
from scipy.stats import t as student

from pratique.surveillance.estimates.growth import growth, student_quantile


def fitted(counts: np.ndarray) -> float:
    """Return the slope of a Poisson regression on time, found by a search that knows no slope."""
    time = np.arange(counts.size)
    told = ~np.isnan(counts)
    y, at = counts[told], time[told] - 3.0

    def loss(line: np.ndarray) -> float:
        return float((np.exp(line[0] + line[1] * at) - y * (line[0] + line[1] * at)).sum())

    found = minimize(loss, [np.log(y.mean()), 0.0], method="Nelder-Mead", options={"xatol": 1e-9})
    return float(found.x[1])


def test_steady_growth_is_found_exactly() -> None:
    counts = 10 * np.exp(0.1 * np.arange(20))
    found = growth(counts, window=9)
    assert found.rate[0] == pytest.approx(0.1, rel=1e-10)
    assert found.doubling[0] == pytest.approx(np.log(2) / 0.1, rel=1e-10)
    assert found.t_end.tolist() == list(range(8, 20))
    assert (found.phi == 1).all()


def test_it_is_the_likeliest_rate() -> None:
    counts = np.random.default_rng(1).negative_binomial(2, 0.1, (3, 12)).astype(float)
    counts[0, 5] = np.nan
    counts[1, 2:5] = 0
    found = growth(counts)
    for series in range(3):
        for window in range(6):
            slope = fitted(counts[series, window : window + 7])
            assert found.rate[series, window] == pytest.approx(slope, abs=2e-6)


def test_the_peer_says_the_same() -> None:
    # R 4.2.2: summary(glm(y ~ I(0:6), family = quasipoisson)); t on 5 degrees of freedom.
    found = growth([3.0, 0, 7, 12, 9, 30, 41])
    assert found.rate[0, 0] == pytest.approx(0.5213230940045057, rel=1e-7)
    assert found.phi[0, 0] == pytest.approx(1.7612964609160122, rel=1e-7)
    reach = student.ppf(0.975, 5) * 0.0875307400293272
    assert found.upper[0, 0] - found.rate[0, 0] == pytest.approx(reach, rel=1e-7)
    assert found.rate[0, 0] - found.lower[0, 0] == pytest.approx(reach, rel=1e-7)


def test_intervals_cover_the_rate_as_often_as_they_say() -> None:
    rng = np.random.default_rng(2)
    level = 30 * np.exp(0.08 * np.arange(14))
    poisson = growth(rng.poisson(level, (1500, 14)), window=14)
    scattered = growth(rng.poisson(rng.gamma(level / 4, 4, (1500, 14))), window=14)
    for found in (poisson, scattered):
        inside = (found.lower <= 0.08) & (found.upper >= 0.08)
        assert 0.93 < inside.mean() < 0.985
    # Control: read without the dispersion, the second would be too sure of itself.
    narrow = (scattered.upper - scattered.rate) / np.sqrt(scattered.phi)
    assert (abs(scattered.rate - 0.08) < narrow).mean() < 0.8


def test_an_interval_about_nought_doubles_or_halves() -> None:
    found = growth(np.random.default_rng(3).poisson(5, 7))
    assert found.lower[0, 0] < 0 < found.upper[0, 0]
    assert found.doubling_lower[0, 0] > 0 > found.doubling_upper[0, 0]


def test_flat_counts_never_double() -> None:
    found = growth([5.0] * 7)
    assert found.rate[0, 0] == pytest.approx(0, abs=1e-12)
    assert abs(found.doubling[0, 0]) > 1e11


@pytest.mark.parametrize(
    "counts", [[0.0] * 7, [0, 0, 0, 4.0, 0, 0, 0], [np.nan] * 5 + [1, 2], [np.nan] * 7]
)
def test_too_little_gives_no_estimate(counts: list[float]) -> None:
    found = growth(counts)
    assert np.isnan(found.rate[0, 0])
    assert np.isnan(found.upper[0, 0])
    assert np.isnan(found.doubling[0, 0])


def test_a_wave_out_of_next_to_nothing_is_fitted() -> None:
    found = growth([0.0, 0, 0, 0, 0, 1, 1_000_000])
    assert found.rate[0, 0] == pytest.approx(np.log(1_000_000), rel=1e-5)


@pytest.mark.parametrize("share", [0.5, 0.9, 0.975, 0.9995])
def test_students_quantiles(share: float) -> None:
    for freedom in (1, 2, 3, 5, 12, 101):
        expected = student.ppf(share, freedom)
        assert student_quantile(share, freedom) == pytest.approx(expected, rel=1e-9, abs=1e-12)


@pytest.mark.parametrize(("window", "level"), [(2, 0.95), (21, 0.95), (7, 1.0), (7, 0.0)])
def test_wrong_settings_are_refused(window: int, level: float) -> None:
    with pytest.raises(ValueError, match=r"window has|level of an interval"):
        growth(np.ones(20), window=window, level=level)
