# SPDX-License-Identifier: Apache-2.0
"""Places as points on a map of country outlines: which have a signal, none, or are not known.

Points stand where a table puts them; shapes and words carry the meaning, colour only helps.
"""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from pratique.base.text import Sentence, render, say
from pratique.chart.outlines import View, land, lines, outlines, view_of
from pratique.chart.signals_page.shown import Spot

LETTER, ROW, MOST_NAMES = 7.4, 16, 14
_Box = tuple[float, float, float, float]


def map_svg(spots: Sequence[Spot], language: str, *, width: int, name: str) -> str:
    """Return a map of spots as SVG text; ValueError if there are none."""
    view = view_of([(spot.lon, spot.lat) for spot in spots], width)
    title = escape(render(say("Map of places, by whether they have a signal"), language))
    # Those with a signal are drawn last, so that no other hides them.
    ordered = sorted(spots, key=lambda spot: (spot.standing == "signal", spot.signals))
    body = (
        f'<path class="land" fill-rule="evenodd" d="{land(view)}"/>'
        f'<path class="coast" d="{lines(view, "coasts")}"/>'
        f'<path class="frontier" d="{lines(view, "frontiers")}"/>'
        f'<path class="disputed" d="{lines(view, "disputed")}"/>'
        + "".join(_spot(*view.pixel(spot.lon, spot.lat), spot) for spot in ordered)
        + _names(view, ordered)
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="chart map" role="img" direction="ltr"'
        f' aria-labelledby="{name}" viewBox="0 0 {width} {view.height}" width="{width}"'
        f' height="{view.height}"><title id="{name}">{title}</title>{body}</svg>'
    )


def map_key(language: str, *, rings: bool = False) -> str:
    """Return the key to the marks of a map, as HTML."""
    said: dict[str, Sentence] = {
        "signal": say("signal"),
        "none": say("no signal"),
        "unknown": say("could not be looked at"),
    } | ({"ring": say("rising together")} if rings else {})
    rows = "".join(
        '<li><svg class="chart map-key" aria-hidden="true" width="20" height="18"'
        f' viewBox="0 0 20 18">{_mark(10, 9, standing)}</svg>'
        f" {escape(render(words, language))}</li>"
        for standing, words in said.items()
    )
    return f'<ul class="key">{rows}</ul>'


def disclaimer() -> Sentence:
    """Return what every map says of its lines."""
    return say(
        "Lines on this map are no opinion on the legal standing of a territory or on its"
        " frontiers; dashed ones are disputed. Points are a place's centre, not where people fell"
        " ill. Outlines: {source}.",
        source=outlines().source,
    )


def _spot(x: float, y: float, spot: Spot) -> str:
    ring = f'<circle class="ring" cx="{x:.1f}" cy="{y:.1f}" r="11"/>' if spot.together else ""
    return ring + _mark(x, y, spot.standing)


def _mark(x: float, y: float, standing: str) -> str:
    match standing:
        case "signal":
            return f'<path class="spot signal" d="M{x - 7.5:.1f} {y - 6:.1f}h15l-7.5 13z"/>'
        case "unknown":
            return (
                f'<rect class="spot unknown-spot" x="{x - 4:.1f}" y="{y - 4:.1f}"'
                ' width="8" height="8"/>'
            )
        case "ring":
            return f'<circle class="ring" cx="{x:.1f}" cy="{y:.1f}" r="7.5"/>'
        case _:
            return f'<circle class="spot none" cx="{x:.1f}" cy="{y:.1f}" r="3.5"/>'


def _names(view: View, spots: Sequence[Spot]) -> str:
    """Return the names of the places with the most signals, where they find room."""
    raised = [s for s in reversed(spots) if s.together or s.standing == "signal"]
    raised.sort(key=lambda spot: (not spot.together, -spot.signals))
    taken = [_round(*view.pixel(spot.lon, spot.lat)) for spot in raised]
    texts = ""
    for spot in raised[:MOST_NAMES]:
        x, y = view.pixel(spot.lon, spot.lat)
        for left, low in _tries(x, y, LETTER * len(spot.name), 14 if spot.together else 10):
            box = (left, low - ROW + 3, left + LETTER * len(spot.name), low + 3)
            if _within(box, view) and not any(_meet(box, other) for other in taken):
                taken.append(box)
                texts += (
                    f'<text x="{left:.1f}" y="{low:.1f}" font-size="14" fill="currentColor">'
                    f"{escape(spot.name)}</text>"
                )
                break
    return texts


def _round(x: float, y: float) -> _Box:
    return x - 7, y - 6, x + 7, y + 7


def _tries(x: float, y: float, wide: float, away: float) -> tuple[tuple[float, float], ...]:
    """Return where a name may stand: right of its mark (or ring), left, above, below."""
    return (
        (x + away, y + 5),
        (x - away - wide, y + 5),
        (x - wide / 2, y - away),
        (x - wide / 2, y + away + 12),
        (x + away - 1, y + 2 - away),
        (x + away - 1, y + away + 9),
    )


def _within(box: _Box, view: View) -> bool:
    return box[0] >= 2 and box[1] >= 2 and box[2] <= view.width - 2 and box[3] <= view.height - 2


def _meet(one: _Box, other: _Box) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]
