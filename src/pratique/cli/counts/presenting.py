# SPDX-License-Identifier: Apache-2.0
"""What was found, as the page shows it: rows, pictures, places, and how all of it came about."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from pratique.base.text import Code, Sentence, say, say_count
from pratique.chart.signals_page import Panel, Raised, Records, Seen, Shown, Spot
from pratique.chart.signals_page.words import series_label
from pratique.cli.counts.asking import shown
from pratique.cli.counts.gathering import Found, Kept, Signal
from pratique.cli.counts.looking import Question
from pratique.exchange.counts.gazetteer import Gazetteer
from pratique.surveillance.series.rhythm import DAYS

MOST_ROWS, MOST_PANELS = 200, 48
DRAWN_DAYS = 2 * 366
"""A picture goes back so far, or to the first monitored period if that is earlier."""
SIGNALS, COUNTS, PAGE = "signals.csv", "counts.csv", "signals.html"


def page_of(
    question: Question,
    found: Found,
    gazetteer: Gazetteer | None,
    together: tuple[Seen, ...],
    *,
    command: str,
) -> Shown:
    """Return what the page shows."""
    panels = tuple(_panels(question, found))
    names = {one.row: f"series-{place + 1}" for place, one in enumerate(drawn_rows(found))}
    raised = tuple(_raised(one, names) for one in found.signals[:MOST_ROWS])
    spots, unplaced = _spots(found, gazetteer, together)
    return Shown(
        sources=question.counts.names,
        known=question.counts.known,
        rhythm=question.counts.rhythm,
        period=found.until,
        since=found.since,
        given=found.given,
        looked=found.looked,
        signalling=len({one.row for one in found.signals}),
        raised=raised,
        raised_in_all=len(found.signals),
        panels=panels,
        together=together,
        spots=spots,
        unplaced=unplaced,
        detector=question.detector.label,
        source=question.detector.source,
        choices=tuple(choices(question, found)),
        records=Records(
            SIGNALS, len(found.signals), COUNTS, sum(len(one.periods) for one in _drawn(found))
        ),
        command=command,
    )


def drawn_rows(found: Found) -> list[Signal]:
    """Return the worst signal of each series that is drawn, the worst series first."""
    first: dict[int, Signal] = {}
    for one in found.signals:
        if one.row in found.kept:
            first.setdefault(one.row, one)
    return list(first.values())[:MOST_PANELS]


def _drawn(found: Found) -> Iterator[Kept]:
    for one in drawn_rows(found):
        yield found.kept[one.row]


def _panels(question: Question, found: Found) -> Iterator[Panel]:
    line = 2  # The first line of the table is its head.
    for place, one in enumerate(drawn_rows(found)):
        kept = found.kept[one.row]
        periods = {each.period for each in found.signals if each.row == one.row}
        since = min(found.since, found.until - DRAWN_DAYS)
        start = int(np.searchsorted(np.array(kept.periods), since))
        end = int(np.searchsorted(np.array(kept.periods), found.until, side="right"))
        span = slice(start, end)
        yield Panel(
            f"series-{place + 1}",
            series_label(kept.identity),
            kept.periods[span],
            tuple(kept.counts[span].tolist()),
            tuple(kept.expected[span].tolist()),
            tuple(kept.upper[span].tolist()),
            tuple(day in periods for day in kept.periods[span]),
            (line + start, line + end - 1),
        )
        line += len(kept.periods)


def _raised(one: Signal, names: dict[int, str]) -> Raised:
    return Raised(
        series_label(one.identity),
        one.identity.place,
        one.period,
        one.count,
        one.expected,
        one.upper,
        one.why,
        names.get(one.row, ""),
    )


def _spots(
    found: Found, gazetteer: Gazetteer | None, together: tuple[Seen, ...]
) -> tuple[tuple[Spot, ...], tuple[str, ...]]:
    """Return the places that a table places, and the names of those that it does not."""
    if gazetteer is None:
        return (), ()
    counts: dict[str, int] = {}
    for one in found.signals:
        counts[one.identity.place] = counts.get(one.identity.place, 0) + 1
    spots, unplaced = [], []
    ringed = {name for one in together for name in one.places}
    for name, standing in found.places.items():
        where = gazetteer.find(name)
        place = gazetteer.of(where.name) if where is not None else None
        if place is None or place.longitude is None or place.latitude is None:
            unplaced.append(name)
            continue
        signals = counts.get(name, 0)
        spots.append(
            Spot(
                name,
                place.longitude,
                place.latitude,
                "signal" if signals else "none" if standing.looked else "unknown",
                signals,
                place.name in ringed or name in ringed,
            )
        )
    return tuple(spots), tuple(unplaced)


def choices(question: Question, found: Found) -> Iterator[Sentence]:
    """Iterate over what was chosen, and what that took away, in sentences."""
    detector, sifting = question.detector, question.sifting
    controls = detector.controlled(question.controls)
    for control in detector.controls:
        value = controls[control.name]
        if value is not None and value != "":
            yield say(
                "{help}: {name} = {value}",
                name=Code(control.name),
                value=shown(value),
                help=control.help,
            )
    if sifting.mute > DAYS[question.counts.rhythm]:
        yield say_count(
            "A signal silences its series for {days} days: {n} alarm was not repeated.",
            "A signal silences its series for {days} days: {n} alarms were not repeated.",
            n=found.muted,
            days=sifting.mute,
        )
    if sifting.least:
        yield say_count(
            "Counts below {least} raise no signal: {n} alarm was left out.",
            "Counts below {least} raise no signal: {n} alarms were left out.",
            n=found.few,
            least=sifting.least,
        )
    if sifting.budget is not None:
        yield say_count(
            "Over all series at most {share} % of signals may be false (Benjamini and Hochberg):"
            " {n} alarm was left out.",
            "Over all series at most {share} % of signals may be false (Benjamini and Hochberg):"
            " {n} alarms were left out.",
            n=found.over_budget,
            share=round(100 * sifting.budget, 6),
        )
    if question.counts.known is not None and not question.counts.knows:
        yield say(
            "The source does not say when each figure became known: figures of periods that had"
            " ended by then are taken as they stand now, later corrections with them."
        )
