# SPDX-License-Identifier: Apache-2.0
"""Rules within one moment."""

from __future__ import annotations

from pratique.engine.parts.draws import amount_known
from pratique.engine.parts.effects import apply_effects
from pratique.engine.parts.progress import Progress


def run_missed(progress: Progress, name: str) -> None:
    """Ask for what follows from a duty missed in this moment."""
    duty = progress.frame.standing.program.duties[name]
    missed = progress.frame.edge(name, "missed")
    if missed.any():
        apply_effects(progress.frame, progress.asked, name, duty.if_missed, missed)


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
