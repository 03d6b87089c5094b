# SPDX-License-Identifier: Apache-2.0
"""Random accords, small and mostly sound by construction: their text, and their programs.

Clauses stand in a random order; each reads what stands before it and starts what stands after,
so that few have a cycle within one moment. What the page leaves open is not written: see AVOIDED.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from hypothesis import assume
from hypothesis import strategies as st

from generative.clauses import settled, write_clauses
from generative.conditions import PARTIES, Choice, Conditions, Names, drawn
from generative.head import (
    write_bodies,
    write_figures,
    write_groups,
    write_in_force,
    write_parties,
    write_terms,
    write_weights,
)
from generative.methods import REGISTRY
from generative.pools import write_pools
from pratique.accord.compile import compile_accord
from pratique.accord.model import read_accord
from pratique.accord.program import Program
from pratique.base.finding import Finding

AVOIDED = (
    "two effects that renew one status for different times in one moment",
    "a window shorter than the rhythm of its measure",
    "a renewal of a status that lingers",
    "starts and ends, other than renewals, of a status with `while`",
    "a call of a power without vote; a duty with `every` and a trigger",
    "a case that comes back, in one moment, to a step that it has passed in it",
    "weights that no decimal gives exactly; values by method that no binary fraction gives",
)
FEATURES = (
    "groups", "membership", "precedence", "terms", "clocks", "votes", "pools", "procedures",
)  # fmt: skip
"""What an accord may be rich in; each example has some of them."""


@dataclass
class Written:
    """An accord's text while it is written."""

    choice: Choice
    names: Names
    features: frozenset[str]
    lines: list[str] = field(default_factory=list)
    voted: list[tuple[str, bool]] = field(default_factory=list)
    """Powers decided by vote, which later ones may be decided as."""
    reservable: list[str] = field(default_factory=list)
    """Clauses of each party, which one may keep out of."""
    survivors: list[str] = field(default_factory=list)
    """Clauses that may outlive being in force."""
    drawers: list[str] = field(default_factory=list)
    """Clauses that may draw from pools."""
    marked: bool = False

    def has(self, feature: str) -> bool:
        """Say whether the accord is rich in something."""
        return feature in self.features

    def add(self, head: str, *fields: str) -> None:
        """Add a clause; empty fields are left out."""
        self.lines += [head, *(f"  {line}" for line in fields if line)]

    def conditions(self) -> Conditions:
        """Return the writer of conditions over what stands before."""
        return Conditions(self.choice, self.names)

    def mark(self) -> str:
        """Return an effect that is always there, for a clause that finds none."""
        self.marked = True
        return "start mark9 for 1 days"


@st.composite
def accords(draw: Any, features: tuple[str, ...] | None = None) -> str:
    """Draw the text of an accord."""
    return accord_of(drawn(draw), features)


def accord_of(choice: Choice, features: tuple[str, ...] | None = None) -> str:
    """Return the text of an accord, rich in some features, or in those given."""
    parties = PARTIES[: choice.of((2, 3, 4))]
    chosen = [feature for feature in FEATURES if choice.sometimes(35)]
    written = Written(choice, Names(parties), frozenset(chosen if features is None else features))
    write_groups(written)
    clauses = settled(written)
    acting = [clause for clause in clauses if clause.kind not in ("status", "while")]
    written.drawers = [clause.name for clause in acting]
    written.survivors = written.drawers
    written.reservable = [clause.name for clause in clauses if clause.own]
    write_figures(written)
    write_terms(written)
    write_weights(written)
    write_in_force(written)
    write_bodies(written)
    write_pools(written)
    write_clauses(written, clauses)
    if written.marked:
        written.add("status mark9")
    write_parties(written)
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
    program = compiled(text)
    assume(program is not None)
    assert program is not None
    return program


def compiled(text: str) -> Program | None:
    """Return the program of a text, or None if it has none."""
    accord = read_accord(text, methods=REGISTRY)
    if not accord.is_sound:
        return None
    program = compile_accord(accord)
    return None if isinstance(program, Finding) else program
