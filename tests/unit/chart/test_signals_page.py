# SPDX-License-Identifier: Apache-2.0
"""The page of signals: what is there, where it comes from, and nothing of anybody's that runs."""

from __future__ import annotations

import re
from dataclasses import replace
from xml.etree import ElementTree

import pytest

from pratique.chart.signals_page import Panel, Spot, signals_html
from pratique.chart.signals_page.map import map_svg
from pratique.chart.signals_page.multiples import picture
from pratique.chart.signals_page.words import alike_label, figure, told_apart
from pratique.surveillance.series.collection import Identity
from signal_pages import shown

NAN = float("nan")


def panel(**other: object) -> Panel:
    """Return a picture of six weeks, the fourth not reported and the last a signal."""
    plain = Panel(
        "series-1",
        "Alta · fever",
        tuple(16_076 + 7 * week for week in range(6)),
        (1, 0, 2, NAN, 3, 30),
        (NAN, NAN, NAN, NAN, 1.5, 1.6),
        (NAN, NAN, NAN, NAN, 4.0, 4.2),
        (False,) * 5 + (True,),
        (2, 7),
    )
    return replace(plain, **other)


def test_a_picture_is_well_formed_and_has_a_bar_for_each_count_above_nought() -> None:
    svg = ElementTree.fromstring(picture(panel(), "en"))
    bars = next(path for path in svg.findall(".//{*}path") if path.get("fill") == "#0B4F9E")
    assert bars.get("d", "").count("z") == 4
    assert len([path for path in svg.findall(".//{*}path") if path.get("class") == "mark"]) == 1


def test_the_bound_stands_only_where_it_was_looked_at() -> None:
    (bound,) = re.findall(r'd="([^"]+)" fill="none" stroke="#B34700"', picture(panel(), "en"))
    assert bound.count("H") == 2
    assert "#B34700" not in picture(panel(upper=(NAN,) * 6), "en")


@pytest.mark.parametrize("counts", [(0,) * 6, (NAN,) * 6, (1e6,) * 6])
def test_a_picture_of_nothing_or_of_very_much_is_drawn_too(counts: tuple[float, ...]) -> None:
    svg = picture(panel(counts=counts, expected=(NAN,) * 6, upper=(NAN,) * 6), "fr")
    assert "nan" not in svg.lower()
    ElementTree.fromstring(svg)


def test_the_map_shows_each_place_by_its_own_shape() -> None:
    spots = [
        Spot("Alta", -10, 8, "signal", 2, True),
        Spot("Bora", -11, 8, "none"),
        Spot("Cora", -10, 9, "unknown"),
    ]
    svg = ElementTree.fromstring(map_svg(spots, "en", width=400, name="m"))
    classes = [one.get("class", "") for one in svg.iter()]
    assert sum("signal" in one.split() for one in classes) == 1
    assert sum("none" in one.split() for one in classes) == 1
    assert sum("unknown-spot" in one.split() for one in classes) == 1
    assert classes.count("ring") == 1
    assert [text.text for text in svg.findall(".//{*}text")] == ["Alta"]


def test_the_page_says_source_day_known_records_and_that_it_binds_nobody() -> None:
    page = signals_html(shown(), language="en")
    assert "it has no legal effect" in page
    assert page.count("as known on") >= 3
    assert page.count('href="counts.csv"') >= 2
    assert "lines 2 to 31" in page
    assert "Lines on this map are no opinion" in page
    assert "reaches the bound" not in page
    assert page.index('class="answer"') < page.index("<svg")


def test_whatever_a_table_holds_is_text_on_the_page() -> None:
    hostile = '<script>alert("x")</script>'
    page = signals_html(shown(place=hostile), language="en")
    assert "<script" not in page
    assert page.count("&lt;script&gt;") > 4


def test_no_signal_and_none_known_are_different_answers() -> None:
    nothing = replace(shown(), raised=(), raised_in_all=0, panels=(), together=(), signalling=0)
    assert "No signal known: 3 of 4 series" in signals_html(nothing, language="en")
    all_seen = signals_html(replace(nothing, looked=4), language="en")
    assert "No signal: all 4 series could be looked at." in all_seen


def test_labels_leave_out_what_all_have_alike() -> None:
    two = [Identity("cases", "fever", place=name) for name in ("Alta", "Bora")]
    assert told_apart(two) == ["Alta", "Bora"]
    assert alike_label(two) == "fever · cases"
    assert told_apart(two[:1]) == ["Alta · fever · cases"]
    assert alike_label(two[:1]) == ""


@pytest.mark.parametrize(
    ("value", "told"),
    [(3.0, "3"), (0.126, "0.13"), (12.34, "12.3"), (NAN, "not known"), (3e-9, "0")],
)
def test_a_figure_has_as_many_digits_as_it_bears(value: float, told: str) -> None:
    assert str(figure(value)) == told
