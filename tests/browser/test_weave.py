# SPDX-License-Identifier: Apache-2.0
"""The woven treaty in a real Chromium: nothing asked for, nothing cut off, links by keyboard."""

from __future__ import annotations

import pytest

from weaves import page as woven

pytestmark = pytest.mark.browser
LANGUAGES = ("en", "fr", "qps-plocm")


@pytest.fixture
def written():
    """The page of a treaty in a language."""
    return lambda language: woven("mano-river", language)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("width", [320, 390, 1280])
def test_nothing_is_fetched_and_the_page_does_not_scroll_sideways(visited, language, width) -> None:
    page, asked, complaints = visited(language, width)
    assert len(asked) == 1
    assert complaints == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_prose_stands_left_reading_right_and_findings_in_the_margin(visited) -> None:
    page, _, _ = visited("en", 1280)
    words, reading, margin = _columns(page)
    assert words["x"] + words["width"] <= reading["x"]
    assert reading["x"] + reading["width"] <= margin["x"]
    assert words["y"] == reading["y"] == margin["y"]


def test_right_to_left_turns_the_columns_round(visited) -> None:
    page, _, _ = visited("qps-plocm", 1280)
    words, reading, margin = _columns(page)
    assert margin["x"] + margin["width"] <= reading["x"]
    assert reading["x"] + reading["width"] <= words["x"]


def test_on_a_phone_they_stand_under_one_another(visited) -> None:
    page, _, _ = visited("en", 390)
    words, reading, margin = _columns(page)
    assert words["y"] + words["height"] <= reading["y"]
    assert reading["y"] + reading["height"] <= margin["y"]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_figure_leads_to_its_words_and_back_by_keyboard_alone(visited, scheme) -> None:
    page, _, _ = visited("en", 1280, color_scheme=scheme)
    figure = page.locator("[id='w-8.5-2']")
    assert figure.inner_text() == "21 daysc"
    figure.focus()
    assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") != "none"
    page.keyboard.press("Enter")
    there = page.locator("[id='r-8.5-2']")
    assert page.url.endswith("#r-8.5-2")
    assert there.inner_text().replace("\u00a0", " ") == "21 daysc"
    # What is led to is shown, and reading goes on from there.
    ground = "getComputedStyle(document.getElementById('r-8.5-2')).backgroundColor"
    assert page.evaluate(ground) == "rgb(255, 221, 0)"
    page.keyboard.press("Tab")
    page.keyboard.press("Shift+Tab")
    assert page.evaluate("document.activeElement.id") == "r-8.5-2"
    page.keyboard.press("Enter")
    assert page.url.endswith("#w-8.5-2")


def test_focus_can_be_seen_and_the_first_link_skips_to_the_text(visited) -> None:
    page, _, _ = visited("en", 1280)
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.getAttribute('href')") == "#main"
    assert page.evaluate("getComputedStyle(document.activeElement).outlineWidth") == "3px"


@pytest.mark.parametrize("language", ["en", "fr"])
def test_printing_keeps_two_columns_within_the_sheet(visited, language) -> None:
    page, _, _ = visited(language, 680, color_scheme="dark")
    page.emulate_media(media="print")
    assert page.evaluate("document.documentElement.scrollWidth") <= 680
    words, reading, _ = _columns(page)
    assert words["x"] + words["width"] <= reading["x"]
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
    assert len(page.pdf(format="A4")) > 100_000


def test_the_notice_is_seen_without_scrolling(visited) -> None:
    for width in (390, 1280):
        page, _, _ = visited("en", width)
        box = page.locator(".notice").bounding_box()
        assert box["y"] + box["height"] < 900


def _columns(page) -> list[dict[str, float]]:
    """Return the places of the prose, the reading and the margin of one row."""
    row = page.locator(".row", has=page.locator("[id='p-8.5']"))
    return [row.locator(name).bounding_box() for name in (".words", ".reading", ".margin")]
