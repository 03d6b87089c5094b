# SPDX-License-Identifier: Apache-2.0
"""The moving average: a count against the mean of those before, times a factor or plus a spread."""

from __future__ import annotations

from typing import Any

import numpy as np

from pratique.base.text import Sentence, say
from pratique.surveillance.arrays import Floats, Whole
from pratique.surveillance.charts.span import over_span
from pratique.surveillance.detection import Detection
from pratique.surveillance.detector import Control, Controls, Detector, number_from, whole_from
from pratique.surveillance.figures import figure


def _factor(value: Any) -> float | None:
    return None if value is None else number_from(1)(value)


def _needs(controls: Controls) -> int:
    if controls["least"] > controls["window"]:
        raise ValueError("`least` must be at most `window`")
    return int(controls["window"])


def _find(counts: Floats, at: Whole, controls: Controls) -> Detection:
    from pratique.surveillance.kernels.windows import known_moments

    width, least, factor = controls["window"], controls["least"], controls["factor"]

    def run(first: int, end: int) -> Detection:
        mean, sd = np.empty((2, len(counts), end - first))
        known_moments(np.ascontiguousarray(counts), first, width, least, mean, sd)
        upper = mean + controls["z"] * sd if factor is None else factor * mean
        with np.errstate(invalid="ignore"):
            raised = counts[:, first:end] > upper
        return Detection(at=np.arange(first, end), upper=upper, alarm=raised, expected=mean)

    return over_span(counts, at, _needs(controls), run)


def _why(detection: Detection, counts: Floats, series: int, index: int) -> Sentence:
    assert detection.expected is not None
    return say(
        "{count} counted; the mean of the counts before is {mean}, and more than {bound} is "
        "unusual",
        count=figure(counts[series, detection.at[index]]),
        mean=figure(detection.expected[series, index]),
        bound=figure(detection.upper[series, index]),
    )


MOVING_AVERAGE = Detector(
    name="moving_average",
    label=say("moving average: the mean of those before"),
    source=(
        "Shewhart WA (1931). Economic control of quality of manufactured product. Van Nostrand: "
        "mean and standard deviations of earlier values, here of a moving window"
    ),
    controls=(
        Control("window", 8, say("how many times before the mean is taken from"), whole_from(2)),
        Control("z", 2.0, say("how many standard deviations above the mean"), number_from(0)),
        Control(
            "factor",
            None,
            say("how many times the mean, instead of standard deviations above it"),
            _factor,
        ),
        Control("least", 4, say("how many of the times before must be known"), whole_from(2)),
    ),
    needs=_needs,
    find=_find,
    why=_why,
)
