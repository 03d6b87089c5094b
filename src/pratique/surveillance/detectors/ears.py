# SPDX-License-Identifier: Apache-2.0
"""EARS C1, C2 and C3: the counts of the last days or weeks are the only history.

C1 compares with the window just before, C2 leaves two times out between, C3 adds up what exceeds
C2's mean by more than one standard deviation at this time and the two before it.
"""

from __future__ import annotations

from functools import partial
from statistics import NormalDist

import numpy as np

from pratique.base.text import Sentence, say
from pratique.surveillance.arrays import Floats, Whole
from pratique.surveillance.charts.span import over_span
from pratique.surveillance.detection import Detection
from pratique.surveillance.detector import (
    Control,
    Controls,
    Detector,
    a_share,
    number_from,
    whole_from,
)
from pratique.surveillance.figures import figure

SOURCE = (
    "Hutwagner L, Thompson W, Seeman GM, Treadwell T (2003). The bioterrorism preparedness and "
    "response Early Aberration Reporting System (EARS). J Urban Health 80(2 Suppl 1):i89-i96; "
    "Fricker RD, Hegler BL, Dunfee DA (2008). Comparing syndromic surveillance detection methods: "
    "EARS' versus a CUSUM-based methodology. Stat Med 27:3407-3429"
)
LAG = 2


def _controls(alpha: float) -> tuple[Control, ...]:
    window = say("how many counts make the window of history")
    least = say("the least standard deviation that is assumed; 0.5 or 1 for sparse counts")
    chance = say("the chance of an alarm at one time where nothing happens")
    return (
        Control("baseline", 7, window, whole_from(3)),
        Control("min_sigma", 0.0, least, number_from(0)),
        Control("alpha", alpha, chance, a_share),
    )


def _needs(controls: Controls, before: int) -> int:
    return int(controls["baseline"]) + before


def _shewhart(counts: Floats, at: Whole, controls: Controls, lag: int) -> Detection:
    from pratique.surveillance.kernels.windows import shewhart

    width, z = controls["baseline"], NormalDist().inv_cdf(1 - controls["alpha"])
    rows = np.ascontiguousarray(counts)

    def run(first: int, end: int) -> Detection:
        upper = np.empty((len(rows), end - first))
        raised = np.empty(upper.shape, np.bool_)
        shewhart(rows, first, width, lag, z, controls["min_sigma"], upper, raised)
        return Detection(at=np.arange(first, end), upper=upper, alarm=raised)

    return over_span(rows, at, width + lag, run)


def _three(counts: Floats, at: Whole, controls: Controls) -> Detection:
    from pratique.surveillance.kernels.windows import three_excesses

    width, z = controls["baseline"], NormalDist().inv_cdf(1 - controls["alpha"])
    rows = np.ascontiguousarray(counts)

    def run(first: int, end: int) -> Detection:
        upper = np.empty((len(rows), end - first))
        raised = np.empty(upper.shape, np.bool_)
        three_excesses(rows, first, width, z, controls["min_sigma"], upper, raised)
        return Detection(at=np.arange(first, end), upper=upper, alarm=raised)

    return over_span(rows, at, width + 2 * LAG, run)


def _why(detection: Detection, counts: Floats, series: int, index: int) -> Sentence:
    return say(
        "{count} counted; more than {bound} is unusual beside the counts just before",
        count=figure(counts[series, detection.at[index]]),
        bound=figure(detection.upper[series, index]),
    )


def _why_three(detection: Detection, counts: Floats, series: int, index: int) -> Sentence:
    return say(
        "{count} counted; with the excess of the two times before, more than {bound} is unusual "
        "beside the counts before that",
        count=figure(counts[series, detection.at[index]]),
        bound=figure(detection.upper[series, index]),
    )


EARS_C1 = Detector(
    name="ears_c1",
    label=say("EARS C1: the window just before"),
    source=SOURCE,
    controls=_controls(0.001),
    needs=partial(_needs, before=0),
    find=partial(_shewhart, lag=0),
    why=_why,
)
EARS_C2 = Detector(
    name="ears_c2",
    label=say("EARS C2: a window that ended two times ago"),
    source=SOURCE,
    controls=_controls(0.001),
    needs=partial(_needs, before=LAG),
    find=partial(_shewhart, lag=LAG),
    why=_why,
)
EARS_C3 = Detector(
    name="ears_c3",
    label=say("EARS C3: the excess over three times together"),
    source=SOURCE,
    controls=_controls(0.025),
    needs=partial(_needs, before=2 * LAG),
    find=_three,
    why=_why_three,
)
