# SPDX-License-Identifier: Apache-2.0
"""Imagined counts, outbreaks put into them, and how a detector is scored on them."""

from __future__ import annotations

from importlib.resources import files

import numpy as np
import pytest

from pratique.surveillance.detection import Detection
from pratique.surveillance.trials.injection import (
    Injected,
    Scenario,
    baseline,
    injected,
    scenarios_from,
)
from pratique.surveillance.trials.scoring import score, scored

SOURCE = (
    files("pratique.surveillance.trials").joinpath("noufaily_2013.toml").read_text(encoding="utf-8")
)


def detection(at: list[int], alarms: list[list[int]]) -> Detection:
    """Return a detection with alarms where there is a 1."""
    alarm = np.array(alarms, dtype=bool)
    return Detection(np.array(at), np.zeros(alarm.shape), alarm)


def trial(cases: list[list[float]], onset: list[int]) -> Injected:
    """Return one series with these outbreaks on a baseline of 1."""
    injected_cases = np.array(cases, dtype=float)[None]
    return Injected(1 + injected_cases.sum(axis=1), injected_cases, np.array([onset]))


def test_there_are_42_scenarios_as_published() -> None:
    scenarios = scenarios_from(SOURCE)
    assert len(set(scenarios)) == 42
    assert sum(s.beta > 0 for s in scenarios) == 21
    assert [sum(s.harmonics == j for s in scenarios) for j in range(3)] == [14, 14, 14]


@pytest.mark.parametrize("number", [0, 3, 8, 12, 17, 24, 36, 41])
def test_imagined_counts_have_their_mean_and_variance(number: int) -> None:
    scenario = scenarios_from(SOURCE)[number]
    counts = baseline(scenario, np.random.default_rng(number), series=4000, weeks=60)
    time = np.arange(1, 61)
    mean = scenario.theta + scenario.beta * time
    for j in range(1, scenario.harmonics + 1):
        angle = 2 * np.pi * j * time / 52
        mean = mean + scenario.gamma1 * np.cos(angle) + scenario.gamma2 * np.sin(angle)
    assert (counts.mean(axis=0) / np.exp(mean)).mean() == pytest.approx(1, abs=0.01)
    ratio = counts.var(axis=0).sum() / counts.mean(axis=0).sum()
    assert ratio == pytest.approx(scenario.phi, rel=0.03)


def test_counts_scatter_at_least_as_chance_does() -> None:
    with pytest.raises(ValueError, match="1 or more"):
        baseline(Scenario(1, 0, 0, 0, 0, 0.9), np.random.default_rng(1), series=1, weeks=9)


def test_outbreaks_have_the_size_and_shape_asked_for() -> None:
    counts = np.random.default_rng(1).poisson(9.0, (3000, 200)).astype(float)
    found = injected(counts, np.random.default_rng(2), within=slice(100, 150), size=5)
    assert (found.counts - counts == found.cases.sum(axis=1)).all()
    assert found.cases.sum() / 3000 == pytest.approx(5 * 3, rel=0.02)
    assert found.onset.min() >= 100
    assert found.onset.max() < 150
    since = [
        (time - found.onset[series, 0], n)
        for series, _, time in np.argwhere(found.cases > 0)
        for n in [found.cases[series, 0, time]]
    ]
    days, n = np.array(since).T
    # The median of the lognormal delay is 1, and a share of 0.0829 of it lies beyond 2.
    assert n[days < 1].sum() / n.sum() == pytest.approx(0.5, abs=0.01)
    assert n[days >= 2].sum() / n.sum() == pytest.approx(0.0829, abs=0.005)


def test_it_repeats_with_the_same_chance_and_leaves_the_counts_alone() -> None:
    counts = np.full((2, 50), 4.0)
    counts[0, 30:40] = np.nan
    before = counts.copy()
    first, second = (
        injected(
            counts, np.random.default_rng(3), within=slice(25, 45), outbreaks=3, deviation=[4, 4]
        )
        for _ in range(2)
    )
    assert np.array_equal(first.counts, second.counts, equal_nan=True)
    assert np.array_equal(counts, before, equal_nan=True)
    assert np.isnan(first.counts[0, 30:40]).all()
    assert first.cases[0, :, 30:40].sum() == 0
    assert all(len(set(row)) == 3 for row in first.onset.tolist())


def test_more_outbreaks_than_times_are_refused() -> None:
    with pytest.raises(ValueError, match="from 1 to 2 outbreaks"):
        injected(np.ones(9), np.random.default_rng(1), within=slice(0, 2), outbreaks=3)


def test_an_outbreak_is_detected_while_it_lasts() -> None:
    #          0  1  2  3  4  5  6  7
    cases = [[0, 0, 3, 0, 1, 0, 0, 0], [0, 0, 0, 0, 0, 0, 2, 0]]
    found = scored(
        detection([1, 2, 3, 4, 5, 6, 7], [[1, 0, 1, 0, 1, 0, 1]]), trial(cases, [2, 6]), per_year=52
    )
    assert found.detected.tolist() == [[True, False]]
    assert found.delay[0, 0] == 1
    assert np.isnan(found.delay[0, 1])
    assert found.sensitivity == 0.5
    assert found.false_alarms.tolist() == [3]
    assert found.quiet.tolist() == [3]
    assert found.false_alarms_per_year == 52
    assert (found.detected_within(0), found.detected_within(1)) == (0, 0.5)
    assert found.median_delay == 1


def test_outbreaks_without_a_monitored_case_are_left_out() -> None:
    cases = [[4, 0, 0, 0], [0, 0, 0, 0], [0, 0, 5, 0]]
    found = scored(detection([2, 3], [[1, 0]]), trial(cases, [0, 1, 2]), per_year=52)
    assert found.counted.tolist() == [[False, False, True]]
    assert found.outbreaks == 1
    assert found.sensitivity == 1


def test_lead_is_against_the_day_of_declaration() -> None:
    cases = [[0, 2, 2, 2, 0], [0, 0, 0, 0, 1]]
    found = scored(
        detection([0, 1, 2, 3, 4], [[0, 0, 1, 0, 0]]),
        trial(cases, [1, 4]),
        per_year=365,
        declared=[[5, 4]],
    )
    assert found.lead is not None
    assert found.lead[0, 0] == 3
    assert np.isnan(found.lead[0, 1])


def test_a_missing_count_is_no_quiet_time() -> None:
    given = trial([[0, 0, 0, 1]], [3])
    given.counts[0, 1] = np.nan
    found = scored(detection([0, 1, 2], [[0, 0, 1]]), given, per_year=52)
    assert found.quiet.tolist() == [2]
    assert np.isnan(found.sensitivity)
    assert np.isnan(found.median_delay)


def test_a_detector_is_scored_by_name() -> None:
    counts = np.random.default_rng(5).poisson(20.0, (300, 80)).astype(float)

    def found(size: float) -> tuple[float, float]:
        rng = np.random.default_rng(6)
        result = score("ears_c1", counts, rng, at=slice(40, 80), per_year=52, size=size)
        return result.sensitivity, result.false_alarms_per_year

    small, large = found(1), found(10)
    assert small[0] < 0.4
    assert large[0] > 0.8
    assert abs(small[1] - large[1]) < 0.5


def test_no_monitored_time_is_refused() -> None:
    with pytest.raises(ValueError, match="no time"):
        score("ears_c1", np.ones(9), np.random.default_rng(1), at=slice(5, 5), per_year=52)
