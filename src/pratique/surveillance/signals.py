# SPDX-License-Identifier: Apache-2.0
"""Which alarms become signals: enough cases, within the budget of false alarms, not yet told.

A signal asks somebody to look; it has no effect in law by itself.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from pratique.base.text import Sentence
from pratique.surveillance.arrays import Floats, Truths, Whole
from pratique.surveillance.detection import Detection

Why = Callable[[Detection, Floats, int, int], Sentence]


@dataclass(frozen=True, slots=True)
class Signal:
    """One signal: in which series, at which 0-based time, what was counted, and why.

    `expected`, `upper` and `pvalue` are None where the detector has none.
    """

    series: int
    time: int
    count: float
    expected: float | None
    upper: float | None
    pvalue: float | None
    reason: Sentence


@dataclass(frozen=True, slots=True)
class Sifting:
    """What an alarm needs in order to signal.

    `least` cases; `budget`: the share of the signals of one time that may be false (Benjamini and
    Hochberg 1995), over all series that have a p-value, None: each series by its own level; and
    `mute` days since the last signal of that series, where a time lasts `step` days.
    """

    least: float = 0
    budget: float | None = None
    mute: int = 7
    step: int = 7

    def __post_init__(self) -> None:
        if self.budget is not None and not 0 < self.budget < 1:
            raise ValueError("the budget of false alarms is a share between 0 and 1")
        if self.step < 1 or self.mute < 0:
            raise ValueError("a time lasts a day or more, and a mute is not negative")


@dataclass(frozen=True, slots=True)
class Sifted:
    """The signals by time and series, and how many alarms were kept back for which reason."""

    signals: tuple[Signal, ...]
    few: int
    over_budget: int
    muted: int


def sifted(detection: Detection, counts: Floats, why: Why, sifting: Sifting) -> Sifted:
    """Return the signals of a detection over counts [series, time]; `why` is the detector's own."""
    alarm = detection.alarm
    with np.errstate(invalid="ignore"):
        many = alarm & (counts[:, detection.at] >= sifting.least)
    kept = many & _within_budget(detection, sifting.budget)
    told = unmuted(kept, detection.at * sifting.step, sifting.mute)
    places = np.argwhere(told)
    order = np.lexsort((places[:, 0], detection.at[places[:, 1]]))
    return Sifted(
        tuple(_signal(detection, counts, why, int(s), int(i)) for s, i in places[order]),
        few=int(alarm.sum() - many.sum()),
        over_budget=int(many.sum() - kept.sum()),
        muted=int(kept.sum() - told.sum()),
    )


def discoveries(pvalues: Floats, budget: float) -> Truths:
    """Return which p-values [series, at] stand out at each time, of which that share may be false.

    Benjamini and Hochberg, J. R. Stat. Soc. B 57 (1995) 289: the largest k with p(k) <= k/m times
    the budget, where m counts the p-values that are known (NaN is not).
    """
    ordered = np.sort(pvalues, axis=0)
    known = np.count_nonzero(~np.isnan(ordered), axis=0)
    ranks = np.arange(1, len(pvalues) + 1)[:, None]
    below = ordered <= ranks / np.maximum(known, 1) * budget
    limit = np.where(below, ordered, -1.0).max(axis=0, initial=-1.0)
    found: Truths = pvalues <= limit
    return found


def unmuted(raised: Truths, days: Whole, mute: int) -> Truths:
    """Return what is left of signals [series, at] when each mutes its series for so many days."""
    told = np.zeros_like(raised)
    last = np.full(len(raised), -math.inf)
    for index in np.argsort(days, kind="stable"):
        told[:, index] = raised[:, index] & (days[index] - last >= mute)
        last[told[:, index]] = days[index]
    return told


def _within_budget(detection: Detection, budget: float | None) -> Truths:
    if budget is None or detection.pvalue is None:
        return np.ones_like(detection.alarm)
    # Those without a p-value keep their own level.
    return discoveries(detection.pvalue, budget) | np.isnan(detection.pvalue)


def _signal(detection: Detection, counts: Floats, why: Why, series: int, index: int) -> Signal:
    def at(table: Floats | None) -> float | None:
        value = math.nan if table is None else float(table[series, index])
        return None if math.isnan(value) else value

    time = int(detection.at[index])
    return Signal(
        series=series,
        time=time,
        count=float(counts[series, time]),
        expected=at(detection.expected),
        upper=at(detection.upper),
        pvalue=at(detection.pvalue),
        reason=why(detection, counts, series, index),
    )
