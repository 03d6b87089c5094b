# SPDX-License-Identifier: Apache-2.0
"""One case being run, as one scenario of a standing, from day 1 to the last day that it names.

The standing is moved on by the batch that it belongs to.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import deque
from collections.abc import Iterator

from pratique.accord.fields.expected import Expectation
from pratique.accord.kinds.case import Case
from pratique.accord.program import Program
from pratique.accord.terms.values import Term
from pratique.base.moment import BEFORE, NEVER, Day, Moment
from pratique.engine.acts import intake_of
from pratique.engine.happening import Happening, happenings_of
from pratique.engine.intake import Intake
from pratique.engine.standing import Standing
from pratique.engine.step import Outcome
from pratique.register.acts import Act
from pratique.rehearsal.history import History
from pratique.rehearsal.offices import Offices
from pratique.rehearsal.replay import report_of
from pratique.rehearsal.telling import Telling
from pratique.rehearsal.trials.looks import answered, has_changed, is_so
from pratique.rehearsal.trials.seen import Seen

_BROUGHT_ABOUT = ("owed", "missed", "permitted")
"""What becomes so by a change alone."""


class Run:
    """One case being run: what it tells, what its offices do, what was seen of what it expects."""

    def __init__(self, program: Program, case: Case, history: History | None = None) -> None:
        self.program, self.case, self.history = program, case, history
        self.telling = Telling(program, case)
        self.begins = self.telling.start_of(1)
        self.until = self.telling.start_of(case.last_day + 1) - 1
        self.happenings: list[Happening] = []
        self.seen = {expected: Seen(expected, case.first_day) for expected in case.expectations}
        self._published = deque(history.publications if history is not None else ())
        days = {one.day for one in case.expectations if one.timing == "on"}
        self._ends = [self.telling.start_of(day + 1) - 1 for day in sorted(days | {case.last_day})]
        changes = [one for one in case.expectations if one.form == "change"]
        self._changes = [(one, self.seen[one]) for one in changes]
        for _, seen in self._changes:
            seen.days = dict.fromkeys(range(1, case.last_day + 1), "false")
        self._looks = list(self._numbered())
        self._unseen = self._looks
        """What was not so yet: how it is at the end of a day counts besides."""
        self._noted: Moment = BEFORE
        """The latest moment that has brought something about."""

    def _numbered(self) -> Iterator[tuple[int, Expectation, Seen]]:
        number = 0
        for expected in self.case.expectations:
            if expected.form != "change":
                yield number, expected, self.seen[expected]
            number += expected.term is not None

    def watches(self) -> list[Term]:
        """Return what its expectations watch, in order."""
        return [one.term for one in self.case.expectations if one.term is not None]

    def join(self, standing: Standing, scenario: int) -> None:
        """Be one scenario of a standing at its beginning."""
        self.standing, self.scenario = standing, scenario
        self.offices = Offices(standing, self.telling.conduct(), scenario)

    # --- what comes in ---------------------------------------------------------------------------

    def next_after(self, now: Moment) -> Moment:
        """Return the next moment at which something comes in, or is looked at."""
        return min(
            self.offices.next_moment(),
            self.telling.next_after(now),
            self._published[0].known if self._published else NEVER,
            self._end_after(now),
        )

    def _end_after(self, now: Moment) -> Moment:
        """Return the next end of a day on which something is expected."""
        place = bisect_right(self._ends, now)
        return self._ends[place] if place < len(self._ends) else NEVER

    def intake(self, now: Moment) -> Intake | None:
        """Return what comes in besides the figures that are told, if anything does."""
        acts: list[Act] = [act for _, act in self.offices.acts_at(now)]
        acts += self.telling.acts_at(now)
        while self._published and self._published[0].known <= now:
            acts.append(report_of(self._published.popleft()))
        tells = self.telling.tells_at(now)
        if not acts and not tells:
            return None
        intake = intake_of(self.program, acts)
        if tells:
            self.telling.tell(now, intake)
        return intake

    # --- what comes of it ------------------------------------------------------------------------

    def note(self, outcome: Outcome) -> None:
        """Note what a moment has brought about here; offices see it and plan."""
        self._noted = outcome.now
        self.offices.see(outcome)
        self.telling.see(outcome, self.scenario)
        for expected, seen in self._changes:
            if has_changed(expected, outcome, self.scenario):
                # A change of any moment of the day counts for the day.
                day = self.telling.day(outcome.now)
                seen.first = seen.first or day
                seen.days[day] = "true"
        self.happenings += happenings_of(self.standing, outcome, self.scenario)

    def look(self, now: Moment, first_watch: int) -> None:
        """Look at what is expected; `first_watch`: the place of its first among all watched."""
        at_end = now in self._ends
        looks = self._looks if at_end else self._unseen
        if not looks:
            return
        day = self.telling.day(now)
        for number, expected, seen in looks:
            if expected.form in _BROUGHT_ABOUT and not at_end and self._noted != now:
                continue
            how = self._how(expected, first_watch + number)
            if how == "true" and not seen.first:
                self._note_first(seen, day)
            if at_end:
                seen.days[day] = how

    def _note_first(self, seen: Seen, day: Day) -> None:
        seen.first = day
        self._unseen = [one for one in self._unseen if one[2] is not seen]

    def _how(self, expected: Expectation, watch: int) -> str:
        if expected.term is not None:
            return answered(self.standing.watched[watch], self.scenario)
        return "true" if is_so(expected, self.standing, self.scenario) else "false"
