# SPDX-License-Identifier: Apache-2.0
"""Random statuses, rules, duties and powers, one after another.

`Plan` fixes beforehand in which order they stand, so that effects know what stands after them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from generative.conditions import DAYS, SHORT
from generative.effects import Clause, Plan, effects
from generative.head import DATES
from generative.procedures import write_procedure

if TYPE_CHECKING:
    from generative.accords import Written

RUNS = ("rule", "duty", "power", "procedure")


def settled(written: Written) -> list[Clause]:
    """Settle of which kinds clauses are, in which order they stand."""
    choice = written.choice
    kinds = ["rule", "status", "power", "duty", "while"]
    if written.has("procedures"):
        kinds += ["case", "case", "case"]
    clauses = []
    for index in range(choice.number(2, choice.of((4, 5, 7)))):
        kind = choice.of(kinds)
        clauses.append(Clause(kind, f"{kind[0]}{index}", choice.of((True, False))))
    if written.has("procedures") and all(clause.kind != "case" for clause in clauses):
        clauses.append(Clause("case", f"c{len(clauses)}", choice.of((True, False))))
    powers = [clause.name for clause in clauses if clause.kind == "power"]
    for clause in clauses:
        _settle(written, clause, powers)
    return clauses


def _settle(written: Written, clause: Clause, powers: list[str]) -> None:
    choice = written.choice
    if clause.kind == "power":
        clause.voted = choice.sometimes(85 if written.has("votes") else 60)
        clause.leaves = clause.own and written.has("membership") and choice.sometimes(50)
    if clause.kind in ("status", "while"):
        clause.lapses = choice.of(SHORT) if choice.sometimes(50) else ""
    if clause.kind == "while" and choice.sometimes(30):
        clause.lingers = choice.of(SHORT)
    elif clause.lapses and powers and choice.sometimes(60):
        clause.renewed_by = choice.of(powers)
    dated = written.has("precedence") and clause.lapses and not clause.renewed_by
    if clause.kind in ("status", "while") and dated and choice.sometimes(35):
        clause.lapses = f"on {choice.of(DATES)}"


def write_clauses(written: Written, clauses: list[Clause]) -> None:
    """Write clauses in their order."""
    for index, clause in enumerate(clauses):
        # What a carried vote or a missed duty brings about comes first of all in a moment.
        reach = clauses if clause.voted or clause.kind == "duty" else clauses[index + 1 :]
        plan = Plan(
            [one for one in reach if one.kind == "status"],
            [one for one in reach if one.voted and one is not clause],
            [one for one in reach if one.kind == "while" and one.renewed_by == clause.name],
            [one for one in clauses[index + 1 :] if one.kind == "case"],
            clauses[index + 1 :],
        )
        match clause.kind:
            case "rule":
                _rule(written, plan, clause)
            case "duty":
                _duty(written, plan, clause)
            case "power":
                _power(written, plan, clause)
            case "case":
                write_procedure(written, plan, clause)
            case _:
                _status(written, plan, clause)


# --- statuses --------------------------------------------------------------------------------


def _status(written: Written, plan: Plan, clause: Clause) -> None:
    choice, spread = written.choice, ""
    if clause.own:
        spread = " per party"
        if written.names.groups and choice.sometimes(35):
            group = choice.of(list(written.names.groups))
            written.names.within[clause.name] = group
            spread = f" per {group}"
    condition = ""
    if clause.kind == "while":
        per_party = clause.own and choice.sometimes(80)
        condition = f"while: {written.conditions().condition(per_party=per_party)}"
    stops = ""
    if written.has("precedence") and choice.sometimes(50):
        names = ["drawing", "voting", *(one.name for one in plan.later if one.kind in RUNS)]
        stops = f"stops: {choice.of(names)}"
    lapses = clause.lapses
    if lapses and not lapses.startswith("on "):
        lapses = f"after {lapses}"
    winds = written.has("procedures") and choice.sometimes(25)
    written.add(
        f"status {clause.name}{spread}", condition,
        clause.lingers and f"lingers: {clause.lingers}",
        lapses and f"lapses: {lapses}", stops,
        clause.renewed_by and f"renewed by: {clause.renewed_by}",
        f"winds down: {choice.of(SHORT)}" if winds else "",
    )  # fmt: skip
    name, own = clause.name, clause.own
    written.names.statuses.append((name, own))
    written.names.changes += [(f"{name} starts", own), (f"{name} ends", own)]


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


def _overrides(written: Written, plan: Plan) -> str:
    if not (written.has("precedence") and written.choice.sometimes(40)):
        return ""
    names = [one.name for one in plan.later if one.kind in (*RUNS, "case")]
    return f"overrides: {written.choice.of(names)}" if names else ""


# --- rules, duties, powers -------------------------------------------------------------------


def _rule(written: Written, plan: Plan, clause: Clause) -> None:
    name, own = clause.name, clause.own
    trigger = _trigger(written, own)
    found = effects(written, plan, own, exact=False) or written.mark()
    written.add(f"rule {name}", trigger, f"then: {found}", _at_most(written),
                _overrides(written, plan))  # fmt: skip
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
    by_parties = by not in ("hub", "council", "chair of council")
    per_row = own or by_parties
    condition = choice.sometimes(20) and written.conditions().compared(per_party=per_row)
    must = f"must: {condition or 'act promptly'}"
    within, before = _clock(written, per_row)
    draws, to = _draws(written, own, per_row)
    missed = effects(written, plan, per_row, exact=True) if choice.sometimes(50) else ""
    written.add(f"duty {name}", trigger, f"by: {by}", must, to, within, before, draws,
                f"if missed: {missed}" if missed else "", _overrides(written, plan))  # fmt: skip
    written.names.debts.append((name, per_row))
    written.names.changes += [(f"{name} done", per_row), (f"{name} missed", per_row)]


def _clock(written: Written, per_row: bool) -> tuple[str, str]:
    choice = written.choice
    within = f"within: {choice.of(SHORT)}" if choice.sometimes(75) else ""
    if not written.has("clocks"):
        return within, ""
    changes = [n for n, _ in (*written.names.changes, *written.names.events)]
    if within and changes and choice.sometimes(50):
        within += f" of {choice.of(changes)}"
    if within and choice.sometimes(40):
        own = per_row and choice.sometimes(70)
        within += f" or {choice.of(SHORT)} when {written.conditions().plain(per_party=own)}"
    return within, f"before: {choice.of(DATES)}" if choice.sometimes(25) else ""


def _draws(written: Written, own: bool, per_row: bool) -> tuple[str, str]:
    choice = written.choice
    if not (written.has("clocks") and written.names.pools and choice.sometimes(45)):
        return "", ""
    pool, unit = choice.of(written.names.pools)
    everything = (*written.names.changes, *written.names.events)
    changes = [n for n, spread in everything if per_row or not spread]
    until = f" until {choice.of(changes)}" if changes and choice.sometimes(50) else ""
    if choice.sometimes(50):
        return f"draws: {unit}{choice.of((2, 3))} from {pool}{until}", ""
    to = choice.of((*(["that party", "other parties"] if own else []), "each party", "hub",
                    *written.names.groups, ", ".join(written.names.parties[:2])))  # fmt: skip
    return f"draws: {unit}{choice.of((2, 3))} per recipient from {pool}{until}", f"to: {to}"


def _debtors(written: Written, own: bool) -> str:
    choice, parties = written.choice, written.names.parties
    forms = ["hub", "each party", "all parties", "any party", parties[0], ", ".join(parties[:2])]
    forms += list(written.names.groups)
    if written.has("clocks"):
        forms += ["post", "chair of council"]
    if own:
        forms = ["that party", "that party", "other parties", *forms]
    if choice.sometimes(15) and (inner := written.conditions().plain(per_party=True)):
        return f"{choice.of(('parties', *written.names.groups))} where ({inner})"
    return choice.of(forms)


def _power(written: Written, plan: Plan, clause: Clause) -> None:
    choice, name, own = written.choice, clause.name, clause.own
    trigger = "" if choice.sometimes(40) else _trigger(written, own, when=80)
    found = effects(written, plan, own, exact=True, acts=True)
    per_party = own and (bool(trigger) or "that party" in found or clause.leaves)
    if not per_party and own:
        found = effects(written, plan, False, exact=True, acts=True)
    if clause.leaves:
        found = f"{found}; leave" if found else "leave"
    decided, silence = _decided(written, clause, per_party) if clause.voted else ("", "")
    notice = confirmed = ""
    if written.has("votes"):
        notice = f"notice: {choice.of(SHORT)}" if choice.sometimes(25) else ""
        powers = [one.name for one in plan.later if one.kind == "power" and not one.leaves]
        if powers and choice.sometimes(40):
            confirmed = f"confirmed by: {choice.of(powers)} within {choice.of(SHORT)}"
    written.add(f"power {name}", "by: council", trigger, f"may: {found or 'act at will'}",
                decided, silence, notice, confirmed, _at_most(written),
                _overrides(written, plan))  # fmt: skip
    written.names.changes.append((f"{name} used", per_party))
    if clause.voted:
        written.voted.append((name, per_party))
    if clause.voted or notice:
        written.names.changes += [(f"{name} opened", per_party)]
    if clause.voted or notice or confirmed:
        written.names.changes += [(f"{name} refused", per_party)]


def _decided(written: Written, clause: Clause, per_party: bool) -> tuple[str, str]:
    choice = written.choice
    most = len(written.names.parties)
    need = choice.of(("1/2", "2/3", "all", "50%", str(choice.number(1, most))))
    who = choice.of(("parties", "council"))
    voting = " voting" if choice.sometimes(30) else ""
    silence = f"silence: {choice.of(('consents', 'refuses', 'abstains'))}"
    if not written.has("votes"):
        return f"decided by: {need} of {who}{voting} within {choice.of(SHORT)}", silence
    if written.voted and choice.sometimes(20):
        return f"decided by: as {choice.of(written.voted)[0]}", ""
    who = choice.of((who, who, "panel", *written.names.groups))
    further = excepted = ""
    if who != "panel":
        for _ in range(choice.of((0, 0, 1, 2))):
            of = choice.of((*written.names.groups, *written.names.weights, ""))
            share = choice.of(("1/2", "60%", "2/3"))
            further += f" and {share} of {of}" if of else ""
        if (per_party or clause.own) and choice.sometimes(30):
            excepted = " except that party"
    return (
        f"decided by: {need} of {who}{voting}{further}{excepted} within {choice.of(SHORT)}",
        silence,
    )
