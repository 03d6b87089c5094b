# SPDX-License-Identifier: Apache-2.0
"""Series drawn for the benchmark: seasonal, overdispersed, some with a trend, levels 0.1 to 200."""

from __future__ import annotations

import numpy as np

WEEKS, YEAR = 520, 52
DAYS = 365


def weekly(count: int, seed: int = 5) -> np.ndarray:
    """Return weekly counts, float64 [series, 520], negative binomial as in Noufaily (2013)."""
    chance = np.random.default_rng(seed)
    level = np.log(10 ** chance.uniform(-1, 2.3, (count, 1)))
    season = chance.uniform(0, 0.8, (count, 1))
    trend = np.where(chance.random((count, 1)) < 0.3, chance.normal(0, 0.0015, (count, 1)), 0)
    dispersion = chance.uniform(1.05, 3, (count, 1))
    week = np.arange(WEEKS)
    phase = 2 * np.pi * (week - chance.uniform(0, YEAR, (count, 1))) / YEAR
    mean = np.exp(np.clip(level + season * np.cos(phase) + trend * week, -5, 7))
    return chance.negative_binomial(mean / (dispersion - 1), 1 / dispersion).astype(np.float64)


def daily(count: int, seed: int = 6) -> np.ndarray:
    """Return daily counts, float64 [series, 365]: waves that rise and fall, at least one case."""
    chance = np.random.default_rng(seed)
    day = np.arange(DAYS)
    peak, width = chance.uniform(60, 300, (count, 1)), chance.uniform(20, 60, (count, 1))
    mean = 10 ** chance.uniform(0.5, 2.5, (count, 1)) * np.exp(-(((day - peak) / width) ** 2) / 2)
    counts = chance.poisson(mean + 0.5).astype(np.float64)
    counts[:, 0] = np.maximum(counts[:, 0], 1)
    return counts
