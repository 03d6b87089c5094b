# SPDX-License-Identifier: Apache-2.0
"""`case`: a worked case, run by `check`: what is given, day by day, and what is expected of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar, cast

from pratique.accord.clause import Clause, Field, FieldText, Kind
from pratique.accord.fields.expected import Expectation, expectation_of
from pratique.accord.fields.told import Given, given_of
from pratique.accord.terms.expression import Syntax, Text, parse
from pratique.accord.terms.scope import Scope, Symbol
from pratique.base.finding import Finding
from pratique.base.moment import Day
from pratique.base.text import Code, Sentence, say, say_count

HISTORY = "history"
"""What a case may use besides what it is given."""


@dataclass(frozen=True, slots=True)
class Case:
    """A worked case. `first_day` is its day 1; `uses_history`: figures come from a history too."""

    name: str
    label: str
    givens: tuple[Given, ...]
    expectations: tuple[Expectation, ...]
    source: Clause
    first_day: Day = 0
    uses_history: bool = False

    @property
    def last_day(self) -> int:
        """The last day that the case names."""
        days = [given.day for given in self.givens] + [given.until for given in self.givens]
        return max([1, *days, *(expected.day for expected in self.expectations)])


Statement = TypeVar("Statement", Given, Expectation)


def _declare(clause: Clause, scope: Scope) -> None:
    scope.declare(Symbol(clause.name, "case", clause.names[0].span))


def _resolve(clause: Clause, scope: Scope) -> list[object]:
    uses = clause.tree("uses")
    if uses is not None and str(uses.children[0]) != HISTORY:
        sentence = say("a case uses nothing but `history`")
        scope.report("E103", sentence, clause.fields["uses"].text.span, say("write `history`"))
    givens = _statements(clause.fields.get("given"), "given", scope, given_of)
    expected = _statements(clause.fields.get("expect"), "expect", scope, expectation_of)
    label = clause.label_of(clause.name)
    uses_history = uses is not None
    return [Case(clause.name, label, givens, expected, clause, scope.first_day, uses_history)]


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


def _reading(typed: object) -> list[Sentence]:
    case = cast(Case, typed)
    reading = [
        say_count("A worked case over one day.", "A worked case over {n} days.", n=case.last_day)
    ]
    if case.uses_history:
        reading.append(say("The figures of the history beside the accord come in as well."))
    reading += [
        say("Expected: {words}.", words=Code(expected.text)) for expected in case.expectations
    ]
    return reading


KIND = Kind(
    name="case",
    summary=say("a worked case, run by `check`"),
    fields=(
        Field("uses", "word", say("`history`: the figures of the history beside the accord")),
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
