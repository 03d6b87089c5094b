# SPDX-License-Identifier: Apache-2.0
"""Which rows a clause has, whom a duty binds, and whom an effect reaches."""

from __future__ import annotations

from fractions import Fraction

from oracle.conditions import Conditions, Part
from oracle.truth import Truth, any_of
from pratique.accord.fields.triggers import Trigger
from pratique.accord.kinds.duty import Duty
from pratique.accord.program import Program
from pratique.accord.terms.values import Draw, Who
from pratique.base.money import shared_out


def rows_of(program: Program, clause: object) -> range:
    """Return the rows of a clause: one, or one for each party."""
    return range(len(program.parties)) if clause.per_party else range(1)  # type: ignore[attr-defined]


def owed_by_parties(program: Program, duty: Duty) -> bool:
    """Say whether parties owe a duty (else a body does)."""
    return all(who.form != "named" or set(who.names) <= set(program.parties) for who in duty.by)


def about(program: Program, duty: Duty, row: int, found: list[Truth]) -> Truth:
    """Return whether a trigger concerns a duty's row; `found` is the trigger in each of its rows.

    Takes no account of `parties where`, which is asked when the debt is raised.
    """
    if not owed_by_parties(program, duty):
        return found[row] if len(found) > 1 or not duty.per_party else found[0]
    return any_of([_about(program, who, row, found) for who in duty.by])


def _about(program: Program, who: Who, row: int, found: list[Truth]) -> Truth:
    if who.form == "that":
        return found[row] if len(found) > 1 else found[0]
    if who.form == "other":
        return any_of([one for party, one in enumerate(found) if party != row])
    if who.form == "named":
        return any_of(found) if program.parties[row] in who.names else False
    return any_of(found)


def binds(conditions: Conditions, part: Part, duty: Duty, row: int, found: list[Truth]) -> bool:
    """Say whether a debt is raised in a row, where the trigger is surely true as `found` says."""
    program = conditions.world.program
    if not owed_by_parties(program, duty):
        return about(program, duty, row, found) is True
    return any(
        _about(program, who, row, found) is True
        and (who.condition is None or conditions.truth(part, who.condition, row) is True)
        for who in duty.by
    )


def changed(conditions: Conditions, trigger: Trigger, row: int) -> bool:
    """Say whether one of the changes of `on` has happened in a row in this moment."""
    edges = conditions.world.edges()
    for ref in trigger.on:
        at = ref.party if ref.party >= 0 else row if ref.per_party else 0
        if (ref.name, ref.edge, at) in edges:
            return True
    return False


def found_in(conditions: Conditions, part: Part, trigger: Trigger) -> list[Truth]:
    """Return the trigger in each of its own rows: one, or one for each party."""
    rows = conditions.world.parties if trigger.per_party else range(1)
    if trigger.when is not None:
        return [conditions.truth(part, trigger.when, row) for row in rows]
    if trigger.on:
        return [changed(conditions, trigger, row) for row in rows]
    return [True for _ in rows]


def reached(
    conditions: Conditions, part: Part, who: Who | None, row: int | None, *, per_party: bool
) -> list[int]:
    """Return the rows of a status that an effect reaches; `row` is the clause's own, if it has."""
    parties = conditions.world.parties
    if not per_party:
        return [0]
    if who is None or who.form == "that":
        return list(parties) if row is None else [row]
    return _named(conditions, part, who, row)


def _named(conditions: Conditions, part: Part, who: Who, row: int | None) -> list[int]:
    parties, program = conditions.world.parties, conditions.world.program
    match who.form:
        case "that":
            return [] if row is None else [row]
        case "other":
            return [party for party in parties if party != row]
        case "where":
            assert who.condition is not None
            inside = [conditions.truth(part, who.condition, party) for party in parties]
            return [party for party in parties if inside[party] is True]
        case "named":
            return [party for party in parties if program.parties[party] in who.names]
    return list(parties)


def shares(
    conditions: Conditions, part: Part, draw: Draw, row: int | None, whole: int
) -> list[tuple[int, int]]:
    """Return (party, amount) of a draw; a body stands after the last party."""
    if whole <= 0:
        return []
    parties = conditions.world.parties
    if draw.to.form == "all" or (draw.share is not None and draw.to.form == "each"):
        return list(enumerate(shared_out(whole, [Fraction(1)] * len(parties))))
    to = _named(conditions, part, draw.to, row)
    if draw.to.form == "named" and not to:
        return [(len(parties), whole)]
    return [(party, whole) for party in to]
