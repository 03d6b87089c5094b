# SPDX-License-Identifier: Apache-2.0
"""Bad files get a clear answer, sound ones lose no row: encodings, quotes, workbooks, JSON."""

from __future__ import annotations

import json
import zipfile
from datetime import date
from pathlib import Path

import openpyxl
import pytest

from pratique.exchange.counts.faults import NotCounts
from unit.exchange.counts.imports import PLAIN, fates, made, of_text

HEAD = "place,date,cases\n"
SOUND = HEAD + "Guéckédou,2014-08-04,5\n"


@pytest.mark.parametrize(
    ("encoding", "keys"),
    [
        ("utf-8", {}),
        ("utf-8-sig", {}),
        ("utf-16", {}),
        ("utf-32", {}),
        ("cp1252", {"encoding": "cp1252"}),
        ("latin-1", {"fallback": "latin-1"}),
        ("utf-16-le", {"encoding": "utf-16-le"}),
    ],
)
def test_any_declared_encoding_is_read(encoding: str, keys: dict[str, str], tmp_path: Path) -> None:
    assert fates(of_text(tmp_path, SOUND.encode(encoding), {**PLAIN, **keys})) == {2: "5"}


def test_octets_of_another_encoding_are_refused_row_by_row(tmp_path: Path) -> None:
    text = SOUND.encode() + b"Kailahun,2014-08-04,6\n" + "Nzérékoré,2014-08-04,7\n".encode("cp1252")
    assert fates(of_text(tmp_path, text)) == {2: "5", 3: "6", 4: "encoding"}


def test_utf_16_without_its_mark_is_told(tmp_path: Path) -> None:
    with pytest.raises(NotCounts, match="looks like UTF-16"):
        of_text(tmp_path, SOUND.encode("utf-16-le"))


def test_a_wrong_encoding_is_told(tmp_path: Path) -> None:
    with pytest.raises(NotCounts):
        of_text(tmp_path, SOUND.encode("latin-1") + b"\xff", {**PLAIN, "encoding": "utf-16"})


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
def test_the_separator_is_found_or_declared(separator: str, tmp_path: Path) -> None:
    text = SOUND.replace(",", separator)
    assert fates(of_text(tmp_path, text)) == {2: "5"}
    assert fates(of_text(tmp_path, text, {**PLAIN, "delimiter": separator})) == {2: "5"}


def test_rows_that_are_no_rows_leave_the_others_alone(tmp_path: Path) -> None:
    lines = [
        '"Lofa,2014-08-04,1',  # 2: never closed
        "Lofa,2014-08-05,2",
        "Lofa,2014-08-06",  # 4: too few
        "Lofa,2014-08-07,4,5",  # 5: too many
        "Lofa,2014-08-08,6,,",  # 6: blanks at the end are nothing
        '"Lofa",2014-08-09,"7"',
        "Lofa\0,2014-08-10,8",  # 8
        "x" * 40_000 + ",2014-08-11,9",  # 9
        ",,",  # 10
        "",
        '"Lo"fa,2014-08-12,3',
    ]
    assert fates(of_text(tmp_path, HEAD + "\n".join(lines))) == {
        **{2: "open_quote", 3: "2", 4: "ragged", 5: "ragged", 6: "6", 7: "7", 8: "nul"},
        **{9: "huge", 10: "blank", 12: "3"},
    }  # fmt: skip


def test_a_quotation_mark_never_closed_at_the_very_end(tmp_path: Path) -> None:
    text = SOUND + '"Lofa,2014-08-04,1'
    assert fates(of_text(tmp_path, text)) == {2: "5", 3: "open_quote"}


def test_a_line_without_end_is_one_refusal(tmp_path: Path) -> None:
    assert fates(of_text(tmp_path, SOUND + "x" * 9_000_000)) == {2: "5", 3: "huge"}


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "is empty"),
        ("\n\n", "is empty"),
        ("a,b\n1,2\n", "has no column"),
        ("place,date,cases,cases\n", "stands twice"),
        ('"place,date,cases\n', "header cannot be read"),
        (b"PK\x03\x04", "is a workbook"),
    ],
)
def test_a_file_that_is_no_table_is_told(text: str | bytes, told: str, tmp_path: Path) -> None:
    with pytest.raises(NotCounts, match=told):
        of_text(tmp_path, text)


def test_three_forms_of_dates_in_one_column(tmp_path: Path) -> None:
    dates = ["2014-08-04", "25/08/2014", "08/26/2014", "03/04/2014"]
    rows = "".join(f"Lofa,{day},{n}\n" for n, day in enumerate(dates))
    assert fates(of_text(tmp_path, HEAD + rows)) == {2: "0", 3: "1", 4: "2", 5: "ambiguous_date"}
    declared = {**PLAIN, "dates": {"known": "period", "forms": ["DD/MM/YYYY"]}}
    assert fates(of_text(tmp_path, HEAD + rows, declared)) == {
        **{2: "0", 3: "1", 4: "bad_date", 5: "3"}
    }  # fmt: skip


XLSX = {**PLAIN, "format": "xlsx"}


def workbook(path: Path, rows: list[list[object]], *, merged: str = "") -> Path:
    """Write a workbook of one sheet."""
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    if merged:
        book.active.merge_cells(merged)
    book.save(path)
    book.close()
    return path


def test_a_workbook_is_read_with_its_dates_and_numbers(tmp_path: Path) -> None:
    rows: list[list[object]] = [["place", "date", "cases"], ["Lofa", date(2014, 8, 4), 5]]
    rows += [["Lofa", "2014-08-05", 6.0], ["Lofa", date(2014, 8, 6), 6.5], [None, None, None]]
    rows += [["Lofa", date(2014, 8, 7), "n/a"], ["Lofa", date(2014, 8, 8), True]]
    found = made(workbook(tmp_path / "a.xlsx", rows), XLSX)
    assert fates(found) == {2: "5", 3: "6", 4: "not_whole", 6: "missing", 7: "no_number"}


def test_a_formula_without_a_result_is_refused_with_its_cell(tmp_path: Path) -> None:
    rows: list[list[object]] = [["place", "date", "cases"], ["Lofa", "2014-08-04", "=1+4"]]
    found = made(workbook(tmp_path / "a.xlsx", rows), XLSX)
    assert fates(found) == {2: "formula"}
    assert "`C2`" in str(found.unused[0].reason.sentence)


def test_a_stored_result_is_taken_and_said(tmp_path: Path) -> None:
    rows: list[list[object]] = [["place", "date", "cases"], ["Lofa", "2014-08-04", "=1+4"]]
    path = workbook(tmp_path / "a.xlsx", rows)
    stored = tmp_path / "b.xlsx"
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(stored, "w") as new:
        for part in old.infolist():
            text = old.read(part).replace(b"<v></v>", b"<v>5</v>").replace(b"<v />", b"<v>5</v>")
            new.writestr(part, text.replace(b"<v/>", b"<v>5</v>"))
    found = made(stored, XLSX)
    assert fates(found) == {2: "5"}
    assert found.report.read_otherwise["formula"].examples == {("C2", "5"): 1}


def test_merged_cells_are_refused_or_filled_as_the_mapping_says(tmp_path: Path) -> None:
    rows: list[list[object]] = [["place", "date", "cases"]]
    rows += [["Lofa", "2014-08-04", 1], [None, "2014-08-05", 2], [None, "2014-08-06", 3]]
    path = workbook(tmp_path / "a.xlsx", rows, merged="A2:A4")
    assert fates(made(path, XLSX)) == {2: "1", 3: "merged", 4: "merged"}
    filled = {**XLSX, "sheet": {"merged": "fill"}}
    assert fates(made(path, filled)) == {2: "1", 3: "2", 4: "3"}


def test_a_header_further_down_and_a_sheet_by_name(tmp_path: Path) -> None:
    path = workbook(
        tmp_path / "a.xlsx", [["Report"], ["place", "date", "cases"], ["Lofa", "2014-08-04", 1]]
    )
    assert fates(made(path, {**XLSX, "sheet": {"header": 2, "name": "Sheet"}})) == {3: "1"}
    with pytest.raises(NotCounts, match="has no sheet"):
        made(path, {**XLSX, "sheet": {"name": "Other"}})


def bomb(path: Path, *, parts: int = 1, octets: int = 0) -> Path:
    """Write an archive of parts that are all zeros."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for n in range(parts):
            archive.writestr(f"xl/worksheets/sheet{n}.xml", b"\0" * octets)
    return path


def test_bombs_are_not_opened(tmp_path: Path) -> None:
    for path in (
        bomb(tmp_path / "a.xlsx", octets=50_000_000),
        bomb(tmp_path / "b.xlsx", parts=3000),
    ):
        with pytest.raises(NotCounts, match="zip bomb"):
            made(path, XLSX)


def test_xml_that_defines_words_is_not_read(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "a.xlsx", "w") as archive:
        archive.writestr("xl/workbook.xml", '<!DOCTYPE x [<!ENTITY a "ha">]><x>&a;</x>')
    with pytest.raises(NotCounts, match="defines words"):
        made(tmp_path / "a.xlsx", XLSX)


@pytest.mark.parametrize("octets", [b"PK\x03\x04 no archive", b"", b"<html></html>"])
def test_what_is_no_workbook_is_told(octets: bytes, tmp_path: Path) -> None:
    with pytest.raises(NotCounts, match="no sound workbook"):
        of_text(tmp_path, octets, XLSX, name="a.xlsx")


def test_a_workbook_with_spoilt_xml_is_told(tmp_path: Path) -> None:
    path = workbook(tmp_path / "a.xlsx", [["place", "date", "cases"], ["Lofa", "2014-08-04", 1]])
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(tmp_path / "b.xlsx", "w") as new:
        for part in old.infolist():
            new.writestr(part, old.read(part)[: -60 if "sheet1" in part.filename else None])
    with pytest.raises(NotCounts, match="no sound workbook"):
        made(tmp_path / "b.xlsx", XLSX)


DHIS2 = {
    "format": "dhis2",
    "rhythm": "iso_week",
    "dates": {"known": "period"},
    "measures": [{"names": ["f7n9E0hX8qk"], "indicator": "cases", "disease": "measles"}],
    "words": {"option": {"HllvX50cXC0": {"age": "0-4"}, "default": {"age": ""}}},
}


def dhis2(**keys: object) -> dict[str, object]:
    """Return a data value of a set."""
    value = {"dataElement": "f7n9E0hX8qk", "period": "2014W12", "orgUnit": "LBR-LO"}
    return {**value, "categoryOptionCombo": "HllvX50cXC0", "value": "5", "storedBy": "jo", **keys}


def test_a_dhis2_set_is_read(tmp_path: Path) -> None:
    values: list[object] = [
        dhis2(followup=True),
        dhis2(period="20140324", value=6),
        dhis2(period="201403"),
        dhis2(period="2014W14", deleted=True),
        dhis2(dataElement="other"),
        dhis2(period="2014W15", value="-1"),
        dhis2(period="2014W16", value=[1]),
        "no value",
        dhis2(period="2014W17", orgUnit="XX"),
        dhis2(period="2014W18", value=1e400),
        dhis2(period="2014W19", categoryOptionCombo="?"),
    ]
    found = of_text(tmp_path, json.dumps({"dataValues": values}), DHIS2, name="set.json")
    assert list(fates(found).values()) == [
        *("5", "6", "other_period", "deleted", "unknown_measure", "negative", "no_value"),
        *("no_value", "unknown_place", "no_number", "unknown_word"),
    ]
    assert {(one.whose.age, one.whose.place) for one in found.counts} == {("0-4", "Lofa")}
    assert not any("jo" in one.raw.cells for one in [*found.taken, *found.unused])


def test_period_and_place_of_the_whole_set_hold(tmp_path: Path) -> None:
    value = {"dataElement": "f7n9E0hX8qk", "value": "5", "categoryOptionCombo": "default"}
    whole = {"period": "2014W12", "orgUnit": "LBR-LO", "dataValues": [value]}
    assert fates(of_text(tmp_path, json.dumps(whole), DHIS2, name="a.json")) == {1: "5"}


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("[" * 100_000, "too deeply"),
        ('{"dataValues": 1}', "no DHIS2 set"),
        ("[]", "no DHIS2 set"),
        ("{", "not JSON"),
        (b"\xff\xfe\xff", "not JSON"),
        ('{"dataValues": [' + "9" * 10_000 + "]}", None),
    ],
)
def test_json_that_is_no_set_is_told(text: str | bytes, told: str | None, tmp_path: Path) -> None:
    if told is None:
        assert fates(of_text(tmp_path, text, DHIS2, name="a.json")) == {1: "no_value"}
        return
    with pytest.raises(NotCounts, match=told):
        of_text(tmp_path, text, DHIS2, name="a.json")


def test_a_file_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(NotCounts, match="cannot be opened"):
        made(tmp_path / "absent.csv")
