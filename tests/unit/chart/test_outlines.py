# SPDX-License-Identifier: Apache-2.0
"""Country outlines: every arc in its place, land where land is, nothing outside the view."""

from __future__ import annotations

import re

import pytest

from pratique.chart.outlines import View, land, lines, outlines, view_of

FREETOWN, MONROVIA = (-13.23, 8.48), (-10.8, 6.3)


def inside(view: View, path: str, lon: float, lat: float) -> bool:
    """Say whether a place is inside a path of closed rings, even-odd."""
    x, y = view.pixel(lon, lat)
    crossings = 0
    for ring in path.split("M")[1:]:
        numbers = [float(number) for number in re.findall(r"-?[\d.]+", ring)]
        points = [(numbers[0], numbers[1])]
        for dx, dy in zip(numbers[2::2], numbers[3::2], strict=True):
            points.append((points[-1][0] + dx, points[-1][1] + dy))
        for (x1, y1), (x2, y2) in zip(points, [*points[1:], points[0]], strict=True):
            if (y1 > y) != (y2 > y) and x < x1 + (y - y1) / (y2 - y1) * (x2 - x1):
                crossings += 1
    return crossings % 2 == 1


def test_land_is_where_land_is() -> None:
    view = view_of([FREETOWN, MONROVIA, (-8.5, 10)], 700)
    path = land(view)
    assert inside(view, path, -9.5, 7.5)
    assert inside(view, path, -11.8, 8.5)
    assert not inside(view, path, -12.9, 6.8)


def test_a_country_within_another_is_land_too() -> None:
    view = view_of([(26, -31), (31, -27.5)], 400)
    assert inside(view, land(view), 28.3, -29.5)


@pytest.mark.parametrize("kind", ["coasts", "frontiers", "disputed"])
def test_every_stroke_begins_at_most_a_step_outside_the_view(kind: str) -> None:
    view = view_of([(32, 30), (48, 2)], 500)
    starts = re.findall(r"M(-?[\d.]+) (-?[\d.]+)", lines(view, kind))
    assert starts
    assert all(-200 < float(x) < 700 and -200 < float(y) < view.height + 200 for x, y in starts)


def test_arcs_of_frontiers_and_disputes_are_apart_and_used() -> None:
    known = outlines()
    used = {max(arc, ~arc) for ring in known.rings for arc in ring}
    assert used == set(range(len(known.arcs)))
    assert not set(known.frontiers) & set(known.disputed)
    assert len(known.disputed) > 5
    assert all(abs(lon) <= 200 and abs(lat) <= 90 for arc in known.arcs for lon, lat in arc)


def test_a_view_holds_all_its_points_and_is_neither_flat_nor_tall() -> None:
    for points in ([FREETOWN], [FREETOWN, MONROVIA], [(0, -60), (1, 70)], [(-170, 1), (170, 2)]):
        view = view_of(points, 600)
        places = [view.pixel(*point) for point in points]
        assert all(0 <= x <= 600 and 0 <= y <= view.height for x, y in places)
        assert 200 <= view.height <= 1400


def test_no_line_runs_round_the_earth_where_the_date_changes() -> None:
    view = view_of([(-77, -12), (178.4, -18), (10, 65)], 900)
    for path in (land(view), lines(view, "coasts")):
        steps = re.findall(r"[l ](-?[\d.]+) -?[\d.]+(?= |z|M|$)", path)
        assert max(abs(float(step)) for step in steps) < 200
    assert len(land(view)) < 300_000


def test_what_lies_past_the_date_line_is_land_on_both_sides() -> None:
    # Chukotka lies west of 180 degrees and east of it.
    for west in (160, -200):
        view = View(west, 55, west + 40, 75, 400)
        assert inside(view, land(view), west + 15, 67)
        assert inside(view, land(view), west + 23, 67)
