# SPDX-License-Identifier: Apache-2.0
"""The report's table of what Parties and bodies owe one another, in the part on money."""

from __future__ import annotations

import pytest

from markup_read import Tag, page
from pratique.accord.compile import compile_accord
from pratique.accord.model import read_accord
from pratique.accord.program import Program
from pratique.base.moment import day_from_iso
from pratique.chart import draw
from pratique.rehearsal.conduct import conduct_named
from pratique.rehearsal.history import History, Publication
from pratique.rehearsal.replay import replay
from pratique.rehearsal.report import report_html
from spec.small_accord import CASES, accord

HELP = """
rule help "help in need"
  when: cases > 10
  then: pay USD 30 from brenia to that party within 5 days
"""
HEADS = ["by clause", "owed by", "owed to", "amount", "due", "how it ended", "paid"]
TETES = ["selon la clause", "due par", "due à", "montant", "échéance", "issue", "payé"]


def money(clauses: str, language: str = "en", conduct: str = "deadline", value: str = "11") -> Tag:
    """Return the part on money of a report of a replay in which aldova has so many cases."""
    program = compile_accord(read_accord(accord(CASES + clauses)))
    assert isinstance(program, Program)
    day = day_from_iso("2026-01-05")
    start = program.clock.start
    figures = (
        Publication("cases", "aldova", day, value, start(day), "WHO"),
        Publication("cases", "aldova", day + 60, "0", start(day + 60), "WHO"),
    )
    past = History("past", "WHO", start(day_from_iso("2026-01-01")), figures, (), ())
    ran = replay(program, past, conduct_named(conduct))
    html = report_html(ran, other=None, language=language, draw=draw)
    sections = page(html).all("section")
    return next(one for one in sections if one.attributes["aria-labelledby"] == "money")


def rows(part: Tag) -> list[list[str]]:
    """Return the cells of the table of transfers; nothing if there is none."""
    tables = [
        one for one in part.all("table")
        if any(tag.attributes.get("id") == "transfers" for tag in one.all("span"))
    ]  # fmt: skip
    cells = [[cell for cell in row.children if isinstance(cell, Tag)] for table in tables
             for row in table.all("tr")]  # fmt: skip
    return [[cell.text.strip() for cell in row] for row in cells]


def test_what_is_owed_between_parties_is_told_row_by_row() -> None:
    heads, row = rows(money(HELP))
    assert heads == HEADS
    assert "help in need" in row[0]
    assert [row[1], row[2], row[3].replace("\u00a0", " ")] == ["Brenia", "Aldova", "USD 30"]
    assert row[4:] == ["end of 10 January 2026", "✓ Met", "end of 10 January 2026"]


def test_what_nobody_pays_is_late() -> None:
    _, row = rows(money(HELP, conduct="silent"))
    assert "Late" in row[5]
    assert row[6] == "not by the end"


def test_it_is_told_in_french() -> None:
    part = money(HELP, "fr")
    assert "Versements entre Parties et organes" in part.text
    heads, row = rows(part)
    assert heads == TETES
    assert row[3:] == [
        "30\u00a0USD", "fin du 10 janvier 2026", "✓ Délai respecté", "fin du 10 janvier 2026",
    ]  # fmt: skip


@pytest.mark.parametrize(("language", "said"), [
    ("en", "Nobody owed another anything."), ("fr", "Personne ne devait rien à un autre."),
])  # fmt: skip
def test_that_nothing_was_owed_is_said(language: str, said: str) -> None:
    part = money(HELP, language, value="3")
    assert said in part.text
    assert rows(part) == []


def test_an_accord_without_such_clauses_has_no_word_of_it() -> None:
    part = money("\nbody hub\nduty tell\n  when: any party (cases > 10)\n  by: hub\n  must: tell\n")
    assert "Payments between" not in part.text
    assert "Nobody owed" not in part.text
