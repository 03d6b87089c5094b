# SPDX-License-Identifier: Apache-2.0
"""What each article did in a history, paragraph by paragraph; and every change that is counted.

Nothing is judged: a clause that did nothing in one history may do much in another.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from pratique.accord.document import Article, Paragraph
from pratique.accord.kinds.duty import Duty
from pratique.accord.kinds.pool import Pool
from pratique.accord.kinds.power import Power
from pratique.accord.kinds.procedure import Procedure
from pratique.accord.kinds.rule import Rule
from pratique.accord.kinds.status import Status
from pratique.accord.model import Typed
from pratique.base.text import Sentence, say, say_count
from pratique.engine.happening import Happening
from pratique.markup.table import Table
from pratique.markup.values import Named, OnDay
from pratique.markup.writer import Html, joined, lines
from pratique.rehearsal.chronicle import (
    alike,
    clause_of,
    part_label,
    together_words,
    without_echoes,
)
from pratique.rehearsal.report.subject import Subject

_ACTING = Rule | Duty | Power | Status | Pool | Procedure
Changes = dict[tuple[str, str], list[Happening]]
"""What came about of one clause, by clause or part of it and by change, in order."""


def articles(subject: Subject) -> str:
    """Return, for each article, what its paragraphs did: counts that lead to their records."""
    changes = changes_by_clause(subject)
    document = subject.replay.program.accord.document
    return _opening(subject, changes) + "".join(
        _article(subject, article, changes) for article in document.articles if article.paragraphs
    )


def _opening(subject: Subject, changes: dict[str, Changes]) -> str:
    typed = subject.replay.program.accord.typed
    acting = [name for name, one in typed.items() if isinstance(one, _ACTING)]
    idle = [name for name in acting if not changes[name]]
    return subject.writer.paragraph(
        say(
            "Of the {all} clauses that can act, {idle} did nothing in this history. Each number"
            " below leads to the changes that it counts.",
            all=len(acting),
            idle=len(idle),
        )
    )


def changes_by_clause(subject: Subject) -> dict[str, Changes]:
    """Return what came about, by clause, in the order of the text."""
    program = subject.replay.program
    found: dict[str, Changes] = {name: {} for name in program.accord.typed}
    for one in without_echoes(program, subject.replay.happenings):
        found.setdefault(clause_of(one), {}).setdefault((one.clause, one.edge), []).append(one)
    return found


def _article(subject: Subject, article: Article, changes: dict[str, Changes]) -> str:
    caption = say("Article {number}", number=article.number)
    if article.title:
        title = Named(article.title)
        caption = say("Article {number}: {title}", number=article.number, title=title)
    rows = tuple(
        (paragraph.label, _paragraph(subject, paragraph, changes))
        for paragraph in article.paragraphs
    )
    table = Table(caption, (say("paragraph"), say("what it did in this history")), rows)
    return subject.writer.table(f"article-{article.number}", table, "did")


def _paragraph(subject: Subject, paragraph: Paragraph, changes: dict[str, Changes]) -> Html:
    typed = subject.replay.program.accord.typed
    own = [one for one in typed.values() if paragraph.label in one.source.paragraphs]
    # A clause of several paragraphs is told at the first of them.
    here = [one for one in own if one.source.paragraphs[0] == paragraph.label]
    said: list[object] = [
        _clause(subject, one, changes[one.name])
        for one in here
        if isinstance(one, _ACTING) or changes[one.name]
    ]
    defining = [subject.clause(one.name) for one in here if _defines(one) and not changes[one.name]]
    if defining:
        said.append(say("Defines: {names}.", names=defining))
    if not said and own:
        first = own[0].source.paragraphs[0]
        said.append(say("See paragraph {number}.", number=first))
    return lines(subject.writer, said or [say("No clause.")])


def _defines(one: Typed) -> bool:
    return not isinstance(one, _ACTING)


def _clause(subject: Subject, one: Typed, changes: Changes) -> Html:
    name = subject.clause(one.name)
    if isinstance(one, Duty) and one.prohibits:
        said = [say("{clause}: forbids; history does not tell whether it was kept.", clause=name)]
    elif changes:
        did = [_did(subject, one, key, ones, linked=True) for key, ones in changes.items()]
        first = OnDay(min(ones[0].moment for ones in changes.values()))
        said = [say("{clause}: {did}; first on {day}.", clause=name, did=did, day=first)]
    else:
        said = [say("{clause}: did nothing in this history.", clause=name)]
    return joined(subject.writer, [*said, *_undetermined(subject, one.name)])


def _undetermined(subject: Subject, name: str) -> Iterator[Sentence]:
    replay = subject.replay
    seconds = replay.standing.undetermined.get(name)
    if seconds is None or not seconds[replay.scenario].any():
        return
    time = seconds.shape[1] * max(1, replay.until - replay.begins)
    part = float(seconds[replay.scenario].sum()) / time
    share: object = subject.share(part) if part >= 0.005 else say("less than 1 %")
    if any(one.clause == name for one in replay.open_questions):
        share = _link(subject, f"open-{name}", share)
    yield say("Undetermined for {share} of its time.", share=share)


def _link(subject: Subject, anchor: str, words: object) -> Html:
    return Html(f'<a href="#{anchor}">{subject.writer.html(words)}</a>')


# --- how often ------------------------------------------------------------------------------------


def _did(
    subject: Subject, one: Typed, key: tuple[str, str], ones: list[Happening], *, linked: bool
) -> Sentence:
    clause, edge = key
    words = say_count("{n} time", "{n} times", n=len(ones))
    times: object = _link(subject, anchor_of(key), words) if linked else words
    part = clause.partition(".")[2]
    if part and isinstance(one, Procedure):
        return _part_did(one, part, edge, times)
    if edge in _OF_AMOUNTS:
        return _OF_AMOUNTS[edge](subject.total(ones), times)
    words_of = _OTHERS.get((type(one).__name__, edge)) or _OTHERS["", edge]
    return words_of(times)


def anchor_of(key: tuple[str, str]) -> str:
    """Return the anchor of the records of a clause's or part's change."""
    return f"records-{key[0].replace('.', '-of-')}-{key[1]}"


def _part_did(procedure: Procedure, part: str, edge: str, times: object) -> Sentence:
    label = Named(part_label(procedure, part))
    if edge == "missed":
        return say("step {step} missed {times}", step=label, times=times)
    if any(step.name == part for step in procedure.steps):
        return say("step {step} done {times}", step=label, times=times)
    return say("closed with {end} {times}", end=label, times=times)


_OF_AMOUNTS: dict[str, Callable[[object, object], Sentence]] = {
    "committed": lambda amount, times: say(
        "promised {amount} ({times})", amount=amount, times=times
    ),
    "held": lambda amount, times: say("held {amount} ready ({times})", amount=amount, times=times),
    "released": lambda amount, times: say(
        "no longer held {amount} ({times})", amount=amount, times=times
    ),
    "short": lambda amount, times: say("short of {amount} ({times})", amount=amount, times=times),
    "owes": lambda amount, times: say(
        "owed {amount} to others ({times})", amount=amount, times=times
    ),
    "claimed": lambda amount, times: say(
        "asked for {amount} ({times})", amount=amount, times=times
    ),
}


_OTHERS: dict[tuple[str, str], Callable[[object], Sentence]] = {
    ("Rule", "used"): lambda times: say("applied {times}", times=times),
    ("Power", "used"): lambda times: say("decided {times}", times=times),
    ("Power", "opened"): lambda times: say("put to decision {times}", times=times),
    ("Power", "refused"): lambda times: say("came to nothing {times}", times=times),
    ("", "raised"): lambda times: say("owed {times}", times=times),
    ("Pool", "done"): lambda times: say("contribution paid {times}", times=times),
    ("Pool", "missed"): lambda times: say("contribution missed {times}", times=times),
    ("", "done"): lambda times: say("done {times}", times=times),
    ("", "missed"): lambda times: say("missed {times}", times=times),
    ("", "ended"): lambda times: say("no longer owed {times}", times=times),
    ("", "reported_late"): lambda times: say("reported late {times}", times=times),
    ("", "starts"): lambda times: say("began {times}", times=times),
    ("", "ends"): lambda times: say("ended {times}", times=times),
    ("", "happens"): lambda times: say("happened {times}", times=times),
    ("", "paid"): lambda times: say("paid {times}", times=times),
    ("", "unpaid"): lambda times: say("a payment missed {times}", times=times),
    ("", "opened"): lambda times: say("case opened {times}", times=times),
    ("", "would_have_fired"): lambda times: say(
        "would have applied {times} had figures not come late", times=times
    ),
}


# --- the records ----------------------------------------------------------------------------------


def records(subject: Subject) -> str:
    """Return every change that is counted above, clause by clause, dated."""
    writer = subject.writer
    blocks = []
    for name, changes in changes_by_clause(subject).items():
        if changes:
            count = sum(map(len, changes.values()))
            summary = say_count(
                "{clause}: {n} change", "{clause}: {n} changes", n=count, clause=subject.cited(name)
            )
            blocks.append(writer.details(summary, _changes(subject, name, changes)))
    return "".join(blocks) or writer.paragraph(say("Nothing came about."))


def _changes(subject: Subject, name: str, changes: Changes) -> str:
    writer, typed = subject.writer, subject.replay.program.accord.typed[name]
    text = ""
    for key, ones in changes.items():
        did = _did(subject, typed, key, ones, linked=False)
        heading = say("{clause}: {did}", clause=subject.clause(name), did=did)
        text += writer.heading(3, heading, anchor_of(key))
        text += writer.items(_dated(subject, ones), "ol")
    return text


def _dated(subject: Subject, ones: Iterable[Happening]) -> Iterator[Sentence]:
    together: dict[object, list[Happening]] = {}
    for one in ones:
        together.setdefault(alike(one), []).append(one)
    for same in together.values():
        words = together_words(subject.replay.program, same)
        yield say("{day}: {what}", day=OnDay(same[0].moment), what=words)
