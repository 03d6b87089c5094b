# SPDX-License-Identifier: Apache-2.0
"""The two scales of a chart and their ticks, in the chart's language. Knows nothing of marks."""

from __future__ import annotations

import json
import math
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from pratique.base.moment import Moment, date_of, day_of
from pratique.base.numerals import is_english
from pratique.base.text import words
from pratique.rehearsal.figures import Chart

SECONDS = 86_400
WIDEST_LINEAR = 50
"""Where the highest value is more than so many times the lowest threshold, steps are tenfold."""


@dataclass(frozen=True, slots=True)
class Heights:
    """The vertical scale: from 0 to `top` over `pixels`, evenly or in tenfold steps."""

    top: float
    pixels: int
    tenfold: bool

    def pixel(self, value: float) -> float:
        """Return how many pixels above the ground a value stands."""
        if self.tenfold:
            return self.pixels * math.log1p(value) / math.log1p(self.top)
        return self.pixels * value / self.top

    def value(self, pixel: float) -> float:
        """Return the value that stands so many pixels above the ground."""
        share = pixel / self.pixels
        return math.expm1(share * math.log1p(self.top)) if self.tenfold else share * self.top

    def ticks(self) -> list[float]:
        """Return the values to name on the axis: 0 and round ones."""
        if self.tenfold:
            return [0.0] + [10.0**power for power in range(int(math.log10(self.top)) + 1)]
        step = 10 ** math.floor(math.log10(self.top / 2))
        step = next(step * by for by in (1, 2, 5, 10) if self.top / (step * by) <= 6)
        return [step * place for place in range(int(self.top / step) + 1)]


def heights_of(chart: Chart, pixels: int) -> Heights:
    """Return a chart's vertical scale."""
    values = [s.value for line in chart.lines for s in line.stretches if s.value is not None]
    values += [point.value for line in chart.lines for point in line.points]
    thresholds = [threshold.value for threshold in chart.thresholds]
    top = max([*values, *thresholds, 1.0])
    lowest = min([value for value in thresholds if value > 0], default=top)
    tenfold = top / lowest > WIDEST_LINEAR and min(values, default=0) >= 0
    return Heights(top * (1.6 if tenfold else 1.08), pixels, tenfold)


def is_tenfold(chart: Chart) -> bool:
    """Say whether each step of a chart's vertical scale is ten times the one before."""
    return heights_of(chart, 100).tenfold


def place_of(moment: Moment) -> float:
    """Return where a moment stands on the time axis: in days, whatever the clock."""
    return round(moment / SECONDS, 4)


def value_axis(heights: Heights, language: str) -> dict[str, Any]:
    """Return the vertical axis."""
    ticks = heights.ticks()
    return {
        "values": ticks,
        "labelExpr": _labels({str(_whole(tick)): words(_whole(tick), language) for tick in ticks}),
        "title": None,
        "domain": False,
        "ticks": False,
        "gridOpacity": 0.18,
    }


def time_axis(chart: Chart) -> dict[str, Any]:
    """Return the time axis: the first days of every so many months."""
    months = _months(chart)
    step = next(
        s
        for s in (1, 2, 3, 6, 12, 24, 60, 120, 1200)
        if len(months) / s <= (4 if chart.narrow else 9)
    )
    kept = [month for month in months if (month.year * 12 + month.month - 1) % step == 0]
    places = {
        place_of(chart.clock.start(day_of(month))): _month_words(month, chart.language)
        for month in kept
    }
    return {
        "values": list(places),
        "labelExpr": _labels(
            {f"{place:.4f}": label for place, label in places.items()}, by_time=True
        ),
        "title": None,
        "grid": False,
        "labelAngle": 0,
        "labelFlush": True,
    }


def _months(chart: Chart) -> list[date]:
    return list(
        _firsts(date_of(chart.clock.day(chart.begins)), date_of(chart.clock.day(chart.until)))
    )


def _firsts(first: date, last: date) -> Iterator[date]:
    index = first.year * 12 + first.month - (first.day == 1)
    while (month := date(index // 12, index % 12 + 1, 1)) <= last:
        yield month
        index += 1


def _month_words(month: date, language: str) -> str:
    from babel.dates import format_skeleton

    locale = "en" if is_english(language) else language.replace("-", "_")
    return format_skeleton("yMMM", month, locale=locale)


def _labels(words_by_value: dict[str, str], *, by_time: bool = False) -> str:
    # Every label is written here: the drawing library knows only English.
    key = "format(datum.value, '.4f')" if by_time else "'' + datum.value"
    return f"{json.dumps(words_by_value)}[{key}]"


def _whole(value: float) -> int | float:
    return int(value) if value == int(value) else value
