# SPDX-License-Identifier: Apache-2.0
"""Random pools: what comes in, caps, what is kept, floors, how what is short is divided."""

from __future__ import annotations

from typing import TYPE_CHECKING

from generative.conditions import SHORT
from generative.head import DATES

if TYPE_CHECKING:
    from generative.accords import Written


def write_pools(written: Written) -> None:
    """Write pools; the clauses that a keep names are settled already."""
    choice = written.choice
    amounts = (1, 2) if written.has("pools") else (1, 0, 2)
    for index in range(choice.of(amounts)):
        money = choice.of((False, True))
        unit = "USD " if money else ""
        streams = [_stream(written, unit) for _ in range(choice.of((1, 1, 2)))]
        kind = "money USD" if money else "count"
        limits = _limits(written, unit) if written.has("pools") else []
        written.add(f"pool f{index}: {kind}", f"from: {'; '.join(dict.fromkeys(streams))}",
                    "kept by: hub" if choice.sometimes(50) else "", *limits)  # fmt: skip
        written.names.pools.append((f"f{index}", unit))
        written.names.debts.append((f"f{index}", True))


def _stream(written: Written, unit: str) -> str:
    choice, parties = written.choice, written.names.parties
    spell = choice.of(("", "", " per month"))
    within = f" within {choice.of(SHORT)}" if choice.sometimes(60) else ""
    shares = [100 // len(parties)] * len(parties)
    shares[0] += 100 - sum(shares)
    portions = ", ".join(f"{s}% of {p}" for s, p in zip(shares, parties, strict=True))
    each = f"{unit}{choice.of((10, 7))}"
    forms = [f"{each} per party{spell}", f"{each}{spell} as {portions}",
             f"{unit}9 of {parties[0]}, {unit}4 of {parties[-1]}"]  # fmt: skip
    if written.has("pools"):
        forms += [f"{unit}9 of {parties[0]}, {unit}4 of hub{spell}", f"{each} as 60% of "
                  f"{parties[0]}, 40% of hub", "acts"]  # fmt: skip
        forms += [f"{each} per {group}{spell}" for group in written.names.groups]
        forms += [f"{each}{spell} as {weight}" for weight in written.names.weights]
        if written.names.methods and written.names.weights:
            forms.append(f"{each}{spell} as method doubled({written.names.weights[0]})")
    form = choice.of(forms)
    if form == "acts":
        return form
    if written.has("pools") and choice.sometimes(25):
        within += f" from {choice.of(DATES)}"
    return f"{form}{within}"


def _limits(written: Written, unit: str) -> list[str]:
    choice, found = written.choice, []
    if choice.sometimes(35):
        amounts = [f"{unit}{choice.of((3, 6, 9))}", f"{choice.of((50, 30))}%"]
        caps = []
        for _ in range(choice.of((1, 1, 2))):
            one = " to one party" if choice.sometimes(65) else ""
            time = f" in {choice.of(SHORT)}" if choice.sometimes(60) else ""
            caps.append(f"{choice.of(amounts)}{one}{time}")
        found.append(f"cap: {'; '.join(caps)}")
    if written.drawers and choice.sometimes(35):
        kept = choice.of((f"{unit}4", "25%", f"{unit}8"))
        found.append(f"keeps: {kept}" + choice.of(("", f" for {choice.of(written.drawers)}")))
    if written.names.groups and choice.sometimes(40):
        floors = [f"{choice.of((40, 25, 70))}% to {group}" for group in written.names.groups]
        found.append(f"floor: {', '.join(floors[: choice.of((1, 2))])}")
    if choice.sometimes(45):
        ways = ["method max_min", *written.names.weights]
        if written.names.weights:
            ways.append(f"method need_weighted({written.names.weights[0]})")
        found.append(f"shared by: {choice.of(ways)}")
    if choice.sometimes(30):
        found.append(f"rounds: down to {'USD 1' if unit else choice.of((2, 3))}")
    if choice.sometimes(30):
        found.append(f"replenished within: {choice.of(SHORT)}")
    return found
