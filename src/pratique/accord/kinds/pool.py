# SPDX-License-Identifier: Apache-2.0
"""`pool`: money or countable things held jointly, such as a fund, kits or doses."""

from __future__ import annotations

from dataclasses import dataclass
from typing import cast

from pratique.accord.clause import Clause, Field, Kind
from pratique.accord.fields.clocks import duration_in
from pratique.accord.fields.pools import (
    Cap,
    Floor,
    Keep,
    Stream,
    caps_in,
    floors_in,
    keep_in,
    rounding_in,
    shared_by_in,
    streams_in,
)
from pratique.accord.terms.scope import Scope, Symbol
from pratique.accord.terms.values import ANY, COUNT, Term, ValueType
from pratique.accord.words.pools import (
    cap_words,
    floor_words,
    holding_words,
    keep_words,
    rounding_words,
    sharing_words,
    stream_words,
)
from pratique.base.duration import Duration
from pratique.base.text import Code, Sentence, say


@dataclass(frozen=True, slots=True)
class Pool:
    """What is held jointly: what comes in, and how what goes out is limited and divided.

    `divider` is a method that divides what is short; `shared_by` are the parties' weights.
    `rounds_to` is the unit to which amounts are rounded down, in whole units.
    """

    name: str
    label: str
    type: ValueType
    streams: tuple[Stream, ...]
    caps: tuple[Cap, ...]
    floors: tuple[Floor, ...]
    keeps: Keep | None
    shared_by: Term | None
    divider: str
    replenished_within: Duration | None
    rounds_to: int
    tracks: tuple[str, ...]
    kept_by: str
    source: Clause

    def terms(self) -> tuple[Term, ...]:
        """Return the terms that it evaluates."""
        terms = [stream.key for stream in self.streams] + [cap.most for cap in self.caps]
        terms += [self.keeps.amount if self.keeps is not None else None, self.shared_by]
        return tuple(term for term in terms if term is not None)


def _declare(clause: Clause, scope: Scope) -> None:
    for name in clause.names:
        scope.declare(Symbol(name.word, "pool", name.span, _type(clause, scope), view="available"))


def _type(clause: Clause, scope: Scope) -> ValueType:
    tree = clause.type.tree if clause.type else None
    if clause.type is None:
        help_ = say("write it after a colon: `pool fund: money USD`")
        scope.report("E104", say("this pool has no type"), clause.span, help_)
    if tree is None or clause.type is None:
        return ANY
    if tree.data == "money_type":
        return ValueType("money", str(tree.children[0]))
    if str(tree.children[0]) == "count":
        return COUNT
    sentence = say("a pool holds money or countable things")
    scope.report("E103", sentence, clause.type.text.span, say("write `money USD` or `count`"))
    return ANY


def _resolve(clause: Clause, scope: Scope) -> list[object]:
    symbol = scope.symbols.get(clause.name)
    if symbol is None or symbol.kind != "pool":
        return []
    shared_by, divider = shared_by_in(clause, scope)
    tracks = clause.tree("tracks")
    return [
        Pool(
            clause.name,
            clause.label_of(clause.name),
            symbol.type,
            streams_in(clause, scope, symbol),
            caps_in(clause, scope, symbol),
            floors_in(clause, scope),
            keep_in(clause, scope, symbol),
            shared_by,
            divider,
            duration_in(clause, "replenished within"),
            rounding_in(clause, scope, symbol),
            tuple(str(child) for child in tracks.children) if tracks is not None else (),
            _keeper(clause, scope),
            clause,
        )
    ]


def _keeper(clause: Clause, scope: Scope) -> str:
    tree = clause.tree("kept by")
    if tree is None:
        return ""
    place = clause.fields["kept by"].text.span
    symbol = scope.find(str(tree.children[0]), ("body", "party"), place)
    return symbol.name if symbol is not None else ""


def _reading(typed: object) -> list[Sentence]:
    pool = cast(Pool, typed)
    reading = [holding_words(pool.name, pool.type)]
    for stream in pool.streams:
        reading += stream_words(stream, pool.type)
    reading += [cap_words(cap) for cap in pool.caps]
    reading += [floor_words(floor) for floor in pool.floors]
    if pool.keeps is not None:
        reading.append(keep_words(pool.keeps))
    reading += sharing_words(pool.shared_by, pool.divider)
    if pool.rounds_to > 1:
        reading.append(rounding_words(pool.rounds_to, pool.type))
    if pool.replenished_within is not None:
        time = pool.replenished_within
        reading.append(say("What it gives is paid back by the Parties within {time}.", time=time))
    if pool.tracks:
        things = [Code(thing) for thing in pool.tracks]
        reading.append(say("Of what it holds, this is kept on record: {things}.", things=things))
    if pool.kept_by:
        keeper = Code(pool.kept_by)
        reading.append(say("{keeper} keeps it and owes what it must pay out.", keeper=keeper))
    return reading


KIND = Kind(
    name="pool",
    summary=say("money or countable things held jointly, such as a fund, kits or doses"),
    fields=(
        Field(
            "from",
            "income",
            say(
                "who contributes what:"
                " `USD 12 million per year as 50% of a, 50% of b within 60 days`"
            ),
            required=True,
            absent="E701",
        ),
        Field("cap", "caps", say("the most it gives: `EUR 5 million to one party in 12 months`")),
        Field("floor", "floors", say("who gets at least a share of what it gives: `25% to poor`")),
        Field("keeps", "keeps", say("what only some clauses may use: `USD 2 million for relief`")),
        Field(
            "shared by",
            "expr",
            say("by what it is divided when it is short: a value of each party, or a method"),
        ),
        Field(
            "replenished within", "time", say("in what time the Parties pay back what it has given")
        ),
        Field("rounds", "rounds", say("the unit to which amounts are rounded: `down to EUR 1`")),
        Field("tracks", "names", say("what is kept on record of goods: `lot, expiry`")),
        Field("kept by", "word", say("the body that keeps it and pays out of it")),
    ),
    declare=_declare,
    resolve=_resolve,
    reading=_reading,
    takes_type="value_type",
    example=(
        "pool fund: money USD\n"
        "  from: USD 12 million per year as 50% of aldova, 50% of brenia within 60 days"
    ),
)
