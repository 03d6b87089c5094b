# SPDX-License-Identifier: Apache-2.0
"""Powers within one moment: opened, proposed, used, in effect after notice, confirmed or not."""

from __future__ import annotations

import numpy as np

from pratique.accord.kinds.power import Power
from pratique.accord.terms.values import StartStatus
from pratique.base.duration import period_end
from pratique.base.moment import NEVER
from pratique.engine.arrays import Bools, falses, gathered, gathered_truth, somewhere
from pratique.engine.parts.effects import apply_effects
from pratique.engine.parts.progress import Progress
from pratique.engine.parts.votes import open_votes
from pratique.engine.rows.powers import PowerRows


def run_closing(progress: Progress, name: str) -> None:
    """Ask for the effects of a power carried in this moment."""
    carried = progress.carried.get(name)
    if carried is not None and somewhere(carried):
        _bring_about(progress, progress.frame.standing.powers[name], carried)


def run_opening(progress: Progress, name: str) -> None:
    """Open or close a power, and take in proposals, calls and uses."""
    frame, standing = progress.frame, progress.frame.standing
    power, rows = standing.program.powers[name], standing.powers[name]
    if rows.electorate is not None and rows.electorate.recused is not None:
        rows.recused = standing.machine.function(rows.electorate.recused)(frame, frame.today)[0]
    held = gathered_truth(progress.held(power.trigger, name), rows.pending.shape[1])
    is_open, _ = progress.prevailing(name, held)
    if rows.takes_effect is not None:
        _end_notice(progress, rows, is_open)
    rows.is_open = rows.uses.allows(progress.in_force(is_open, name), frame.now)
    asked = _proposals(progress, name)
    if asked is not None:
        _propose(progress, rows, asked)


def _propose(progress: Progress, rows: PowerRows, asked: Bools) -> None:
    if somewhere(refused := asked & ~rows.is_open):
        progress.refused.append(("propose", rows.power.name, refused))
    opens = asked & rows.is_open & ~rows.busy()
    if somewhere(opens):
        _begin(progress, rows.power, rows, opens)


def _begin(progress: Progress, power: Power, rows: PowerRows, opens: Bools) -> None:
    frame = progress.frame
    if rows.said is not None:
        said = progress.intake.amounts.get(power.name)
        rows.said[opens] = -1 if said is None else np.broadcast_to(said, opens.shape)[opens]
    if power.vote is not None:
        open_votes(frame, rows, opens, power.vote)
        frame.mark(power.name, "opened", opens)
    elif rows.takes_effect is not None and power.notice is not None:
        clock = frame.standing.program.clock
        rows.takes_effect[opens] = period_end(clock, frame.now, power.notice)
        frame.mark(power.name, "opened", opens)
    else:
        _use(progress, rows, opens)


def _end_notice(progress: Progress, rows: PowerRows, is_open: Bools) -> None:
    # Its condition is asked again at the end of its notice; a change (`on`) was only waited for.
    assert rows.takes_effect is not None
    frame, power = progress.frame, rows.power
    over = rows.takes_effect <= frame.now
    if not somewhere(over):
        return
    rows.takes_effect[over] = NEVER
    used = over if power.trigger.on else over & is_open
    frame.mark(power.name, "refused", over & ~used)
    _use(progress, rows, used)


def _use(progress: Progress, rows: PowerRows, where: Bools) -> None:
    if somewhere(where):
        progress.frame.mark(rows.power.name, "used", where)
        rows.uses.used(where, progress.frame.standing.program.clock, progress.frame.now)
        _bring_about(progress, rows, where)


def _bring_about(progress: Progress, rows: PowerRows, where: Bools) -> None:
    frame, power = progress.frame, rows.power
    apply_effects(frame, progress.asked, power.name, power.effects, where, most=rows.said)
    if rows.used_at is None or rows.confirm_by is None or power.confirm_within is None:
        return
    rows.used_at[where] = frame.now
    rows.confirm_by[where] = period_end(
        frame.standing.program.clock, frame.now, power.confirm_within
    )
    confirming = frame.standing.powers.get(power.confirmed_by)
    if confirming is not None and confirming.power.vote is not None:
        asked = gathered(where, confirming.pending.shape[1])
        before = progress.asked.calls.get(power.confirmed_by)
        progress.asked.calls[power.confirmed_by] = asked if before is None else before | asked


def run_confirming(progress: Progress, name: str) -> None:
    """End what a power started where another has not confirmed it in time, or was refused."""
    frame, rows = progress.frame, progress.frame.standing.powers[name]
    assert rows.confirm_by is not None
    assert rows.used_at is not None
    waits = (rows.confirm_by != NEVER) & (rows.used_at < frame.now)
    if not somewhere(waits):
        return
    confirming, count = rows.power.confirmed_by, waits.shape[1]
    confirmed = waits & gathered(frame.edge(confirming, "used"), count)
    refused = gathered(frame.edge(confirming, "refused"), count)
    lapsed = waits & ~confirmed & (refused | (rows.confirm_by <= frame.now))
    rows.confirm_by[confirmed | lapsed] = NEVER
    if somewhere(lapsed):
        frame.mark(name, "refused", lapsed)
        _undo(progress, rows, lapsed)


def _undo(progress: Progress, rows: PowerRows, lapsed: Bools) -> None:
    # What else was done meanwhile stays (paid, sent, called); only what still lasts can end.
    assert rows.used_at is not None
    for effect in rows.power.effects:
        if not isinstance(effect, StartStatus):
            continue
        status = progress.frame.standing.statuses[effect.status]
        if (effect.at is None or effect.at.form == "that") and status.on.shape == lapsed.shape:
            begun = lapsed & (status.since == rows.used_at)
        else:
            same = status.since[:, None, :] == rows.used_at[:, :, None]
            begun = (same & lapsed[:, :, None]).any(axis=1)
        before = progress.asked.ends.get(effect.status)
        progress.asked.ends[effect.status] = begun if before is None else before | begun


def _proposals(progress: Progress, name: str) -> Bools | None:
    """Return where a power is proposed, called for or used by an act; None: nowhere."""
    rows = progress.frame.standing.powers[name]
    sources = [progress.intake.proposed, progress.asked.calls]
    if rows.power.vote is None:
        sources.append(progress.intake.used)
    asked = None
    for source in sources:
        if name in source:
            before = falses(*rows.pending.shape) if asked is None else asked
            asked = before | source[name]
    return asked
