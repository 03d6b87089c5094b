# SPDX-License-Identifier: Apache-2.0
"""`case`: a worked case, run by `check`: what is given, day by day, and what is expected of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import TypeVar, cast

from lark import Token, Tree

from pratique.accord.clause import Clause, Field, FieldText, Kind
from pratique.accord.terms.expression import Syntax, Text, parse, place_of
from pratique.accord.terms.literals import literal
from pratique.accord.terms.scope import Scope, Symbol
from pratique.accord.terms.types import condition
from pratique.accord.terms.values import ANY, NUMBER, Term, ValueType
from pratique.accord.words.phrases import type_words
from pratique.base.finding import Finding, Span
from pratique.base.text import Code, Sentence, say

LONGEST = 3_700
"""Days that a case may run over: ten years."""


@dataclass(frozen=True, slots=True)
class Given:
    """One thing given. Forms: level, event, status, vote, silent, use, done, ratified.

    `name` is the measure, status, power or duty; `who` the office; `value` None is unknown;
    days count from 1, `until` 0 is the end of the case.
    """

    form: str
    span: Span
    name: str = ""
    party: int = -1
    who: str = ""
    value: Fraction | None = None
    ballot: str = ""
    weekly: bool = False
    day: int = 0
    until: int = 0


@dataclass(frozen=True, slots=True)
class Expectation:
    """One thing expected. Forms: true, change, owed, missed, undetermined; timing on, by, never."""

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


@dataclass(frozen=True, slots=True)
class Case:
    """A worked case."""

    name: str
    label: str
    givens: tuple[Given, ...]
    expectations: tuple[Expectation, ...]
    source: Clause

    @property
    def last_day(self) -> int:
        """The last day that the case names."""
        days = [given.day for given in self.givens] + [given.until for given in self.givens]
        return max([1, *days, *(expected.day for expected in self.expectations)])


Statement = TypeVar("Statement", Given, Expectation)


def _declare(clause: Clause, scope: Scope) -> None:
    scope.declare(Symbol(clause.name, "case", clause.names[0].span))


def _resolve(clause: Clause, scope: Scope) -> list[object]:
    givens = _statements(clause.fields.get("given"), "given", scope, _given)
    expected = _statements(clause.fields.get("expect"), "expect", scope, _expectation)
    return [Case(clause.name, clause.label_of(clause.name), givens, expected, clause)]


def _statements(
    field: FieldText | None,
    start: str,
    scope: Scope,
    read: Callable[[Syntax, Text, Scope], Statement | None],
) -> tuple[Statement, ...]:
    statements: list[Statement | None] = []
    for text in field.text.lines() if field else ():
        tree = parse(text, start)
        if isinstance(tree, Finding):
            scope.findings.append(tree)
        else:
            statements.append(read(tree, text, scope))
    return tuple(statement for statement in statements if statement is not None)


def _day(tree: object, text: Text, scope: Scope) -> int:
    if not isinstance(tree, Tree):
        return 0
    number = Fraction(str(tree.children[0]))
    if number.denominator == 1 and 1 <= number <= LONGEST:
        return int(number)
    sentence = say("a case runs over days 1 to {last}", last=LONGEST)
    scope.report("E103", sentence, place_of(text, tree), say("give a whole day"))
    return 1


def _given(tree: Syntax, text: Text, scope: Scope) -> Given | None:
    names = [child for child in tree.children if isinstance(child, Token)]
    span, first = text.span, str(names[0])
    trees = [child for child in tree.children if isinstance(child, Tree)]
    days = [_day(child, text, scope) for child in trees if child.data == "day"]
    form = str(tree.data).removeprefix("given_")
    if form == "level":
        return _level(tree, text, scope, days)
    if form in ("event", "status", "done"):
        kind = {"event": "measure", "status": "status", "done": "duty"}[form]
        if not _known(first, (kind,), names[0], text, scope):
            return None
        places = tree.children[2:] if form == "done" else tree.children[1:]
        other = next((c for c in places if isinstance(c, Token) and c.type == "NAME"), None)
        if form == "done":
            return Given(form, span, first, who=_office(other, text, scope), day=days[0])
        return Given(form, span, first, party=_party(other, text, scope), day=days[0])
    if not _known(first, ("party", "body"), names[0], text, scope):
        return None
    if form == "vote":
        power = next((name for name in names[1:] if name.type == "NAME"), None)
        ballot = next(str(name) for name in names if name.type == "BALLOT")
        if power is not None and not _known(str(power), ("power",), power, text, scope):
            return None
        day = days[0] if days else 0
        return Given(form, span, str(power or ""), who=first, ballot=ballot, day=day)
    if form == "use":
        if not _known(str(names[1]), ("power",), names[1], text, scope):
            return None
        at = names[2] if len(names) > 2 else None
        return Given(form, span, str(names[1]), _party(at, text, scope), who=first, day=days[0])
    form = _CONSENTS[str(names[1])] if form == "consent" else form
    return Given(form, span, who=first, day=days[0] if days else 0)


_CONSENTS = {"ratifies": "ratified", "signs": "signed", "withdraws": "left"}


def _level(tree: Syntax, text: Text, scope: Scope, days: list[int]) -> Given | None:
    name, party, value, weekly = tree.children[:4]
    symbol = _known(str(name), ("measure",), cast(Token, name), text, scope)
    if symbol is None:
        return None
    term = literal(value) if isinstance(value, Tree) else None
    if term and not _fits(term.type, symbol.type):
        kind, other = type_words(symbol.type), type_words(term.type)
        sentence = say("`{name}` is {type}; this is {other}", name=name, type=kind, other=other)
        place = place_of(text, cast(Syntax, value))
        scope.report("E400", sentence, place, say("give it in the measure's own unit"))
        return None
    return Given(
        "level",
        text.span,
        symbol.name,
        _party(cast("Token | None", party), text, scope),
        value=term.value if term else None,
        weekly=weekly is not None,
        day=days[0],
        until=days[1] if len(days) > 1 else 0,
    )


def _fits(given: ValueType, wanted: ValueType) -> bool:
    return given in (wanted, ANY) or (given.is_numeric and wanted == NUMBER)


def _known(
    name: str, kinds: tuple[str, ...], token: Token, text: Text, scope: Scope
) -> Symbol | None:
    if name in scope.symbols:
        return scope.find(name, kinds, place_of(text, token))
    near = scope.suggestion(name, kinds)
    sentence = say("this case speaks of `{name}`, which the accord does not define", name=name)
    scope.report("E205", sentence, place_of(text, token), near)
    return None


def _party(token: Token | None, text: Text, scope: Scope) -> int:
    return scope.party_index(str(token), place_of(text, token)) if token is not None else -1


def _office(token: Token | None, text: Text, scope: Scope) -> str:
    if token is None:
        return ""
    scope.find(str(token), ("party", "body"), place_of(text, token))
    return str(token)


def _expectation(tree: Syntax, text: Text, scope: Scope) -> Expectation | None:
    timing_tree = cast(Syntax, tree.children[-1])
    timing = {"on_day": "on", "by_day": "by", "never": "never"}[str(timing_tree.data)]
    day = _day(timing_tree.children[0], text, scope) if timing_tree.children else 0
    at = next((c for c in tree.children[:-1] if isinstance(c, Tree) and c.data == "at_party"), None)
    party = _party(cast(Token, at.children[0]), text, scope) if at is not None else -1
    words = " ".join(text.words.split())
    names = [child for child in tree.children if isinstance(child, Token)]
    expected = Expectation("true", words, text.span, timing, day, party=party)
    if tree.data == "expect_true":
        return _condition(condition(cast(Syntax, tree.children[0]), text, scope), expected, scope)
    kinds = ("duty", "pool") if tree.data == "expect_owed" else ("rule", "power", "duty", "status")
    name = str(names[0])
    if not _known(name, kinds, names[0], text, scope):
        return None
    if tree.data == "expect_undetermined":
        return replace(expected, form="undetermined", name=name)
    return replace(expected, form=str(names[1]), name=name, who=_office(names[2], text, scope))


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


def _reading(typed: object) -> list[Sentence]:
    case = cast(Case, typed)
    reading = [say("A worked case over {days} days.", days=case.last_day)]
    reading += [
        say("Expected: {words}.", words=Code(expected.text)) for expected in case.expectations
    ]
    return reading


KIND = Kind(
    name="case",
    summary=say("a worked case, run by `check`"),
    fields=(
        Field(
            "given",
            None,
            say("what happens, one statement a line: `incidence of corvia = 60 from day 1`"),
            required=True,
            many=True,
        ),
        Field(
            "expect",
            None,
            say("what must follow, one statement a line: `emergency by day 9`"),
            required=True,
            many=True,
        ),
    ),
    declare=_declare,
    resolve=_resolve,
    reading=_reading,
    example=(
        "case slow_surge\n  given: incidence of corvia = 60 from day 1\n"
        "  expect: tranche used at corvia on day 8"
    ),
)
