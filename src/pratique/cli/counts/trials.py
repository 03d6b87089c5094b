# SPDX-License-Identifier: Apache-2.0
"""Detectors tried on outbreaks that are known, because they were put in: a row for each."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from importlib import resources
from itertools import islice

import numpy as np

from pratique.base.text import say
from pratique.cli.counts.asking import controls_asked, detector_asked
from pratique.cli.counts.reading import Counts, sets_of
from pratique.cli.counts.sheet import Cell, Column, Sheet
from pratique.cli.speech import CannotRun
from pratique.surveillance.arrays import Floats
from pratique.surveillance.detector import Detector
from pratique.surveillance.detectors import detectors
from pratique.surveillance.trials.injection import baseline, scenarios_from
from pratique.surveillance.trials.scoring import score

WEEKS, BY_SCENARIO = 624, 10
"""Weeks of an imagined series, as in the trials of 2013, and how many series of each scenario."""
YEAR = {"daily": 365.25, "iso_week": 365.25 / 7, "mmwr_week": 365.25 / 7}


@dataclass(frozen=True, slots=True)
class Trial:
    """Which detectors are tried, on how many last periods, with what outbreaks, from which seed."""

    names: tuple[str, ...]
    given: tuple[str, ...]
    last: int
    outbreaks: int
    size: float
    seed: int


@dataclass(frozen=True, slots=True)
class Ground:
    """The counts that outbreaks are put into, and how many of their periods make a year."""

    counts: Floats
    per_year: float


def ground(counts: Counts | None, seed: int) -> Ground:
    """Return the counts of a file, some thousands at most; without one, imagined weekly counts."""
    if counts is None:
        return Ground(_imagined(seed), YEAR["iso_week"])
    first = list(islice(sets_of(counts), 1))
    if not first:
        raise CannotRun(say("there are no series in {files}", files=list(counts.names)))
    return Ground(first[0].counts, YEAR[counts.rhythm])


def _imagined(seed: int) -> Floats:
    text = (
        resources.files("pratique.surveillance.trials")
        .joinpath("noufaily_2013.toml")
        .read_text("utf-8")
    )
    chance = np.random.default_rng(seed)
    return np.concatenate(
        [baseline(one, chance, series=BY_SCENARIO, weeks=WEEKS) for one in scenarios_from(text)]
    )


def tried(found: Ground, trial: Trial) -> Sheet:
    """Return how each detector did; all meet the same outbreaks. CannotRun if one cannot be."""
    rows = tuple(_row(found, trial, one) for one in _chosen(found, trial))
    columns = (
        Column("detector", say("detector")),
        Column("outbreaks", say("outbreaks")),
        Column("sensitivity_percent", say("found, %")),
        Column("within_two_periods_percent", say("in 2, %")),
        Column("median_delay", say("delay")),
        Column("false_alarms_per_year", say("false a year")),
    )
    return Sheet(columns, rows, rows)


def _chosen(found: Ground, trial: Trial) -> Sequence[Detector]:
    length = found.counts.shape[1]
    if trial.names:
        return [detector_asked(name) for name in trial.names]
    return [one for one in detectors().values() if _fits(one, length - trial.last)]


def _fits(detector: Detector, before: int) -> bool:
    try:
        return detector.needs(detector.controlled({})) <= before
    except ValueError:
        # It has no defaults to run on: a threshold, say, that must be given.
        return False


def _row(found: Ground, trial: Trial, detector: Detector) -> tuple[Cell, ...]:
    controls = controls_asked(detector, _own(detector, trial.given, alone=len(trial.names) == 1))
    length = found.counts.shape[1]
    first = max(length - trial.last, detector.needs(detector.controlled(controls)))
    if first >= length:
        raise CannotRun(
            say(
                "{detector} needs {n} periods before the first that it can look at; the counts have"
                " {length} in all: choose another `--detector`, or set its controls with `--set`",
                detector=detector.name,
                n=first,
                length=length,
            )
        )
    result = score(
        detector.name,
        found.counts,
        np.random.default_rng(trial.seed),
        at=slice(first, length),
        per_year=found.per_year,
        controls=controls,
        outbreaks=trial.outbreaks,
        size=trial.size,
    )
    return (
        detector.name,
        result.outbreaks,
        100 * result.sensitivity,
        100 * result.detected_within(2),
        result.median_delay,
        result.false_alarms_per_year,
    )


def _own(detector: Detector, given: Iterable[str], *, alone: bool) -> list[str]:
    """Return the controls that a detector has; all of them if it is the only one asked for."""
    known = {control.name for control in detector.controls}
    return [one for one in given if alone or one.partition("=")[0].strip() in known]
