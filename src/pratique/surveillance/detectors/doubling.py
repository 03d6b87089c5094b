# SPDX-License-Identifier: Apache-2.0
"""Rises by a factor: doubling from week to week, or so many times the mean of the weeks before."""

from __future__ import annotations

import math

from pratique.base.text import Sentence, say
from pratique.surveillance.arrays import Floats, Whole
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
from pratique.surveillance.thresholds import Rise, Rule, nearness

CONTROLS = (
    Control(
        "against",
        "each",
        say(
            "each (each time at least so many times the one before), first (the last so many times "
            "the first) or mean (so many times the mean of the times before)"
        ),
        one_of("each", "first", "mean"),
    ),
    Control("factor", 2.0, say("so many times"), number_from(1)),
    Control("spans", 3, say("over how many times"), whole_from(1)),
    Control("periods", 1, say("how many times are counted together"), whole_from(1)),
    Control("least", 1.0, say("smaller counts are no rise"), number_from(0)),
)


def _rule(controls: Controls) -> Rule:
    against, spans = controls["against"], controls["spans"]
    if against != "mean" and spans == 1:
        raise ValueError("`spans` must be 2 or more: one time has risen on none")
    rise = Rise(against, controls["factor"], spans)
    return Rule(controls["periods"], rise=rise, least=controls["least"])


def _needs(controls: Controls) -> int:
    return _rule(controls).history


def _find(counts: Floats, at: Whole, controls: Controls) -> Detection:
    near = nearness((_rule(controls),), counts, at)
    return Detection(
        at=at,
        upper=near.bound,
        alarm=near.share >= 1,
        expected=near.expected,
        score=near.share,
    )


def _why(detection: Detection, counts: Floats, series: int, index: int) -> Sentence:
    bound = float(detection.upper[series, index])
    share = 1.0 if detection.score is None else float(detection.score[series, index])
    expected = math.nan if detection.expected is None else float(detection.expected[series, index])
    return say(
        "{count} counted, against {before} before; from {bound} on it is a rise",
        count=figure(round(share * bound, 6), 2),
        before=figure(expected, 2),
        bound=figure(bound, 2),
    )


DOUBLING = Detector(
    name="doubling",
    label=say("doubling"),
    source="WHO guidance on meningitis (2014) and early-warning practice, see guidance/*.toml",
    controls=CONTROLS,
    needs=_needs,
    find=_find,
    why=_why,
)
