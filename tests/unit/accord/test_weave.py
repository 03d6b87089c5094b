# SPDX-License-Identifier: Apache-2.0
"""The woven sheet: what stands beside what, figures tied to their words, what is in the margin."""

from __future__ import annotations

import pytest

from pratique.accord.weave.sheet import Heading, Prose, Row, Run
from weaves import ACCORDS, rows, sheet_of, shipped, small

ACCORDS_SHIPPED = ("mano-river", "three-rivers")


def said(line: tuple[Run, ...]) -> str:
    """Return the words of a line."""
    return "".join(run.text for run in line)


def marked(line: tuple[Run, ...]) -> list[str]:
    """Return the figures of a line."""
    return [run.text for run in line if run.thread is not None]


def test_a_row_holds_paragraphs_and_the_clauses_that_stand_under_them() -> None:
    sheet = sheet_of(small())
    assert [type(block) for block in sheet.blocks] == [
        *(Heading, Row, Row, Row, Prose, Heading),
    ]
    row = rows(sheet)["1.2"]
    assert [one.label for one in row.paragraphs] == ["1.2"]
    assert [one.name for one in row.readings] == ["cases", "tell", "answer"]
    assert rows(sheet)["1.3"].asks_nothing


def test_a_figure_leads_from_its_words_to_its_reading_and_both_say_the_same() -> None:
    row = rows(sheet_of(small()))["1.2"]
    words = [run for line in row.paragraphs[0].lines for run in line if run.thread is not None]
    assert [run.text for run in words] == ["fifty", "14 days", "30 days"]
    tell = next(one for one in row.readings if one.name == "tell")
    read = {run.thread: run.text for line in tell.lines for run in line if run.thread is not None}
    assert read == {words[0].thread: "50", words[1].thread: "14\u00a0days"}


def test_two_durations_of_one_unit_get_letters_and_a_lone_figure_none() -> None:
    row = rows(sheet_of(small()))["1.2"]
    assert [(one.words, one.letter) for one in row.threads] == [
        ("fifty", ""),
        ("14 days", "a"),
        ("30 days", "b"),
    ]


def test_figures_that_changed_places_show_by_their_letters() -> None:
    # The check finds nothing: each figure is said. The letters stand in another order.
    turned = small().replace("within: 14 days", "within: D").replace("30 days\n`", "14 days\n`")
    row = rows(sheet_of(turned.replace("within: D", "within: 30 days")))["1.2"]
    letters = [
        row.threads[run.thread].letter
        for one in row.readings
        for line in one.lines
        for run in line
        if run.thread is not None
    ]
    assert [letter for letter in letters if letter] == ["b", "a"]
    assert "E301" not in [one.code for one in row.remarks]


def test_a_finding_stands_in_the_margin_of_its_paragraph() -> None:
    row = rows(sheet_of(small().replace("within: 14 days", "within: 15 days")))["1.2"]
    first = next(one for one in row.remarks if one.code == "E301")
    assert "15 days" in said(first.sentence)
    assert "`" not in said(first.sentence)


def test_a_worked_case_is_named_beside_what_it_tries() -> None:
    sheet = sheet_of(small())
    assert rows(sheet)["1.2"].cases == ("told",)
    assert [(one.name, one.rows, one.fails) for one in sheet.cases] == [("told", ("1.2",), False)]


@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize("name", ACCORDS_SHIPPED)
def test_every_figure_that_the_words_say_is_linked_on_both_sides(name, language) -> None:
    sheet = shipped(name, language)
    assert sheet.count.linked > 0
    for row in rows(sheet).values():
        words = {r.thread for one in row.paragraphs for line in one.lines for r in line}
        read = {
            r.thread for one in row.readings for line in (*one.lines, one.further) for r in line
        }
        threads = set(range(len(row.threads)))
        assert threads <= words
        assert threads <= read


def test_nearly_every_figure_is_found_in_its_reading_itself() -> None:
    for language in ("en", "fr"):
        further = [
            (one.name, marked(one.further))
            for row in rows(shipped("mano-river", language)).values()
            for one in row.readings
            if one.further
        ]
        assert further == [("fund", ["40%", "25%", "35%"])]


@pytest.mark.parametrize("name", ACCORDS_SHIPPED)
def test_nothing_of_a_text_is_left_out_and_nothing_is_changed(name) -> None:
    sheet = shipped(name)
    shown = [
        " ".join(said(line) for line in one.lines)
        for row in rows(sheet).values()
        for one in row.paragraphs
    ]
    source = (ACCORDS / name / "accord.md").read_text("utf-8")
    flat = " ".join(source.split())
    assert len(shown) > 20
    assert all(" ".join(words.split()) in flat for words in shown)
    readings = {one.name for row in rows(sheet).values() for one in row.readings}
    cases = {one.name for one in sheet.cases}
    assert readings | cases == set(_clauses(name))


def test_in_french_the_french_text_is_the_prose_and_countries_have_their_french_names() -> None:
    sheet = shipped("mano-river", "fr")
    assert sheet.title == "Accord de sécurité sanitaire du fleuve Mano"
    assert sheet.date == "22 novembre 2026"
    assert sheet.parties == ("Guinée", "Libéria", "Sierra Leone")
    words = [said(line) for one in rows(sheet)["7.2"].paragraphs for line in one.lines]
    assert words[1].startswith("Palier inférieur")
    assert sheet.notice.startswith("Texte d’illustration")
    assert sheet.is_illustrative


def test_a_paragraph_that_is_not_translated_stands_in_the_first_language() -> None:
    french = "---\naccord: Petit\nlanguage: fr\n---\n\n## Article 1 — Aide\n\n1. Les Parties.\n"
    sheet = sheet_of(small(), "fr", french)
    assert not rows(sheet)["1.1"].paragraphs[0].foreign
    lacking = rows(sheet)["1.2"]
    assert lacking.paragraphs[0].foreign
    assert lacking.threads == ()
    assert "W304" in [one.code for one in lacking.remarks]


def test_a_number_that_stands_twice_is_shown_twice_and_read_once() -> None:
    twice = small().replace(
        "3. This is for people alone.",
        "3. This is for people alone.\n\n"
        "## Article 1 — Again\n\n1. A second paragraph of that number.",
    )
    sheet = sheet_of(twice)
    shown = [one for b in sheet.blocks if isinstance(b, Row) for one in b.paragraphs]
    assert [one.label for one in shown] == ["1.1", "1.2", "1.3", "1.1"]
    read = [one.name for b in sheet.blocks if isinstance(b, Row) for one in b.readings]
    assert sorted(read) == ["answer", "brenia", "cases", "guinea", "tell"]


def test_a_text_says_of_itself_that_it_is_illustrative_only_where_it_does() -> None:
    assert not sheet_of(small()).is_illustrative
    noted = small().replace("# Small\n", "Illustrative text.\n\n# Small\n", 1)
    assert sheet_of(noted).notice == "Illustrative text."
    assert sheet_of(noted).is_illustrative


def test_the_same_text_gives_the_same_sheet() -> None:
    assert sheet_of(small()) == sheet_of(small())


def _clauses(name: str) -> list[str]:
    from pratique.accord.model import read_accord
    from pratique.cli.methods import methods

    source = (ACCORDS / name / "accord.md").read_text("utf-8")
    return list(read_accord(source, methods()).typed)
