# SPDX-License-Identifier: Apache-2.0
"""Effects of clauses: what each asks for where its clause has fired."""

from __future__ import annotations

from pratique.accord.terms.values import CallPower, Draw, Effect, EndStatus, StartStatus
from pratique.engine.arrays import Bools
from pratique.engine.conditions.frame import Frame
from pratique.engine.parts.asked import Asked, Start, reached
from pratique.engine.parts.draws import wanted


def apply_effects(
    frame: Frame, asked: Asked, clause: str, effects: tuple[Effect, ...], fired: Bools
) -> None:
    """Ask for the effects of a clause where it has fired."""
    for effect in effects:
        match effect:
            case StartStatus():
                where = reached(
                    frame, effect.at, fired, frame.standing.statuses[effect.status].on.shape[1]
                )
                renews = frame.standing.program.statuses[effect.status].renewed_by == clause
                asked.starts.setdefault(effect.status, []).append(
                    Start(where, effect.lasting, renews)
                )
            case EndStatus():
                where = reached(
                    frame, effect.at, fired, frame.standing.statuses[effect.status].on.shape[1]
                )
                before = asked.ends.get(effect.status)
                asked.ends[effect.status] = where if before is None else before | where
            case CallPower() if effect.power in frame.standing.powers:
                where = reached(
                    frame, None, fired, frame.standing.powers[effect.power].pending.shape[1]
                )
                before = asked.calls.get(effect.power)
                asked.calls[effect.power] = where if before is None else before | where
            case Draw():
                asked.draws.append(wanted(frame, clause, effect, fired))
