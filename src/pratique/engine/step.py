# SPDX-License-Identifier: Apache-2.0
"""One moment, in order: the only way in which a standing changes.

1. take in acts and figures; 2. timers: deadlines, lapses, votes; 3. the program's parts in its
order; 4. pools meet all draws together, claims fall due; 5. what stays undetermined is noted.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np

from pratique.base.moment import Moment
from pratique.engine.arrays import Bools, earliest, somewhere
from pratique.engine.casework.files import keep_spells
from pratique.engine.casework.moves import run_case
from pratique.engine.conditions.frame import Frame
from pratique.engine.conditions.memory import Fading, Ripening
from pratique.engine.intake import Intake, take_in
from pratique.engine.late_reads import looked_at, looks_again
from pratique.engine.membership import depart, note_bound
from pratique.engine.parts import RUN
from pratique.engine.parts.asked import Asked, Drawn, Owing
from pratique.engine.parts.clocks import note_changes
from pratique.engine.parts.progress import Progress
from pratique.engine.parts.statuses import lapse_statuses
from pratique.engine.parts.votes import count_votes, note_entitled
from pratique.engine.pools.claims import Claimed
from pratique.engine.pools.settlement import Released, settle
from pratique.engine.rows.debts import Debts
from pratique.engine.schedule import next_occurrence
from pratique.engine.standing import Standing

_RUN = {**RUN, "case": run_case}


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of one moment: changes by (clause, edge), draws, and acts that were refused."""

    now: Moment
    edges: dict[tuple[str, str], Bools]
    draws: list[Drawn]
    refused: list[tuple[str, str, Bools]]
    claims: list[Claimed] = field(default_factory=list)
    transfers: list[Owing] = field(default_factory=list)
    released: list[Released] = field(default_factory=list)
    asked: Asked = field(default_factory=Asked)
    """What its clauses asked for, for a later text beside it."""
    marks: list[tuple[tuple[str, str], Bools]] = field(default_factory=list)
    """Its changes, one after another."""

    def changes(self, scenario: int) -> list[tuple[str, str]]:
        """Return what has changed in one scenario, in the order in which it did."""
        changed = (key for key, where in self.marks if where[scenario].any())
        return list(dict.fromkeys(changed))


def step(
    standing: Standing,
    now: Moment,
    intake: Intake,
    *,
    handed: Asked | None = None,
    heard: Mapping[tuple[str, str], Bools] | None = None,
) -> Outcome:
    """Move a standing on to a moment, in place; ValueError if it is not later than the last.

    The caller stops at every moment that `next_stop` names on the way (see `advance`). `handed`,
    `heard`: what an older text that runs out beside this one asks for, and what changed there.
    """
    if now <= standing.now and (standing.serial or now < standing.begins):
        raise ValueError("a standing only moves on")
    frame = _begun(standing, now)
    frame.edges.update(heard or {})
    frame.marks += frame.edges.items()
    refused = take_in(frame, intake)
    carried = _timers(frame)
    for pool in standing.pools.values():
        pool.note_opening()
    frame.prior = {name: rows.truth() for name, rows in standing.statuses.items()}
    before = looked_at(frame, standing.machine.late)
    progress = Progress(frame, intake, handed or Asked(), carried, refused)
    for what, name in standing.program.order:
        _RUN[what](progress, name)
    keep_spells(frame)
    settled = settle(frame, progress.asked)
    note_bound(frame)
    standing.watched = [
        standing.machine.function(term)(frame, frame.today) for term in standing.program.watches
    ]
    depart(frame, progress.asked.leaving)
    note_entitled(frame)
    note_changes(frame)
    late, leaving = standing.machine.late, progress.asked.leaving
    standing.again = looks_again(frame, late, before, leaving)
    standing.now = now
    return Outcome(
        now,
        frame.edges,
        settled.draws,
        refused,
        settled.claims,
        settled.transfers,
        settled.released,
        progress.asked,
        frame.marks,
    )


def _begun(standing: Standing, now: Moment) -> Frame:
    for name, unsettled in standing.unsettled.items():
        seconds = standing.undetermined.get(name)
        if seconds is not None and not somewhere(unsettled):
            continue
        spent = unsettled * np.int64(now - standing.now)
        standing.undetermined[name] = spent if seconds is None else seconds + spent
    standing.serial += 1
    today = standing.program.clock.day(now)
    for series in standing.series.values():
        series.begin_moment(today)
    return Frame(standing, now, today)


def _timers(frame: Frame) -> dict[str, Bools]:
    standing = frame.standing
    for name, debts in standing.duties.items():
        _note_overdue(frame, debts, (name, "missed"))
    for name, pool in standing.pools.items():
        _note_overdue(frame, pool.claims, (name, "missed"))
        _note_overdue(frame, pool.payments, (name, "unpaid"))
    for name, book in standing.transfers.items():
        _note_overdue(frame, book, (name, "unpaid"))
    lapse_statuses(frame)
    return count_votes(frame)


def _note_overdue(frame: Frame, debts: Debts, change: tuple[str, str]) -> None:
    if debts.first_due() <= frame.now:
        frame.mark(*change, debts.overdue(frame.now))


def next_stop(standing: Standing, after: Moment) -> Moment:
    """Return the next moment after this one at which something may mature: the next stop."""
    clock = standing.program.clock
    stops = [clock.start(clock.day(after) + 1), *standing.stops(after)]
    stops += [standing.again] if standing.again > after else []
    for memory in standing.memories:
        if isinstance(memory, (Ripening, Fading)):
            stops += [earliest(memory.sure, after), earliest(memory.possible, after)]
    return min(stops + _spells(standing, after) + _hours(standing, after))


def _spells(standing: Standing, after: Moment) -> list[Moment]:
    return [
        next_occurrence(standing.program.clock, standing.begins, begins, every, after)
        for begins, every in standing.machine.spells
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
