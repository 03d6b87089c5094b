# SPDX-License-Identifier: Apache-2.0
"""The labels of a translation as its readers meet them: in readings, and in a replay's report."""

from __future__ import annotations

from pathlib import Path

from unit.cli.commands import run


def test_a_french_reading_calls_clauses_as_the_french_text_does() -> None:
    output = run("--language", "fr", "read", "mano-river", "early_action").output.replace(
        "\u00a0", " "
    )
    assert "rule `early_action`, « action précoce »" in output
    assert "`outbreak` (« flambée »" in output
    assert "“" not in output
    assert "précoce" not in run("read", "mano-river", "early_action").output


def test_a_french_report_calls_clauses_so_and_the_journal_is_the_same(tmp_path: Path) -> None:
    asked = ("replay", "mano-river", "--until", "2014-04-10", "--out")
    french = run("--language", "fr", *asked, str(tmp_path / "fr"))
    english = run("--language", "en", *asked, str(tmp_path / "en"))
    assert (french.exit_code, english.exit_code) == (0, 0)
    assert "action précoce" in french.output
    pages = [(tmp_path / one / "report.html").read_text("utf-8") for one in ("fr", "en")]
    assert "<bdi>action précoce</bdi>" in pages[0].lower()
    assert ">early action<" not in pages[0].lower()
    assert "action précoce" not in pages[1].lower()
    journals = [(tmp_path / one / "journal.jsonl").read_bytes() for one in ("fr", "en")]
    assert journals[0] == journals[1]
