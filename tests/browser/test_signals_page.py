# SPDX-License-Identifier: Apache-2.0
"""The page of signals in a real Chromium: nothing fetched, nothing cut off, one map, legible."""

from __future__ import annotations

import pytest

from pratique.chart.signals_page import signals_html
from signal_pages import shown

pytestmark = pytest.mark.browser


@pytest.fixture
def written():
    """The page of signals in a language."""
    return lambda language: signals_html(shown(), language=language)


@pytest.mark.parametrize("language", ["en", "fr", "qps-plocm"])
@pytest.mark.parametrize("width", [320, 390, 1280])
def test_nothing_is_fetched_and_the_page_does_not_scroll_sideways(visited, language, width) -> None:
    page, asked, complaints = visited(language, width)
    assert len(asked) == 1
    assert complaints == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_one_map_of_the_pair_is_shown_and_both_pictures(visited) -> None:
    for width, kind in ((390, "phone"), (1280, "wide")):
        page, _, _ = visited("en", width)
        (seen,) = page.locator(".map:visible").all()
        assert kind in seen.locator("xpath=..").get_attribute("class")
        assert page.locator(".multiple:visible").count() == 2


def test_text_in_pictures_is_not_made_small_by_the_page(visited) -> None:
    for width in (390, 1280):
        page, _, _ = visited("en", width)
        sizes = page.evaluate(
            "[...document.querySelectorAll('svg text')].filter(t => t.getClientRects().length)"
            ".map(t => parseFloat(getComputedStyle(t).fontSize)"
            " * t.ownerSVGElement.getBoundingClientRect().width"
            " / t.ownerSVGElement.viewBox.baseVal.width)"
        )
        assert sizes
        assert min(sizes) >= 12.8


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_marks_stand_out_from_their_ground(visited, scheme) -> None:
    page, _, _ = visited("en", 1280, color_scheme=scheme)
    fill, ground = page.evaluate(
        "[getComputedStyle(document.querySelector('.spot.signal')).fill,"
        " getComputedStyle(document.querySelector('.land')).fill]"
    )
    assert _contrast(fill, ground) >= 3


def test_the_way_from_a_signal_to_its_picture_and_table_is_by_keyboard(visited) -> None:
    page, _, _ = visited("en", 1280)
    page.locator("a[href='#series-1']").first.focus()
    page.keyboard.press("Enter")
    assert page.url.endswith("#series-1")
    summary = page.locator("#series-1 summary")
    summary.focus()
    page.keyboard.press("Enter")
    assert page.locator("#series-1 table").is_visible()
    assert "not reported" in page.locator("#series-1 table").inner_text().lower()


def test_printing_keeps_within_the_sheet_and_on_white(visited) -> None:
    page, _, _ = visited("en", 680, color_scheme="dark")
    page.emulate_media(media="print")
    assert page.evaluate("document.documentElement.scrollWidth") <= 680
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
    assert len(page.pdf(format="A4")) > 20_000


def _contrast(one: str, other: str) -> float:
    low, high = sorted(map(_bright, (one, other)))
    return (high + 0.05) / (low + 0.05)


def _bright(colour: str) -> float:
    parts = [int(part) / 255 for part in colour[4:-1].split(",")]
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
