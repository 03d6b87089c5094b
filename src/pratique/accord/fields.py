# SPDX-License-Identifier: Apache-2.0
"""Readers of field values that several clause kinds share: who, effects, changes, votes, limits."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import cast

from lark import Token, Tree

from pratique.accord.clause import Clause, FieldText
from pratique.accord.expression import Syntax, Text, place_of
from pratique.accord.literals import duration_of
from pratique.accord.phrases import type_words
from pratique.accord.scope import BUILT_IN, Scope
from pratique.accord.types import bare_changes, condition, typed
from pratique.accord.values import (
    ANY,
    CallPower,
    Draw,
    EdgeRef,
    Effect,
    EndStatus,
    Limit,
    StartStatus,
    Term,
    Vote,
    Who,
    WhoForm,
)
from pratique.base.duration import Duration
from pratique.base.finding import Span
from pratique.base.text import say


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
        for change in bare_changes(when):
            sentence = say(
                "`{name} {edge}` happens at one moment; a condition lasts",
                name=change.name,
                edge=change.detail,
            )
            help_ = say("write `in last D`, or use `on:` instead of `when:`")
            scope.report("E408", sentence, change.span, help_)
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
    edges = [_edge(cast(Syntax, child), text, scope) for child in tree.children]
    return tuple(edge for edge in edges if edge is not None)


def _edge(tree: Syntax, text: Text, scope: Scope) -> EdgeRef | None:
    words = [str(child) for child in tree.children]
    span = place_of(text, tree)
    if tree.data == "event_name":
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
    return EdgeRef(
        inner.name,
        inner.detail,
        term.per_party,
        span,
        term.party,
        term.detail if term.op == "at" else "",
    )


def who_in(clause: Clause, name: str, scope: Scope) -> tuple[Who, ...]:
    """Return the actors that a field names."""
    tree = clause.tree(name)
    if tree is None:
        return ()
    text = clause.fields[name].text
    return tuple(who for child in tree.children if (who := _who(cast(Syntax, child), text, scope)))


def _who(tree: Syntax, text: Text, scope: Scope) -> Who | None:
    span = place_of(text, tree)
    if tree.data == "actor_word":
        # The grammar knows no other words here than the forms.
        return Who(cast(WhoForm, str(tree.children[0]).split()[0]), span)
    if tree.data == "actor_where":
        inner = condition(cast(Syntax, tree.children[0]), text, scope)
        if not inner.per_party and inner.type != ANY:
            sentence = say("what stands in the brackets is the same for all parties")
            scope.report(
                "E401", sentence, span, say("name something that each party has its own value of")
            )
        return Who("where", span, condition=inner)
    name = str(tree.children[0])
    symbol = scope.find(name, ("party", "body"), span)
    return Who("named", span, (name,)) if symbol else None


def effects_in(clause: Clause, name: str, scope: Scope) -> tuple[Effect, ...]:
    """Return the effects that a field lists."""
    field = clause.fields.get(name)
    if field is None or field.tree is None:
        return ()
    return effects_of(field.tree, field.text, scope)


def effects_of(tree: Syntax, text: Text, scope: Scope) -> tuple[Effect, ...]:
    """Return the effects of an `effects` tree."""
    effects = [_effect(cast(Syntax, child), text, scope) for child in tree.children]
    return tuple(effect for effect in effects if effect is not None)


def _effect(tree: Syntax, text: Text, scope: Scope) -> Effect | None:
    children = tree.children
    span = place_of(text, tree)
    match tree.data:
        case "start_status":
            if symbol := scope.find(
                str(children[0]), ("status",), place_of(text, cast(Token, children[0]))
            ):
                return StartStatus(
                    symbol.name, _at(children[1], text, scope), _lasting(children[2])
                )
        case "end_status":
            if symbol := scope.find(
                str(children[0]), ("status",), place_of(text, cast(Token, children[0]))
            ):
                return EndStatus(symbol.name, _at(children[1], text, scope))
        case "call":
            if symbol := scope.find(
                str(children[0]), ("power",), place_of(text, cast(Token, children[0]))
            ):
                return CallPower(symbol.name)
        case "send_share":
            share = Fraction(str(children[0])) / 100
            if share > 1:
                sentence = say("this sends more than the whole pool")
                scope.report("E403", sentence, span, say("give at most 100 %"))
            return _draw(children[1:], text, scope, None, share, sends=True)
        case _:
            amount = typed(cast(Syntax, children[0]), text, scope)
            return _draw(children[1:], text, scope, amount, None, sends=tree.data == "send_from")
    return None


def _draw(
    rest: Sequence[object],
    text: Text,
    scope: Scope,
    amount: Term | None,
    share: Fraction | None,
    *,
    sends: bool,
) -> Draw | None:
    pool = scope.find(str(rest[0]), ("pool",), place_of(text, cast(Token, rest[0])))
    to = _who(cast(Syntax, rest[1]), text, scope)
    if amount is not None and pool is not None and amount.type not in (pool.type, ANY):
        sentence = say(
            "`{pool}` takes {type}; this is {other}",
            pool=pool.name,
            type=type_words(pool.type),
            other=type_words(amount.type),
        )
        scope.report("E400", sentence, amount.span, say("give the amount in the pool's own unit"))
        return None
    if pool is None or to is None:
        return None
    return Draw(pool.name, to, amount, share, _lasting(rest[2]), sends)


def _at(child: object, text: Text, scope: Scope) -> Who | None:
    return _who(child, text, scope) if isinstance(child, Tree) else None


def _lasting(child: object) -> Duration | None:
    return duration_of(child) if isinstance(child, Tree) else None


def duration_in(clause: Clause, name: str) -> Duration | None:
    """Return the first duration of a field (`within: 24 hours`, `lapses: after 90 days`)."""
    tree = clause.tree(name)
    if tree is None:
        return None
    return next(
        (duration_of(child) for child in tree.iter_subtrees_topdown() if child.data == "duration"),
        None,
    )


def vote_in(clause: Clause, scope: Scope) -> Vote | None:
    """Return how a power is decided; a share above the whole is E404."""
    tree = clause.tree("decided by")
    if tree is None:
        return None
    need_tree, electorate, voting, within = tree.children
    numbers = [Fraction(str(child)) for child in cast(Syntax, need_tree).children]
    kind = cast(Syntax, need_tree).data
    text = clause.fields["decided by"].text
    span = place_of(text, cast(Syntax, need_tree)) if numbers else text.span
    need = {
        "need_all": lambda: Fraction(1),
        "need_fraction": lambda: numbers[0] / numbers[1] if numbers[1] else Fraction(2),
        "need_percent": lambda: numbers[0] / 100,
        "need_count": lambda: numbers[0],
    }[str(kind)]()
    counts = kind == "need_count"
    name = str(electorate)
    if name != "parties":
        scope.find(name, ("body",), place_of(text, cast(Token, electorate)))
    most = len(scope.parties) if counts else 1
    if need > most:
        sentence = say("this vote can never be carried: it asks for more than all")
        scope.report("E404", sentence, span, say("there are {n} votes", n=len(scope.parties)))
    return Vote(need, counts, voting is not None, name, duration_of(cast(Syntax, within)))


def limit_in(clause: Clause) -> Limit | None:
    """Return the field `at most`."""
    tree = clause.tree("at most")
    if tree is None:
        return None
    duration = next((duration_of(c) for c in tree.children if isinstance(c, Tree)), None)
    uses = 1 if tree.data == "once" else int(Fraction(str(tree.children[0])))
    return Limit(max(1, uses), duration)


def spread_of(field: FieldText | None, scope: Scope) -> bool:
    """Say whether a value read so far only as syntax speaks of each party apart."""
    if field is None:
        return False
    # What could not be read is taken as each party's own: then nothing hangs on the fault.
    return field.tree is None or _spread(field.tree, scope)


def _spread(tree: Syntax, scope: Scope) -> bool:
    if tree.data in ("quantified", "of_party", "edge_of", "pool_view", "actor_where"):
        return False
    for child in tree.children:
        if isinstance(child, Tree) and _spread(child, scope):
            return True
        if isinstance(child, Token) and child.type == "NAME":
            symbol = scope.symbols.get(str(child))
            if str(child) in BUILT_IN or (symbol is not None and symbol.per_party):
                return True
    return False


def names_that_party(field: FieldText | None) -> bool:
    """Say whether a value names `that party`."""
    if field is None or field.tree is None:
        return False
    return any(
        isinstance(token, Token) and token.type == "WHO" and token.split() == ["that", "party"]
        for token in field.tree.scan_values(lambda token: isinstance(token, Token))
    )


def unbound(span: Span, scope: Scope) -> None:
    """Report E406: `that party` stands where no party is meant."""
    sentence = say("`that party` names no party here: nothing in this clause is about one party")
    help_ = say(
        "name the parties, or let the clause wait for something that each party has of its own"
    )
    scope.report("E406", sentence, span, help_)
