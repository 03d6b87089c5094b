# SPDX-License-Identifier: Apache-2.0
"""What rows say together: totals, corrections, repetitions, denominators, persons, matrices."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from pratique.base.moment import iso_day
from pratique.exchange.counts.importing import Imported
from pratique.exchange.counts.writing import write_quarantine, write_report, write_tidy
from unit.exchange.counts.imports import PLAIN, fates, of_text

KNOWN = {**PLAIN["columns"], "known": "known"}
TOTALS = {
    **PLAIN,
    "columns": {**KNOWN, "indicator": "what"},
    "fixed": {"disease": "ebola"},
    "dates": {},
    "measures": [
        {"names": ["total"], "indicator": "cases", "how": "cumulative"},
        {"names": ["new"], "indicator": "new_cases"},
        {"names": ["people"], "how": "population"},
        {"names": ["sites"], "how": "expected"},
    ],
}
HEAD = "what,place,date,known,cases\n"


def table(found: Imported) -> list[tuple[str, str, str, int | None]]:
    """Return the counts made: of what, which day, known when, how many."""
    return sorted(
        (one.whose.indicator, iso_day(one.day), iso_day(one.known), one.value)
        for one in found.counts
    )


def totals(folder: Path, *rows: str, **keys: str) -> Imported:
    """Return what rows of one place come to; a row is `what day known figure`."""
    lines = [",".join([w, "Lofa", f"2014-08-{d}", f"2014-08-{k}", n]) for w, d, k, n in
             (row.split() for row in rows)]  # fmt: skip
    return of_text(folder, HEAD + "\n".join(lines), {**TOTALS, **keys})


def test_totals_become_new_counts_and_a_fall_is_a_correction(tmp_path: Path) -> None:
    found = totals(tmp_path, "total 01 01 10", "total 02 02 14", "total 03 03 12", "total 06 06 13")
    assert fates(found) == {2: "first_total", 3: "14", 4: "falling_total", 5: "13"}
    assert table(found) == [
        ("cases", "2014-08-02", "2014-08-02", 4),
        ("cases", "2014-08-06", "2014-08-06", 1),
    ]
    assert found.report.read_otherwise["gap"].cells == 1
    fall = next(one for one in found.unused if one.reason.code == "falling_total")
    assert "falls from 14 to 12: a correction by 2" in str(fall.reason.sentence)


def test_the_first_total_counts_if_the_mapping_says_so(tmp_path: Path) -> None:
    found = totals(tmp_path, "total 01 01 10", "total 02 02 14", first_total="count")
    assert [value for *_, value in table(found)] == [10, 4]


def test_a_late_total_revises_what_came_after_it(tmp_path: Path) -> None:
    found = totals(tmp_path, "total 01 01 10", "total 03 03 16", "total 02 04 12")
    assert table(found) == [
        ("cases", "2014-08-02", "2014-08-04", 2),
        ("cases", "2014-08-03", "2014-08-03", 6),
        ("cases", "2014-08-03", "2014-08-04", 4),
    ]


def test_a_revised_total_that_contradicts_withdraws(tmp_path: Path) -> None:
    found = totals(tmp_path, "total 01 01 10", "total 02 02 12", "total 01 03 15")
    assert fates(found)[4] == "first_total"
    assert table(found) == [
        ("cases", "2014-08-02", "2014-08-02", 2),
        ("cases", "2014-08-02", "2014-08-03", None),
    ]


def test_repetitions_conflicts_and_revisions(tmp_path: Path) -> None:
    rows = (
        "new 01 01 1",
        "new 01 01 1",
        "new 02 02 1",
        "new 02 02 2",
        "new 03 03 1",
        "new 03 04 2",
    )
    found = totals(tmp_path, *rows)
    assert fates(found) == {
        **{2: "1", 3: "duplicate", 4: "conflict", 5: "conflict", 6: "1", 7: "2"}
    }  # fmt: skip
    last = totals(tmp_path, *rows, conflicts="last")
    assert fates(last) == {2: "1", 3: "duplicate", 4: "replaced", 5: "2", 6: "1", 7: "2"}


def test_denominators_stand_beside_counts_of_their_place_and_days(tmp_path: Path) -> None:
    found = totals(
        tmp_path, "new 01 01 1", "people 01 01 270114", "sites 01 01 12", "sites 02 02 9"
    )
    assert fates(found) == {2: "1", 3: "270114", 4: "12", 5: "no_count"}
    assert [one.beside for one in found.counts] == [(270114.0, 12.0, None)]


def test_the_gazetteer_gives_the_population_that_no_row_tells(tmp_path: Path) -> None:
    found = of_text(tmp_path, "place,date,cases\nnzerekore,2014-08-04,5\n")
    assert [one.beside[0] for one in found.counts] == [396_949.0]


LIST: dict[str, Any] = {
    "format": "linelist",
    "rhythm": "iso_week",
    "columns": {
        **{"place": "district", "period": "onset", "known": "reported", "class": "status"},
        **{"age": "age", "sex": "sex", "person": "id"},
    },
    "fixed": {"indicator": "cases", "disease": "ebola"},
    "words": {"sex": {"F": "female", "M": "male"}},
    "ages": ["0-4", "5-14", "15+"],
}
PERSONS = """id,name,phone,district,onset,reported,status,age,sex
1,Mary Secret,555,Lofa,2014-08-04,2014-08-06,suspected,3,F
2,John Secret,555,Lofa,2014-08-05,2014-08-06,suspected,4,F
3,Ann Secret,555,Lofa,2014-08-05,2014-08-20,suspected,0,F
3,Ann Secret,555,Lofa,2014-08-05,2014-08-20,suspected,0,F
4,Bob Secret,555,Lofo,2014-08-05,2014-08-20,suspected,40,M
5,Tom Secret,555,Lofa,2014-08-05,2014-08-20,suspected,Secret,M
6,Kim Secret,555,Lofa,2014-08-05,2014-08-20,suspected,7,Secret
7,Sue Secret,555
8,Pat Secret,555,Lofa,2014-08-05,2014-08-20,suspected,,M
"""


def test_persons_are_counted_as_they_became_known_and_nobody_is_kept(tmp_path: Path) -> None:
    found = of_text(tmp_path, PERSONS, LIST)
    assert list(fates(found).values()) == [
        *("1", "1", "1", "same_person", "unknown_place", "bad_age", "unknown_word", "ragged", "1")
    ]
    girls = [one for one in found.counts if one.whose.age == "0-4"]
    assert [(iso_day(one.day), iso_day(one.known), one.value) for one in girls] == [
        ("2014-08-04", "2014-08-06", 2),
        ("2014-08-04", "2014-08-20", 3),
    ]
    assert {one.whose.age for one in found.counts} == {"0-4", "unknown"}
    assert found.report.unit == "persons"
    write_tidy(tmp_path / "out.csv", found.counts, "iso_week")
    write_quarantine(tmp_path / "out.quarantine.csv", found.unused, "en")
    write_report(tmp_path / "out.report.json", found.report, "en")
    for path in tmp_path.glob("out.*"):
        text = path.read_text("utf-8")
        assert "Secret" not in text
        assert "555" not in text
    assert "Secret" not in repr(found)


MATRIX: dict[str, Any] = {
    "format": "matrix",
    "rhythm": "iso_week",
    "columns": {"place": "district"},
    "fixed": {"indicator": "cases", "disease": "ebola"},
    "dates": {"known": "period"},
    "matrix": {"across": "period", "ignore": ["remarks"]},
}


def test_a_matrix_is_read_cell_by_cell(tmp_path: Path) -> None:
    text = "district,2014-W12,2014-W13,W14 2014,remarks\nLofa,1,n/a,3,x\nKailahun,4,-5,6,y\n"
    found = of_text(tmp_path, text, MATRIX)
    report = found.report
    assert (report.unit, report.given, report.taken) == ("cells", 6, 4)
    assert [(one.raw.line, one.raw.cell("(column)"), one.reason.code) for one in found.unused] == [
        (2, "2014-W13", "missing"),
        (3, "2014-W13", "negative"),
    ]


def test_a_matrix_of_variables_in_columns(tmp_path: Path) -> None:
    keys = {
        **MATRIX,
        "columns": {"place": "district", "period": "week"},
        "fixed": {"disease": "ebola"},
        "matrix": {"across": "indicator"},
        "measures": [
            {"names": ["susp"], "indicator": "cases", "class": "suspected"},
            {"names": ["note"], "skip": "words"},
        ],
    }
    found = of_text(tmp_path, "district,week,susp,note\nLofa,2014-W12,3,hello\n", keys)
    assert [(one.whose.class_, one.value) for one in found.counts] == [("suspected", 3)]
    assert [one.reason.code for one in found.unused] == ["skip"]


def test_year_and_week_in_two_columns(tmp_path: Path) -> None:
    keys = {**PLAIN, "rhythm": "mmwr_week",
            "columns": {"place": "p", "year": "y", "week": "w", "value": "n"}}  # fmt: skip
    found = of_text(tmp_path, "p,y,w,n\nLofa,2014,W12,1\nLofa,2014,54,1\nLofa,,12,1\n", keys)
    assert fates(found) == {2: "1", 3: "bad_week", 4: "no_date"}
    assert [iso_day(one.day) for one in found.counts] == ["2014-03-16"]


@pytest.mark.parametrize("place", ["=cmd|' /C calc'!A0", "@SUM(1)", "+1", "-1"])
def test_no_formula_gets_into_the_tidy_table(place: str, tmp_path: Path) -> None:
    keys = {**PLAIN, "columns": {**PLAIN["columns"], "group": "place"}}
    del keys["columns"]["place"]
    found = of_text(tmp_path, f'place,date,cases\n"{place}",2014-08-04,5\n', keys)
    assert fates(found) == {2: "odd_word"}


def test_what_is_written_is_the_same_again(tmp_path: Path) -> None:
    rows = ["Lofa,2014-08-05,2", "Kailahun,2014-08-04,1", "Lofa,2014-08-04,3"]
    for name, lines in (("a", rows), ("b", rows[::-1])):
        found = of_text(tmp_path, "place,date,cases\n" + "\n".join(lines))
        write_tidy(tmp_path / f"{name}.csv", found.counts, "daily")
    assert (tmp_path / "a.csv").read_text("utf-8") == (
        "indicator,disease,class,place,age,sex,group,period,known,value,population,expected,"
        "reporting\n"
        "cases,ebola,,Kailahun,,,,2014-08-04,2014-08-04,1,,,\n"
        "cases,ebola,,Lofa,,,,2014-08-04,2014-08-04,3,,,\n"
        "cases,ebola,,Lofa,,,,2014-08-05,2014-08-05,2,,,\n"
    )
    assert (tmp_path / "b.csv").read_bytes() == (tmp_path / "a.csv").read_bytes()
