# SPDX-License-Identifier: Apache-2.0
"""Duties: what was owed by whom to whom, raised and due when, and whether it was done."""

from __future__ import annotations

from dataclasses import replace

from pratique.accord.kinds.duty import Duty
from pratique.accord.kinds.procedure import Procedure
from pratique.accord.words.reading import who_words
from pratique.base.moment import NEVER, Moment
from pratique.base.text import Sentence, say
from pratique.engine.rows.records import CaseRecord
from pratique.markup.table import Table
from pratique.markup.values import Instant, Named, OnDay
from pratique.markup.writer import lines
from pratique.rehearsal.accounts import Debt, Outcome, duties_of
from pratique.rehearsal.chronicle import part_label
from pratique.rehearsal.report.subject import Subject, shape_of

_WORST_FIRST = (Outcome.LATE, Outcome.DONE_LATE, Outcome.OPEN, Outcome.MET, Outcome.RELEASED)


def duties(subject: Subject) -> str:
    """Return every duty that was raised, the worst first, and what is forbidden."""
    writer, debts = subject.writer, duties_of(subject.replay)
    if not debts:
        return writer.paragraph(say("No duty was raised.")) + _forbidden(subject)
    alike: dict[object, list[Debt]] = {}
    for debt in sorted(debts, key=lambda debt: (_WORST_FIRST.index(debt.outcome), debt.raised)):
        alike.setdefault(replace(debt, row=-1), []).append(debt)
    heads = (
        say("duty"),
        say("how it ended"),
        say("owed by"),
        say("owed to"),
        say("raised"),
        say("due"),
        say("done"),
    )
    table = Table(
        say("Every duty that was raised"),
        heads,
        tuple(_row(subject, same) for same in alike.values()),
    )
    return writer.table("duties-table", table) + _forbidden(subject)


def _row(subject: Subject, same: list[Debt]) -> tuple[object, ...]:
    """Return the row of duties that differ only in who owes them."""
    debt = same[0]
    duty = subject.replay.program.duties[debt.clause]
    return (
        subject.cited(debt.clause),
        shape_of(debt),
        [_debtor(subject, duty, one.row) for one in same],
        who_words(duty.to) if duty.to else say("nobody named"),
        Instant(debt.raised),
        due_words(debt),
        _done(debt),
    )


def _debtor(subject: Subject, duty: Duty, row: int) -> object:
    debtor = subject.debtor(duty.name, row)
    if row < 0 or debtor == subject.party(row):
        return debtor
    return say("{office}, for {party}", office=debtor, party=subject.party(row))


def due_words(debt: Debt) -> object:
    """Return when a debt is due; a day-based term ends with its last day."""
    return Instant(debt.due, ends=True) if debt.due != NEVER else say("no time set")


def _done(debt: Debt) -> object:
    if debt.done != NEVER:
        return Instant(debt.done)
    if debt.released != NEVER:
        return say("no longer owed since {moment}", moment=Instant(debt.released))
    return say("not by the end")


def procedures(subject: Subject) -> str:
    """Return every case of every procedure: when each step was done or missed, how it ended."""
    writer, standing = subject.writer, subject.replay.standing
    rows: list[tuple[object, ...]] = []
    for name, cases in standing.cases.items():
        listed = [
            case
            for record in cases.records[subject.replay.scenario :][:1]
            for case in record.cases.values()
        ]
        procedure = subject.replay.program.procedures[name]
        rows += [_case(subject, procedure, case) for case in listed]
    if not rows:
        return writer.paragraph(say("No case of a procedure was opened."))
    heads = (say("case"), say("what came about"))
    return writer.table("cases-table", Table(say("Every case"), heads, tuple(rows)))


def _case(subject: Subject, procedure: Procedure, case: CaseRecord) -> tuple[object, ...]:
    name, number = subject.cited(procedure.name), case.number
    what = say("{procedure}, case {n}", procedure=name, n=number)
    if procedure.per_party:
        party = subject.party(case.row)
        what = say("{procedure}, {party}, case {n}", procedure=name, party=party, n=number)
    changes = [say("{day}: opened", day=OnDay(case.opened))]
    changes += [_change(procedure, *change) for change in case.changes if change[1]]
    if case.closed == NEVER:
        changes.append(say("still open at the end"))
    return what, lines(subject.writer, changes)


def _change(procedure: Procedure, moment: Moment, part: str, edge: str) -> Sentence:
    label, day = Named(part_label(procedure, part)), OnDay(moment)
    if edge == "missed":
        return say("{day}: {step} is missed", day=day, step=label)
    if any(step.name == part for step in procedure.steps):
        return say("{day}: {step} is done", day=day, step=label)
    return say("{day}: closed with {end}", day=day, end=label)


def _forbidden(subject: Subject) -> str:
    forbidden = [duty for duty in subject.replay.program.duties.values() if duty.prohibits]
    if not forbidden:
        return ""
    names = [subject.cited(duty.name) for duty in forbidden]
    return subject.writer.paragraph(
        say(
            "What is forbidden raises no debt: history does not tell whether it was kept. Not"
            " judged here: {duties}.",
            duties=names,
        )
    )
