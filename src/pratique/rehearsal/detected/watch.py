# SPDX-License-Identifier: Apache-2.0
"""A measure's detector with its controls, and what it says of counts: one series or a whole batch.

It knows no day and no party; `verdicts` does.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from pratique.accord.kinds.measure import Measure
from pratique.surveillance.arrays import Floats, counted, monitored
from pratique.surveillance.detection import Detection
from pratique.surveillance.detector import Detector
from pratique.surveillance.series.rhythm import Rhythm

_RHYTHMS: dict[str, Rhythm] = {
    "daily": "daily",
    "weekly": "iso_week",
    "irregular": "iso_week",
}
"""What is counted: what is published at no fixed rhythm is counted by weeks of ISO 8601."""


@dataclass(frozen=True, slots=True)
class Watch:
    """A measure that a detector makes: the detector, all its controls, what its counts are of."""

    measure: str
    detector: Detector
    controls: Mapping[str, object]
    rhythm: Rhythm
    is_event: bool


def watch_of(measure: Measure, detectors: Mapping[str, Detector]) -> Watch:
    """Return what watches for a measure; ValueError if no detector does, or none of that name."""
    series = measure.series
    detector = detectors.get(series.detector) if series is not None else None
    if series is None or detector is None:
        raise ValueError(f"no detector makes the measure {measure.name!r}")
    controls = detector.controlled(dict(series.controls))
    return Watch(measure.name, detector, controls, _RHYTHMS[series.rhythm], measure.is_event)


def signals(watch: Watch, counts: ArrayLike, *, at: ArrayLike | slice | None = None) -> Floats:
    """Return 1 where there is a signal, 0 where there is none, NaN where it cannot be told.

    `counts` are [..., time], such as [scenario, series, time], NaN where missing; `at` is a slice,
    0-based times, or None for all that have the history which the detector needs. The result is
    [..., at]. Each series is judged as if it were alone, and no time reads a later one.
    """
    array = np.asarray(counts, dtype=np.float64)
    flat = counted(array.reshape(-1, array.shape[-1]))
    times = monitored(at, flat.shape[1], first=watch.detector.needs(watch.controls))
    found = told(watch.detector.find(flat, times, watch.controls), flat)
    return found.reshape(*array.shape[:-1], len(times))


def told(found: Detection, counts: Floats) -> Floats:
    """Return what a detection says of counts [series, time], as in `signals`: [series, at]."""
    is_known = found.alarm | ~(np.isnan(found.upper) | np.isnan(counts[:, found.at]))
    return np.where(is_known, found.alarm.astype(np.float64), np.nan)
