# SPDX-License-Identifier: Apache-2.0
"""`pratique check`: what it prints, for people and for machines, and how it ends."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from unit.cli.commands import DRAFT, ROOT, draft, run

SOUND = "party aldova, brenia"
FAULTY = "party aldova, brenia\nduty tell\n  by: nobody\n  must: say so"
WARNED = (
    DRAFT
    + "## Article 1\n\n1. The Parties are Aldova and Brenia.\n2. Within 3 days they tell.\n\n"
    + "```accord 1.1-1.2\nparty aldova, brenia\n```\n"
)
KEYS = {
    "code", "severity", "sentence", "line", "column", "end", "article", "clause", "quote",
    "witness", "note", "help", "accepted",
}  # fmt: skip


def test_a_sound_accord_ends_with_0_and_says_what_was_checked() -> None:
    found = run("check", str(ROOT / "accords" / "three-rivers"))
    assert found.exit_code == 0
    assert "Three Rivers Health Security Accord: checked in" in found.output
    assert "clauses: 46, paragraphs: 25" in found.output
    assert "5 worked cases" in found.output
    assert "0 findings stop adoption" in found.output


def test_an_accord_is_found_by_folder_document_and_shipped_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    document = draft(tmp_path, SOUND)
    assert run("check", str(tmp_path)).exit_code == 0
    assert run("check", str(document)).exit_code == 0
    monkeypatch.chdir(tmp_path)
    assert run("check").exit_code == 0
    assert "Three Rivers" in run("check", "three-rivers").output


def test_a_finding_of_severity_e_ends_with_1(tmp_path: Path) -> None:
    found = run("check", str(draft(tmp_path, FAULTY)))
    assert found.exit_code == 1
    assert "E202 `nobody` is not defined" in found.output
    assert "accord.md:14:7" in found.output
    assert "1 finding stops adoption" in found.output


def test_an_accord_of_one_party_is_none(tmp_path: Path) -> None:
    found = run("check", str(draft(tmp_path, "party aldova")))
    assert found.exit_code == 1
    assert "E104 an accord has at least two parties" in found.output


def test_a_warning_fails_only_when_asked_to(tmp_path: Path) -> None:
    document = tmp_path / "accord.md"
    document.write_text(WARNED, "utf-8")
    assert run("check", str(document)).exit_code == 0
    strict = run("check", str(document), "--strict")
    assert strict.exit_code == 1
    assert "W303" in strict.output


def test_an_accepted_warning_fails_never(tmp_path: Path) -> None:
    document = tmp_path / "accord.md"
    accepted = WARNED.replace("aldova, brenia\n`", 'aldova, brenia\n  accepted: W303 "later"\n`')
    document.write_text(accepted, "utf-8")
    found = run("check", str(document), "--strict")
    assert found.exit_code == 0, found.output
    assert "accepted: later" in found.output


@pytest.mark.parametrize("clauses", [SOUND, FAULTY])
def test_json_is_whole_and_says_the_same(tmp_path: Path, clauses: str) -> None:
    found = run("check", str(draft(tmp_path, clauses)), "--format", "json")
    record = json.loads(found.output)
    assert set(record) == {"accord", "document", "language", "findings", "logic", "stories"}
    # What cannot be read has no logic.
    assert (record["logic"] is None) == bool(found.exit_code)
    assert (record["accord"], record["language"]) == ("Small", "en")
    assert all(set(one) == KEYS for one in record["findings"])
    assert [one["code"] for one in record["findings"]] == (["E202"] if found.exit_code else [])


def test_json_of_a_text_that_cannot_be_read_is_whole_too(tmp_path: Path) -> None:
    document = tmp_path / "accord.md"
    document.write_text("\x00", "utf-8")
    found = run("check", str(document), "--format", "json")
    assert found.exit_code == 1
    assert [one["code"] for one in json.loads(found.output)["findings"]] == ["E100"]


def test_findings_come_in_french(tmp_path: Path) -> None:
    found = run("check", str(draft(tmp_path, FAULTY)), "--language", "fr")
    assert found.exit_code == 1
    assert "E202 `nobody` n" in found.output
    record = json.loads(
        run(
            "check", str(tmp_path), "--format", "json", environment={"PRATIQUE_LANGUAGE": "fr"}
        ).output
    )
    assert record["language"] == "fr"


def test_what_is_not_there_cannot_be_checked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    absent = run("check", "no/such/accord.md")
    assert absent.exit_code == 2
    assert "there is no accord at `no/such/accord.md`" in absent.output
    assert "mano-river" in absent.output
    nothing = run("check")
    assert nothing.exit_code == 2
    assert "there is no `accord.md` here" in nothing.output


def test_what_is_no_text_cannot_be_checked(tmp_path: Path) -> None:
    document = tmp_path / "accord.md"
    document.write_bytes(b"---\naccord: \xff\n---\n")
    found = run("check", str(document))
    assert found.exit_code == 2
    assert "not UTF-8 text (byte 12)" in found.output


@pytest.mark.parametrize(
    "text", ["", "\n\n\n", "# A title\n", "---\n", "---\n---\n", "```accord\n"]
)
def test_an_empty_or_begun_text_is_told_what_to_begin_with(tmp_path: Path, text: str) -> None:
    document = tmp_path / "accord.md"
    document.write_text(text, "utf-8")
    found = run("check", str(document))
    assert found.exit_code == 1
    assert "help:" in found.output


def test_an_unknown_option_is_named() -> None:
    found = run("check", "--fromat", "json")
    assert found.exit_code == 2
    assert "--format" in found.output
