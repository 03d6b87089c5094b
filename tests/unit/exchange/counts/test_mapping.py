# SPDX-License-Identifier: Apache-2.0
"""Mappings say at which key they are wrong; proposals are mappings; suggestions are never taken."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from pratique.exchange.counts.faults import NotCounts, NotMapping
from pratique.exchange.counts.gazetteer import Gazetteer, Place, read_gazetteer
from pratique.exchange.counts.mapping import mapping_from, read_mapping
from pratique.exchange.counts.proposal import proposal
from unit.exchange.counts.imports import FOLDER, PLACES, PLAIN, fates, of_text


@pytest.mark.parametrize(
    ("keys", "told"),
    [
        ({"rhythm": None}, "key `rhythm`: it is one of 'daily', 'iso_week' or 'mmwr_week'"),
        ({"fromat": "csv"}, "key `fromat`: there is no such key"),
        ({"columns": {"plaec": "x"}}, "key `columns.plaec`: there is no such field"),
        ({"columns": {"place": 3}}, "key `columns.place`: it should be text in quotes"),
        ({"columns": {}}, "key `columns.period`: some column has to tell the day or the week"),
        ({"fixed": {}}, "key `fixed.indicator`: say what is counted"),
        ({"fixed": {"indicator": "a", "value": "b"}}, "key `fixed.value`: only indicator"),
        ({"dates": {}}, "key `dates.known`: without a column of days known"),
        ({"dates": {"known": "soon"}}, "key `dates.known`: it is `period`, or a day"),
        ({"dates": {"known": "period", "forms": ["Y-M-D"]}}, "key `dates.forms`"),
        ({"numbers": {"decimal": ",", "grouping": ","}}, "the same mark cannot do both"),
        ({"numbers": {"decimal": ";"}}, "key `numbers.decimal`: it is one of '.' or ','"),
        ({"encoding": "klingon"}, "key `encoding`: there is no encoding `klingon`"),
        ({"encoding": "hex"}, "key `encoding`: there is no encoding `hex`"),
        ({"delimiter": "ab"}, "key `delimiter`: it is one character"),
        ({"format": "matrix"}, "key `matrix`: it goes with format `matrix`"),
        ({"skip": [{"column": "a", "values": []}]}, "key `skip.0"),
        ({"measures": [{"names": ["a"]}]}, "key `measures.0`: it names an indicator"),
        ({"measures": [{"names": []}]}, "key `measures.0.names`: it is empty"),
        (
            {"measures": [{"names": ["a"], "indicator": "x"}, {"names": ["A "], "skip": "y"}]},
            "key `measures.1.names`: `A ` stands in two measures",
        ),
        (
            {
                "measures": [
                    {"names": ["a"], "indicator": "x"},
                    {"names": ["b"], "indicator": "x", "how": "cumulative"},
                ]
            },
            "key `measures.1.how`: the same counts come as new and as totals",
        ),
        ({"words": {"sex": {"M": {"value": "x"}}}}, "key `words.sex.M.value`: only indicator"),
        ({"ages": ["young"]}, "key `ages`: `young` is no band"),
        (
            {"format": "linelist", "columns": {**PLAIN["columns"], "age": "a"}},
            "key `ages`: ages of persons need bands",
        ),
    ],
)
def test_a_mapping_says_at_which_key_it_is_wrong(keys: dict[str, Any], told: str) -> None:
    with pytest.raises(NotMapping) as fault:
        mapping_from({**PLAIN, **keys})
    assert told in str(fault.value)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (b"rhythm = ", "cannot be read"),
        (b"\xff", "not UTF-8"),
        (b"a = " + b"[" * 100_000, "cannot be read"),
    ],
)
def test_a_file_that_is_no_toml_is_told(text: bytes, told: str, tmp_path: Path) -> None:
    (tmp_path / "m.toml").write_bytes(text)
    with pytest.raises(NotMapping, match=told):
        read_mapping(tmp_path / "m.toml")


def test_a_close_name_is_suggested_never_taken(tmp_path: Path) -> None:
    text = (
        "place,date,cases\nKailahum,2014-08-04,5\nMzerekore,2014-08-04,6\nAtlantis,2014-08-04,7\n"
    )
    found = of_text(tmp_path, text)
    assert fates(found) == {2: "unknown_place", 3: "unknown_place", 4: "unknown_place"}
    told = [str(one.reason.sentence) for one in found.unused]
    assert "is it `Kailahun`?" in told[0]
    assert "`Nzérékoré`" in told[1]
    assert told[2] == "`Atlantis` is not in the gazetteer"
    accepted = {**PLAIN, "places": {"accept": {"Mzerekore": "Nzérékoré"}}}
    found = of_text(tmp_path, text, accepted)
    assert fates(found)[3] == "6"
    assert found.report.read_otherwise["place_accepted"].cells == 1


@pytest.mark.parametrize(
    ("written", "rule"),
    [
        ("Nzérékoré", "exact"),
        ("GIN-NZ", "code"),
        ("NZEREKORE", "folded"),
        ("n'zerekore", "other_name"),
        ("N Zérékoré", "other_name"),
        ("Nzerekor", None),
        ("", None),
    ],
)
def test_how_a_place_is_found(written: str, rule: str | None) -> None:
    found = PLACES.find(written)
    assert (found.rule if found else None) == rule


def test_a_name_that_two_places_share_is_neither() -> None:
    places = Gazetteer([Place("A", others=("Both",)), Place("B", others=("both",))])
    assert places.find("Both") is None


@pytest.mark.parametrize(
    "text", ["code\nX\n", "name,lon\nA,east\n", "name\nA\nA\n", "name\n \n", b"name\n\xff\n"]
)
def test_a_gazetteer_that_cannot_be_read_is_told(text: str | bytes, tmp_path: Path) -> None:
    path = tmp_path / "g.csv"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    with pytest.raises(NotCounts):
        read_gazetteer(path)


@pytest.mark.parametrize(
    ("text", "held"),
    [
        (
            "district_std,week_start,new_cases\nLofa,2014-08-04,1\nLofa,2014-08-11,2\n"
            "Lofa,2014-08-18,2\nLofa,2014-08-25,2\n",
            ['place = "district_std"', 'rhythm = "iso_week"', 'value = "new_cases"'],
        ),
        ("area;jour;cas\nLofa;03/04/2014;1\n", ["DD/MM/YYYY", 'period = "jour"', 'value = "cas"']),
        (
            "caseUuid,firstName,district,reportDate,ageYears\n1,Ann,Lofa,2014-08-04,3\n",
            ['format = "linelist"', 'person = "caseUuid"', "ages = ["],
        ),
        (
            "area,date,variable,value\nLofa,2014-08-04,Total deaths (confirmed),1\n"
            "Lofa,2014-08-04,Contacts seen,1\n",
            ['how = "cumulative"', 'class = "confirmed"', 'skip = "not proposed'],
        ),
    ],
)
def test_a_proposal_is_a_sound_mapping_to_begin_with(
    text: str, held: list[str], tmp_path: Path
) -> None:
    (tmp_path / "a.csv").write_text(text, "utf-8")
    proposed = proposal(tmp_path / "a.csv")
    assert all(words in proposed for words in held), proposed
    (tmp_path / "m.toml").write_text(proposed, "utf-8")
    assert read_mapping(tmp_path / "m.toml").rhythm in ("daily", "iso_week")


@pytest.mark.parametrize("name", ["sitrep_gin", "sitrep_lbr", "sitrep_sle", "dirty"])
def test_the_mappings_beside_the_tests_are_sound(name: str) -> None:
    assert read_mapping(FOLDER / f"{name}.toml").rhythm == "daily"
