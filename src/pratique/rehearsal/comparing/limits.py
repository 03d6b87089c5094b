# SPDX-License-Identifier: Apache-2.0
"""What a comparison of two replays rests on and what it cannot know, in sentences."""

from __future__ import annotations

from collections.abc import Iterator

from pratique.base.moment import date_of
from pratique.base.text import Code, Sentence, say, say_count
from pratique.markup.values import Quoted
from pratique.rehearsal.comparing.compared import Replayed
from pratique.rehearsal.drafts import Came
from pratique.rehearsal.replay import Replay

MOST_NAMED = 3
"""Clauses that a sentence names; of more it gives the number."""

FIXED = say(
    "The curve is what happened. This compares what each draft would have owed and when, not what"
    " either would have prevented."
)


def over_words(found: Replayed) -> Sentence:
    """Return over what history both are replayed, under what conduct, and up to when."""
    replay = found.new
    return say(
        "Behaviour over {title}, conduct {conduct}, until {day}",
        title=Quoted(replay.history.title),
        conduct=Code(replay.conduct.name),
        day=date_of(replay.program.clock.day(replay.until)),
    )


def source_words(found: Replayed) -> Sentence:
    """Return whose figures they are, and as of when."""
    replay = found.new
    return say(
        "Source: {source}. Figures count from their publication, the last on {day}.",
        source=Quoted(replay.history.source.rstrip(".") or replay.history.title),
        day=date_of(replay.program.clock.day(replay.until)),
    )


def limits(found: Replayed) -> Iterator[Sentence]:
    """Yield what the comparison cannot know, what always holds first."""
    yield FIXED
    if early := _perhaps_earlier(found):
        yield _earlier_words(found, early)
    yield from _undetermined_words(found)
    yield say(
        "What offices would have done is supposed: another `--conduct` may give another answer."
    )


def _undetermined_words(found: Replayed) -> Iterator[Sentence]:
    unread = {*found.old.history.unused, *found.new.history.unused}
    shares = [round(100 * one.share_undetermined()) for one in (found.old, found.new)]
    if any(shares):
        yield say_count(
            "For want of figures ({n} measure has none) conditions were undetermined for {old} % of"
            " their time in the old draft and {new} % in the new.",
            "For want of figures ({n} measures have none) conditions were undetermined for {old} %"
            " of their time in the old draft and {new} % in the new.",
            n=len(unread),
            old=shares[0],
            new=shares[1],
        )


def _perhaps_earlier(found: Replayed) -> list[str]:
    """Return the clauses that may have applied earlier than is told: it was open until then."""
    sides = (
        (one.clause, replay, came)
        for one in found.differs.shifts
        for replay, came in ((found.old, one.old), (found.new, one.new))
    )
    return list(dict.fromkeys(name for name, replay, came in sides if _was_open(replay, came)))


def _earlier_words(found: Replayed, names: list[str]) -> Sentence:
    if len(names) <= MOST_NAMED:
        return say(
            "May have applied earlier than is told, for figures are missing before: {clauses}.",
            clauses=[found.named(name) for name in names],
        )
    return say_count(
        "{n} clause may have applied earlier than is told: figures are missing before.",
        "{n} clauses may have applied earlier than is told: figures are missing before.",
        n=len(names),
    )


def _was_open(replay: Replay, came: Came | None) -> bool:
    if came is None or came.happening.edge not in ("used", "starts"):
        return False
    return replay.undetermined_before(came.happening) is not None
