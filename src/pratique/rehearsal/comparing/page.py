# SPDX-License-Identifier: Apache-2.0
"""The page of a comparison: behaviour first, then clauses, then words. Nothing is fetched."""

from __future__ import annotations

from importlib import resources

from pratique.base.moment import Clock, date_of
from pratique.base.text import Sentence, say, say_count
from pratique.markup.page import page_html
from pratique.markup.table import Table
from pratique.markup.values import Amount, Named
from pratique.markup.writer import Writer, lines
from pratique.rehearsal.comparing.compared import Comparison, Replayed
from pratique.rehearsal.comparing.curve import chart_of, steps_table
from pratique.rehearsal.comparing.limits import FIXED, limits, over_words, source_words
from pratique.rehearsal.comparing.shifts import every, foremost, others
from pratique.rehearsal.comparing.sums import (
    PAY_ALIKE,
    Ledger,
    ledgers,
    parties_pay_alike,
    totals_words,
    what_words,
)
from pratique.rehearsal.comparing.texts import clauses_html, words_html
from pratique.rehearsal.drafts import Came, Sum
from pratique.rehearsal.figures import Draw

MOST_ROWS, MOST_CHARTS = 1000, 3
"""Changes that the table holds, and pools that are drawn; `--format json` has all."""
PROMISES = ("promised", "owed", "due")


def comparison_html(found: Comparison, *, language: str, draw: Draw) -> str:
    """Return a comparison as one HTML page that needs nothing else."""
    writer = _writer(found, language)
    title = say("{accord}: what differs between two drafts", accord=Named(found.new.accord.title))
    body = (
        f"{writer.heading(1, title)}{_drafts(found, writer)}{_behaviour(found, writer, draw)}"
        f"{_texts(found, writer)}"
    )
    return page_html(
        writer,
        title,
        body,
        brand=say("Pratique · two drafts compared"),
        skip=say("Skip to the answer"),
        further_css=_css(),
    )


def _writer(found: Comparison, language: str) -> Writer:
    accord = found.new.accord
    zone = accord.document.setting("clock", "UTC")
    clock = found.behaviour.new.program.clock if isinstance(found.behaviour, Replayed) else None
    tongue = accord.document.setting("language", "en")
    return Writer(language, tongue, clock or Clock(zone), {})


def _css() -> str:
    return resources.files("pratique.rehearsal.comparing").joinpath("page.css").read_text("utf-8")


def _drafts(found: Comparison, writer: Writer) -> str:
    named = ((say("old draft"), found.old), (say("new draft"), found.new))
    return writer.items(say("{which}: {draft}", which=w, draft=one.sentence) for w, one in named)


# --- behaviour ------------------------------------------------------------------------------------


def _behaviour(found: Comparison, writer: Writer, draw: Draw) -> str:
    if found.is_same:
        return writer.paragraph(say("the drafts are the same"), kind="answer")
    title = writer.heading(2, say("What each draft would have done"), "behaviour")
    if isinstance(found.behaviour, Sentence):
        reason = say("This is left out: {reason}.", reason=found.behaviour)
        return _section("behaviour", title + writer.paragraph(reason, kind="fixed"))
    replayed = found.behaviour
    opening = (
        f'<p class="fixed">{writer.html(FIXED)}</p>'
        + writer.paragraph(over_words(replayed))
        + writer.paragraph(source_words(replayed), kind="quiet")
        + writer.items(found.asides)
    )
    if replayed.differs.is_same:
        same = say("no difference: the same comes about on the same days")
        return _section("behaviour", title + opening + writer.paragraph(same, kind="answer"))
    answer = [*foremost(replayed), *totals_words(replayed)]
    parts = [
        opening,
        f'<div class="answer">{writer.items(answer)}</div>',
        *(_ledger(replayed, one, writer) for one in ledgers(replayed)),
        writer.paragraph(PAY_ALIKE)
        if parties_pay_alike(replayed) and replayed.differs.totals
        else "",
        *_charts(replayed, writer, draw),
        _others(replayed, writer),
        writer.heading(3, say("What this cannot know")),
        writer.items(list(limits(replayed))[1:]),
    ]
    return _section("behaviour", title + "".join(parts))


def _section(name: str, body: str) -> str:
    return f'<section aria-labelledby="{name}">{body}</section>'


def _others(found: Replayed, writer: Writer) -> str:
    rest = others(found)
    heading = writer.heading(3, say("What else comes at other times")) if rest else ""
    return heading + writer.items(rest) + _every(found, writer)


def _every(found: Replayed, writer: Writer) -> str:
    changes = every(found)
    rows = tuple(
        (_day(one.old), _day(one.new), _later(one.days), words)
        for one, words in changes[:MOST_ROWS]
    )
    if not rows:
        return ""
    heads = (say("old draft"), say("new draft"), say("difference"), say("what comes about"))
    caption = say("Every change that does not come on the same day in both")
    left = len(changes) - MOST_ROWS
    more = say_count(
        "{n} more change is left out here; `--format json` has it.",
        "{n} more changes are left out here; `--format json` has them.",
        n=max(left, 0),
    )
    table = writer.table("every", Table(caption, heads, rows), "changes")
    count = say_count(
        "The {n} change, with its days", "All {n} changes, with their days", n=len(changes)
    )
    return writer.details(count, table + (writer.paragraph(more) if left > 0 else ""))


def _day(came: Came | None) -> object:
    return date_of(came.day) if came is not None else say("not at all")


def _later(days: int | None) -> object:
    if days is None:
        return say("in one draft only")
    if days < 0:
        return say_count("{n} day earlier", "{n} days earlier", n=-days)
    return say_count("{n} day later", "{n} days later", n=days)


# --- money ----------------------------------------------------------------------------------------


def _ledger(found: Replayed, ledger: Ledger, writer: Writer) -> str:
    caption = say("{what}, by Party", what=what_words(found, ledger))
    heads = (say("Party"), say("first of it"), say("in all"), say("difference"))
    rows = [_row(found, one, writer) for one in ledger.rows]
    if len(rows) > 1 and ledger.total is not None:
        rows.append(_row(found, ledger.total, writer))
    name = f"{ledger.what}-{ledger.under}-{ledger.type.unit}".replace(" ", "-")
    return writer.table(name, Table(caption, heads, tuple(rows)), "sums")


def _row(found: Replayed, one: Sum, writer: Writer) -> tuple[object, ...]:
    party = found.named(one.party) if one.party else say("all Parties")
    more = _amount(abs(one.more), one)
    difference: object = say("the same")
    if one.more:
        template = (
            say("{amount} more", amount=more) if one.more > 0 else say("{amount} less", amount=more)
        )
        difference = template
    amounts = [_amount(side.units, one) for side in (one.new, one.old)]
    both = (
        [amounts[0]] if amounts[0] == amounts[1] else [amounts[0], say("not {old}", old=amounts[1])]
    )
    return (party, lines(writer, _first(one)), lines(writer, both), difference)


def _first(one: Sum) -> list[object]:
    old, new = one.old.first, one.new.first
    if new is None:
        assert old is not None
        return [say("never"), say("not {old}", old=date_of(old))]
    if old is None or old == new:
        return [date_of(new)] if old is not None else [date_of(new), say("before: never")]
    return [date_of(new), say("not {old}", old=date_of(old)), _later(one.days)]


def _amount(units: int, one: Sum) -> object:
    return Amount(units, one.type.unit if one.type.kind == "money" else "")


def _charts(found: Replayed, writer: Writer, draw: Draw) -> list[str]:
    money = [one for one in ledgers(found) if one.type.kind == "money" and one.what in PROMISES]
    return [
        _figure(found, ledger, writer, draw, f"sums-{place}")
        for place, ledger in enumerate(money[:MOST_CHARTS])
    ]


def _figure(found: Replayed, ledger: Ledger, writer: Writer, draw: Draw, name: str) -> str:
    chart = chart_of(found, ledger, writer.language, name=name)
    wide, narrow = draw(chart), draw(chart.narrowed())
    table = writer.table(f"{name}-table", steps_table(found, ledger))
    return (
        f"<figure><figcaption>{writer.heading(3, chart.title)}</figcaption>"
        f'<div class="wide">{wide.svg}</div><div class="phone">{narrow.svg}</div>'
        f"{writer.details(say('Every step in the chart, as a table'), table)}</figure>"
    )


# --- clauses and words ----------------------------------------------------------------------------


def _texts(found: Comparison, writer: Writer) -> str:
    parts = []
    if found.settings or found.clauses:
        title = writer.heading(2, say("Clauses"), "clauses")
        parts.append(_section("clauses", title + clauses_html(found, writer)))
    if found.words:
        title = writer.heading(2, say("Words"), "words")
        parts.append(_section("words", title + words_html(found.words, writer)))
    return "".join(parts)
