# SPDX-License-Identifier: Apache-2.0
"""Whether the nowcast's intervals hold the truth as often as they say, and a control that fails."""

from __future__ import annotations

import sys

import numpy as np
import pytest

from pratique.surveillance.estimates.nowcast import nowcast
from pratique.surveillance.estimates.triangle import Triangle

LONGEST = 14


def delays() -> np.ndarray:
    """Return a distribution of delays: few at once, most after four days."""
    share = np.exp(-0.5 * ((np.log1p(np.arange(LONGEST + 1)) - np.log(4)) / 0.6) ** 2)
    return share / share.sum()


def simulated(
    seed: int, *, level: float, growth: float = 0.0, steadiness: float | None = None, days: int = 45
) -> tuple[np.ndarray, np.ndarray]:
    """Return all cells [series, day, delay] of imagined reports, and those known by the last day.

    The delays of each day are drawn about `delays`, the less steady the more in batches.
    """
    rng = np.random.default_rng(seed)
    series = 80
    counts = rng.poisson(level * np.exp(growth * np.arange(days)), (series, days))
    shares = delays()
    if steadiness:
        shares = rng.dirichlet(shares * steadiness, (series, days))
    cells = rng.multinomial(counts, shares).astype(float)
    coming = np.add.outer(np.arange(days), np.arange(LONGEST + 1)) > days - 1
    return cells, np.where(coming, np.nan, cells)


def held(truth: np.ndarray, quantiles: np.ndarray) -> float:
    """Return the share of days not yet complete whose truth lies within the outer quantiles."""
    recent = slice(-LONGEST, None)
    low, high = quantiles[:, recent, 0], quantiles[:, recent, -1]
    return float(((low <= truth[:, recent]) & (truth[:, recent] <= high)).mean())


@pytest.mark.parametrize(
    ("level", "growth", "steadiness"),
    [
        (10, 0.0, None),
        (20, 0.0, None),
        (100, 0.03, None),
        (1000, 0.0, None),
        (20, 0.03, 20.0),
        (100, -0.03, 20.0),
        (1000, 0.0, 20.0),
    ],
)
def test_intervals_of_95_hold_the_truth(
    level: float, growth: float, steadiness: float | None
) -> None:
    cells, known = simulated(int(level), level=level, growth=growth, steadiness=steadiness)
    found = nowcast(Triangle(known, 0, known.shape[1] - 1), np.random.default_rng(1), draws=1000)
    truth = cells.sum(axis=2)
    share = held(truth, found.quantiles)
    sys.stdout.write(f"level {level}, growth {growth}, steadiness {steadiness}: {share:.3f}\n")
    assert 0.90 <= share <= 0.99
    bias = found.mean[:, -LONGEST:].sum() / truth[:, -LONGEST:].sum() - 1
    assert abs(bias) < 0.08


def test_few_cases_are_held_more_often_not_less() -> None:
    # Bounds are whole cases that belong to the interval, and the level beforehand is vague.
    cells, known = simulated(5, level=3)
    found = nowcast(Triangle(known, 0, known.shape[1] - 1), np.random.default_rng(1), draws=1000)
    assert held(cells.sum(axis=2), found.quantiles) > 0.95
    assert np.median(found.quantiles[:, -4, -1]) <= 12


def test_control_delays_that_got_longer_are_not_foreseen() -> None:
    cells, known = simulated(7, level=100)
    slower = cells[:, -30:, ::-1]
    days = known.shape[1]
    coming = np.isnan(known[:, -30:])
    known = np.concatenate([known[:, :-30], np.where(coming, np.nan, slower)], axis=1)
    truth = cells.sum(axis=2)
    found = nowcast(Triangle(known, 0, days - 1), np.random.default_rng(1), draws=500)
    assert held(truth, found.quantiles) < 0.8


def test_control_what_is_reported_so_far_holds_it_never() -> None:
    cells, known = simulated(8, level=100)
    found = nowcast(Triangle(known, 0, known.shape[1] - 1), np.random.default_rng(1), draws=500)
    asis = np.repeat(found.reported[..., None], 2, axis=2)
    assert held(cells.sum(axis=2), asis) < 0.2


def test_control_ignoring_batches_is_too_sure() -> None:
    cells, known = simulated(9, level=1000, steadiness=20.0)
    found = nowcast(Triangle(known, 0, known.shape[1] - 1), np.random.default_rng(1), draws=500)
    assert found.steadiness.mean() == pytest.approx(20, rel=0.3)
    recent = slice(-LONGEST, None)
    share = found.share[:, recent]
    error = np.sqrt(found.reported[:, recent] * (1 - share)) / share
    narrow = found.reported[:, recent] / share
    off = abs(cells.sum(axis=2)[:, recent] - narrow)
    assert (off < 1.96 * error).mean() < 0.6
