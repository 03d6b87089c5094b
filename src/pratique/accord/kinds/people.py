# SPDX-License-Identifier: Apache-2.0
"""`people`: a class of persons, such as beneficiaries, clinicians or observers; never a party."""

from __future__ import annotations

from dataclasses import dataclass
from typing import cast

from pratique.accord.clause import Clause, Field, Kind
from pratique.accord.terms.scope import Scope, Symbol
from pratique.base.text import Bare, Code, Sentence, say


@dataclass(frozen=True, slots=True)
class People:
    """A class of persons; `split_by` says how figures about them are split."""

    name: str
    label: str
    split_by: tuple[str, ...]
    source: Clause


def _declare(clause: Clause, scope: Scope) -> None:
    for name in clause.names:
        scope.declare(Symbol(name.word, "people", name.span))


def _resolve(clause: Clause, scope: Scope) -> list[object]:
    split_by = clause.listed("split by")
    return [
        People(name.word, clause.label_of(name.word), split_by, clause) for name in clause.names
    ]


def _reading(typed: object) -> list[Sentence]:
    people = cast(People, typed)
    reading = [say("The accord speaks of these persons: {people}.", people=Bare(people.label))]
    if people.split_by:
        ways = [Code(way) for way in people.split_by]
        reading.append(say("Figures about them are split by {ways}.", ways=ways))
    return reading


KIND = Kind(
    name="people",
    summary=say("a class of persons: beneficiaries, professionals, observers"),
    fields=(
        Field("split by", "names", say("how figures about them are split, such as `age, income`")),
    ),
    declare=_declare,
    resolve=_resolve,
    reading=_reading,
    takes_many=True,
    example='people displaced "displaced persons"\n  split by: geography, income, age',
)
