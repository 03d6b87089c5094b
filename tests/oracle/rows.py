# SPDX-License-Identifier: Apache-2.0
"""Which rows a clause has, whom a duty binds, whom an effect reaches, who receives an amount."""

from __future__ import annotations

from oracle.conditions import Conditions, Part
from oracle.truth import Truth, all_of, any_of
from pratique.accord.fields.triggers import Trigger
from pratique.accord.kinds.duty import Duty
from pratique.accord.program import Program
from pratique.accord.terms.values import EdgeRef, Who

OUTSIDE = ("chair", "people", "anyone")
IN_ALL = ("all", "any")
"""Who has one amount together."""


def rows_of(program: Program, clause: object) -> range:
    """Return the rows of a clause: one, or one for each party."""
    return range(len(program.parties)) if clause.per_party else range(1)  # type: ignore[attr-defined]


def own_row(clause: object, row: int) -> int | None:
    """Return a clause's row as a party; None if it has one shared row."""
    return row if clause.per_party else None  # type: ignore[attr-defined]


def is_party(program: Program, who: Who) -> bool:
    """Say whether parties are named, not a body or people."""
    if who.form == "named":
        return set(who.names) <= set(program.parties)
    return who.form not in OUTSIDE


def owed_by_parties(program: Program, duty: Duty) -> bool:
    """Say whether parties owe a duty (else a body, a chair or people do)."""
    return all(is_party(program, who) for who in duty.by)


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
    if who.group:
        return any_of(found) if program.groups[who.group][row] else False
    return any_of(found)


def binds(conditions: Conditions, part: Part, duty: Duty, row: int, found: list[Truth]) -> bool:
    """Say whether a debt is raised in a row, where the trigger is surely true as `found` says."""
    return applies(conditions, part, duty, row, found) is True


def applies(conditions: Conditions, part: Part, duty: Duty, row: int, found: list[Truth]) -> Truth:
    """Return whether a duty's trigger makes a row its debtor."""
    program = conditions.world.program
    if not owed_by_parties(program, duty):
        return about(program, duty, row, found)
    return any_of([
        all_of([
            _about(program, who, row, found),
            who.condition is None or conditions.truth(part, who.condition, row),
        ])
        for who in duty.by
    ])  # fmt: skip


def changed(conditions: Conditions, trigger: Trigger, row: int) -> bool:
    """Say whether one of the changes of `on` has happened in a row in this moment."""
    return any(happened(conditions, ref, row) for ref in trigger.on)


def happened(conditions: Conditions, ref: EdgeRef, row: int) -> bool:
    """Say whether a change has happened in a row in this moment."""
    at = ref.party if ref.party >= 0 else row if ref.per_party else 0
    return (*ref.key, at) in conditions.world.edges()


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
    """Return the rows of a target that an effect reaches; `row` is the clause's own, if it has."""
    if not per_party:
        return [0]
    if who is None or who.form == "that":
        return list(conditions.world.parties) if row is None else [row]
    return parties_named(conditions, part, who, row)


def parties_named(conditions: Conditions, part: Part, who: Who, row: int | None) -> list[int]:
    """Return the parties that are named; no bodies and no people."""
    parties, program = conditions.world.parties, conditions.world.program
    named = [
        party for party in parties if not who.group or program.groups[who.group][party]
    ]  # fmt: skip
    match who.form:
        case "chair" | "people" | "anyone":
            return []
        case "that":
            return named if row is None else [row]
        case "other":
            return [party for party in parties if party != row]
        case "where":
            assert who.condition is not None
            inside = [conditions.truth(part, who.condition, party) for party in parties]
            return [party for party in named if inside[party] is True]
        case "named":
            return [party for party in parties if program.parties[party] in who.names]
        case "field":
            value = (conditions.case or {}).get(who.names[0])
            return [party for party in parties if value == party]
    return named


def columns_named(conditions: Conditions, part: Part, who: Who, row: int | None) -> list[int]:
    """Return who is named, by party; bodies and people stand after the last party."""
    if not is_party(conditions.world.program, who):
        return [len(conditions.world.parties)]
    return parties_named(conditions, part, who, row)
