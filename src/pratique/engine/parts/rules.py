# SPDX-License-Identifier: Apache-2.0
"""Rules within one moment."""

from __future__ import annotations

from pratique.engine.arrays import somewhere
from pratique.engine.parts.draws import amount_known
from pratique.engine.parts.effects import apply_effects
from pratique.engine.parts.hindsight import recall_rule
from pratique.engine.parts.progress import Progress


def run_missed(progress: Progress, name: str) -> None:
    """Ask for what follows from a duty missed in this moment."""
    missed = progress.frame.edges.get((name, "missed"))
    if missed is not None:
        duty = progress.frame.standing.program.duties[name]
        apply_effects(progress.frame, progress.asked, name, duty.if_missed, missed)


def _stands_alone(progress: Progress, name: str) -> bool:
    """Say whether nothing else hangs on a rule that does not fire."""
    standing = progress.frame.standing
    return (
        name not in standing.program.bounds.overriding
        and name not in standing.machine.watchful
        and name not in standing.recalls
    )


def run_rule(progress: Progress, name: str) -> None:
    """Fire a rule where its trigger newly holds, and ask for its effects."""
    frame, standing = progress.frame, progress.frame.standing
    rule, rows = standing.program.rules[name], standing.rules[name]
    if progress.is_quiet(name):
        return
    held = progress.held(rule.trigger, name)
    if not somewhere(held[0]) and rows.armed.all() and _stands_alone(progress, name):
        return
    sure, surely_not = progress.prevailing(name, held)
    fired = amount_known(frame, rule.effects, progress.in_force(sure, name))
    if rule.at_most is not None:
        fired = rows.uses.allows(fired, frame.now)
    if rule.trigger.when is not None:
        # It fires again only after it was surely false, or when all its uses are out of the window.
        fired = fired & rows.uses.armed_again(rows.armed, frame.now)
        rows.armed = (rows.armed & ~fired) | surely_not
    if somewhere(fired):
        frame.mark(name, "used", fired)
        rows.uses.used(fired, standing.program.clock, frame.now)
        apply_effects(frame, progress.asked, name, rule.effects, fired)
    if name in standing.recalls:
        recall_rule(progress, rule, held[0], fired)
