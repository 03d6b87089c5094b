# SPDX-License-Identifier: Apache-2.0
"""The Bayes system: the next count, predicted from those just before and from earlier years.

Counts are Poisson with one rate that has Jeffreys' prior, so that the next is negative binomial.
Bayes 1 is `b` 0, `w` 6; Bayes 2 is `b` 1, `w` 6; Bayes 3 is `b` 2, `w` 4, `act_y` no.
"""

from __future__ import annotations

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
    truth,
    whole_from,
)
from pratique.surveillance.figures import figure


def _windows(controls: Controls) -> list[tuple[int, int]]:
    """Return how many times before the monitored one each window starts and ends (excluded)."""
    b, w, freq = controls["b"], controls["w"], controls["freq"]
    now = [(w, 0)] if controls["act_y"] and w else []
    return now + [(year * freq + w, year * freq - w - 1) for year in range(1, b + 1)]


def _needs(controls: Controls) -> int:
    windows = _windows(controls)
    if not windows:
        raise ValueError("`bayes` needs `w` of this year, or `b` earlier years, to compare with")
    if min(end for _, end in windows) < 0:
        raise ValueError("`w` must be less than a year")
    return max(start for start, _ in windows)


def _find(counts: Floats, at: Whole, controls: Controls) -> Detection:
    from pratique.surveillance.kernels.windows import predictive_bounds

    alpha = controls["alpha"]
    windows = _windows(controls)

    def run(first: int, end: int) -> Detection:
        known = ~np.isnan(counts[:, :end])
        summed = _running(np.where(known, counts[:, :end], 0.0))
        counted = _running(known)
        total, seen = np.zeros((2, len(counts), end - first))
        for far, near in windows:
            here, there = slice(first - near, end - near), slice(first - far, end - far)
            total += summed[:, here] - summed[:, there]
            seen += counted[:, here] - counted[:, there]
        upper = np.empty(total.shape)
        z = NormalDist().inv_cdf(1 - alpha)
        predictive_bounds(total.ravel(), seen.ravel(), alpha, z, upper.ravel())
        with np.errstate(invalid="ignore"):
            raised = counts[:, first:end] > upper
            mean = (total + 0.5) / np.where(seen, seen, np.nan)
        return Detection(at=np.arange(first, end), upper=upper, alarm=raised, expected=mean)

    return over_span(counts, at, _needs(controls), run)


def _running(values: Floats) -> Floats:
    """Return the sums of all values before each time, [series, time + 1]; whole counts exactly."""
    sums = np.zeros((values.shape[0], values.shape[1] + 1))
    np.cumsum(values, axis=1, out=sums[:, 1:])
    return sums


def _why(detection: Detection, counts: Floats, series: int, index: int) -> Sentence:
    assert detection.expected is not None
    return say(
        "{count} counted, {expected} expected; more than {bound} is unusual beside the counts "
        "before",
        count=figure(counts[series, detection.at[index]]),
        expected=figure(detection.expected[series, index]),
        bound=figure(detection.upper[series, index]),
    )


BAYES = Detector(
    name="bayes",
    label=say("Bayes: the count predicted from those before"),
    source=(
        "Riebler A (2004). Empirischer Vergleich von statistischen Methoden zur Ausbruchserkennung "
        "bei Surveillance Daten. Bachelor's thesis, University of Munich; Höhle M (2007). "
        "surveillance: an R package for the monitoring of infectious diseases. Comput Stat "
        "22:571-582"
    ),
    controls=(
        Control("b", 0, say("how many earlier years are compared with"), whole_from(0)),
        Control(
            "w", 6, say("how many times before, and on each side of a year ago"), whole_from(0)
        ),
        Control("act_y", True, say("whether the `w` times just before count too"), truth),
        Control(
            "alpha", 0.05, say("the chance of an alarm at one time where nothing happens"), a_share
        ),
        Control("freq", 52, say("how many times make a year"), whole_from(1)),
    ),
    needs=_needs,
    find=_find,
    why=_why,
)
