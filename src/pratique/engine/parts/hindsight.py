# SPDX-License-Identifier: Apache-2.0
"""What rules would have done, had figures that came late been known in time (semantics 2).

Only noted, as the change `would_have_fired`: nothing is paid for what has ended already.
"""

from __future__ import annotations

from pratique.accord.kinds.rule import Rule
from pratique.base.moment import Day
from pratique.engine.arrays import Bools, Truth, somewhere, spread_to
from pratique.engine.conditions.frame import Frame
from pratique.engine.parts.progress import Progress
from pratique.engine.rows.recalls import Recall

WOULD_HAVE_FIRED = "would_have_fired"


def recall_rule(progress: Progress, rule: Rule, sure: Bools, fired: Bools) -> None:
    """Note what a rule is today, and where late figures show that it would have fired before."""
    frame = progress.frame
    recall = frame.standing.recalls[rule.name]
    first = _first_changed(frame, recall)
    if first < frame.today:
        missed = _would_have_fired(frame, rule, recall, first) & ~fired
        if somewhere(missed):
            frame.mark(rule.name, WOULD_HAVE_FIRED, missed)
    recall.note(frame.today, sure, _ready(progress, rule), fired)


def _first_changed(frame: Frame, recall: Recall) -> Day:
    series = frame.standing.series
    changed = min([series[name].changed for name in recall.read])
    if changed >= frame.today:
        return changed
    return max(changed, frame.today - recall.days + 1, recall.begins)


def _would_have_fired(frame: Frame, rule: Rule, recall: Recall, first: Day) -> Bools:
    # From the latest day back: an episode in which the rule fired later is not missed.
    found, fired_later = recall.nowhere(), recall.nowhere()
    for day in range(frame.today - 1, first - 1, -1):
        sure, surely_not = _as_known_now(frame, rule, day)
        fired_later = recall.had_fired(day) | (fired_later & ~surely_not)
        newly = recall.correct(day, sure)
        found = found | (newly & recall.was_ready(day) & ~fired_later)
    return found


def _as_known_now(frame: Frame, rule: Rule, day: Day) -> Truth:
    standing, when = frame.standing, rule.trigger.when
    assert when is not None
    rows = len(standing.program.parties) if when.per_party else 1
    sure, surely_not = standing.machine.function(when)(frame, day)
    return spread_to(sure, rows), spread_to(surely_not, rows)


def _ready(progress: Progress, rule: Rule) -> Bools:
    """Return where the rule would fire now if its condition newly held."""
    frame, rows = progress.frame, progress.frame.standing.rules[rule.name]
    return rows.uses.allows(progress.applies(rule.name, rows.armed), frame.now)
