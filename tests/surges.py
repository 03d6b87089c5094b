# SPDX-License-Identifier: Apache-2.0
"""A detector for tests that anyone can reckon: a signal where a count is above a times the last."""

from __future__ import annotations

import numpy as np

from pratique.base.text import Sentence, say
from pratique.surveillance.arrays import Floats, Whole
from pratique.surveillance.detection import Detection
from pratique.surveillance.detector import Control, Controls, Detector, number_from, one_of, truth


def _find(counts: Floats, at: Whole, controls: Controls) -> Detection:
    before = np.where(at > 0, counts[:, np.maximum(at - 1, 0)], np.nan)
    upper = before * controls["times"]
    with np.errstate(invalid="ignore"):
        return Detection(at, upper, counts[:, at] > upper)


def _why(found: Detection, counts: Floats, series: int, index: int) -> Sentence:
    return say(
        "{count} is above {upper}",
        count=int(counts[series, found.at[index]]),
        upper=round(found.upper[series, index]),
    )


SURGE = Detector(
    "surge",
    say("a surge"),
    "made for tests",
    (
        Control("times", 2.0, say("how many times the last count is too many"), number_from(1)),
        Control("calm", False, say("whether nothing is meant by it"), truth),
        Control("mood", "good", say("a word"), one_of("good", "bad")),
        Control("pair", (5.0, 4.0), say("two numbers"), lambda value: (*map(float, value),)),
    ),
    lambda _: 1,
    _find,
    _why,
)
SURGES = {"surge": SURGE}
