# SPDX-License-Identifier: Apache-2.0
"""Who acts in each cell: parties as columns, bodies and others by name.

What a clause says of parties `where` something is so is left out: whom it names there no cell says.
"""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from pratique.accord.program import Program
from pratique.accord.terms.values import Who
from pratique.engine.arrays import Bools

Acting = dict[str, Bools]
"""By name of a party or body, in which cells it acts."""

_EVERY = ("each", "all", "any", "field", "anyone")
"""Forms that can mean every party: a field can name any of them."""


def acting(applies: Bools, whos: Iterable[Who], program: Program) -> Acting:
    """Return who acts where a clause applies, [cell, party or 1], by name."""
    found: Acting = {}
    for who in whos:
        for name, cells in _one(applies, who, program):
            found[name] = found[name] | cells if name in found else cells
    return found


def together(one: Acting, other: Acting) -> dict[str, Bools]:
    """Return, by name, the cells in which somebody acts in both."""
    both = {name: one[name] & other[name] for name in one if name in other}
    return {name: cells for name, cells in both.items() if cells.any()}


def tells_apart(whos: Iterable[Who]) -> bool:
    """Say whether some parties are named, so that their order matters."""
    return any(who.form in ("named", "group", "other") or who.group for who in whos)


def _one(applies: Bools, who: Who, program: Program) -> list[tuple[str, Bools]]:
    somewhere: Bools = np.asarray(applies.any(axis=1))
    rows = np.broadcast_to(applies, (applies.shape[0], len(program.parties)))
    members = _members(who, program)
    if who.form == "that":
        return [(name, rows[:, column]) for column, name in members]
    if who.form == "other":
        return [(n, _others(rows, column)) for column, n in members]
    if who.form in _EVERY or who.form == "group":
        return [(name, somewhere) for _, name in members]
    if who.form in ("named", "people"):
        return [(name, somewhere) for name in who.names]
    if who.form == "chair":
        return [(f"chair of {name}", somewhere) for name in who.names]
    return []


def _others(rows: Bools, column: int) -> Bools:
    return np.asarray(np.delete(rows, column, axis=1).any(axis=1))


def _members(who: Who, program: Program) -> list[tuple[int, str]]:
    inside = program.groups.get(who.group or (who.names[0] if who.form == "group" else ""))
    return [
        (column, name)
        for column, name in enumerate(program.parties)
        if inside is None or inside[column]
    ]
