# SPDX-License-Identifier: Apache-2.0
"""One door to all detectors: counts in, a detection out.

What a detector computes stands in its own module of `detectors/`; which of its alarms become
signals (mute, least count, false-alarm budget) is decided in `signals.py`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from numpy.typing import ArrayLike

from pratique.surveillance.arrays import Floats, Truths, Whole, counted, monitored


@dataclass(frozen=True, slots=True)
class Detection:
    """What a detector found at each monitored time; all arrays are [series, at].

    `upper`: the bound that an observed count must exceed, or the statistic's limit in its own
    terms (NaN: not known); `alarm`: True only where one is raised. `expected` count, `phi`
    (dispersion), `trend` (0 or 1: kept), `score` and `pvalue` are None where the method has none.
    `at` are the 0-based times.
    """

    at: Whole
    upper: Floats
    alarm: Truths
    expected: Floats | None = None
    phi: Floats | None = None
    trend: Floats | None = None
    score: Floats | None = None
    pvalue: Floats | None = None


def detect(
    method: str, counts: ArrayLike, *, at: ArrayLike | slice | None = None, **controls: Any
) -> Detection:
    """Run the detector of that name over counts [series, time] at the times `at`.

    Counts are float or whole, NaN where missing; `at` is a slice, 0-based times, or None for every
    time that has the history which the detector needs. ValueError names an unknown detector, an
    unknown control or a control out of its range; the sources stand with each detector.
    """
    from pratique.surveillance.detectors import detector_named

    detector = detector_named(method)
    chosen = detector.controlled(controls)
    array = counted(counts)
    # What a detector needs is asked only where it is used: with dates it takes a search.
    first = detector.needs(chosen) if at is None else 0
    times = monitored(at, array.shape[1], first=first)
    return detector.find(array, times, chosen)
