# SPDX-License-Identifier: Apache-2.0
"""What the command `review` shows and asks: passages chosen and sought, their reviews in words."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from pratique.accord.check import Checked
from pratique.accord.kinds import kinds
from pratique.accord.kinds.body import Body
from pratique.accord.model import Accord
from pratique.accord.reviews.passage import Passage, passages
from pratique.accord.reviews.stamp import OFFICE, Stamp
from pratique.accord.reviews.validity import Change, Reviewed, Reviews
from pratique.accord.words.readback.clauses import places, readback
from pratique.base.finding import Finding
from pratique.base.moment import date_of, iso_day
from pratique.base.text import Code, Sentence, say
from pratique.cli.speech import CannotRun, told

ARTICLE_OR_PARAGRAPH = re.compile(r"\d{1,4}(\.\d{1,4})?\Z")
STATUSES = ("reviewed", "stale", "unreviewed", "gone")


@dataclass(frozen=True, slots=True)
class Asked:
    """Which passages are wanted: chosen by number or clause, in one status, with some words."""

    chosen: frozenset[tuple[str, ...]] | None = None
    only: str | None = None
    words: str = ""

    def wants(self, one: Reviewed) -> bool:
        """Say whether a passage is wanted."""
        passage = one.passage
        if self.chosen is not None and passage.labels not in self.chosen:
            return False
        if self.only is not None and self.only != status_of(one):
            return False
        return not self.words or self.words.casefold() in _searched(one).casefold()

    def wants_gone(self, stamp: Stamp) -> bool:
        """Say whether a stamp of what is no longer there is wanted."""
        if self.chosen is not None or self.only not in (None, "gone"):
            return False
        told_of = [*stamp.paragraphs, *stamp.clauses, stamp.by, stamp.note]
        return self.words.casefold() in "\n".join(told_of).casefold()


def status_of(one: Reviewed) -> str:
    """Return a passage's status: stale if it is so for any office."""
    if one.stale:
        return "stale"
    return "reviewed" if one.holding else "unreviewed"


def _searched(one: Reviewed) -> str:
    stamps = [*one.holding, *(stale.stamp for stale in one.stale)]
    passage = one.passage
    words = [" ".join(paragraph.text.split()) for paragraph in passage.paragraphs]
    labels = [clause.label for clause in passage.clauses]
    said = [word for stamp in stamps for word in (stamp.by, stamp.note)]
    return "\n".join([*words, *passage.labels, *passage.names, *labels, *said])


def chosen_passages(names: Sequence[str], accord: Accord) -> tuple[Passage, ...]:
    """Return the passages of articles, paragraphs and clauses; CannotRun if one is not there."""
    there = passages(accord)
    for name in names:
        if not any(_is_named(name, passage) for passage in there):
            raise CannotRun(_not_there(name, accord))
    return tuple(one for one in there if any(_is_named(name, one) for name in names))


def _is_named(name: str, passage: Passage) -> bool:
    articles = {str(paragraph.article) for paragraph in passage.paragraphs}
    return name in articles or name in passage.labels or name in passage.names


def _not_there(name: str, accord: Accord) -> Sentence:
    if not ARTICLE_OR_PARAGRAPH.match(name):
        help_ = accord.scope.suggestion(name, tuple(kinds()))
        if name in accord.scope.symbols:
            return say("{name} stands beside no paragraph", name=Code(name))
        return say("the accord has no clause {name}: {help}", name=Code(name), help=help_)
    if "." in name:
        return say("there is no paragraph {label}", label=name)
    return say("there is no article {number} with paragraphs", number=name)


# --- before a stamp is written --------------------------------------------------------------------


def require_office(office: str, accord: Accord) -> None:
    """CannotRun unless an office is a party's or a body's of the accord, and no person."""
    known = [*accord.scope.parties, *(body.name for body in accord.of_kind(Body))]
    if OFFICE.match(office) and office.rsplit(" of ", maxsplit=1)[-1] in known:
        return
    raise CannotRun(
        say(
            "{office} is no office of the accord: name one of {known}, or an office of one such as"
            " {example}; never a person",
            office=Code(office),
            known=[Code(name) for name in known],
            example=Code(f"legal_adviser of {known[0] if known else 'aldova'}"),
        )
    )


def require_reviewable(passage: Passage, checked: Checked) -> None:
    """CannotRun if a passage has nothing to compare, or a finding that stops adoption."""
    labels = places(passage.labels)
    if not passage.is_formalised:
        raise CannotRun(
            say("{places} has neither a clause nor `none`: nothing was written", places=labels)
        )
    for finding in checked.stops:
        if _is_in(finding, passage, checked.accord):
            raise CannotRun(
                say(
                    "{places} cannot be reviewed, and nothing was written: {code}, on line {line}:"
                    " {why}",
                    places=labels,
                    code=finding.code,
                    line=str(finding.span.line),
                    why=finding.sentence,
                )
            )


def _is_in(finding: Finding, passage: Passage, accord: Accord) -> bool:
    if finding.article:
        return finding.article in passage.labels
    labels = set(passage.labels)
    fences = (one for one in accord.document.fences if not labels.isdisjoint(one.paragraphs))
    return any(0 <= finding.span.line - one.line + 1 <= len(one.lines) for one in fences)


# --- in words -------------------------------------------------------------------------------------


def list_lines(accord: Accord, found: Reviews, asked: Asked) -> Iterator[str]:
    """Iterate over the lines that tell what is wanted of the reviews of an accord."""
    for one in found.passages:
        if asked.wants(one):
            yield from map(told, _sentences(one))
            if asked.chosen is not None:
                yield from _shown(one.passage, accord)
    for stamp in found.gone:
        if asked.wants_gone(stamp):
            where = _where(stamp.paragraphs, stamp.text)
            reviews = [told_stamp(stamp)]
            yield told(
                say("{places}: gone; it was reviewed by {reviews}", places=where, reviews=reviews)
            )


def told_stamp(stamp: Stamp) -> Sentence:
    """Return who reviewed, when, and the note."""
    office, day = Code(stamp.by), date_of(stamp.day)
    if stamp.note:
        return say("{office} on {day} (“{note}”)", office=office, day=day, note=stamp.note)
    return say("{office} on {day}", office=office, day=day)


def _where(labels: tuple[str, ...], text: str) -> Sentence | str:
    if not text:
        return places(labels)
    return say("{places} in {language}", places=places(labels), language=text)


def _sentences(one: Reviewed) -> Iterator[Sentence]:
    where = _where(one.passage.labels, one.text)
    if not one.passage.is_formalised:
        yield say("{places}: it has neither a clause nor `none`", places=where)
    elif not one.holding and not one.stale:
        yield say("{places}: not reviewed", places=where)
    if one.holding:
        reviews = [told_stamp(stamp) for stamp in one.holding]
        yield say("{places}: reviewed by {reviews}", places=where, reviews=reviews)
    for change in dict.fromkeys(stale.change for stale in one.stale):
        reviews = [told_stamp(stale.stamp) for stale in one.stale if stale.change == change]
        yield _stale(change, where, reviews)


def _stale(change: Change, where: Sentence | str, reviews: list[Sentence]) -> Sentence:
    match change:
        case "words":
            return say(
                "{places}: stale, its words have changed since it was reviewed by {reviews}",
                places=where,
                reviews=reviews,
            )
        case "clauses":
            return say(
                "{places}: stale, its clauses have changed since it was reviewed by {reviews}",
                places=where,
                reviews=reviews,
            )
        case "both":
            return say(
                "{places}: stale, its words and its clauses have changed since it was reviewed by"
                " {reviews}",
                places=where,
                reviews=reviews,
            )


def _shown(passage: Passage, accord: Accord) -> Iterator[str]:
    yield ""
    for paragraph in passage.paragraphs:
        yield f"  {paragraph.label}. {' '.join(paragraph.text.split())}"
    yield ""
    if not accord.is_sound:
        why = say("the clauses cannot be read back: see {command}", command=Code("pratique check"))
        yield f"  {told(why)}"
    else:
        for name in passage.names:
            yield from _read(name, accord)
    if not passage.clauses and passage.is_formalised:
        yield f"  {told(say('it asks nothing of the machine'))}"
    yield ""


def _read(name: str, accord: Accord) -> Iterator[str]:
    read = readback(name, accord)
    yield f"  {told(say('{kind} {name}', kind=read.kind, name=Code(name)))}"
    yield from (f"    {told(sentence)}" for sentence in read.sentences)


# --- for machines ---------------------------------------------------------------------------------


def reviews_record(found: Reviews, asked: Asked) -> dict[str, Any]:
    """Return what is wanted of the reviews as plain values."""
    return {
        "passages": [_record(one) for one in found.passages if asked.wants(one)],
        "gone": [stamp_record(stamp) for stamp in found.gone if asked.wants_gone(stamp)],
    }


def _record(one: Reviewed) -> dict[str, Any]:
    passage = one.passage
    return {
        "paragraphs": list(passage.labels),
        "text": one.text or None,
        "line": passage.line,
        "clauses": list(passage.names),
        "words": [paragraph.text for paragraph in passage.paragraphs],
        "status": status_of(one),
        "can_be_reviewed": passage.is_formalised,
        "words_digest": one.words_digest,
        "clauses_digest": one.clauses_digest,
        "reviews": [stamp_record(stamp) for stamp in one.holding],
        "stale": [stamp_record(old.stamp) | {"changed": old.change} for old in one.stale],
    }


def stamp_record(stamp: Stamp) -> dict[str, Any]:
    """Return a stamp as plain values."""
    return {
        "paragraphs": list(stamp.paragraphs),
        "clauses": list(stamp.clauses),
        "text": stamp.text or None,
        "by": stamp.by,
        "date": iso_day(stamp.day),
        "note": stamp.note,
        "words_digest": stamp.words_digest,
        "clauses_digest": stamp.clauses_digest,
    }
