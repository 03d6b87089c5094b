# SPDX-License-Identifier: Apache-2.0
"""Bodies in plain words: whose they are, who holds their seats, when they can decide."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, cast

from pratique.accord.words.phrases import condition_words
from pratique.accord.words.votes import quorum_words
from pratique.base.text import Bare, Code, Sentence, say, say_count

if TYPE_CHECKING:
    from lark import Token, Tree

    from pratique.accord.kinds.body import Body, SeatsPer


def body_words(body: Body) -> list[Sentence]:
    """Return what an organ's clause says, sentence by sentence."""
    reading = [_whose(body)]
    if body.kind:
        reading.append(say("What it is: {kind}.", kind=Bare(Code(body.kind))))
    reading += [_held(share) for share in body.shares]
    if body.seats is not None and (body.plain_seats or not body.shares):
        reading.append(_plain(body))
    reading += _named_seats(body)
    if body.quorum is not None or body.quorum_share is not None:
        reading.append(quorum_words(body.quorum, body.quorum_share, body.quorum_of))
    if body.recused is not None:
        condition = condition_words(body.recused)
        reading.append(
            say("A Party for which ({condition}) has no vote in it.", condition=condition)
        )
    if body.chair:
        reading.append(say("Its chair: {words}.", words=body.chair))
    if body.agreed_by:
        reading.append(say("It takes part by agreement: {words}.", words=body.agreed_by))
    return reading


def _whose(body: Body) -> Sentence:
    if body.group:
        group = Bare(Code(body.group))
        return say("Each member of {group} has its own {body}.", group=group, body=Bare(body.label))
    if body.per_party:
        return say("Each Party has its own {body}.", body=Bare(body.label))
    return say("A body under the accord: {body}.", body=Bare(body.label))


def _held(share: SeatsPer) -> Sentence:
    if share.of == "party":
        return say_count(
            "Each Party holds one seat in it.", "Each Party holds {n} seats in it.", n=share.each
        )
    return say_count(
        "Each member of {group} holds one seat in it.",
        "Each member of {group} holds {n} seats in it.",
        n=share.each,
        group=Bare(Code(share.of)),
    )


def _plain(body: Body) -> Sentence:
    if body.shares:
        return say_count(
            "It has {n} further voting seat.",
            "It has {n} further voting seats.",
            n=body.plain_seats,
        )
    return say_count("It has {n} voting seat.", "It has {n} voting seats.", n=body.seats or 0)


def _named_seats(body: Body) -> Iterator[Sentence]:
    # Who sits there without holding a vote for a Party is no part of the typed clause.
    tree = body.source.tree("seats")
    for seat in cast("list[Tree[Token]]", tree.children) if tree is not None else ():
        if seat.data == "seats_of":
            yield say_count(
                "{n} of its seats is named by {whom}.",
                "{n} of its seats are named by {whom}.",
                n=int(float(str(seat.children[0]))),
                whom=Code(str(seat.children[-1])),
            )
        elif seat.data == "seats_observer":
            yield say_count(
                "{n} seat without a vote is for {what} from {whom}.",
                "{n} seats without a vote are for {what} from {whom}.",
                n=int(float(str(seat.children[0]))),
                what=Code(str(seat.children[1])),
                whom=Code(str(seat.children[-1])),
            )
