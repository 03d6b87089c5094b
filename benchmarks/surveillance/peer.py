# SPDX-License-Identifier: Apache-2.0
"""R's `surveillance` and `EpiEstim`, run as they come, on the same series; what came of it."""

from __future__ import annotations

import csv
import shutil
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np

_WORDS = {"NA": np.nan, "TRUE": 1.0, "FALSE": 0.0}
SCRIPT = Path(__file__).with_name("peer.R")


@dataclass(frozen=True, slots=True)
class Peer:
    """What the peer took in seconds, and what it found, each by algorithm.

    `found`: columns by name; rows in the order series, then time monitored.
    """

    seconds: dict[str, float]
    found: dict[str, dict[str, np.ndarray]]


def has_peer() -> bool:
    """Say whether R and both of its packages are here."""
    if shutil.which("Rscript") is None:
        return False
    asked = 'stopifnot(requireNamespace("surveillance"), requireNamespace("EpiEstim"))'
    return (
        subprocess.run(["Rscript", "-e", asked], capture_output=True, check=False).returncode == 0
    )


def run_peer(
    folder: Path, weekly: np.ndarray, daily: np.ndarray, series: Mapping[str, int]
) -> Peer:
    """Run the peer over the first `series[algorithm]` series of each; counts are [series, time]."""
    _write(folder / "weekly.csv", weekly)
    _write(folder / "daily.csv", daily)
    asked = [f"{name}={number}" for name, number in series.items()]
    command = ["Rscript", str(SCRIPT), str(folder), *asked]
    run = subprocess.run(command, capture_output=True, text=True, check=False)
    if run.returncode != 0:
        raise RuntimeError(run.stderr[-2000:])
    lines = [line.split(",") for line in run.stdout.splitlines() if "," in line]
    seconds = {name: float(value) for name, value in lines}
    return Peer(seconds, {name: _read(folder / f"{name}.csv") for name in seconds})


def _write(path: Path, counts: np.ndarray) -> None:
    names = ",".join(f"s{number}" for number in range(1, len(counts) + 1))
    np.savetxt(path, counts.T, delimiter=",", header=names, comments="", fmt="%d")


def _read(path: Path) -> dict[str, np.ndarray]:
    with path.open(encoding="utf-8", newline="") as opened:
        rows = list(csv.DictReader(opened))
    return {name: np.array([_number(row[name]) for row in rows]) for name in rows[0]}


def _number(words: str) -> float:
    return _WORDS[words] if words in _WORDS else float(words)
