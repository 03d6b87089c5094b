# SPDX-License-Identifier: Apache-2.0
"""Farrington's detectors against what R's surveillance 1.20.3 computed; the worst is printed."""

from __future__ import annotations

import csv
import json
import sys
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from pratique.surveillance import Detection, detect

HERE = Path(__file__).parent.parent / "data/surveillance"
TOLERANCE = 1e-9
# A count that equals its expectation to the last digits has a score of rounding errors alone.
LEAST = {"score": 1e-3}
NAMES = {
    "noPeriods": "no_periods",
    "pastWeeksNotIncluded": "past_weeks_not_included",
    "pThresholdTrend": "p_threshold_trend",
    "powertrans": "powertrans",
    "thresholdMethod": "threshold_method",
    "weightsThreshold": "weights_threshold",
}
KEPT = {"b", "w", "alpha", "reweight", "trend", "limit54", *NAMES}


def number(text: str) -> float:
    """Return a number, NaN for R's NA and for nothing."""
    return float("nan") if text.strip() in {"", "NA", "NaN"} else float(text)


def table(path: Path) -> tuple[list[str], np.ndarray]:
    """Return the names of the columns and the numbers, [column, row]."""
    with path.open(encoding="utf-8", newline="") as lines:
        names, *rows = csv.reader(lines)
    return names, np.array([[number(cell) for cell in row] for row in rows]).T


def controls(given: dict[str, Any]) -> dict[str, Any]:
    """Return R's controls as the detectors name them."""
    return {NAMES.get(name, name): value for name, value in given.items() if name in KEPT}


def worst(found: dict[str, np.ndarray], expected: dict[str, np.ndarray]) -> float:
    """Return the worst relative difference; what is not known must be the same."""
    differences = [0.0]
    for name, values in expected.items():
        assert np.array_equal(np.isnan(found[name]), np.isnan(values)), name
        off = abs(found[name] - values) / np.maximum(abs(values), LEAST.get(name, 1e-200))
        differences.append(float(off[~np.isnan(values) & (found[name] != values)].max(initial=0)))
    return max(differences)


def compared(found: Detection, rows: list[dict[str, str]], columns: dict[str, str]) -> float:
    """Return the worst difference from R's rows (series and at 0-based); alarms are the same."""
    at = {int(time): index for index, time in enumerate(found.at)}
    where = [int(row["series"]) for row in rows], [at[int(row["at"])] for row in rows]
    alarms = [number(row["alarm"]) == 1 for row in rows]
    assert np.array_equal(found.alarm[where], alarms)
    if found.trend is not None and "trend" in rows[0]:
        assert np.array_equal(found.trend[where], [number(row["trend"]) for row in rows])
    return worst(
        {name: getattr(found, name)[where] for name in columns.values()},
        {name: np.array([number(row[theirs]) for row in rows]) for theirs, name in columns.items()},
    )


def placed(path: Path, names: list[str]) -> list[dict[str, str]]:
    """Return R's rows with the place of their series among `names` and 0-based times."""
    with path.open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    places = {name: str(place) for place, name in enumerate(names)}
    return [row | {"series": places[row["series"]], "at": str(int(row["t"]) - 1)} for row in rows]


FLEXIBLE = {"upperbound": "upper", "expected": "expected", "phi": "phi", "score": "score"}
FLEXIBLE |= {"pvalue": "pvalue"}


@pytest.mark.reference
def test_all_published_flexible_references_agree(reference: Path) -> None:
    folder = reference / "reference"
    found = {}
    for line in (folder / "farrington_flexible/index.jsonl").read_text().splitlines():
        entry = json.loads(line)
        with (folder / f"inputs/{entry['dataset']}_observed.csv").open(newline="") as lines:
            names, *rows = csv.reader(lines)
        counts = np.array([[number(cell) for cell in row[2:]] for row in rows]).T
        path = folder / f"farrington_flexible/{entry['id']}.csv"
        expected = placed(path, names[2:])
        at = sorted({int(row["at"]) for row in expected})
        given = controls(entry["control"]) | {"freq": entry["freq"]}
        if entry["epochAsDate"]:
            given["dates"] = [row[1] for row in rows]
        detection = detect("farrington_flexible", counts, at=at, **given)
        found[entry["id"]] = compared(detection, expected, FLEXIBLE)
    sys.stdout.write("".join(f"{name} {off:.1e}\n" for name, off in found.items()))
    assert len(found) == 15
    assert max(found.values()) < TOLERANCE


@pytest.mark.reference
@pytest.mark.parametrize("alpha", [0.05, 0.01])
def test_the_published_references_of_1996_agree(reference: Path, alpha: float) -> None:
    folder = reference / "reference"
    names, columns = table(folder / "inputs/salmonella.agona_observed.csv")
    path = folder / f"other/farringtonOriginal_b5_alpha{alpha}_salmonella.agona.csv"
    expected = placed(path, names[2:])
    detection = detect("farrington", columns[2:], at=slice(263, None), alpha=alpha)
    off = compared(detection, expected, {"upperbound": "upper"})
    sys.stdout.write(f"1996, alpha {alpha}: {off:.1e}\n")
    assert off < TOLERANCE


@pytest.mark.parametrize(
    ("file", "given"),
    [
        ("default", {}),
        (
            "np10_nbPlugin",
            {
                "no_periods": 10,
                "past_weeks_not_included": 26,
                "p_threshold_trend": 1,
                "alpha": 0.005,
                "threshold_method": "nbPlugin",
            },
        ),
    ],
)
def test_the_generated_series_agree(file: str, given: dict[str, Any]) -> None:
    names, counts = table(HERE / "synthetic/weekly_observed.csv")
    expected = placed(HERE / f"synthetic/farrington_flexible_{file}.csv", names)
    detection = detect("farrington_flexible", counts, at=slice(468, 520), **given)
    off = compared(detection, expected, FLEXIBLE)
    sys.stdout.write(f"generated, {file}: {off:.1e}\n")
    assert off < TOLERANCE


def days(kind: str) -> list[str]:
    """Return the dates of the generated counts."""
    if kind == "weeks":
        return [str(date(2003, 2, 22) + timedelta(weeks=week)) for week in range(560)]
    return [str(date(1980 + month // 12, month % 12 + 1, 1)) for month in range(560)]


def cases() -> list[dict[str, Any]]:
    """Return the cases of generated counts."""
    lines = (HERE / "farrington/cases.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines]


@pytest.mark.parametrize("case", cases(), ids=lambda case: case["id"])
def test_the_peer_agrees_on_every_setting(case: dict[str, Any]) -> None:
    _, counts = table(HERE / "farrington/counts.csv")
    given = controls(case["control"]) | {"freq": case["freq"]}
    if case["dated"]:
        given["dates"] = days(case["dated"])
    if case["population"]:
        given["population"] = table(HERE / "farrington/population.csv")[1]
    with (HERE / "farrington/expected.csv").open(encoding="utf-8", newline="") as lines:
        rows = [row for row in csv.DictReader(lines) if row["case"] == case["id"]]
    old = case["method"] == "original"
    columns = ["upper", *(["phi", "score", "expected", "pvalue"] if not old else [])]
    method = "farrington" if old else "farrington_flexible"
    detection = detect(method, counts, at=case["at"], **given)
    off = compared(detection, rows, {name: name for name in columns})
    sys.stdout.write(f"{case['id']}: {off:.1e} on {len(rows)}\n")
    assert len(rows) >= (40 if old else 75)
    assert off < TOLERANCE
