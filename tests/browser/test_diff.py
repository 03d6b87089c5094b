# SPDX-License-Identifier: Apache-2.0
"""The page of two drafts compared in a real Chromium: nothing fetched, nothing cut off, legible."""

from __future__ import annotations

import pytest

from drafts import page as comparison

pytestmark = pytest.mark.browser
LEAST_CONTRAST = 4.5
"""WCAG 2.2, success criterion 1.4.3."""
CONTRAST = """
(one) => {
  const canvas = document.createElement('canvas').getContext('2d', {willReadFrequently: true});
  const rgb = (colour) => {
    canvas.fillStyle = colour; canvas.fillRect(0, 0, 1, 1);
    return [...canvas.getImageData(0, 0, 1, 1).data].slice(0, 3);
  };
  const bright = (colour) => {
    const [r, g, b] = rgb(colour).map((c) => c / 255)
      .map((c) => c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4);
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const style = getComputedStyle(one);
  const [low, high] = [bright(style.color), bright(style.backgroundColor)].sort((a, b) => a - b);
  return (high + 0.05) / (low + 0.05);
}
"""


@pytest.fixture
def written():
    """The page of a comparison in a language."""
    return comparison


@pytest.mark.parametrize("language", ["en", "fr", "qps-plocm"])
@pytest.mark.parametrize("width", [320, 390, 1280])
def test_nothing_is_fetched_and_the_page_does_not_scroll_sideways(visited, language, width) -> None:
    page, asked, complaints = visited(language, width)
    assert len(asked) == 1
    assert complaints == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_marks_are_legible_and_more_than_colour(visited, scheme) -> None:
    page, _, _ = visited("en", 1280, color_scheme=scheme)
    for tag, line in (("del", "line-through"), ("ins", "underline")):
        mark = page.locator(f".redline {tag}").first
        assert mark.evaluate(CONTRAST) >= LEAST_CONTRAST
        assert line in mark.evaluate("one => getComputedStyle(one).textDecorationLine")


def test_what_is_spoken_of_a_mark_takes_no_place_and_is_no_text_of_it(visited) -> None:
    page, _, _ = visited("en", 1280)
    mark = page.locator(".redline del").first
    for part in ("::before", "::after"):
        size = mark.evaluate(f"one => getComputedStyle(one, '{part}').inlineSize")
        assert size == "1px"
    spoken = mark.evaluate("one => getComputedStyle(one, '::before').content")
    assert "taken out:" in spoken
    assert "taken out" not in mark.inner_text()


def test_one_chart_of_the_pair_is_shown_with_its_scale(visited) -> None:
    for width, shown in ((390, "phone"), (1280, "wide")):
        page, _, _ = visited("en", width)
        (seen,) = page.locator(".wide:visible, .phone:visible").all()
        assert shown in seen.get_attribute("class")
        assert "10,000" in seen.inner_text()


def test_printing_opens_what_is_folded_and_keeps_within_the_sheet(visited) -> None:
    page, _, _ = visited("en", 680, color_scheme="dark")
    page.emulate_media(media="print")
    assert page.evaluate("document.documentElement.scrollWidth") <= 680
    folded = page.locator("details table")
    assert folded.count() == 2
    assert all(folded.nth(place).bounding_box()["height"] > 20 for place in range(folded.count()))
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
    assert len(page.pdf(format="A4")) > 20_000
