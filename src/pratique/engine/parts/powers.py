# SPDX-License-Identifier: Apache-2.0
"""Powers within one moment: opened, proposed, used."""

from __future__ import annotations

from pratique.base.duration import period_end
from pratique.engine.arrays import Bools, falses, gathered
from pratique.engine.parts.effects import apply_effects
from pratique.engine.parts.progress import Progress
from pratique.engine.parts.votes import open_votes


def run_closing(progress: Progress, name: str) -> None:
    """Ask for the effects of a power carried in this moment."""
    carried = progress.carried.get(name)
    if carried is not None and carried.any():
        effects = progress.frame.standing.program.powers[name].effects
        apply_effects(progress.frame, progress.asked, name, effects, carried)


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
