# SPDX-License-Identifier: Apache-2.0
"""Whom a field names."""

from __future__ import annotations

from typing import cast

from pratique.accord.clause import Clause
from pratique.accord.terms.expression import Syntax, Text, place_of
from pratique.accord.terms.scope import Scope
from pratique.accord.terms.types import condition
from pratique.accord.terms.values import (
    ANY,
    ValueType,
    Who,
    WhoForm,
)
from pratique.accord.words.phrases import type_words
from pratique.base.finding import Span
from pratique.base.text import say

ALL_PARTIES = "parties"
_PARTY = ValueType("party")
_FORMS: dict[str, WhoForm] = {
    "party": "named", "body": "named", "people": "people", "group": "group",
}  # fmt: skip


def who_in(clause: Clause, name: str, scope: Scope) -> tuple[Who, ...]:
    """Return the actors that a field names."""
    tree = clause.tree(name)
    if tree is None:
        return ()
    text = clause.fields[name].text
    return tuple(
        who for child in tree.children if (who := who_of(cast(Syntax, child), text, scope))
    )


def who_of(tree: Syntax, text: Text, scope: Scope) -> Who | None:
    """Return the actor of an actor tree, or None with a finding."""
    span = place_of(text, tree)
    match tree.data:
        case "actor_word":
            # The grammar knows no other words here than the forms.
            return Who(cast(WhoForm, str(tree.children[0]).split()[0]), span)
        case "anyone":
            return Who("anyone", span)
        case "actor_where":
            return _where(tree, text, scope)
        case "actor_chair":
            symbol = scope.find(str(tree.children[1]), ("body",), span)
            return Who("chair", span, (symbol.name,)) if symbol else None
        case _:
            return _named(str(tree.children[0]), span, scope)


def _where(tree: Syntax, text: Text, scope: Scope) -> Who | None:
    span = place_of(text, tree)
    group = str(tree.children[0])
    inner = condition(cast(Syntax, tree.children[1]), text, scope)
    if not inner.per_party and inner.type != ANY:
        sentence = say("what stands in the brackets is the same for all parties")
        scope.report(
            "E401", sentence, span, say("name something that each party has its own value of")
        )
    if group == ALL_PARTIES:
        return Who("where", span, condition=inner)
    symbol = scope.find(group, ("group",), span)
    return Who("where", span, condition=inner, group=group) if symbol else None


def _named(name: str, span: Span, scope: Scope) -> Who | None:
    recorded = scope.case_fields.get(name)
    if recorded is not None and recorded != _PARTY:
        sentence = say(
            "`{name}` is {type}; a party is wanted here", name=name, type=type_words(recorded)
        )
        scope.report("E400", sentence, span, say("ask for a field of type `party`"))
        return None
    if recorded is not None:
        return Who("field", span, (name,))
    symbol = scope.find(name, _FORMS, span)
    if symbol is None:
        return None
    form = _FORMS[symbol.kind]
    return Who(form, span, group=name) if form == "group" else Who(form, span, (name,))
