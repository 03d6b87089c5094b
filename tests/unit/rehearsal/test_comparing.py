# SPDX-License-Identifier: Apache-2.0
"""The Mano River accord with and without early action, compared over the Ebola history."""

from __future__ import annotations

from dataclasses import replace

import pytest

import markup_read
from drafts import early_action_struck, page, replays_of
from pratique.accord.comparison.redline import Piece
from pratique.base.moment import iso_day
from pratique.base.text import Sentence
from pratique.chart import draw
from pratique.cli.drafts.lines import comparison_lines
from pratique.markup.writer import Writer
from pratique.rehearsal.comparing.curve import steps_of
from pratique.rehearsal.comparing.limits import limits
from pratique.rehearsal.comparing.page import comparison_html
from pratique.rehearsal.comparing.shifts import every, foremost
from pratique.rehearsal.comparing.sums import ledgers, parties_pay_alike
from pratique.rehearsal.comparing.texts import redline_html
from pratique.rehearsal.drafts import behaviour


def test_one_screen_says_what_early_action_is_worth_in_days_and_money(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    found = early_action_struck()
    drafts = {"old": replace(found.old, path="draft-2"), "new": replace(found.new, path="draft-3")}
    lines = list(comparison_lines(replace(found, **drafts)))
    screen = lines[: lines.index("Clauses") - 1]
    assert len(screen) <= 40
    assert max(map(len, screen[2:])) <= 80
    told = " ".join(" ".join(screen).split())
    for words in (
        "Ebola virus disease in Guinea, Liberia and Sierra Leone",
        "Source: WHO publications",
        "the last on 13 April 2016",
        "only in the old draft, on 1 April 2014: early action applies: Guinea and Liberia",
        "first 106 days later, on 16 July 2014 and not on 1 April 2014;"
        " in all USD 450,000 less (USD 9,500,000, not USD 9,950,000)",
        "Sierra Leone +49 2014-05-28 2014-07-16 -150,000",
        "is the same in both",
        "not what either would have prevented",
    ):
        assert words in told, words


def test_each_party_loses_the_same_and_nobody_pays_less() -> None:
    found = replays_of(early_action_struck())
    (ledger,) = ledgers(found)
    assert (ledger.what, ledger.under) == ("promised", "fund")
    assert [(one.party, one.more, one.days) for one in ledger.rows] == [
        ("guinea", -15_000_000, 106), ("liberia", -15_000_000, 106),
        ("sierra_leone", -15_000_000, 49),
    ]  # fmt: skip
    assert ledger.total is not None
    assert ledger.total.more == sum(one.more for one in ledger.rows)
    assert parties_pay_alike(found)


def test_all_changes_are_listed_and_the_foremost_are_those_of_the_article() -> None:
    found = replays_of(early_action_struck())
    assert len(every(found)) == len(found.differs.shifts)
    assert all(isinstance(words, Sentence) for _, words in every(found))
    assert [str(one).partition(":")[0] for one in foremost(found)] == [
        "only in the old draft, on 1 April 2014", "only in the old draft, on 28 May 2014",
    ]  # fmt: skip


def test_the_sums_of_the_chart_end_with_those_of_the_table() -> None:
    found = replays_of(early_action_struck())
    (ledger,) = ledgers(found)
    old, new = steps_of(found, ledger)
    assert ledger.total is not None
    assert (old[-1][1], new[-1][1]) == (ledger.total.old.units, ledger.total.new.units)
    day = found.new.program.clock.day
    assert [iso_day(day(moment)) for moment, _ in old[1:3]] == ["2014-04-01", "2014-05-28"]
    assert [units for _, units in old] == sorted(units for _, units in old)


def test_changing_sides_changes_signs_over_a_whole_history() -> None:
    found = replays_of(early_action_struck())
    back = behaviour(found.new, found.old, {})
    assert {(one.clause, one.edge, one.party, one.old, one.new) for one in back.shifts} == {
        (one.clause, one.edge, one.party, one.new, one.old) for one in found.differs.shifts
    }
    for there, here in ((found.differs.totals, back.totals), (found.differs.shares, back.shares)):
        assert {replace(one, old=one.new, new=one.old) for one in there} == set(here)
        assert [-one.more for one in there] == [one.more for one in here]
    assert behaviour(found.old, found.old, {}).is_same


def test_what_it_cannot_know_is_said_first_that_nothing_is_prevented() -> None:
    first, *rest = map(str, limits(replays_of(early_action_struck())))
    assert "not what either would have prevented" in first
    told = " ".join(rest)
    assert "figures are missing before: early action" in told
    assert "conditions were undetermined for 44 % of their time in the old draft" in told
    assert not {"lives", "saved", "deaths"} & set(told.split())


# --- the page -------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", ["en", "fr", "qps-plocm"])
def test_a_page_is_whole_and_in_order(language: str) -> None:
    tree = markup_read.page(page(language))
    (html,) = tree.all("html")
    assert html.attributes["lang"] == language
    parts = [one.attributes["id"] for one in tree.all("h2")]
    assert parts == ["behaviour", "clauses", "words"]
    names = [one.attributes["id"] for one in tree.all() if "id" in one.attributes]
    assert len(names) == len(set(names))
    assert tree.all("script") == tree.all("link") == tree.all("img") == []


def test_a_redline_is_marked_and_spoken_and_holds_both_texts() -> None:
    tree = markup_read.page(page())
    (listed,) = [one for one in tree.all("dl") if one.attributes["class"] == "redline"]
    marks = [one for one in listed.all() if one.name in ("ins", "del")]
    assert marks
    assert {one.attributes["data-begins"] for one in marks} == {"put in:", "taken out:"}
    said = [one.text for one in listed.all("dd")]
    assert any("accounts likewise publicly for its share" in one for one in said)
    assert [one.text for one in listed.all("dt")][-1] == "8.3 is now 8.2"


def test_what_a_text_says_is_never_markup() -> None:
    found = early_action_struck()
    writer = Writer("en", "en", replays_of(found).new.program.clock, {})
    hostile = (Piece("in", "<b>`a` & b</b>"), Piece("same", "<i>"))
    shown = redline_html(hostile, writer)
    assert "&lt;b&gt;`a` &amp; b&lt;/b&gt;</ins> &lt;i&gt;" in shown


def test_without_behaviour_a_page_says_why_and_shows_the_texts() -> None:
    found = replace(early_action_struck(), behaviour=Sentence("no history", {}))
    tree = markup_read.page(comparison_html(found, language="en", draw=draw))
    assert "This is left out: no history." in tree.text
    assert [one.attributes["id"] for one in tree.all("h2")] == ["behaviour", "clauses", "words"]
    assert tree.all("svg") == []
