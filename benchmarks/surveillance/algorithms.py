# SPDX-License-Identifier: Apache-2.0
"""What is compared: our call for each of the peer's, with its unit of work and its goal."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from benchmarks.surveillance.drawn import WEEKS
from pratique.surveillance import Detection, detect, reproduction

LAST = np.arange(WEEKS - 4, WEEKS)
CHUNK = 500
"""Series at once, about as many as a stream hands on: more fall out of the core's cache."""


@dataclass(frozen=True, slots=True)
class Algorithm:
    """One algorithm: our call on counts [series, time], the series that the peer is given.

    `steps`: how many results one series has; `goal`: how many times as fast as the peer.
    `weekly`: on weekly counts; otherwise on daily ones.
    """

    name: str
    ours: Callable[[np.ndarray], Detection]
    peer_series: int
    our_series: int
    steps: int
    goal: int
    weekly: bool = True


def _flexible(counts: np.ndarray) -> Detection:
    return detect("farrington_flexible", counts, at=LAST, b=5, w=3, alpha=0.05)


def _noufaily(counts: np.ndarray) -> Detection:
    return detect(
        "farrington_flexible", counts, at=LAST, b=5, w=3, alpha=0.005, no_periods=10,
        past_weeks_not_included=26, p_threshold_trend=1, threshold_method="nbPlugin",
    )  # fmt: skip


def _original(counts: np.ndarray) -> Detection:
    return detect("farrington", counts, at=LAST, b=5, w=3, alpha=0.05)


def _ears(method: str) -> Callable[[np.ndarray], Detection]:
    return lambda counts: detect(f"ears_{method}", counts)


def _cusum(counts: np.ndarray) -> Detection:
    return detect("cusum", counts, at=slice(159, WEEKS), k=1.04, h=2.26, trans="standard")


def rt(counts: np.ndarray):
    """Return reproduction numbers with the peer's seven quantiles."""
    return reproduction(counts, method="parametric_si", mean_si=4.8, std_si=2.3)


ALGORITHMS = (
    Algorithm("farrington_flexible", _flexible, 100, 20_000, 4, 1000),
    Algorithm("farrington_noufaily", _noufaily, 60, 5_000, 4, 300),
    Algorithm("farrington", _original, 100, 5_000, 4, 500),
    Algorithm("ears_c1", _ears("c1"), 200, CHUNK, WEEKS, 10_000),
    Algorithm("ears_c2", _ears("c2"), 200, CHUNK, WEEKS, 10_000),
    Algorithm("ears_c3", _ears("c3"), 200, CHUNK, WEEKS, 10_000),
    Algorithm("cusum", _cusum, 100, CHUNK, WEEKS - 159, 5_000),
)
