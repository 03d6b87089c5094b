# SPDX-License-Identifier: Apache-2.0
"""All reports ever taken in, and what they say of a day: its level, or a window that ends there."""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction

from oracle.truth import ANYTHING, Range
from pratique.accord.kinds.measure import RHYTHM_DAYS, Measure
from pratique.base.duration import Duration, day_before
from pratique.base.moment import Clock, Day, Moment


@dataclass
class Report:
    """One figure: the day it speaks of, and the moment it became known."""

    measure: str
    party: int
    day: Day
    value: Fraction
    known: Moment


@dataclass
class Figures:
    """Every report, oldest first; nothing is ever forgotten or replaced."""

    clock: Clock
    reports: list[Report] = field(default_factory=list)

    def take_in(self, report: Report) -> None:
        """Add a report; a figure of a day not yet come is refused."""
        if report.day <= self.clock.day(report.known):
            self.reports.append(report)

    def by_day(self, measure: str, party: int, until: Day) -> dict[Day, Fraction]:
        """Return the newest value known of each day up to one."""
        return {
            report.day: report.value
            for report in self.reports
            if report.measure == measure and report.party == party and report.day <= until
        }

    def level(self, measure: Measure, party: int, day: Day) -> Range | None:
        """Return the level on a day, or None where it is unknown."""
        known = self.by_day(measure.name, party, day)
        if known and day - max(known) <= held_days(measure):
            value = known[max(known)]
            return value, value
        if measure.assumed is not None:
            return measure.assumed, measure.assumed
        return None

    def window(
        self, measure: Measure, party: int, *, day: Day, word: str, duration: Duration
    ) -> Range:
        """Return `word of measure over duration` as on a day."""
        known = self.by_day(measure.name, party, day)
        if known and day - max(known) <= held_days(measure):
            last = max(known)
        elif rhythm_days(measure) and measure.assumed is not None and word in ("sum", "mean"):
            last = day
        else:
            return _unknown(measure, word, Fraction(0))
        before = day_before(last, duration)
        if word == "change":
            return self._change(measure, party, before, last)
        taken = [value for at, value in known.items() if before < at <= last]
        rhythm = rhythm_days(measure)
        if rhythm == 0:
            if taken and min(known) <= before + 1:
                return _figure(word, taken)
            return _unknown(measure, word, sum(taken, Fraction(0)))
        missing = (last - before) // rhythm - len(taken)
        if missing > 0 and measure.assumed is not None and word in ("sum", "mean"):
            taken += [measure.assumed] * missing
            missing = 0
        if missing > 0 or not taken:
            return _unknown(measure, word, sum(taken, Fraction(0)))
        return _figure(word, taken)

    def _change(self, measure: Measure, party: int, before: Day, last: Day) -> Range:
        then, now = self.level(measure, party, before), self.level(measure, party, last)
        if then is None or now is None:
            return ANYTHING
        return now[0] - then[0], now[1] - then[1]


def held_days(measure: Measure) -> int:
    """Return for how many days after its own a report holds."""
    return measure.hold.most_days if measure.hold is not None else 0


def rhythm_days(measure: Measure) -> int:
    """Return the days between two reports; 0 where there is no regular rhythm."""
    return RHYTHM_DAYS[measure.series.rhythm] if measure.series is not None else 0


def bounds(measure: Measure) -> Range:
    """Return the range that a measure was declared to have."""
    return _plain(measure.low), _plain(measure.high)


def _plain(bound: float) -> Fraction | float:
    return bound if bound in ANYTHING else Fraction(bound)


def _figure(word: str, taken: list[Fraction]) -> Range:
    whole = sum(taken, Fraction(0))
    value = {"sum": whole, "mean": whole / len(taken), "max": max(taken), "min": min(taken)}[word]
    return value, value


def _unknown(measure: Measure, word: str, known: Fraction) -> Range:
    if word == "change":
        return ANYTHING
    if word != "sum":
        return bounds(measure)
    return (known, ANYTHING[1]) if measure.low >= 0 else ANYTHING
