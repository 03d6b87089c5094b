# SPDX-License-Identifier: Apache-2.0
"""Statuses from when to when; what stayed undetermined, how long, for want of what."""

from __future__ import annotations

from collections.abc import Iterator

from pratique.base.moment import NEVER, Moment
from pratique.base.text import Sentence, say, say_count
from pratique.engine.happening import Happening
from pratique.engine.trace import Reason
from pratique.markup.table import Table
from pratique.markup.values import Instant, OnDay, Shape
from pratique.markup.writer import lines
from pratique.rehearsal.replay import OpenQuestion
from pratique.rehearsal.report.reasons import figure_name, last_published
from pratique.rehearsal.report.subject import Subject


def statuses(subject: Subject) -> str:
    """Return every time in which a status held."""
    rows = tuple(_status_rows(subject))
    if not rows:
        return subject.writer.paragraph(say("No status began."))
    heads = (say("status"), say("began"), say("ended"), say("days"))
    return subject.writer.table(
        "statuses-table", Table(say("What held, from when to when"), heads, rows)
    )


def _status_rows(subject: Subject) -> Iterator[tuple[object, ...]]:
    replay = subject.replay
    since: dict[tuple[str, int], Moment] = {}
    held: list[tuple[Moment, str, int, Moment]] = []
    for one in replay.happenings:
        if one.clause in replay.program.statuses:
            if one.edge == "starts":
                since[one.clause, one.row] = one.moment
            elif one.edge == "ends" and (one.clause, one.row) in since:
                held.append((since.pop((one.clause, one.row)), one.clause, one.row, one.moment))
    held += [(start, clause, row, NEVER) for (clause, row), start in since.items()]
    for start, clause, row, end in sorted(held):
        name: object = subject.cited(clause)
        if row >= 0:
            name = say("{clause}, {party}", clause=name, party=subject.party(row))
        still = Shape("inforce", "", say("still held at the end"))
        yield (
            name,
            Instant(start),
            still if end == NEVER else Instant(end, ends=True),
            subject.days(min(end, replay.until) - start),
        )


def late_figures(subject: Subject) -> str:
    """Return where rules would have applied, had figures that came late been known in time."""
    writer = subject.writer
    late = [one for one in subject.replay.happenings if one.edge == "would_have_fired"]
    if not late:
        return writer.paragraph(
            say("No figure that came late shows that a rule would have applied earlier.")
        )
    opening = writer.paragraph(
        say(
            "On these days figures of earlier days came in that show a rule would have applied"
            " then, and has not since. Nothing is paid for it: what was not known was not owed."
        )
    )
    return opening + writer.items(_late(subject, one) for one in late)


def _late(subject: Subject, one: Happening) -> Sentence:
    day, clause = OnDay(one.moment), subject.cited(one.clause)
    if one.row < 0:
        return say("{day}: {clause}", day=day, clause=clause)
    return say("{day}: {clause}, {party}", day=day, clause=clause, party=subject.party(one.row))


def undetermined(subject: Subject) -> str:
    """Return, for each clause, how long its condition was undetermined, when and why."""
    writer, replay = subject.writer, subject.replay
    opening = writer.paragraph(
        say(
            "A condition is undetermined where the figures known then neither met it nor ruled"
            " it out. An unknown figure is not zero. Nothing follows from a condition while it"
            " is undetermined."
        )
    )
    whole = replay.until - replay.begins
    rows = []
    for clause, seconds in replay.standing.undetermined.items():
        if total := int(seconds[replay.scenario].sum()):
            share = total / (seconds.shape[1] * max(1, whole))
            rows.append((share, clause, _days(subject, total, seconds.shape[1])))
    rows.sort(key=lambda row: (-row[0], row[1]))
    if not rows:
        return writer.paragraph(say("No condition was ever undetermined."))
    heads = (say("clause"), say("share of the time"), say("days"))
    table = Table(
        say("How long each condition was undetermined"),
        heads,
        tuple((subject.cited(clause), subject.share(share), days) for share, clause, days in rows),
    )
    return (
        opening
        + writer.table("undetermined-table", table)
        + "".join(_times(subject, row[1]) for row in rows)
    )


def _days(subject: Subject, seconds: int, rows: int) -> object:
    n = subject.days(seconds)
    if rows == 1:
        return say_count("{n} day", "{n} days", n=n)
    return say_count("{n} day, all Parties added up", "{n} days, all Parties added up", n=n)


def _times(subject: Subject, clause: str) -> str:
    questions = [one for one in subject.replay.open_questions if one.clause == clause]
    if not questions:
        return ""
    heads = (say("began"), say("ended"), say("figures wanted"))
    rows = tuple(_question(subject, one) for one in questions)
    table = Table(
        say("When and why {clause} was undetermined", clause=subject.clause(clause)), heads, rows
    )
    summary = say_count(
        "{clause}: {n} time in which it was undetermined",
        "{clause}: {n} times in which it was undetermined",
        n=len(questions),
        clause=subject.clause(clause),
    )
    return subject.writer.details(summary, subject.writer.table(f"open-{clause}", table))


def _question(subject: Subject, one: OpenQuestion) -> tuple[object, ...]:
    wanted = [_wanted(subject, reason, one.since) for reason in one.wanted]
    since: object = Instant(one.since)
    if one.row >= 0:
        since = say("{moment}, {party}", moment=since, party=subject.party(one.row))
    return since, Instant(one.until), lines(subject.writer, wanted or [say("the passing of time")])


def _wanted(subject: Subject, reason: Reason, moment: Moment) -> Sentence:
    last = last_published(subject, reason, moment)
    name = figure_name(subject, reason)
    if last is None:
        return say("{figure}: never reported until then", figure=name)
    return say(
        "{figure}: last figure of {day}, published on {known}",
        figure=name,
        day=subject.day(last.day),
        known=OnDay(last.known),
    )
