# SPDX-License-Identifier: Apache-2.0
"""The CUSUM of Rossi and others: small excesses over what is expected, added up over time.

The chart starts with a sum of zero at the first monitored time, or `run_in` times before it, and
goes through every time to the last monitored one; an alarm does not reset it.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from pratique.base.text import Sentence, say
from pratique.surveillance.arrays import Floats, Whole
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
    whole_from,
)
from pratique.surveillance.figures import figure

TRANSFORMATIONS = (
    "standard",
    "rossi",
    "anscombe",
    "anscombe2nd",
    "pearsonNegBin",
    "none",
)
TERMS = 3
"""Of the mean with a wave of the year; fewer times do not make one."""


def _mean(value: Any) -> Floats | str | None:
    if value is None or isinstance(value, str):
        if value in {None, "glm"}:
            return value
        raise ValueError(f"must be glm, a number or none, not {value}")
    return levels(value)


def _needs(controls: Controls) -> int:
    m = controls["m"]
    history = 1 if m is None else TERMS if isinstance(m, str) else 0
    return history + int(controls["run_in"])


def _expected(counts: Floats, first: int, end: int, controls: Controls) -> Floats:
    """Return the mean [series, time or 1] from `first` to `end`, of what was counted before."""
    from pratique.surveillance.kernels.cusum import known_means

    m = controls["m"]
    if isinstance(m, str):
        design = seasonal_design(end, controls["freq"], 1, trend=False)
        return np.ascontiguousarray(seasonal_mean(counts, first, design, 0.0)[0][:, first:])
    if m is None:
        mean = np.empty((len(counts), 1))
        known_means(counts, first, mean[:, 0])
        return mean
    return given_mean(m, len(counts), end - first)


def _find(counts: Floats, at: Whole, controls: Controls) -> Detection:
    from pratique.surveillance.kernels.cusum import Rules, charted

    before = controls["run_in"]
    trans = TRANSFORMATIONS.index(controls["trans"])
    rows = np.ascontiguousarray(counts)
    rules = Rules(controls["k"], controls["h"], trans, controls["alpha"])

    def run(first: int, end: int) -> Detection:
        start = first - before
        shape = (len(counts), end - start)
        mean = _expected(rows, start, end, controls)
        upper, score, raised = np.empty(shape), np.empty(shape), np.empty(shape, np.bool_)
        charted(rows, start, mean, rules, upper, raised, score)
        return Detection(
            at=np.arange(first, end),
            upper=upper[:, before:],
            alarm=raised[:, before:],
            expected=np.broadcast_to(mean, shape)[:, before:],
            score=score[:, before:],
        )

    return over_span(counts, at, _needs(controls), run)


def _why(detection: Detection, counts: Floats, series: int, index: int) -> Sentence:
    assert detection.expected is not None
    assert detection.score is not None
    return say(
        "{count} counted, {expected} expected; what exceeds the expected has added up to {score} "
        "standard deviations",
        count=figure(counts[series, detection.at[index]]),
        expected=figure(detection.expected[series, index]),
        score=figure(detection.score[series, index]),
    )


CUSUM = Detector(
    name="cusum",
    label=say("CUSUM: small excesses added up"),
    source=(
        "Rossi G, Lampugnani L, Marchi M (1999). An approximate CUSUM procedure for surveillance "
        "of health events. Stat Med 18:2111-2122; Pierce DA, Schafer DW (1986). Residuals in "
        "generalized linear models. J Am Stat Assoc 81:977-986"
    ),
    controls=(
        Control("k", 1.04, say("the part of each excess that is not added up"), number_from(0)),
        Control("h", 2.26, say("the sum from which on an alarm is raised"), number_from(0)),
        Control(
            "trans",
            "standard",
            say("how a count is turned into an excess that has a spread of one"),
            one_of(*TRANSFORMATIONS),
        ),
        Control(
            "m",
            None,
            say(
                "the expected count: a number, or one for each time of the chart; `glm` for a mean "
                "with a season; none for the mean of all counts before the chart starts"
            ),
            _mean,
        ),
        Control(
            "alpha",
            0.1,
            say("the dispersion of negative binomial counts: variance = mean + alpha × mean²"),
            number_from(0),
        ),
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
