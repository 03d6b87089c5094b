# SPDX-License-Identifier: Apache-2.0
"""Beside history: what the accord would have owed and what happened, day by day."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from pratique.base.moment import NEVER, Day
from pratique.base.text import Sentence, say, say_count
from pratique.engine.happening import Happening
from pratique.markup.table import Table
from pratique.markup.values import Instant, Named, Quoted
from pratique.markup.writer import Html, lines
from pratique.rehearsal.chronicle import part_label, without_echoes
from pratique.rehearsal.history import Event
from pratique.rehearsal.report.subject import Subject

SHOWN = (
    "used", "starts", "ends", "missed", "refused", "short", "unpaid", "owes", "would_have_fired",
)  # fmt: skip


def beside_history(subject: Subject) -> str:
    """Return the table of the accord's days and history's, and how many events fall outside."""
    replay, writer = subject.replay, subject.writer
    clock = replay.program.clock
    owed: dict[Day, list[Sentence]] = {}
    for moment, sentence in told(subject, replay.happenings):
        owed.setdefault(clock.day(moment), []).append(sentence)
    first, last = clock.day(replay.begins), clock.day(replay.until)
    events: dict[Day, list[Event]] = {}
    for event in replay.history.events:
        if first <= event.day <= last:
            events.setdefault(event.day, []).append(event)
    rows = [
        (
            subject.day(day),
            lines(writer, owed.get(day, [])),
            _happened(subject, events.get(day, [])),
        )
        for day in sorted({*owed, *events})
    ]
    caption = say("What the accord would have owed, and what happened")
    heads = (say("day"), say("the accord would have owed"), say("in history"))
    return writer.table("beside-table", Table(caption, heads, tuple(rows)), "beside") + _outside(
        subject, first, last
    )


def _outside(subject: Subject, first: Day, last: Day) -> str:
    n = sum(not first <= event.day <= last for event in subject.replay.history.events)
    if not n:
        return ""
    return subject.writer.paragraph(
        say_count(
            "{n} event of history outside these days is not shown.",
            "{n} events of history outside these days are not shown.",
            n=n,
        ),
        kind="quiet",
    )


def _happened(subject: Subject, events: list[Event]) -> Html:
    return Html("".join(_event(subject, event) for event in events))


def _event(subject: Subject, event: Event) -> str:
    writer = subject.writer
    source = say("Source: {source}", source=Quoted(event.source))
    return f"<div>{writer.html(Quoted(event.words))} <small>{writer.html(source)}</small></div>"


def told(
    subject: Subject, happenings: tuple[Happening, ...], edges: tuple[str, ...] = SHOWN
) -> Iterator[tuple[int, Sentence]]:
    """Yield, for each moment and clause, what came about that a reader must know, in a sentence."""
    groups: dict[tuple[int, str, str], list[Happening]] = {}
    for one in without_echoes(subject.whole.program, happenings):
        if one.edge in edges or _is_of_a_case(subject, one):
            groups.setdefault((one.moment, one.clause, one.edge), []).append(one)
    promised: dict[tuple[int, str], list[Happening]] = {}
    for one in happenings:
        if one.edge == "committed":
            promised.setdefault((one.moment, one.clause), []).append(one)
    for (moment, clause, edge), ones in groups.items():
        commitments = promised.pop((moment, clause), []) if edge == "used" else []
        if sentence := _told(subject, edge, ones, commitments):
            yield moment, sentence
    for (moment, clause), commitments in promised.items():
        yield moment, _promise(subject, clause, commitments)


def _told(
    subject: Subject, edge: str, ones: list[Happening], commitments: list[Happening]
) -> Sentence | None:
    clause = ones[0].clause
    if _is_of_a_case(subject, ones[0]):
        return _case(subject, edge, ones)
    if edge == "used" and commitments:
        return _promise(subject, clause, commitments)
    if edge == "used" and clause in subject.whole.program.powers:
        return say("{clause}: decided", clause=subject.cited(clause))
    if edge in _SAID:
        return _SAID[edge](subject, ones)
    return _plainly(edge, subject.cited(clause), subject.parties(one.row for one in ones))


def _refused(subject: Subject, ones: list[Happening]) -> Sentence:
    return say("{clause}: put to the vote and not carried", clause=subject.cited(ones[0].clause))


def _short(subject: Subject, ones: list[Happening]) -> Sentence:
    name, amount = subject.cited(ones[0].clause), subject.total(ones)
    return say("{clause}: {amount} could not be met", clause=name, amount=amount)


def _unpaid(subject: Subject, ones: list[Happening]) -> Sentence:
    return say("{clause}: a payment missed its time", clause=subject.cited(ones[0].clause))


def _owes(subject: Subject, ones: list[Happening]) -> Sentence:
    name, amount = subject.cited(ones[0].clause), subject.total(ones)
    payers: list[Named] = [subject.office(one.by) for one in ones if one.by]
    return say(
        "{clause}: {amount} owed by {debtors}",
        clause=name,
        amount=amount,
        debtors=list(dict.fromkeys(payers)),
    )


def _would_have(subject: Subject, ones: list[Happening]) -> Sentence:
    name, whose = subject.cited(ones[0].clause), subject.parties(one.row for one in ones)
    if whose:
        return say(
            "{clause}: late figures show that it would have applied to {parties}",
            clause=name,
            parties=whose,
        )
    return say("{clause}: late figures show that it would have applied", clause=name)


def _raised(subject: Subject, ones: list[Happening]) -> Sentence:
    one, name = ones[0], subject.cited(ones[0].clause)
    debtors = subject.debtors(one.clause, [each.row for each in ones])
    if one.due == NEVER:
        return say("{clause}: owed by {debtors}", clause=name, debtors=debtors)
    due = Instant(one.due, ends=True)
    return say("{clause}: owed by {debtors}, due {due}", clause=name, debtors=debtors, due=due)


def _missed(subject: Subject, ones: list[Happening]) -> Sentence:
    clause = ones[0].clause
    debtors = subject.debtors(clause, [one.row for one in ones])
    return say("{clause}: missed by {debtors}", clause=subject.cited(clause), debtors=debtors)


_SAID: dict[str, Callable[[Subject, list[Happening]], Sentence]] = {
    "refused": _refused,
    "short": _short,
    "unpaid": _unpaid,
    "owes": _owes,
    "would_have_fired": _would_have,
    "raised": _raised,
    "missed": _missed,
}


def _is_of_a_case(subject: Subject, one: Happening) -> bool:
    """Say whether it is the opening of a case, a step missed, or the end that a case came to."""
    whole, _, part = one.clause.partition(".")
    procedure = subject.whole.program.procedures.get(whole)
    if procedure is None:
        return False
    steps = [step.name for step in procedure.steps]
    return one.edge == ("missed" if part in steps else "done" if part else "opened")


def _case(subject: Subject, edge: str, ones: list[Happening]) -> Sentence:
    whole, _, part = ones[0].clause.partition(".")
    procedure = subject.whole.program.procedures[whole]
    name, whose = subject.cited(whole), subject.parties(one.row for one in ones)
    label = Named(part_label(procedure, part))
    match edge, bool(whose):
        case "opened", True:
            return say("{clause}: a case is opened for {parties}", clause=name, parties=whose)
        case "opened", False:
            return say("{clause}: a case is opened", clause=name)
        case "missed", True:
            return say(
                "{clause}, {parties}: {step} is missed", clause=name, parties=whose, step=label
            )
        case "missed", False:
            return say("{clause}: {step} is missed", clause=name, step=label)
        case _, True:
            return say(
                "{clause}, {parties}: closed with {end}", clause=name, parties=whose, end=label
            )
    return say("{clause}: closed with {end}", clause=name, end=label)


def _plainly(edge: str, name: object, whose: list[object] | object) -> Sentence:
    match edge, bool(whose):
        case "starts", True:
            return say("{clause} starts in {parties}", clause=name, parties=whose)
        case "starts", False:
            return say("{clause} starts", clause=name)
        case "ends", True:
            return say("{clause} ends in {parties}", clause=name, parties=whose)
        case "ends", False:
            return say("{clause} ends", clause=name)
        case _, True:
            return say("{clause}: used for {parties}", clause=name, parties=whose)
    return say("{clause}: used", clause=name)


def _promise(subject: Subject, clause: str, ones: list[Happening]) -> Sentence:
    name, latest = subject.cited(clause), max(one.due for one in ones)
    whose = subject.parties(one.row for one in ones)
    total = subject.total(ones)
    if latest == NEVER:
        return _promise_without_time(name, total, whose, alone=len(ones) == 1)
    due = Instant(latest, ends=True)
    if not whose:
        return say("{clause}: {amount}, due {due}", clause=name, amount=total, due=due)
    if len(ones) == 1:
        return say(
            "{clause}: {amount} to {parties}, due {due}",
            clause=name,
            amount=total,
            parties=whose,
            due=due,
        )
    return say(
        "{clause}: {amount} in all to {parties}, due {due}",
        clause=name,
        amount=total,
        parties=whose,
        due=due,
    )


def _promise_without_time(
    name: object, total: object, whose: list[object] | object, *, alone: bool
) -> Sentence:
    if not whose:
        return say("{clause}: {amount}, no time set", clause=name, amount=total)
    if alone:
        return say(
            "{clause}: {amount} to {parties}, no time set", clause=name, amount=total, parties=whose
        )
    return say(
        "{clause}: {amount} in all to {parties}, no time set",
        clause=name,
        amount=total,
        parties=whose,
    )
