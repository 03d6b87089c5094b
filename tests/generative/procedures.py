# SPDX-License-Identifier: Apache-2.0
"""Random procedures: what cases record, steps with their clocks, ways out, effects on the way."""

from __future__ import annotations

from typing import TYPE_CHECKING

from generative.conditions import SHORT
from generative.effects import Clause, Plan, effects

if TYPE_CHECKING:
    from generative.accords import Written

STEPS = ("review", "release", "receipt", "check")
ENDS = ("refused_case", "agreed")
REVIEWED = "amount_{step}"


def write_procedure(written: Written, plan: Plan, clause: Clause) -> None:
    """Write a procedure; its name starts with c."""
    choice, name, own = written.choice, clause.name, clause.own
    openers = choice.of(("any party", "each party", "that party, council")) if own else "council"
    openers = openers.replace("that party, council", "any party, council")
    asks = "asks: quantity: count; partner: party; kind: one of kits, doses; day: date"
    steps = STEPS[: choice.of((2, 1, 3, 4))]
    fields = ["quantity"]
    lines = [f"procedure {name}", f"  opened by: {openers}", f"  {asks}"]
    for index, step in enumerate(steps):
        lines.append(f"  step {step}: {_step(written, name, steps, index, own=own, fields=fields)}")
    ends = _ends(written, steps, fields)
    if ends:
        lines.append(f"  ends: {'; '.join(ends)}")
    closings = [end.split()[0] for end in ends if end.split()[0] in ENDS]
    for part in dict.fromkeys([*steps, *closings]):
        if choice.sometimes(30) and (found := _effects(written, plan, own)):
            lines.append(f"  at {part}: {found}")
    for place in ("if missed", f"if missed {steps[0]}"):
        if choice.sometimes(30) and (found := _effects(written, plan, own)):
            lines.append(f"  {place}: {found}")
    written.lines += lines
    names = written.names
    names.debts += [(name, own), *((f"{step} of {name}", own) for step in steps)]
    names.changes += [(f"{name} opened", own), (f"{name} done", own), (f"{name} missed", own)]
    for step in steps:
        names.changes += [(f"{step} of {name} done", own), (f"{step} of {name} missed", own)]
    names.changes += [(f"{end} of {name} done", own) for end in dict.fromkeys(closings)]


def _effects(written: Written, plan: Plan, own: bool) -> str:
    choice = written.choice
    if choice.sometimes(35) and (goods := [n for n, unit in written.names.pools if not unit]):
        pool = choice.of(goods)
        to = choice.of(("partner", "that party" if own else "partner", "hub"))
        word = choice.of(("send", "hold"))
        if word == "hold":
            return f"hold quantity from {pool} for {to}"
        return f"send quantity from {pool} to {to} within {choice.of(SHORT)}"
    return effects(written, plan, own, exact=True)


def _step(
    written: Written, name: str, steps: tuple[str, ...], index: int, *, own: bool, fields: list[str]
) -> str:
    choice, step = written.choice, steps[index]
    if choice.sometimes(15):
        return f"wait {choice.of(SHORT)}"
    if choice.sometimes(12) and written.names.methods:
        gives = f"result_{step}"
        fields.append(gives)
        return f"by method doubled(quantity), gives {gives}: count"
    who = ["hub", "council", "hub, council", "partner", "any party", *written.names.groups]
    if own:
        who += ["that party", "other parties", "that party, hub"]
    parts = [f"by {choice.of(who)}" if choice.sometimes(85) else ""]
    many = choice.sometimes(20)
    if choice.sometimes(70) or many:
        parts.append(_clock(written, name, steps, index))
    if choice.sometimes(12):
        parts.append("before day")
    if index > 1 and choice.sometimes(40) and " of " in "".join(parts):
        parts.append(f"not counting {steps[index - 1]}")
    if many or choice.sometimes(40):
        gives = REVIEWED.format(step=step)
        fields.append(gives)
        parts.append(f"gives {gives}: count")
    parts.append("many" if many else "")
    if written.names.pools and choice.sometimes(25):
        parts.append(_sends(written, steps, fields))
    return ", ".join(part for part in parts if part) or f"within {choice.of(SHORT)}"


def _clock(written: Written, name: str, steps: tuple[str, ...], index: int) -> str:
    choice = written.choice
    of = choice.of(("", "", f" of {name}", *(f" of {one}" for one in steps[:index])))
    changes = [n for n, _ in written.names.events]
    if not of and changes and choice.sometimes(20):
        of = f" of {choice.of(changes)}"
    other = ""
    if choice.sometimes(25):
        when = choice.of(("quantity > 3", "partner = aldova", "kind = kits"))
        other = f" or {choice.of(SHORT)} when {when}"
    return f"within {choice.of(SHORT)}{of}{other}"


def _sends(written: Written, steps: tuple[str, ...], fields: list[str]) -> str:
    choice = written.choice
    pool, unit = choice.of(written.names.pools)
    whole = f"{unit}{choice.of((2, 3))}" if unit else choice.of((*fields, "3"))
    to = choice.of(("partner", "hub", "all parties"))
    if choice.sometimes(50):
        until = f" until {choice.of(steps)}" if choice.sometimes(60) else ""
        return f"holds {whole} from {pool} for {to}{until}"
    return f"sends {whole} from {pool} to {to}"


def _ends(written: Written, steps: tuple[str, ...], fields: list[str]) -> list[str]:
    choice, found = written.choice, []
    for _ in range(choice.of((1, 0, 2))):
        to = choice.of((*ENDS, *ENDS, *ENDS, *steps))
        at = choice.of(steps)
        when = choice.of((
            " when late", f" when {choice.of(fields)} > {choice.of((2, 0, 4))}",
            " when partner = brenia", " when kind != doses",
            f" when quantity = {choice.of((2, 3))}",
        ))  # fmt: skip
        if choice.sometimes(20) and (inner := written.conditions().plain(per_party=False)):
            when = f" when {inner}"
        found.append(f"{to} at {at}{when}")
    return found
