# SPDX-License-Identifier: Apache-2.0
"""Votes: each as it would go with the conduct's ballots, and with nobody answering."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from pratique.base.moment import NEVER, Moment
from pratique.base.text import Sentence, say
from pratique.markup.table import Table
from pratique.markup.values import Instant
from pratique.markup.writer import lines
from pratique.rehearsal.comparison import differences
from pratique.rehearsal.replay import Replay
from pratique.rehearsal.report.beside import SHOWN, told
from pratique.rehearsal.report.subject import Subject


@dataclass(frozen=True, slots=True)
class Ballot:
    """A vote that was held: opened when, decided when (NEVER: still open), carried or not."""

    clause: str
    row: int
    opened: Moment
    decided: Moment
    carried: bool


def votes_of(replay: Replay) -> tuple[Ballot, ...]:
    """Return every vote of a replay, in order of being opened."""
    held: list[Ballot] = []
    for one in replay.happenings:
        power = replay.program.powers.get(one.clause)
        if power is None or power.vote is None:
            continue
        if one.edge == "opened":
            held.append(Ballot(one.clause, one.row, one.moment, NEVER, False))
        elif one.edge in ("used", "refused"):
            place = max(
                i for i, vote in enumerate(held) if (vote.clause, vote.row) == (one.clause, one.row)
            )
            if held[place].decided != NEVER:
                continue  # carried, and not confirmed in time: the vote stays what it was
            held[place] = Ballot(
                one.clause, one.row, held[place].opened, one.moment, one.edge == "used"
            )
    return tuple(held)


def votes(subject: Subject) -> str:
    """Return each vote with its outcomes side by side, and what else differs between them."""
    writer, held = subject.writer, votes_of(subject.replay)
    quiet = votes_of(subject.silent) if subject.silent else ()
    keys = sorted({(vote.opened, vote.clause, vote.row) for vote in (*held, *quiet)})
    if not keys:
        return writer.paragraph(say("Nothing was put to a vote.")) + _otherwise(subject)
    heads = [say("vote"), say("opened"), _supposed(subject)]
    if subject.silent is not None:
        heads.append(say("if nobody answers"))
    rows = tuple(tuple(_cells(subject, key, held, quiet)) for key in keys)
    return writer.table(
        "votes-table", Table(say("Every vote, and how it would go"), tuple(heads), rows)
    ) + _otherwise(subject)


def _supposed(subject: Subject) -> Sentence:
    conduct = subject.replay.conduct
    if conduct.offices or conduct.clauses:
        return say("if all vote as the conduct says")
    match conduct.ballot:
        case "yes":
            return say("if all vote yes")
        case "no":
            return say("if all vote no")
        case "abstain":
            return say("if all abstain")
    return say("if nobody answers")


def _cells(
    subject: Subject,
    key: tuple[Moment, str, int],
    held: tuple[Ballot, ...],
    quiet: tuple[Ballot, ...],
) -> Iterator[object]:
    opened, clause, row = key
    name = subject.cited(clause)
    yield say("{clause}, {party}", clause=name, party=subject.party(row)) if row >= 0 else name
    yield Instant(opened)
    for ballots in (held, quiet) if subject.silent is not None else (held,):
        same = [vote for vote in ballots if (vote.opened, vote.clause, vote.row) == key]
        yield _outcome(same[0]) if same else say("not held")


def _outcome(vote: Ballot) -> object:
    if vote.decided == NEVER:
        return say("still open at the end")
    if vote.carried:
        return say("carried on {moment}", moment=Instant(vote.decided))
    return say("not carried, on {moment}", moment=Instant(vote.decided))


def _otherwise(subject: Subject) -> str:
    writer = subject.writer
    if subject.silent is None:
        return ""
    votes_only = {*subject.replay.program.powers}
    found = [
        one
        for one in differences(subject.replay, subject.silent)
        if one.happening.clause not in votes_only
    ]
    if not found:
        return writer.paragraph(
            say("If nobody answers in votes, nothing else that the accord would have owed differs.")
        )
    heads = (say("day"), _supposed(subject), say("if nobody answers"))
    return writer.table(
        "silence-table",
        Table(
            say("What else differs if nobody answers in votes"),
            heads,
            difference_rows(subject, subject.replay, subject.silent),
        ),
    )


def difference_rows(
    subject: Subject, whole: Replay, part: Replay
) -> tuple[tuple[object, ...], ...]:
    """Return what came about in one of two replays only, by day: two columns."""
    clock = subject.replay.program.clock
    found = differences(whole, part)
    sides = [
        tuple(one.happening for one in found if one.only_in == side) for side in ("whole", "part")
    ]
    by_day: dict[int, tuple[list[object], list[object]]] = {}
    for place, happenings in enumerate(sides):
        for moment, sentence in told(subject, happenings, (*SHOWN, "raised")):
            by_day.setdefault(clock.day(moment), ([], []))[place].append(sentence)
    return tuple(
        (subject.day(day), lines(subject.writer, left), lines(subject.writer, right))
        for day, (left, right) in sorted(by_day.items())
    )
