# SPDX-License-Identifier: Apache-2.0
"""Country outlines within a view, as SVG paths. It draws no points and knows no signals.

Whole steps of a hundredth of a degree in, pixels out; what lies outside the view is cut off.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from itertools import accumulate, pairwise

Point = tuple[float, float]
Box = tuple[float, float, float, float]
MARGIN, LEAST = 0.12, 2.0
"""Share of the view left free round the points, and its least height in degrees."""
FINEST = 8
"""Tenths of a pixel that two points of a line are apart at least."""


@dataclass(frozen=True, slots=True)
class View:
    """A window on the earth, and how many pixels wide; longitudes shrink by its middle latitude."""

    west: float
    south: float
    east: float
    north: float
    width: int

    @property
    def _scale(self) -> float:
        return self.width / (self.east - self.west)

    @property
    def height(self) -> int:
        """How many pixels high."""
        middle = math.radians((self.south + self.north) / 2)
        return round((self.north - self.south) * self._scale / math.cos(middle))

    def pixel(self, lon: float, lat: float) -> Point:
        """Return where a place stands, from the upper left corner."""
        down = (self.north - lat) / (self.north - self.south)
        return (lon - self.west) * self._scale, down * self.height

    def cuts(self, box: Box) -> bool:
        """Say whether a box of longitudes and latitudes meets the view."""
        west, south, east, north = box
        return west < self.east and east > self.west and south < self.north and north > self.south


def view_of(points: Sequence[Point], width: int, *, tallest: float = 0.9) -> View:
    """Return a view that shows all points (longitude, latitude), not too flat nor too tall."""
    lons, lats = zip(*points, strict=True)
    middle = (min(lats) + max(lats)) / 2
    shrink = max(0.2, math.cos(math.radians(middle)))
    high = max((max(lats) - min(lats)) * (1 + 2 * MARGIN), LEAST)
    wide = max((max(lons) - min(lons)) * (1 + 2 * MARGIN) * shrink, LEAST)
    wide, high = max(wide, high / tallest), max(high, wide / 2)
    centre = (min(lons) + max(lons)) / 2
    half = wide / shrink / 2
    south, north = max(-85.0, middle - high / 2), min(85.0, middle + high / 2)
    return View(centre - half, south, centre + half, north, width)


@dataclass(frozen=True, slots=True)
class Outlines:
    """Arcs of points (longitude, latitude), and which of them bound what."""

    source: str
    arcs: tuple[tuple[Point, ...], ...]
    boxes: tuple[Box, ...]
    frontiers: tuple[int, ...]
    disputed: tuple[int, ...]
    rings: tuple[tuple[int, ...], ...]


@cache
def outlines() -> Outlines:
    """Return the outlines of all countries."""
    file = resources.files("pratique.chart.shapes").joinpath("outlines-50m.json")
    read = json.loads(file.read_text("utf-8"))
    arcs = tuple(tuple(_unbroken(_points(one, read["steps"]))) for one in read["arcs"])
    return Outlines(
        read["source"],
        arcs,
        tuple(_box(arc) for arc in arcs),
        tuple(read["frontiers"]),
        tuple(read["disputed"]),
        tuple(map(tuple, read["rings"])),
    )


def _points(steps: list[int], scale: int) -> Iterator[Point]:
    lons, lats = accumulate(steps[::2]), accumulate(steps[1::2])
    return ((lon / scale, lat / scale) for lon, lat in zip(lons, lats, strict=True))


def _box(arc: Sequence[Point]) -> Box:
    lons, lats = zip(*arc, strict=True)
    return min(lons), min(lats), max(lons), max(lats)


def land(view: View) -> str:
    """Return all land within a view as the `d` of one path, to be filled even-odd."""
    return "".join(
        _path(view, _clipped(view, moved), closed=True)
        for ring, box in _rings()
        for moved in _seen(view, ring, box)
    )


def lines(view: View, kind: str) -> str:
    """Return coasts, `frontiers` or `disputed` frontiers within a view as the `d` of one path."""
    known = outlines()
    chosen: Iterable[int] = known.frontiers if kind == "frontiers" else known.disputed
    if kind == "coasts":
        inner = {*known.frontiers, *known.disputed}
        chosen = (place for place in range(len(known.arcs)) if place not in inner)
    return "".join(
        _path(view, run)
        for place in chosen
        for moved in _seen(view, known.arcs[place], known.boxes[place])
        for run in _runs(view, moved)
    )


def _seen(view: View, points: Sequence[Point], box: Box) -> Iterator[list[Point]]:
    """Iterate over a line wherever it meets the view: also once round the earth from itself."""
    for turn in (-360, 0, 360):
        if view.cuts((box[0] + turn, box[1], box[2] + turn, box[3])):
            yield [(lon + turn, lat) for lon, lat in points]


@cache
def _rings() -> tuple[tuple[tuple[Point, ...], Box], ...]:
    known = outlines()
    rings = [tuple(_unbroken(_ring(known, ring))) for ring in known.rings]
    return tuple((ring, _box(ring)) for ring in rings)


def _unbroken(points: Iterable[Point]) -> Iterator[Point]:
    """Iterate over points whose longitudes go on past 180 degrees instead of leaping back."""
    turn, before = 0.0, None
    for lon, lat in points:
        if before is not None and abs(lon - before) > 180:
            turn += 360 if lon < before else -360
        before = lon
        yield lon + turn, lat


def _ring(known: Outlines, ring: Sequence[int]) -> list[Point]:
    points: list[Point] = []
    for arc in ring:
        points += known.arcs[arc] if arc >= 0 else known.arcs[~arc][::-1]
    return points


def _runs(view: View, arc: Sequence[Point]) -> Iterator[list[Point]]:
    """Iterate over the stretches of a line that meet the view."""
    run: list[Point] = []
    for one, other in pairwise(arc):
        if view.cuts(_box((one, other))):
            run = run or [one]
            run.append(other)
        elif run:
            yield run
            run = []
    if run:
        yield run


def _clipped(view: View, ring: list[Point]) -> list[Point]:
    """Return a ring cut at the four sides of the view, one after another (Sutherland, Hodgman)."""
    sides = ((0, view.west, 1), (0, view.east, -1), (1, view.south, 1), (1, view.north, -1))
    for axis, at, sign in sides:
        kept: list[Point] = []
        for one, other in pairwise([*ring[-1:], *ring]):
            inside = [(point[axis] - at) * sign >= 0 for point in (one, other)]
            if inside[0] != inside[1]:
                kept.append(_crossing(one, other, axis, at))
            if inside[1]:
                kept.append(other)
        ring = kept
    return ring


def _crossing(one: Point, other: Point, axis: int, at: float) -> Point:
    share = (at - one[axis]) / (other[axis] - one[axis])
    along = one[1 - axis] + share * (other[1 - axis] - one[1 - axis])
    return (at, along) if axis == 0 else (along, at)


def _path(view: View, points: Sequence[Point], *, closed: bool = False) -> str:
    """Return points as a path of tenths of pixels, without those that nobody could tell apart."""
    kept: list[tuple[int, int]] = []
    for place, point in enumerate(points):
        x, y = (round(10 * value) for value in view.pixel(*point))
        is_end = place == len(points) - 1
        if not kept or is_end or max(abs(x - kept[-1][0]), abs(y - kept[-1][1])) >= FINEST:
            kept.append((x, y))
    if len(kept) < (4 if closed else 2):
        return ""
    (x, y), steps = kept[0], []
    for before, after in pairwise(kept):
        steps.append(f"{_tenths(after[0] - before[0])} {_tenths(after[1] - before[1])}")
    return f"M{_tenths(x)} {_tenths(y)}l{' '.join(steps)}{'z' if closed else ''}"


def _tenths(value: int) -> str:
    whole = f"{value / 10:.1f}"
    return whole.removesuffix(".0")
