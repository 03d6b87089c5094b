# SPDX-License-Identifier: Apache-2.0
"""Measures in plain words: where figures come from, what they are, what holds where none came."""

from __future__ import annotations

from fractions import Fraction
from math import isfinite
from typing import TYPE_CHECKING

from pratique.accord.fields.detectors import settings_words
from pratique.accord.words.amounts import type_words, value_words
from pratique.base.text import Bare, Code, Sentence, say

if TYPE_CHECKING:
    from pratique.accord.kinds.measure import Measure, Series

_RHYTHMS = {
    "daily": say("every day"),
    "weekly": say("every week"),
    "monthly": say("every month"),
    "irregular": say("at no fixed rhythm"),
}


def measure_words(measure: Measure) -> list[Sentence]:
    """Return what a measure says, sentence by sentence."""
    reading = [_origin(measure), *spread_words(per_party=measure.per_party, group=measure.group)]
    if not measure.is_event:
        reading += [_type(measure), *_signal(measure), _missing(measure)]
    if measure.split_by:
        ways = [Code(way) for way in measure.split_by]
        reading.append(say("It is split by {ways}.", ways=ways))
    return reading


def spread_words(*, per_party: bool, group: str) -> list[Sentence]:
    """Return that each Party, or each member of a group, has its own; nothing if it is shared."""
    if group:
        return [
            say("Each Party in {group} has its own, and no other Party.", group=Bare(Code(group)))
        ]
    return [say("Each Party has its own.")] if per_party else []


def _origin(measure: Measure) -> Sentence:
    name = Code(measure.name)
    if measure.series is None:
        if measure.is_event:
            return say("{name} is an event, as an office reports it.", name=name)
        return say("{name} is a figure that an office reports.", name=name)
    origin: dict[str, object] = {
        "name": name,
        "series": _series_words(measure.series),
        "rhythm": _RHYTHMS[measure.series.rhythm],
        "authority": Code(measure.series.authority),
    }
    if measure.detector and measure.is_event:
        return say(
            "{name} is an event: the detector {detector} gives a signal on {series},"
            " as {authority} publishes it {rhythm}.",
            detector=_detector_words(measure.series),
            **origin,
        )
    if measure.is_event:
        return say("{name} is an event: {series}, as {authority} publishes it {rhythm}.", **origin)
    if measure.detector:
        return say(
            "{name} is the signal of the detector {detector} on {series},"
            " as {authority} publishes it {rhythm}.",
            detector=_detector_words(measure.series),
            **origin,
        )
    return say("{name} is {series}, as {authority} publishes it {rhythm}.", **origin)


def _detector_words(series: Series) -> Code | Sentence:
    detector = Code(series.detector)
    if not series.controls:
        return detector
    controls = settings_words(series.controls)
    return say("{detector} (with {controls})", detector=detector, controls=controls)


def _signal(measure: Measure) -> list[Sentence]:
    if not measure.detector:
        return []
    return [
        say(
            "A day's or a week's figure is 1 where there is a signal, 0 where there is none;"
            " where the detector cannot tell, none is given."
        )
    ]


def _series_words(series: Series) -> Sentence:
    name, group = Bare(Code(series.name)), Bare(Code(series.group))
    disease = Code(series.disease)
    if series.disease and series.group:
        return say(
            "the series {name} of {disease}, class {group}", name=name, disease=disease, group=group
        )
    if series.disease:
        return say("the series {name} of {disease}", name=name, disease=disease)
    if series.group:
        return say("the series {name}, class {group}", name=name, group=group)
    return say("the series {name}", name=name)


def _type(measure: Measure) -> Sentence:
    type_ = type_words(measure.type)
    if not (isfinite(measure.low) and isfinite(measure.high)):
        return say("It is {type}.", type=type_)
    low, high = (
        value_words(Fraction(str(bound)), measure.type) for bound in (measure.low, measure.high)
    )
    return say("It is {type}, from {low} to {high}.", type=type_, low=low, high=high)


def _missing(measure: Measure) -> Sentence:
    if measure.hold is not None:
        return say(
            "A report is presumed unchanged for {time}; after that the value is unknown.",
            time=measure.hold,
        )
    if measure.assumed is not None:
        value = value_words(measure.assumed, measure.type)
        return say("Where no report has come, {value} is assumed.", value=value)
    return say("Where no report has come for a day, the value is unknown.")
