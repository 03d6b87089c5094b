# SPDX-License-Identifier: Apache-2.0
"""Money promised under both drafts, added up over time: a chart's lines and the table beside it."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from itertools import pairwise

from pratique.base.moment import Day, Moment, date_of
from pratique.base.money import decimals
from pratique.base.text import Sentence, say
from pratique.markup.table import Table
from pratique.markup.values import Amount
from pratique.rehearsal.comparing.compared import Replayed
from pratique.rehearsal.comparing.sums import Ledger, what_words
from pratique.rehearsal.drafts import Flow, flows
from pratique.rehearsal.figures import Chart, Line, Stretch
from pratique.rehearsal.replay import Replay

Steps = list[tuple[Moment, int]]
"""From each moment on: how much in all, in whole units; from the beginning nothing."""
MOST_WHOLE = 100_000
"""From so many units on a chart counts in thousands, from so many thousands in millions."""
OLD, NEW = say("old draft"), say("new draft")


def steps_of(found: Replayed, ledger: Ledger) -> tuple[Steps, Steps]:
    """Return what came of a ledger over time, in the old draft and in the new."""
    former = {one: name for name, one in found.former.items()}
    return (
        _steps(found.old, flows(found.old, former), ledger),
        _steps(found.new, flows(found.new, {}), ledger),
    )


def _steps(replay: Replay, made: Sequence[Flow], ledger: Ledger) -> Steps:
    found: Steps = [(replay.begins, 0)]
    for one in made:
        if (one.what, one.under, one.type) != (ledger.what, ledger.under, ledger.type):
            continue
        total = found[-1][1] + one.units
        if found[-1][0] == one.moment:
            found.pop()
        found.append((one.moment, total))
    return found


def chart_of(found: Replayed, ledger: Ledger, language: str, *, name: str) -> Chart:
    """Return a chart of both drafts' sums over time."""
    old, new = steps_of(found, ledger)
    title, thousands = _title(
        found, ledger, max(units for steps in (old, new) for _, units in steps)
    )
    scale = decimals(ledger.type.unit) + 3 * thousands
    lines = tuple(
        Line(label, _stretches(steps, found.new.until, scale))
        for label, steps in ((OLD, old), (NEW, new))
    )
    return Chart(
        name,
        title,
        say("Two lines in steps, one for each draft; the table below says the same."),
        lines,
        (),
        (),
        found.new.begins,
        found.new.until,
        found.new.program.clock,
        language,
    )


def _title(found: Replayed, ledger: Ledger, most: int) -> tuple[Sentence, int]:
    """Return a chart's title, and how many thousands its figures are divided by: 0, 1 or 2 times.

    So that the figures beside its axis stay short.
    """
    said = {"what": what_words(found, ledger), "currency": ledger.type.unit}
    whole = most // 10 ** decimals(ledger.type.unit)
    if whole < MOST_WHOLE:
        return say("{what}, in {currency}, added up", **said), 0
    if whole < 1000 * MOST_WHOLE:
        return say("{what}, in thousands of {currency}, added up", **said), 1
    return say("{what}, in millions of {currency}, added up", **said), 2


def _stretches(steps: Steps, until: Moment, scale: int) -> tuple[Stretch, ...]:
    ends = [*steps, (until, 0)]
    return tuple(
        Stretch(start, end, float(Decimal(units).scaleb(-scale)))
        for (start, units), (end, _) in pairwise(ends)
    )


def steps_table(found: Replayed, ledger: Ledger) -> Table:
    """Return what came to how much on each day on which either sum grew."""
    unit = ledger.type.unit
    sides = [_by_day(steps, found) for steps in steps_of(found, ledger)]
    rows = []
    for day in sorted({day for side in sides for day in side}):
        old, new = (_standing(side, day) for side in sides)
        rows.append((date_of(day), Amount(old, unit), Amount(new, unit)))
    caption = say("{what}, added up day by day", what=what_words(found, ledger))
    return Table(caption, (say("day"), OLD, NEW), tuple(rows))


def _by_day(steps: Steps, found: Replayed) -> dict[Day, int]:
    clock = found.new.program.clock
    return {clock.day(moment): units for moment, units in steps[1:]}


def _standing(side: dict[Day, int], day: Day) -> int:
    return max((units for known, units in side.items() if known <= day), default=0)
