# SPDX-License-Identifier: Apache-2.0
"""Random statuses, rules, duties and powers with their effects, one after another.

`Plan` fixes beforehand in which order they stand, so that effects know what stands after them.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from generative.conditions import DAYS, SHORT

if TYPE_CHECKING:
    from generative.accords import Written


@dataclass
class Clause:
    """What is settled of a clause before any is written."""

    kind: str
    name: str
    own: bool
    voted: bool = False
    lapses: str = ""
    lingers: str = ""
    renewed_by: str = ""


@dataclass
class Plan:
    """What a clause's effects may reach: statuses, powers to call, and statuses that it renews."""

    statuses: list[Clause] = field(default_factory=list)
    powers: list[Clause] = field(default_factory=list)
    renewed: list[Clause] = field(default_factory=list)


def write_clauses(written: Written) -> None:
    """Write clauses of every kind in a random order."""
    clauses = _settled(written)
    for index, clause in enumerate(clauses):
        # What a carried vote or a missed duty brings about comes first of all in a moment.
        reach = clauses if clause.voted or clause.kind == "duty" else clauses[index + 1 :]
        plan = Plan(
            [one for one in reach if one.kind == "status"],
            [one for one in reach if one.voted and one is not clause],
            [one for one in reach if one.kind == "while" and one.renewed_by == clause.name],
        )
        match clause.kind:
            case "rule":
                _rule(written, plan, clause)
            case "duty":
                _duty(written, plan, clause)
            case "power":
                _power(written, plan, clause)
            case _:
                _status(written, clause)


def _settled(written: Written) -> list[Clause]:
    choice = written.choice
    clauses = []
    for index in range(choice.number(2, 7)):
        kind = choice.of(("rule", "status", "power", "duty", "while"))
        clauses.append(Clause(kind, f"{kind[0]}{index}", choice.of((True, False))))
    powers = [clause.name for clause in clauses if clause.kind == "power"]
    for clause in clauses:
        if clause.kind == "power":
            clause.voted = choice.sometimes(60)
        if clause.kind in ("status", "while"):
            clause.lapses = choice.of(SHORT) if choice.sometimes(50) else ""
        if clause.kind == "while" and choice.sometimes(30):
            clause.lingers = choice.of(SHORT)
        elif clause.lapses and powers and choice.sometimes(60):
            clause.renewed_by = choice.of(powers)
    return clauses


# --- statuses --------------------------------------------------------------------------------


def _status(written: Written, clause: Clause) -> None:
    choice = written.choice
    condition = ""
    if clause.kind == "while":
        per_party = clause.own and choice.sometimes(80)
        condition = f"while: {written.conditions().condition(per_party=per_party)}"
    written.add(
        f"status {clause.name}{' per party' if clause.own else ''}", condition,
        clause.lingers and f"lingers: {clause.lingers}",
        clause.lapses and f"lapses: after {clause.lapses}",
        clause.renewed_by and f"renewed by: {clause.renewed_by}",
    )  # fmt: skip
    name, own = clause.name, clause.own
    written.names.statuses.append((name, own))
    written.names.changes += [(f"{name} starts", own), (f"{name} ends", own)]


# --- effects ---------------------------------------------------------------------------------


def _effects(written: Written, plan: Plan, own: bool, *, exact: bool) -> str:
    choice = written.choice
    effects = [_effect(written, plan, own, exact=exact) for _ in range(choice.of((1, 1, 2)))]
    if plan.renewed and choice.sometimes(60):
        effects.append(f"start {choice.of(plan.renewed).name}")
    # Two starts of one status in one clause would ask for two renewals at once.
    first = {" ".join(effect.split()[:2]): effect for effect in effects if effect}
    return "; ".join(first.values())


def _effect(written: Written, plan: Plan, own: bool, *, exact: bool) -> str:
    choice = written.choice
    kinds = []
    if plan.statuses:
        kinds += ["start", "start", "end"]
    if written.names.pools:
        kinds += ["draw", "draw"]
    callable_powers = [one.name for one in plan.powers if own or not one.own]
    if callable_powers:
        kinds += ["call"]
    if not kinds:
        return ""
    match choice.of(kinds):
        case "call":
            return f"call {choice.of(callable_powers)}"
        case "draw":
            return _draw(written, own, exact=exact)
        case word:
            status = choice.of(plan.statuses)
            at = f" at {_to(written, own)}" if status.own and choice.sometimes(60) else ""
            lasting = ""
            if word == "start" and not status.lapses and choice.sometimes(30):
                # The same time for all that start it: two at once would not say which counts.
                lasting = f" for {SHORT[len(status.name) + int(status.name[1:]) % 4]}"
            return f"{word} {status.name}{at}{lasting}"


def _to(written: Written, own: bool) -> str:
    choice = written.choice
    options = ["each party", "all parties", choice.of(written.names.parties)]
    if own:
        options = ["that party", "that party", "other parties", *options]
    if choice.sometimes(15) and (inner := written.conditions().plain(per_party=True)):
        return f"parties where ({inner})"
    return choice.of(options)


def _draw(written: Written, own: bool, *, exact: bool) -> str:
    choice = written.choice
    pool, unit = choice.of(written.names.pools)
    within = f" within {choice.of(SHORT)}" if choice.sometimes(70) else ""
    to = _to(written, own)
    if choice.sometimes(20):
        to = "hub"
    if choice.sometimes(25) and "where" not in to and "other" not in to:
        return f"send {choice.of((25, 50, 75))}% of {pool} to {to}{within}"
    amounts = [f"{unit}{choice.of((2, 3, 5, 8))}", f"{pool} * 50%"]
    counts = [f for f in written.names.figures if f.unit == "count" and (own or not f.per_party)]
    if counts and not unit and not exact:
        name = choice.of(counts).name
        amounts += [name, f"{name} * 50%"]
    return f"{choice.of(('pay', 'send'))} {choice.of(amounts)} from {pool} to {to}{within}"


# --- triggers --------------------------------------------------------------------------------


def _trigger(written: Written, own: bool, *, when: int = 60) -> str:
    choice = written.choice
    changes = [
        n for n, per_party in (*written.names.changes, *written.names.events) if per_party == own
    ]
    if not changes or choice.sometimes(when):
        return f"when: {written.conditions().condition(per_party=own)}"
    found = [choice.of(changes) for _ in range(choice.of((1, 1, 2)))]
    others = [
        n for n, per_party in (*written.names.changes, *written.names.events) if not per_party
    ]
    if own and others and choice.sometimes(15):
        found.append(choice.of(others))
    return f"on: {' or '.join(dict.fromkeys(found))}"


def _at_most(written: Written) -> str:
    choice = written.choice
    if not choice.sometimes(35):
        return ""
    often = choice.of(("once", "once", "2 times"))
    within = f" in {choice.of(SHORT)}" if choice.sometimes(75) else ""
    return f"at most: {often}{within}"


# --- rules, duties, powers -------------------------------------------------------------------


def _rule(written: Written, plan: Plan, clause: Clause) -> None:
    name, own = clause.name, clause.own
    trigger = _trigger(written, own)
    effects = _effects(written, plan, own, exact=False)
    if not effects:
        return
    written.add(f"rule {name}", trigger, f"then: {effects}", _at_most(written))
    written.names.changes.append((f"{name} used", own))


def _duty(written: Written, plan: Plan, clause: Clause) -> None:
    choice, name, own = written.choice, clause.name, clause.own
    by = _debtors(written, own)
    every = not own and choice.sometimes(35)
    if every:
        trigger = f"every: {choice.of((*DAYS, '36 hours', '12 hours'))}"
        first = choice.of(("2026-03-07", "2026-02-24", "2026-03-09"))
        trigger += f" from {first}" if choice.sometimes(25) else ""
    elif not own and choice.sometimes(8):
        trigger = ""
    else:
        trigger = _trigger(written, own, when=45)
    by_parties = by not in ("hub", "council")
    per_row = own or by_parties
    condition = choice.sometimes(20) and written.conditions().compared(per_party=per_row)
    must = f"must: {condition or 'act promptly'}"
    within = f"within: {choice.of(SHORT)}" if choice.sometimes(75) else ""
    missed = _effects(written, plan, per_row, exact=True) if choice.sometimes(50) else ""
    written.add(f"duty {name}", trigger, f"by: {by}", must, within,
                f"if missed: {missed}" if missed else "")  # fmt: skip
    written.names.debts.append((name, per_row))
    written.names.changes += [(f"{name} done", per_row), (f"{name} missed", per_row)]


def _debtors(written: Written, own: bool) -> str:
    choice, parties = written.choice, written.names.parties
    forms = ["hub", "each party", "all parties", "any party", parties[0], ", ".join(parties[:2])]
    if own:
        forms = ["that party", "that party", "other parties", *forms]
    if choice.sometimes(15) and (inner := written.conditions().plain(per_party=True)):
        return f"parties where ({inner})"
    return choice.of(forms)


def _power(written: Written, plan: Plan, clause: Clause) -> None:
    choice, name, own = written.choice, clause.name, clause.own
    trigger = "" if choice.sometimes(40) else _trigger(written, own, when=80)
    effects = _effects(written, plan, own, exact=True)
    per_party = own and (bool(trigger) or "that party" in effects)
    if not per_party and own:
        effects = _effects(written, plan, False, exact=True)
    decided = silence = ""
    if clause.voted:
        most = len(written.names.parties)
        need = choice.of(("1/2", "2/3", "all", "50%", str(choice.number(1, most))))
        who = choice.of(("parties", "council"))
        voting = " voting" if choice.sometimes(30) else ""
        decided = f"decided by: {need} of {who}{voting} within {choice.of(SHORT)}"
        silence = f"silence: {choice.of(('consents', 'refuses', 'abstains'))}"
    written.add(f"power {name}", "by: council", trigger, f"may: {effects or 'act at will'}",
                decided, silence, _at_most(written))  # fmt: skip
    written.names.changes.append((f"{name} used", per_party))
    if clause.voted:
        written.names.changes += [(f"{name} opened", per_party), (f"{name} refused", per_party)]
