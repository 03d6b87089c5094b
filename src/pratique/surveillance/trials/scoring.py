# SPDX-License-Identifier: Apache-2.0
"""How good a detector is: what it finds of known outbreaks, how soon, and its false alarms.

Outbreaks are put into given counts (`injection.py`), or known otherwise; no outbreak is presumed
elsewhere, so that unknown ones in real counts appear as false alarms.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.random import Generator
from numpy.typing import ArrayLike

from pratique.surveillance.arrays import Floats, Truths, Whole, counted, monitored
from pratique.surveillance.detection import Detection, detect
from pratique.surveillance.trials.injection import Injected, injected


@dataclass(frozen=True, slots=True)
class Score:
    """What a detector did with outbreaks that are known.

    `detected` [series, outbreak] and `delay` [series, outbreak], from onset to the first alarm in
    times of the series (NaN: none while it lasted), speak of outbreaks of which a case stood in a
    monitored time (`counted` [series, outbreak]). `lead` is from the first alarm to the day on
    which the outbreak was declared, where that is known: positive is sooner. `false_alarms` and
    `quiet` [series] are alarms, and monitored times with a known count, outside all outbreaks;
    `per_year` is how many times make a year.
    """

    detected: Truths
    counted: Truths
    delay: Floats
    lead: Floats | None
    false_alarms: Whole
    quiet: Whole
    per_year: float

    @property
    def outbreaks(self) -> int:
        """How many outbreaks could be detected."""
        return int(self.counted.sum())

    @property
    def sensitivity(self) -> float:
        """The share of outbreaks with an alarm while they lasted; NaN if there was none."""
        return self.detected_within(None)

    @property
    def false_alarms_per_year(self) -> float:
        """False alarms by year of one series; NaN if no quiet time was monitored."""
        years = float(self.quiet.sum()) / self.per_year
        return float(self.false_alarms.sum()) / years if years else float("nan")

    @property
    def median_delay(self) -> float:
        """The median delay of those detected, in times; NaN if none was."""
        known = self.delay[self.detected]
        return float(np.median(known)) if known.size else float("nan")

    def detected_within(self, times: int | None) -> float:
        """Return the share of outbreaks with an alarm no later than so many times after onset."""
        if not self.outbreaks:
            return float("nan")
        soon = self.detected if times is None else self.detected & (self.delay <= times)
        return int(soon.sum()) / self.outbreaks


def score(
    method: str,
    baseline: ArrayLike,
    rng: Generator,
    *,
    at: ArrayLike | slice,
    per_year: float,
    controls: Mapping[str, Any] | None = None,
    outbreaks: int = 1,
    size: float = 5.0,
) -> Score:
    """Put outbreaks into baselines [series, time] and score a detector at the times `at`.

    Their onsets lie anywhere within those times, their `size` is in standard deviations of the
    baseline; see `injected`. `controls` are the detector's own.
    """
    array = counted(baseline)
    times = np.sort(monitored(at, array.shape[1], first=0))
    if not times.size:
        raise ValueError("no time is monitored")
    within = slice(int(times[0]), int(times[-1]) + 1)
    trial = injected(array, rng, within=within, outbreaks=outbreaks, size=size)
    found = detect(method, trial.counts, at=times, **(controls or {}))
    return scored(found, trial, per_year=per_year)


def scored(
    detection: Detection,
    trial: Injected,
    *,
    per_year: float,
    declared: ArrayLike | None = None,
) -> Score:
    """Score a detection on counts whose outbreaks are known.

    An outbreak lasts from its onset to its last case; it is detected by an alarm at a monitored
    time while it lasts. An alarm outside all outbreaks of its series is false. `declared` [series,
    outbreak] are the times at which each was declared, NaN where not known.
    """
    alarm, at = detection.alarm, detection.at
    lasting = _lasting(trial)
    # [series, outbreak, at]: an alarm in a time of the outbreak.
    during = lasting[:, :, at]
    struck = during & alarm[:, None]
    detected = np.asarray(struck.any(axis=2))
    first = np.where(struck, at, trial.counts.shape[1]).min(axis=2, initial=trial.counts.shape[1])
    when = np.where(detected, first.astype(np.float64), np.nan)
    visible = np.asarray((trial.cases[:, :, at] > 0).any(axis=2))
    peace = ~during.any(axis=1) & ~np.isnan(trial.counts[:, at])
    lead = None if declared is None else np.asarray(declared, dtype=np.float64) - when
    return Score(
        detected=detected & visible,
        counted=visible,
        delay=np.where(visible, when - trial.onset, np.nan),
        lead=lead,
        false_alarms=(alarm & peace).sum(axis=1),
        quiet=peace.sum(axis=1),
        per_year=per_year,
    )


def _lasting(trial: Injected) -> Truths:
    """Return the times [series, outbreak, time] from each onset to the last case."""
    time = np.arange(trial.cases.shape[2])
    later = np.cumsum(trial.cases[:, :, ::-1], axis=2)[:, :, ::-1] > 0
    lasting: Truths = later & (time >= trial.onset[:, :, None])
    return lasting
