# SPDX-License-Identifier: Apache-2.0
"""The charts of a report, each with the key to its marks and its table."""

from __future__ import annotations

from pratique.base.text import Sentence, say
from pratique.markup.values import OnDay
from pratique.rehearsal.curves import charts_of
from pratique.rehearsal.figures import Chart, Mark
from pratique.rehearsal.report.subject import Subject


def pictures(subject: Subject) -> str:
    """Return every chart of a replay."""
    charts = charts_of(subject.replay, subject.writer.language)
    if not charts:
        return subject.writer.paragraph(
            say("No rule reads a figure that history has: there is no chart.")
        )
    return "".join(_figure(subject, chart) for chart in charts)


def _figure(subject: Subject, chart: Chart) -> str:
    writer = subject.writer
    wide, narrow = subject.draw(chart), subject.draw(chart.narrowed())
    key = writer.items((_mark(subject, mark) for mark in chart.marks), "ol")
    caption = writer.heading(3, chart.title) + writer.paragraph(_explained(), kind="quiet")
    return (
        f"<figure><figcaption>{caption}</figcaption>"
        f'<div class="wide">{wide.svg}</div><div class="phone">{narrow.svg}</div>'
        f"{writer.paragraph(say('Decisions marked in the chart:')) + key if key else ''}"
        + writer.details(
            say("Every figure in the chart, as a table"),
            writer.table(f"{chart.name}-table", wide.table),
        )
        + "</figure>"
    )


def _explained() -> Sentence:
    return say(
        "A line holds its last published figure for as long as the accord presumes it unchanged,"
        " and stops where the figure is unknown; the hatched bars below show those times. A fine"
        " dotted line adds up the known part only. Where the scale goes 1, 10, 100, each step is"
        " ten times the one before."
    )


def _mark(subject: Subject, mark: Mark) -> Sentence:
    whose = subject.parties(mark.rows)
    clause, day = subject.cited(mark.clause), OnDay(mark.moment)
    if whose:
        return say("{day}: {clause}, {parties}", day=day, clause=clause, parties=whose)
    return say("{day}: {clause}", day=day, clause=clause)
