# SPDX-License-Identifier: Apache-2.0
"""Random effects of clauses, and whom they reach."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from generative.conditions import SHORT

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
    leaves: bool = False


@dataclass
class Plan:
    """What a clause's effects may reach: statuses, powers to call, cases, renewals."""

    statuses: list[Clause] = field(default_factory=list)
    powers: list[Clause] = field(default_factory=list)
    renewed: list[Clause] = field(default_factory=list)
    procedures: list[Clause] = field(default_factory=list)
    later: list[Clause] = field(default_factory=list)
    """What comes after it: what it may override or stop."""


def effects(written: Written, plan: Plan, own: bool, *, exact: bool, acts: bool = False) -> str:
    """Return effects; `exact`: amounts are always known; `acts`: an act may say how much."""
    choice = written.choice
    found = [
        _effect(written, plan, own, exact=exact, acts=acts) for _ in range(choice.of((1, 1, 2)))
    ]
    if plan.renewed and choice.sometimes(60):
        found.append(f"start {choice.of(plan.renewed).name}")
    # Two starts of one status in one clause would ask for two renewals at once.
    first = {" ".join(effect.split()[:2]): effect for effect in found if effect}
    return "; ".join(first.values())


def _effect(written: Written, plan: Plan, own: bool, *, exact: bool, acts: bool) -> str:
    choice, pools = written.choice, written.names.pools
    callable_powers = [one.name for one in plan.powers if own or not one.own]
    offered = (
        (plan.statuses, ["start", "start", "end"]),
        (pools, ["draw", "draw"]),
        (pools and written.has("pools"), ["hold", "transfer"]),
        (callable_powers, ["call"]),
        (plan.procedures, ["open"]),
    )
    kinds = [word for has, words in offered if has for word in words]
    if not kinds:
        return ""
    match choice.of(kinds):
        case "call":
            return f"call {choice.of(callable_powers)}"
        case "draw":
            return draw(written, own, exact=exact, acts=acts)
        case "hold":
            return hold(written, own)
        case "transfer":
            return transfer(written, own)
        case "open":
            procedure = choice.of(plan.procedures)
            at = f" at {to_whom(written, own)}" if procedure.own and choice.sometimes(60) else ""
            return f"open {procedure.name}{at}" if own or at or not procedure.own else ""
        case word:
            return _of_status(written, choice.of(plan.statuses), word, own)


def _of_status(written: Written, status: Clause, word: str, own: bool) -> str:
    choice = written.choice
    at = f" at {to_whom(written, own)}" if status.own and choice.sometimes(60) else ""
    lasting = ""
    if word == "start" and not status.lapses and choice.sometimes(30):
        # The same time for all that start it: two at once would not say which counts.
        lasting = f" for {SHORT[len(status.name) + int(status.name[1:]) % 4]}"
    return f"{word} {status.name}{at}{lasting}"


def to_whom(written: Written, own: bool) -> str:
    """Return parties that an effect names."""
    choice = written.choice
    options = ["each party", "all parties", choice.of(written.names.parties)]
    options += list(written.names.groups)
    if own:
        options = ["that party", "that party", "other parties", *options]
    if choice.sometimes(15) and (inner := written.conditions().plain(per_party=True)):
        return f"{choice.of(('parties', *written.names.groups))} where ({inner})"
    return choice.of(options)


def amount(written: Written, own: bool, pool: str, unit: str, *, exact: bool) -> str:
    """Return an amount in a pool's unit."""
    choice = written.choice
    amounts = [f"{unit}{choice.of((2, 3, 5, 8))}", f"{pool} * 50%"]
    counts = [f for f in written.names.figures if f.unit == "count" and (own or not f.per_party)]
    if counts and not unit and not exact:
        name = choice.of(counts).name
        amounts += [name, f"{name} * 50%"]
    if written.has("terms") and not unit:
        amounts += ["limit", *(["size"] if own else [])]
    return choice.of(amounts)


def draw(written: Written, own: bool, *, exact: bool, acts: bool = False) -> str:
    """Return a draw from a pool."""
    choice = written.choice
    pool, unit = choice.of(written.names.pools)
    within = f" within {choice.of(SHORT)}" if choice.sometimes(70) else ""
    to = "hub" if choice.sometimes(20) else to_whom(written, own)
    if choice.sometimes(25):
        return f"send {choice.of((25, 50, 75))}% of {pool} to {to}{within}"
    most = "up to " if acts and written.has("votes") and choice.sometimes(40) else ""
    how = choice.of(("pay", "send"))
    return (
        f"{how} {most}{amount(written, own, pool, unit, exact=exact)} from {pool} to {to}{within}"
    )


def hold(written: Written, own: bool) -> str:
    """Return a hold of what a pool has."""
    choice = written.choice
    pool, unit = choice.of(written.names.pools)
    everything = (*written.names.changes, *written.names.events)
    changes = [name for name, per_party in everything if own or not per_party]
    if not changes:
        return ""
    until = f" until {choice.of(changes)}"
    to = "hub" if choice.sometimes(15) else to_whom(written, own)
    return f"hold {amount(written, own, pool, unit, exact=True)} from {pool} for {to}{until}"


def transfer(written: Written, own: bool) -> str:
    """Return a payment that parties or a body owe one another, or a pool."""
    choice = written.choice
    payer = "hub" if choice.sometimes(15) else to_whom(written, own)
    within = f" within {choice.of(SHORT)}" if choice.sometimes(70) else ""
    pool, unit = choice.of(written.names.pools)
    if choice.sometimes(30):
        return f"pay {amount(written, own, pool, unit, exact=True)} from {payer} to {pool}{within}"
    whole = f"USD {choice.of((2, 5, 7))}"
    payee = "hub" if payer != "hub" and choice.sometimes(15) else to_whom(written, own)
    return f"pay {whole} from {payer} to {payee}{within}"
