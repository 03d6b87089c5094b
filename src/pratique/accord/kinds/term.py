# SPDX-License-Identifier: Apache-2.0
"""`term`: a named figure or formula, written once and used by name."""

from __future__ import annotations

from dataclasses import dataclass
from typing import cast

from pratique.accord.clause import Clause, Kind
from pratique.accord.terms.listings import term_value
from pratique.accord.terms.members import groups_of
from pratique.accord.terms.scope import Scope, Symbol, fault
from pratique.accord.terms.values import Term
from pratique.accord.words.phrases import condition_words
from pratique.base.text import Bare, Code, Sentence, say


@dataclass(frozen=True, slots=True)
class NamedTerm:
    """A named figure or formula."""

    name: str
    label: str
    term: Term
    source: Clause


def _declare(clause: Clause, scope: Scope) -> None:
    # INVARIANT: terms are declared last and in order, so that an expression only meets typed terms.
    if clause.type is None:
        sentence = say("this term has no value")
        scope.report(
            "E104", sentence, clause.span, say("write it after a colon: `term threshold: 50`")
        )
    tree = clause.type.tree if clause.type else None
    term = fault(clause.span)
    if clause.type and tree:
        term = _spread(clause, term_value(tree, clause.type.text, scope, clause.group), scope)
    group = next(iter(groups_of(term, scope)), "")
    for name in clause.names:
        symbol = Symbol(name.word, "term", name.span, term.type, term.per_party, term, group=group)
        scope.declare(symbol)


def _spread(clause: Clause, term: Term, scope: Scope) -> Term:
    if not clause.per_party or term.per_party or term.op == "fault":
        return term
    sentence = say("what this term stands for is the same for all parties")
    scope.report("E401", sentence, term.span, say("leave out `per party`, or list a value of each"))
    return fault(term.span)


def _resolve(clause: Clause, scope: Scope) -> list[object]:
    symbol = scope.symbols.get(clause.name)
    if symbol is None or symbol.term is None:
        return []
    return [NamedTerm(clause.name, clause.label or clause.name, symbol.term, clause)]


def _reading(typed_clause: object) -> list[Sentence]:
    named = cast(NamedTerm, typed_clause)
    value = condition_words(named.term)
    return [say("{name} stands for {value}.", name=Bare(Code(named.name)), value=value)]


KIND = Kind(
    name="term",
    summary=say("a named figure or formula, written once and used by name"),
    fields=(),
    declare=_declare,
    resolve=_resolve,
    reading=_reading,
    takes_type="term_value",
    takes_spread=True,
    declared_last=True,
    example="term threshold: 50; from 2028-01-01: 40",
)
