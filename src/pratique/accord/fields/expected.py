# SPDX-License-Identifier: Apache-2.0
"""What a worked case or a story expects: what holds, comes about, is owed or permitted."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import cast

from lark import Token, Tree

from pratique.accord.fields.told import PEOPLE, day_of, known, step_known
from pratique.accord.terms.expression import Syntax, Text, place_of
from pratique.accord.terms.scope import Scope
from pratique.accord.terms.types import condition
from pratique.accord.terms.values import Term
from pratique.base.finding import Span
from pratique.base.text import say


@dataclass(frozen=True, slots=True)
class Expectation:
    """One thing expected. Forms: true, change, owed, missed, undetermined, permitted; timing on,
    by, never. `name`: a clause, a step `PROCEDURE.STEP`, or what is permitted; `who`: who owes it,
    or who is permitted.
    """

    form: str
    text: str
    span: Span
    timing: str
    day: int
    term: Term | None = None
    negated: bool = False
    name: str = ""
    edge: str = ""
    party: int = -1
    who: str = ""


def expectation_of(tree: Syntax, text: Text, scope: Scope) -> Expectation | None:
    """Return what one statement of `expect` expects, or None with a finding."""
    timing_tree = cast(Syntax, tree.children[-1])
    timing = {"on_day": "on", "by_day": "by", "never": "never"}[str(timing_tree.data)]
    day = day_of(timing_tree.children[0], text, scope) if timing_tree.children else 0
    at = next((c for c in tree.children[:-1] if isinstance(c, Tree) and c.data == "at_party"), None)
    party = _party(cast(Token, at.children[0]), text, scope) if at is not None else -1
    words = " ".join(text.words.split())
    expected = Expectation("true", words, text.span, timing, day, party=party)
    match str(tree.data).removeprefix("expect_"):
        case "true":
            term = condition(cast(Syntax, tree.children[0]), text, scope)
            return _condition(term, expected, scope)
        case "owed":
            return _owed(tree, text, expected, scope)
        case "permitted":
            return _permitted(tree, text, expected, scope)
    name = cast(Token, tree.children[0])
    clauses = ("rule", "power", "duty", "status")
    if known(name, clauses, text, scope) is None:
        return None
    return replace(expected, form="undetermined", name=str(name))


def _owed(tree: Syntax, text: Text, expected: Expectation, scope: Scope) -> Expectation | None:
    name, of, form, who = cast("list[Token]", tree.children[:4])
    owed = replace(expected, form=str(form), who=_someone(who, text, scope))
    symbol = scope.symbols.get(str(of)) if of is not None else None
    if symbol is not None and symbol.parts:
        scope.used.add(symbol.name)
        if step_known(name, symbol, text, scope, kinds=("step",)):
            return replace(owed, name=f"{of}.{name}")
        return None
    if of is not None:
        if symbol is None:
            known(of, ("procedure",), text, scope)
            return None
        owed = replace(owed, party=_party(of, text, scope))
    clause = known(name, ("duty", "pool"), text, scope)
    return replace(owed, name=clause.name) if clause is not None else None


def _permitted(tree: Syntax, text: Text, expected: Expectation, scope: Scope) -> Expectation:
    holder, what, where = cast("list[Token | None]", tree.children[:3])
    party = _party(where, text, scope) if where is not None else -1
    who = str(holder).strip('"')
    return replace(expected, form="permitted", name=str(what), who=who, party=party)


def _party(token: Token, text: Text, scope: Scope) -> int:
    return scope.party_index(str(token), place_of(text, token))


def _someone(token: Token, text: Text, scope: Scope) -> str:
    scope.find(str(token), PEOPLE, place_of(text, token))
    return str(token)


def _condition(term: Term, expected: Expectation, scope: Scope) -> Expectation | None:
    negated = term.op == "not"
    inner = term.args[0] if negated else term
    if any(node.op == "fault" or node.name in scope.doubtful for node in term.walk()):
        return None
    if expected.party >= 0:
        if not term.per_party:
            sentence = say("this is the same for all parties")
            scope.report("E401", sentence, term.span, say("leave out `at`"))
            return None
        party, name = expected.party, inner.name
        at = scope.parties[party]
        inner = Term(
            "at", (inner,), inner.type, False, inner.span, name=name, party=party, detail=at
        )
    elif term.per_party:
        sentence = say("each party has its own answer to this")
        scope.report("E401", sentence, term.span, say("say which: `… at PARTY on day N`"))
        return None
    change = inner.args[0] if inner.op == "at" else inner
    if change.op in ("edge", "event"):
        # Even done and missed are read here as changes: what came about on or by a day.
        party = inner.party if inner.op == "at" else -1
        of_change = replace(expected, form="change", negated=negated, party=party)
        return replace(of_change, name=change.name, edge=change.detail)
    return replace(expected, term=inner, negated=negated, party=-1)
