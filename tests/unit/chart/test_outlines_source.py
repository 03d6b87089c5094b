# SPDX-License-Identifier: Apache-2.0
"""The shipped outlines are what the script makes of the published ones."""

from __future__ import annotations

import json
import os
from importlib import resources
from pathlib import Path

import pytest

import outlines

SOURCE = Path(os.environ.get("PRATIQUE_REFERENCE", "../shared")) / "data" / "boundaries"


@pytest.mark.reference
def test_the_shipped_outlines_are_made_of_the_published_ones() -> None:
    published = json.loads((SOURCE / "world_atlas_countries-50m.json").read_text("utf-8"))
    shipped = resources.files("pratique.chart.shapes").joinpath("outlines-50m.json")
    assert json.loads(shipped.read_text("utf-8")) == outlines.reduced(published)


def test_arcs_are_whole_steps_and_a_shared_one_is_a_frontier() -> None:
    square = {
        "transform": {"scale": [1, 1], "translate": [0, 0]},
        "arcs": [
            [[1, 0], [0, 1]],
            [[1, 1], [-1, 0], [0, -1], [1, 0]],
            [[1, 0], [1, 0], [0, 1], [-1, 0]],
            [[5, 5], [1, 0], [0, 1], [-1, -1]],
        ],
        "objects": {
            "countries": {
                "geometries": [
                    {"type": "Polygon", "id": "1", "arcs": [[0, 1]]},
                    {"type": "Polygon", "id": "2", "arcs": [[~0, 2]]},
                    {"type": "MultiPolygon", "id": "010", "arcs": [[[3]]]},
                ]
            }
        },
    }
    made = outlines.reduced(square)
    assert made["arcs"][0] == [100, 0, 0, 100]
    assert made["frontiers"] == [0]
    assert made["disputed"] == []
    assert made["rings"] == [[0, 1], [-1, 2]]
