# SPDX-License-Identifier: Apache-2.0
"""Clean tables that tell a thing twice, or mix rhythms, are refused: nothing is lost in silence."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest

from pratique.exchange.counts.faults import NotCounts
from pratique.exchange.counts.tables import read_counts
from pratique.exchange.counts.writing import write_tidy

TIDY = "indicator,place,period,value"


def table(folder: Path, *lines: str) -> Path:
    """Write a table."""
    path = folder / "counts.csv"
    path.write_text("\n".join(lines) + "\n", "utf-8")
    return path


@pytest.mark.parametrize(
    "lines",
    [
        (TIDY, "cases,Alta,2014-W12,5", "cases,Alta,2014-W12,7"),
        (TIDY, "cases,Alta,2014-W12,5", "cases,Alta,2014-W13,5", "cases,Alta,2014-W12,5"),
        (f"{TIDY},agegroup", "cases,Alta,2014-W12,5,child", "cases,Alta,2014-W12,7,adult"),
        ("week,Alta,Alta", "2014-W12,5,6", "2014-W13,5,6"),
        ("week,Alta", "2014-W12,5", "2014-W12,6"),
    ],
)
def test_what_is_told_twice_stops_the_reading(tmp_path: Path, lines: tuple[str, ...]) -> None:
    with pytest.raises(NotCounts) as stopped:
        read_counts(table(tmp_path, *lines))
    assert "the same series and period as in line" in str(stopped.value.sentence)


def test_the_same_known_on_another_day_is_a_correction(tmp_path: Path) -> None:
    lines = ("cases,Alta,2014-W12,2014-03-24,5", "cases,Alta,2014-W12,2014-03-31,7")
    path = table(tmp_path, "indicator,place,period,known,value", *lines)
    assert read_counts(path).as_known(None).counts.tolist() == [[7.0]]


def test_a_day_within_a_week_is_no_week(tmp_path: Path) -> None:
    path = table(tmp_path, TIDY, "cases,Alta,2014-W12,5", "cases,Alta,2014-03-25,7")
    with pytest.raises(NotCounts) as stopped:
        read_counts(path)
    assert "line 3" in str(stopped.value.sentence)
    monday = table(tmp_path, TIDY, "cases,Alta,2014-W12,5", "cases,Alta,2014-03-24,7")
    assert read_counts(monday).as_known(None).counts.tolist() == [[5.0, 7.0]]


@pytest.mark.skipif(os.name == "nt", reason="the mask is POSIX's")
def test_who_may_read_what_is_written_is_the_users_to_say(tmp_path: Path) -> None:
    before = os.umask(0o077)
    try:
        write_tidy(tmp_path / "counts.csv", [], "daily")
    finally:
        os.umask(before)
    assert stat.S_IMODE((tmp_path / "counts.csv").stat().st_mode) == 0o600
