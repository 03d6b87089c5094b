# SPDX-License-Identifier: Apache-2.0
"""`body`: an organ or partner institution that can owe, act or vote."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import cast

from lark import Tree

from pratique.accord.clause import Clause, Field, Kind
from pratique.accord.terms.scope import Scope, Symbol
from pratique.base.text import Sentence, say


@dataclass(frozen=True, slots=True)
class Body:
    """An organ. `seats` counts voting seats (None: not stated); `one_per_party`: who holds them."""

    name: str
    label: str
    seats: int | None
    one_per_party: bool
    quorum: int | None
    source: Clause


def _declare(clause: Clause, scope: Scope) -> None:
    for name in clause.names:
        scope.declare(Symbol(name.word, "body", name.span))


def _resolve(clause: Clause, scope: Scope) -> list[object]:
    seats, one_per_party = _seats(clause, scope)
    tree = clause.tree("quorum")
    quorum = int(Fraction(str(tree.children[0]))) if tree is not None else None
    if quorum is not None and seats is not None and quorum > seats:
        sentence = say(
            "the quorum of {quorum} is above the {seats} seats", quorum=quorum, seats=seats
        )
        scope.report(
            "E404", sentence, clause.fields["quorum"].text.span, say("give at most {n}", n=seats)
        )
    return [
        Body(name.word, clause.label_of(name.word), seats, one_per_party, quorum, clause)
        for name in clause.names
    ]


def _seats(clause: Clause, scope: Scope) -> tuple[int | None, bool]:
    tree = clause.tree("seats")
    if tree is None:
        return None, False
    total, one_per_party = 0, False
    for seat in tree.children:
        assert isinstance(seat, Tree)
        number = int(Fraction(str(seat.children[0])))
        if seat.data == "seats_per_party":
            total += number * len(scope.parties)
            one_per_party = number == 1
        elif seat.data != "seats_observer":  # observers do not vote
            total += number
    return total, one_per_party


def _reading(typed: object) -> list[Sentence]:
    body = cast(Body, typed)
    reading = [say("{body} is a body under the accord.", body=body.label)]
    if body.one_per_party:
        reading.append(say("Each Party holds one seat in it."))
    elif body.seats is not None:
        reading.append(say("It has {seats} voting seats.", seats=body.seats))
    if body.quorum is not None:
        reading.append(say("It can decide when {quorum} seats answer.", quorum=body.quorum))
    return reading


KIND = Kind(
    name="body",
    summary=say("an organ or partner institution that can owe, act or vote"),
    fields=(
        Field("kind", "word", say("what it is: council, hub, regulator, laboratory, assessor, …")),
        Field("seats", "seats", say("its voting seats, such as `1 per party`")),
        Field("quorum", "quorum", say("how many seats must answer, such as `2 parties`")),
    ),
    declare=_declare,
    resolve=_resolve,
    reading=_reading,
    takes_many=True,
    example='body council "Council of Ministers"\n  seats: 1 per party\n  quorum: 2 parties',
)
