# SPDX-License-Identifier: Apache-2.0
"""`status`: something that lasts, such as an emergency, a waiver, or being in force."""

from __future__ import annotations

from dataclasses import dataclass
from typing import cast

from pratique.accord.clause import Clause, Field, Kind
from pratique.accord.fields.clocks import duration_in
from pratique.accord.fields.triggers import condition_in
from pratique.accord.terms.scope import Scope, Symbol
from pratique.accord.terms.values import Term
from pratique.accord.words.phrases import condition_words
from pratique.base.duration import Duration
from pratique.base.text import Code, Sentence, say

IN_FORCE = "in_force"
"""The reserved status outside which the agreement binds nobody."""


@dataclass(frozen=True, slots=True)
class Status:
    """Something that lasts: while a condition holds, or from a start to an end or lapse."""

    name: str
    label: str
    per_party: bool
    holds_while: Term | None
    lapses: Duration | None
    lingers: Duration | None
    renewed_by: str
    source: Clause


def _declare(clause: Clause, scope: Scope) -> None:
    for name in clause.names:
        scope.declare(Symbol(name.word, "status", name.span, per_party=clause.per_party))


def _resolve(clause: Clause, scope: Scope) -> list[object]:
    condition = condition_in(clause, "while", scope)
    if condition is not None and condition.per_party and not clause.per_party:
        sentence = say("this status is shared, its condition is each party's own")
        help_ = say(
            "write `status {name} per party`, or `any party (…)` round the condition",
            name=clause.name,
        )
        scope.report("E401", sentence, condition.span, help_)
    if clause.name == IN_FORCE and clause.per_party:
        sentence = say("being in force is shared by all parties")
        scope.report("E103", sentence, clause.span, say("leave out `per party`"))
    tree = clause.tree("renewed by")
    renewed_by = str(tree.children[0]) if tree is not None else ""
    if tree is not None and not scope.find(
        renewed_by, ("power",), clause.fields["renewed by"].text.span
    ):
        renewed_by = ""
    return [
        Status(
            name.word,
            clause.label_of(name.word),
            clause.per_party,
            condition,
            duration_in(clause, "lapses"),
            duration_in(clause, "lingers"),
            renewed_by,
            clause,
        )
        for name in clause.names
    ]


def _reading(typed: object) -> list[Sentence]:
    status = cast(Status, typed)
    name = Code(status.name)
    reading = []
    if status.holds_while is not None:
        reading.append(
            say(
                "{name} holds while {condition}.",
                name=name,
                condition=condition_words(status.holds_while),
            )
        )
    else:
        reading.append(say("{name} begins and ends when a clause says so.", name=name))
    if status.lingers is not None:
        reading.append(say("It goes on for {time} after that.", time=status.lingers))
    if status.lapses is not None:
        reading.append(say("It lapses after {time}.", time=status.lapses))
    if status.renewed_by:
        reading.append(say("{power} can renew it.", power=Code(status.renewed_by)))
    return reading


KIND = Kind(
    name="status",
    summary=say("something that lasts, such as an emergency, a waiver, or being in force"),
    fields=(
        Field("while", "expr", say("the condition while which it holds")),
        Field("lapses", "lapse", say("when it ends by itself: `after 90 days`")),
        Field("lingers", "time", say("how long it goes on after its condition has ended")),
        Field("renewed by", "word", say("the power that renews it")),
    ),
    declare=_declare,
    resolve=_resolve,
    reading=_reading,
    takes_spread=True,
    takes_many=True,
    example=(
        'status emergency "regional health emergency"\n'
        "  lapses: after 90 days\n  renewed by: declare"
    ),
)
