# SPDX-License-Identifier: Apache-2.0
"""Charts drawn: the same each time, named, in the page's language, with labels that do not meet."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from pratique.base.moment import Clock
from pratique.base.text import say
from pratique.chart import draw
from pratique.chart.axis import Heights, heights_of
from pratique.chart.labels import LETTER, ROW, Label, labels_of
from pratique.rehearsal.figures import Chart, Line, Mark, Point, Stretch, Threshold

DAY = 86_400
BEGINS = 16_000 * DAY


def chart(**changes: object) -> Chart:
    """A chart of two parties over 200 days."""
    lines = []
    for name, top in (("Aldova", 900.0), ("Brenia", 910.0)):
        points = tuple(
            Point(BEGINS + n * 20 * DAY, 16_000 + n * 20 - 1, top * (n + 1) / 10, "a bulletin")
            for n in range(10)
        )
        stretches = tuple(Stretch(p.known, p.known + 20 * DAY, p.value) for p in points)
        lines.append(Line(name, stretches, points))
    drawn = Chart(
        "deaths", say("Deaths <as published>"), say("Two lines."), tuple(lines),
        (Threshold(500, "Lower tier", True), Threshold(505, "Upper tier", True)),
        (Mark(BEGINS + 100 * DAY, "lower_tier", (-1,), 540.0),),
        BEGINS, BEGINS + 200 * DAY, Clock("UTC"), "en",
    )  # fmt: skip
    return replace(drawn, **changes)  # type: ignore[arg-type]


def test_the_same_chart_gives_the_same_text() -> None:
    assert draw(chart()) == draw(chart())


def test_it_is_an_image_with_a_title_and_has_no_style_of_its_own() -> None:
    svg = draw(chart()).svg
    assert svg.startswith("<svg ")
    assert 'role="img"' in svg
    assert "Deaths &lt;as published&gt;</title>" in svg
    assert re.findall(r"\sstyle=|<script|<style|\shref=|<image", svg) == []
    assert svg.count('role="') == 1


@pytest.mark.parametrize(("top", "label"), [(2_000_000.0, "2,000,000"), (50.0, "50"), (0.4, "0.4")])
def test_heights_are_labelled_however_large(top: float, label: str) -> None:
    line = chart().lines[0]
    stretches = tuple(replace(one, value=top) for one in line.stretches)
    points = tuple(replace(one, value=top) for one in line.points)
    drawn = chart(lines=(Line("Aldova", stretches, points),), thresholds=(), marks=())
    assert f">{label}</text>" in draw(drawn).svg


def test_a_hostile_name_stays_text() -> None:
    line = replace(chart().lines[0], label="<script>x</script>")
    svg = draw(chart(lines=(line,))).svg
    assert "<script" not in svg
    assert "&lt;script&gt;" in svg


def test_months_and_numbers_are_in_the_charts_language() -> None:
    english, french = draw(chart()).svg, draw(chart(language="fr")).svg
    assert re.search(r">(Nov|Dec|Jan) 201[34]<", english)
    assert re.search(r">(nov\.|déc\.|janv\.) 201[34]<", french)
    assert "Aldova\u00a0: 900" in french


def test_its_table_has_every_figure_in_order_of_being_known() -> None:
    table = draw(chart()).table
    assert len(table.rows) == 20
    assert [row[0] for row in table.rows] == sorted(row[0] for row in table.rows)
    assert table.rows[0][1:3] == ("Aldova", 90)


@pytest.mark.parametrize("narrow", [False, True])
def test_no_two_labels_lie_on_one_another(*, narrow: bool) -> None:
    shown = chart().narrowed() if narrow else chart()
    heights = heights_of(shown, 300)
    for labels in labels_of(shown, heights, ["#000", "#111"], 300):
        for place, one in enumerate(labels):
            for other in labels[place + 1 :]:
                assert abs(one.y - other.y) >= ROW - 1e-6 or _apart(one, other, 200 / 300)
    names = {
        label.text
        for labels in labels_of(shown, heights, ["#000", "#111"], 300)
        for label in labels
    }
    assert names == {"Aldova: 900", "Brenia: 910", "Lower tier: 500", "Upper tier: 505"}


def _apart(one: Label, other: Label, day: float) -> bool:
    first, last = sorted((one, other), key=lambda label: label.x)
    return last.x - len(last.text) * LETTER * day >= first.x


def test_steps_are_tenfold_only_where_thresholds_lie_far_below() -> None:
    assert not heights_of(chart(), 300).tenfold
    low = chart(thresholds=(Threshold(1, "Early action", False),))
    assert heights_of(low, 300).tenfold
    assert heights_of(low, 300).ticks() == [0, 1, 10, 100, 1000]


@pytest.mark.parametrize("tenfold", [False, True])
def test_pixels_and_values_are_each_others_inverse(*, tenfold: bool) -> None:
    heights = Heights(4000, 300, tenfold)
    for value in (0, 1, 20, 2500, 4000):
        assert heights.value(heights.pixel(value)) == pytest.approx(value)
    assert heights.ticks()[0] == 0


def test_a_chart_of_one_moment_or_without_figures_is_still_drawn() -> None:
    bare = Line("Aldova", (Stretch(BEGINS, BEGINS + 200 * DAY, None),))
    svg = draw(chart(lines=(bare,), thresholds=(), marks=())).svg
    assert "Aldova: unknown" in svg
