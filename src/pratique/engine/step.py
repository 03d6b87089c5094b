# SPDX-License-Identifier: Apache-2.0
"""One moment, in order: the only way in which a standing changes.

1. take in acts and figures; 2. timers: deadlines, lapses, votes; 3. the program's parts in its
order; 4. pools meet all draws together, claims fall due; 5. what stays undetermined is noted.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from pratique.base.duration import period_end
from pratique.base.moment import NEVER, Moment
from pratique.engine.arrays import Bools, Moments
from pratique.engine.conditions.frame import Frame
from pratique.engine.conditions.memory import Fading, Ripening
from pratique.engine.intake import Intake, take_in
from pratique.engine.parts import RUN
from pratique.engine.parts.asked import Asked, Drawn
from pratique.engine.parts.draws import settle_draws
from pratique.engine.parts.progress import Progress
from pratique.engine.parts.votes import count_votes
from pratique.engine.rows.pools import PoolRows
from pratique.engine.rows.powers import PowerRows
from pratique.engine.rows.uses import RuleRows
from pratique.engine.schedule import next_occurrence, occurrence
from pratique.engine.standing import Standing


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of one moment: changes by (clause, edge), draws, and acts that were refused."""

    now: Moment
    edges: dict[tuple[str, str], Bools]
    draws: list[Drawn]
    refused: list[tuple[str, str, Bools]]


def step(standing: Standing, now: Moment, intake: Intake) -> Outcome:
    """Move a standing on to a moment, in place; ValueError if it is not later than the last.

    The caller stops at every moment that `next_stop` names on the way (see `advance`).
    """
    if now <= standing.now and (standing.serial or now < standing.begins):
        raise ValueError("a standing only moves on")
    frame = _begun(standing, now)
    refused = take_in(frame, intake)
    carried = _timers(frame)
    for pool in standing.pools.values():
        pool.note_opening()
    frame.prior = {name: rows.truth() for name, rows in standing.statuses.items()}
    progress = Progress(frame, intake, Asked(), carried, refused)
    for what, name in standing.program.order:
        RUN[what](progress, name)
    draws = settle_draws(frame, progress.asked)
    for pool in standing.pools.values():
        _claim(progress, pool)
    standing.watched = [
        standing.machine.function(term)(frame, frame.today) for term in standing.program.watches
    ]
    standing.now = now
    edges = {key: where for key, where in frame.edges.items() if where.any()}
    return Outcome(now, edges, draws, refused)


def _begun(standing: Standing, now: Moment) -> Frame:
    for name, unsettled in standing.unsettled.items():
        seconds = standing.undetermined.get(name)
        if seconds is not None and not unsettled.any():
            continue
        spent = unsettled * np.int64(now - standing.now)
        standing.undetermined[name] = spent if seconds is None else seconds + spent
    standing.serial += 1
    today = standing.program.clock.day(now)
    for series in standing.series.values():
        series.begin_moment(today)
    return Frame(standing, now, today)


def _timers(frame: Frame) -> dict[str, Bools]:
    standing, now = frame.standing, frame.now
    for name, debts in standing.duties.items():
        if (missed := debts.overdue(now)).any():
            frame.mark(name, "missed", missed)
    for name, pool in standing.pools.items():
        if (missed := pool.claims.overdue(now)).any():
            frame.mark(name, "missed", missed)
        if (unpaid := pool.payments.overdue(now)).any():
            frame.mark(name, "unpaid", unpaid)
    for name, rows in standing.statuses.items():
        lapsed = rows.on & (rows.until <= now)
        if lapsed.any():
            rows.on, rows.armed = rows.on & ~lapsed, rows.armed & ~lapsed
            rows.until[lapsed], rows.since[lapsed], rows.lingers_until[lapsed] = NEVER, NEVER, NEVER
            frame.mark(name, "ends", lapsed)
    return count_votes(frame)


def _claim(progress: Progress, rows: PoolRows) -> None:
    standing, now, pool = progress.frame.standing, progress.frame.now, rows.pool
    clock = standing.program.clock
    span = (standing.now, now)
    first = standing.serial == 1
    if pool.every is not None:
        begun = occurrence(clock, standing.begins, None, pool.every, span, first=first) is not None
    else:
        begun = first
    if not begun or not any(pool.claims):
        return
    due = (
        period_end(clock, now, pool.within)
        if pool.within
        else clock.start(progress.frame.today + 1)
    )
    amounts: Moments = np.broadcast_to(np.asarray(pool.claims, dtype=np.int64), rows.claims.shape)
    where = progress.in_force(amounts > 0)
    rows.claims.raise_debt(where, now, due, amounts)
    progress.frame.mark(pool.name, "claimed", where)


def next_stop(standing: Standing, after: Moment) -> Moment:
    """Return the next moment after this one at which something may mature: the next stop."""
    clock = standing.program.clock
    stops = [clock.start(clock.day(after) + 1)]
    stops += [debts.next_due(after) for debts in standing.duties.values()]
    for pool in standing.pools.values():
        stops += [pool.claims.next_due(after), pool.payments.next_due(after)]
    arrays = [rows.until for rows in standing.statuses.values()]
    arrays += [rows.lingers_until for rows in standing.statuses.values() if rows.status.lingers]
    arrays += [rows.closes for rows in standing.powers.values() if rows.power.vote]
    used: list[PowerRows | RuleRows] = [*standing.powers.values(), *standing.rules.values()]
    for rows in used:
        arrays += rows.uses.until
    for memory in standing.memories:
        if isinstance(memory, Ripening | Fading):
            arrays += [memory.sure, memory.possible]
    stops += [_earliest(array, after) for array in arrays]
    stops += _spells(standing, after) + _hours(standing, after)
    return min(stops)


def _earliest(array: Moments, after: Moment) -> Moment:
    if array.size == 1:
        value = int(array.item())
        return value if value > after else NEVER
    return int(np.where(array > after, array, NEVER).min())


def _spells(standing: Standing, after: Moment) -> list[Moment]:
    elapsing = [
        duty for duty in standing.program.duties.values() if duty.every and duty.every.elapses
    ]
    return [
        next_occurrence(standing.program.clock, standing.begins, duty.begins, duty.every, after)
        for duty in elapsing
        if duty.every
    ]


def _hours(standing: Standing, after: Moment) -> list[Moment]:
    # Hours counted over days spoken of come full at the same hours after some day's beginning.
    clock = standing.program.clock
    today = clock.day(after)
    stops = []
    for seconds in standing.machine.elapsing:
        back = seconds // 86_400 + 2
        ends = [clock.start(day) + seconds for day in range(today - back, today + 2)]
        stops += [moment for end in ends for moment in (end, end - 1) if moment > after]
    return stops


def advance(standing: Standing, now: Moment, intake: Intake | None = None) -> list[Outcome]:
    """Move a standing on to a moment, stopping wherever something matures on the way."""
    outcomes = []
    if not standing.serial and now > standing.begins:
        outcomes.append(step(standing, standing.begins, Intake()))
    stop = next_stop(standing, standing.now)
    while stop < now:
        outcomes.append(step(standing, stop, Intake()))
        stop = next_stop(standing, stop)
    if now > standing.now or not standing.serial:
        outcomes.append(step(standing, now, intake or Intake()))
    return outcomes
