# SPDX-License-Identifier: Apache-2.0
"""`party`: a signatory. The parties, in order of declaration, are the axis of per-party values."""

from __future__ import annotations

from dataclasses import dataclass
from typing import cast

from lark import Token

from pratique.accord.clause import Clause, Field, Kind
from pratique.accord.terms.expression import place_of
from pratique.accord.terms.scope import Scope, Symbol
from pratique.base.text import Code, Sentence, say

_RESERVABLE = ("duty", "power", "rule", "procedure", "status")


@dataclass(frozen=True, slots=True)
class Party:
    """A signatory, the groups it is in, and the clauses that it keeps itself out of."""

    name: str
    label: str
    groups: tuple[str, ...]
    reserves: tuple[str, ...]
    source: Clause


def _declare(clause: Clause, scope: Scope) -> None:
    for name in clause.names:
        symbol = Symbol(name.word, "party", name.span)
        scope.declare(symbol)
        if scope.symbols.get(name.word) is symbol:
            scope.parties.append(name.word)
            _join(clause, name.word, scope)


def _join(clause: Clause, party: str, scope: Scope) -> None:
    tree = clause.tree("in")
    for token in tree.children if tree is not None else ():
        group = str(token)
        if group not in scope.groups:
            span = place_of(clause.fields["in"].text, cast(Token, token))
            scope.declare(Symbol(group, "group", span, per_party=True))
        known = scope.symbols.get(group)
        if known is not None and known.kind == "group":
            members = scope.groups.setdefault(group, [])
            members += [party] if party not in members else []


def _resolve(clause: Clause, scope: Scope) -> list[object]:
    labelled = len(clause.names) == 1 and clause.label
    groups = tuple(group for group in clause.listed("in") if group in scope.groups)
    reserves = _reserves(clause, scope)
    return [
        Party(
            name.word,
            clause.label if labelled else name.word.replace("_", " ").title(),
            groups,
            reserves,
            clause,
        )
        for name in clause.names
    ]


def _reserves(clause: Clause, scope: Scope) -> tuple[str, ...]:
    tree = clause.tree("reserves")
    reserved = []
    for token in tree.children if tree is not None else ():
        span = place_of(clause.fields["reserves"].text, cast(Token, token))
        symbol = scope.find(str(token), _RESERVABLE, span)
        if symbol is None:
            continue
        if symbol.per_party or symbol.kind in ("power", "procedure"):
            reserved.append(symbol.name)
            continue
        sentence = say("`{name}` is shared by all parties: none can keep out", name=symbol.name)
        help_ = say("name clauses that run for each party apart")
        scope.report("E401", sentence, span, help_)
    return tuple(reserved)


def _reading(typed: object) -> list[Sentence]:
    party = cast(Party, typed)
    reading = [say("{party} is a Party.", party=party.label)]
    if party.groups:
        groups = [Code(group) for group in party.groups]
        reading.append(say("It is one of {groups}.", groups=groups))
    if party.reserves:
        clauses = [Code(name) for name in party.reserves]
        reading.append(say("It is not bound by {clauses}.", clauses=clauses))
    return reading


KIND = Kind(
    name="party",
    summary=say("a signatory; every per-party value has one place for each"),
    fields=(
        Field("in", "names", say("the groups that it is in, such as `states, donors`")),
        Field("reserves", "names", say("the clauses that do not apply to it")),
    ),
    declare=_declare,
    resolve=_resolve,
    reading=_reading,
    takes_many=True,
    example="party guinea, liberia, sierra_leone",
)
