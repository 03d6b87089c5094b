# SPDX-License-Identifier: Apache-2.0
"""The signals of detectors: of whom, of which day or week, when they became known, and why.

What a detector says as a figure stands beside the clauses that read it, in `reasons`.
"""

from __future__ import annotations

from collections.abc import Iterator

from pratique.accord.kinds import kinds
from pratique.accord.kinds.measure import Measure
from pratique.base.text import say
from pratique.markup.table import Table
from pratique.markup.values import OnDay, Quoted
from pratique.rehearsal.history import Publication
from pratique.rehearsal.report.subject import Subject

_SHOWN = 20


def signals(subject: Subject) -> Iterator[str]:
    """Yield, for each event that a detector makes, its signals with their reasons."""
    replay = subject.replay
    for name, measure in replay.program.measures.items():
        found = [
            one
            for one in replay.history.publications
            if one.measure == name and one.happened is not None and one.known <= replay.until
        ]
        if found:
            yield _block(subject, measure, found)


def _block(subject: Subject, measure: Measure, found: list[Publication]) -> str:
    writer = subject.writer
    reading = kinds()[measure.source.kind].reading(measure)
    text = writer.heading(3, subject.cited(measure.name)) + writer.paragraph(*reading)
    text += _table(subject, f"signals-{measure.name}", found[:_SHOWN])
    if len(found) > _SHOWN:
        rest = _table(subject, f"signals-{measure.name}-later", found[_SHOWN:])
        text += writer.details(say("Later times"), rest)
    return text


def _table(subject: Subject, name: str, found: list[Publication]) -> str:
    heads = (say("signal"), say("speaks of"), say("published"), say("source"))
    rows = tuple(
        (
            subject.office(one.party) if one.party else say("all Parties together"),
            subject.day(one.day),
            OnDay(one.known),
            one.reason or Quoted(one.source),
        )
        for one in found
    )
    return subject.writer.table(name, Table(say("Signals, as known then"), heads, rows))
