# SPDX-License-Identifier: Apache-2.0
"""7-1-7: how long detection, notice and first response took, and what held them up.

Days come from when acts *happened*. A date that is missing makes an interval unknown: never kept,
never missed. What is timely is counted; who is to blame is not.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources

from pratique.base.duration import Duration
from pratique.base.moment import Clock, Day
from pratique.base.text import Sentence, say
from pratique.register.acts import Act, Open, Perform, Report
from pratique.register.entry import Entry

INTERVALS = ("detection", "notification", "response")
BOTTLENECKS: Mapping[str, Sentence] = {
    "low_suspicion": say("clinicians did not suspect it"),
    "care_not_sought": say("people did not seek care"),
    "no_test_at_hand": say("no test was at hand"),
    "duty_not_known": say("the duty to notify was not known"),
    "no_means_of_notice": say("there was no means of giving notice"),
    "waited_for_confirmation": say("notice waited for confirmation"),
    "no_resources": say("there were no resources for the early response"),
    "laboratory_delay": say("the laboratory was late"),
    "no_trained_staff": say("no trained staff were there"),
    "poor_coordination": say("nobody coordinated"),
    "no_access": say("the place could not be reached"),
}
_NAMES: Mapping[str, Sentence] = {
    "detection": say("detection"),
    "notification": say("notice"),
    "response": say("first response"),
}


@dataclass(frozen=True, slots=True)
class Bottleneck:
    """What can hold up an interval; `share` of reviewed outbreaks that named it, if known."""

    name: str
    interval: str
    share: float | None


@dataclass(frozen=True, slots=True)
class Target:
    """The days for each interval and for the first action; the early actions; the bottlenecks."""

    days: Mapping[str, int]
    first_action: int
    actions: tuple[str, ...]
    bottlenecks: tuple[Bottleneck, ...]
    source: str


@dataclass(frozen=True, slots=True)
class Dates:
    """What is known of one event: days, None where not known.

    Emergence: the onset of the first case (or the crossing of a threshold, where the disease is
    endemic); detection: when any source first recorded it; notification: when the authority
    responsible for action had it. `actions`: when each early action began; `not_applicable`: those
    that this event does not ask for, each with its reason.
    """

    emergence: Day | None = None
    detection: Day | None = None
    notification: Day | None = None
    actions: Mapping[str, Day | None] | None = None
    not_applicable: Mapping[str, str] | None = None


@dataclass(frozen=True, slots=True)
class Interval:
    """How many days an interval took, None where that is not known; its target in days.

    `at_least`: so many days have passed for sure, where only the end of some actions is known.
    `out_of_order`: its end stands before its beginning, which no interval can; it is unknown then.
    """

    name: str
    target: int
    days: int | None = None
    at_least: int | None = None
    out_of_order: bool = False

    @property
    def met(self) -> bool | None:
        """Whether the target was met; None where it is not known."""
        return None if self.days is None else self.days <= self.target


@dataclass(frozen=True, slots=True)
class Review:
    """One event's intervals; `first_action` is from notice to the first early action."""

    intervals: tuple[Interval, ...]
    first_action: Interval

    @property
    def met(self) -> bool | None:
        """Whether all three targets were met; missed is missed, whatever else is unknown."""
        return _all(one.met for one in self.intervals)

    def named(self, name: str) -> Interval:
        """Return the interval of a name; KeyError if there is none."""
        return {one.name: one for one in self.intervals}[name]

    def unexplained(self, bottlenecks: Iterable[str]) -> tuple[str, ...]:
        """Return the intervals that were missed and of which no bottleneck is named yet."""
        of = {one.name: one.interval for one in target().bottlenecks}
        explained = {of[name] for name in bottlenecks}
        missed = (one.name for one in self.intervals if one.met is False)
        return tuple(name for name in missed if name not in explained)


@dataclass(frozen=True, slots=True)
class Count:
    """Of so many events: in how many an interval was timely, late, or is not known."""

    met: int
    missed: int
    unknown: int


def reviewed(dates: Dates) -> Review:
    """Return the intervals of an event. ValueError for an action that is none of the seven."""
    days, actions = target().days, _actions(dates)
    begun = [day for day in actions.values() if day is not None]
    whole = len(begun) == len(actions) and bool(actions)
    complete = max(begun) if whole else None
    response = _since_notice("response", days["response"], dates, complete)
    if begun and not whole:
        at_least = _since_notice("", 0, dates, max(begun)).days
        response = Interval("response", days["response"], at_least=at_least)
    return Review(
        (
            _between("detection", days["detection"], dates.emergence, dates.detection),
            _between("notification", days["notification"], dates.detection, dates.notification),
            response,
        ),
        _since_notice("first_action", target().first_action, dates, min(begun) if whole else None),
    )


def _since_notice(name: str, most: int, dates: Dates, day: Day | None) -> Interval:
    # What had begun before the notice took no day after it.
    if day is None or dates.notification is None:
        return Interval(name, most)
    return Interval(name, most, max(0, day - dates.notification))


def counted(reviews: Iterable[Review]) -> dict[str, Count]:
    """Return, for each interval and for `all` three, in how many events it was timely."""
    listed = list(reviews)
    answers = {name: [one.named(name).met for one in listed] for name in INTERVALS}
    answers["all"] = [one.met for one in listed]
    return {
        name: Count(met.count(True), met.count(False), met.count(None))
        for name, met in answers.items()
    }


def interval_words(one: Interval) -> Sentence:
    """Return what an interval came to, in a sentence; never that an unknown one was missed."""
    said: dict[str, object] = {
        "interval": _NAMES.get(one.name, say("first action")),
        "target": Duration(one.target, "days"),
    }
    if one.out_of_order:
        return say("{interval}: not known, its dates stand in the wrong order", **said)
    if one.days is None and one.at_least is not None:
        return say(
            "{interval}: not known, at least {days} (target: {target})",
            days=Duration(one.at_least, "days"),
            **said,
        )
    if one.days is None:
        return say("{interval}: not known, a date is missing", **said)
    days = Duration(one.days, "days")
    if one.met:
        return say("{interval}: {days}, in time (target: {target})", days=days, **said)
    return say("{interval}: {days}, late (target: {target})", days=days, **said)


# --- from a register ------------------------------------------------------------------------------


def dates_from(
    entries: Iterable[Entry], clock: Clock, clauses: Mapping[str, str], *, party: str | None = None
) -> Dates:
    """Return an event's dates from a register: the first act of each clause, when it happened.

    `clauses`: by `emergence`, `detection`, `notification` or an early action, the measure, duty,
    step (`PROCEDURE.STEP`) or procedure whose act gives the date. An act without `happened`
    happened when it was recorded. `party`: only acts of or for that party. Pass the entries of one
    event; which acts belong together is the caller's to know.
    """
    found: dict[str, Day] = {}
    for entry in entries:
        clause, whose = _subject(entry.act)
        if clause and (party is None or party in whose):
            when = entry.recorded if entry.happened is None else entry.happened
            day = clock.day(when)
            found[clause] = min(day, found.get(clause, day))
    days = {name: found.get(clause) for name, clause in clauses.items()}
    actions = {name: day for name, day in days.items() if name in target().actions}
    return Dates(
        days.get("emergence"), days.get("detection"), days.get("notification"), actions or None
    )


def _subject(act: Act) -> tuple[str, tuple[str | None, ...]]:
    match act:
        case Report():
            return act.measure, (act.party,)
        case Perform():
            return act.duty, (act.by, act.at)
        case Open():
            return act.procedure, (act.party,)
    return "", ()


# --- the target -----------------------------------------------------------------------------------


@cache
def target() -> Target:
    """Return the target that is shipped."""
    file = resources.files("pratique.practice.surveillance").joinpath("seven_one_seven.toml")
    table = tomllib.loads(file.read_text("utf-8"))
    return Target(
        dict(table["targets"]),
        table["first_action"]["target"],
        tuple(table["actions"]["order"]),
        tuple(
            Bottleneck(one["name"], one["interval"], one.get("share"))
            for one in table["bottlenecks"]
        ),
        table["source"],
    )


def _actions(dates: Dates) -> dict[str, Day | None]:
    """Return the applicable early actions; of which nothing is said, they are not known."""
    given, left_out = dates.actions or {}, dates.not_applicable or {}
    if strange := [name for name in (*given, *left_out) if name not in target().actions]:
        raise ValueError(f"an early action is one of {', '.join(target().actions)}, not {strange}")
    return {name: given.get(name) for name in target().actions if name not in left_out}


def _between(name: str, most: int, start: Day | None, end: Day | None) -> Interval:
    if start is None or end is None:
        return Interval(name, most)
    if end < start:
        return Interval(name, most, out_of_order=True)
    return Interval(name, most, end - start)


def _all(answers: Iterable[bool | None]) -> bool | None:
    listed = list(answers)
    if False in listed:
        return False
    return None if None in listed else True
