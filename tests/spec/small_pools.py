# SPDX-License-Identifier: Apache-2.0
"""Pools for the chapter on them: what is given, what is claimed, held and granted, in dollars."""

from __future__ import annotations

from pratique.register.acts import Act, Move, Report
from spec.small_accord import Change, Register

ISLANDS = "party aldova\nparty brenia\n  in: islands\nparty corvia\n  in: islands, donors\n"
PAYING = """
rule help
  on: cluster
  then: pay USD 80 from fund to that party
"""


def fund(*fields: str) -> str:
    """Return a fund with further fields, that takes gifts."""
    return "\n".join(["pool fund: money USD", "  from: acts", *(f"  {one}" for one in fields)])


def given(dollars: float, pool: str = "fund") -> Move:
    """Return the act that a gift has moved."""
    return Move(amount=round(dollars * 100), kind="contribution", party="aldova", pool=pool)


def clusters(*parties: str) -> list[Act]:
    """Return the reports of a cluster in some parties."""
    return [Report(measure="cluster", party=party) for party in parties]


def granted(changes: list[Change], edge: str = "committed") -> list[tuple[str, float]]:
    """Return what was granted (or short, or held), by party, in dollars."""
    return [(one.party, one.amount / 100) for one in changes if one.edge == edge]


def claims(register: Register, when: str = "") -> list[tuple[str, float]]:
    """Return what was claimed (on a day), by party; a body has no name here."""
    claimed = [one for one in register.changes if one.edge == "claimed"]
    return [(one.party, one.amount / 100) for one in claimed if one.when.startswith(when)]


BEDS = """
measure freed per party: event
  from: acts
pool beds: count
  from: acts
rule keep
  on: cluster
  then: hold 4 from beds for that party until freed
"""


def beds(amount: int) -> Move:
    """Return the act that beds were given."""
    return Move(amount=amount, kind="contribution", party="aldova", pool="beds")


WEIGHTS = "term need per party: 1 of aldova, 3 of brenia, 6 of corvia\n"
