# SPDX-License-Identifier: Apache-2.0
"""Effects of clauses: what each asks for where its clause has fired."""

from __future__ import annotations

from pratique.accord.terms.values import (
    CallPower,
    Draw,
    Effect,
    EndStatus,
    Hold,
    Leave,
    OpenCase,
    StartStatus,
    Transfer,
    Who,
)
from pratique.engine.arrays import Bools, Moments, spread_to
from pratique.engine.conditions.frame import Frame
from pratique.engine.parts.amounts import held, owed_transfer
from pratique.engine.parts.asked import Asked, Start
from pratique.engine.parts.draws import wanted
from pratique.engine.parts.recipients import reached


def apply_effects(
    frame: Frame,
    asked: Asked,
    clause: str,
    effects: tuple[Effect, ...],
    fired: Bools,
    *,
    most: Moments | None = None,
) -> None:
    """Ask for the effects of a clause where it has fired.

    `most`: for `up to`, what the act says, [scenario, row], -1 where it does not say.
    """
    for effect in effects:
        said = most if getattr(effect, "up_to", False) else None
        match effect:
            case StartStatus():
                where = _rows(frame, effect.at, fired, effect.status)
                renews = frame.standing.program.statuses[effect.status].renewed_by == clause
                start = Start(where, effect.lasting, renews)
                asked.starts.setdefault(effect.status, []).append(start)
            case EndStatus():
                where = _rows(frame, effect.at, fired, effect.status)
                _join(asked.ends, effect.status, where)
            case CallPower(power) if power in frame.standing.powers:
                _join(asked.calls, power, _rows(frame, None, fired, power))
            case Draw():
                asked.draws.append(wanted(frame, clause, effect, fired, said))
            case Hold():
                asked.holds.append(held(frame, clause, effect, fired, said))
            case Transfer():
                asked.transfers.append(owed_transfer(frame, clause, effect, fired, said))
            case OpenCase(procedure, at):
                where = _rows(frame, at, fired, procedure)
                asked.opened.setdefault(procedure, []).append((where, {}))
            case Leave():
                _leave(frame, asked, fired)


def _rows(frame: Frame, who: Who | None, fired: Bools, target: str) -> Bools:
    return reached(frame, who, fired, frame.standing.rows(target))


def _join(sets: dict[str, Bools], name: str, where: Bools) -> None:
    before = sets.get(name)
    sets[name] = where if before is None else before | where


def _leave(frame: Frame, asked: Asked, fired: Bools) -> None:
    where = spread_to(fired, len(frame.standing.program.parties))
    asked.leaving = where if asked.leaving is None else asked.leaving | where
