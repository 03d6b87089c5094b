# SPDX-License-Identifier: Apache-2.0
"""What sets a clause off: its condition, or the changes that it waits for; whom it is about."""

from __future__ import annotations

from dataclasses import dataclass
from typing import cast

from lark import Token, Tree

from pratique.accord.clause import Clause, FieldText
from pratique.accord.terms.expression import Syntax, Text, place_of
from pratique.accord.terms.scope import BUILT_IN, Scope
from pratique.accord.terms.types import bare_changes, condition, typed
from pratique.accord.terms.values import (
    EdgeRef,
    Term,
)
from pratique.base.finding import Span
from pratique.base.text import say

OVERRIDABLE = ("duty", "power", "rule", "procedure")


@dataclass(frozen=True, slots=True)
class Trigger:
    """What sets a clause off: a condition, or changes; `per_party` is its spread."""

    when: Term | None
    on: tuple[EdgeRef, ...]
    unread: bool = False
    """Something stands there that could not be read: then nothing more is said of it."""

    @property
    def per_party(self) -> bool:
        """Whether it holds or happens for each party apart."""
        if self.when is not None:
            return self.when.per_party
        return any(edge.per_party for edge in self.on)


def trigger_of(clause: Clause, scope: Scope) -> Trigger:
    """Return a clause's `when` or `on`; both together, or a bare change in `when`, is a finding."""
    when = condition_in(clause, "when", scope)
    if when is not None:
        unlasting(when, scope)
    on = edges_in(clause, scope)
    if when is not None and on:
        sentence = say("`when` and `on` stand together")
        scope.report(
            "E103", sentence, clause.fields["on"].span, say("keep one; `on` waits for a change")
        )
    unread = ("when" in clause.fields and (when is None or when.op == "fault")) or (
        "on" in clause.fields and not on
    )
    return Trigger(when, on, unread)


def unlasting(when: Term, scope: Scope) -> None:
    """Report each bare change in a condition, which lasts (E408)."""
    for change in bare_changes(when):
        sentence = say(
            "`{name} {edge}` happens at one moment; a condition lasts",
            name=change.name,
            edge=change.detail,
        )
        help_ = say("write `in last D`, or use `on:` instead of `when:`")
        scope.report("E408", sentence, change.span, help_)


def condition_in(clause: Clause, name: str, scope: Scope) -> Term | None:
    """Return the condition of a field, or None if it is absent or could not be read."""
    tree = clause.tree(name)
    return condition(tree, clause.fields[name].text, scope) if tree is not None else None


def edges_in(clause: Clause, scope: Scope) -> tuple[EdgeRef, ...]:
    """Return the changes of the field `on`."""
    tree = clause.tree("on")
    if tree is None:
        return ()
    text = clause.fields["on"].text
    edges = [change_of(cast(Syntax, child), text, scope) for child in tree.children]
    return tuple(edge for edge in edges if edge is not None)


def change_of(tree: Syntax, text: Text, scope: Scope) -> EdgeRef | None:
    """Return the change that a tree names (an edge, or an event), or None with a finding."""
    words = [str(child) for child in tree.children]
    span = place_of(text, tree)
    if tree.data in ("event_name", "change_name"):
        symbol = scope.find(words[0], ("measure",), span)
        if symbol is None:
            return None
        if symbol.type.kind != "event":
            sentence = say("`{name}` is a figure, not something that happens", name=words[0])
            scope.report("E400", sentence, span, say("use `when:` with a comparison"))
            return None
        return EdgeRef(words[0], "happens", symbol.per_party, span)
    term = typed(tree, text, scope)
    inner = term.args[0] if term.op == "at" else term
    if inner.op != "edge":
        return None
    # A step or an end of a procedure is named after it: `stock_request.review`.
    name, _, part = inner.name.partition(".")
    at = term.detail if term.op == "at" else ""
    return EdgeRef(name, inner.detail, term.per_party, span, term.party, at, part)


def spread_of(field: FieldText | None, scope: Scope) -> bool:
    """Say whether a value read so far only as syntax speaks of each party apart."""
    if field is None:
        return False
    # What could not be read is taken as each party's own: then nothing hangs on the fault.
    return field.tree is None or _spread(field.tree, scope)


def _spread(tree: Syntax, scope: Scope) -> bool:
    if tree.data == "edge_of":
        whole = scope.symbols.get(str(tree.children[1]))
        return whole is not None and bool(whole.parts) and whole.per_party
    if tree.data in ("quantified", "of_party", "pool_view", "actor_where"):
        return False
    if tree.data == "edge" and _is_pool(tree, scope):
        return True
    for child in tree.children:
        if isinstance(child, Tree) and _spread(child, scope):
            return True
        if isinstance(child, Token) and child.type == "NAME":
            symbol = scope.symbols.get(str(child))
            if str(child) in BUILT_IN or (symbol is not None and symbol.per_party):
                return True
    return False


def _is_pool(tree: Syntax, scope: Scope) -> bool:
    # What is owed to a pool is owed by each party for itself.
    symbol = scope.symbols.get(str(tree.children[0]))
    return symbol is not None and bool(symbol.view)


def names_that_party(field: FieldText | None) -> bool:
    """Say whether a value names `that party`."""
    if field is None or field.tree is None:
        return False
    return any(
        isinstance(token, Token) and token.type == "WHO" and token.split() == ["that", "party"]
        for token in field.tree.scan_values(lambda token: isinstance(token, Token))
    )


def overrides_in(clause: Clause, scope: Scope) -> tuple[str, ...]:
    """Return the clauses that this one overrides."""
    tree = clause.tree("overrides")
    if tree is None:
        return ()
    text = clause.fields["overrides"].text
    tokens = [cast(Token, child) for child in tree.children]
    found = [scope.find(str(t), OVERRIDABLE, place_of(text, t)) for t in tokens]
    return tuple(symbol.name for symbol in found if symbol is not None)


def unbound(span: Span, scope: Scope) -> None:
    """Report E406: `that party` stands where no party is meant."""
    sentence = say("`that party` names no party here: nothing in this clause is about one party")
    help_ = say(
        "name the parties, or let the clause wait for something that each party has of its own"
    )
    scope.report("E406", sentence, span, help_)
