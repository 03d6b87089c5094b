# SPDX-License-Identifier: Apache-2.0
"""Where nothing but chance is at work the scan's p-values are as chance has them."""

from __future__ import annotations

import numpy as np
from scipy.stats import binomtest, kstest

from pratique.surveillance.arrays import Floats
from pratique.surveillance.clusters.scan import circles, scan

SIDE, TRIALS, REPLICATES = 5, 400, 99
EAST, NORTH = np.tile(np.arange(SIDE) / 10, SIDE), np.repeat(np.arange(SIDE) / 10, SIDE)
PERSONS = np.random.default_rng(2).integers(1_000, 9_000, SIDE**2).astype(float)


def pvalues(risk: Floats, seed: int) -> Floats:
    """Return the first cluster's p-value in trials of Poisson counts, `risk` times the persons."""
    rng = np.random.default_rng(seed)
    around = circles(EAST, NORTH, PERSONS, share=0.3)
    means = PERSONS[:, None] / PERSONS.mean() * risk
    found = []
    for _ in range(TRIALS):
        counts = rng.poisson(means)
        clusters = scan(counts, PERSONS, around, chance=rng, longest=3, replicates=REPLICATES)
        found.append(clusters[0].pvalue if clusters else 1.0)
    return np.array(found)


def test_without_a_cluster_p_values_are_uniform() -> None:
    found = pvalues(np.full((SIDE**2, 12), 2.0), 11)
    # A rank of 1 to 100 spread over its hundredth, so that it can be held against the uniform.
    spread = found - np.random.default_rng(3).uniform(0, 0.01, TRIALS)
    assert kstest(spread, "uniform").pvalue > 0.01
    assert binomtest(int((found <= 0.05).sum()), TRIALS, 0.05).pvalue > 0.01


def test_with_a_cluster_they_are_small() -> None:
    risk = np.full((SIDE**2, 12), 2.0)
    risk[np.ix_([6, 7, 11, 12], [10, 11])] = 6.0
    assert (pvalues(risk, 12) <= 0.05).mean() > 0.95
