# SPDX-License-Identifier: Apache-2.0
"""Imagined weekly counts and outbreaks put into counts, to try detectors on.

As in the trials of Noufaily et al. 2013 (doi:10.1002/sim.5595); their parameters stand in
`noufaily_2013.toml`.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass

import numpy as np
from numpy.random import Generator
from numpy.typing import ArrayLike

from pratique.surveillance.arrays import Floats, Whole, counted


@dataclass(frozen=True, slots=True)
class Scenario:
    """Weekly counts of mean exp(theta + beta t + Σ gamma1 cos(2πjt/52) + gamma2 sin(2πjt/52)).

    The sum is over j from 1 to `harmonics`; the variance is `phi` times the mean.
    """

    theta: float
    beta: float
    gamma1: float
    gamma2: float
    harmonics: int
    phi: float


@dataclass(frozen=True, slots=True)
class Injected:
    """Counts [series, time] with outbreaks in them, and which cases are theirs.

    `cases` [series, outbreak, time] are those injected, `onset` [series, outbreak] the 0-based time
    from which on an outbreak spreads.
    """

    counts: Floats
    cases: Floats
    onset: Whole


def scenarios_from(text: str) -> tuple[Scenario, ...]:
    """Return the scenarios of a TOML text: each level with and without trend and seasons."""
    table = tomllib.loads(text)
    return tuple(
        Scenario(
            theta=level["theta"],
            beta=level["beta"] if trend else 0.0,
            gamma1=level["gamma1"],
            gamma2=level["gamma2"],
            harmonics=harmonics,
            phi=level["phi"],
        )
        for level in table["level"]
        for trend in table["trends"]
        for harmonics in table["harmonics"]
    )


def baseline(scenario: Scenario, rng: Generator, *, series: int, weeks: int) -> Floats:
    """Return counts [series, week] of a scenario: negative binomial, or Poisson where phi is 1.

    ValueError if phi is below 1.
    """
    if scenario.phi < 1:
        raise ValueError("counts scatter at least as much as chance does: phi is 1 or more")
    time = np.arange(1, weeks + 1)
    angles = 2 * np.pi * np.outer(np.arange(1, scenario.harmonics + 1), time) / 52
    seasons = scenario.gamma1 * np.cos(angles) + scenario.gamma2 * np.sin(angles)
    mean = np.exp(scenario.theta + scenario.beta * time + seasons.sum(axis=0))
    level = np.broadcast_to(mean, (series, weeks))
    if scenario.phi > 1:
        level = rng.gamma(mean / (scenario.phi - 1), scenario.phi - 1, size=(series, weeks))
    return rng.poisson(level).astype(np.float64)


def injected(
    counts: ArrayLike,
    rng: Generator,
    *,
    within: slice,
    outbreaks: int = 1,
    size: float = 5.0,
    spread: float = 0.5,
    deviation: ArrayLike | None = None,
) -> Injected:
    """Put outbreaks into counts [series, time], their onsets at random times `within`.

    An outbreak has a Poisson number of cases, `size` times the series' standard deviation in the
    mean (or times `deviation` [series]); each comes after a lognormal delay of median 1 time and
    `spread` on the log scale, its fraction dropped. Cases past the end of the series are not seen,
    nor are those at a time whose count is missing, which stays missing. ValueError if there are
    fewer times within than outbreaks.
    """
    array = counted(counts)
    times = np.arange(array.shape[1])[within]
    if not 1 <= outbreaks <= times.size:
        raise ValueError(f"from 1 to {times.size} outbreaks begin within {times.size} times")
    scatter = _deviation(array) if deviation is None else np.asarray(deviation, dtype=np.float64)
    means = np.broadcast_to(scatter * size, len(array))
    numbers = rng.poisson(means[:, None], size=(len(array), outbreaks))
    onset = np.sort(rng.permuted(np.tile(times, (len(array), 1)), axis=1)[:, :outbreaks], axis=1)
    whose = np.repeat(np.arange(numbers.size), numbers.ravel())
    when = onset.ravel()[whose] + rng.lognormal(0.0, spread, whose.size).astype(np.int64)
    cases = np.zeros((numbers.size, array.shape[1]))
    seen = when < array.shape[1]
    np.add.at(cases, (whose[seen], when[seen]), 1.0)
    by_series = cases.reshape(*numbers.shape, array.shape[1])
    by_series = np.where(np.isnan(array)[:, None], 0.0, by_series)
    return Injected(array + by_series.sum(axis=1), by_series, onset.astype(np.int64))


def _deviation(array: Floats) -> Floats:
    known = ~np.isnan(array)
    count = np.maximum(known.sum(axis=1), 1)
    mean = np.where(known, array, 0.0).sum(axis=1) / count
    squares = np.where(known, (array - mean[:, None]) ** 2, 0.0).sum(axis=1)
    deviation: Floats = np.sqrt(squares / np.maximum(count - 1, 1))
    return deviation
