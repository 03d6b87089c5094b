# SPDX-License-Identifier: Apache-2.0
"""Random parties, groups, bodies, entry into force, figures and terms: what clauses then name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from generative.conditions import DAYS, WEEKS, Figure

if TYPE_CHECKING:
    from generative.accords import Written

DATES = ("2026-03-04", "2026-03-09", "2026-10-29", "2026-11-02", "2026-02-27")
GROUPS = ("north", "islands")


def write_groups(written: Written) -> None:
    """Settle which groups there are, each with a member."""
    choice, parties = written.choice, written.names.parties
    for group in GROUPS[: choice.of((1, 2))] if written.has("groups") else ():
        members = tuple(party for party in parties if choice.sometimes(60))
        written.names.groups[group] = members or parties[:1]


def write_parties(written: Written) -> None:
    """Write the parties in front of all, now that it is known what they may keep out of."""
    lines = []
    for party in written.names.parties:
        lines.append(f"party {party}")
        groups = [group for group, members in written.names.groups.items() if party in members]
        if groups:
            lines.append(f"  in: {', '.join(groups)}")
        if written.reservable and written.has("groups") and written.choice.sometimes(15):
            lines.append(f"  reserves: {written.choice.of(written.reservable)}")
    written.lines[:0] = lines


def write_bodies(written: Written) -> None:
    """Write a council that votes, a hub, and others where votes are varied."""
    choice, names = written.choice, written.names
    most = len(names.parties)
    quorum = choice.number(0, most)
    asked = f"quorum: {quorum} {choice.of(('seats', 'parties'))}" if quorum else ""
    seats, recused = "seats: 1 per party", ""
    if written.has("votes"):
        forms = ["1 per party", "2 per party", "1 per party, 2 of hub"]
        forms += [f"1 per party, 1 per {group}" for group in names.groups]
        seats = f"seats: {choice.of(forms)}"
        if choice.sometimes(30):
            asked = f"quorum: {choice.of(('1/2', '2/3'))} of {choice.of(('seats', 'parties'))}"
        if choice.sometimes(35):
            condition = written.conditions().compared(per_party=True)
            recused = f"recused when: {condition}" if condition else ""
    written.add("body council", seats, asked, recused)
    written.add("body hub")
    if written.has("votes"):
        written.add("body panel", f"seats: {choice.of((3, 2, 5))}",
                    "quorum: 2 seats" if choice.sometimes(40) else "")  # fmt: skip
    if written.has("clocks"):
        written.add("body post per party")


def write_in_force(written: Written) -> None:
    """Write entry into force, shared or for each party."""
    choice = written.choice
    often = 75 if written.has("membership") else 20
    if not choice.sometimes(often):
        return
    limit = choice.number(1, len(written.names.parties))
    lapse = f"lapses: after {choice.of(DAYS)}" if choice.sometimes(40) else ""
    forms = [f"while: count of parties (ratified) >= {limit}"]
    own = False
    if written.has("membership"):
        forms += ["while: any party (signed)", "while: all parties (ratified) for 1 days"]
        if choice.sometimes(50):
            own = True
            forms = ["while: ratified", "while: (signed for 12 hours)"]
            forms.insert(1, f"while: ratified and count of parties (ratified) >= {limit}")
        if choice.sometimes(30):
            lapse = f"lapses: on {choice.of(DATES)}"
    survives = ""
    if written.survivors and choice.sometimes(50):
        survives = f"survives: {choice.of(written.survivors)}"
    written.add(f"status in_force{' per party' if own else ''}", choice.of(forms), lapse, survives)


def write_figures(written: Written) -> None:
    """Write measures and events."""
    choice, names = written.choice, written.names
    for index in range(choice.of((1, 2, 3, 0))):
        name = f"m{index}"
        per_party = choice.of((True, True, False))
        kind = choice.of(("count in 0..6", "number in -3..6", "count", "percent in 0%..100%"))
        missing = choice.of(("hold 2 days", "unknown", "assume", "hold 1 days", "hold 1 weeks"))
        rhythm = choice.of(("acts", "daily", "irregular", "weekly"))
        values: tuple[float, ...] = (0, 1, 2, 3, 5, 6)
        if kind.startswith("number"):
            values = (0, 1.5, 3, -2, 6)
        if kind.startswith("percent"):
            values = (0, 0.25, 0.5, 1)
        unit = kind.partition(" ")[0]
        windows = WEEKS if rhythm == "weekly" else DAYS
        if missing == "assume":
            missing = f"assume {'50%' if unit == 'percent' else choice.of((0, 3))}"
        source = "acts" if rhythm == "acts" else f"series {name}, {rhythm}, by who"
        spread = _spread(written, name) if per_party else ""
        written.add(f"measure {name}{spread}: {kind}", f"from: {source}",
                    f"if missing: {missing}")  # fmt: skip
        names.figures.append(Figure(name, per_party, unit, values, windows))
    for index in range(choice.of((1, 0, 2))):
        name, per_party = f"e{index}", choice.of((True, False))
        written.add(f"measure {name}{_spread(written, name) if per_party else ''}: event",
                    "from: acts")  # fmt: skip
        names.events.append((name, per_party))


def _spread(written: Written, name: str) -> str:
    groups = list(written.names.groups)
    if groups and written.choice.sometimes(35):
        group = written.choice.of(groups)
        written.names.within[name] = group
        return f" per {group}"
    return " per party"


def write_terms(written: Written) -> None:
    """Write terms: dated, for each party, and keys of shares."""
    if not written.has("terms"):
        return
    choice, names = written.choice, written.names
    names.methods = True
    written.add(f"term limit: {choice.of((3, 1, 5))}; from {choice.of(DATES)}: {choice.of((2, 6))}")
    names.terms.append(("limit", False, "count"))
    listed = ", ".join(f"{choice.of((1, 2, 3, 5))} of {party}" for party in names.parties)
    dated = f"; from {choice.of(DATES)}: {_key(names.parties)}" if choice.sometimes(50) else ""
    written.add(f"term size per party: {listed}")
    names.terms.append(("size", True, "count"))
    written.add(f"term key per party: {_key(names.parties[:2])}{dated}")
    names.weights += ["size", "key"]


def _key(parties: tuple[str, ...]) -> str:
    shares = [100 // len(parties)] * len(parties)
    shares[0] += 100 - sum(shares)
    return ", ".join(f"{s}% of {p}" for s, p in zip(shares, parties, strict=True))


def write_weights(written: Written) -> None:
    """Name the figures that may be weights."""
    written.names.weights += [
        figure.name for figure in written.names.figures
        if figure.per_party and figure.unit == "count" and figure.name not in written.names.within
    ]  # fmt: skip
