# SPDX-License-Identifier: Apache-2.0
"""Where the names of lines and thresholds stand in a chart, so that no two lie on one another."""

from __future__ import annotations

from dataclasses import dataclass, replace

from pratique.base.moment import Moment
from pratique.base.text import render, say, words
from pratique.chart.axis import Heights, place_of
from pratique.chart.figures_table import shown
from pratique.rehearsal.figures import Chart, Line

LETTER, ROW = 7.2, 17


@dataclass(frozen=True, slots=True)
class Label:
    """A text at a place: `x` in days, `y` in pixels above the ground; it runs to the left of x."""

    text: str
    x: float
    y: float
    colour: str


def labels_of(
    chart: Chart, heights: Heights, colours: list[str], width: int
) -> tuple[list[Label], list[Label]]:
    """Return the labels within a chart, which run left of their place, and those in its margin.

    The margin has the thresholds and what lasts to the end; a phone has no margin.
    """
    named = [
        _line_label(chart, line, colour, heights)
        for line, colour in zip(chart.lines, colours, strict=True)
    ]
    lines = [label for label in named if label is not None]
    end, day = place_of(chart.until), (place_of(chart.until) - place_of(chart.begins)) / width
    aside = [] if chart.narrow else [label for label in lines if end - label.x < 2 * day]
    within = [label for label in lines if label not in aside]
    margin = _threshold_labels(chart, heights)
    if chart.narrow:
        within, margin = [*within, *margin], []
    taken = [
        Label("00", place_of(mark.moment) + 8 * day, heights.pixel(mark.value or 0) + 12, "")
        for mark in chart.marks
    ]
    parted = _parted([_inside(label, chart, day) for label in within], taken, day, heights.pixels)
    return parted, _parted([*aside, *margin], [], day, heights.pixels)


def _threshold_labels(chart: Chart, heights: Heights) -> list[Label]:
    return [
        Label(
            render(
                say("{name}: {value}", name=threshold.label, value=shown(threshold.value)),
                chart.language,
            ),
            place_of(chart.until),
            heights.pixel(threshold.value) + 5,
            "currentColor",
        )
        for threshold in chart.thresholds
    ]


def _line_label(chart: Chart, line: Line, colour: str, heights: Heights) -> Label | None:
    last = _last(line)
    if last is None:
        return None
    moment, value = last
    text = words(say("{name}: {value}", name=line.label, value=shown(value)), chart.language)
    return Label(text, place_of(moment), heights.pixel(value) + 6, colour)


def _last(line: Line) -> tuple[Moment, float] | None:
    known = [s for s in line.stretches if s.value is not None and not s.partial]
    if not known:
        return None
    value = known[-1].value
    return None if value is None else (known[-1].end, value)


def _inside(label: Label, chart: Chart, day: float) -> Label:
    """Return a label moved right, if need be, so that it begins within the chart."""
    least = place_of(chart.begins) + len(label.text) * LETTER * day
    return replace(label, x=max(label.x, least))


def _parted(labels: list[Label], taken: list[Label], day: float, most: int) -> list[Label]:
    """Return labels moved up where they would lie on one another or on what is taken."""
    placed: list[Label] = []
    for label in sorted(labels, key=lambda one: one.y):
        low = label.y
        for other in sorted([*taken, *placed], key=lambda one: one.y):
            if _beside(label, other, day) and abs(low - other.y) < ROW:
                low = other.y + ROW
        placed.append(replace(label, y=min(low, most + ROW)))
    return placed


def _beside(one: Label, other: Label, day: float) -> bool:
    starts = [label.x - len(label.text) * LETTER * day for label in (one, other)]
    return starts[0] < other.x and starts[1] < one.x
