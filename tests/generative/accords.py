# SPDX-License-Identifier: Apache-2.0
"""Random accords, small and mostly sound by construction, as a strategy of compiled programs.

Clauses stand in a random order; each reads what stands before it and starts what stands after,
so that few have a cycle within one moment. What the page leaves open is not written: see AVOIDED.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from hypothesis import assume
from hypothesis import strategies as st

from generative.conditions import DAYS, PARTIES, SHORT, WEEKS, Choice, Conditions, Figure, Names
from pratique.accord.compile import compile_accord
from pratique.accord.model import read_accord
from pratique.accord.program import Program
from pratique.base.finding import Finding

AVOIDED = (
    "`send P%` to other parties or to parties where",
    "two effects that start one status for different times, or renew it twice, in one moment",
    "a window shorter than the rhythm of its measure",
    "a renewal of a status that lingers",
    "starts and ends, other than renewals, of a status with `while`",
    "a call of a power without vote; a duty with `every` and a trigger",
)


@dataclass
class Written:
    """An accord's text while it is written."""

    choice: Choice
    names: Names
    lines: list[str]
    powers: list[tuple[str, bool]]
    """Powers decided by vote, which anything earlier may call."""

    def add(self, head: str, *fields: str) -> None:
        """Add a clause; empty fields are left out."""
        self.lines += [head, *(f"  {line}" for line in fields if line)]

    def conditions(self) -> Conditions:
        """Return the writer of conditions over what stands before."""
        return Conditions(self.choice, self.names)


@st.composite
def accords(draw: Any) -> str:
    """Draw the text of an accord."""
    choice = Choice(draw)
    parties = PARTIES[: choice.of((2, 3, 4))]
    written = Written(choice, Names(parties), [], [])
    written.add(f"party {', '.join(parties)}")
    _bodies(written)
    if choice.sometimes(20):
        limit = choice.number(1, len(parties))
        lapse = f"lapses: after {choice.of(DAYS)}" if choice.sometimes(40) else ""
        written.add("status in_force", f"while: count of parties (ratified) >= {limit}", lapse)
    _figures(written)
    _pools(written)
    _clauses(written)
    zone = choice.of(("UTC", "UTC", "Africa/Monrovia", "America/New_York"))
    return document(zone, written.lines)


def document(zone: str, lines: list[str]) -> str:
    """Return the document of an accord with these clauses."""
    head = f"---\naccord: Drawn\ndraft: 1\nclock: {zone}\ncurrency: USD\nlanguage: en\n---\n"
    body = "\n".join(lines)
    return f"{head}\n# Drawn\n\n## Article 1 — All\n\n1. All.\n\n```accord 1.1\n{body}\n```\n"


@st.composite
def programs(draw: Any) -> Program:
    """Draw a compiled accord; texts that cannot be compiled are left out."""
    return program_of(draw(accords()))


def program_of(text: str) -> Program:
    """Return the program of a text, leaving the example where it has none."""
    accord = read_accord(text)
    assume(accord.is_sound)
    program = compile_accord(accord)
    assume(not isinstance(program, Finding))
    assert isinstance(program, Program)
    return program


def _bodies(written: Written) -> None:
    most = len(written.names.parties)
    quorum = written.choice.number(0, most)
    written.add("body council", "seats: 1 per party", f"quorum: {quorum} seats" if quorum else "")
    written.add("body hub")


def _figures(written: Written) -> None:
    choice = written.choice
    for index in range(choice.of((1, 2, 3, 0))):
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
        figure = Figure(f"m{index}", per_party, unit, values, windows)
        if missing == "assume":
            missing = f"assume {'50%' if unit == 'percent' else choice.of((0, 3))}"
        source = "acts" if rhythm == "acts" else f"series m{index}, {rhythm}, by who"
        spread = " per party" if per_party else ""
        written.add(f"measure m{index}{spread}: {kind}", f"from: {source}",
                    f"if missing: {missing}")  # fmt: skip
        written.names.figures.append(figure)
    for index in range(choice.of((1, 0, 2))):
        per_party = choice.of((True, False))
        spread = " per party" if per_party else ""
        written.add(f"measure e{index}{spread}: event", "from: acts")
        written.names.events.append((f"e{index}", per_party))


def _pools(written: Written) -> None:
    choice, parties = written.choice, written.names.parties
    for index in range(choice.of((1, 0, 2))):
        money = choice.of((False, True))
        unit = "USD " if money else ""
        spell = choice.of(("", "", " per month"))
        within = f" within {choice.of(SHORT)}" if choice.sometimes(60) else ""
        shares = [100 // len(parties)] * len(parties)
        shares[0] += 100 - sum(shares)
        portions = ", ".join(f"{s}% of {p}" for s, p in zip(shares, parties, strict=True))
        each = f"{unit}{choice.of((10, 7))}"
        forms = (f"{each} per party{spell}", f"{each}{spell} as {portions}",
                 f"{unit}9 of {parties[0]}, {unit}4 of {parties[-1]}")  # fmt: skip
        kind = "money USD" if money else "count"
        written.add(f"pool f{index}: {kind}", f"from: {choice.of(forms)}{within}",
                    "kept by: hub" if choice.sometimes(50) else "")  # fmt: skip
        written.names.pools.append((f"f{index}", unit))


def _clauses(written: Written) -> None:
    from generative.clauses import write_clauses

    write_clauses(written)


__all__ = ["AVOIDED", "SHORT", "Written", "accords", "program_of", "programs"]
