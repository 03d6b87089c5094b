# SPDX-License-Identifier: Apache-2.0
"""The table that goes with a chart: every published figure, with its two days and its source."""

from __future__ import annotations

from decimal import Decimal

from pratique.base.moment import date_of
from pratique.base.text import say
from pratique.markup.table import Table
from pratique.rehearsal.figures import Chart


def table_of(chart: Chart) -> Table:
    """Return every published figure of a chart, in order of being known, then of the lines."""
    rows = [
        (point.known, place, point.spoken, line.label, point)
        for place, line in enumerate(chart.lines)
        for point in line.points
    ]
    ordered = sorted(rows, key=lambda row: row[:3])
    return Table(
        say("{chart}: every figure", chart=chart.title),
        (say("published"), say("party"), say("figure"), say("speaks of"), say("source")),
        tuple(
            (
                date_of(chart.clock.day(known)),
                label,
                shown(point.value),
                date_of(spoken),
                point.source,
            )
            for known, _, spoken, label, point in ordered
        ),
    )


def shown(value: float) -> int | Decimal:
    """Return a figure as a sentence shows it: whole where it is whole."""
    return int(value) if value == int(value) else Decimal(repr(value))
