# SPDX-License-Identifier: Apache-2.0
"""What a procedure is made of, typed: what cases record, steps, ends, what is granted."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from typing import cast

from lark import Token, Tree

from pratique.accord.clause import Clause, FieldText
from pratique.accord.fields.actors import who_of
from pratique.accord.fields.clocks import before_of, clock_of
from pratique.accord.fields.effects import effect_of
from pratique.accord.terms.expression import Syntax, Text, parse, place_of
from pratique.accord.terms.literals import constant_value, duration_of, literal
from pratique.accord.terms.scope import Scope
from pratique.accord.terms.types import condition, typed
from pratique.accord.terms.values import (
    ANY,
    COUNT,
    DATE,
    NUMBER,
    PERCENT,
    TEMPORAL,
    Clock,
    Effect,
    Term,
    ValueType,
    Who,
)
from pratique.accord.words.phrases import type_words
from pratique.base.duration import Duration
from pratique.base.finding import Finding, Span
from pratique.base.text import say

PARTY = ValueType("party")
ON_ARRAYS = ("count", "number", "percent", "money", "date", "party", "choice")
"""The kinds of fields that conditions and amounts may read; the others stand in the record only."""
_GIVES = "gives "


@dataclass(frozen=True, slots=True)
class FieldSpec:
    """One thing that a case records, under its name in expressions and acts.

    Kinds of its type: those on arrays, and moment, text, sealed, place, person, file, code. `unit`:
    of a number, or the system of a code. `step`: the one that gives it; none: asked at the opening.
    """

    name: str
    type: ValueType
    span: Span
    step: str = ""
    choices: tuple[str, ...] = ()
    unit: str = ""
    low: float = float("-inf")
    high: float = float("inf")

    def choices_among(self, parties: Iterable[str]) -> tuple[str, ...]:
        """Return what may be chosen, in order; nothing where it is no choice."""
        return tuple(parties) if self.type == PARTY else self.choices

    @property
    def on_arrays(self) -> bool:
        """Whether it is a figure that conditions and amounts may read."""
        return self.type.kind in ON_ARRAYS


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a procedure: who performs it, by when, what it records and brings about.

    All of `by` must act; with `many` acts are gathered until it is due. A step with `wait` or a
    `method` passes by itself. The time spent at `not_counting` does not count.
    """

    name: str
    label: str
    by: tuple[Who, ...]
    clock: Clock
    gives: tuple[FieldSpec, ...]
    sends: tuple[Effect, ...]
    many: bool
    wait: Duration | None
    not_counting: str
    method: Term | None
    span: Span

    @property
    def is_automatic(self) -> bool:
        """Whether it passes by itself."""
        return self.wait is not None or self.method is not None


@dataclass(frozen=True, slots=True)
class End:
    """A way out of a step: to another (`goes_to`), or out of the procedure (none)."""

    name: str
    step: str
    when: Term | None
    late: bool
    goes_to: str
    span: Span


@dataclass(frozen=True, slots=True)
class Grant:
    """A permit that a case grants at a step or an end: to what one of its fields names."""

    name: str
    holder_field: str
    where: Who | None
    while_status: str
    lasting: Duration | None
    at: str
    span: Span


# --- what a case records --------------------------------------------------------------------------


def declared_fields(clause: Clause) -> list[FieldSpec]:
    """Return what the cases of a procedure record, in order, whatever is wrong with it."""
    specs: list[FieldSpec] = []
    if (tree := clause.tree("asks")) is not None:
        specs += [_spec(cast(Syntax, ask), clause.fields["asks"].text) for ask in tree.children]
    for field in clause.parts("step"):
        specs += step_fields(field)
    return specs


def step_fields(field: FieldText) -> list[FieldSpec]:
    """Return what a step records."""
    parts = field.tree.children if field.tree is not None else ()
    gives = [part for part in parts if isinstance(part, Tree) and part.data == "step_gives"]
    return [_spec(cast(Syntax, part.children[0]), field.text, field.part) for part in gives]


def _spec(ask: Syntax, text: Text, step: str = "") -> FieldSpec:
    name = " ".join(str(ask.children[0]).split()).removeprefix(_GIVES).replace(" ", "_")
    span = place_of(text, cast(Token, ask.children[0]))
    tree = cast(Syntax, ask.children[1])
    words = [str(child) for child in tree.children if isinstance(child, Token)]
    form = str(tree.data).removeprefix("of_")
    spec = FieldSpec(name, _TYPES.get(form) or ValueType(form), span, step)
    match form:
        case "count":
            low, high = (_bound(child) for child in tree.children)
            bounded = replace(spec, low=0.0 if low is None else low)
            return bounded if high is None else replace(bounded, high=high)
        case "number" | "code":
            return replace(spec, unit=words[0] if words else "")
        case "money":
            return replace(spec, type=ValueType("money", words[0]), low=0.0)
        case "percent":
            return replace(spec, low=0.0)
        case "choice":
            choices = tuple(word.strip() for word in words[0].split(","))
            return replace(spec, type=ValueType("choice", ", ".join(choices)), choices=choices)
    return spec


_TYPES = {"count": COUNT, "number": NUMBER, "percent": PERCENT, "date": DATE}


def _bound(child: object) -> float | None:
    return float(constant_value(literal(child))) if isinstance(child, Tree) else None


# --- steps ----------------------------------------------------------------------------------------


def step_of(
    field: FieldText, gives: tuple[FieldSpec, ...], steps: Collection[str], own: str, scope: Scope
) -> Step:
    """Return a step; `steps` are the procedure's, `own` its name."""
    reading = _StepReading(field.text, scope, steps, own)
    for part in field.tree.children if field.tree is not None else ():
        reading.read(cast(Syntax, part))
    return reading.step(field, gives)


class _StepReading:
    """A step being read, part by part."""

    def __init__(self, text: Text, scope: Scope, steps: Collection[str], own: str) -> None:
        self.text, self.scope, self.steps, self.own = text, scope, steps, own
        self.label, self.many, self.not_counting = "", False, ""
        self.by: list[Who] = []
        self.clock: Clock | None = None
        self.before: Syntax | None = None
        self.sends: list[Effect] = []
        self.wait: Duration | None = None
        self.method: Term | None = None

    def read(self, part: Syntax) -> None:
        """Take in one part."""
        form = str(part.data).removeprefix("step_")
        first = part.children[0] if part.children else None
        match form:
            case "label":
                self.label = str(first).strip('"')
            case "by" | "also_by":
                who = who_of(cast(Syntax, first), self.text, self.scope)
                self.by += [who] if who is not None else []
            case "within":
                names = (*self.steps, self.own)
                self.clock = clock_of(cast(Syntax, first), self.text, self.scope, steps=names)
            case "before":
                self.before = cast(Syntax, first)
            case "sends" | "pays" | "holds":
                effect = effect_of(part, self.text, self.scope, steps=self.steps)
                self.sends += [effect] if effect is not None else []
            case "many":
                self.many = True
            case "wait":
                self.wait = duration_of(cast(Syntax, first))
            case "not_counting":
                self.not_counting = named_part(first, self.steps, self.text, self.scope)
            case "method":
                self.method = typed(cast(Syntax, first), self.text, self.scope)

    def step(self, field: FieldText, gives: tuple[FieldSpec, ...]) -> Step:
        """Return what was read."""
        clock = self.clock
        if self.before is not None:
            clock = before_of(clock, self.before, self.text, self.scope)
        if self.method is not None:
            self._fits(gives)
        if self.many and self.clock is None and self.before is None:
            sentence = say("`{step}` gathers acts, and nothing says until when", step=field.part)
            help_ = say("add a time, such as `within 10 days`")
            self.scope.report("E104", sentence, field.span, help_)
        label = self.label or field.part.replace("_", " ")
        return Step(
            field.part, label, tuple(self.by), clock or Clock(), gives, tuple(self.sends),
            self.many, self.wait, self.not_counting, self.method, field.span,
        )  # fmt: skip

    def _fits(self, gives: tuple[FieldSpec, ...]) -> None:
        assert self.method is not None
        if len(gives) != 1:
            sentence = say("a step by a method gives one field, the method's value")
            help_ = say("add `gives NAME: TYPE`")
            self.scope.report("E104", sentence, self.text.span, help_)
        elif self.method.type not in (gives[0].type, ANY):
            sentence = say(
                "the method gives {type}; `{field}` is {other}",
                type=type_words(self.method.type),
                field=gives[0].name,
                other=type_words(gives[0].type),
            )
            help_ = say("give the field the method's own type")
            self.scope.report("E400", sentence, gives[0].span, help_)


def named_part(token: object, known: Collection[str], text: Text, scope: Scope) -> str:
    """Return the step or end that a token names, or nothing with a finding (E202)."""
    name = str(token)
    if name in known:
        return name
    place = place_of(text, token) if isinstance(token, Token) else text.span
    return absent_part(name, known, place, scope)


def absent_part(name: str, known: Collection[str], span: Span, scope: Scope) -> str:
    """Report a step or end that the procedure does not have (E202)."""
    sentence = say("this procedure has no step or end `{name}`", name=name)
    scope.report("E202", sentence, span, say("it has: {names}", names=", ".join(known)))
    return ""


def without_time(terms: Iterable[Term], scope: Scope) -> None:
    """Report what a case records where it stands under `for` or `in last`: it has no past."""
    for term in terms:
        for node in term.walk():
            if node.op in TEMPORAL and any(inner.op == "field" for inner in node.walk()):
                sentence = say("what a case records has no past that could be asked for")
                help_ = say("put `for` or `in last` on the rest alone, in brackets")
                scope.report("E400", sentence, node.span, help_)


# --- ends and grants ------------------------------------------------------------------------------


def ends_in(clause: Clause, steps: Collection[str], scope: Scope) -> tuple[End, ...]:
    """Return the ends of a procedure, in order; one at no step is E202."""
    tree = clause.tree("ends")
    if tree is None:
        return ()
    text, ends = clause.fields["ends"].text, []
    for child in cast("list[Syntax]", tree.children):
        name, step = str(child.children[0]), child.children[1]
        when = None
        if child.data == "end_when":
            when = condition(cast(Syntax, child.children[2]), text, scope)
        place, goes_to = place_of(text, child), name if name in steps else ""
        if named_part(step, steps, text, scope):
            ends.append(End(name, str(step), when, child.data == "end_late", goes_to, place))
    return tuple(ends)


def end_names(clause: Clause) -> list[str]:
    """Return the names that a procedure's ends give, in order, steps among them."""
    tree = clause.tree("ends")
    found = [str(cast(Syntax, child).children[0]) for child in tree.children] if tree else []
    return list(dict.fromkeys(found))


def grants_in(
    clause: Clause, fields: Collection[str], parts: Collection[str], scope: Scope
) -> tuple[Grant, ...]:
    """Return the permits that a procedure grants."""
    grants: list[Grant] = []
    field = clause.fields.get("grants")
    for text in field.text.lines() if field else ():
        tree = parse(text, "grant")
        if isinstance(tree, Finding):
            scope.findings.append(tree)
        else:
            grants.append(_grant(tree, text, fields, parts, scope))
    return tuple(grants)


def _grant(
    tree: Syntax, text: Text, fields: Collection[str], parts: Collection[str], scope: Scope
) -> Grant:
    name, holder, where, status, lasting, at = tree.children
    if str(holder) not in fields:
        sentence = say("a case records no `{name}`", name=holder)
        help_ = say("it records: {names}", names=", ".join(fields) or "—")
        scope.report("E202", sentence, place_of(text, cast(Token, holder)), help_)
    if status is not None:
        scope.find(str(status), ("status",), place_of(text, cast(Token, status)))
    return Grant(
        str(name),
        str(holder),
        who_of(where, text, scope) if isinstance(where, Tree) else None,
        str(status) if status is not None else "",
        duration_of(lasting) if isinstance(lasting, Tree) else None,
        named_part(at, parts, text, scope),
        place_of(text, tree),
    )
