# SPDX-License-Identifier: Apache-2.0
"""Country outlines for maps, reduced from a TopoJSON file of npm's world-atlas (Natural Earth).

`python scripts/outlines.py countries-50m.json > src/pratique/chart/shapes/outlines-50m.json`
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from pathlib import Path
from typing import Any

STEPS = 100
"""Whole steps to a degree: about a kilometre, finer than a map of a few countries shows."""
LEFT_OUT = {"010"}  # Antarctica: a third of all points, and nobody lives there.
# ISO 3166 numbers whose frontiers Natural Earth draws, but which are not agreed.
DISPUTED = {"732", "275"}


def reduced(topology: dict[str, Any]) -> dict[str, Any]:
    """Return arcs as whole steps (each from the one before), and rings of arcs by country."""
    countries = [
        one
        for one in topology["objects"]["countries"]["geometries"]
        if one.get("id") not in LEFT_OUT and one.get("arcs")
    ]
    users: Counter[int] = Counter()
    disputed: set[int] = set()
    for one in countries:
        own = {_arc(arc) for ring in _rings(one) for arc in ring}
        users.update(own)
        if one.get("id") is None or one["id"] in DISPUTED:
            disputed |= own
    place = {old: new for new, old in enumerate(sorted(users))}
    return {
        "source": "Natural Earth 1:50m, npm world-atlas 2.0.2",
        "steps": STEPS,
        "arcs": [_steps(topology, old) for old in place],
        "frontiers": [place[old] for old in place if users[old] > 1 and old not in disputed],
        "disputed": [place[old] for old in place if users[old] > 1 and old in disputed],
        "rings": [
            [~place[~arc] if arc < 0 else place[arc] for arc in ring]
            for one in countries
            for ring in _rings(one)
        ],
    }


def _arc(arc: int) -> int:
    return ~arc if arc < 0 else arc


def _rings(country: dict[str, Any]) -> list[list[int]]:
    arcs: list[Any] = country["arcs"]
    if country["type"] == "Polygon":
        return list(arcs)
    return [ring for polygon in arcs for ring in polygon]


def _steps(topology: dict[str, Any], arc: int) -> list[int]:
    (east, north), (west, south) = (topology["transform"][k] for k in ("scale", "translate"))
    x = y = 0
    points: list[tuple[int, int]] = []
    for dx, dy in topology["arcs"][arc]:
        x, y = x + dx, y + dy
        point = (round(STEPS * (west + x * east)), round(STEPS * (south + y * north)))
        if not points or point != points[-1]:
            points.append(point)
    before = (0, 0)
    steps: list[int] = []
    for point in points:
        steps += [point[0] - before[0], point[1] - before[1]]
        before = point
    return steps


if __name__ == "__main__":
    found = reduced(json.loads(Path(sys.argv[1]).read_text(encoding="utf-8")))
    print(json.dumps(found, separators=(",", ":")))
