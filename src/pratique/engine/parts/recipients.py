# SPDX-License-Identifier: Apache-2.0
"""Whom an effect reaches: rows of a target clause, or recipients of an amount by run of a clause.

Who has a vote, and who is bound, are decided elsewhere.
"""

from __future__ import annotations

import numpy as np

from pratique.accord.terms.values import Who
from pratique.engine.arrays import Bools, any_row, gathered, spread_to
from pratique.engine.conditions.frame import Frame

OUTSIDE = ("chair", "people", "anyone")
"""The forms that never name a party."""


def reached(frame: Frame, who: Who | None, fired: Bools, rows: int) -> Bools:
    """Return which rows of a target an effect reaches."""
    if rows == 1:
        return gathered(fired, 1)
    form = who.form if who else "that"
    if who is None or form == "that":
        return spread_to(fired, rows)
    if form == "other" and fired.shape[1] > 1:
        others: Bools = fired.sum(axis=1, keepdims=True) - fired > 0
        return others
    if form == "field":
        in_field: Bools = np.any(_in_field(frame, who, rows) & fired[:, :, None], axis=1)
        return in_field
    places = _places(frame, who)
    return spread_to(any_row(fired) if places is None else any_row(fired) & places, rows)


def recipients(frame: Frame, who: Who, fired: Bools) -> Bools:
    """Return whom each run of a clause names: [scenario, run, party; last: bodies and people]."""
    parties = len(frame.standing.program.parties)
    scenarios, runs = fired.shape
    named = np.zeros((scenarios, runs, parties + 1), dtype=np.bool_)
    within = named[:, :, :parties]
    if not is_party(frame, who):
        named[:, :, parties] = True
    elif who.form == "field":
        within[:] = _in_field(frame, who, parties)
    elif who.form == "that" and runs > 1:
        within[:, np.arange(runs), np.arange(runs)] = True
    else:
        places = _places(frame, who)
        within[:] = True if places is None else places[:, None, :]
        if who.form == "other" and runs > 1:
            within[:, np.arange(runs), np.arange(runs)] = False
    named &= fired[:, :, None]
    return named


def is_party(frame: Frame, who: Who) -> bool:
    """Say whether it names parties, not a body or people."""
    if who.form == "named":
        return who.names[0] in frame.standing.program.parties
    return who.form not in OUTSIDE


def _places(frame: Frame, who: Who) -> Bools | None:
    """Return the parties that a form names whatever the run, [scenario or 1, party]; None: all."""
    standing = frame.standing
    places: Bools | None = None
    if who.group:
        places = np.array([standing.program.groups[who.group]], dtype=np.bool_)
    if who.form == "where" and who.condition is not None:
        here: Bools = standing.machine.function(who.condition)(frame, frame.today)[0]
        return here if places is None else here & places
    if who.form == "named":
        places = np.array([[party in who.names for party in standing.program.parties]])
    return places


def _in_field(frame: Frame, who: Who, parties: int) -> Bools:
    """Return where a field of the case at hand names each party: [scenario, row, party]."""
    assert frame.case is not None
    value = frame.case.value(who.names[0])
    named: Bools = value[:, :, None] == np.arange(parties)
    return named
