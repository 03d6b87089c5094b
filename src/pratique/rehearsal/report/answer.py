# SPDX-License-Identifier: Apache-2.0
"""The head of a report: its question, what must be said first, and the answer in one paragraph."""

from __future__ import annotations

from collections.abc import Iterator

from pratique.base.text import Sentence, say, say_count
from pratique.engine.happening import Happening
from pratique.markup.values import Named, OnDay
from pratique.markup.writer import Html
from pratique.rehearsal.accounts import Outcome, duties_of
from pratique.rehearsal.report.subject import Subject

FIXED = say(
    "The curve is what happened. This report shows what the accord would have owed and when, not"
    " what it would have prevented. Its thresholds were written afterwards."
)


def title(subject: Subject) -> Sentence:
    """Return the question that the report answers."""
    replay = subject.replay
    return say(
        "What would the {accord} have owed, from {begins} to {until}?",
        accord=Named(replay.program.accord.title),
        begins=OnDay(replay.begins),
        until=OnDay(replay.until),
    )


def notice(subject: Subject) -> Html:
    """Return the accord's own first note, word for word, in its language."""
    notes, writer = subject.replay.program.accord.document.notes, subject.writer
    if not notes:
        return Html("")
    return Html(f'<p class="law notice">{writer.html(Named(notes[0]))}</p>')


def answer(subject: Subject) -> str:
    """Return the answer: one paragraph, then the first dates of what fired."""
    writer = subject.writer
    sentences = [*_left_out(subject), *_owed(subject), *_duties(subject), _undetermined(subject)]
    return writer.paragraph(*sentences, kind="answer") + writer.items(_first_dates(subject))


def _left_out(subject: Subject) -> Iterator[Sentence]:
    if subject.baseline is not None:
        yield say("This is the accord without {clauses}.", clauses=left_out(subject))


def left_out(subject: Subject) -> list[object]:
    """Return the clauses that the whole accord has and this one has not."""
    assert subject.baseline is not None
    whole, part = subject.baseline.program, subject.replay.program
    pairs = ((whole.rules, part.rules), (whole.duties, part.duties), (whole.powers, part.powers))
    return [subject.cited(name) for all_, kept in pairs for name in all_ if name not in kept]


def _owed(subject: Subject) -> Iterator[Sentence]:
    committed = [one for one in subject.replay.happenings if one.edge in ("committed", "owes")]
    if not committed:
        yield say("The accord would have owed no payment.")
        return
    yield say(
        "The accord would have owed {amounts} in all, the first of it on {day}.",
        amounts=subject.total(committed),
        day=OnDay(committed[0].moment),
    )
    for one in subject.replay.happenings:
        if one.edge == "short":
            yield say("Not all of it could be met: see the money below.")
            return


def _duties(subject: Subject) -> Iterator[Sentence]:
    outcomes = [debt.outcome for debt in duties_of(subject.replay)]
    due = [one for one in outcomes if one not in (Outcome.OPEN, Outcome.RELEASED)]
    met, late = due.count(Outcome.MET), due.count(Outcome.LATE) + due.count(Outcome.DONE_LATE)
    if not due:
        yield say("No duty fell due.")
        return
    yield say_count(
        "Of {n} duty that fell due, {met} would have been met in time and {late} missed.",
        "Of {n} duties that fell due, {met} would have been met in time and {late} missed.",
        n=len(due),
        met=met,
        late=late,
    )
    if still := outcomes.count(Outcome.OPEN):
        yield say_count(
            "{n} was still open at the end.", "{n} were still open at the end.", n=still
        )


def _undetermined(subject: Subject) -> Sentence:
    return say(
        "For {share} of their time, taken together, its conditions were undetermined for want of"
        " figures.",
        share=subject.share(subject.replay.share_undetermined()),
    )


def _first_dates(subject: Subject) -> Iterator[Sentence]:
    used: dict[str, list[Happening]] = {}
    rules = subject.replay.program.rules
    for one in subject.replay.happenings:
        if one.edge == "used" and one.clause in rules:
            used.setdefault(one.clause, []).append(one)
    for clause, uses in used.items():
        yield say("{clause}: {dates}", clause=subject.cited(clause), dates=_dates(subject, uses))
    idle = [subject.cited(clause) for clause in rules if clause not in used]
    if idle:
        yield say("not reached: {clauses}", clauses=idle)


def _dates(subject: Subject, uses: list[Happening]) -> list[object]:
    rows: dict[int, list[int]] = {}
    for one in uses:
        rows.setdefault(one.moment, []).append(one.row)
    dates: list[object] = []
    for moment, places in rows.items():
        whose = subject.parties(places)
        dates.append(
            say("{day} ({parties})", day=OnDay(moment), parties=whose) if whose else OnDay(moment)
        )
    return dates
