# SPDX-License-Identifier: Apache-2.0
"""Duties within one moment: raised, ended, discharged."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from pratique.accord.kinds.duty import Duty
from pratique.accord.terms.values import Draw, Hold, Who
from pratique.base.duration import Duration
from pratique.base.moment import NEVER, Moment
from pratique.engine.arrays import (
    Bools,
    Moments,
    Truth,
    every_row,
    falses,
    gathered,
    somewhere,
    spread_to,
)
from pratique.engine.parts.clocks import due_by
from pratique.engine.parts.draws import amount_known
from pratique.engine.parts.effects import apply_effects
from pratique.engine.parts.progress import Progress
from pratique.engine.parts.recipients import OUTSIDE, reached
from pratique.engine.schedule import spell_end


def run_duty(progress: Progress, name: str) -> None:
    """Raise, end and discharge the debts of a duty."""
    standing = progress.frame.standing
    duty = standing.program.duties[name]
    if duty.prohibits:
        _prohibit(progress, duty)
        return
    for raising in () if progress.is_quiet(name) else _raisings(progress, duty):
        if somewhere(raising.where):
            _raise(progress, duty, raising)
    if duty.met_when is not None:
        met, _ = standing.machine.function(duty.met_when)(progress.frame, progress.frame.today)
        debts = standing.duties[name]
        progress.frame.mark(name, "done", debts.all_done(gathered(met, debts.shape[1])))


def _prohibit(progress: Progress, duty: Duty) -> None:
    """Look at a prohibition where something hangs on it: whether it is settled, or prevails."""
    standing = progress.frame.standing
    overrides = duty.name in standing.program.bounds.overriding
    if duty.trigger.when is None and not overrides:
        return
    held = progress.held(duty.trigger, duty.name)
    if overrides or duty.name in standing.machine.watchful:
        _prevailing(progress, duty, held)


@dataclass(frozen=True, slots=True)
class _Raising:
    """Debts raised: on which rows, by which runs of the clause (rows of its trigger), due when."""

    where: Bools
    runs: Bools
    due: Moment | Moments


def _raise(progress: Progress, duty: Duty, raising: _Raising) -> None:
    frame = progress.frame
    frame.standing.duties[duty.name].raise_debt(raising.where, frame.now, raising.due)
    frame.mark(duty.name, "raised", raising.where)
    if duty.draws is not None:
        _draw(progress, duty, duty.draws, raising)


def _raisings(progress: Progress, duty: Duty) -> list[_Raising]:
    frame, standing = progress.frame, progress.frame.standing
    if duty.every is not None:
        return _scheduled(progress, duty, duty.every)
    if duty.trigger.when is None and not duty.trigger.on:
        # Nothing triggers it: it is owed from entry into force, once.
        if _is_raised_everywhere(progress, duty):
            return []
        everywhere = np.ones((standing.scenarios, 1), dtype=np.bool_)
        sure, surely_not = everywhere, ~everywhere
    else:
        sure, surely_not = progress.held(duty.trigger, duty.name)
        if not somewhere(sure) and _rests(progress, duty):
            return []
    binding, over = _prevailing(progress, duty, (sure, surely_not))
    owed = progress.in_force(binding, duty.name)
    due = _due(progress, duty) if somewhere(owed) else NEVER
    if duty.trigger.on:
        return [_Raising(owed, sure, due)]
    ended = standing.duties[duty.name].ended(over)
    if somewhere(ended):
        frame.mark(duty.name, "ended", ended)
    episode = standing.episodes[duty.name]
    standing.episodes[duty.name] = (episode | owed) & ~over
    return [_Raising(owed & ~episode, _new_runs(progress, duty, sure, surely_not), due)]


def _rests(progress: Progress, duty: Duty) -> bool:
    """Say whether nothing can come of a duty whose condition holds nowhere: none is under way."""
    standing = progress.frame.standing
    runs = standing.episodes.get(f"{duty.name} runs")
    return (
        duty.name not in standing.program.bounds.overriding
        and not somewhere(standing.episodes[duty.name])
        and (runs is None or not somewhere(runs))
    )


def _is_raised_everywhere(progress: Progress, duty: Duty) -> bool:
    """Say whether nothing more can come of a duty that nothing triggers or stops."""
    standing, bounds = progress.frame.standing, progress.frame.standing.program.bounds
    return (
        bool(standing.episodes[duty.name].all())
        and duty.name not in bounds.overriding
        and duty.name not in bounds.overruled
        and duty.name not in bounds.stopped
        and duty.name not in standing.machine.watchful
    )


def _due(progress: Progress, duty: Duty) -> Moment | Moments:
    rows = progress.frame.standing.duties[duty.name].shape[1]
    return due_by(progress.frame, duty.clock, rows)


def _new_runs(progress: Progress, duty: Duty, sure: Bools, surely_not: Bools) -> Bools:
    # Only what is drawn for each recipient asks which runs are new, not which debts.
    if duty.draws is None or not duty.per_recipient or duty.trigger.when is None:
        return sure
    episodes = progress.frame.standing.episodes
    key = f"{duty.name} runs"
    running = episodes.get(key)
    episodes[key] = sure if running is None else (running | sure) & ~surely_not
    return sure if running is None else sure & ~running


def _draw(progress: Progress, duty: Duty, draws: Draw | Hold, raising: _Raising) -> None:
    """Ask for what a raising draws: for each recipient once a run, or for each debtor."""
    fired = raising.where
    shared = raising.runs.shape[1] == 1
    if duty.per_recipient and not (draws.to.form == "that" and shared):
        fired = _owing_runs(progress, duty, raising)
    fired = amount_known(progress.frame, (draws,), fired)
    if somewhere(fired):
        apply_effects(progress.frame, progress.asked, duty.name, (draws,), fired)


def _owing_runs(progress: Progress, duty: Duty, raising: _Raising) -> Bools:
    """Return the new runs of a clause from which, taken alone, one of the debts raised comes."""
    runs = raising.runs
    if runs.shape[1] == 1:
        return runs & raising.where.any(axis=1, keepdims=True)
    owing = runs.copy()
    for run in np.flatnonzero(runs.any(axis=0)):
        alone = falses(*runs.shape)
        alone[:, run] = True
        owing[:, run] &= (_debtors(progress, duty, alone) & raising.where).any(axis=1)
    return owing


def _scheduled(progress: Progress, duty: Duty, every: Duration) -> list[_Raising]:
    frame, standing = progress.frame, progress.frame.standing
    found = spell_end(standing, duty.name, duty.begins, every, frame.now)
    if found is None and duty.name not in standing.program.bounds.overriding:
        return []
    everywhere = np.ones((standing.scenarios, 1), dtype=np.bool_)
    binding, _ = _prevailing(progress, duty, (everywhere, ~everywhere))
    if found is None:
        return []
    due = _due(progress, duty) if duty.clock is not None else found
    return [_Raising(progress.in_force(binding, duty.name), everywhere, due)]


def _prevailing(progress: Progress, duty: Duty, truth: Truth) -> Truth:
    """Return by debtor where the duty's trigger binds it, and where it surely does not."""
    by_row = _debtors(progress, duty, truth[0]), _released(progress, duty, truth[1])
    overrides = duty.name in progress.frame.standing.program.bounds.overriding
    spared = _spared(progress, duty, by_row[1], truth[1]) if overrides else None
    return progress.prevailing(duty.name, by_row, spared)


def _spared(progress: Progress, duty: Duty, released: Bools, surely_not: Bools) -> Bools:
    """Return by debtor where the duty surely binds nobody: released, or named by none."""
    frame, parties = progress.frame, progress.frame.standing.program.parties
    rows = released.shape[1]
    if rows == 1 or any(_is_outside(who, parties) for who in duty.by):
        return released
    maybe = falses(released.shape[0], rows)
    for who in duty.by:
        all_of_them = replace(who, form="group" if who.group else "all", condition=None)
        here = reached(frame, all_of_them if who.condition else who, ~surely_not, rows)
        if who.condition is not None:
            here = here & ~frame.standing.machine.function(who.condition)(frame, frame.today)[1]
        maybe |= here
    return ~maybe


def _debtors(progress: Progress, duty: Duty, sure: Bools) -> Bools:
    rows = progress.frame.standing.duties[duty.name].shape[1]
    if rows == 1:
        return gathered(sure, 1)
    parties = progress.frame.standing.program.parties
    if any(_is_outside(who, parties) for who in duty.by):
        return spread_to(sure, rows)
    owed = falses(sure.shape[0], rows)
    for who in duty.by:
        owed = owed | reached(progress.frame, who, sure, rows)
    return owed


def _released(progress: Progress, duty: Duty, surely_not: Bools) -> Bools:
    # A debtor is released where the trigger surely holds for none of those that bind it.
    rows = progress.frame.standing.duties[duty.name].shape[1]
    if surely_not.shape[1] == 1 or rows == 1:
        return spread_to(every_row(surely_not), rows)
    parties = progress.frame.standing.program.parties
    forms = {who.form for who in duty.by if not _is_outside(who, parties)}
    if forms <= {"that"}:
        return surely_not
    if forms == {"other"}:
        nobody_else: Bools = surely_not.sum(axis=1, keepdims=True) - surely_not == rows - 1
        return nobody_else
    return spread_to(every_row(surely_not), rows)


def _is_outside(who: Who, parties: tuple[str, ...]) -> bool:
    # A body or people: a debt of theirs stands in the row of the party that it is about.
    return who.form in OUTSIDE or (who.form == "named" and who.names[0] not in parties)
