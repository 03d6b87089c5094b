# SPDX-License-Identifier: Apache-2.0
"""`pratique weave`: what it writes where, in which language, and how it ends."""

from __future__ import annotations

from pathlib import Path

import pytest

from pratique.exchange import pdf
from unit.cli.commands import run
from weaves import small

FRENCH = """---
accord: Petit
draft: 1
date: 2026-01-01
clock: UTC
currency: USD
language: fr
---

## Article 1 — Aide

1. Les Parties sont la Guinée et Brenia.
2. La Partie qui compte plus de cinquante cas l’indique à l’autre dans les 14 jours et répond dans
   les 30 jours.
3. Ceci ne concerne que les personnes.
"""


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with an accord in two languages; the command runs there."""
    (tmp_path / "accord.md").write_text(small(), "utf-8")
    (tmp_path / "accord.fr.md").write_text(FRENCH, "utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_without_an_option_it_writes_one_page(folder: Path) -> None:
    found = run("weave")
    assert found.exit_code == 0
    assert "written: pratique-report/treaty.html" in found.output
    assert "Of 6 figures in the clauses, 4 are said" in found.output
    assert "14 days" in (folder / "pratique-report" / "treaty.html").read_text("utf-8")


def test_it_writes_what_is_asked_for_and_nothing_else(folder: Path) -> None:
    pytest.importorskip("typst")
    words = ("--html", "out/t.html", "--pdf", "out/t.pdf", "--akn", "out/t.xml")
    assert run("weave", ".", *words).exit_code == 0
    assert sorted(path.name for path in (folder / "out").iterdir()) == ["t.html", "t.pdf", "t.xml"]
    assert (folder / "out" / "t.pdf").read_bytes().startswith(b"%PDF-")
    assert b"akomaNtoso" in (folder / "out" / "t.xml").read_bytes()
    assert not (folder / "pratique-report").exists()


def test_in_french_the_french_text_is_woven(folder: Path) -> None:
    words = ("--language", "fr", "weave", ".", "--html", "t.html", "--akn", "t.xml")
    assert run(*words).exit_code == 0
    html = (folder / "t.html").read_text("utf-8")
    assert "La Partie qui compte plus de" in html
    assert 'lang="fr"' in html
    assert "cinquante" in (folder / "t.xml").read_text("utf-8")


def test_a_text_without_articles_is_not_woven(tmp_path: Path) -> None:
    (tmp_path / "accord.md").write_text("no treaty", "utf-8")
    found = run("weave", str(tmp_path))
    assert found.exit_code == 2
    assert "cannot be read" in found.output


def test_a_pdf_without_the_extra_is_refused_before_anything_is_written(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pdf, "find_spec", lambda name: None)
    found = run("weave", ".", "--html", "t.html", "--pdf", "t.pdf")
    assert found.exit_code == 2
    assert "pip install 'pratique[reports]'" in found.output
    assert not (folder / "t.html").exists()


def test_a_file_that_cannot_be_written_is_said(folder: Path) -> None:
    (folder / "taken").write_text("", "utf-8")
    found = run("weave", ".", "--html", "taken/t.html")
    assert found.exit_code == 2
    assert "cannot be written to" in found.output
