# SPDX-License-Identifier: Apache-2.0
"""Alarms become signals: least counts, the budget of false alarms, the mute, and reasons."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays
from scipy.stats import false_discovery_control

from pratique.base.text import render
from pratique.surveillance import Detection, detect
from pratique.surveillance.arrays import Floats, Truths
from pratique.surveillance.detectors import detector_named
from pratique.surveillance.signals import Sifted, Sifting, discoveries, sifted, unmuted

NAN = math.nan
FIXED = detector_named("fixed_threshold").why


def of(
    counts: list[list[float]], sifting: Sifting, pvalues: list[list[float]] | None = None
) -> Sifted:
    """Return the signals where one case or more is an alarm."""
    array = np.array(counts, dtype=float)
    found = detect("fixed_threshold", array)
    known = None if pvalues is None else np.array(pvalues)
    with_p = Detection(found.at, found.upper, found.alarm, score=found.score, pvalue=known)
    return sifted(with_p, array, FIXED, sifting)


def places(found: Sifted) -> list[tuple[int, int]]:
    """Return the series and time of each signal."""
    return [(one.series, one.time) for one in found.signals]


def test_a_signal_says_what_and_why() -> None:
    (one,) = of([[0, 0], [0, 3]], Sifting()).signals
    assert (one.series, one.time, one.count, one.upper) == (1, 1, 3, 1)
    assert (one.expected, one.pvalue) == (None, None)
    assert render(one.reason) == "3 counted; the threshold is 1"
    assert render(one.reason, "en") == "3 counted; the threshold is 1"


def test_signals_stand_by_time_then_series() -> None:
    assert places(of([[0, 1], [1, 0], [1, 1]], Sifting())) == [(1, 0), (2, 0), (0, 1), (2, 1)]


def test_a_least_count() -> None:
    found = of([[1, 2, 3, NAN]], Sifting(least=2))
    assert (places(found), found.few) == ([(0, 1), (0, 2)], 1)


@pytest.mark.parametrize(
    ("mute", "step", "times"),
    [
        (7, 1, [0, 7, 14]),
        (7, 7, list(range(15))),
        (8, 7, [0, 2, 4, 6, 8, 10, 12, 14]),
        (0, 1, list(range(15))),
    ],
)
def test_a_series_is_mute_for_some_days(mute: int, step: int, times: list[int]) -> None:
    found = of([[1] * 15], Sifting(mute=mute, step=step))
    assert [one.time for one in found.signals] == times
    assert found.muted == 15 - len(times)


def test_each_series_is_mute_alone() -> None:
    assert places(of([[1, 1], [0, 1]], Sifting(step=1))) == [(0, 0), (1, 1)]


def test_the_budget_of_false_alarms() -> None:
    pvalues = [[0.001], [0.02], [0.03], [0.2], [NAN]]
    found = of([[1]] * 5, Sifting(budget=0.05), pvalues)
    # Of four p-values, the third smallest is below 3/4 of 5 %; the fifth keeps its own level.
    assert places(found) == [(0, 0), (1, 0), (2, 0), (4, 0)]
    assert found.over_budget == 1
    assert len(of([[1]] * 5, Sifting(), pvalues).signals) == 5


def test_what_was_not_raised_is_no_signal_however_small_its_p_value() -> None:
    assert places(of([[0], [1]], Sifting(budget=0.5), [[0.0001], [0.1]])) == [(1, 0)]


@pytest.mark.parametrize("controls", [{"budget": 0}, {"budget": 1}, {"mute": -1}, {"step": 0}])
def test_wrong_siftings(controls: dict[str, int]) -> None:
    with pytest.raises(ValueError, match=r"budget|mute"):
        Sifting(**controls)


@given(
    arrays.arrays(
        np.float64, st.tuples(st.integers(1, 20), st.integers(1, 3)), elements=st.floats(0, 1)
    ),
    st.floats(0.01, 0.5),
)
def test_discoveries_are_those_of_the_published_procedure(pvalues: Floats, budget: float) -> None:
    found = discoveries(pvalues, budget)
    adjusted = false_discovery_control(pvalues, axis=0, method="bh")
    clear = np.abs(adjusted - budget) > 1e-9
    assert (found == (adjusted <= budget))[clear].all()


def test_unknown_p_values_never_count() -> None:
    known = np.array([[0.01], [0.04], [0.5]])
    padded = np.vstack([known, np.full((20, 1), NAN)])
    assert discoveries(padded, 0.1)[:3].tolist() == discoveries(known, 0.1).tolist()
    assert not discoveries(padded, 0.1)[3:].any()


@given(arrays.arrays(np.bool_, (3, 12)), st.integers(0, 6))
def test_no_two_signals_stand_closer_than_the_mute(raised: Truths, mute: int) -> None:
    told = unmuted(raised, np.arange(12), mute)
    assert not (told & ~raised).any()
    for row, given_row in zip(told, raised, strict=True):
        times = np.flatnonzero(row)
        assert (np.diff(times) >= max(mute, 1)).all()
        assert row.any() == given_row.any()


def test_the_share_of_false_signals_stays_within_the_budget() -> None:
    rng = np.random.default_rng(5)
    pvalues = rng.uniform(size=(400, 300))
    pvalues[:40] = rng.beta(0.05, 20, size=(40, 300))
    found = discoveries(pvalues, 0.1)
    false = found[40:].sum(axis=0) / np.maximum(found.sum(axis=0), 1)
    assert 0.07 < false.mean() < 0.1
    assert found[:40].mean() > 0.8
