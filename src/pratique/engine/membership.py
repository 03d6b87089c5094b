# SPDX-License-Identifier: Apache-2.0
"""Who is bound at a moment: who is in force and has not left; who may vote and draw.

What the text fixes of this is in `accord.bounds`; here it meets what has happened.
"""

from __future__ import annotations

from typing import Any

from pratique.accord.kinds.status import DRAWING, IN_FORCE, VOTING
from pratique.engine.arrays import Bools, spread_to
from pratique.engine.conditions.frame import Frame


def bound(frame: Frame) -> Bools | None:
    """Return which parties are bound now, [scenario, party]; [scenario, 1] where all are alike.

    None: every party is. Within a moment it changes with the status `in_force` alone.
    """
    standing = frame.standing
    status = standing.statuses.get(IN_FORCE)
    if not standing.program.membership:
        return status.on if status is not None else None
    key = status.on if status is not None else None
    if frame.bound is None or frame.bound[0] is not key:
        frame.bound = (key, _bound(frame, key))
    return frame.bound[1]


def _bound(frame: Frame, on: Any) -> Bools:
    standing = frame.standing
    here: Bools = ~standing.left
    if on is None:
        return here
    # Where it is shared, it binds those that have ratified.
    here &= on
    if on.shape[1] == 1:
        here &= standing.ratified
    return here


def within(frame: Frame, clause: str) -> Bools | None:
    """Return where a clause applies: bound, or surviving, and not absent by group or reservation.

    [scenario, party], or [scenario, 1] where all are alike; None: everywhere.
    """
    if frame.standing.closed:
        return frame.standing.machine.nowhere[1]
    here, present = _bound_by(frame, clause), frame.standing.machine.present.get(clause)
    if present is None:
        return here
    return present if here is None else here & present


def _bound_by(frame: Frame, clause: str) -> Bools | None:
    standing = frame.standing
    bounds = standing.program.bounds
    here = None
    if clause not in bounds.starters:
        here = _as_before(frame) if clause in bounds.enders else bound(frame)
    if here is not None and clause in bounds.survivors and standing.was_bound is not None:
        here = here | standing.was_bound
    return here


def _as_before(frame: Frame) -> Bools | None:
    if IN_FORCE not in frame.prior:
        return bound(frame)
    on: Bools = frame.prior[IN_FORCE][0]
    return _bound(frame, on) if frame.standing.program.membership else on


def voters(frame: Frame, power: str) -> Bools | None:
    """Return which parties may vote on a power, [scenario, party]; None: every one.

    Statuses stop voting as they stood before the parts of the moment.
    """
    standing = frame.standing
    able: Bools | None = None
    if standing.program.membership:
        here = _bound_by(frame, power)
        able = ~standing.left if here is None else here & ~standing.left
    for name in standing.program.bounds.barring.get(VOTING, ()):
        on = frame.prior[name][0] if name in frame.prior else standing.statuses[name].on
        able = ~on if able is None else able & ~on
    return None if able is None else spread_to(able, len(standing.program.parties))


def drawers(frame: Frame) -> Bools | None:
    """Return which parties may draw now, [scenario, party]; None: every one."""
    return _able(frame, DRAWING)


def _able(frame: Frame, what: str) -> Bools | None:
    standing = frame.standing
    able = bound(frame) if standing.program.membership else None
    for status in standing.program.bounds.barring.get(what, ()):
        free = ~standing.statuses[status].on
        able = free if able is None else able & free
    return None if able is None else spread_to(able, len(standing.program.parties))


def note_bound(frame: Frame) -> None:
    """Note who has been bound, for the clauses that outlive that."""
    standing = frame.standing
    if not standing.program.bounds.survivors:
        return
    here, before = bound(frame), standing.was_bound
    if here is not None:
        standing.was_bound = here if before is None else before | here


def depart(frame: Frame, leaving: Bools | None) -> None:
    """Let parties leave, at the end of a moment."""
    if leaving is not None:
        frame.standing.left = frame.standing.left | leaving
