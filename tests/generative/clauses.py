# SPDX-License-Identifier: Apache-2.0
"""Random statuses, rules, duties and powers with their effects, one after another.

`Plan` fixes beforehand in which order they stand, so that effects know what stands after them.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from generative.conditions import DAYS, SHORT

if TYPE_CHECKING:
    from generative.accords import Written


@dataclass
class Plan:
    """What is still to come: statuses that effects may start, and powers that they may call."""

    statuses: list[tuple[str, bool]] = field(default_factory=list)
    held: list[tuple[str, bool]] = field(default_factory=list)
    """Statuses with `while`, which only a renewal may start."""
    powers: list[tuple[str, bool]] = field(default_factory=list)


def write_clauses(written: Written) -> None:
    """Write clauses of every kind in a random order."""
    choice = written.choice
    kinds = [choice.of(("rule", "status", "power", "duty", "while")) for _ in range(choice.number(2, 7))]
    spreads = [choice.of((True, False)) for _ in kinds]
    named = [(f"{kind[0]}{index}", own) for index, (kind, own) in enumerate(zip(kinds, spreads, strict=True))]
    writers: dict[str, Callable[..., None]] = {
        "rule": _rule, "status": _status, "power": _power, "duty": _duty, "while": _while,
    }  # fmt: skip
    voted = {name for (name, _), kind in zip(named, kinds, strict=True) if kind == "power" and choice.sometimes(60)}
    for index, kind in enumerate(kinds):
        ahead = list(zip(named, kinds, strict=True))[index + 1 :]
        everything = list(zip(named, kinds, strict=True))
        is_voted = named[index][0] in voted
        # What a carried vote or a missed duty brings about comes first of all in a moment.
        reach = everything if is_voted or kind == "duty" else ahead
        plan = Plan(
            [one for one, other in reach if other == "status"],
            [one for one, other in reach if other == "while"],
            [one for one, other in reach if other == "power" and one[0] in voted and one != named[index]],
        )  # fmt: skip
        renewers = [one[0] for one, other in everything if other == "power"]
        if kind == "power":
            _power(written, plan, *named[index], voted=is_voted)
        elif kind in ("status", "while"):
            writers[kind](written, renewers, *named[index])
        else:
            writers[kind](written, plan, *named[index])


# --- statuses --------------------------------------------------------------------------------


def _spread(own: bool) -> str:
    return " per party" if own else ""


def _lapse(written: Written, percent: int, renewers: list[str]) -> list[str]:
    choice = written.choice
    if not choice.sometimes(percent):
        return []
    lines = [f"lapses: after {choice.of(SHORT)}"]
    if renewers and choice.sometimes(50):
        lines.append(f"renewed by: {choice.of(renewers)}")
    return lines


def _status(written: Written, renewers: list[str], name: str, own: bool) -> None:
    written.add(f"status {name}{_spread(own)}", *_lapse(written, 60, renewers))
    _know_status(written, name, own)


def _while(written: Written, renewers: list[str], name: str, own: bool) -> None:
    choice = written.choice
    condition = written.conditions().condition(per_party=own and choice.sometimes(80))
    lingers = f"lingers: {choice.of(SHORT)}" if choice.sometimes(30) else ""
    written.add(f"status {name}{_spread(own)}", f"while: {condition}", lingers,
                *_lapse(written, 30, renewers))  # fmt: skip
    _know_status(written, name, own)


def _know_status(written: Written, name: str, own: bool) -> None:
    written.names.statuses.append((name, own))
    written.names.changes += [(f"{name} starts", own), (f"{name} ends", own)]


# --- effects ---------------------------------------------------------------------------------


def _effects(written: Written, plan: Plan, own: bool, *, exact: bool, renews: str = "") -> str:
    choice = written.choice
    effects = [_effect(written, plan, own, exact=exact) for _ in range(choice.of((1, 1, 2)))]
    renewable = [name for name, per_party in plan.held if per_party <= own]
    if renews and renewable and choice.sometimes(40):
        effects.append(f"start {choice.of(renewable)}")
    return "; ".join(effect for effect in effects if effect)


def _effect(written: Written, plan: Plan, own: bool, *, exact: bool) -> str:
    choice = written.choice
    kinds = []
    if plan.statuses:
        kinds += ["start", "start", "end"]
    if written.names.pools:
        kinds += ["draw", "draw"]
    callable_powers = [name for name, per_party in plan.powers if own or not per_party]
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
            name, per_party = choice.of(plan.statuses)
            at = ""
            if per_party and choice.sometimes(60):
                at = f" at {_to(written, own)}"
            return f"{word} {name}{at}"


def _to(written: Written, own: bool) -> str:
    choice = written.choice
    options = ["each party", "all parties", choice.of(written.names.parties)]
    if own:
        options = ["that party", "that party", "other parties", *options]
    if choice.sometimes(15):
        if inner := written.conditions().compared(per_party=True):
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
    changes = [n for n, per_party in (*written.names.changes, *written.names.events) if per_party == own]
    if not changes or choice.sometimes(when):
        return f"when: {written.conditions().condition(per_party=own)}"
    found = [choice.of(changes) for _ in range(choice.of((1, 1, 2)))]
    others = [n for n, per_party in (*written.names.changes, *written.names.events) if not per_party]
    if own and others and choice.sometimes(15):
        found.append(choice.of(others))
    return f"on: {' or '.join(dict.fromkeys(found))}"


def _at_most(written: Written, *, many: bool) -> str:
    choice = written.choice
    if not choice.sometimes(35):
        return ""
    often = choice.of(("once", "once", "2 times")) if many else "once"
    within = f" in {choice.of(SHORT)}" if choice.sometimes(75) else ""
    return f"at most: {often}{within}"


# --- rules, duties, powers -------------------------------------------------------------------


def _rule(written: Written, plan: Plan, name: str, own: bool) -> None:
    trigger = _trigger(written, own)
    effects = _effects(written, plan, own, exact=False)
    if not effects:
        return
    limit = _at_most(written, many=trigger.startswith("on"))
    written.add(f"rule {name}", trigger, f"then: {effects}", limit)
    written.names.changes.append((f"{name} used", own))


def _duty(written: Written, plan: Plan, name: str, own: bool) -> None:
    choice = written.choice
    by = _debtors(written, own)
    every = not own and choice.sometimes(35)
    if every:
        trigger = f"every: {choice.of((*DAYS, '36 hours', '12 hours'))}"
        trigger += f" from {choice.of(('2026-03-07', '2026-03-09'))}" if choice.sometimes(20) else ""
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
    if choice.sometimes(15):
        if inner := written.conditions().compared(per_party=True):
            return f"parties where ({inner})"
    return choice.of(forms)


def _power(written: Written, plan: Plan, name: str, own: bool, *, voted: bool) -> None:
    choice = written.choice
    trigger = "" if choice.sometimes(40) else _trigger(written, own, when=80)
    effects = _effects(written, plan, own, exact=True, renews=name)
    per_party = own and (bool(trigger) or "that party" in effects)
    if not per_party and own:
        effects = _effects(written, plan, False, exact=True, renews=name)
    decided = silence = ""
    if voted:
        most = len(written.names.parties)
        need = choice.of(("1/2", "2/3", "all", "50%", str(choice.number(1, most))))
        who = choice.of(("parties", "council"))
        voting = " voting" if choice.sometimes(30) else ""
        decided = f"decided by: {need} of {who}{voting} within {choice.of(SHORT)}"
        silence = f"silence: {choice.of(('consents', 'refuses', 'abstains'))}"
    written.add(f"power {name}", "by: council", trigger, f"may: {effects or 'act at will'}", decided,
                silence, _at_most(written, many=True))  # fmt: skip
    written.names.changes.append((f"{name} used", per_party))
    if voted:
        written.names.changes += [(f"{name} opened", per_party), (f"{name} refused", per_party)]
