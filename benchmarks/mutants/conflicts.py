# SPDX-License-Identifier: Apache-2.0
"""Clauses against one another: opposite effects, start and stop together, must against must not."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from benchmarks.mutants.text import Clean, Family, Fault, family, put_after, replaced, taken
from pratique.accord.clause import Clause

_EFFECT = re.compile(r"\b(start|end) ([a-z_]+)( at [a-z_ ]+?)?(?=;|$| for )")
_OPPOSITE = {"start": "end", "end": "start"}
_FLIPPED = {"<": ">=", ">": "<=", "<=": ">", ">=": "<"}
_COMPARED = re.compile(r"([a-z_]+) (<=|>=|<|>) ([\d.]+%?|[a-z_]+)")


@dataclass(frozen=True)
class _Change:
    """A clause that starts or ends a status; `when` or `on` says when its opposite would clash."""

    clause: Clause
    status: str
    does: str
    place: str
    trigger: str


def _changes(clean: Clean) -> Iterator[_Change]:
    for clause in clean.clauses("rule", "power", "duty", "procedure"):
        for name, field in clause.fields.items():
            reads = name in ("then", "may", "if missed") or name.startswith("at ")
            match = _EFFECT.search(" ".join(field.text.words.split())) if reads else None
            if match is None or match[2] == "in_force":
                continue
            if not any(one.kind == "status" for one in [clean.clause(match[2])] if one):
                continue
            trigger = _trigger(clause, name)
            place = match[3] or ""
            if clause.kind == "procedure":
                place = " at all parties" if place else ""
            yield _Change(clause, match[2], match[1], place, trigger)


def _trigger(clause: Clause, name: str) -> str:
    if clause.kind == "rule":
        kind = "on" if "on" in clause.fields else "when"
        return f"{kind}: {clause.words(kind)}"
    if clause.kind == "power":
        return f"on: {clause.name} used"
    if clause.kind == "duty":
        return f"on: {clause.name} missed"
    return f"on: {name.removeprefix('at ')} of {clause.name} done"


def _contradictions(clean: Clean) -> Iterator[Fault]:
    yield from _permissions(clean)
    for one in _changes(clean):
        opposite = _OPPOSITE[one.does]
        name = f"{one.status}_{'over' if opposite == 'end' else 'anew'}"
        effect = f"  then: {opposite} {one.status}{one.place}"
        clauses = (one.clause.name, name, one.status)
        new = (f"rule {name}", f"  {one.trigger}", effect)
        yield put_after(
            f"a second rule {opposite}s what the first {one.does}s",
            clean, one.clause.last_line, new, clauses,
        )  # fmt: skip
        if one.trigger.startswith("on: ") and not one.place:
            further = f"{one.trigger} or {_other_change(clean, one)}"
            new = (f"rule {name}", f"  {further}", effect)
            yield put_after(
                "a second rule waits, among others, for the same change",
                clean, one.clause.last_line, new, clauses,
            )  # fmt: skip
        if one.trigger.startswith("when: "):
            new = (f"rule {name}", f"  {_wider(one.trigger)}", effect)
            yield put_after(
                "a second rule holds in a wider situation",
                clean, one.clause.last_line, new, clauses,
            )  # fmt: skip


def _permissions(clean: Clean) -> Iterator[Fault]:
    """Iterate over permissions of what is forbidden, and over exceptions that override no more."""
    for clause in clean.clauses("duty"):
        if "must not" in clause.fields:
            name = f"{clause.name}_allowed"
            when = (f"  when: {clause.words('when')}",) if "when" in clause.fields else ()
            by = clause.words("by").replace("each party", "any party")
            new = (f"power {name}", *when, f"  by: {by}", f"  may: {clause.words('must not')}")
            yield put_after(
                "what must not be done may be done", clean, clause.last_line, new,
                (clause.name, name),
            )  # fmt: skip
    for clause in clean.clauses("power", "duty"):
        if "overrides" in clause.fields:
            lines = clean.field_lines(clause, "overrides")
            clauses = (clause.name, *clause.listed("overrides"))
            yield taken("an exception that overrides no more", clean, lines, clauses)


def _other_change(clean: Clean, one: _Change) -> str:
    others = (c.name for c in clean.clauses("power") if c.name != one.clause.name)
    return f"{next(others)} used"


def _wider(trigger: str) -> str:
    if "all parties" in trigger:
        return trigger.replace("all parties", "any party")
    return re.sub(r" for \d+ [a-z]+", "", trigger)


# --- start and stop together ----------------------------------------------------------------------


def _together(clean: Clean) -> Iterator[Fault]:
    for one in _changes(clean):
        clause = one.clause
        if one.does == "start" and "when" in clause.fields:
            for slip, condition in _too_wide(one.status, clause.words("when")):
                name = f"{one.status}_over"
                when = f"  when: {condition}"
                new = (f"rule {name}", when, f"  then: end {one.status}{one.place}")
                yield put_after(slip, clean, clause.last_line, new, (clause.name, name, one.status))
    yield from _ends_at_start(clean)


def _too_wide(status: str, condition: str) -> Iterator[tuple[str, str]]:
    inner = f"({condition})" if " or " in condition else condition
    yield "ends while its own condition holds", f"{status} and {inner}"
    parts = re.split(r" and ", condition)
    if len(parts) > 1 and " or " not in condition:
        yield "ends while a part of its condition holds", f"{status} and {parts[0]}"
    for match in re.finditer(r"(any party|count of parties) \(([^()]*)\)", condition):
        compared = _COMPARED.match(match[2])
        if compared:
            turned = f"{compared[1]} {_FLIPPED[compared[2]]} {compared[3]}"
            yield "ends when any, not all, are below", f"{status} and any party ({turned})"


def _ends_at_start(clean: Clean) -> Iterator[Fault]:
    """Iterate over faults in rules that end a status: they wait for what starts it."""
    all_changes = list(_changes(clean))
    for ender in all_changes:
        if ender.does != "end" or ender.clause.kind != "rule":
            continue
        clause = ender.clause
        starters = [c for c in all_changes if c.status == ender.status and c.does == "start"]
        also = (*(c.clause.name for c in starters), ender.status)
        for starter in starters:
            if "on" in clause.fields and starter.trigger.startswith("on: "):
                line = clean.field_lines(clause, "on")
                started = starter.trigger.removeprefix("on: ")
                for slip, pattern, new in (
                    ("waits for the change that starts it", r"on: .*", f"on: {started}"),
                    ("waits for that change too", r"(on: .*)", rf"\1 or {started}"),
                ):
                    for fault in replaced(slip, clean, clause, line, swap=(pattern, new)):
                        yield _with(fault, also)
        if "when" in clause.fields and starters:
            line = clean.field_lines(clause, "when")
            for slip, pattern, new in (
                ("any for all", "all parties", "any party"),
                ("the wrong side", "< (?=[0-9])", "> "),
                ("its condition is lost", r" and .*", ""),
                ("above the threshold at which it starts", r"< (\d+)", r"< \g<1>0"),
            ):
                for fault in replaced(slip, clean, clause, line, swap=(pattern, new)):
                    yield _with(fault, also)


def _with(fault: Fault, clauses: tuple[str, ...]) -> Fault:
    return replace(fault, clauses=(*fault.clauses, *clauses))


# --- must against must not ------------------------------------------------------------------------


def _against(clean: Clean) -> Iterator[Fault]:
    for clause in clean.clauses("duty"):
        if "must not" in clause.fields:
            yield from _demands(clean, clause)
        elif not re.search(r"[<>=]", clause.words("must")):
            yield from _bans(clean, clause)


def _demands(clean: Clean, clause: Clause) -> Iterator[Fault]:
    """Iterate over duties to do what a clause forbids; persons cannot owe one."""
    if not _by_people(clean, clause):
        name = f"{clause.name}_all_the_same"
        when = f"  when: {clause.words('when') or 'in_force'}"
        must = f"  must: {clause.words('must not')}"
        new = [f"duty {name}", when, f"  by: {clause.words('by')}", must]
        slip = "what must not be done must be done"
        yield put_after(slip, clean, clause.last_line, new, (clause.name, name))


def _bans(clean: Clean, clause: Clause) -> Iterator[Fault]:
    """Iterate over bans on what a clause asks for or a part of it, for all who owe it or one."""
    words, name = clause.words("must"), f"never_{clause.name}"
    by = clause.words("by").replace("that party", "each party")
    part = re.split(r", | and |; ", words)[0]
    bans = [
        ("a ban in the same words", "", by, words),
        ("a ban in the same words, in force", "in_force", by, words),
    ]
    if part != words and len(part.split()) > 2:
        bans.append(("a ban on a part of it", "", by, part))
    if by == "each party":
        bans.append(("a ban on one of those who owe it", "", clean.accord.scope.parties[0], words))
    for slip, when, whom, ban in bans:
        new = [f"duty {name}", *([f"  when: {when}"] if when else [])]
        new += [f"  by: {whom}", f"  must not: {ban}"]
        yield put_after(slip, clean, clause.last_line, new, (clause.name, name))


def _by_people(clean: Clean, clause: Clause) -> bool:
    named = clean.clause(clause.words("by"))
    return named is not None and named.kind == "people"


CONTRADICTION: Family = family(
    "contradiction", _contradictions, expected="E603 W606 W307", follows="E605 E601 W607"
)
START_AND_STOP: Family = family(
    "start and stop together", _together, expected="W606 E603", follows="W203 E301 E504 W303"
)
DUTY_AGAINST_PROHIBITION: Family = family(
    "duty against prohibition", _against, expected="E604", follows="W306"
)
