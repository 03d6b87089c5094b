# SPDX-License-Identifier: Apache-2.0
"""EARS, CUSUM, GLR and Bayes charts against R's `surveillance` 1.20.3; the worst is printed."""

from __future__ import annotations

import csv
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from pratique.surveillance import detect

TOLERANCE = 1e-10
NONE = {"NA", "NaN", ""}
HERE = Path(__file__).parent.parent / "data/surveillance"
GENERATED: dict[str, dict[str, tuple[str, dict[str, Any]]]] = {
    "bayes": {
        "bayes1": ("bayes", {}),
        "bayes2": ("bayes", {"b": 1}),
        "bayes3": ("bayes", {"b": 2, "w": 4, "act_y": False}),
        "strict": ("bayes", {"b": 3, "w": 2, "alpha": 0.001}),
    },
    "ears": {
        "c1": ("ears_c1", {}),
        "c2": ("ears_c2", {}),
        "c3": ("ears_c3", {}),
        "c2_wide": ("ears_c2", {"baseline": 28, "min_sigma": 0.5, "alpha": 0.01}),
    },
    "cusum": {
        "standard": ("cusum", {}),
        "rossi_glm": ("cusum", {"trans": "rossi", "m": "glm"}),
        "anscombe_5": ("cusum", {"trans": "anscombe", "m": 5, "k": 0.5, "h": 4}),
        "negbin": (
            "cusum",
            {"trans": "pearsonNegBin", "m": "glm", "k": 1, "h": 3, "alpha": 0.2},
        ),
    },
    "glrnb": {
        "estimated": ("glrnb", {}),
        "poisson": ("glrnb", {"alpha": 0}),
        "refitted": (
            "glrnb",
            {"mu0": {"trend": False, "refit": True}, "c_arl": 7, "alpha": 0.1},
        ),
        "known": ("glrnb", {"alpha": 0.1, "theta": 0.5}),
    },
}


@dataclass(frozen=True, slots=True)
class Expected:
    """What R found of one series: 0-based times, bounds and alarms."""

    at: np.ndarray
    upper: np.ndarray
    raised: np.ndarray


def rows_of(path: Path) -> list[dict[str, str]]:
    """Return the rows of a CSV file."""
    return list(csv.DictReader(path.read_text().splitlines()))


def number(text: str) -> float:
    """Return a number, NaN for R's NA."""
    return float("nan") if text in NONE else float(text)


def counts_of(path: Path) -> dict[str, np.ndarray]:
    """Return each series of a table of counts by its name."""
    rows = rows_of(path)
    names = [name for name in rows[0] if name not in {"t", "epoch"}]
    return {name: np.array([number(row[name]) for row in rows]) for name in names}


def expected_of(path: Path, variant: str = "") -> dict[str, Expected]:
    """Return what a file expects of each series."""
    rows: dict[str, list[dict[str, str]]] = {}
    for row in rows_of(path):
        rows.setdefault(row["series"], []).append(row)
    return {
        name: Expected(
            np.array([int(row["t"]) - 1 for row in of]),
            np.array([number(row[f"{variant}upperbound"]) for row in of]),
            np.array([row[f"{variant}alarm"] in {"1", "TRUE"} for row in of]),
        )
        for name, of in rows.items()
    }


def worst_of(
    method: str, counts: dict[str, np.ndarray], expected: dict[str, Expected], **controls: Any
) -> float:
    """Return the worst relative difference of the bounds; what R does not know must be the same."""
    names = list(expected)
    at = expected[names[0]].at
    found = detect(method, np.stack([counts[name] for name in names]), at=at, **controls)
    upper = np.stack([expected[name].upper for name in names])
    assert np.array_equal(found.alarm, np.stack([expected[name].raised for name in names]))
    assert np.array_equal(np.isnan(found.upper), np.isnan(upper))
    # What R writes with 15 digits and what cancels to nothing has no relative difference.
    scale = np.maximum(abs(upper), 1e-3)
    return float(np.nanmax(abs(found.upper - upper) / scale))


def published(name: str) -> tuple[str, str, dict[str, Any]]:
    """Return the method, the table of counts and the controls that a reference's name tells."""
    kind, *parts, table = name.split("_")
    if kind == "ears":
        return f"ears_{parts[0].lower()}", table, {}
    if kind == "glrnb":
        return "glrnb", table, {}
    return "cusum", table, {"trans": parts[0], "m": {"mmean": None, "mglm": "glm"}[parts[1]]}


@pytest.mark.reference
def test_every_published_chart_agrees(reference: Path) -> None:
    folder = reference / "reference"
    worst = {}
    for path in sorted((folder / "other").glob("*.csv")):
        if path.stem.startswith("farrington") or path.stem.endswith("_mu0"):
            continue
        method, table, controls = published(path.stem)
        counts = counts_of(folder / f"inputs/{table}_observed.csv")
        worst[path.stem] = worst_of(method, counts, expected_of(path), **controls)
    sys.stdout.write("".join(f"{name}: {far:.1e}\n" for name, far in worst.items()))
    assert len(worst) >= 19
    assert max(worst.values()) < TOLERANCE


@pytest.mark.reference
def test_the_mean_in_control_agrees(reference: Path) -> None:
    folder = reference / "reference"
    rows = rows_of(folder / "other/glrnb_salmonella.agona_mu0.csv")
    counts = counts_of(folder / "inputs/salmonella.agona_observed.csv")["observed1"]
    found = detect("glrnb", counts, at=[int(row["t"]) - 1 for row in rows])
    assert found.expected is not None
    assert found.expected[0] == pytest.approx([float(row["mu0"]) for row in rows], rel=1e-12)


@pytest.mark.parametrize(
    ("table", "variant"), [(table, variant) for table, of in GENERATED.items() for variant in of]
)
def test_charts_of_generated_counts_agree(table: str, variant: str) -> None:
    method, controls = GENERATED[table][variant]
    counts = counts_of(HERE / "synthetic/weekly_observed.csv")
    expected = expected_of(HERE / f"charts/{table}.csv", f"{variant}_")
    worst = worst_of(method, counts, expected, **controls)
    sys.stdout.write(f"{table} {variant}: {worst:.1e}\n")
    assert worst < (1e-7 if method == "glrnb" else TOLERANCE)


def test_the_generated_expectations_hold_finds_of_each_chart() -> None:
    for table, variants in GENERATED.items():
        for variant in variants:
            found = expected_of(HERE / f"charts/{table}.csv", f"{variant}_").values()
            assert sum(one.raised.sum() for one in found) >= 5
