# SPDX-License-Identifier: Apache-2.0
"""The 71,750 raw rows of the situation reports of 2014: each accounted for, some looked at by hand.

The mappings beside these tests name variables and places; the rows themselves are not ours to keep.
"""

from __future__ import annotations

from functools import cache
from itertools import pairwise
from pathlib import Path

import pytest

from pratique.base.moment import iso_day
from pratique.exchange.counts.gazetteer import read_gazetteer
from pratique.exchange.counts.importing import Imported, imported
from pratique.exchange.counts.mapping import read_mapping
from unit.exchange.counts.imports import FOLDER, TODAY

pytestmark = pytest.mark.reference

ROWS = {"GIN": 9_837, "LBR": 30_489, "SLE": 31_424}
"""Counted with Python's csv, not with the reader under test."""

TAKEN = [
    # country, line, indicator, class, group, place, day, figure in the row, count made of it
    ("GIN", 2, "new_cases", "suspected", "", "Guinea", "2014-08-04", 5, 5),
    ("GIN", 3, "new_cases", "probable", "", "Guinea", "2014-08-04", 0, 0),
    ("GIN", 5, "new_cases", "", "", "Guinea", "2014-08-04", 9, 9),
    ("GIN", 4000, "deaths", "probable", "", "Dinguiraye", "2014-09-09", 1, 0),  # 1 on 8 September
    ("GIN", 9138, "cases", "confirmed", "", "Nzérékoré", "2014-09-30", 26, 5),  # Mzerekore; 21
    ("GIN", 9623, "cases", "confirmed", "", "Nzérékoré", "2014-10-01", 31, 5),  # Nzerekore again
    ("LBR", 2, "specimens", "", "", "Liberia", "2014-06-16", 1, 1),
    ("LBR", 7000, "cases", "", "health workers", "Grand Cape Mount", "2014-09-01", 3, 0),
    ("LBR", 8328, "cases", "confirmed", "", "Lofa", "2014-09-04", 249, 11),  # 238 on 3 September
    ("LBR", 20000, "new_cases", "confirmed", "", "Bomi", "2014-10-11", 0, 0),
    ("SLE", 2, "population", "", "", "Kailahun", "2014-08-12", 465_048, 465_048),
    ("SLE", 23928, "cases", "confirmed", "", "Western Area Urban", "2014-10-27", 595, 13),
    ("SLE", 31330, "deaths", "confirmed", "", "Bo", "2014-12-06", 83, 1),
    ("SLE", 31425, "cases", "confirmed", "", "Sierra Leone", "2014-12-13", 6638, 321),  # 6317
]
NOT_TAKEN = [
    ("GIN", 6, "first_total"),
    ("GIN", 48, "first_total"),
    ("GIN", 577, "skip"),  # Fatality rate: 66%
    ("GIN", 595, "falling_total"),  # Conakry, suspects: 9, then 8
    ("GIN", 962, "falling_total"),  # Dubreka, contacts: 118, then 116
    ("GIN", 9838, "skip"),  # contacts lost to follow up
    ("LBR", 3, "skip"),  # specimens pending
    ("LBR", 9, "first_total"),
    ("LBR", 179, "falling_total"),  # National, deaths of suspected cases: 2, then 1
    ("LBR", 17531, "conflict"),  # Total probable cases: 1796 …
    ("LBR", 17556, "conflict"),  # … and Total Case/s (Probable): 1798, both of 4 October
    ("LBR", 17555, "duplicate"),  # 1190 under two names
    ("LBR", 30258, "unknown_place"),  # Unnamed: 18
    ("SLE", 3, "skip"),
    ("SLE", 35, "first_total"),
    ("SLE", 361, "missing"),  # Nr
    ("SLE", 373, "falling_total"),  # Kenema, suspected: 10, then 3
    ("SLE", 387, "falling_total"),  # Kenema, contacts: "1,356", then 448
    ("SLE", 3415, "missing"),  # a dash
    ("SLE", 11165, "skip"),  # Kenema (IFRC), a treatment unit
    ("SLE", 17229, "no_count"),  # a population on a day without counts of that place
    ("SLE", 17545, "unknown_place"),  # Western area
    ("SLE", 19508, "conflict"),  # 16 October came in two versions: 1 …
    ("SLE", 19858, "conflict"),  # … and 4 new confirmed cases in Kailahun
    ("SLE", 19854, "duplicate"),  # the same population in both
]


@cache
def brought(reference: Path, country: str) -> Imported:
    """Return what one country's rows come to."""
    return imported(
        [reference / "data" / "ebola" / f"sitrep_district_long_{country}_2014_raw.csv"],
        read_mapping(FOLDER / f"sitrep_{country.lower()}.toml"),
        gazetteer=read_gazetteer(FOLDER / "gazetteer.csv"),
        today=TODAY,
    )


def test_every_row_is_accounted_for(reference: Path) -> None:
    reports = {country: brought(reference, country).report for country in ROWS}
    assert {country: one.given for country, one in reports.items()} == ROWS
    assert sum(one.given for one in reports.values()) == 71_750
    for country, one in reports.items():
        assert one.is_whole
        lines = {row.raw.line for row in brought(reference, country).taken}
        others = {row.raw.line for row in brought(reference, country).unused}
        assert not lines & others
        assert len(lines) == one.taken
        assert len(others) == one.set_aside + one.refused
        assert sum(tally.rows for tally in one.refused_for.values()) == one.refused
        assert sum(tally.rows for tally in one.aside_for.values()) == one.set_aside


def test_what_is_refused_is_what_is_wrong_with_them(reference: Path) -> None:
    refused = {
        country: {
            code: tally.rows
            for code, tally in brought(reference, country).report.refused_for.items()
        }
        for country in ROWS
    }
    assert refused == {
        "GIN": {},
        "LBR": {"conflict": 50, "unknown_place": 3},
        "SLE": {"unknown_place": 126, "conflict": 110},
    }


@pytest.mark.parametrize("row", TAKEN, ids=lambda row: f"{row[0]}-{row[1]}")
def test_rows_looked_at_by_hand_that_are_taken(
    reference: Path, row: tuple[str, int, str, str, str, str, str, int, int]
) -> None:
    country, line, indicator, class_, group, place, day, figure, count = row
    found = brought(reference, country)
    (read,) = [one for one in found.taken if one.raw.line == line]
    whose = read.whose
    assert (whose.indicator, whose.class_, whose.group) == (indicator, class_, group)
    assert (whose.place, iso_day(read.day), iso_day(read.known)) == (place, day, day)
    assert whose.disease == "ebola"
    assert read.value == figure
    made = {(one.whose, one.day, one.known): one for one in found.counts}
    if read.how == "population":
        beside = {one.beside[0] for one in made.values() if one.whose.place == place and
                  one.day == read.day}  # fmt: skip
        assert beside == {float(count)}
    else:
        assert made[whose, read.day, read.known].value == count


@pytest.mark.parametrize("row", NOT_TAKEN, ids=lambda row: f"{row[0]}-{row[1]}-{row[2]}")
def test_rows_looked_at_by_hand_that_are_not(reference: Path, row: tuple[str, int, str]) -> None:
    country, line, code = row
    (found,) = [one for one in brought(reference, country).unused if one.raw.line == line]
    assert found.reason.code == code


def test_a_name_over_two_lines_is_one_row(reference: Path) -> None:
    found = brought(reference, "LBR")
    (read,) = [one for one in found.taken if one.raw.line == 24735]
    assert read.value == 2697
    assert "\n" in str(read.raw.cell("variable"))
    assert [change.code for change in read.changes][:1] == ["spelling"]


def test_totals_and_counts_come_to_the_same(reference: Path) -> None:
    """Counts and corrections together lead from the first total to the last, in every series."""
    found = brought(reference, "SLE")
    totals: dict[object, list[tuple[int, int]]] = {}
    for read in found.taken:
        if read.how == "cumulative":
            new = next(int(one.read) for one in read.changes if one.code == "total")
            totals.setdefault(read.whose, []).append((read.value, new))
    assert len(totals) > 100
    falls = sum(one.reason.code == "falling_total" for one in found.unused)
    steps = sum(
        later[0] - earlier[0] == later[1]
        for series in totals.values()
        for earlier, later in pairwise(series)
    )
    pairs = sum(len(series) - 1 for series in totals.values())
    assert pairs - falls <= steps <= pairs
