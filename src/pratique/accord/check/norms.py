# SPDX-License-Identifier: Apache-2.0
"""Findings on norms: E501 nobody owes, W502 no deadline, E503 never ends, E504 nothing starts it,
W505 no rule on silence, W506 no consequence, W507 a body that decides without seats.
"""

from __future__ import annotations

from collections.abc import Iterator

from lark import Token, Tree

from pratique.accord.check.syntax import (
    changes_read,
    clause_named,
    effects_read,
    joined,
    place_of_name,
    whole_clauses,
)
from pratique.accord.clause import Clause
from pratique.accord.kinds.body import Body
from pratique.accord.kinds.duty import Duty
from pratique.accord.kinds.status import IN_FORCE
from pratique.accord.model import Accord
from pratique.accord.terms.values import Who
from pratique.base.finding import Finding
from pratique.base.text import Sentence, say

_DEADLINES = ("within", "before", "every")


def norms(accord: Accord) -> list[Finding]:
    """Return the findings on norms; on what clauses do together only where nothing else stops."""
    findings = [*_votes(accord)]
    owed = []
    for clause, duty in _duties(accord):
        # What nobody owes can be neither late nor missed.
        if (unowed := _debtors(clause, duty, accord)) is not None:
            findings.append(unowed)
        else:
            owed.append((clause, duty))
    findings += _deadlines(owed)
    if accord.is_sound:
        findings += [*_statuses(accord), *_breaches(owed, accord)]
    return findings


def _duties(accord: Accord) -> Iterator[tuple[Clause, Duty]]:
    for clause in whole_clauses(accord, "duty"):
        duty = accord.typed.get(clause.name)
        if isinstance(duty, Duty) and duty.source is clause:
            yield clause, duty


# --- E501 -----------------------------------------------------------------------------------------


def _debtors(clause: Clause, duty: Duty, accord: Accord) -> Finding | None:
    found = [_cannot_owe(who, duty, accord) for who in duty.by]
    reasons = [reason for reason in found if reason is not None]
    if not reasons or len(reasons) < len(found):
        return None
    help_ = say("name a party, or a body under the accord, in `by`")
    return Finding("E501", reasons[0], clause.fields["by"].text.span, help_)


def _cannot_owe(who: Who, duty: Duty, accord: Accord) -> Sentence | None:
    """Return why nobody whom `by` names there can owe a duty; None if somebody can."""
    if who.form == "people":
        # A ban binds persons; what must be done needs a party that answers for them.
        if duty.prohibits or duty.per_party:
            return None
        return say("`{name}` are persons: nobody answers for this duty", name=who.names[0])
    if who.form == "named" and all(_only_observes(name, accord) for name in who.names):
        return say("all in `{name}` are observers: nobody there can owe", name=who.names[0])
    parties = [party for party in _parties_named(who, accord) if party in accord.scope.parties]
    if parties and all(_reserves(party, duty.name, accord) for party in parties):
        return say("every party named here has kept itself out of `{name}`", name=duty.name)
    return None


def _only_observes(name: str, accord: Accord) -> bool:
    body = clause_named(accord, name)
    tree = body.tree("seats") if body is not None else None
    return tree is not None and all(
        isinstance(seat, Tree) and seat.data == "seats_observer" for seat in tree.children
    )


def _parties_named(who: Who, accord: Accord) -> list[str]:
    if who.form == "named":
        return list(who.names)
    if who.form in ("each", "all", "any", "that", "where") and not who.group:
        return accord.scope.parties
    return accord.scope.groups.get(who.group, []) if who.group else []


def _reserves(party: str, duty: str, accord: Accord) -> bool:
    return any(one.name == party and duty in one.reserves for one in accord.parties)


# --- W502, W506 -----------------------------------------------------------------------------------


def _deadlines(duties: list[tuple[Clause, Duty]]) -> Iterator[Finding]:
    for clause, duty in duties:
        lasts = duty.prohibits or duty.met_when is not None or "when" in clause.fields
        if lasts or any(name in clause.fields for name in _DEADLINES):
            continue
        sentence = say("nothing says by when `{name}` must be done", name=duty.name)
        help_ = say("add `within: 24 hours`, `before: 2027-01-01` or `every: 12 months`")
        yield Finding("W502", sentence, clause.names[0].span, help_)


def _breaches(duties: list[tuple[Clause, Duty]], accord: Accord) -> Iterator[Finding]:
    waited = changes_read(accord, "missed")
    help_ = say("add `if missed: call POWER`, or let a clause wait for its being missed")
    for clause, duty in duties:
        can_be_missed = any(name in clause.fields for name in _DEADLINES) and not duty.prohibits
        if can_be_missed and "if missed" not in clause.fields and duty.name not in waited:
            sentence = say("nothing follows where `{name}` is missed", name=duty.name)
            yield Finding("W506", sentence, clause.names[0].span, help_)
    for clause in whole_clauses(accord, "procedure"):
        if steps := _without_consequence(clause, waited):
            sentence = say(
                "nothing follows where a step of `{name}` is missed: {steps}",
                name=clause.name,
                steps=joined(steps),
            )
            yield Finding("W506", sentence, clause.names[0].span, help_)


def _without_consequence(clause: Clause, waited: set[str]) -> list[str]:
    """Return the steps that can be missed, and nothing follows, where no step has a consequence.

    Who says what follows from some of them has thought of the others.
    """
    ends = clause.tree("ends")
    late = list(ends.find_data("end_late")) if ends is not None else []
    # The change `PROCEDURE missed` happens with that of any of its steps.
    if "if missed" in clause.fields or clause.parts("if missed") or clause.name in waited:
        return []
    answered = {str(end.children[1]) for end in late}
    return [
        step.part
        for step in clause.parts("step")
        if step.tree is not None
        and any(part.data in ("step_within", "step_before") for part in _parts(step.tree))
        and step.part not in answered
        and f"{clause.name}.{step.part}" not in waited
    ]


def _parts(tree: Tree[Token]) -> Iterator[Tree[Token]]:
    return (child for child in tree.children if isinstance(child, Tree))


# --- E503, E504 -----------------------------------------------------------------------------------


def _statuses(accord: Accord) -> Iterator[Finding]:
    starts = list(effects_read(accord, "start_status"))
    started = {str(effect.children[0]) for effect in starts}
    # A start for a time of its own ends by itself.
    lasting = {str(effect.children[0]) for effect in starts if effect.children[2] is None}
    ended = {str(effect.children[0]) for effect in effects_read(accord, "end_status")}
    for clause in whole_clauses(accord, "status"):
        if "while" in clause.fields:
            continue
        for name in clause.names:
            place = place_of_name(clause, name.word)
            if name.word not in started:
                sentence = say("nothing starts `{name}`", name=name.word)
                help_ = say("give it a condition with `while`, or let a rule or power start it")
                yield Finding("E504", sentence, place, help_)
            elif not _ends(clause, name.word, lasting, ended):
                sentence = say("`{name}` never ends once it has begun", name=name.word)
                help_ = say("add `lapses: after 90 days`, or let a rule or power end it")
                yield Finding("E503", sentence, place, help_)


def _ends(clause: Clause, name: str, lasting: set[str], ended: set[str]) -> bool:
    return name == IN_FORCE or "lapses" in clause.fields or name in ended or name not in lasting


# --- W505, W507 -----------------------------------------------------------------------------------


def _votes(accord: Accord) -> Iterator[Finding]:
    for clause in whole_clauses(accord, "power"):
        tree = clause.tree("decided by")
        if tree is None or tree.data != "vote":
            continue
        place = clause.fields["decided by"].text.span
        if "silence" not in clause.fields:
            sentence = say("nothing says what silence means in this vote")
            help_ = say("add `silence: consents`, `silence: refuses` or `silence: abstains`")
            yield Finding("W505", sentence, place, help_)
        name = str(tree.children[1])
        body = accord.typed.get(name)
        if isinstance(body, Body) and "seats" not in body.source.fields:
            sentence = say("`{name}` decides, and nothing says who sits in it", name=name)
            help_ = say("add `seats: 1 per party`, or another number, to `{name}`", name=name)
            yield Finding("W507", sentence, place_of_name(body.source, name), help_)
