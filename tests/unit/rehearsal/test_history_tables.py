# SPDX-License-Identifier: Apache-2.0
"""History read from a folder: what is taken, and what is refused with its place."""

from __future__ import annotations

from pathlib import Path

import pytest

from pratique.accord.compile import compile_accord
from pratique.accord.model import read_accord
from pratique.accord.program import Program
from pratique.base.finding import Finding
from pratique.base.moment import day_from_iso, iso_moment
from pratique.rehearsal.history import NotHistory, read_history

ACCORD = """---
accord: Two Parties
clock: Africa/Monrovia
---
## Article 1 — All
1. Words.
```accord
party alba, bora
measure cases per party: count in 0..1000
  from: series cases of ebola class all, irregular, by who
  if missing: hold 5 days
measure other: count in 0..1000
  from: series other, daily, by who
  if missing: unknown
```
"""
SERIES = """title = "T"
source = "S"
begins = "2014-03-01"
known_at = "12:00"
[parties]
alba = "ALB"
bora = "BOR"
[[series]]
name = "cases"
disease = "ebola"
class = "all"
file = "table.csv"
party = "iso3"
spoken = "as_of"
known = "published"
value = "cases"
"""
TABLE = """published,as_of,iso3,cases,source
2014-03-10,2014-03-08,ALB,5,A
2014-03-09,,BOR,7,B
2014-03-11,,XXX,9,C
2014-03-12,,ALB,,D
"""


def program() -> Program:
    compiled = compile_accord(read_accord(ACCORD))
    assert not isinstance(compiled, Finding)
    return compiled


def folder(tmp_path: Path, table: str = TABLE, series: str = SERIES) -> Path:
    (tmp_path / "series.toml").write_text(series, "utf-8")
    (tmp_path / "table.csv").write_text(table, "utf-8")
    return tmp_path


def test_rows_are_ordered_by_the_day_they_became_known(tmp_path: Path) -> None:
    history = read_history(folder(tmp_path), program())
    assert [(one.party, one.value) for one in history.publications] == [
        ("bora", "7"),
        ("alba", "5"),
    ]
    assert iso_moment(history.publications[0].known) == "2014-03-09T12:00:00Z"
    assert history.publications[0].day == day_from_iso("2014-03-09")  # no other day is given
    assert history.publications[1].day == day_from_iso("2014-03-08")
    assert history.publications[1].source == "A"
    assert history.unused == ("other",)


@pytest.mark.parametrize(
    ("table", "said"),
    [
        (TABLE.replace("2014-03-10", "10/03/2014"), "table.csv:2"),
        (TABLE.replace(",5,", ",five,"), "`five` is not a number"),
        (TABLE.replace("2014-03-08", "2014-03-18"), "after its publication"),
        ("published,as_of,iso3,source\n", "no column cases"),
        (TABLE.replace("2014-03-09", "2014-02-09"), "`begins` is later"),
        ("published,as_of,iso3,cases,source\n", "no series"),
    ],
)
def test_a_table_that_cannot_be_read_is_refused_with_its_place(
    tmp_path: Path, table: str, said: str
) -> None:
    with pytest.raises(NotHistory, match=said):
        read_history(folder(tmp_path, table), program())


@pytest.mark.parametrize(
    ("series", "said"),
    [
        ("= nothing", "cannot be read"),
        (SERIES.replace("12:00", "noon"), "known_at"),
        (SERIES.replace("2014-03-01", "March"), "begins"),
        (SERIES.replace("table.csv", "absent.csv"), "absent.csv cannot be opened"),
        (SERIES.replace("table.csv", "../../../etc/passwd"), "passwd cannot be opened"),
    ],
)
def test_a_description_that_cannot_be_read_is_refused(
    tmp_path: Path, series: str, said: str
) -> None:
    with pytest.raises(NotHistory, match=said):
        read_history(folder(tmp_path, series=series), program())


def test_an_absent_folder_is_refused(tmp_path: Path) -> None:
    with pytest.raises(NotHistory, match=r"series\.toml"):
        read_history(tmp_path / "nowhere", program())
