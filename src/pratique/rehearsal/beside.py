# SPDX-License-Identifier: Apache-2.0
"""What the accord would have done first, clause by clause, beside what came in history.

The clauses and the kinds of events they are set beside are named in the history's `series.toml`.
"""

from __future__ import annotations

from dataclasses import dataclass

from pratique.base.moment import Day
from pratique.rehearsal.history import Event
from pratique.rehearsal.replay import Replay


@dataclass(frozen=True, slots=True)
class Beside:
    """A clause's first effect: its day, what was committed by it then (whole units), and the event.

    `event` is the first of its kind on that day or later; None: history has none later.
    """

    clause: str
    day: Day
    committed: int
    pool: str
    event: Event | None
    at_latest: bool = False
    """Whether it was undetermined until then: figures that might show it earlier are missing."""


def beside_history(replay: Replay) -> list[Beside]:
    """Return, in order of days, the first effect of each clause that history is set beside."""
    found = [_beside(replay, clause, kind) for clause, kind in replay.history.beside.items()]
    return sorted((one for one in found if one is not None), key=lambda one: (one.day, one.clause))


def _beside(replay: Replay, clause: str, kind: str) -> Beside | None:
    own = [one for one in replay.happenings if one.clause == clause]
    first = next((one for one in own if one.edge in ("used", "starts")), None)
    if first is None:
        return None
    day = replay.program.clock.day(first.moment)
    at_once = [one for one in own if one.edge == "committed" and one.moment == first.moment]
    later = (event for event in replay.history.events if event.kind == kind and event.day >= day)
    committed = sum(one.amount for one in at_once)
    return Beside(
        clause,
        day,
        committed,
        at_once[0].pool if at_once else "",
        next(later, None),
        at_latest=replay.undetermined_before(first) is not None,
    )
