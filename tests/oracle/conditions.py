# SPDX-License-Identifier: Apache-2.0
"""The value of any expression, now or as on a past day, worked out anew each time.

What reads a figure is judged by days; the rest by moments, from a list of all that was seen.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from fractions import Fraction
from functools import lru_cache
from typing import cast

import numpy as np

from oracle.figures import bounds, held_days, rhythm_days
from oracle.members import Members, groups_read
from oracle.truth import (
    ANYTHING,
    NOUGHT,
    Range,
    Truth,
    Value,
    all_of,
    any_of,
    calculated,
    compared,
    gathered,
    hull,
    is_exact,
    negated,
    negative,
)
from oracle.world import World
from pratique.accord.method import value_of
from pratique.accord.terms.values import BOOL, QUANTIFIERS, Term
from pratique.base.duration import held_since, leaves_window
from pratique.base.moment import Day, Moment

Part = tuple[str, str]
Seen = list[tuple[Moment, Value]]
CHANGES = ("edge", "event")
PRESENT = (
    *("status", "builtin", "pool", "edge", "event", "field", "measure", "window"),
    *("for", "in_last", "for_reports"),
)
"""What is read of how things stand, not of the text and the calendar alone."""


@lru_cache(maxsize=1024)
def reads_figures(term: Term) -> bool:
    """Say whether a figure is read anywhere in a term."""
    return any(node.op in ("measure", "window") for node in term.walk())


@lru_cache(maxsize=1024)
def is_change(term: Term) -> bool:
    """Say whether a term is true at single moments only."""
    if term.op in CHANGES:
        return term.detail not in ("done", "missed")
    if term.op == "any":
        return is_change(term.args[0])
    return term.op in ("at", "or") and all(is_change(arg) for arg in term.args)


def _latest(seen: Seen, last: Moment, nothing: Value) -> Value:
    """Return what was seen last, up to a moment."""
    return next((value for moment, value in reversed(seen) if moment <= last), nothing)


@dataclass
class Conditions:
    """Reads terms. `seen` keeps, by part, term and row, the values found, each since when."""

    world: World
    members: Members
    seen: dict[tuple[Part, Term, int], Seen] = field(default_factory=dict)
    case: dict[str, Fraction | None] | None = None
    """What the case at hand records."""
    groups: dict[Term, set[str]] = field(default_factory=dict)
    """Whose members alone a quantifier runs over."""

    def __post_init__(self) -> None:
        self.readers: dict[str, Callable[[Term, int, Day | None], Value]] = {
            "measure": self._measure,
            "known": self._known,
            "window": self._window,
            "status": self._status,
            "builtin": self._builtin,
            "member": self._member,
            "field": self._field,
            "pool": self._pool,
            "edge": self._edge,
            "event": self._edge,
        }

    def truth(self, part: Part, term: Term, row: int) -> Truth:
        """Return whether a condition holds now."""
        return cast(Truth, self.value(part, term, row))

    def figure(self, part: Part, term: Term, row: int) -> Range:
        """Return an amount as it is now."""
        return cast(Range, self.value(part, term, row))

    def value(self, part: Part, term: Term, row: int, day: Day | None = None) -> Value:
        """Return the value of a term now, or as on a past day."""
        row = row if term.per_party else 0
        free = not reads_figures(term)
        if day is not None and free and not self._is_timeless(term):
            return self._remembered(part, term, row, day)
        value = self._made(part, term, row, day)
        if day is None and free:
            self._keep(part, term, row, value)
        return value

    def _is_timeless(self, term: Term) -> bool:
        return not any(node.op in PRESENT or self._asks_bound(node) for node in term.walk())

    def _asks_bound(self, term: Term) -> bool:
        asks = term.op == "member" or term.op in QUANTIFIERS
        return asks and self.members.can_change and id(term) not in self.members.everyone

    def _keep(self, part: Part, term: Term, row: int, value: Value) -> None:
        kept = self.seen.setdefault((part, term, row), [])
        if kept and kept[-1][0] == self.world.now:
            kept.pop()
        # What stays as it was is known by its first moment; a change, by each of its own.
        if not kept or kept[-1][1] != value or (value is True and is_change(term)):
            kept.append((self.world.now, value))

    def _remembered(self, part: Part, term: Term, row: int, day: Day) -> Value:
        last = self.world.clock.start(day + 1) - 1
        nothing = False if term.type == BOOL else NOUGHT
        return _latest(self.seen.get((part, term, row), []), last, nothing)

    def _made(self, part: Part, term: Term, row: int, day: Day | None) -> Value:
        if term.op in ("for", "in_last", "for_reports"):
            return self._in_time(part, term, row, day)
        if term.op in ("any", "all", "count", "sum", "max", "min", "mean"):
            inner = [self.value(part, term.args[0], party, day) for party in self.world.parties]
            counted = [self._counts(part, term, party, day) for party in self.world.parties]
            return _over_parties(
                term.op, [value for value, does in zip(inner, counted, strict=True) if does]
            )
        row = term.party if term.op == "at" else row
        if term.op == "dated":
            day = self.world.today if day is None else day
            return self.value(part, term.args[sum(first <= day for first in term.dates)], row, day)
        if term.op == "values":
            return self.value(part, term.args[row], row, day)
        if leaf := self._leaf(part, term, row, day):
            return leaf[0]
        return _joined(term, [self.value(part, arg, row, day) for arg in term.args])

    def _counts(self, part: Part, term: Term, party: int, day: Day | None) -> bool:
        groups = self.world.program.groups
        inside = all(groups[group][party] for group in self._groups_of(term))
        if not self._asks_bound(term):
            return inside
        key = (part, term, -1 - party)
        if day is None:
            self._keep(*key, self.members.is_bound(party))
        return inside and self._last_on(key, day) is True

    def _groups_of(self, term: Term) -> set[str]:
        if term not in self.groups:
            read = groups_read(self.world.program, term.args[0])
            self.groups[term] = {term.name} - {""} | read
        return self.groups[term]

    def _last_on(self, key: tuple[Part, Term, int], day: Day | None) -> Value:
        last = self.world.now if day is None else self.world.clock.start(day + 1) - 1
        return _latest(self.seen.get(key, []), last, False)

    # --- leaves ------------------------------------------------------------------------------

    def _leaf(self, part: Part, term: Term, row: int, day: Day | None) -> tuple[Value] | None:
        if term.op == "number":
            return ((term.value, term.value),)
        if term.op == "method":
            return (self._method(part, term, row, day),)
        reader = self.readers.get(term.op)
        return None if reader is None else (reader(term, row, day),)

    def _measure(self, term: Term, row: int, day: Day | None) -> Value:
        measure = self.world.program.measures[term.name]
        day = self.world.today if day is None else day
        level = self.world.figures.level(measure, row if measure.per_party else 0, day)
        return bounds(measure) if level is None else level

    def _known(self, term: Term, row: int, day: Day | None) -> Value:
        measure = self.world.program.measures[term.args[0].name]
        day = self.world.today if day is None else day
        return self.world.figures.level(measure, row if measure.per_party else 0, day) is not None

    def _window(self, term: Term, row: int, day: Day | None) -> Value:
        assert term.duration is not None
        measure = self.world.program.measures[term.name]
        return self.world.figures.window(
            measure, row if measure.per_party else 0, word=term.detail, duration=term.duration,
            day=self.world.today if day is None else day,
        )  # fmt: skip

    def _builtin(self, term: Term, row: int, _: Day | None) -> Value:
        world = self.world
        return row in {"ratified": world.ratified, "signed": world.signed}.get(
            term.name, world.left
        )

    def _member(self, term: Term, row: int, _: Day | None) -> Value:
        inside = not term.name or self.world.program.groups[term.name][row]
        return inside and (not self._asks_bound(term) or self.members.is_bound(row))

    def _field(self, term: Term, _: int, __: Day | None) -> Value:
        value = None if self.case is None else self.case.get(term.name)
        return ANYTHING if value is None else (value, value)

    def _method(self, part: Part, term: Term, row: int, day: Day | None) -> Value:
        arguments = []
        for arg in term.args:
            rows = list(self.world.parties if arg.per_party else range(1))
            if arg.per_party and any(node.op == "field" for node in arg.walk()):
                # What a case records is its own party's alone.
                rows = [row]
            values = [cast(Range, self.value(part, arg, party, day)) for party in rows]
            if not all(is_exact(value) for value in values):
                return ANYTHING
            arguments.append(np.array([[float(low) for low, _ in values]]))
        method = self.world.program.methods[term.name]
        found = value_of(method, arguments, len(self.world.parties))[0]
        value = Fraction(float(found[row if len(found) > 1 else 0]))
        return value, value

    def _status(self, term: Term, row: int, _: Day | None) -> Value:
        row = row if self.world.program.statuses[term.name].per_party else 0
        if term.detail == "prior":
            return self.world.prior[term.name][row]
        return self.world.statuses[term.name][row].truth()

    def _pool(self, term: Term, _: int, __: Day | None) -> Value:
        return _exactly(self.world.opening[term.name, term.detail])

    def _edge(self, term: Term, row: int, _: Day | None) -> Value:
        row = row if term.per_party or term.party >= 0 else 0
        if term.detail in ("done", "missed"):
            return self._is_latest(term.name, term.detail, row)
        return (term.name, term.detail, row) in self.world.edges()

    def _is_latest(self, name: str, edge: str, row: int) -> bool:
        # It is spoken of the debt, claim or case raised last.
        world, procedure = self.world, name.partition(".")[0]
        if procedure in world.cases:
            cases = world.cases[procedure][row]
            return bool(cases) and (name, edge) in cases[-1].marks
        debts = (world.debts[name] if name in world.debts else world.claims[name])[row]
        return bool(debts) and bool(getattr(debts[-1], edge))

    # --- in time -----------------------------------------------------------------------------

    def _in_time(self, part: Part, term: Term, row: int, day: Day | None) -> Truth:
        inner = term.args[0]
        if reads_figures(inner):
            return self._by_days(part, term, row, day)
        self.value(part, inner, row)
        if term.op == "for":
            return self._held(part, term, row)
        return self._was(part, term, row)

    def _held(self, part: Part, term: Term, row: int) -> Truth:
        assert term.duration is not None
        found: list[bool] = []
        for accepted in ((True,), (True, None)):
            since = self.since(part, term.args[0], row, accepted)
            found.append(
                since is not None
                and held_since(self.world.clock, since, term.duration) <= self.world.now
            )
        return True if found[0] else None if found[1] else False

    def since(self, part: Part, term: Term, row: int, accepted: tuple[Truth, ...]) -> Moment | None:
        """Return since when a term has had one of these values without a break."""
        start = None
        for moment, value in reversed(self._seen(part, term, row)):
            if value not in accepted:
                break
            start = moment
        return start

    def _was(self, part: Part, term: Term, row: int) -> Truth:
        assert term.duration is not None
        found: list[bool] = []
        for accepted in ((True,), (True, None)):
            last = self.last(part, term.args[0], row, accepted)
            found.append(
                last is not None
                and self.world.now < leaves_window(self.world.clock, last, term.duration)
            )
        return True if found[0] else None if found[1] else False

    def last(self, part: Part, term: Term, row: int, accepted: tuple[Truth, ...]) -> Moment | None:
        """Return the last second at which a term had one of these values, now at the latest."""
        if is_change(term):
            seen = self._seen(part, term, row)
            return max((moment for moment, value in seen if value in accepted), default=None)
        after = self.world.now + 1
        for moment, value in reversed(self._seen(part, term, row)):
            if value in accepted:
                return after - 1
            after = moment
        return None

    def _seen(self, part: Part, term: Term, row: int) -> Seen:
        return self.seen.get((part, term, row if term.per_party else 0), [])

    # --- by days -----------------------------------------------------------------------------

    def _by_days(self, part: Part, term: Term, row: int, day: Day | None) -> Truth:
        inner = term.args[0]
        today = self.world.today if day is None else day
        now = self.world.now if day is None else self.last_second(day)
        present = cast(Truth, self.value(part, inner, row, day))

        def on(days: list[Day]) -> list[Truth]:
            return [
                *(cast(Truth, self.value(part, inner, row, past)) for past in days if past < today),
                present,
            ]

        if term.op == "for":
            return all_of(on(list(range(self.first_held(term, now), today))))
        if term.op == "in_last":
            return any_of(on(list(range(self.first_in_window(term, now), today))))
        days = self._report_days(term, row, today)
        values = on(days)
        if False in values:
            return False
        return all_of(values) if len(days) == term.reports else None

    def last_second(self, day: Day) -> Moment:
        """Return the last second of a day."""
        return self.world.clock.start(day + 1) - 1

    def first_held(self, term: Term, now: Moment) -> Day:
        """Return the latest day such that a term's time has passed since it began."""
        assert term.duration is not None
        clock, day = self.world.clock, self.world.clock.day(now)
        while held_since(clock, clock.start(day), term.duration) > now:
            day -= 1
        return day

    def first_in_window(self, term: Term, now: Moment) -> Day:
        """Return the earliest day whose last second is still in the last time."""
        assert term.duration is not None
        clock, day = self.world.clock, self.world.clock.day(now)
        while leaves_window(clock, self.last_second(day - 1), term.duration) > now:
            day -= 1
        return day

    def _report_days(self, term: Term, row: int, today: Day) -> list[Day]:
        measures = self.world.program.measures
        named = {node.name for node in term.walk() if node.op in ("measure", "window")}
        gaps = [max(held_days(measures[n]) + 1, rhythm_days(measures[n])) for n in named]
        earliest = today - term.reports * max(gaps)
        days = {day for name in named for day in self._reported(name, term, row, today)}
        return sorted(day for day in days if day > earliest)[-term.reports :]

    def _reported(self, name: str, term: Term, row: int, today: Day) -> Iterator[Day]:
        per_party = self.world.program.measures[name].per_party
        rows = [row] if term.per_party and per_party else self.world.parties if per_party else [0]
        for party in rows:
            yield from self.world.figures.by_day(name, party, today)


def _exactly(amount: int) -> Range:
    return Fraction(amount), Fraction(amount)


def _over_parties(op: str, inner: list[Value]) -> Value:
    if op in ("max", "min", "mean") and not inner:
        return ANYTHING
    if op in ("sum", "max", "min", "mean"):
        return gathered(op, cast("list[Range]", inner))
    truths = cast("list[Truth]", inner)
    if op == "any":
        return any_of(truths)
    if op == "all":
        return all_of(truths)
    sure = truths.count(True)
    return _exactly(sure)[0], _exactly(sure + truths.count(None))[1]


def _joined(term: Term, args: list[Value]) -> Value:
    truths, ranges = cast("list[Truth]", args), cast("list[Range]", args)
    match term.op:
        case "term" | "at":
            return args[0]
        case "and":
            return all_of(truths)
        case "or":
            return any_of(truths)
        case "not":
            return negated(truths[0])
        case "compare":
            return compared(ranges[0], term.detail, ranges[1])
        case "range":
            above = compared(ranges[0], ">=", ranges[1])
            return all_of([above, compared(ranges[0], "<=", ranges[2])])
        case "add" | "sub" | "mul" | "div":
            return calculated(ranges[0], term.op, ranges[1])
        case "neg":
            return negative(ranges[0])
        case "if":
            return _chosen(truths[0], ranges[1], ranges[2])
    raise ValueError(term.op)


def _chosen(test: Truth, yes: Range, no: Range) -> Range:
    return hull(yes, no) if test is None else yes if test else no
