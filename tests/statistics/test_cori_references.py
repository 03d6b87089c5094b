# SPDX-License-Identifier: Apache-2.0
"""The reproduction number against what EpiEstim 2.2.4 computed; the worst difference is printed."""

from __future__ import annotations

import csv
import json
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from pratique.surveillance import reproduction
from pratique.surveillance.estimates.serial import discretised_serial_interval

TOLERANCE = 1e-10


def table(path: Path) -> np.ndarray:
    """Return the numbers of a CSV file under its header, NaN for NA."""
    return np.genfromtxt(path, delimiter=",", skip_header=1)


def differ(found: np.ndarray, expected: np.ndarray) -> float:
    """Return the worst relative difference; what is not known must be the same."""
    assert np.array_equal(np.isnan(found), np.isnan(expected))
    told = ~np.isnan(expected)
    return float(abs(found[told] / expected[told] - 1).max(initial=0.0))


def interval(case: dict[str, Any], weights: list[float] | np.ndarray | None) -> dict[str, Any]:
    """Return the serial interval as the method takes it."""
    if case["method"] == "parametric_si":
        return {"mean_si": case["mean_si"], "std_si": case["std_si"]}
    return {"si_distr": weights}


@pytest.mark.reference
def test_all_published_series_agree(reference: Path) -> None:
    folder = reference / "reference/rt"
    worst = {}
    for case in json.loads((folder / "index.json").read_text()):
        counts = table(folder / f"{case['id']}_incid.csv")[:, 1:]
        expected = table(folder / f"{case['id']}_R.csv")
        found = reproduction(
            counts.sum(axis=1),
            case["method"],
            imported=counts[:, 1],
            t_start=expected[:, 0].astype(int) - 1,
            t_end=expected[:, 1].astype(int) - 1,
            mean_prior=case["mean_prior"],
            std_prior=case["std_prior"],
            **interval(case, table(folder / f"{case['id']}_si.csv")[:, 1]),
        )
        all_found = np.column_stack([found.mean[0], found.sd[0], found.quantiles[0]])
        worst[case["id"]] = differ(all_found, expected[:, 2:])
    sys.stdout.write(f"worst of {len(worst)}: {max(worst.values()):.1e}\n")
    assert len(worst) == 7
    assert max(worst.values()) < TOLERANCE


@pytest.mark.reference
def test_serial_intervals_agree(reference: Path) -> None:
    path = reference / "reference/rt/discr_si.csv"
    names = path.read_text().splitlines()[0].split(",")[1:]
    for name, expected in zip(names, table(path)[:, 1:].T, strict=True):
        mean, std = (float(part) for part in name[1:].split("_s"))
        found = discretised_serial_interval(np.arange(61), mean, std)
        # R's own weights are true to 1e-13 of the whole: they come from differences.
        assert abs(found - expected).max() < 1e-13


def test_imagined_daily_series_agree(root: Path) -> None:
    folder = root / "tests/data/surveillance/synthetic"
    counts = table(folder / "daily_incidence.csv").T
    rows = list(csv.DictReader((folder / "rt_daily.csv").read_text().splitlines()))
    columns = {
        name: np.array([float("nan" if row[name] == "NA" else row[name]) for row in rows])
        for name in ("t_end", "mean", "std", "q025", "q50", "q975")
    }
    found = reproduction(counts, mean_si=4.8, std_si=2.3, quantiles=(0.025, 0.5, 0.975))
    assert np.array_equal(columns.pop("t_end"), np.tile(found.t_end + 1, len(counts)))
    parts = [found.mean, found.sd, *np.moveaxis(found.quantiles, 2, 0)]
    worst = [
        differ(part.ravel(), expected)
        for part, expected in zip(parts, columns.values(), strict=True)
    ]
    sys.stdout.write(f"worst: {max(worst):.1e}\n")
    assert max(worst) < TOLERANCE


def test_generated_cases_agree(root: Path) -> None:
    folder = root / "tests/data/surveillance/cori"
    cases = json.loads((folder / "cases.json").read_text())
    expected = table(folder / "expected.csv")
    worst = 0.0
    for number, case in enumerate(cases, start=1):
        rows = expected[expected[:, 0] == number]
        found = reproduction(
            case["total"],
            case["method"],
            imported=case["imported"],
            t_start=case["t_start"],
            t_end=case["t_end"],
            mean_prior=case["mean_prior"],
            std_prior=case["std_prior"],
            **interval(case, case.get("si")),
        )
        all_found = np.column_stack([found.mean[0], found.sd[0], found.quantiles[0]])
        assert np.array_equal(rows[:, 2], found.t_end + 1)
        worst = max(worst, differ(all_found, rows[:, 3:]))
    sys.stdout.write(f"worst of {len(cases)}: {worst:.1e}\n")
    assert worst < TOLERANCE
