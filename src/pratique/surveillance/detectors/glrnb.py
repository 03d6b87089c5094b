# SPDX-License-Identifier: Apache-2.0
"""Count data regression charts: the likelihood ratio of a rise over a seasonal mean.

The chart starts at the first monitored time, or `run_in` times before it, goes through every time
to the last monitored one, and starts anew after each alarm. `upper` is the statistic, which raises
an alarm from `c_arl` on.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from pratique.base.text import Sentence, say
from pratique.surveillance.arrays import Floats, Truths, Whole
from pratique.surveillance.charts.seasonal import (
    given_mean,
    levels,
    seasonal_design,
    seasonal_mean,
)
from pratique.surveillance.charts.span import over_span
from pratique.surveillance.detection import Detection
from pratique.surveillance.detector import (
    Control,
    Controls,
    Detector,
    number_from,
    one_of,
    truth,
    whole_from,
)
from pratique.surveillance.figures import figure


@dataclass(frozen=True, slots=True)
class Fit:
    """How the mean in control is fitted to the counts before the chart starts.

    `S` waves of the year, with a slope or not; `refit`: again after each alarm. The peer takes
    none to mean one wave without a slope.
    """

    S: int = 1
    trend: bool = True
    refit: bool = False

    @property
    def terms(self) -> int:
        """How many terms the mean has."""
        return 1 + 2 * self.S + self.trend


@dataclass(frozen=True, slots=True)
class _Chart:
    """One pass over the counts: [series, time] arrays and [series] alpha and next time."""

    counts: Floats
    mean: Floats
    alpha: Floats
    begin: Whole
    upper: Floats
    raised: Truths


def _mu0(value: Any) -> Fit | Floats:
    match value:
        case None:
            return Fit(trend=False)
        case Fit():
            return value
        case Mapping():
            unknown = value.keys() - {"S", "trend", "refit"}
            if unknown:
                raise ValueError(f"has no `{min(unknown)}`; it has S, trend, refit")
            waves = whole_from(0)(value.get("S", 1))
            return Fit(waves, truth(value.get("trend", True)), truth(value.get("refit", False)))
        case _:
            given = levels(value)
            if not given.all():
                raise ValueError("must be more than 0, everywhere")
            return given


def _or_none(value: Any) -> float | None:
    return None if value is None else number_from(0)(value)


def _looks_back(value: Any) -> int:
    return -1 if value == -1 else whole_from(1)(value)


def _needs(controls: Controls) -> int:
    mu0 = controls["mu0"]
    return int(controls["run_in"]) + (mu0.terms if isinstance(mu0, Fit) else 0)


def _run_chart(chart: _Chart, controls: Controls, *, once: bool) -> None:
    from pratique.surveillance.kernels.glr import Rules, charted

    theta, back = controls["theta"], controls["m"]
    rules = Rules(
        limit=controls["c_arl"],
        kappa=math.nan if theta is None else theta,
        up=controls["dir"] == "inc",
        window=chart.counts.shape[1] if back == -1 else back,
        latest=controls["mtilde"],
        once=once,
    )
    charted(chart.counts, chart.mean, chart.alpha, chart.begin, rules, chart.upper, chart.raised)


def _refitted(chart: _Chart, design: Floats, controls: Controls) -> None:
    """Run the chart from alarm to alarm, with a new mean of all earlier counts after each."""
    end = chart.counts.shape[1]
    _run_chart(chart, controls, once=True)
    while (again := np.flatnonzero(chart.begin < end)).size:
        times = np.arange(end)
        known = np.where(times < chart.begin[again, None], chart.counts[again], np.nan)
        for row, series in enumerate(again):
            alpha = float(chart.alpha[series])
            mean, _ = seasonal_mean(known[row : row + 1], end, design, alpha)
            chart.mean[series, chart.begin[series] :] = mean[0, chart.begin[series] :]
        part = _Chart(*(values[again] for values in _arrays(chart)))
        _run_chart(part, controls, once=True)
        for values, found in zip(_arrays(chart), _arrays(part), strict=True):
            values[again] = found


def _arrays(chart: _Chart) -> tuple[Any, ...]:
    return chart.counts, chart.mean, chart.alpha, chart.begin, chart.upper, chart.raised


def _in_control(counts: Floats, start: int, controls: Controls, design: Floats | None) -> _Chart:
    spread = controls["alpha"]
    if design is None:
        mean = np.full(counts.shape, np.nan)
        mean[:, start:] = given_mean(controls["mu0"], len(counts), counts.shape[1] - start)
        alpha = np.full(len(counts), 0.0 if spread is None else spread)
    else:
        mean, alpha = seasonal_mean(counts, start, design, spread)
    return _Chart(
        counts,
        mean,
        alpha,
        np.full(len(counts), start, np.int64),
        np.full(counts.shape, np.nan),
        np.zeros(counts.shape, np.bool_),
    )


def _find(counts: Floats, at: Whole, controls: Controls) -> Detection:
    fit = controls["mu0"]

    def run(first: int, end: int) -> Detection:
        start = first - controls["run_in"]
        design = None
        if isinstance(fit, Fit):
            design = seasonal_design(end, controls["freq"], fit.S, trend=fit.trend)
        rows = np.array(counts[:, :end], order="C")
        chart = _in_control(rows, start, controls, design)
        if design is not None and fit.refit:
            _refitted(chart, design, controls)
        else:
            _run_chart(chart, controls, once=False)
        return Detection(
            at=np.arange(first, end),
            upper=chart.upper[:, first:],
            alarm=chart.raised[:, first:],
            expected=chart.mean[:, first:],
            phi=np.broadcast_to(chart.alpha[:, None], (len(rows), end - first)),
        )

    return over_span(counts, at, _needs(controls), run)


def _why(detection: Detection, counts: Floats, series: int, index: int) -> Sentence:
    assert detection.expected is not None
    return say(
        "{count} counted, {expected} expected; the log likelihood ratio of a change some time "
        "before is {ratio}",
        count=figure(counts[series, detection.at[index]]),
        expected=figure(detection.expected[series, index]),
        ratio=figure(detection.upper[series, index]),
    )


GLRNB = Detector(
    name="glrnb",
    label=say("regression chart: the likelihood ratio of a rise"),
    source=(
        "Höhle M, Paul M (2008). Count data regression charts for the monitoring of surveillance "
        "time series. Comput Stat Data Anal 52:4357-4368"
    ),
    controls=(
        Control(
            "c_arl", 5.0, say("the statistic from which on an alarm is raised"), number_from(0)
        ),
        Control(
            "mu0",
            Fit(),
            say(
                "the mean in control: a number, one for each time of the chart, or how it is "
                "fitted to what was counted before: S waves of the year, trend, refit"
            ),
            _mu0,
        ),
        Control(
            "alpha",
            None,
            say("the dispersion: variance = mean + alpha × mean²; none: estimated with the mean"),
            _or_none,
        ),
        Control(
            "theta",
            None,
            say("the logarithm of the rise that is looked for; none: the likeliest one"),
            _or_none,
        ),
        Control("m", -1, say("how many times back a rise may lie; -1: any"), _looks_back),
        Control("mtilde", 1, say("how many times a rise must have lasted"), whole_from(1)),
        Control("change", "intercept", say("what changes: the level"), one_of("intercept")),
        Control("dir", "inc", say("whether a rise or a fall is looked for"), one_of("inc", "dec")),
        Control("ret", "value", say("what the bound holds: the statistic"), one_of("value")),
        Control("freq", 52, say("how many times make a year"), whole_from(1)),
        Control(
            "run_in",
            0,
            say("how many times before the first monitored one the chart starts"),
            whole_from(0),
        ),
    ),
    needs=_needs,
    find=_find,
    why=_why,
)
