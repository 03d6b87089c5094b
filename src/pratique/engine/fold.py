# SPDX-License-Identifier: Apache-2.0
"""Standing = fold of a register: as of any moment, and as known at any moment.

As known later than `at`: consequences stay as they were drawn; figures that speak of days until
`at` and came in by then are laid over it.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby

from pratique.accord.program import Program
from pratique.base.moment import Moment
from pratique.base.text import say
from pratique.engine.acts import NotTakenIn, intake_of
from pratique.engine.standing import Standing, open_standing
from pratique.engine.step import Outcome, advance
from pratique.register.acts import Act, Correct, Report, act_from, body_of
from pratique.register.entry import Entry


def standing_at(
    program: Program,
    entries: Iterable[Entry],
    *,
    at: Moment | None = None,
    known: Moment | None = None,
) -> Standing:
    """Return the standing at a moment (the last entry's, if none is given), as known at a moment.

    NotTakenIn if an act has no place in the text; ValueError if the register is empty.
    """
    entries = list(entries)
    if not entries:
        raise ValueError("an empty register has no standing")
    moment = entries[-1].recorded if at is None else at
    latest = moment if known is None else known
    standing, _ = folded(
        program,
        (e for e in entries if e.recorded <= min(moment, latest)),
        begins=entries[0].recorded,
    )
    if standing.now < moment:
        advance(standing, moment)
    late = [e for e in entries if moment < e.recorded <= latest]
    _lay_over(program, standing, late, {e.seq: e for e in entries}, moment)
    return standing


def folded(
    program: Program, entries: Iterable[Entry], *, begins: Moment
) -> tuple[Standing, list[Outcome]]:
    """Return the standing after all entries, and the outcome of every moment on the way."""
    standing = open_standing(program, begins)
    outcomes: list[Outcome] = []
    earlier: dict[int, Entry] = {}
    for recorded, group in groupby(entries, key=lambda entry: entry.recorded):
        acts = [act for entry in group for act in _meant(entry, earlier)]
        outcomes += advance(standing, recorded, intake_of(program, acts))
    return standing, outcomes


def _meant(entry: Entry, earlier: dict[int, Entry]) -> list[Act]:
    # A correction of a figure is a newer figure of the same day; other corrections only stand.
    earlier[entry.seq] = entry
    if not isinstance(entry.act, Correct) or entry.act.value is None:
        return [entry.act]
    corrected = earlier.get(entry.act.seq)
    if corrected is None:
        raise NotTakenIn(say("this corrects an entry that the register does not have"))
    if not isinstance(corrected.act, Report):
        return []
    return [act_from(body_of(corrected.act) | dict(entry.act.value))]


def _lay_over(
    program: Program,
    standing: Standing,
    late: list[Entry],
    all_entries: dict[int, Entry],
    moment: Moment,
) -> None:
    today = program.clock.day(moment)
    for entry in late:
        acts = [act for act in _meant(entry, dict(all_entries)) if isinstance(act, Report)]
        for seen in intake_of(program, acts).observations:
            if seen.day <= today:
                standing.series[seen.measure].observe(seen.day, seen.values)
