# SPDX-License-Identifier: Apache-2.0
"""The page: its frame, its order, its style sheet; no script, nothing fetched."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from pratique.base.text import Sentence, say
from pratique.markup.page import page_html
from pratique.markup.table import Table
from pratique.markup.writer import Writer
from pratique.rehearsal.figures import Draw
from pratique.rehearsal.replay import Replay
from pratique.rehearsal.report.answer import FIXED, answer, left_out, notice, title
from pratique.rehearsal.report.articles import articles, records
from pratique.rehearsal.report.beside import beside_history
from pratique.rehearsal.report.duties import duties, procedures
from pratique.rehearsal.report.funds import funds
from pratique.rehearsal.report.making import making
from pratique.rehearsal.report.pictures import pictures
from pratique.rehearsal.report.reasons import reasons
from pratique.rehearsal.report.standings import late_figures, statuses, undetermined
from pratique.rehearsal.report.subject import Subject
from pratique.rehearsal.report.votes import difference_rows, votes


@dataclass(frozen=True, slots=True)
class Section:
    """A part of the page: its anchor, its heading, and what writes it."""

    name: str
    title: Sentence
    body: Callable[[Subject], str]


def report_html(
    replay: Replay,
    *,
    other: Replay | None,
    language: str,
    draw: Draw,
    baseline: Replay | None = None,
) -> str:
    """Return a replay's report as one HTML page that needs nothing else.

    `other` is the same replay with nobody answering in votes; `baseline` the replay of the whole
    accord where `replay` leaves clauses out.
    """
    accord = replay.program.accord
    tongue = accord.document.setting("language", "en")
    labels = {name: accord.label(name) for name in accord.typed}
    translated = frozenset(accord.label(name) for name in accord.translated)
    writer = Writer(language, tongue, replay.program.clock, labels, translated)
    subject = Subject(replay, other, baseline, writer, draw)
    return _page(
        subject,
        [section for section in SECTIONS if section.name != "hanging" or baseline is not None],
    )


def _page(subject: Subject, sections: list[Section]) -> str:
    writer, question = subject.writer, title(subject)
    contents = "".join(
        f'<li><a href="#{one.name}">{writer.html(one.title)}</a></li>' for one in sections
    )
    parts = "".join(_section(subject, one) for one in sections)
    body = (
        f"{writer.heading(1, question)}{notice(subject)}"
        f'<p class="fixed">{writer.html(FIXED)}</p>{answer(subject)}'
        f'<nav aria-labelledby="contents">{writer.heading(2, say("Contents"), "contents")}'
        f"<ol>{contents}</ol></nav>{parts}"
    )
    return page_html(
        writer,
        question,
        body,
        brand=say("Pratique · replay report"),
        skip=say("Skip to the answer"),
    )


def _section(subject: Subject, section: Section) -> str:
    heading = subject.writer.heading(2, section.title, section.name)
    return f'<section aria-labelledby="{section.name}">{heading}{section.body(subject)}</section>'


def _hanging(subject: Subject) -> str:
    assert subject.baseline is not None
    writer = subject.writer
    rows = difference_rows(subject, subject.baseline, subject.replay)
    names = left_out(subject)
    opening = writer.paragraph(
        say("Left out: {clauses}. Only what changes for want of them is shown.", clauses=names)
    )
    if not rows:
        return opening + writer.paragraph(say("Nothing that the accord would have owed changes."))
    heads = (say("day"), say("with it only"), say("without it only"))
    return opening + writer.table(
        "hanging-table", Table(say("What hangs on what was left out"), heads, rows), "beside"
    )


SECTIONS = (
    Section("hanging", say("What hangs on what was left out"), _hanging),
    Section("beside", say("Beside history"), beside_history),
    Section("articles", say("What each article did"), articles),
    Section("charts", say("The figures and the thresholds"), pictures),
    Section("reasons", say("Why each clause applied"), reasons),
    Section("duties", say("Duties"), duties),
    Section("money", say("Money and goods"), funds),
    Section("procedures", say("Procedures"), procedures),
    Section("votes", say("Votes"), votes),
    Section("statuses", say("What held"), statuses),
    Section("undetermined", say("What stayed undetermined, and why"), undetermined),
    Section("late", say("What figures that came late would have changed"), late_figures),
    Section("records", say("Every change, clause by clause"), records),
    Section("making", say("How this was made, and how to verify it"), making),
)
