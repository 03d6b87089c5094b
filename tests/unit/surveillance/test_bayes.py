# SPDX-License-Identifier: Apache-2.0
"""The Bayes system against the negative binomial distribution of an independent library."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from scipy.stats import nbinom

from pratique.surveillance import detect
from pratique.surveillance.kernels import windows


def references(counts: np.ndarray, t: int, b: int, w: int, act_y: bool) -> np.ndarray:
    """Return the counts that a time is compared with."""
    parts = [counts[t - w : t]] if act_y else []
    parts += [counts[t - 52 * y - w : t - 52 * y + w + 1] for y in range(1, b + 1)]
    found = np.concatenate(parts)
    return found[~np.isnan(found)]


@pytest.mark.parametrize("level", [0.2, 4, 60, 900, 20_000])
@pytest.mark.parametrize(
    "controls",
    [
        {"b": 0, "w": 6, "act_y": True},
        {"b": 1, "w": 6, "act_y": True},
        {"b": 2, "w": 4, "act_y": False},
    ],
    ids=["bayes1", "bayes2", "bayes3"],
)
def test_bounds_are_quantiles_of_the_next_count(level: float, controls: dict[str, Any]) -> None:
    counts = np.random.default_rng(4).poisson(level, (3, 180)).astype(float)
    counts[1, 100:120] = np.nan
    for alpha in (0.05, 0.001):
        found = detect("bayes", counts, at=slice(110, None), alpha=alpha, **controls)
        for series, row in enumerate(counts):
            for t, upper in zip(found.at, found.upper[series], strict=True):
                known = references(row, int(t), **controls)
                n = len(known)
                expected = nbinom.ppf(1 - alpha, known.sum() + 0.5, n / (n + 1)) if n else np.nan
                assert upper == pytest.approx(expected, nan_ok=True)
        assert np.array_equal(found.alarm, counts[:, 110:] > found.upper)


def test_nothing_known_is_no_bound() -> None:
    counts = np.full((1, 30), np.nan)
    counts[0, 20:] = 9
    found = detect("bayes", counts, at=[20, 21])
    assert np.isnan(found.upper[0, 0])
    assert found.upper[0, 1] > 9
    assert not found.alarm.any()


@pytest.mark.parametrize(
    ("controls", "words"),
    [
        ({"w": 0}, "needs `w` of this year, or `b`"),
        ({"act_y": False}, "needs `w` of this year, or `b`"),
        ({"b": 1, "w": 52}, "less than a year"),
    ],
)
def test_nothing_to_compare_with_is_refused(controls: dict[str, Any], words: str) -> None:
    with pytest.raises(ValueError, match=words):
        detect("bayes", np.ones(200), **controls)


def test_history_is_what_the_windows_reach_back_to() -> None:
    counts = np.ones(200)
    assert detect("bayes", counts).at[0] == 6
    assert detect("bayes", counts, b=2, w=4).at[0] == 108
    assert detect("bayes", counts, b=1, w=2, freq=12).at[0] == 14


def test_the_table_of_bounds_holds_what_is_computed_without_it() -> None:
    total = np.array([0.0, 3.0, 3.0, 4095.0, 4096.0, 2.5, 3.0, 0.0])
    known = np.array([6.0, 6.0, 6.0, 6.0, 6.0, 6.0, 5.0, 0.0])
    upper = np.empty(8)
    windows.predictive_bounds(total, known, 0.05, 1.6448536269514722, upper)
    assert upper[1] == upper[2]
    for place in range(7):
        alone = np.empty(1)
        windows.predictive_bounds(total[[place]], known[[place]], 0.05, 1.6448536269514722, alone)
        assert alone[0] == upper[place]
        size, share = total[place] + 0.5, known[place] / (known[place] + 1)
        assert upper[place] == nbinom.ppf(0.95, size, share)
    assert np.isnan(upper[7])
