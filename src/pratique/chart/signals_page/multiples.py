# SPDX-License-Identifier: Apache-2.0
"""One series as a small picture: counts as bars, what was expected, the bound, and the signals.

All pictures of a page have the same periods and the same size, so that the eye can compare them.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from html import escape
from itertools import groupby

from pratique.base.moment import Day, date_of
from pratique.base.numerals import is_english
from pratique.base.text import Sentence, render, say, words
from pratique.chart.axis import Heights
from pratique.chart.signals_page.shown import Panel

WIDTH, HEIGHT = 320, 176
LEFT, RIGHT, TOP, BOTTOM = 46, 6, 22, 26
COUNT, BOUND, EXPECTED = "#0B4F9E", "#B34700", "#007A5E"
LETTER = 7.6
"""Pixels that a letter of 14 pixels takes at most, on the average."""


@dataclass(frozen=True, slots=True)
class _Frame:
    heights: Heights
    slot: float
    """Pixels from one period to the next."""

    def x(self, place: int) -> float:
        return LEFT + place * self.slot

    def y(self, value: float) -> float:
        return TOP + self.heights.pixels - self.heights.pixel(value)


def picture(panel: Panel, language: str) -> str:
    """Return a series as SVG text."""
    drawn = [*panel.counts, *panel.expected, *panel.upper]
    top = max([value for value in drawn if math.isfinite(value)], default=0.0)
    heights = Heights(max(top * 1.08, 1.0), HEIGHT - TOP - BOTTOM, tenfold=False)
    frame = _Frame(heights, (WIDTH - LEFT - RIGHT) / max(len(panel.periods), 1))
    title = escape(render(_title(panel), language))
    parts = (
        _ground(frame, language),
        _missing(frame, panel),
        _bars(frame, panel),
        _steps(frame, panel.expected, EXPECTED, ' stroke-dasharray="4 3"'),
        _steps(frame, panel.upper, BOUND),
        _marks(frame, panel),
        _dates(frame, panel.periods, language),
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="chart multiple" role="img" direction="ltr"'
        f' aria-labelledby="{panel.name}-title" viewBox="0 0 {WIDTH} {HEIGHT}"'
        f' width="{WIDTH}" height="{HEIGHT}"><title id="{panel.name}-title">{title}</title>'
        f"{''.join(parts)}</svg>"
    )


def key(language: str, *, expects: bool = True) -> str:
    """Return the key to the marks of all pictures, as HTML; `expects`: an expected is drawn."""
    count = f'<rect x="2" y="3" width="4" height="11" fill="{COUNT}"/>'
    count += f'<rect x="8" y="7" width="4" height="7" fill="{COUNT}"/>'
    pairs: tuple[tuple[str, Sentence], ...] = (
        (count, say("counted")),
        *(((_key_line(EXPECTED, ' stroke-dasharray="4 3"'), say("expected")),) if expects else ()),
        (_key_line(BOUND), say("bound: a signal is above it")),
        (_triangle(9, 12, in_key=True), say("signal")),
        (f'<g stroke-width="1.2">{_hatch(1, 3, 17, 11)}</g>', say("not reported")),
    )
    rows = "".join(
        '<li><svg class="chart" aria-hidden="true" width="20" height="16" viewBox="0 0 20 16">'
        f"{mark}</svg> {escape(render(said, language))}</li>"
        for mark, said in pairs
    )
    return f'<ul class="key">{rows}</ul>'


def _key_line(colour: str, dashes: str = "") -> str:
    return f'<path d="M1 9H19" fill="none" stroke="{colour}" stroke-width="2"{dashes}/>'


def _title(panel: Panel) -> Sentence:
    return say("{series}: counts by period, with what was expected", series=panel.label)


def _ground(frame: _Frame, language: str) -> str:
    kept = _ticks(frame.heights.top)
    lines = []
    for tick in kept:
        y, shown = frame.y(tick), words(int(tick) if tick == int(tick) else tick, language)
        lines.append(
            f'<path d="M{LEFT} {y:.1f}H{WIDTH - RIGHT}" stroke="currentColor" opacity="0.18"/>'
            f'<text x="{LEFT - 6}" y="{y + 5:.1f}" text-anchor="end" font-size="14"'
            f' fill="currentColor">{escape(shown)}</text>'
        )
    return "".join(lines)


def _ticks(top: float) -> list[float]:
    """Return 0 and one to three round values: a small picture has no room for more."""
    step = 10.0 ** math.floor(math.log10(top))
    step = max(1.0, next(step * by for by in (0.5, 1, 2, 5, 10) if top / (step * by) < 4))
    return [step * place for place in range(int(top / step) + 1)]


def _bars(frame: _Frame, panel: Panel) -> str:
    wide = max(frame.slot * 0.72, 1.0)
    path = "".join(
        f"M{frame.x(place) + (frame.slot - wide) / 2:.1f} {frame.y(0):.1f}"
        f"v{frame.y(value) - frame.y(0):.1f}h{wide:.1f}v{frame.y(0) - frame.y(value):.1f}z"
        for place, value in enumerate(panel.counts)
        if value > 0
    )
    return f'<path d="{path}" fill="{COUNT}"/>' if path else ""


def _steps(frame: _Frame, values: Sequence[float], colour: str, dashes: str = "") -> str:
    """Return a line that stands as high as each value over its whole period; none where NaN."""
    path = ""
    for run in _runs(values, math.isfinite):
        corners = "".join(
            f"{'M' if place == run[0] else 'L'}{frame.x(place):.1f} {frame.y(values[place]):.1f}"
            f"H{frame.x(place + 1):.1f}"
            for place in run
        )
        path += corners
    if not path:
        return ""
    return f'<path d="{path}" fill="none" stroke="{colour}" stroke-width="2"{dashes}/>'


def _runs(values: Sequence[float], holds: Callable[[float], bool]) -> Iterator[list[int]]:
    """Iterate over the places of values that hold, those beside one another together."""
    for kept, group in groupby(range(len(values)), key=lambda place: holds(values[place])):
        if kept:
            yield list(group)


def _missing(frame: _Frame, panel: Panel) -> str:
    marks = []
    for run in _runs(panel.counts, math.isnan):
        x, wide = frame.x(run[0]), len(run) * frame.slot
        marks.append(_hatch(x, TOP, max(wide, 1.5), frame.heights.pixels))
    return f'<g opacity="0.45">{"".join(marks)}</g>' if marks else ""


def _hatch(x: float, y: float, wide: float, high: float) -> str:
    """Return slanting lines over a box, cut at its sides."""
    lines, step = "", 6.0
    offset = step - high
    while offset < wide:
        start, end = max(offset, 0.0), min(offset + high, wide)
        lines += (
            f"M{x + start:.1f} {y + high - (start - offset):.1f}L{x + end:.1f}"
            f" {y + high - (end - offset):.1f}"
        )
        offset += step
    return f'<path d="{lines}" fill="none" stroke="currentColor"/>'


def _marks(frame: _Frame, panel: Panel) -> str:
    return "".join(
        _triangle(frame.x(place) + frame.slot / 2, max(frame.y(panel.counts[place]) - 5, 13))
        for place, raised in enumerate(panel.signals)
        if raised and not math.isnan(panel.counts[place])
    )


def _triangle(x: float, y: float, *, in_key: bool = False) -> str:
    half, high = (5.5, 10) if in_key else (5, 9)
    return (
        f'<path class="mark" d="M{x - half:.1f} {y - high:.1f}h{2 * half}l{-half} {high}z"'
        f' fill="currentColor"/>'
    )


def _dates(frame: _Frame, periods: Sequence[Day], language: str) -> str:
    """Return the first days of years or months under the axis, as many as find room."""
    ground = frame.y(0)
    axis = f'<path d="M{LEFT} {ground:.1f}H{WIDTH - RIGHT}" stroke="currentColor"/>'
    places = list(_date_places(periods, language))
    room = LETTER * max((len(label) for _, label in places), default=1) + 10
    step = max(1, math.ceil(room / max(frame.slot * _apart(places), 1e-9)))
    texts = ""
    for place, label in places[::step]:
        x = frame.x(place)
        if x + LETTER * len(label) > WIDTH - 2:
            continue
        texts += (
            f'<path d="M{x:.1f} {ground:.1f}v5" stroke="currentColor"/>'
            f'<text x="{x:.1f}" y="{ground + 20:.1f}" font-size="14" fill="currentColor">'
            f"{escape(label)}</text>"
        )
    return axis + texts


def _apart(places: Sequence[tuple[int, str]]) -> float:
    if len(places) < 2:
        return math.inf
    return (places[-1][0] - places[0][0]) / (len(places) - 1)


def _date_places(periods: Sequence[Day], language: str) -> Iterator[tuple[int, str]]:
    days = [date_of(day) for day in periods]
    by_year = bool(days) and (days[-1] - days[0]).days > 900
    before = None
    for place, day in enumerate(days):
        now = (day.year, 1 if by_year else day.month)
        if now != before and (before is not None or day.day <= 7):
            yield place, str(day.year) if by_year else _month(day.year, day.month, language)
        before = now


def _month(year: int, month: int, language: str) -> str:
    from datetime import date

    from babel.dates import format_skeleton

    locale = "en" if is_english(language) else language.replace("-", "_")
    return format_skeleton("yMMM", date(year, month, 1), locale=locale)
