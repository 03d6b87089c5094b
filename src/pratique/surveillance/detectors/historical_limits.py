# SPDX-License-Identifier: Apache-2.0
"""Historical limits: four weeks' total against the totals of the same season in earlier years.

Each earlier year gives three totals: of the same weeks, and of as many just before and after. A
total with a missing week is missing; the bound is what this week's count would have to exceed.
"""

from __future__ import annotations

import numpy as np

from pratique.base.text import Sentence, say
from pratique.surveillance.arrays import Floats, Whole
from pratique.surveillance.charts.span import over_span
from pratique.surveillance.detection import Detection
from pratique.surveillance.detector import Control, Controls, Detector, number_from, whole_from
from pratique.surveillance.figures import figure


def _needs(controls: Controls) -> int:
    width = controls["width"]
    if width > controls["freq"] // 3:
        raise ValueError("`width` must be at most a third of a year")
    if controls["least"] > 3 * controls["years"]:
        raise ValueError("`least` must be at most three totals a year")
    return int(controls["years"] * controls["freq"] + 2 * width - 1)


def _totals(counts: Floats, width: int) -> Floats:
    """Return the totals of `width` counts that end at each time; NaN where any is missing."""
    totals = np.full(counts.shape, np.nan)
    last = counts.shape[1] - width + 1
    if last > 0:
        totals[:, width - 1 :] = sum(counts[:, step : step + last] for step in range(width))
    return totals


def _find(counts: Floats, at: Whole, controls: Controls) -> Detection:
    width, freq, years = controls["width"], controls["freq"], controls["years"]

    def run(first: int, end: int) -> Detection:
        totals = _totals(counts[:, :end], width)
        back = [year * freq + off for year in range(1, years + 1) for off in (-width, 0, width)]
        earlier = [totals[:, first - ago : end - ago] for ago in back]
        known, mean, sd = _moments(earlier)
        enough = known >= controls["least"]
        now = totals[:, first:end]
        with np.errstate(divide="ignore", invalid="ignore"):
            limit = np.where(enough, mean + controls["z"] * sd, np.nan)
            score = np.where(enough, (now - mean) / sd, np.nan)
        return Detection(
            at=np.arange(first, end),
            upper=counts[:, first:end] + (limit - now),
            alarm=now > limit,
            expected=np.where(enough, mean / width, np.nan),
            score=score,
        )

    return over_span(counts, at, _needs(controls), run)


def _moments(values: list[Floats]) -> tuple[Floats, Floats, Floats]:
    """Return how many are known, their mean and their standard deviation, place by place."""
    # One after the other, since a sum over an axis rounds as its shape lets it.
    known, total, square = np.zeros((3, *values[0].shape))
    for value in values:
        known += ~np.isnan(value)
        total += np.nan_to_num(value)
    with np.errstate(divide="ignore", invalid="ignore"):
        mean = total / known
        for value in values:
            square += np.nan_to_num(value - mean) ** 2
        return known, mean, np.sqrt(square / (known - 1))


def _why(detection: Detection, counts: Floats, series: int, index: int) -> Sentence:
    return say(
        "{count} counted; with the weeks just before, more than {bound} is unusual beside the "
        "same weeks of earlier years",
        count=figure(counts[series, detection.at[index]]),
        bound=figure(detection.upper[series, index]),
    )


HISTORICAL_LIMITS = Detector(
    name="historical_limits",
    label=say("historical limits: the same weeks of earlier years"),
    source=(
        "Stroup DF, Williamson GD, Herndon JL, Karon JM (1989). Detection of aberrations in the "
        "occurrence of notifiable diseases surveillance data. Stat Med 8:323-329"
    ),
    controls=(
        Control("years", 5, say("how many earlier years are compared with"), whole_from(1)),
        Control("width", 4, say("how many weeks are added up"), whole_from(1)),
        Control("z", 2.0, say("how many standard deviations above the mean"), number_from(0)),
        Control("least", 10, say("how many of the earlier totals must be known"), whole_from(2)),
        Control("freq", 52, say("how many times make a year"), whole_from(4)),
    ),
    needs=_needs,
    find=_find,
    why=_why,
)
