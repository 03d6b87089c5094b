# SPDX-License-Identifier: Apache-2.0
"""Farrington's method of 1996: a bound from the same times of earlier years; no seasons.

As R's `surveillance` 1.20 has it: both tails share `alpha`, every residual above 1 weighs less, the
trend goes by times and is tested by a dispersion not floored at 1, and where recent counts are too
few the bound is 0.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from pratique.base.text import say
from pratique.surveillance.arrays import Floats, Whole
from pratique.surveillance.detection import Detection
from pratique.surveillance.detector import Controls, Detector
from pratique.surveillance.detectors.farrington_flexible import (
    LEAST_YEARS_OF_A_TREND,
    METHODS,
    POWERS,
    QUIRKS_OF_1996,
    Method,
    found,
    history_controls,
    needed,
    why,
)
from pratique.surveillance.farrington_design import History

# Farrington and others (1996), sections 3.6 and 3.7.
_OUTLYING, _KEEP_BELOW = 1.0, 0.05


def _history(controls: Controls) -> History:
    w = controls["w"]
    freq, b, days = controls["freq"], controls["b"], controls["dates"]
    return History(freq, b, w, periods=1, recent=w, days=days, by_times=True)


def _needs(controls: Controls) -> int:
    return needed(_history(controls))


def _find(counts: Floats, at: Whole, controls: Controls) -> Detection:
    method = Method(
        tail=controls["alpha"] / 2.0,
        outlying=_OUTLYING,
        trend=controls["trend"] and controls["b"] >= LEAST_YEARS_OF_A_TREND,
        keep_below=_KEEP_BELOW,
        limit54=controls["limit54"],
        power=POWERS[controls["powertrans"]],
        threshold=METHODS["delta"],
        reweight=controls["reweight"],
        quirks=QUIRKS_OF_1996,
    )
    detection = found(counts, at, _history(controls), method)
    span = int(method.limit54[1])
    recent = at[:, np.newaxis] - np.arange(span)
    known = ~np.isnan(counts[:, np.maximum(recent, 0)]).any(axis=2)
    few = np.isnan(detection.upper) & ~np.isnan(np.asarray(detection.phi)) & known
    return replace(detection, upper=np.where(few, 0.0, detection.upper))


FARRINGTON = Detector(
    name="farrington",
    label=say("Farrington 1996"),
    source=(
        "Farrington and others (1996), Journal of the Royal Statistical Society A 159:547–563, "
        "doi:10.2307/2983331"
    ),
    controls=history_controls(say("years back")),
    needs=_needs,
    find=_find,
    why=why,
)
