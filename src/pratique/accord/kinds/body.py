# SPDX-License-Identifier: Apache-2.0
"""`body`: an organ or partner institution that can owe, act or vote; who holds its seats."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import cast

from lark import Token

from pratique.accord.clause import Clause, Field, Kind
from pratique.accord.fields.triggers import condition_in, unlasting
from pratique.accord.terms.expression import Syntax, place_of
from pratique.accord.terms.scope import Scope, Symbol
from pratique.accord.terms.values import ANY, PARTIES, SEATS, Term
from pratique.accord.words.bodies import body_words
from pratique.base.text import Sentence, say

_COUNTED = {
    "seat": SEATS, "seats": SEATS, "member": SEATS, "members": SEATS,
    "party": PARTIES, "parties": PARTIES,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class SeatsPer:
    """Seats that each party (`of`: "party"), or each member of the group `of`, holds."""

    each: int
    of: str


@dataclass(frozen=True, slots=True)
class Body:
    """An organ. `seats` counts its voting seats (None: not stated): those that parties hold by
    `shares`, and `plain_seats`, which belong to no party. `quorum` seats, or `quorum_share` of
    them, must answer; `quorum_of` says what is counted: seats, parties, or members of a group.
    """

    name: str
    label: str
    per_party: bool
    group: str
    kind: str
    seats: int | None
    shares: tuple[SeatsPer, ...]
    plain_seats: int
    quorum: int | None
    quorum_share: Fraction | None
    quorum_of: str
    recused: Term | None
    """The condition under which a party has no vote."""
    chair: str
    agreed_by: str
    source: Clause

    @property
    def seats_each(self) -> int:
        """How many seats a party (or a group's member) holds; 0: seats belong to no party."""
        return self.shares[0].each if self.shares else 0

    @property
    def seats_per(self) -> str:
        """Who holds seats: "party", a group, or nobody in particular."""
        return self.shares[0].of if self.shares else ""


@dataclass(frozen=True, slots=True)
class _Seats:
    stated: bool = False
    shares: tuple[SeatsPer, ...] = ()
    plain: int = 0

    def total(self, scope: Scope) -> int | None:
        if not self.stated:
            return None
        return self.plain + sum(
            share.each * len(_members(share.of, scope)) for share in self.shares
        )


def _members(of: str, scope: Scope) -> list[str]:
    return scope.parties if of == "party" else scope.groups.get(of, [])


def _declare(clause: Clause, scope: Scope) -> None:
    for name in clause.names:
        scope.declare(
            Symbol(name.word, "body", name.span, per_party=clause.per_party, group=clause.group)
        )


def _resolve(clause: Clause, scope: Scope) -> list[object]:
    seats = _seats(clause, scope)
    quorum, share, of = _quorum(clause, scope, seats)
    _reachable(clause, scope, seats, (quorum, share, of))
    return [
        Body(
            name.word,
            clause.label_of(name.word),
            clause.per_party,
            clause.group,
            clause.words("kind"),
            seats.total(scope),
            seats.shares,
            seats.plain,
            quorum,
            share,
            of,
            _recused(clause, scope, seats),
            clause.words("chair"),
            clause.words("agreed by"),
            clause,
        )
        for name in clause.names
    ]


def _seats(clause: Clause, scope: Scope) -> _Seats:
    tree = clause.tree("seats")
    if tree is None:
        return _Seats()
    text = clause.fields["seats"].text
    shares: list[SeatsPer] = []
    plain = 0
    for seat in cast("list[Syntax]", tree.children):
        number, *names = cast("list[Token]", seat.children)
        count = int(Fraction(str(number)))
        if seat.data == "seats_per_party":
            of = str(names[0])
            if of == "party" or scope.find(of, ("group",), place_of(text, names[0])):
                shares.append(SeatsPer(count, of))
            continue
        if names:
            scope.find(str(names[-1]), ("body", "group", "people"), place_of(text, names[-1]))
        if seat.data != "seats_observer":  # observers do not vote
            plain += count
    return _Seats(True, tuple(shares), plain)


def _quorum(clause: Clause, scope: Scope, seats: _Seats) -> tuple[int | None, Fraction | None, str]:
    tree = clause.tree("quorum")
    if tree is None:
        return None, None, SEATS
    tokens = [child for child in tree.children if isinstance(child, Token)]
    numbers = [Fraction(str(token)) for token in tokens if token.type == "NUMBER"]
    words = [token for token in tokens if token.type == "NAME"]
    of = str(words[0]) if words else SEATS
    if of not in _COUNTED:
        scope.find(of, ("group",), place_of(clause.fields["quorum"].text, words[0]))
    # Where no party holds a seat, parties can only mean seats.
    held = not seats.stated or bool(seats.shares)
    counted = _COUNTED.get(of, of) if held else SEATS
    if tree.data == "quorum_count":
        return int(numbers[0]), None, counted
    return None, numbers[0] / numbers[1] if numbers[1] else Fraction(2), counted


def _reachable(
    clause: Clause,
    scope: Scope,
    seats: _Seats,
    quorum: tuple[int | None, Fraction | None, str],
) -> None:
    count, share, of = quorum
    total = seats.total(scope)
    if share is not None and share > 1:
        sentence = say("this quorum asks for more than all the seats")
        span = clause.fields["quorum"].text.span
        scope.report("E404", sentence, span, say("give a share of at most the whole"))
    if count is None or total is None:
        return
    holders = {name for one in seats.shares for name in _members(one.of, scope)}
    if of == PARTIES:
        total = len(holders)
    elif of != SEATS:
        total = len(holders & set(_members(of, scope)))
    if count > total:
        sentence = say(
            "the quorum of {quorum} is above the {seats} seats", quorum=count, seats=total
        )
        span = clause.fields["quorum"].text.span
        scope.report("E404", sentence, span, say("give at most {n}", n=total))


def _recused(clause: Clause, scope: Scope, seats: _Seats) -> Term | None:
    recused = condition_in(clause, "recused when", scope)
    if recused is None:
        return None
    unlasting(recused, scope)
    if seats.stated and not seats.shares:
        sentence = say("no party holds a seat in this body, so none can stand aside")
        help_ = say("give the parties seats, such as `1 per party`, or leave this out")
        scope.report("E400", sentence, recused.span, help_)
    elif not recused.per_party and recused.type != ANY:
        sentence = say("this is the same for all parties; it must say which of them stands aside")
        help_ = say("name something that each party has its own value of")
        scope.report("E401", sentence, recused.span, help_)
    return recused


def _reading(typed: object) -> list[Sentence]:
    return body_words(cast(Body, typed))


KIND = Kind(
    name="body",
    summary=say("an organ or partner institution that can owe, act or vote"),
    fields=(
        Field("kind", "word", say("what it is: council, hub, regulator, laboratory, assessor, …")),
        Field("seats", "seats", say("its voting seats, such as `1 per party`")),
        Field("quorum", "quorum", say("how many seats must answer, such as `2 parties`")),
        Field("recused when", "expr", say("the condition under which a party has no vote in it")),
        Field("chair", None, say("who presides over it, in words")),
        Field("agreed by", None, say("the agreement by which a partner institution takes part")),
    ),
    declare=_declare,
    resolve=_resolve,
    reading=_reading,
    takes_spread=True,
    takes_many=True,
    example='body council "Council of Ministers"\n  seats: 1 per party\n  quorum: 2 parties',
)
