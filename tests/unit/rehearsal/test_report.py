# SPDX-License-Identifier: Apache-2.0
"""The replay report: what it says is what the replay found; nothing escapes, nothing is fetched."""

from __future__ import annotations

import re
from importlib import resources
from itertools import pairwise

import pytest

import messages
from markup_read import Tag, page
from pratique.base.moment import iso_day
from pratique.base.text import PSEUDO, render
from pratique.rehearsal.accounts import Outcome, duties_of
from pratique.rehearsal.report.answer import FIXED
from replays import HOSTILE, hostile_report, replayed, report

LANGUAGES = ("en", "fr", PSEUDO)


def section(root: Tag, name: str) -> Tag:
    return next(one for one in root.all("section") if one.attributes["aria-labelledby"] == name)


def css() -> str:
    return resources.files("pratique.markup").joinpath("page.css").read_text("utf-8")


def test_no_name_becomes_markup() -> None:
    html = hostile_report()
    root = page(html)
    assert HOSTILE in root.text
    assert root.all("script") == []
    attributes = [key for one in root.all() for key in one.attributes]
    assert [key for key in attributes if key.startswith("on")] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_loads_nothing(language: str) -> None:
    html = report(language)
    assert re.findall(r"url\(|@import|<link|<img|<iframe|<script|\ssrc=|\sstyle=", html) == []
    assert set(re.findall(r"https?://[^\"'\s<]+", html)) <= {"http://www.w3.org/2000/svg"}
    assert all(one.attributes["href"].startswith("#") for one in page(html).all("a"))


@pytest.mark.parametrize("language", LANGUAGES)
def test_its_structure_can_be_followed_without_seeing_it(language: str) -> None:
    root = page(report(language))
    assert len(root.all("h1")) == 1
    levels = [int(one.name[1]) for one in root.all() if re.fullmatch(r"h[1-6]", one.name)]
    assert all(later <= earlier + 1 for earlier, later in pairwise(levels))
    for table in root.all("table"):
        assert [one.text.strip() != "" for one in table.all("caption")] == [True]
        assert all(one.attributes.get("scope") in ("col", "row") for one in table.all("th"))
        assert len({len(row.all("th") + row.all("td")) for row in table.all("tr")}) == 1
    for chart in root.all("svg"):
        assert chart.attributes["role"] == "img"
        assert chart.all("title")[0].text
        assert chart.all("desc")[0].text
    names = [one.attributes["id"] for one in root.all() if "id" in one.attributes]
    assert len(names) == len(set(names))
    wanted = [one.attributes["href"][1:] for one in root.all("a")]
    wanted += [n for one in root.all() for n in one.attributes.get("aria-labelledby", "").split()]
    assert set(wanted) <= set(names)
    assert root.all("title")[0].text == root.all("h1")[0].text


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_fixed_sentence_and_the_accords_notice_come_before_the_answer(language: str) -> None:
    text = page(report(language)).all("main")[0].text
    fixed, notice = render(FIXED, language), replayed().program.accord.document.notes[0]
    assert text.index(notice) < text.index(fixed)
    assert text.index(fixed) < text.index(
        "9,950,000" if language != "fr" else "9\u202f950\u202f000"
    )


def test_the_answer_has_the_replays_own_figures() -> None:
    text = page(report()).all("main")[0].text
    promised = [one for one in replayed().happenings if one.edge == "committed"]
    money = {name for name, one in replayed().program.pools.items() if one.type.kind == "money"}
    total = sum(one.amount for one in promised if one.pool in money)
    goods = sum(one.amount for one in promised if one.pool not in money)
    assert f"USD\u00a0{total // 100:,} and {goods:,} (Stockpile" in text
    due = [debt.outcome for debt in duties_of(replayed())]
    n = sum(outcome is Outcome.MET for outcome in due)
    assert f"Of {n} duties that fell due, {n} would have been met in time and 0 missed." in text
    for clause, day in (("lower", "16 July"), ("middle", "16 September"), ("upper", "17 December")):
        assert re.search(rf"{clause} tier \(art\.\s7\.2\S+\): {day} 2014", text)


def test_each_reason_has_value_days_and_source() -> None:
    replay = replayed()
    text = section(page(report()), "reasons").text
    fired = [one for one in replay.happenings if one.edge == "used"]
    fired = [one for one in fired if one.clause in replay.program.rules]
    assert {"early_action", "lower_tier", "upper_tier"} <= {one.clause for one in fired}
    for one in fired:
        for reason in (reason for reason in one.why if reason.value is not None):
            wanted = (reason.measure, replay.program.parties[reason.party], reason.spoken)
            behind = [
                figure
                for figure in replay.history.publications
                if (figure.measure, figure.party, figure.day) == wanted
                and figure.known <= one.moment
            ]
            assert float(behind[-1].value) == reason.value
            assert f"{reason.value:,.0f}" in text
            assert behind[-1].source in text


def test_unknown_is_a_word_and_never_zero() -> None:
    rows = [row.text for row in section(page(report()), "reasons").all("tr")]
    liberia = [row for row in rows if row.startswith("confirmed deaths, Liberia")]
    assert "unknown" in liberia[-1]
    assert "last: 9 September 2014" in liberia[-1]


def test_a_deadline_at_midnight_is_the_end_of_the_day_before() -> None:
    text = section(page(report()), "money").text
    assert "end of 2 March 2014" in text
    assert "3 March 2014" not in text


def test_every_event_of_history_within_the_replay_stands_beside_it_with_its_source() -> None:
    text = section(page(report()), "beside").text
    last = iso_day(replayed().program.clock.day(replayed().until))
    for event in replayed().history.events:
        assert (event.words in text and event.source in text) is (iso_day(event.day) <= last)
    assert "1 event of history outside these days is not shown." in text


def test_every_published_figure_of_a_chart_is_in_its_table() -> None:
    charts = section(page(report()), "charts")
    figures = [one for one in replayed().history.publications if one.measure == "confirmed_deaths"]
    table = next(
        t for t in charts.all("table") if t.all("caption")[0].text.startswith("Confirmed deaths")
    )
    assert len(table.all("tr")) == len(figures) + 1


def test_nobody_acting_shows_late_duties_first_and_money_not_paid() -> None:
    root = page(report("en", "silent"))
    first = section(root, "duties").all("tbody")[0].all("tr")[0].text
    assert "Late" in first
    assert "not by the end" in first
    assert "met in time and 0 missed" not in root.text
    assert "could not be met" in section(root, "money").text


def test_votes_are_shown_both_ways_and_what_else_differs_is_said() -> None:
    text = section(page(report()), "votes").text
    assert "if all vote yes" in text
    assert "if nobody answers" in text
    assert text.count("carried on 4 June 2014, 12:01 UTC") == 2
    assert "What else differs if nobody answers in votes" in text
    assert "waiver of authorisation (art.\u00a023.2) ends" in text


def test_what_hangs_on_a_clause_is_only_what_differs_without_it() -> None:
    hanging = section(page(report("en", "deadline", "early_action")), "hanging")
    days = [row.all("th")[0].text for row in hanging.all("tbody")[0].all("tr")]
    assert days == ["1 April 2014", "28 May 2014"]
    assert "joint plan" in hanging.text
    assert "tier" not in hanging.text


def test_the_reader_can_verify_it() -> None:
    text, replay = section(page(report()), "making").text, replayed()
    assert replay.seal in text
    assert f"{len(replay.entries)} entries" in text
    assert replay.entries[0].act.text in text
    assert "pratique verify journal.jsonl" in text
    assert "known at 12:00 (UTC)" in text
    assert "unusual event" in text


def test_the_french_page_has_no_english_of_ours() -> None:
    text = page(report("fr")).text
    ours = {forms for forms, one in messages.survey().messages.items() if _is_ours(one.modules)}
    plain = [english for english in ours if "{" not in english and len(english.split()) > 2]
    assert len(plain) > 30
    assert [english for english in plain if english in text] == []
    assert "Qu’aurait exigé l’accord" in text


def _is_ours(modules: frozenset[str]) -> bool:
    return any("rehearsal/report" in module or "/chart/" in module for module in modules)


def test_languages_and_directions_are_marked() -> None:
    french, pseudo = page(report("fr")), page(report(PSEUDO))
    root = french.all("html")[0].attributes
    assert (root["lang"], root["dir"]) == ("fr", "ltr")
    assert pseudo.all("html")[0].attributes["dir"] == "rtl"
    named = [one for one in french.all("bdi") if one.text == "lower tier"]
    assert named
    assert all(one.attributes.get("lang") == "en" for one in named)
    assert [
        one for one in page(report()).all("bdi") if one.text == "lower tier" and one.attributes
    ] == []


def test_the_sheet_is_small_and_its_colours_can_be_read() -> None:
    assert len(css().encode()) < 10_000
    light, dark = (
        dict(re.findall(r"--([\w-]+):(#\w+)", part)) for part in css().split("@media", 2)[:2]
    )
    for palette in (light, dark):
        for text, ground in (
            ("text", "page"),
            ("quiet", "page"),
            ("link", "sunk"),
            ("text", "sunk"),
            ("link", "page"),
            ("met", "page"),
            ("late-text", "late"),
            ("force-text", "force"),
        ):
            assert contrast(palette[text], palette[ground]) >= 7, (text, ground)
        assert contrast(palette["line"], palette["page"]) >= 3


def contrast(one: str, other: str) -> float:
    """Return the contrast of two colours (WCAG 2.2)."""
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def luminance(colour: str) -> float:
    digits = colour[1:] if len(colour) == 7 else "".join(c * 2 for c in colour[1:])
    parts = [int(digits[i : i + 2], 16) / 255 for i in (0, 2, 4)]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
