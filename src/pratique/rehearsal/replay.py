# SPDX-License-Identifier: Apache-2.0
"""An accord run over history, moment by moment, under a stated conduct: what would have been owed.

The curve is what happened. A replay shows what would have been owed and when, not what it would
have prevented.
"""

from __future__ import annotations

import hashlib
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import groupby, islice

import numpy as np

from pratique.accord.program import Program
from pratique.base.moment import Moment, iso_day
from pratique.engine.acts import intake_of
from pratique.engine.beside import side_by_side
from pratique.engine.happening import Happening, happenings_of
from pratique.engine.intake import Intake
from pratique.engine.standing import Standing, open_standing
from pratique.engine.step import Outcome, next_stop, step
from pratique.engine.trace import Reason, unknown
from pratique.register.acts import Act, Adopt, Consent, Report
from pratique.register.chain import Chain
from pratique.register.entry import Entry
from pratique.register.journal import seal_of
from pratique.rehearsal.casework import require_fitting
from pratique.rehearsal.conduct import Conduct
from pratique.rehearsal.history import History, Publication
from pratique.rehearsal.offices import Offices


@dataclass(frozen=True, slots=True)
class OpenQuestion:
    """A time in which a clause's condition was undetermined, and the figures it wanted."""

    clause: str
    row: int
    since: Moment
    until: Moment
    wanted: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class Replay:
    """What came of an accord over a history; `entries` are the register's.

    `standing` is the last, of a batch in which this is one `scenario`.
    """

    program: Program
    history: History
    conduct: Conduct
    begins: Moment
    until: Moment
    happenings: tuple[Happening, ...]
    open_questions: tuple[OpenQuestion, ...]
    entries: tuple[Entry, ...]
    seal: str
    standing: Standing
    scenario: int
    moments: int

    def share_undetermined(self) -> float:
        """Return the share of all conditions' time in which they were undetermined, 0 to 1."""
        arrays = list(self.standing.undetermined.values())
        conditions: int = sum(array.shape[1] for array in arrays)
        undetermined = float(sum(int(array[self.scenario].sum()) for array in arrays))
        return undetermined / max(1, conditions * (self.until - self.begins))

    def of_clause(self, clause: str, edge: str) -> tuple[Happening, ...]:
        """Return what came about of a clause, in order."""
        return tuple(one for one in self.happenings if one.clause == clause and one.edge == edge)

    def undetermined_before(self, one: Happening) -> OpenQuestion | None:
        """Return the time, if any, in which it was open up to then whether this had come about.

        What ends such a time came about *no later than* its moment: figures were missing before.
        """
        for question in self.open_questions:
            same = question.clause == one.clause and question.row in (one.row, -1)
            if same and question.until == one.moment:
                return question
        return None


Progress = Callable[[float], None]
"""Told, from 0 to 1, how far a long work has come."""


def replay(
    program: Program,
    history: History,
    conduct: Conduct,
    *,
    until: Moment | None = None,
    progress: Progress | None = None,
) -> Replay:
    """Run a program over a history under a conduct; ends with the last figure, or at `until`.

    NotConduct if the conduct speaks of what the text does not have.
    """
    return replays(program, history, [conduct], until=until, progress=progress)[0]


def replays(
    program: Program,
    history: History,
    conducts: Sequence[Conduct],
    *,
    until: Moment | None = None,
    progress: Progress | None = None,
) -> list[Replay]:
    """Run a program over a history under several conducts side by side, each as it would be alone.

    They share one standing, a scenario each: two conducts take little longer than one. ValueError
    without a conduct.
    """
    if not conducts:
        raise ValueError("a replay needs a conduct")
    for conduct in conducts:
        require_fitting(conduct, program)
    end = min(until, history.last_known) if until is not None else history.last_known
    standing = open_standing(program, history.begins, len(conducts))
    chronicles = [_Chronicle(standing, conduct, place) for place, conduct in enumerate(conducts)]
    published = _by_moment(history, end)
    waiting = deque(known for known in published if known > history.begins)
    now = history.begins
    acts = [*_founding(program), *_published(published.get(now, []), program)]
    while True:
        intakes = [chronicle.enter(now, acts) for chronicle in chronicles]
        outcome = step(standing, now, side_by_side(intakes))
        for chronicle in chronicles:
            chronicle.note(outcome)
        planned = [chronicle.offices.next_moment() for chronicle in chronicles]
        now = min([next_stop(standing, now), *planned, *islice(waiting, 1)])
        if now > end:
            break
        if waiting and waiting[0] == now:
            waiting.popleft()
        acts = _published(published.get(now, []), program)
        if progress is not None:
            progress((now - history.begins) / max(1, end - history.begins))
    _count_on(standing, end)
    return [chronicle.replay(history, end) for chronicle in chronicles]


def _count_on(standing: Standing, end: Moment) -> None:
    """Count what stays undetermined up to the end of a replay."""
    for clause, where in standing.unsettled.items():
        spent = where * np.int64(max(0, end - standing.now))
        known = standing.undetermined.get(clause, np.int64(0))
        standing.undetermined[clause] = known + spent


class _Chronicle:
    """One scenario of a replay under way: its register, its offices, and what came about in it."""

    def __init__(self, standing: Standing, conduct: Conduct, scenario: int) -> None:
        self.program, self.standing, self.scenario = standing.program, standing, scenario
        self.conduct, self.offices = conduct, Offices(standing, conduct, scenario)
        self.chain = Chain(_register_name(self.program))
        self.entries: list[Entry] = []
        self.happenings: list[Happening] = []
        self.questions: list[OpenQuestion] = []
        self.open: dict[tuple[str, int], tuple[Moment, tuple[Reason, ...]]] = {}

    def enter(self, now: Moment, acts: list[Dated]) -> Intake:
        """Enter acts of a moment, and those of its own offices, and return what they bring in."""
        own = [(office, act, None) for office, act in self.offices.acts_at(now)]
        entries = [
            self.chain.append(office=office, act=act, recorded=now, happened=happened)
            for office, act, happened in [*acts, *own]
        ]
        self.entries += entries
        return intake_of(self.program, [entry.act for entry in entries])

    def note(self, outcome: Outcome) -> None:
        """Note what came of a moment; its offices see it and plan."""
        self.happenings += happenings_of(self.standing, outcome, self.scenario)
        self._question(outcome.now)
        self.offices.see(outcome)

    def _question(self, now: Moment) -> None:
        for clause, where in self.standing.unsettled.items():
            for row, is_open in enumerate(where[self.scenario].tolist()):
                key = (clause, row if where.shape[1] > 1 else -1)
                if is_open and key not in self.open:
                    wanted = unknown(self.standing, clause, row, self.scenario)
                    self.open[key] = (now, wanted)
                elif not is_open and key in self.open:
                    self._close(key, now)

    def _close(self, key: tuple[str, int], now: Moment) -> None:
        since, wanted = self.open.pop(key)
        if now > since:
            self.questions.append(OpenQuestion(*key, since, now, wanted))

    def replay(self, history: History, end: Moment) -> Replay:
        """Return the replay; times still undetermined end with it."""
        for key in list(self.open):
            self._close(key, end)
        return Replay(
            self.program,
            history,
            self.conduct,
            history.begins,
            end,
            tuple(self.happenings),
            tuple(sorted(self.questions, key=lambda one: (one.since, one.clause, one.row))),
            tuple(self.entries),
            seal_of(self.entries),
            self.standing,
            self.scenario,
            self.standing.serial,
        )


def _by_moment(history: History, end: Moment) -> dict[Moment, list[Publication]]:
    # History is in order of being known, so the moments are too.
    until = (one for one in history.publications if one.known <= end)
    return {known: list(group) for known, group in groupby(until, key=lambda one: one.known)}


def _register_name(program: Program) -> str:
    words = "".join(c if c.isalnum() else " " for c in program.accord.title.lower()).split()
    return "-".join(word for word in words if word.isascii())[:80] or "accord"


Dated = tuple[str, Act, Moment | None]
"""An office's act, and when what it records had happened, if that is not when it is recorded."""


def _founding(program: Program) -> list[Dated]:
    text = "\n".join(program.accord.document.lines)
    digest = hashlib.sha256(text.encode()).hexdigest()
    adopt = Adopt(
        text=digest,
        title=program.accord.title,
        draft=program.accord.document.setting("draft", "") or None,
    )
    first = program.parties[0]
    consents = [(party, Consent(party=party, how="ratify"), None) for party in program.parties]
    return [(first, adopt, None), *consents]


def _published(figures: list[Publication], program: Program) -> list[Dated]:
    acts: list[Dated] = []
    for figure in figures:
        series = program.measures[figure.measure].series
        office = series.authority if series else "unknown"
        acts.append((office, report_of(figure), figure.happened))
    return acts


def report_of(figure: Publication) -> Report:
    """Return the act that states a figure of history, or what a detector says of one, and why."""
    source = str(figure.reason) if figure.reason is not None else None
    if figure.happened is not None:
        return Report(measure=figure.measure, party=figure.party, source=source)
    return Report(
        measure=figure.measure,
        party=figure.party,
        day=iso_day(figure.day),
        source=source,
        value=figure.value,
    )
