# SPDX-License-Identifier: Apache-2.0
"""The report in a real Chromium: nothing asked for, nothing complained of, nothing cut off."""

from __future__ import annotations

import struct
import zlib

import pytest

from replays import report

pytestmark = pytest.mark.browser
LANGUAGES = ("en", "fr", "qps-plocm")


@pytest.fixture
def written():
    """The page of a report in a language."""
    return report


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("width", [320, 390, 1280])
def test_nothing_is_fetched_and_the_page_does_not_scroll_sideways(visited, language, width) -> None:
    page, asked, complaints = visited(language, width)
    assert len(asked) == 1
    assert complaints == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_it_is_not_blank(visited, scheme) -> None:
    page, _, _ = visited("en", 1280, color_scheme=scheme)
    colours = _colours(page.screenshot(clip={"x": 100, "y": 0, "width": 800, "height": 800}))
    assert len(colours) > 20
    ground = max(colours, key=lambda colour: colours[colour])
    assert (sum(ground) > 600) is (scheme == "light")


def test_one_chart_of_each_pair_is_shown(visited) -> None:
    for width, shown in ((390, "phone"), (1280, "wide")):
        page, _, _ = visited("en", width)
        count = page.locator(".wide, .phone").count()
        seen = page.locator(f".{shown}:visible")
        assert seen.count() == count / 2
        for place in range(seen.count()):
            box = seen.nth(place).locator("svg").bounding_box()
            assert box["width"] > 300
            assert box["x"] + box["width"] <= width


def test_text_in_charts_is_not_made_small_by_the_page(visited) -> None:
    for width in (390, 1280):
        page, _, _ = visited("en", width)
        sizes = page.evaluate(
            "[...document.querySelectorAll('svg text')].filter(t => t.getClientRects().length)"
            ".map(t => parseFloat(getComputedStyle(t).fontSize)"
            " * t.ownerSVGElement.getBoundingClientRect().width"
            " / t.ownerSVGElement.viewBox.baseVal.width)"
        )
        assert sizes
        assert min(sizes) >= 13.5


def test_every_wide_table_can_be_reached_and_scrolled_by_keyboard(visited) -> None:
    page, _, _ = visited("en", 390)
    unreachable = page.evaluate(
        "[...document.querySelectorAll('table')].filter(t => t.offsetParent)"
        ".map(t => t.parentElement).filter(r => r.scrollWidth > r.clientWidth + 1)"
        ".filter(r => r.tabIndex !== 0 || !r.getAttribute('aria-labelledby')).length"
    )
    assert unreachable == 0


def test_printing_opens_what_is_folded_and_keeps_within_the_sheet(visited) -> None:
    page, _, _ = visited("en", 680, color_scheme="dark")
    page.emulate_media(media="print")
    assert page.evaluate("document.documentElement.scrollWidth") <= 680
    folded = page.locator("details table")
    assert folded.count() > 3
    assert all(folded.nth(place).bounding_box()["height"] > 20 for place in range(folded.count()))
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
    assert len(page.pdf(format="A4")) > 20_000


def test_focus_can_be_seen_and_the_first_link_skips_to_the_answer(visited) -> None:
    page, _, _ = visited("en", 1280)
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.getAttribute('href')") == "#main"
    assert page.evaluate("getComputedStyle(document.activeElement).outlineWidth") == "3px"


def _colours(png: bytes) -> dict[tuple[int, int, int], int]:
    """Return how often each colour stands in a PNG, looked at every 16th row."""
    place, parts, width = 8, b"", 0
    while place < len(png):
        (size,) = struct.unpack(">I", png[place : place + 4])
        kind, body = png[place + 4 : place + 8], png[place + 8 : place + 8 + size]
        if kind == b"IHDR":
            width, _, _, form = struct.unpack(">IIBB", body[:10])
            channels = {2: 3, 6: 4}[form]
        elif kind == b"IDAT":
            parts += body
        place += size + 12
    return _counted(zlib.decompress(parts), width, channels)


def _counted(raw: bytes, width: int, channels: int) -> dict[tuple[int, int, int], int]:
    stride, before = width * channels, bytearray(width * channels)
    counts: dict[tuple[int, int, int], int] = {}
    for start in range(0, len(raw), stride + 1):
        row = _row(raw[start], bytearray(raw[start + 1 : start + 1 + stride]), before, channels)
        before = row
        if (start // (stride + 1)) % 16 == 0:
            for at in range(0, stride, channels):
                colour = (row[at], row[at + 1], row[at + 2])
                counts[colour] = counts.get(colour, 0) + 1
    return counts


def _row(form: int, row: bytearray, before: bytearray, channels: int) -> bytearray:
    # PNG (ISO/IEC 15948) clause 9: none, sub, up, average, Paeth.
    for at in range(len(row)):
        left = row[at - channels] if at >= channels else 0
        above, corner = before[at], before[at - channels] if at >= channels else 0
        guess = (0, left, above, (left + above) // 2, _paeth(left, above, corner))[form]
        row[at] = (row[at] + guess) & 255
    return row


def _paeth(left: int, above: int, corner: int) -> int:
    start = left + above - corner
    return min((left, above, corner), key=lambda one: abs(start - one))
