# SPDX-License-Identifier: Apache-2.0
"""The typing of names in expressions: what is read, whose it is, which change of it is meant.

Reports what a name cannot mean (E400, E401) and goes on with a `fault` term.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import cast

from pratique.accord.terms.arithmetic import Typer
from pratique.accord.terms.calls import called
from pratique.accord.terms.expression import Syntax
from pratique.accord.terms.literals import duration_of
from pratique.accord.terms.members import groups_of, member
from pratique.accord.terms.scope import BUILT_IN, Scope, Symbol, fault
from pratique.accord.terms.values import BOOL, EVENT, Term
from pratique.base.finding import Span
from pratique.base.text import say

READABLE = ("measure", "term", "status", "pool", "group")
ON_ARRAYS = ("count", "number", "percent", "money", "date", "party", "choice")
"""The kinds of what a case records that expressions may read; the others are in its record only."""
EDGES_OF = {
    "status": ("starts", "ends"),
    "duty": ("done", "missed"),
    "power": ("used", "refused", "opened"),
    "rule": ("used",),
    "pool": ("done", "missed"),
    "procedure": ("opened", "done", "missed"),
}
EDGES_OF_PART = {"step": ("done", "missed"), "end": ("done",)}


def _name(typer: Typer, tree: Syntax) -> Term:
    return _named(typer.scope, str(tree.children[0]), typer.span(tree))


def _of_party(typer: Typer, tree: Syntax) -> Term:
    name, party = map(str, tree.children)
    span = typer.span(tree)
    return _at(typer.scope, _named(typer.scope, name, span), party, span)


def _edge(typer: Typer, tree: Syntax) -> Term:
    name, edge = map(str, tree.children)
    return _change(typer.scope, name, edge, typer.span(tree))


def _edge_of(typer: Typer, tree: Syntax) -> Term:
    name, party, edge = map(str, tree.children)
    span = typer.span(tree)
    procedure = typer.scope.symbols.get(party)
    if procedure is not None and procedure.parts:
        return _part(typer.scope, procedure, name, edge, span)
    return _at(typer.scope, _change(typer.scope, name, edge, span), party, span)


def _pool_view(typer: Typer, tree: Syntax) -> Term:
    view, name = map(str, tree.children)
    view, span = "owed" if view.startswith("owed") else view, typer.span(tree)
    symbol = typer.scope.find(name, ("pool",), span)
    if symbol is None:
        return fault(span)
    return Term("pool", (), symbol.type, False, span, name=name, detail=view)


def _known(typer: Typer, tree: Syntax) -> Term:
    span = typer.span(tree)
    symbol = typer.scope.find(str(tree.children[0]), ("measure",), span)
    if symbol is None:
        return fault(span)
    inner = Term("measure", (), symbol.type, symbol.per_party, span, name=symbol.name)
    return typer.make("known", tree, BOOL, inner)


def _window(typer: Typer, tree: Syntax) -> Term:
    window, name = str(tree.children[0]), str(tree.children[1])
    span = typer.span(tree)
    symbol = typer.scope.find(name, ("measure",), span)
    if symbol is None:
        return fault(span)
    duration = duration_of(cast(Syntax, tree.children[2]))
    if duration.elapses:
        sentence = say("a window runs over days, not over hours")
        typer.scope.report("E103", sentence, span, say("give days, weeks, months or years"))
        return fault(span)
    spread = symbol.per_party
    return Term(
        "window", (), symbol.type, spread, span, name=name, detail=window, duration=duration
    )


def _named(scope: Scope, name: str, span: Span) -> Term:
    if name in scope.case_fields:
        return _field(scope, name, span)
    if name in BUILT_IN:
        return Term("builtin", (), BOOL, True, span, name=name)
    known = scope.symbols.get(name)
    if known and known.kind in EDGES_OF and known.kind not in READABLE:
        return _neither(scope, known, span)
    symbol = scope.find(name, READABLE, span)
    if symbol is None:
        return fault(span)
    if symbol.term is not None:
        inner = symbol.term
        return Term("term", (inner,), inner.type, inner.per_party, span, name=name)
    if symbol.kind == "group":
        return member(scope, name, span)
    if symbol.type == EVENT:
        return Term("event", (), BOOL, symbol.per_party, span, name=name, detail="happens")
    return Term(symbol.kind, (), symbol.type, symbol.per_party, span, name=name, detail=symbol.view)


def _field(scope: Scope, name: str, span: Span) -> Term:
    type_ = scope.case_fields[name]
    if type_.kind not in ON_ARRAYS:
        sentence = say("`{name}` stands only in the record of its case", name=name)
        help_ = say("conditions read counts, numbers, percentages, money, dates, parties, choices")
        scope.report("E400", sentence, span, help_)
        return fault(span)
    return Term("field", (), type_, scope.case_per_party, span, name=name)


def _neither(scope: Scope, known: Symbol, span: Span) -> Term:
    name, kind = known.name, known.kind
    sentence = say("`{name}` is a {kind}, which is neither true nor false", name=name, kind=kind)
    edge = EDGES_OF[kind][0]
    help_ = say("say which change is meant: `{name} {edge}`", name=name, edge=edge)
    scope.used.add(name)
    scope.report("E400", sentence, span, help_)
    return fault(span)


def _at(scope: Scope, term: Term, party: str, span: Span) -> Term:
    index = scope.party_index(party, span)
    if term.op == "fault" or index < 0:
        return fault(span)
    if not term.per_party:
        sentence = say(
            "`{name}` is shared by all parties: it has no value of `{party}`",
            name=term.name,
            party=party,
        )
        scope.report("E401", sentence, span, say("leave out `of {party}`", party=party))
        return fault(span)
    # A group that there is not has been said to be missing.
    known = [group for group in groups_of(term, scope) if group in scope.groups]
    strange = next((group for group in known if party not in scope.groups[group]), None)
    if strange is not None:
        sentence = say("`{party}` is none of `{group}`", party=party, group=strange)
        help_ = say("name one of them: {names}", names=", ".join(scope.groups[strange]))
        scope.report("E400", sentence, span, help_)
        return fault(span)
    return Term("at", (term,), term.type, False, span, name=term.name, party=index, detail=party)


def _part(scope: Scope, procedure: Symbol, name: str, edge: str, span: Span) -> Term:
    scope.used.add(procedure.name)
    form = procedure.parts.get(name)
    if form is None:
        sentence = say("`{name}` has no step or end `{part}`", name=procedure.name, part=name)
        help_ = say("it has: {names}", names=", ".join(procedure.parts) or "—")
        scope.report("E202", sentence, span, help_)
        return fault(span)
    if edge not in EDGES_OF_PART[form]:
        sentence = say(
            "`{part}` of `{name}` has no `{edge}`", part=name, name=procedure.name, edge=edge
        )
        edges = ", ".join(EDGES_OF_PART[form])
        scope.report("E400", sentence, span, say("it has: {names}", names=edges))
        return fault(span)
    key = f"{procedure.name}.{name}"
    return Term("edge", (), BOOL, procedure.per_party, span, name=key, detail=edge)


def _change(scope: Scope, name: str, edge: str, span: Span) -> Term:
    symbol = scope.find(name, EDGES_OF, span)
    if symbol is None:
        return fault(span)
    edges = EDGES_OF[symbol.kind]
    if edge not in edges:
        sentence = say("a {kind} has no `{edge}`", kind=symbol.kind, edge=edge)
        help_ = say("a {kind} has: {edges}", kind=symbol.kind, edges=", ".join(edges))
        scope.report("E400", sentence, span, help_)
        return fault(span)
    # What is owed to a pool is owed by each party for itself.
    per_party = symbol.per_party or bool(symbol.view)
    return Term("edge", (), BOOL, per_party, span, name=name, detail=edge)


NAMES: dict[str, Callable[[Typer, Syntax], Term]] = {
    "name": _name,
    "of_party": _of_party,
    "edge": _edge,
    "edge_of": _edge_of,
    "pool_view": _pool_view,
    "known": _known,
    "window": _window,
    "method": called,
}
"""How each node of the grammar that begins with a name is typed."""
