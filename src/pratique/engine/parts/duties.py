# SPDX-License-Identifier: Apache-2.0
"""Duties within one moment: raised, ended, discharged."""

from __future__ import annotations

import numpy as np

from pratique.accord.kinds.duty import Duty
from pratique.base.duration import Duration, period_end
from pratique.base.moment import NEVER, Moment
from pratique.engine.arrays import Bools, falses, gathered
from pratique.engine.parts.asked import reached
from pratique.engine.parts.progress import Progress
from pratique.engine.schedule import occurrence


def run_duty(progress: Progress, name: str) -> None:
    """Raise, end and discharge the debts of a duty."""
    standing = progress.frame.standing
    duty = standing.program.duties[name]
    if duty.prohibits:
        if duty.trigger.when is not None:
            progress.held(duty.trigger, name)
        return
    for where, due in _raisings(progress, duty):
        standing.duties[name].raise_debt(where, progress.frame.now, due)
        progress.frame.mark(name, "raised", np.asarray(where))
    if duty.met_when is not None:
        met, _ = standing.machine.function(duty.met_when)(progress.frame, progress.frame.today)
        rows = standing.duties[name].shape
        progress.frame.mark(
            name,
            "done",
            standing.duties[name].all_done(np.broadcast_to(gathered(met, rows[1]), rows)),
        )


def _raisings(progress: Progress, duty: Duty) -> list[tuple[Bools, Moment]]:
    frame, standing = progress.frame, progress.frame.standing
    clock = standing.program.clock
    due = period_end(clock, frame.now, duty.within) if duty.within else NEVER
    if duty.every is not None:
        return _scheduled(progress, duty, duty.every)
    if duty.trigger.when is None and not duty.trigger.on:
        # Nothing triggers it: it is owed from entry into force, once.
        everywhere = np.ones((standing.scenarios, 1), dtype=np.bool_)
        sure, surely_not = everywhere, ~everywhere
    else:
        sure, surely_not = progress.held(duty.trigger, duty.name)
    owed = progress.in_force(_debtors(progress, duty, sure))
    if duty.trigger.on:
        return [(owed, due)]
    over = _released(progress, duty, surely_not)
    ended = standing.duties[duty.name].ended(over)
    if ended.any():
        frame.mark(duty.name, "ended", ended)
    episode = standing.episodes[duty.name]
    standing.episodes[duty.name] = (episode | owed) & ~over
    return [(owed & ~episode, due)]


def _scheduled(progress: Progress, duty: Duty, every: Duration) -> list[tuple[Bools, Moment]]:
    frame, standing = progress.frame, progress.frame.standing
    found = occurrence(
        standing.program.clock,
        standing.begins,
        duty.begins,
        every,
        (standing.now, frame.now),
        first=standing.serial == 1,
    )
    if found is None:
        return []
    due = period_end(standing.program.clock, frame.now, duty.within) if duty.within else found
    everywhere = np.ones((standing.scenarios, 1), dtype=np.bool_)
    return [(progress.in_force(_debtors(progress, duty, everywhere)), due)]


def _debtors(progress: Progress, duty: Duty, sure: Bools) -> Bools:
    rows = progress.frame.standing.duties[duty.name].shape[1]
    if rows == 1:
        return gathered(sure, 1)
    parties = progress.frame.standing.program.parties
    bodies = [who for who in duty.by if who.form == "named" and who.names[0] not in parties]
    if bodies:
        return np.broadcast_to(sure, (sure.shape[0], rows))
    owed = falses(sure.shape[0], rows)
    for who in duty.by:
        owed = owed | reached(progress.frame, who, sure, rows)
    return owed


def _released(progress: Progress, duty: Duty, surely_not: Bools) -> Bools:
    # A debtor is released where the trigger surely holds for none of those that bind it.
    rows = progress.frame.standing.duties[duty.name].shape[1]
    if surely_not.shape[1] == 1 or rows == 1:
        return np.broadcast_to(surely_not.all(axis=1, keepdims=True), (surely_not.shape[0], rows))
    parties = progress.frame.standing.program.parties
    forms = {who.form for who in duty.by if who.form != "named" or who.names[0] in parties}
    if forms <= {"that"}:
        return surely_not
    if forms == {"other"}:
        nobody_else: Bools = surely_not.sum(axis=1, keepdims=True) - surely_not == rows - 1
        return nobody_else
    return np.broadcast_to(surely_not.all(axis=1, keepdims=True), (surely_not.shape[0], rows))
