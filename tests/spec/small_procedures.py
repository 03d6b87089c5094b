# SPDX-License-Identifier: Apache-2.0
"""A small procedure for the manual's chapter on them: requests to a stockpile, and acts on them."""

from __future__ import annotations

from typing import Any

from pratique.accord.check import check
from pratique.engine.view import view
from pratique.register.acts import Move, Open, Perform
from pratique.rehearsal.trial import try_cases
from spec.small_accord import Register, accord

REQUEST = """
body hub
pool stock "kits": count
  from: 100 of aldova, 60 of brenia
  kept by: hub
procedure request
  opened by: any party
  asks: quantity: count; needed by: date
  step review: by hub, within 2 days, gives approved: count
  step release: by hub, within 48 hours of review, sends approved from stock to that party
  step receive: by that party, within 7 days of release, gives received: count
  ends: refused at review when approved = 0
"""
ASKED: dict[str, Any] = {"quantity": 40, "needed_by": "2026-02-01"}


def wrong(clauses: str, parties: tuple[str, ...] = ("aldova", "brenia")) -> list[str]:
    """Return the findings of severity E: code and sentence, and the witness of a case's."""
    checked = check(accord(clauses, parties), trial=try_cases)
    return [
        f"{one.code} {one.sentence}" + (f": {one.witness}" if one.witness else "")
        for one in checked.findings
        if one.severity == "E"
    ]


def comes_true(clauses: str, case: str) -> None:
    """Hold that everything that the worked case expects comes true."""
    found = wrong(f"{clauses.strip()}\ncase told\n{case.strip(chr(10))}")
    assert found == [], "\n".join(found)


def opened(party: str = "aldova", procedure: str = "request", **fields: str | int) -> Open:
    return Open(procedure=procedure, party=party, fields=fields)


def step(name: str, by: str = "hub", case: int | None = None, **fields: str | int) -> Perform:
    at = "aldova" if case else None
    return Perform(duty=name, by=by, case=case, at=at, fields=fields or None)


def filled(clauses: str = REQUEST) -> Register:
    """Return an accord whose stock has been filled."""
    register = Register(clauses)
    gifts = [
        Move(pool="stock", kind="contribution", party=party, amount=amount)
        for party, amount in (("aldova", 100), ("brenia", 60))
    ]
    register.at("2026-01-01T01:00:00Z", *gifts)
    return register


def standing_at(register: Register, procedure: str = "request") -> list[tuple[int, str]]:
    """Return number and step of aldova's open cases (or of the one row)."""
    cases = view(register.standing)["cases"][procedure][0]
    return [(case["number"], case["step"]) for case in cases]
