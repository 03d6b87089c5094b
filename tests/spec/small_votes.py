# SPDX-License-Identifier: Apache-2.0
"""Small votes for the manual: who are donors, an emergency that is declared, ballots, what came.

The parties are aldova and brenia, and the donors corvia and dorvia; a vote runs for three days from
its proposal on 2 January.
"""

from __future__ import annotations

from pratique.register.acts import Propose, Vote
from spec.small_accord import TWO, Register

DONORS = """
party corvia, dorvia
  in: donors
"""
EMERGENCY = """
status emergency
  lapses: after 30 days
"""
PROPOSED = Propose(power="declare")


def declare(need: str, silence: str = "refuses", more: str = "") -> str:
    """Return an emergency that a vote declares."""
    return f"""{EMERGENCY}
power declare
  by: any party
  may: start emergency
  decided by: {need} within 3 days
  silence: {silence}
{more}"""


def ballots(words: str, power: str = "declare", at: str | None = None) -> list[Vote]:
    """Return ballots written `aldova yes, council.2 no`."""
    pairs = (one.split() for one in words.split(",") if one.strip())
    return [
        Vote.model_validate({"power": power, "party": who, "ballot": how, "at": at})
        for who, how in pairs
    ]


def told(register: Register, power: str = "declare") -> list[str]:
    """Return what came of a power so far: the day and the change."""
    return [f"{c.when[8:10]} {c.edge}" for c in register.changes if c.clause == power]


def outcome(clauses: str, words: str) -> list[str]:
    """Return what comes of a proposal of the 2nd if these ballots are laid on the 3rd."""
    register = Register(clauses, TWO)
    register.at("2026-01-02", PROPOSED)
    register.at("2026-01-03", *ballots(words))
    register.at("2026-01-12")
    return told(register)[1:]
