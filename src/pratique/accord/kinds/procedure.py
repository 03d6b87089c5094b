# SPDX-License-Identifier: Apache-2.0
"""`procedure`: an ordered file of steps: referral, stock request, tender, complaint, drill."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import cast

from lark import Tree

from pratique.accord.clause import Clause, Field, Kind
from pratique.accord.fields.actors import who_in
from pratique.accord.fields.effects import effects_in_field, needs_party
from pratique.accord.fields.procedures import (
    End,
    FieldSpec,
    Grant,
    Step,
    absent_part,
    declared_fields,
    end_names,
    ends_in,
    grants_in,
    step_of,
    without_time,
)
from pratique.accord.fields.triggers import names_that_party, unbound
from pratique.accord.terms.scope import Scope, Symbol
from pratique.accord.terms.values import Effect, Term, Who
from pratique.accord.words.procedures import procedure_words
from pratique.base.text import Sentence, say

REVOKE = "revoke"
"""The act on a case that takes back what it granted: `PROCEDURE.revoke`."""


@dataclass(frozen=True, slots=True)
class Procedure:
    """A file of steps. One row of cases for each party, or one shared if only bodies open it.

    `at` has the effects of each step and end by its name, `if_missed_at` those of a missed step;
    `if_missed` those of every other.
    """

    name: str
    label: str
    per_party: bool
    opened_by: tuple[Who, ...]
    asks: tuple[FieldSpec, ...]
    steps: tuple[Step, ...]
    ends: tuple[End, ...]
    at: dict[str, tuple[Effect, ...]]
    grants: tuple[Grant, ...]
    revoked_by: tuple[Who, ...]
    if_missed: tuple[Effect, ...]
    if_missed_at: dict[str, tuple[Effect, ...]]
    source: Clause
    called: Mapping[str, str] = field(default_factory=dict)
    """What a translation calls its steps, ends, fields and answers."""

    @property
    def fields(self) -> dict[str, FieldSpec]:
        """All that its cases record, by name."""
        given = [spec for step in self.steps for spec in step.gives]
        return {spec.name: spec for spec in (*self.asks, *given)}

    def part_label(self, part: str) -> str:
        """Return what a step, an end, a field or an answer is called; its name in words if not."""
        if part in self.called:
            return self.called[part]
        labels = {step.name: step.label for step in self.steps}
        return labels.get(part) or part.replace("_", " ")

    def position(self, step: str) -> int:
        """Return a step's place in the order of steps."""
        return next(index for index, one in enumerate(self.steps) if one.name == step)

    def ends_at(self, step: str) -> tuple[End, ...]:
        """Return the ways out of a step, in order."""
        return tuple(end for end in self.ends if end.step == step)

    def closings(self) -> tuple[str, ...]:
        """Return the names that a case may close with, in order."""
        return tuple(dict.fromkeys(end.name for end in self.ends if not end.goes_to))

    def missed_effects(self, step: str) -> tuple[Effect, ...]:
        """Return what follows from missing a step: what its own field says, else the general one.

        The general one is not meant for a time-out that an end foresees (`when late`).
        """
        foreseen = any(end.late for end in self.ends_at(step))
        return self.if_missed_at.get(step, () if foreseen else self.if_missed)

    def effects(self) -> tuple[Effect, ...]:
        """Return every effect that its cases may bring about."""
        found = [effect for step in self.steps for effect in step.sends]
        for effects in (self.if_missed, *self.if_missed_at.values(), *self.at.values()):
            found += effects
        return tuple(found)

    def whos(self) -> tuple[Who, ...]:
        """Return everyone that it names outside its effects."""
        doing = [who for step in self.steps for who in step.by]
        return (*self.opened_by, *doing, *self.revoked_by)

    def rewritten(self, term: Callable[[Term], Term]) -> Procedure:
        """Return the procedure with the terms of its steps and ends changed."""

        def maybe(old: Term | None) -> Term | None:
            return term(old) if old is not None else None

        steps = (
            replace(
                step,
                method=maybe(step.method),
                clock=replace(step.clock, when=maybe(step.clock.when)),
            )
            for step in self.steps
        )
        ends = (replace(end, when=maybe(end.when)) for end in self.ends)
        return replace(self, steps=tuple(steps), ends=tuple(ends))

    def terms(self) -> tuple[Term, ...]:
        """Return the terms that its steps and ends evaluate, without those of its effects."""
        terms = [end.when for end in self.ends]
        for step in self.steps:
            terms += [step.method, step.clock.when]
        terms += [who.condition for who in self.whos()]
        return tuple(term for term in terms if term is not None)


def _declare(clause: Clause, scope: Scope) -> None:
    steps = [field.part for field in clause.parts("step")]
    parts = dict.fromkeys(end_names(clause), "end") | dict.fromkeys(steps, "step")
    fields = {spec.name: spec.type for spec in declared_fields(clause)}
    if "revoked by" in clause.fields:
        parts = {**parts, REVOKE: "revocation"}
    symbol = Symbol(clause.name, "procedure", clause.names[0].span, parts=parts, fields=fields)
    scope.declare(symbol)


def _spread(clause: Clause, scope: Scope) -> bool:
    # One shared row only if nobody but bodies (not one for each party) opens it.
    tree = clause.tree("opened by")
    if tree is None:
        return True
    return not all(_is_shared(cast("Tree[object]", opener), scope) for opener in tree.children)


def _is_shared(opener: Tree[object], scope: Scope) -> bool:
    if opener.data not in ("actor_name", "actor_chair"):
        return False
    symbol = scope.symbols.get(str(opener.children[-1]))
    return symbol is not None and symbol.kind == "body" and not symbol.per_party


def _resolve(clause: Clause, scope: Scope) -> list[object]:
    symbol = scope.symbols.get(clause.name)
    per_party = symbol.per_party if symbol is not None else False
    openers = who_in(clause, "opened by", scope)
    revokers = who_in(clause, "revoked by", scope)
    specs = declared_fields(clause)
    scope.case_per_party = per_party
    scope.case_fields = {spec.name: spec.type for spec in specs}
    try:
        procedure = _typed(clause, scope, specs)
    finally:
        scope.case_fields = {}
    procedure = replace(procedure, per_party=per_party, opened_by=openers, revoked_by=revokers)
    _names_once(procedure, specs, scope)
    without_time(procedure.terms(), scope)
    if not per_party:
        _bound(procedure, scope)
    return [procedure]


def _typed(clause: Clause, scope: Scope, specs: list[FieldSpec]) -> Procedure:
    fields = clause.parts("step")
    steps = [field.part for field in fields]
    parts = [*steps, *(name for name in end_names(clause) if name not in steps)]
    given = {step: tuple(spec for spec in specs if spec.step == step) for step in ["", *steps]}
    missed = clause.fields.get("if missed")
    return Procedure(
        clause.name,
        clause.label_of(clause.name),
        False,
        (),
        given[""],
        tuple(step_of(field, given[field.part], steps, clause.name, scope) for field in fields),
        ends_in(clause, steps, scope),
        _effects_by_name(clause, "at", parts, steps, scope),
        grants_in(clause, [spec.name for spec in specs], parts, scope),
        (),
        effects_in_field(missed, scope, steps=steps),
        _effects_by_name(clause, "if missed", steps, steps, scope),
        clause,
    )


def _effects_by_name(
    clause: Clause, name: str, known: list[str], steps: Collection[str], scope: Scope
) -> dict[str, tuple[Effect, ...]]:
    found = {}
    for one in clause.parts(name):
        if one.part not in known:
            absent_part(one.part, known, one.span, scope)
        found[one.part] = effects_in_field(one, scope, steps=steps)
    return found


def _names_once(procedure: Procedure, specs: list[FieldSpec], scope: Scope) -> None:
    seen: set[str] = set()
    for spec in specs:
        if spec.name in seen:
            sentence = say("`{name}` is recorded twice", name=spec.name)
            scope.report("E201", sentence, spec.span, say("take another name for one of them"))
        seen.add(spec.name)
    names = [(step.name, step.span) for step in procedure.steps]
    for name, span in [*names, *((end.name, end.span) for end in procedure.ends)]:
        if name == REVOKE:
            sentence = say("`{name}` cannot be a step or end", name=name)
            help_ = say("it is the act that takes back what was granted; take another name")
            scope.report("E103", sentence, span, help_)


def _bound(procedure: Procedure, scope: Scope) -> None:
    # Nothing in a shared procedure is about one party.
    clause = procedure.source
    named = [field for field in clause.fields.values() if names_that_party(field)]
    for one in named:
        unbound(one.text.span, scope)
    fields = [*clause.parts("at"), *clause.parts("if missed")]
    fields += [clause.fields["if missed"]] if "if missed" in clause.fields else []
    for one in fields:
        about_one = needs_party(_effects_of(procedure, one.name), scope)
        if about_one and one not in named:
            unbound(one.text.span, scope)


def _effects_of(procedure: Procedure, field: str) -> tuple[Effect, ...]:
    if field == "if missed":
        return procedure.if_missed
    kind, _, part = field.rpartition(" ")
    return (procedure.at if kind == "at" else procedure.if_missed_at)[part]


def _reading(typed: object) -> list[Sentence]:
    procedure = cast(Procedure, typed)
    return procedure_words(procedure)


def _fields() -> Iterable[Field]:
    yield Field("opened by", "openers", say("who may open a case"), required=True)
    yield Field("asks", "asks", say("what a case must say, such as `quantity: count`"))
    yield Field(
        "step",
        "step",
        say("a step: by whom, by when, what it records, such as `by hub, within 1 day`"),
        required=True,
        named=True,
        name_required=True,
    )
    yield Field(
        "ends", "ends", say("how a step ends a case, such as `refused at review when approved = 0`")
    )
    yield Field(
        "at",
        "effects",
        say("what a step or end brings about, such as `call review_breach`"),
        named=True,
        name_required=True,
    )
    yield Field(
        "grants",
        "grant",
        say("a permit that it grants, such as `licensed to applicant for 365 days at agreed`"),
        many=True,
    )
    yield Field("revoked by", "who", say("who may take back what it granted"))
    yield Field("if missed", "effects", say("what follows from missing a step"), named=True)


KIND = Kind(
    name="procedure",
    summary=say("an ordered file of steps, each with its clock: a request, a tender, a complaint"),
    fields=tuple(_fields()),
    declare=_declare,
    resolve=_resolve,
    reading=_reading,
    spread=_spread,
    example=(
        "procedure stock_request\n  opened by: any party\n  asks: quantity: count\n"
        "  step review: by hub, within 2 days, gives approved: count\n"
        "  step release: by hub, within 48 hours of review\n"
        "  ends: refused at review when approved = 0"
    ),
)
