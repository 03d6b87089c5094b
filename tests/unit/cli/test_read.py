# SPDX-License-Identifier: Apache-2.0
"""`pratique read`: a draft read back by article, one clause, for machines, and what it refuses."""

from __future__ import annotations

import json
from pathlib import Path

from unit.cli.commands import draft, run

SMALL = """party aldova, brenia
status grave "grave times"
rule calm "time of calm"
  when: grave
  then: end grave
  at most: once in 30 days"""


def test_a_draft_is_read_back_clause_by_clause(tmp_path: Path) -> None:
    found = run("read", str(draft(tmp_path, SMALL)))
    assert found.exit_code == 0
    assert found.output == (
        "Small\n\nIn no article\n\n"
        "party `aldova`\n  Aldova is a Party.\n\n"
        "party `brenia`\n  Brenia is a Party.\n\n"
        "status `grave`, “grave times”\n  `grave` begins and ends when a clause says so.\n\n"
        "rule `calm`, “time of calm”\n"
        "  This applies when `grave` holds.\n"
        "  Then: end `grave`.\n"
        "  This can happen only once in 30 days.\n"
        "  Names: `grave` (“grave times”).\n"
    )


def test_clauses_stand_under_their_articles_beside_their_paragraphs() -> None:
    lines = run("read", "three-rivers").output.splitlines()
    article, clause = lines.index("Article 7: Contingency fund"), lines.index("7.1  pool `fund`")
    assert article < clause < lines.index("Article 8: Licences")
    assert lines[-1].startswith("  Expected: ")


def test_one_clause_is_read_alone() -> None:
    output = run("read", "three-rivers", "register", "practise").output
    assert output.count("8.1\N{EN DASH}8.2  ") == 2
    assert "Subject to `practise`: where that applies, this does not." in output
    assert "`hub`" not in output


def test_a_lawyer_who_reads_french_is_read_to_in_french() -> None:
    output = run("--language", "fr", "read", "three-rivers", "first_tranche").output
    assert "2\u202f000\u202f000\u00a0EUR" in output
    assert "180 jours" in output


def test_machines_get_the_same_sentences(tmp_path: Path) -> None:
    found = json.loads(run("read", str(draft(tmp_path, SMALL)), "calm", "--format", "json").output)
    assert found["accord"] == "Small"
    assert found["clauses"] == [
        {
            "clause": "calm",
            "kind": "rule",
            "label": "time of calm",
            "article": None,
            "paragraphs": [],
            "line": 14,
            "reading": [
                "This applies when `grave` holds.",
                "Then: end `grave`.",
                "This can happen only once in 30 days.",
            ],
            "names": ["grave"],
        }
    ]


def test_an_unknown_clause_is_told_what_it_may_have_meant(tmp_path: Path) -> None:
    found = run("read", str(draft(tmp_path, SMALL)), "clam")
    assert found.exit_code == 2
    assert "the accord has no clause `clam`: did you mean `calm`?" in found.output


def test_what_cannot_be_read_is_not_read_back(tmp_path: Path) -> None:
    found = run(
        "read", str(draft(tmp_path, f"{SMALL}\nrule other\n  when: nothing\n  then: leave"))
    )
    assert found.exit_code == 2
    assert "stop the accord from being read back" in found.output.replace("stops", "stop")
    assert "`nothing`" in found.output


def test_a_text_at_odds_with_its_clauses_is_read_back_nevertheless(tmp_path: Path) -> None:
    document = tmp_path / "accord.md"
    document.write_text(
        "---\naccord: Small\nclock: UTC\n---\n\n# Small\n\n## Article 1 — Calm\n\n"
        "1. It may be done once in 60 days.\n\n"
        f"```accord 1.1\n{SMALL}\n```\n",
        "utf-8",
    )
    assert run("check", str(document)).exit_code == 1
    found = run("read", str(document), "calm")
    assert found.exit_code == 0
    assert "only once in 30 days" in found.output
