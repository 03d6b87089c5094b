# SPDX-License-Identifier: Apache-2.0
"""The parts of one moment, in the order that the program fixes: what each clause does in it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np

from pratique.accord.fields.triggers import Trigger
from pratique.accord.kinds.duty import Duty
from pratique.accord.kinds.status import IN_FORCE
from pratique.base.duration import Duration, period_end
from pratique.base.moment import NEVER, Moment
from pratique.engine.arrays import Bools, Truth, falses, gathered, spread_to
from pratique.engine.conditions.frame import Frame
from pratique.engine.effects import Asked, Start, amount_known, apply_effects, reached
from pratique.engine.intake import Intake
from pratique.engine.schedule import occurrence
from pratique.engine.standing import StatusRows
from pratique.engine.votes import open_votes


@dataclass(slots=True)
class Progress:
    """One moment under way."""

    frame: Frame
    intake: Intake
    asked: Asked
    carried: dict[str, Bools]
    refused: list[tuple[str, str, Bools]] = field(default_factory=list)

    def in_force(self, where: Bools) -> Bools:
        """Return where something holds and the agreement binds."""
        # A scalar `& True` takes as long as ten comparisons.
        status = self.frame.standing.statuses.get(IN_FORCE)
        return where & status.on if status is not None else where

    def held(self, trigger: Trigger, name: str) -> Truth:
        """Return the truth of a clause's trigger, at the trigger's own spread."""
        frame, standing = self.frame, self.frame.standing
        if trigger.when is not None:
            truth = standing.machine.function(trigger.when)(frame, frame.today)
            rows = len(standing.program.parties) if trigger.per_party else 1
            sure, surely_not = (spread_to(mask, rows) for mask in truth)
            standing.unsettled[name] = ~(sure | surely_not)
            return sure, surely_not
        rows = len(standing.program.parties) if trigger.per_party else 1
        happened = falses(standing.scenarios, rows)
        for edge in trigger.on:
            where = frame.edge(edge.name, edge.edge)
            if edge.party >= 0:
                where = where[:, edge.party : edge.party + 1]
            happened = happened | gathered(where, happened.shape[1])
        return happened, ~happened


def run_missed(progress: Progress, name: str) -> None:
    """Ask for what follows from a duty missed in this moment."""
    duty = progress.frame.standing.program.duties[name]
    missed = progress.frame.edge(name, "missed")
    if missed.any():
        apply_effects(progress.frame, progress.asked, name, duty.if_missed, missed)


def run_closing(progress: Progress, name: str) -> None:
    """Ask for the effects of a power carried in this moment."""
    carried = progress.carried.get(name)
    if carried is not None and carried.any():
        effects = progress.frame.standing.program.powers[name].effects
        apply_effects(progress.frame, progress.asked, name, effects, carried)


def run_rule(progress: Progress, name: str) -> None:
    """Fire a rule where its trigger newly holds, and ask for its effects."""
    frame, standing = progress.frame, progress.frame.standing
    rule, rows = standing.program.rules[name], standing.rules[name]
    sure, surely_not = progress.held(rule.trigger, name)
    fired = amount_known(frame, rule.effects, progress.in_force(sure))
    if rule.at_most is not None:
        fired = rows.uses.allows(fired, frame.now)
    if rule.trigger.when is not None:
        # It fires again only after it was surely false, or when all its uses are out of the window.
        fired = fired & rows.uses.armed_again(rows.armed, frame.now)
        rows.armed = (rows.armed & ~fired) | surely_not
    if fired.any():
        frame.mark(name, "used", fired)
        rows.uses.used(fired, standing.program.clock, frame.now)
        apply_effects(frame, progress.asked, name, rule.effects, fired)


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


def run_opening(progress: Progress, name: str) -> None:
    """Open or close a power, and take in proposals, calls and uses."""
    frame, standing = progress.frame, progress.frame.standing
    power, rows = standing.program.powers[name], standing.powers[name]
    if power.trigger.when is None and not power.trigger.on:
        is_open = ~falses(*rows.pending.shape)
    else:
        is_open = gathered(progress.held(power.trigger, name)[0], rows.pending.shape[1])
    rows.is_open = rows.uses.allows(progress.in_force(is_open), frame.now)
    asked = _proposals(progress, name)
    opens = asked & rows.is_open & ~rows.pending
    if (refused := asked & ~rows.is_open).any():
        progress.refused.append(("propose", name, refused))
    if not opens.any():
        return
    if power.vote is not None:
        open_votes(
            rows, opens, frame.now, period_end(standing.program.clock, frame.now, power.vote.within)
        )
        frame.mark(name, "opened", opens)
        return
    frame.mark(name, "used", opens)
    rows.uses.used(opens, standing.program.clock, frame.now)
    apply_effects(frame, progress.asked, name, power.effects, opens)


def _proposals(progress: Progress, name: str) -> Bools:
    rows = progress.frame.standing.powers[name]
    asked = falses(*rows.pending.shape)
    sources = [progress.intake.proposed, progress.asked.calls]
    if rows.power.vote is None:
        sources.append(progress.intake.used)
    for source in sources:
        if name in source:
            asked = asked | source[name]
    return asked


def run_status(progress: Progress, name: str) -> None:
    """Start, end and renew a status, and follow its condition."""
    frame, rows = progress.frame, progress.frame.standing.statuses[name]
    was_on = rows.on
    for start in progress.asked.starts.get(name, ()):
        _start(frame, rows, start, was_on)
    if name in progress.intake.started:
        _start(frame, rows, Start(progress.intake.started[name], None, renews=False), was_on)
    if rows.status.holds_while is not None:
        _follow(progress, name, rows)
    ends = progress.asked.ends.get(name)
    if ends is not None:
        rows.on = rows.on & ~ends
    started, ended = rows.on & ~was_on, was_on & ~rows.on
    if started.any():
        frame.mark(name, "starts", started)
    if ended.any():
        frame.mark(name, "ends", ended)
    changed = name in progress.asked.starts or name in progress.intake.started
    if changed or ended.any() or ends is not None or rows.status.lingers is not None:
        off = ~rows.on
        rows.since[off] = NEVER
        rows.until[off] = NEVER
        rows.lingers_until[off] = NEVER


def _start(frame: Frame, rows: StatusRows, start: Start, was_on: Bools) -> None:
    clock, lapses = frame.standing.program.clock, rows.status.lapses
    fresh = start.where & ~rows.on
    ends = [period_end(clock, frame.now, spell) for spell in (start.lasting, lapses) if spell]
    _begin(rows, fresh, frame.now, min(ends, default=NEVER))
    if start.renews and lapses is not None:
        again = start.where & was_on
        for old in np.unique(rows.until[again]):
            if old != NEVER:
                # Renewal counts from the old end, whose last second is the day before.
                end = (
                    int(old) + lapses.seconds
                    if lapses.elapses
                    else period_end(clock, int(old) - 1, lapses)
                )
                rows.until[again & (rows.until == old)] = end


def _begin(rows: StatusRows, where: Bools, now: Moment, until: Moment) -> None:
    if not where.any():
        return
    rows.on = rows.on | where
    rows.since[where] = now
    rows.until[where] = until


def _follow(progress: Progress, name: str, rows: StatusRows) -> None:
    frame = progress.frame
    term, status = rows.status.holds_while, rows.status
    assert term is not None
    sure, surely_not = (
        spread_to(mask, rows.on.shape[1])
        for mask in frame.standing.machine.function(term)(frame, frame.today)
    )
    frame.standing.unsettled[name] = ~(sure | surely_not)
    clock = frame.standing.program.clock
    begins = sure & ~rows.on & rows.armed
    rows.armed = rows.armed | surely_not
    lapse = period_end(clock, frame.now, status.lapses) if status.lapses else NEVER
    _begin(rows, begins, frame.now, lapse)
    if status.lingers is None:
        rows.on = rows.on & ~surely_not
    else:
        # It lingers from the last moment at which its condition surely held.
        last_held = frame.now if status.lingers.elapses else frame.now - 1
        end = period_end(clock, last_held, status.lingers)
        waiting = np.where(rows.lingers_until == NEVER, end, rows.lingers_until)
        rows.lingers_until = np.where(sure, NEVER, waiting)
        # What has surely ended lingers out, also if figures go missing meanwhile.
        rows.ended = (rows.ended | surely_not) & ~sure
        rows.on = rows.on & ~(rows.ended & (rows.lingers_until <= frame.now))
    rows.unsure = ~(sure | surely_not | rows.on)


RUN: dict[str, Callable[[Progress, str], None]] = {
    "missed": run_missed,
    "closing": run_closing,
    "rule": run_rule,
    "duty": run_duty,
    "opening": run_opening,
    "status": run_status,
}
