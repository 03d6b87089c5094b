# SPDX-License-Identifier: Apache-2.0
"""Standing = fold of a register: as of any moment, and as known at any moment.

As known later than `at`: consequences stay as they were drawn; figures that speak of days until
`at` and came in by then are laid over it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import groupby

from pratique.accord.program import Program
from pratique.base.moment import Moment
from pratique.base.text import say
from pratique.engine.acts import intake_of
from pratique.engine.amendment import Texts
from pratique.engine.refusal import NotTakenIn
from pratique.engine.standing import Standing, open_standing
from pratique.engine.step import Outcome
from pratique.register.acts import Act, Correct, Report, act_from, body_of
from pratique.register.entry import Entry


def standing_at(
    program: Program,
    entries: Iterable[Entry],
    *,
    at: Moment | None = None,
    known: Moment | None = None,
    texts: Mapping[str, Program] | None = None,
) -> Standing:
    """Return the standing at a moment (the last entry's, if none is given), as known at a moment.

    Of an amended agreement it is that of the text in force; `texts`: see `folded`.
    NotTakenIn if an act has no place in the text; ValueError if the register is empty.
    """
    entries = list(entries)
    if not entries:
        raise ValueError("an empty register has no standing")
    moment = entries[-1].recorded if at is None else at
    latest = moment if known is None else known
    until = min(moment, latest)
    kept, _ = _folded(
        program, [e for e in entries if e.recorded <= until], entries[0].recorded, texts
    )
    if kept.standing.now < moment:
        kept.advance(moment)
    standing = kept.standing
    program = standing.program
    late = [e for e in entries if moment < e.recorded <= latest]
    _lay_over(program, standing, late, {e.seq: e for e in entries}, moment)
    return standing


def folded(
    program: Program,
    entries: Iterable[Entry],
    *,
    begins: Moment,
    texts: Mapping[str, Program] | None = None,
) -> tuple[Standing, list[Outcome]]:
    """Return the standing after all entries, and the outcome of every moment on the way.

    `texts`: the programs of texts that may be adopted, by their digests. One that was offered by
    `adopt` is in force from the moment after a power with the effect `adopt` was used.
    """
    kept, outcomes = _folded(program, entries, begins, texts)
    return kept.standing, outcomes


def _folded(
    program: Program,
    entries: Iterable[Entry],
    begins: Moment,
    texts: Mapping[str, Program] | None,
) -> tuple[Texts, list[Outcome]]:
    kept = Texts(open_standing(program, begins), texts)
    outcomes: list[Outcome] = []
    earlier: dict[int, Entry] = {}
    for recorded, group in groupby(entries, key=lambda entry: entry.recorded):
        dated = [(act, entry.happened) for entry in group for act in _meant(entry, earlier)]
        outcomes += kept.advance(recorded, dated)
    return kept, outcomes


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
