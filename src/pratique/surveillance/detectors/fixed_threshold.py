# SPDX-License-Identifier: Apache-2.0
"""Fixed thresholds: a count or a rate that is reached, one's own or a published one by name."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import ArrayLike

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
from pratique.surveillance.thresholds import Rule, nearness, thresholds_of


def _name(value: Any) -> str:
    for level in ("alert", "epidemic"):
        try:
            thresholds_of(value, level)
        except ValueError as fault:
            last = fault
        else:
            return str(value)
    raise ValueError(f"names no published threshold: {last}")


def _persons(value: ArrayLike | None) -> Floats | None:
    if value is None:
        return None
    persons = np.asarray(value, dtype=np.float64)
    if persons.ndim > 2 or (persons < 0).any():
        raise ValueError("must be persons for each series, or [series, time], never negative")
    return persons


def _optional(value: Any) -> float | None:
    return None if value is None else number_from(0)(value)


CONTROLS = (
    Control("threshold", "", say("a published threshold, by its condition"), _name),
    Control(
        "level", "alert", say("alert (verify) or epidemic (respond)"), one_of("alert", "epidemic")
    ),
    Control("count", None, say("a count that is reached; where nothing is given, 1"), _optional),
    Control("rate", None, say("a rate that is reached"), _optional),
    Control("per", 100_000, say("the rate is for so many persons"), number_from(1)),
    Control("population", None, say("persons, for each series or each of its times"), _persons),
    Control("periods", 1, say("how many times are counted together"), whole_from(1)),
    Control("step", 7, say("how many days one time lasts (7: a week)"), whole_from(1)),
)


def _rules(controls: Controls) -> tuple[Rule, ...]:
    periods, count, rate = controls["periods"], controls["count"], controls["rate"]
    own = [Rule(periods, count=count)] if count is not None else []
    own += [Rule(periods, rate=rate, per=controls["per"])] if rate is not None else []
    name = controls["threshold"]
    if own and name:
        raise ValueError("give a published `threshold`, or a `count` or `rate` of your own")
    if not name:
        return tuple(own) or (Rule(periods, count=1),)
    published = thresholds_of(name, controls["level"])
    return tuple(threshold.rule_for(controls["step"]) for threshold in published)


def _needs(controls: Controls) -> int:
    return max(rule.history for rule in _rules(controls))


def _find(counts: Floats, at: Whole, controls: Controls) -> Detection:
    near = nearness(_rules(controls), counts, at, _at_times(controls["population"], counts, at))
    return Detection(
        at=at,
        upper=near.bound,
        alarm=near.share >= 1,
        expected=near.expected,
        score=near.share,
    )


def _at_times(population: Floats | None, counts: Floats, at: Whole) -> Floats | None:
    if population is None:
        return None
    if population.ndim == 1 and len(counts) == 1 and len(population) == counts.shape[1]:
        population = population[None, :]
    persons = population[:, None] if population.ndim == 1 else population
    return np.broadcast_to(persons, counts.shape)[:, at]


def _why(detection: Detection, counts: Floats, series: int, index: int) -> Sentence:
    count = float(counts[series, detection.at[index]])
    bound = float(detection.upper[series, index])
    total = bound if detection.score is None else float(detection.score[series, index]) * bound
    if abs(total - count) < 0.5:
        return say(
            "{count} counted; the threshold is {bound}",
            count=figure(count, 2),
            bound=figure(bound, 2),
        )
    return say(
        "{count} counted, {total} with the times before; the threshold is {bound}",
        count=figure(count, 2),
        total=figure(round(total)),
        bound=figure(bound, 2),
    )


FIXED_THRESHOLD = Detector(
    name="fixed_threshold",
    label=say("fixed threshold"),
    source="the thresholds' own sources stand with them in guidance/*.toml",
    controls=CONTROLS,
    needs=_needs,
    find=_find,
    why=_why,
)
