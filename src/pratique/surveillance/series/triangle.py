# SPDX-License-Identifier: Apache-2.0
"""From vintages to the reporting triangle that a nowcast is made of, in periods of the series."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from pratique.base.moment import Day
from pratique.surveillance.estimates.triangle import Triangle, reporting_triangle
from pratique.surveillance.series.rhythm import DAYS
from pratique.surveillance.series.vintages import Vintages


def triangle_of(vintages: Vintages, longest: int, *, day: Day | None = None) -> Triangle:
    """Return new cases by period spoken of and periods until known, as known on a day.

    Only periods that were over on `day` (None: the last day known) count, both as spoken of and as
    known; what was withdrawn by then is left out whole. `longest` is in periods. ValueError if
    nothing was known.
    """
    step = DAYS[vintages.rhythm]
    now = (int(vintages.known.max()) if len(vintages) else vintages.first) if day is None else day
    last = (now + 1 - vintages.first) // step - 1
    end = vintages.first + (last + 1) * step - 1
    standing = ~np.isnan(vintages.as_known(end).counts)
    kept = standing[vintages.series, vintages.period] & ~np.isnan(vintages.value)
    kept &= vintages.known <= end
    spoken = vintages.period[kept].astype(np.int64)
    told = reporting_triangle(
        spoken,
        np.maximum((vintages.known[kept].astype(np.int64) - vintages.first) // step, spoken),
        vintages.value[kept],
        longest=longest,
        series=vintages.series[kept].astype(np.int64),
        first=0,
        as_of=last,
        cumulative=True,
    )
    silent = ((0, len(vintages.identities) - len(told.cells)), (0, 0), (0, 0))
    cells = np.pad(told.cells, silent, constant_values=np.nan)
    return replace(told, cells=cells, first=vintages.first, known=end)
