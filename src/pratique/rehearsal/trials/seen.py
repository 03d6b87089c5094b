# SPDX-License-Identifier: Apache-2.0
"""What was seen of one expectation, day by day, and in words; how it is looked up: `looks`."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from pratique.accord.fields.expected import Expectation
from pratique.base.moment import Day, date_of
from pratique.base.text import Sentence, say, say_count


@dataclass(slots=True)
class Seen:
    """What was seen of one expectation, day by day."""

    expected: Expectation
    first_day: Day = 0
    """Day 1 of its case."""
    days: dict[Day, str] = field(default_factory=dict)
    """The case's days on which it was seen, and how: true, false or undetermined at their ends."""
    first: Day = 0
    """The first day with a stop at which it was so; 0: none."""

    def came_true(self) -> bool:
        """Return whether it came as expected."""
        expected = self.expected
        if expected.timing == "never":
            return (self.first == 0) != expected.negated
        if expected.timing == "by":
            return (0 < self.first <= expected.day) != expected.negated
        wanted = "false" if expected.negated else "true"
        return self.days.get(expected.day, "false") == wanted

    def witness(self) -> Sentence:
        """Return what was seen instead."""
        if self.expected.timing != "never" and "day" not in self.expected.text.split():
            return self._dated_witness()
        if self.expected.timing == "on" and self.expected.form != "change":
            how = self.days.get(self.expected.day, "false")
            if how == "undetermined":
                return say(
                    "at the end of day {day} it is undetermined: figures are missing",
                    day=self.expected.day,
                )
            if self.first and how != "true":
                return say(
                    "it holds from day {first}, and not at the end of day {day}",
                    first=self.first,
                    day=self.expected.day,
                )
        if self.first:
            return say("it first comes about on day {day}", day=self.first)
        return say_count(
            "it does not come about within {n} day",
            "it does not come about within {n} days",
            n=max(self.days, default=1),
        )

    def _dated_witness(self) -> Sentence:
        """Return what was seen instead, of an expectation that is given a date."""
        day, first = self._date(self.expected.day), self._date(self.first)
        if self.expected.timing == "on" and self.expected.form != "change":
            how = self.days.get(self.expected.day, "false")
            if how == "undetermined":
                return say("at the end of {day} it is undetermined: figures are missing", day=day)
            if self.first and how != "true":
                return say("it holds from {first}, and not at the end of {day}",
                           first=first, day=day)  # fmt: skip
        if self.first:
            return say("it first comes about on {day}", day=first)
        last = self._date(max(self.days, default=1))
        return say("it does not come about by {day}", day=last)

    def _date(self, day: Day) -> date:
        return date_of(self.first_day + day - 1)
