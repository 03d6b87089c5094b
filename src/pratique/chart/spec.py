# SPDX-License-Identifier: Apache-2.0
"""A Chart as a Vega-Lite specification: lines, thresholds, decisions, and what is unknown below.

Colours are literal, so that a page can give each its dark twin; text and rules take the page's own.
"""

from __future__ import annotations

from typing import Any

from pratique.base.moment import NEVER
from pratique.base.text import render, say
from pratique.chart.axis import Heights, heights_of, place_of, time_axis, value_axis
from pratique.chart.labels import Label, labels_of
from pratique.rehearsal.figures import Chart, Line, Stretch

COLOURS = ("#0B4F9E", "#B34700", "#007A5E", "#8A2BA8", "#6B6B00")
DASHES = ([1, 0], [8, 3], [3, 3], [10, 3, 2, 3], [1, 3])
OWN = "currentColor"
FONT = 14
Layer = dict[str, Any]


def spec_of(chart: Chart) -> dict[str, Any]:
    """Return the Vega-Lite specification of a chart."""
    width, height = (300, 300) if chart.narrow else (640, 340)
    heights = heights_of(chart, height)
    parts = [_main(chart, heights, width)]
    if unknown := _unknown_lines(chart):
        parts.append(_unknown(chart, unknown, width))
    return {
        "$schema": "https://vega.github.io/schema/vega-lite/v6.json",
        "background": None,
        "vconcat": parts,
        "spacing": 8,
        "padding": {"left": 4, "top": 12, "bottom": 4, "right": 8},
        "config": {
            "aria": False,
            "font": "Noto Sans, Arial, sans-serif",
            "view": {"stroke": None},
            "axis": {
                "labelColor": OWN,
                "tickColor": OWN,
                "domainColor": OWN,
                "gridColor": OWN,
                "labelFontSize": FONT,
            },
            "text": {"fontSize": FONT},
        },
    }


def colour_of(place: int, line: Line) -> str:
    """Return the colour of a line: all parties' together is drawn in the colour of text."""
    return OWN if line.is_total else COLOURS[place % len(COLOURS)]


def _main(chart: Chart, heights: Heights, width: int) -> Layer:
    colours = [colour_of(place, line) for place, line in enumerate(chart.lines)]
    layers = [_ground(chart), _threshold_rules(chart)]
    for place, line in enumerate(chart.lines):
        layers += _line_layers(chart, line, colours[place], place)
    layers += _mark_layers(chart)
    within, margin = labels_of(chart, heights, colours, width)
    layers += [_texts(within, heights, right_of=False), _texts(margin, heights, right_of=True)]
    scale: Layer = {"domain": [0, heights.top], "nice": False, "zero": True}
    if heights.tenfold:
        scale |= {"type": "symlog", "constant": 1}
    return {
        "width": width,
        "height": heights.pixels,
        "layer": [layer for layer in layers if layer["data"]["values"]],
        "encoding": {
            "x": _x(chart) | {"axis": time_axis(chart)},
            "y": {
                "field": "y",
                "type": "quantitative",
                "scale": scale,
                "axis": value_axis(heights, chart.language),
            },
        },
    }


def _x(chart: Chart) -> Layer:
    domain = [place_of(chart.begins), place_of(chart.until)]
    return {
        "field": "x",
        "type": "quantitative",
        "scale": {"domain": domain, "nice": False, "zero": False},
    }


def _ground(chart: Chart) -> Layer:
    # Without figures there would be no axes to show.
    return {
        "data": {"values": [{"x": place_of(chart.begins), "y": 0}]},
        "mark": {"type": "point", "opacity": 0, "size": 1},
    }


def _threshold_rules(chart: Chart) -> Layer:
    return {
        "data": {"values": [{"y": threshold.value} for threshold in chart.thresholds]},
        "mark": {"type": "rule", "color": OWN, "strokeDash": [2, 4], "strokeWidth": 1.2},
        "encoding": {"x": None},
    }


def _line_layers(chart: Chart, line: Line, colour: str, place: int) -> list[Layer]:
    whole = [s for s in line.stretches if not s.partial]
    part = [s for s in line.stretches if s.partial]
    width = 2.6 if line.is_total else 1.9
    dash = [1, 0] if line.is_total else DASHES[place % len(DASHES)]
    layers = [_steps(whole, colour, width, dash), _steps(part, colour, 1.2, [1, 3])]
    dots = [{"x": place_of(p.known), "y": p.value} for p in line.points]
    layers.append(
        {
            "data": {"values": dots},
            "mark": {"type": "point", "filled": True, "size": 26, "color": colour, "opacity": 1},
        }
    )
    return layers


def _steps(stretches: list[Stretch], colour: str, width: float, dash: list[int]) -> Layer:
    values, run, ended = [], 0, -NEVER
    for stretch in stretches:
        if stretch.value is None:
            continue
        run += stretch.start != ended
        ended = stretch.end
        values += [
            {"x": place_of(moment), "y": stretch.value, "run": run}
            for moment in (stretch.start, stretch.end)
        ]
    mark = {
        "type": "line",
        "interpolate": "step-after",
        "color": colour,
        "strokeWidth": width,
        "strokeDash": dash,
    }
    return {
        "data": {"values": values},
        "mark": mark,
        "encoding": {"detail": {"field": "run", "type": "nominal"}},
    }


def _mark_layers(chart: Chart) -> list[Layer]:
    values = [
        {"x": place_of(mark.moment), "y": mark.value or 0, "foot": 0, "number": str(place)}
        for place, mark in enumerate(chart.marks, 1)
    ]
    rule = {"type": "rule", "color": OWN, "strokeWidth": 1}
    diamond = {
        "type": "point",
        "shape": "diamond",
        "filled": True,
        "size": 110,
        "color": OWN,
        "opacity": 1,
    }
    number = {"type": "text", "dy": -15, "fontWeight": "bold", "color": OWN, "fontSize": 15}
    return [
        {"data": {"values": values}, "mark": rule, "encoding": {"y2": {"field": "foot"}}},
        {"data": {"values": values}, "mark": diamond},
        {
            "data": {"values": values},
            "mark": number,
            "encoding": {"text": {"field": "number", "type": "nominal"}},
        },
    ]


def _texts(labels: list[Label], heights: Heights, *, right_of: bool) -> Layer:
    values = [
        {
            "x": label.x,
            "y": heights.value(label.y - (5 if right_of else 0)),
            "text": label.text,
            "colour": label.colour,
        }
        for label in labels
    ]
    place = (
        {"align": "left", "dx": 8, "baseline": "middle"}
        if right_of
        else {"align": "right", "baseline": "bottom"}
    )
    colour = {"field": "colour", "type": "nominal", "scale": None}
    return {
        "data": {"values": values},
        "mark": {"type": "text", "clip": False} | place,
        "encoding": {"text": {"field": "text", "type": "nominal"}, "color": colour},
    }


# --- what is unknown, below ----------------------------------------------------------------------


def _unknown_lines(chart: Chart) -> list[Line]:
    return [line for line in chart.lines if not line.is_total and any(_gaps(chart, line))]


def _gaps(chart: Chart, line: Line) -> list[tuple[float, float]]:
    return [
        (place_of(max(s.start, chart.begins)), place_of(s.end))
        for s in line.stretches
        if s.value is None and s.end > max(s.start, chart.begins)
    ]


def _unknown(chart: Chart, lines: list[Line], width: int) -> Layer:
    names = [
        {
            "x": place_of(chart.begins),
            "y": row,
            "text": render(say("{name}: unknown", name=line.label), chart.language),
        }
        for row, line in enumerate(lines)
    ]
    bars = [
        {"x": start, "x2": end, "y": row + 0.72}
        for row, line in enumerate(lines)
        for start, end in _gaps(chart, line)
    ]
    text = {"type": "text", "align": "left", "baseline": "top", "dy": 2, "color": OWN}
    # Fine strokes across a thick rule: a hatch, which is never taken for a value.
    bar = {"type": "rule", "strokeWidth": 7, "strokeDash": [1.5, 2.5], "color": OWN}
    return {
        "width": width,
        "height": 31 * len(lines),
        "layer": [
            {
                "data": {"values": names},
                "mark": text,
                "encoding": {"text": {"field": "text", "type": "nominal"}},
            },
            {"data": {"values": bars}, "mark": bar, "encoding": {"x2": {"field": "x2"}}},
        ],
        "encoding": {
            "x": _x(chart) | {"axis": None},
            "y": {
                "field": "y",
                "type": "quantitative",
                "axis": None,
                "scale": {"domain": [len(lines), 0], "nice": False, "zero": False},
            },
        },
    }
