# SPDX-License-Identifier: Apache-2.0
"""What the parts of a moment ask for, and which rows that reaches."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from pratique.accord.terms.values import Who
from pratique.base.duration import Duration
from pratique.base.moment import Moment
from pratique.engine.arrays import Bools, Moments, gathered
from pratique.engine.conditions.frame import Frame


@dataclass(frozen=True, slots=True)
class Start:
    """Somebody asks for a status to start: where, until when, and whether it is a renewal."""

    where: Bools
    lasting: Duration | None
    renews: bool


@dataclass(frozen=True, slots=True)
class Wanted:
    """A draw asked for: amounts [scenario, party, then bodies], due at a moment."""

    pool: str
    clause: str
    amounts: Moments
    due: Moment


@dataclass(frozen=True, slots=True)
class Drawn:
    """What a clause drew: committed, and what the pool was short of."""

    pool: str
    clause: str
    granted: Moments
    short: Moments
    due: Moment


@dataclass(slots=True)
class Asked:
    """What the parts of a moment have asked for so far."""

    starts: dict[str, list[Start]] = field(default_factory=dict)
    ends: dict[str, Bools] = field(default_factory=dict)
    calls: dict[str, Bools] = field(default_factory=dict)
    draws: list[Wanted] = field(default_factory=list)


def reached(frame: Frame, who: Who | None, fired: Bools, rows: int) -> Bools:
    """Return which rows of a target an effect reaches."""
    if rows == 1:
        return gathered(fired, 1)
    form = who.form if who else "that"
    if form == "that":
        return np.broadcast_to(fired, (fired.shape[0], rows))
    anywhere: Bools = np.broadcast_to(fired.any(axis=1, keepdims=True), (fired.shape[0], rows))
    if form == "other" and fired.shape[1] > 1:
        others: Bools = fired.sum(axis=1, keepdims=True) - fired > 0
        return others
    if form == "where" and who and who.condition is not None:
        here: Bools = frame.standing.machine.function(who.condition)(frame, frame.today)[0]
        return anywhere & here
    if form == "named" and who:
        column = np.zeros(rows, dtype=np.bool_)
        column[[frame.standing.program.parties.index(name) for name in who.names]] = True
        return anywhere & column
    return anywhere
