# SPDX-License-Identifier: Apache-2.0
"""Procedures in plain words: who opens a case, each step in its order, each way out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from fractions import Fraction
from math import isfinite
from typing import TYPE_CHECKING

from pratique.accord.fields.procedures import End, FieldSpec, Grant, Step
from pratique.accord.terms.values import COUNT
from pratique.accord.words.clocks import clock_words
from pratique.accord.words.phrases import condition_words, value_words
from pratique.accord.words.reading import effect_words, who_words
from pratique.base.text import Bare, Code, Either, Sentence, say

if TYPE_CHECKING:
    from pratique.accord.kinds.procedure import Procedure


def procedure_words(procedure: Procedure) -> list[Sentence]:
    """Return what a procedure says, sentence by sentence."""
    reading = [say("A case is opened by {who}.", who=who_words(procedure.opened_by))]
    if procedure.asks:
        reading.append(say("Whoever opens it states: {fields}.", fields=_fields(procedure.asks)))
    for number, step in enumerate(procedure.steps, 1):
        reading += step_words(step, number, procedure.name)
    reading += [_end(end) for end in procedure.ends]
    for name, effects in procedure.at.items():
        reading += [
            say("At {name}: {effect}.", name=Bare(Code(name)), effect=effect_words(effect))
            for effect in effects
        ]
    for grant in procedure.grants:
        reading += _grant(grant)
    if procedure.revoked_by:
        whom = who_words(procedure.revoked_by)
        reading.append(say("What it granted can be taken back by {who}.", who=whom))
    return reading + list(_missed(procedure))


def step_words(step: Step, number: int, procedure: str) -> list[Sentence]:
    """Return what one step says, sentence by sentence."""
    reading = [_doing(step, number), *clock_words(step.clock, procedure)]
    if step.label != step.name.replace("_", " "):
        reading.append(say("It is called “{label}”.", label=step.label))
    if step.many:
        reading.append(say("Acts are gathered until it is due."))
    if step.not_counting:
        reading.append(
            say("The time spent at {step} does not count.", step=Bare(Code(step.not_counting)))
        )
    if step.gives:
        reading.append(say("It records: {fields}.", fields=_fields(step.gives)))
    reading += [
        say("With it comes: {effect}.", effect=effect_words(effect)) for effect in step.sends
    ]
    return reading


def _doing(step: Step, number: int) -> Sentence:
    name, n = Bare(Code(step.name)), number
    if step.wait is not None:
        return say("Step {n}, {step}: it waits for {time}.", n=n, step=name, time=step.wait)
    if step.method is not None:
        value = condition_words(step.method)
        return say("Step {n}, {step}: it is computed, {value}.", n=n, step=name, value=value)
    if not step.by:
        return say("Step {n}, {step}: anyone may act.", n=n, step=name)
    if len(step.by) > 1:
        who = who_words(step.by)
        return say("Step {n}, {step}: each of these acts: {who}.", n=n, step=name, who=who)
    return say("Step {n}, {step}: by {who}.", n=n, step=name, who=who_words(step.by))


def _fields(specs: Iterable[FieldSpec]) -> list[Sentence]:
    return [
        say("{field} ({type})", field=Bare(Code(spec.name)), type=field_type_words(spec))
        for spec in specs
    ]


def field_type_words(spec: FieldSpec) -> Sentence:
    """Return what a field takes, as a noun."""
    match spec.type.kind:
        case "count" if isfinite(spec.low) and isfinite(spec.high):
            low, high = (value_words(Fraction(str(n)), COUNT) for n in (spec.low, spec.high))
            return say("a count from {low} to {high}", low=low, high=high)
        case "choice":
            return say(
                "one of {choices}",
                choices=Either(tuple(Bare(Code(choice)) for choice in spec.choices)),
            )
        case "money":
            return say("an amount in {currency}", currency=spec.type.unit)
        case "number" if spec.unit:
            return say("a number of {unit}", unit=spec.unit.replace("_", " "))
        case "code":
            return say("a code of {system}", system=spec.unit)
    return _TYPES[spec.type.kind]


_TYPES = {
    "count": say("a count"),
    "number": say("a number"),
    "percent": say("a percentage"),
    "date": say("a date"),
    "moment": say("a moment"),
    "text": say("a text"),
    "sealed": say("a sealed text"),
    "place": say("a place"),
    "party": say("a Party"),
    "person": say("a person"),
    "file": say("a file"),
}


def _end(end: End) -> Sentence:
    step, name = Code(end.step), Code(end.name) if end.goes_to else Bare(Code(end.name))
    match (bool(end.goes_to), end.late, end.when):
        case (True, True, _):
            return say("When {step} is late, the case goes to {name}.", step=step, name=name)
        case (False, True, _):
            return say("When {step} is late, the case ends: {name}.", step=step, name=name)
        case (True, False, None):
            return say("After {step} the case goes to {name}.", step=step, name=name)
        case (False, False, None):
            return say("After {step} the case ends: {name}.", step=step, name=name)
    assert end.when is not None
    condition = condition_words(end.when)
    if end.goes_to:
        return say(
            "After {step}, if {condition}, the case goes to {name}.",
            step=step,
            condition=condition,
            name=name,
        )
    return say(
        "After {step}, if {condition}, the case ends: {name}.",
        step=step,
        condition=condition,
        name=name,
    )


def _grant(grant: Grant) -> Iterator[Sentence]:
    at, permit, holder = (Bare(Code(n)) for n in (grant.at, grant.name, grant.holder_field))
    yield say(
        "At {at} it permits what {field} names: {permit}.", at=at, field=holder, permit=permit
    )
    if grant.where is not None:
        yield say("The permit is for {whom}.", whom=who_words((grant.where,)))
    if grant.while_status:
        yield say("The permit holds only while {status} holds.", status=Code(grant.while_status))
    if grant.lasting is not None:
        yield say("The permit runs out after {time}.", time=grant.lasting)


def _missed(procedure: Procedure) -> Iterator[Sentence]:
    alike: dict[tuple[str, ...], list[str]] = {}
    for step, effects in procedure.if_missed_at.items():
        alike.setdefault(tuple(str(effect_words(effect)) for effect in effects), []).append(step)
    for steps in alike.values():
        for effect in procedure.if_missed_at[steps[0]]:
            yield _missed_at([Bare(Code(step)) for step in steps], effect_words(effect))
    for effect in procedure.if_missed:
        if procedure.if_missed_at:
            yield say("If another step is missed: {effect}.", effect=effect_words(effect))
        else:
            yield say("If a step is missed: {effect}.", effect=effect_words(effect))


def _missed_at(steps: list[Bare], effect: Sentence) -> Sentence:
    if len(steps) == 1:
        return say("If {step} is missed: {effect}.", step=steps[0], effect=effect)
    return say("If one of {steps} is missed: {effect}.", steps=steps, effect=effect)
