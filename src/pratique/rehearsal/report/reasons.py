# SPDX-License-Identifier: Apache-2.0
"""Why each clause applied: its condition in words, and its figures with their sources."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from pratique.accord.kinds import kinds
from pratique.base.moment import Moment
from pratique.base.text import say
from pratique.engine.happening import Happening
from pratique.engine.trace import Reason
from pratique.markup.table import Table
from pratique.markup.values import Amount, Instant, OnDay, Quoted, Shape
from pratique.rehearsal.history import Publication
from pratique.rehearsal.report.signals import signals
from pratique.rehearsal.report.subject import Subject


def reasons(subject: Subject) -> str:
    """Return, for each rule, status and power that something set off, its condition and figures."""
    groups: dict[str, list[Happening]] = {}
    for one in subject.replay.happenings:
        if _explained(subject, one):
            groups.setdefault(one.clause, []).append(one)
    blocks = [_clause(subject, clause, ones) for clause, ones in groups.items()]
    blocks += signals(subject)
    return "".join(blocks) or subject.writer.paragraph(say("No rule fired."))


def _explained(subject: Subject, one: Happening) -> bool:
    power = subject.replay.program.powers.get(one.clause)
    edge = "opened" if power is not None and power.vote is not None else "used"
    return bool(one.why) and one.edge in (edge, "starts")


def reading(subject: Subject, clause: str) -> str:
    """Return a clause in plain words."""
    typed = subject.replay.program.accord.typed[clause]
    source = typed.source
    return (
        subject.writer.paragraph(*kinds()[source.kind].reading(typed)) if source is not None else ""
    )


def _clause(subject: Subject, clause: str, ones: list[Happening]) -> str:
    writer = subject.writer
    text = writer.heading(3, subject.cited(clause)) + reading(subject, clause)
    by_moment: dict[Moment, list[Happening]] = {}
    for one in ones:
        by_moment.setdefault(one.moment, []).append(one)
    tables = [_table(subject, clause, same, place) for place, same in enumerate(by_moment.values())]
    # The first is shown; those after it, of a clause that was used again and again, are folded.
    rest = "".join(tables[3:])
    return text + "".join(tables[:3]) + (writer.details(say("Later times"), rest) if rest else "")


def _table(subject: Subject, clause: str, ones: list[Happening], place: int) -> str:
    whose = subject.parties(one.row for one in ones)
    moment = Instant(ones[0].moment)
    caption = (
        say("On {moment}, for {parties}", moment=moment, parties=whose)
        if whose
        else say("On {moment}", moment=moment)
    )
    figures = sorted(
        {reason for one in ones for reason in one.why},
        key=lambda reason: (reason.measure, reason.party),
    )
    heads = (say("figure"), say("stood at"), say("speaks of"), say("published"), say("source"))
    rows = tuple(tuple(_cells(subject, reason, ones[0].moment)) for reason in figures)
    table = subject.writer.table(f"why-{clause}-{place}", Table(caption, heads, rows))
    question = subject.replay.undetermined_before(ones[0])
    if question is None:
        return table
    return table + subject.writer.paragraph(
        say(
            "No later than this: from {day} until then figures were missing that it needs.",
            day=OnDay(question.since),
        )
    )


def _cells(subject: Subject, reason: Reason, moment: Moment) -> Iterator[object]:
    yield figure_name(subject, reason)
    if reason.value is None:
        yield Shape("unknown", "?", say("unknown"))
    else:
        yield shown(subject, reason.measure, reason.value)
    behind = _behind(subject, reason, moment)
    if behind is None:
        last = last_published(subject, reason, moment)
        yield say("last: {day}", day=subject.day(last.day)) if last else say("never reported")
        yield OnDay(last.known) if last else say("not before")
        yield (last.reason or Quoted(last.source)) if last else say("no source")
        return
    yield subject.day(behind.day)
    yield OnDay(behind.known)
    yield behind.reason or Quoted(behind.source)


def figure_name(subject: Subject, reason: Reason) -> object:
    """Return a figure by its measure's label and its party."""
    measure = subject.clause(reason.measure)
    if reason.party < 0:
        return measure
    return say("{measure}, {party}", measure=measure, party=subject.party(reason.party))


def shown(subject: Subject, name: str, value: float) -> object:
    """Return a figure as the engine counts it, as people write it."""
    type_ = subject.replay.program.measures[name].type
    if type_.kind == "money":
        return Amount(round(value), type_.unit)
    if type_.kind == "percent":
        return say("{number} %", number=_number(value * 100))
    return _number(value)


def _number(value: float) -> int | Decimal:
    return int(value) if value == int(value) else Decimal(repr(round(value, 9)))


def _behind(subject: Subject, reason: Reason, moment: Moment) -> Publication | None:
    if reason.value is None or reason.spoken is None:
        return None
    found = [one for one in _published(subject, reason, moment) if one.day == reason.spoken]
    return found[-1] if found else None


def last_published(subject: Subject, reason: Reason, moment: Moment) -> Publication | None:
    """Return the figure of the latest day that had been published by a moment."""
    return max(
        _published(subject, reason, moment), key=lambda one: (one.day, one.known), default=None
    )


def _published(subject: Subject, reason: Reason, moment: Moment) -> list[Publication]:
    parties = subject.replay.program.parties
    party = parties[reason.party] if reason.party >= 0 else None
    return [
        one
        for one in subject.replay.history.publications
        if one.measure == reason.measure and one.known <= moment and one.party in (party, None)
    ]
