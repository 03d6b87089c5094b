# SPDX-License-Identifier: Apache-2.0
"""Farrington flexible: a bound from the same times of earlier years, with seasons and a trend.

Counts follow a quasi-Poisson regression in which old outbreaks weigh less. `compat` follows R's
`surveillance` 1.20 to its quirks; what `corrected` changes is said at `Method`.
"""

from __future__ import annotations

from dataclasses import dataclass
from statistics import NormalDist
from typing import Any

import numpy as np

from pratique.base.text import Sentence, say
from pratique.surveillance.arrays import Floats, Whole
from pratique.surveillance.detection import Detection
from pratique.surveillance.detector import (
    Control,
    Controls,
    Detector,
    a_share,
    number_from,
    one_of,
    truth,
    whole_from,
)
from pratique.surveillance.farrington_design import (
    Days,
    Design,
    History,
    days_of,
    designed,
    references,
)

POWERS = {"2/3": 2.0 / 3.0, "1/2": 0.5, "none": 1.0}
FOUND = 6
MODES = {"corrected": 0.0, "compat": 2.0}
QUIRKS_OF_1996 = 1.0
METHODS = {"delta": 0.0, "nbPlugin": 1.0, "muan": 2.0}
LEAST_YEARS_OF_A_TREND = 3


@dataclass(frozen=True, slots=True)
class Method:
    """How the bound is computed; `tail` is the chance above it, `quirks` those of R (compat).

    compat: once it has reweighted, R takes Σω((y−μ)/μ)²/df, not floored at 1, for the dispersion in
    the standard error and in the test of the trend, ω being the weights of old outbreaks; the score
    of `nbPlugin` and `muan` takes the logarithm of the mean for the mean; the expected count is 0
    where no model converges; with dates and the first reference missing, the trend is followed to a
    time as much too early as the first known reference is later.
    corrected: the dispersion is φ everywhere, the score takes the mean, what is not known is NaN,
    and the trend is followed to the monitored time.
    The method of 1996 in R has one quirk: φ is not floored in the test of the trend.
    """

    tail: float
    outlying: float
    trend: bool
    keep_below: float
    limit54: tuple[float, float]
    power: float
    threshold: float
    reweight: bool
    quirks: float


def _settings(method: Method, *, dated: bool) -> Floats:
    """Return the method as the kernels read it, in the order that they name."""
    # The mirrored quantile is exact where 1 − tail would be rounded.
    quantile = -NormalDist().inv_cdf(method.tail)
    numbers = (method.tail, quantile, method.outlying, method.keep_below, *method.limit54)
    kinds = (method.power, method.threshold, method.reweight, method.trend, method.quirks)
    late = dated and method.quirks == MODES["compat"]
    return np.array([*numbers, *kinds, late], dtype=np.float64)


def found(
    counts: Floats, at: Whole, history: History, method: Method, population: Floats | None = None
) -> Detection:
    """Return what the method finds; a time whose past is too short has NaN and no alarm."""
    if history.days is not None and history.days.size != counts.shape[1]:
        raise ValueError(f"`dates` has {history.days.size} dates, {counts.shape[1]} are needed")
    # A kernel is compiled anew for each layout of its arrays.
    counts = np.require(counts, np.float64, ["C_CONTIGUOUS", "WRITEABLE"])
    values = np.full((at.size, counts.shape[0], FOUND), np.nan)
    offsets = None if population is None else _offsets(population, counts)
    settings = _settings(method, dated=history.days is not None)
    for index, now in enumerate(at):
        design = designed(int(now), history)
        if design is not None:
            _fill(values[index], counts, offsets, design, settings)
    upper, expected, phi, trend, score, pvalue = values.transpose(2, 1, 0).copy()
    alarm = (score > 1) & ~np.isnan(upper) & (counts[:, at] > 0)
    return Detection(at, upper, alarm, expected, phi, trend, score, pvalue)


def _fill(
    values: Floats, counts: Floats, offsets: Floats | None, design: Design, settings: Floats
) -> None:
    """Fill in what is found at one time: abreast where that is possible, else one by one."""
    from pratique.surveillance.kernels.farrington import SLOPED, find_each, ordered
    from pratique.surveillance.kernels.farrington_lanes import FOR_FLAT, FOR_ONE, find_abreast

    left = np.full(counts.shape[0], FOR_ONE)
    if offsets is None:
        here = design.now, design.points, (design.runs, design.centred, design.middle)
        order = ordered(counts, design.points, design.runs)
        find_abreast(counts, order, *here, settings, values, left)
        flat = settings.copy()
        flat[SLOPED] = 0.0
        find_abreast(counts, np.flatnonzero(left == FOR_FLAT), *here, flat, values, left)
        offsets = np.zeros((1, 1))
    alone = design.points, design.seasons, design.clock
    which = np.flatnonzero(left == FOR_ONE)
    find_each(counts, which, offsets, design.now, alone, settings, values)


def _offsets(population: Floats, counts: Floats) -> Floats:
    if population.shape != counts.shape:
        raise ValueError(f"`population` is {population.shape}, the counts are {counts.shape}")
    with np.errstate(divide="ignore"):
        logarithms: Floats = np.log(population)
    return np.where(population > 0, logarithms, np.nan)


def limits(value: Any) -> tuple[float, float]:
    """Return how many counts there must be in how many times; ValueError if it is no such pair."""
    counts, times = value
    if not (counts >= 0 and times >= 1 and int(times) == times):
        raise ValueError(f"must be a count and a number of times, such as (5, 4), not {value}")
    return float(counts), float(times)


def _population(value: Any) -> Floats | None:
    if value is None:
        return None
    array = np.atleast_2d(np.asarray(value, dtype=np.float64))
    if array.ndim != 2 or (array < 0).any():
        raise ValueError("must be numbers of persons [series, time], never negative")
    return array


def _past(value: Any) -> int | None:
    return None if value is None else whole_from(0)(value)


def _days(value: Any) -> Days | None:
    return None if value is None else days_of(value)


def history_controls(b_help: Sentence) -> tuple[Control, ...]:
    """Return the controls that the Farrington detectors share."""
    return (
        Control("freq", 52, say("times a year"), whole_from(1)),
        Control("b", 5, b_help, whole_from(1)),
        Control("w", 3, say("times on either side of the same time"), whole_from(0)),
        Control("alpha", 0.05, say("chance of a count above the bound"), a_share),
        Control("reweight", True, say("old outbreaks weigh less"), truth),
        Control("trend", True, say("a trend is kept where there is one"), truth),
        Control(
            "limit54",
            (5.0, 4.0),
            say("no alarm with fewer counts than this in so many times, the last included"),
            limits,
        ),
        Control(
            "powertrans",
            "2/3",
            say("the power of the counts that is taken as normal"),
            one_of(*POWERS),
        ),
        Control("dates", None, say("the date of each time; references then go by date"), _days),
    )


CONTROLS = (
    *history_controls(say("years back")),
    Control(
        "weights_threshold",
        2.58,
        say("residual from which an old count weighs less"),
        number_from(0),
    ),
    Control(
        "p_threshold_trend",
        0.05,
        say("a trend is kept below this p-value; 1 keeps all"),
        number_from(0),
    ),
    Control(
        "no_periods",
        1,
        say("seasons a year; 1 looks at the same times of earlier years alone"),
        whole_from(1),
    ),
    Control(
        "past_weeks_not_included",
        None,
        say("the last times that are left out; none: as many as `w`"),
        _past,
    ),
    Control(
        "threshold_method",
        "delta",
        say(
            "how the bound is found: by the normal law of a power (delta), or by the negative "
            "binomial law of the mean (nbPlugin) or of the mean's upper limit (muan)"
        ),
        one_of(*METHODS),
    ),
    Control("population", None, say("persons [series, time], to which counts relate"), _population),
    Control(
        "mode",
        "compat",
        say("compat (as R's `surveillance`, quirks too) or corrected"),
        one_of(*MODES),
    ),
)


def _history(controls: Controls) -> History:
    past, w = controls["past_weeks_not_included"], controls["w"]
    return History(
        freq=controls["freq"],
        b=controls["b"],
        w=w,
        periods=controls["no_periods"],
        recent=w if past is None else past,
        days=controls["dates"],
    )


def _method(controls: Controls) -> Method:
    return Method(
        tail=controls["alpha"],
        outlying=controls["weights_threshold"],
        trend=controls["trend"] and controls["b"] >= LEAST_YEARS_OF_A_TREND,
        keep_below=controls["p_threshold_trend"],
        limit54=controls["limit54"],
        power=POWERS[controls["powertrans"]],
        threshold=METHODS[controls["threshold_method"]],
        reweight=controls["reweight"],
        quirks=MODES[controls["mode"]],
    )


def needed(history: History) -> int:
    """Return how many times stand before the first whose windows are whole."""
    if history.days is None:
        return history.freq * history.b + history.w
    whole = (
        now
        for now in range(history.days.size)
        if (back := references(now, history)) is not None and back[-1] >= history.w
    )
    return next(whole, history.days.size)


def _needs(controls: Controls) -> int:
    return needed(_history(controls))


def _find(counts: Floats, at: Whole, controls: Controls) -> Detection:
    return found(counts, at, _history(controls), _method(controls), controls["population"])


def why(detection: Detection, counts: Floats, series: int, index: int) -> Sentence:
    """Return the count, what was expected, the bound and what they were judged by."""
    expected, trend = detection.expected, detection.trend
    if expected is None or trend is None:
        raise ValueError("not a detection by Farrington's method")
    count = round(float(counts[series, detection.at[index]]), 1)
    numbers = {
        "count": int(count) if count.is_integer() else count,
        "expected": round(float(expected[series, index]), 1),
        "upper": round(float(detection.upper[series, index]), 1),
    }
    if trend[series, index] > 0:
        return say(
            "{count} counted; {expected} expected and {upper} the upper bound, from earlier years "
            "and the trend in them",
            **numbers,
        )
    return say(
        "{count} counted; {expected} expected and {upper} the upper bound, from earlier years",
        **numbers,
    )


FARRINGTON_FLEXIBLE = Detector(
    name="farrington_flexible",
    label=say("Farrington flexible"),
    source=(
        "Noufaily and others (2013), Statistics in Medicine 32:1206–1222, "
        "doi:10.1002/sim.5595; Salmon and others (2016), Journal of Statistical Software 70(10)"
    ),
    controls=CONTROLS,
    needs=_needs,
    find=_find,
    why=why,
)
