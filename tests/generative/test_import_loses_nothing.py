# SPDX-License-Identifier: Apache-2.0
"""Whatever a file holds, an import accounts for every row of it, or says why it cannot be read."""

from __future__ import annotations

import csv
import json
import tempfile
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import openpyxl
from hypothesis import given, seed, settings
from hypothesis import strategies as st

from pratique.exchange.counts.faults import NotCounts
from pratique.exchange.counts.importing import Imported
from pratique.exchange.counts.mapping import mapping_from
from pratique.exchange.counts.proposal import proposal
from pratique.exchange.counts.tables import read_counts
from pratique.exchange.counts.writing import write_quarantine, write_report, write_tidy
from unit.exchange.counts.imports import PLAIN, made

SEED = 71_750
WORDS = st.sampled_from(
    [
        *("Lofa", "lofa county", "Mzerekore", "Kailahun", "=1+1", '"', "", " ", "2014-08-04", "12"),
        *("04/08/2014", "2014W33", "1,234", "~5", "5 (3)", "-3", "66%", "n/a", "١٢", "\0", "\n"),
        *("total", "new", "people", "2015-12-01", "1e400", "9" * 30, "a,b", "\u202e", "é"),
    ]
)
CELLS = st.one_of(WORDS, st.text(max_size=12))
TOTALS: dict[str, Any] = {
    **PLAIN,
    "columns": {"indicator": "a", "place": "b", "period": "c", "known": "d", "value": "e"},
    "fixed": {},
    "measures": [
        {"names": ["total"], "indicator": "cases", "how": "cumulative"},
        {"names": ["new"], "indicator": "new_cases"},
        {"names": ["people"], "how": "population"},
    ],
}
PERSONS: dict[str, Any] = {
    "format": "linelist",
    "rhythm": "iso_week",
    "columns": {"person": "a", "place": "b", "period": "c", "known": "d", "age": "e"},
    "fixed": {"indicator": "cases"},
    "ages": ["0-14", "15+"],
}
DHIS2: dict[str, Any] = {
    "format": "dhis2",
    "rhythm": "iso_week",
    "dates": {"known": "period"},
}
FORMATS = (TOTALS, {**TOTALS, "format": "xlsx"}, DHIS2, {**PLAIN, "fallback": "cp1252"})
HEADER = list("abcde")


def refusal(asked: Callable[[], object]) -> str | None:
    """Return what a refusal says, None if there is none; whatever else is raised is a fault."""
    try:
        asked()
    except NotCounts as fault:
        return str(fault.sentence) or "no sentence"
    return None


def accounted(folder: Path, found: Imported) -> None:
    """Assert that every row is somewhere, and that what is written can be read and is harmless."""
    report = found.report
    assert report.given == report.taken + report.set_aside + report.refused
    assert len(found.taken) == report.taken
    write_tidy(folder / "o.csv", found.counts, "daily")
    write_quarantine(folder / "q.csv", found.unused, "en")
    write_report(folder / "r.json", report, "fr")
    with (folder / "q.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file))
    assert len(rows) - 1 == report.set_aside + report.refused
    assert not any(cell.lstrip(" ")[:1] in ("=", "+", "-", "@") for row in rows for cell in row if
                   cell.strip())  # fmt: skip
    assert len(read_counts(folder / "o.csv")) == report.written
    assert json.loads((folder / "r.json").read_text("utf-8"))["given"] == report.given


@seed(SEED)
@settings(max_examples=150)
@given(
    rows=st.lists(st.lists(CELLS, min_size=4, max_size=6), max_size=25),
    keys=st.sampled_from([TOTALS, PERSONS]),
)
def test_rows_of_any_cells(rows: list[list[str]], keys: dict[str, Any]) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        with (folder / "a.csv").open("w", encoding="utf-8", errors="replace", newline="") as file:
            csv.writer(file).writerows([HEADER, *rows])
        found = made(folder / "a.csv", keys)
        breaks = sum("".join(row).count("\n") + "".join(row).count("\r") for row in rows)
        assert found.report.given <= len(rows) + breaks
        accounted(folder, found)


@seed(SEED)
@settings(max_examples=200)
@given(octets=st.one_of(st.binary(max_size=300), st.text(max_size=300).map(str.encode)))
def test_any_octets_after_a_sound_row(octets: bytes) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "a.csv").write_bytes(b"a,b,c,d,e\nnew,Lofa,2014-08-04,2014-08-05,3\n" + octets)
        found = made(folder / "a.csv", TOTALS)
        assert found.report.given >= 1
        assert 2 in {one.raw.line for one in [*found.taken, *found.unused]}
        accounted(folder, found)


@seed(SEED)
@settings(max_examples=200)
@given(octets=st.binary(max_size=400), suffix=st.sampled_from(["csv", "xlsx", "json"]))
def test_any_octets_at_all_end_in_a_report_or_a_refusal(octets: bytes, suffix: str) -> None:
    with tempfile.TemporaryDirectory() as name:
        path = Path(name) / f"a.{suffix}"
        for start in (b"", b"PK\x03\x04", b'{"dataValues": [', b"\xff\xfe", b"\xef\xbb\xbf"):
            path.write_bytes(start + octets)
            for keys in FORMATS:
                assert refusal(partial(made, path, keys)) != "no sentence"
            assert refusal(partial(proposal, path)) != "no sentence"
            assert refusal(partial(read_counts, path)) != "no sentence"


JSON = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), CELLS),
    lambda inner: st.one_of(
        st.lists(inner, max_size=4),
        st.dictionaries(
            st.one_of(st.sampled_from(["dataElement", "period", "orgUnit", "value"]), CELLS),
            inner,
            max_size=5,
        ),
    ),
    max_leaves=25,
)


@seed(SEED)
@settings(max_examples=150)
@given(values=st.lists(JSON, max_size=8))
def test_any_values_of_a_dhis2_set(values: list[Any]) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "a.json").write_text(json.dumps({"dataValues": values}), "utf-8")
        found = made(folder / "a.json", DHIS2)
        assert found.report.given == len(values)
        assert found.report.is_whole
        write_quarantine(folder / "q.csv", found.unused, "fr")


SHEET = st.one_of(
    st.none(), st.integers(-5, 10**14), st.floats(), st.booleans(), st.dates(),
    st.datetimes(), WORDS.filter(lambda text: "\0" not in text and "\u202e" not in text),
)  # fmt: skip


@seed(SEED)
@settings(max_examples=40)
@given(rows=st.lists(st.lists(SHEET, min_size=4, max_size=6), max_size=12))
def test_any_cells_of_a_workbook(rows: list[list[Any]]) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        book = openpyxl.Workbook()
        for row in [HEADER, *rows]:
            book.active.append(row)
        book.save(folder / "a.xlsx")
        found = made(folder / "a.xlsx", {**TOTALS, "format": "xlsx"})
        filled = [row for row in rows if any(cell not in (None, "") for cell in row)]
        assert found.report.given == len(filled)
        accounted(folder, found)


@seed(SEED)
@settings(max_examples=200)
@given(table=st.dictionaries(st.sampled_from([*PLAIN, "format", "words", "ages", "skip"]), JSON))
def test_any_mapping_is_sound_or_says_where_it_is_not(table: dict[str, Any]) -> None:
    told = refusal(partial(mapping_from, {**PLAIN, **table}))
    assert told is None or "key `" in told
