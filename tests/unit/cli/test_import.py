# SPDX-License-Identifier: Apache-2.0
"""`pratique import`: told in both languages, written only when asked, and clear when it cannot."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from unit.cli.commands import ROOT, run

FOLDER = ROOT / "tests" / "data" / "import"
WORDS = [
    *("import", str(FOLDER / "dirty.csv"), "--mapping", str(FOLDER / "dirty.toml")),
    *("--gazetteer", str(FOLDER / "gazetteer.csv"), "--as-of", "2015-01-31"),
]


@pytest.mark.parametrize(
    ("language", "told"),
    [
        ("en", ["dirty.csv: 200 rows", "Refused", "an exercise, not an outbreak", "a dry run"]),
        ("fr", ["dirty.csv\u00a0: 200 lignes", "Refusées"]),
    ],
)
def test_what_became_of_every_row_is_told(language: str, told: list[str]) -> None:
    found = run(*WORDS, "--language", language)
    assert found.exit_code == 0
    assert all(words in found.output for words in told), found.output
    assert max(map(len, found.output.splitlines())) <= 100


def test_the_report_in_json_adds_up() -> None:
    report = json.loads(run(*WORDS, "--json").output)
    assert report["given"] == 200 == report["taken"] + report["set_aside"] + report["refused"]
    assert sum(one["rows"] for one in report["refused_for"]) == report["refused"]
    assert report["files"] == {"dirty.csv": 200}


def test_it_writes_only_where_it_is_asked_to(tmp_path: Path) -> None:
    out = tmp_path / "new" / "counts.csv"
    assert run(*WORDS, "--out", str(out), "--dry-run").exit_code == 0
    assert not out.parent.exists()
    assert run(*WORDS, "--out", str(out)).exit_code == 0
    assert sorted(path.name for path in out.parent.iterdir()) == [
        *("counts.csv", "counts.quarantine.csv", "counts.report.json")
    ]  # fmt: skip
    again = tmp_path / "again.csv"
    run(*WORDS, "--out", str(again))
    assert again.read_bytes() == out.read_bytes()


def test_what_is_read_is_never_written_over(tmp_path: Path) -> None:
    given = tmp_path / "reports.csv"
    given.write_bytes((FOLDER / "dirty.csv").read_bytes())
    found = run("import", str(given), *WORDS[2:], "--out", str(given))
    assert found.exit_code == 2
    assert "would be written over" in found.output
    assert given.read_bytes() == (FOLDER / "dirty.csv").read_bytes()


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["import", "absent.csv", "--mapping", str(FOLDER / "dirty.toml")], "cannot be opened"),
        (["import", "absent.csv"], "give a mapping"),
        (["import", "absent.csv", "--propose"], "cannot be opened"),
        ([*WORDS[:-1], "soon"], "is not a day"),
        ([*WORDS[:3], "absent.toml"], "cannot be opened"),
    ],
)
def test_what_cannot_be_done_is_told(words: list[str], told: str) -> None:
    found = run(*words)
    assert found.exit_code == 2
    assert told in found.output


def test_an_import_that_takes_nothing_ends_with_1(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("district,date,reported,cases,note\n,,,,\n", "utf-8")
    assert run("import", str(tmp_path / "a.csv"), *WORDS[2:]).exit_code == 1
