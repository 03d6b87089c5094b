# SPDX-License-Identifier: Apache-2.0
"""`party`: a signatory. The parties, in order of declaration, are the axis of per-party values."""

from __future__ import annotations

from dataclasses import dataclass
from typing import cast

from pratique.accord.clause import Clause, Kind
from pratique.accord.terms.scope import Scope, Symbol
from pratique.base.text import Sentence, say


@dataclass(frozen=True, slots=True)
class Party:
    """A signatory."""

    name: str
    label: str
    source: Clause


def _declare(clause: Clause, scope: Scope) -> None:
    for name in clause.names:
        symbol = Symbol(name.word, "party", name.span)
        scope.declare(symbol)
        if scope.symbols.get(name.word) is symbol:
            scope.parties.append(name.word)


def _resolve(clause: Clause, scope: Scope) -> list[object]:
    labelled = len(clause.names) == 1 and clause.label
    return [
        Party(name.word, clause.label if labelled else name.word.replace("_", " ").title(), clause)
        for name in clause.names
    ]


def _reading(typed: object) -> list[Sentence]:
    return [say("{party} is a Party.", party=cast(Party, typed).label)]


KIND = Kind(
    name="party",
    summary=say("a signatory; every per-party value has one place for each"),
    fields=(),
    declare=_declare,
    resolve=_resolve,
    reading=_reading,
    takes_many=True,
    example="party guinea, liberia, sierra_leone",
)
