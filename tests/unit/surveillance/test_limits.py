# SPDX-License-Identifier: Apache-2.0
"""Historical limits and the moving average, by hand and against plain loops."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from pratique.surveillance import detect
from pratique.surveillance.kernels import windows


def totals_before(counts: np.ndarray, t: int) -> np.ndarray:
    """Return the fifteen four-week totals that a week is compared with, the known ones."""
    ends = [t - 52 * year + off for year in range(1, 6) for off in (-4, 0, 4)]
    found = np.array([counts[end - 3 : end + 1].sum() for end in ends])
    return found[~np.isnan(found)]


@pytest.mark.parametrize("gaps", [0.0, 0.05])
def test_four_weeks_exceed_the_mean_of_fifteen_totals_by_two_deviations(gaps: float) -> None:
    random = np.random.default_rng(8)
    counts = random.poisson(6, (4, 330)).astype(float)
    counts[:, 320:] += 4
    counts[random.random(counts.shape) < gaps] = np.nan
    found = detect("historical_limits", counts)
    assert found.at[0] == 267
    assert found.score is not None
    for series, row in enumerate(counts):
        for index, t in enumerate(found.at):
            before, now = totals_before(row, int(t)), row[t - 3 : t + 1].sum()
            if len(before) < 10 or np.isnan(now):
                assert np.isnan(found.upper[series, index])
                assert not found.alarm[series, index]
                continue
            limit = before.mean() + 2 * before.std(ddof=1)
            assert found.alarm[series, index] == (now > limit)
            assert found.upper[series, index] == pytest.approx(limit - (now - row[t]))
            score = (now - before.mean()) / before.std(ddof=1)
            assert found.score[series, index] == pytest.approx(score)
    assert found.alarm[:, -5:].any()


def test_the_bound_is_what_this_week_alone_would_have_to_exceed() -> None:
    counts = np.tile([3.0, 5.0, 4.0, 4.0], 80)
    found = detect("historical_limits", counts, at=[300])
    counts[300] = np.nextafter(found.upper[0, 0], 0)
    assert not detect("historical_limits", counts, at=[300]).alarm.any()
    counts[300] = found.upper[0, 0] + 1e-6
    assert detect("historical_limits", counts, at=[300]).alarm.all()


@pytest.mark.parametrize(
    ("controls", "words"),
    [({"width": 20}, "third of a year"), ({"least": 16}, "three totals a year")],
)
def test_limits_that_contradict_each_other_are_refused(
    controls: dict[str, int], words: str
) -> None:
    with pytest.raises(ValueError, match=words):
        detect("historical_limits", np.ones(330), **controls)


@pytest.mark.parametrize("controls", [{}, {"z": 3}, {"factor": 1.5}, {"window": 5, "least": 3}])
def test_a_count_exceeds_the_moving_average(controls: dict[str, Any]) -> None:
    random = np.random.default_rng(9)
    counts = random.poisson(3, (3, 80)).astype(float)
    counts[random.random(counts.shape) < 0.3] = np.nan
    found = detect("moving_average", counts, **controls)
    width, least = controls.get("window", 8), controls.get("least", 4)
    assert found.at[0] == width
    for series, row in enumerate(counts):
        for index, t in enumerate(found.at):
            known = row[t - width : t][~np.isnan(row[t - width : t])]
            if len(known) < least:
                assert np.isnan(found.upper[series, index])
                continue
            limit = known.mean() + controls.get("z", 2) * known.std(ddof=1)
            if "factor" in controls:
                limit = controls["factor"] * known.mean()
            assert found.upper[series, index] == pytest.approx(limit, rel=1e-12)
            assert found.alarm[series, index] == (row[t] > limit)


def test_a_steady_rate_is_no_signal() -> None:
    assert not detect("moving_average", np.full(40, 0.1)).alarm.any()


def test_more_known_than_there_are_is_refused() -> None:
    with pytest.raises(ValueError, match="`least` must be at most `window`"):
        detect("moving_average", np.ones(40), window=3)


def test_compiled_loops_agree_with_the_plain_ones() -> None:
    counts = np.random.default_rng(3).poisson(3, (2, 30)).astype(float)
    counts[0, 4:9] = np.nan
    found = []
    for run in (windows.known_moments, windows.known_moments.py_func):
        mean, sd = np.empty((2, 2, 22))
        run(counts, 8, 8, 4, mean, sd)
        found.append(np.stack([mean, sd]))
    assert found[0] == pytest.approx(found[1], rel=1e-14, nan_ok=True)
