# SPDX-License-Identifier: Apache-2.0
"""Likelihood ratio charts against a search by brute force."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from scipy.optimize import minimize_scalar
from scipy.stats import nbinom, poisson

from pratique.surveillance import Detection, detect
from pratique.surveillance.kernels import glr

SERIES = np.random.default_rng(2).negative_binomial(4, 4 / 9, (4, 130)).astype(float)
SERIES[1, 118:] += 9


def logs(counts: np.ndarray, mean: np.ndarray, alpha: float) -> float:
    """Return the log likelihood of counts of these means."""
    if alpha == 0:
        return float(poisson.logpmf(counts, mean).sum())
    return float(nbinom.logpmf(counts, 1 / alpha, 1 / (1 + alpha * mean)).sum())


def best(counts: np.ndarray, mean: np.ndarray, alpha: float, up: bool) -> float:
    """Return the largest log likelihood ratio of a change since any of these times."""
    found = [0.0]
    for k in range(len(counts)):
        y, m = counts[k:], mean[k:]
        bounds = (0, 6) if up else (-12, 0)

        def worse(
            kappa: float, y: np.ndarray = y, m: np.ndarray = m, none: float = logs(y, m, alpha)
        ) -> float:
            return none - logs(y, m * np.exp(kappa), alpha)

        found.append(-minimize_scalar(worse, bounds=bounds, options={"xatol": 1e-8}).fun)
    return max(found)


@pytest.mark.parametrize("alpha", [0.0, 0.25])
@pytest.mark.parametrize("direction", ["inc", "dec"])
def test_the_statistic_is_the_largest_of_all_changes(alpha: float, direction: str) -> None:
    found = detect(
        "glrnb", SERIES, at=slice(105, 118), mu0=5.0, alpha=alpha, dir=direction, c_arl=1e9
    )
    mean = np.full(13, 5.0)
    for series, counts in enumerate(SERIES[:, 105:118]):
        expected = [
            best(counts[: n + 1], mean[: n + 1], alpha, direction == "inc") for n in range(13)
        ]
        assert found.upper[series] == pytest.approx(expected, rel=1e-5, abs=1e-6)


def test_a_known_change_is_added_up_step_by_step() -> None:
    found = detect("glrnb", SERIES, at=slice(105, None), mu0=5.0, alpha=0.2, theta=0.6, c_arl=1e9)
    for series, counts in enumerate(SERIES[:, 105:]):
        total, sums = 0.0, []
        for count in counts:
            one, mean = np.array([count]), np.array([5.0])
            total = max(0.0, total + logs(one, mean * np.exp(0.6), 0.2) - logs(one, mean, 0.2))
            sums.append(total)
        assert found.upper[series] == pytest.approx(sums, rel=1e-9, abs=1e-12)


def test_after_a_find_the_chart_starts_anew() -> None:
    found = detect("glrnb", SERIES, at=slice(105, None), mu0=5.0, alpha=0.2, c_arl=3)
    first = int(np.flatnonzero(found.alarm[1])[0])
    anew = detect("glrnb", SERIES, at=slice(106 + first, None), mu0=5.0, alpha=0.2, c_arl=3)
    assert np.array_equal(anew.upper[1], found.upper[1, first + 1 :])


def test_a_mean_fitted_again_takes_in_what_was_counted_since() -> None:
    plain: dict[str, Any] = {"at": slice(105, None), "alpha": 0.2, "c_arl": 4, "freq": 26}
    once = detect("glrnb", SERIES, **plain)
    again = detect("glrnb", SERIES, mu0={"refit": True}, **plain)
    first = int(np.flatnonzero(once.alarm[1])[0])
    assert np.array_equal(once.upper[:, : first + 1], again.upper[:, : first + 1])
    later = detect("glrnb", SERIES[1], **(plain | {"at": slice(106 + first, None)}))
    assert means(again)[1, first + 1] == pytest.approx(means(later)[0, 0], rel=1e-9)


def means(found: Detection) -> np.ndarray:
    """Return the means in control."""
    assert found.expected is not None
    return found.expected


def test_looking_back_no_further_than_so_many_times() -> None:
    near = detect("glrnb", SERIES, at=slice(105, None), mu0=5.0, alpha=0, m=1, c_arl=1e9)
    for series, counts in enumerate(SERIES[:, 105:]):
        pairs = [counts[max(n - 1, 0) : n + 1] for n in range(25)]
        expected = [best(pair, np.full(len(pair), 5.0), 0.0, up=True) for pair in pairs]
        assert near.upper[series] == pytest.approx(expected, rel=1e-5, abs=1e-6)


def test_a_rise_must_have_lasted() -> None:
    found = detect("glrnb", SERIES, at=slice(105, None), mu0=5.0, alpha=0, mtilde=3)
    assert (found.upper[:, :2] == 0).all()


def test_a_huge_rise_over_almost_nothing_is_found() -> None:
    # The peer's search runs away here and answers 0.
    counts = np.r_[np.tile([0.0, 0.0, 0.0, 1.0, 0.0], 25), 0.0, 40.0, 60.0]
    found = detect("glrnb", counts, at=slice(125, None), mu0=0.02, alpha=0.5)
    assert found.alarm[0].tolist() == [False, True, True]


def test_dispersion_is_estimated_where_none_is_given() -> None:
    found = detect("glrnb", SERIES[:1], at=slice(120, None))
    assert found.phi is not None
    assert 0.05 < found.phi[0, 0] < 0.6
    even = detect("glrnb", np.tile([2.0, 3.0], 65), at=slice(120, None))
    assert even.phi is not None
    assert 0 <= even.phi[0, 0] < 1e-3


def test_a_missing_count_says_nothing() -> None:
    counts = SERIES.copy()
    counts[:, 110] = np.nan
    found = detect("glrnb", counts, at=slice(105, None), mu0=5.0, alpha=0.2)
    without = detect(
        "glrnb", np.delete(counts, 110, axis=1), at=slice(105, None), mu0=5.0, alpha=0.2
    )
    assert np.array_equal(np.delete(found.upper, 5, axis=1), without.upper)


@pytest.mark.parametrize(
    ("mu0", "words"),
    [({"S": -1}, "0 or more"), ({"slope": True}, "has no `slope`"), (0, "more than 0")],
)
def test_a_wrong_mean_is_refused(mu0: Any, words: str) -> None:
    with pytest.raises(ValueError, match=words):
        detect("glrnb", SERIES, mu0=mu0)


@pytest.mark.parametrize("alpha", [0.0, 0.3])
@pytest.mark.parametrize("kappa", [np.nan, 0.5])
def test_compiled_loops_agree_with_the_plain_ones(alpha: float, kappa: float) -> None:
    counts = SERIES[:2, 100:].copy()
    counts[0, 3] = np.nan
    found = []
    for run in (glr.charted, glr.charted.py_func):
        upper, raised = np.full(counts.shape, np.nan), np.zeros(counts.shape, np.bool_)
        begin, rules = np.array([0, 4]), glr.Rules(4.0, kappa, True, 10, 1, True)
        run(counts, np.full(counts.shape, 4.5), np.full(2, alpha), begin, rules, upper, raised)
        found.append((upper, raised, begin))
    for one, other in zip(*found, strict=True):
        assert one == pytest.approx(other, rel=1e-9, abs=1e-12, nan_ok=True)
