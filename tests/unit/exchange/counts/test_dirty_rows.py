# SPDX-License-Identifier: Apache-2.0
"""Two hundred invented rows, dirty as real ones: what becomes of each is known from its making."""

from __future__ import annotations

import csv
from collections import Counter
from pathlib import Path

import pytest

import dirty_counts
from pratique.exchange.counts.gazetteer import read_gazetteer
from pratique.exchange.counts.importing import imported
from pratique.exchange.counts.mapping import read_mapping
from pratique.exchange.counts.writing import write_quarantine
from unit.exchange.counts.imports import FOLDER, TODAY, fates

MAPPING = read_mapping(FOLDER / "dirty.toml")
PLACES = read_gazetteer(FOLDER / "gazetteer.csv")
FOUND = imported([FOLDER / "dirty.csv"], MAPPING, gazetteer=PLACES, today=TODAY)


def expected() -> dict[int, str]:
    """Return what should become of each line of the file beside these tests."""
    with (FOLDER / "dirty.expected.csv").open(encoding="utf-8", newline="") as file:
        return {int(row["line"]): row["fate"] for row in csv.DictReader(file)}


def test_each_row_meets_the_fate_it_was_made_for() -> None:
    assert len(expected()) == 200
    assert fates(FOUND) == expected()


def test_the_report_counts_what_was_made() -> None:
    made = Counter("taken" if fate.isdecimal() else fate for fate in expected().values())
    report = FOUND.report
    told = {code.partition(":")[0]: tally.rows for code, tally in report.refused_for.items()}
    told |= {code.partition(":")[0]: tally.rows for code, tally in report.aside_for.items()}
    assert {"taken": report.taken, **told} == dict(made)
    assert report.given == 200 == report.taken + report.set_aside + report.refused


def test_the_file_is_as_the_script_writes_it() -> None:
    made = dirty_counts.HEADER + b"".join(row for row, _ in dirty_counts.rows())
    assert (FOLDER / "dirty.csv").read_bytes() == made


@pytest.mark.parametrize("seed", range(8))
def test_other_rows_of_the_same_kinds_meet_theirs(seed: int, tmp_path: Path) -> None:
    made = dirty_counts.rows(seed)
    path = tmp_path / "dirty.csv"
    path.write_bytes(dirty_counts.HEADER + b"".join(row for row, _ in made))
    found = imported([path], MAPPING, gazetteer=PLACES, today=TODAY)
    assert list(fates(found).values()) == [fate for _, fate in made]


def test_quarantine_holds_every_row_not_taken_and_no_formula(tmp_path: Path) -> None:
    write_quarantine(tmp_path / "quarantine.csv", FOUND.unused, "en")
    with (tmp_path / "quarantine.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file))
    assert len(rows) - 1 == FOUND.report.set_aside + FOUND.report.refused
    assert {int(row[1]) for row in rows[1:]} == {
        line for line, fate in expected().items() if not fate.isdecimal()
    }
    assert all(cell[:1] not in ("=", "+", "-", "@") for row in rows for cell in row)
    assert any(cell == "'=1+1" for row in rows for cell in row)
