# SPDX-License-Identifier: Apache-2.0
"""Terms to functions on arrays: each gives its truth or range on a day, as known now.

Built once per standing; what must be remembered is kept in the standing's memories, by number.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any, cast

import numpy as np

from pratique.accord.program import Program
from pratique.accord.reach import own_reach, reads_series
from pratique.accord.terms.literals import constant_value
from pratique.accord.terms.members import EVERYONE
from pratique.accord.terms.values import BOOL, QUANTIFIERS, TEMPORAL, Term
from pratique.base.moment import Day
from pratique.engine.arrays import Bools, Moments, Range, Truth, somewhere
from pratique.engine.conditions.calls import called
from pratique.engine.conditions.frame import Frame, Function
from pratique.engine.conditions.memory import (
    DayRing,
    Fading,
    NumberRing,
    Ripening,
    held_from,
    within_from,
)
from pratique.engine.conditions.operators import NODES
from pratique.engine.conditions.quantifiers import quantified
from pratique.engine.conditions.windows import window_range
from pratique.engine.membership import bound

Memory = DayRing | NumberRing | Ripening | Fading


@dataclass(slots=True)
class Builder:
    """Builds the functions of one program; numbers the memories that they need."""

    program: Program
    scenarios: int
    memories: list[Memory] = field(default_factory=list)

    def rows(self, term: Term) -> int:
        """Return the number of rows of a term's spread."""
        return len(self.program.parties) if term.per_party else 1

    def remember(self, memory: Memory) -> int:
        """Return the number of a new memory."""
        self.memories.append(memory)
        return len(self.memories) - 1

    def function(self, term: Term, outer: int = -1) -> Function:
        """Return the function of a term; `outer`: how many days back it is asked (-1: only now)."""
        if outer >= 0 and not reads_series(term) and not self._is_timeless(term):
            return self._recorded(term, outer)
        if term.is_constant:
            value = float(constant_value(term))
            return lambda _frame, _day: (value, value)
        if term.op in TEMPORAL:
            return self._temporal(term, outer)
        if term.op == "member":
            return self._member(term)
        args = [self.function(arg, outer) for arg in term.args]
        if term.op in QUANTIFIERS:
            counts = args[1] if len(args) > 1 else None
            return quantified(term, args[0], counts, len(self.program.parties))
        return self._node(term, args)

    def _node(self, term: Term, args: list[Function]) -> Function:
        if term.op == "method":
            method = self.program.methods[term.name]
            places = (
                place
                for place, arg in enumerate(term.args)
                if arg.per_party and any(node.op == "field" for node in arg.walk())
            )
            parties = len(self.program.parties)
            return called(method, args, self.scenarios, parties, frozenset(places))
        if term.op == "values":
            return _same_each_day(self._by_party([constant_value(arg) for arg in term.args]))
        return _LEAVES[term.op](term) if term.op in _LEAVES else NODES[term.op](term, args)

    def _by_party(self, values: Iterable[Any]) -> Any:
        row = np.array([list(values)], dtype=np.float64)
        return np.asfortranarray(np.tile(row, (self.scenarios, 1)))

    def _asks_bound(self, term: Term) -> bool:
        return term.op == "member" and term.detail != EVERYONE and self.program.membership

    def _is_timeless(self, term: Term) -> bool:
        """Say whether a term is the same whenever it is asked of a day."""
        return not any(node.op in _PRESENT or self._asks_bound(node) for node in term.walk())

    def _member(self, term: Term) -> Function:
        everyone = [True] * len(self.program.parties)
        members = self.program.groups[term.name] if term.name else everyone
        here = self._by_party(members).astype(np.bool_)
        if not self._asks_bound(term):
            truth = here, ~here
            return lambda _frame, _day: truth

        def member(frame: Frame, _day: Day) -> Truth:
            now = bound(frame)
            counted = here if now is None else here & now
            return counted, ~counted

        return member

    def _recorded(self, term: Term, outer: int) -> Function:
        # A part that reads no figure is what it was when last evaluated on that day.
        inner = self.function(term)
        kind = DayRing if term.type == BOOL else NumberRing
        number = self.remember(kind(outer + 1, self.scenarios, self.rows(term)))

        def recorded(frame: Frame, day: Day) -> Any:
            memory = cast("DayRing | NumberRing", frame.standing.memories[number])
            if day == frame.today:
                memory.put(day, inner(frame, day))
            return memory.on(day)

        return recorded

    def _temporal(self, term: Term, outer: int) -> Function:
        if not reads_series(term):
            return self._by_moments(term)
        back = max(outer, 0) + own_reach(self.program, term)
        operand = self.function(term.args[0], back)
        rows = self.rows(term)
        number = self.remember(DayRing(back + 1, self.scenarios, rows))
        names = tuple({node.name for node in term.walk() if node.op in ("measure", "window")})
        volatile = any(_changes_within_a_day(node) for node in term.args[0].walk())

        def ring(frame: Frame) -> DayRing:
            memory = cast(DayRing, frame.standing.memories[number])
            if memory.serial != frame.standing.serial:
                _refresh(memory, frame, operand, names, volatile)
            return memory

        if term.op == "for_reports":
            return _for_reports(term, ring, names, own_reach(self.program, term))
        return _by_days(term, ring)

    def _by_moments(self, term: Term) -> Function:
        operand = self.function(term.args[0])
        rows = self.rows(term)
        duration = term.duration
        assert duration is not None
        memory = Ripening if term.op == "for" else Fading
        number = self.remember(memory(self.scenarios, rows))
        inner = term.args[0].args[0] if term.args[0].op == "at" else term.args[0]
        instant = inner.op in ("edge", "event") and inner.detail not in ("done", "missed")

        def by_moments(frame: Frame, day: Day) -> Truth:
            kept = frame.standing.memories[number]
            seen = kept.happened if instant and isinstance(kept, Fading) else cast(Any, kept).seen
            return cast(
                Truth, seen(operand(frame, day), frame.standing.program.clock, frame.now, duration)
            )

        return by_moments


def _same_each_day(values: Any) -> Function:
    return lambda _frame, _day: (values, values)


def _changes_within_a_day(term: Term) -> bool:
    if not reads_series(term):
        return not term.is_constant
    return term.op in ("for", "in_last") and bool(term.duration and term.duration.elapses)


def _refresh(
    memory: DayRing, frame: Frame, operand: Function, names: tuple[str, ...], volatile: bool
) -> None:
    today, series = frame.today, frame.standing.series
    upto = memory.upto if memory.upto is not None else today - memory.days
    start = min([upto + 1, *(series[name].changed for name in names)])
    if volatile:
        # The last day was judged as it then stood; hours may have come full before it ended.
        start = min(start, upto, today)
    for day in range(max(start, today - memory.days + 1), today + 1):
        memory.put(day, operand(frame, day))
    memory.upto, memory.serial = today, frame.standing.serial


def _by_days(term: Term, ring: Callable[[Frame], DayRing]) -> Function:
    duration = term.duration
    assert duration is not None
    lasting = term.op == "for"

    def by_days(frame: Frame, day: Day) -> Truth:
        memory, clock = ring(frame), frame.standing.program.clock
        if lasting:
            return memory.throughout(held_from(clock, day, frame.last_second(day), duration), day)
        return memory.once(within_from(clock, day, frame.last_second(day), duration), day)

    return by_days


def _for_reports(
    term: Term, ring: Callable[[Frame], DayRing], names: tuple[str, ...], reach: int
) -> Function:
    def for_reports(frame: Frame, day: Day) -> Truth:
        memory = ring(frame)
        sure, surely_not = memory.on(day)
        seen = np.zeros_like(sure, dtype=np.int32)
        begun = _begun(frame, names, sure.shape[1])
        last, days = max(day - reach, int(begun.min()) - 1), 2 * term.reports
        while day > last and somewhere(
            _asks_on(sure, surely_not) & (seen < term.reports) & (begun <= day)
        ):
            days = max(1, min(4 * days, _AT_ONCE // sure.size))
            back = np.arange(day, max(last, day - days), -1)
            reported = _any_reported(frame, names, back, sure.shape[1])
            counts = seen + np.cumsum(reported, axis=0, dtype=np.int32)
            counted = reported & (counts <= term.reports)
            was_sure, was_not = memory.on_all(back)
            sure = sure & (was_sure | ~counted).all(axis=0)
            surely_not = surely_not | (was_not & counted).any(axis=0)
            seen, day = counts[-1], int(back[-1]) - 1
        # What is kept of today is not handed out.
        return sure & (seen >= term.reports), surely_not | False

    return for_reports


_AT_ONCE = 2**15
"""How many truths are looked at together: of few scenarios those of many days."""


def _asks_on(sure: Bools, surely_not: Bools) -> Bools:
    # What is surely not so stays that, whatever was reported before.
    return sure | ~surely_not


def _begun(frame: Frame, names: tuple[str, ...], rows: int) -> Moments:
    """Return the first day of which anything was reported, [scenario, row]."""
    first = np.minimum.reduce([frame.standing.series[name].first for name in names])
    return cast(Moments, first.min(axis=1, keepdims=True) if rows == 1 else first)


def _any_reported(frame: Frame, names: tuple[str, ...], days: Any, rows: int) -> Bools:
    """Return where a report speaks of some days, [day, scenario, row]."""
    reported: Any = False
    for name in names:
        there = frame.standing.series[name].were_reported(days)
        reported = reported | (there.any(axis=2, keepdims=True) if rows == 1 else there)
    return cast(Bools, reported)


# --- leaves ---------------------------------------------------------------------------------------


def _measure(term: Term) -> Function:
    name = term.name
    return lambda frame, day: frame.standing.series[name].level(day)


def _window(term: Term) -> Function:
    name, kind, duration = term.name, term.detail, term.duration
    assert duration is not None
    return lambda frame, day: window_range(frame.standing.series[name], kind, duration, day)


def _status(term: Term) -> Function:
    name, prior = term.name, term.detail == "prior"

    def status(frame: Frame, _day: Day) -> Truth:
        return frame.prior[name] if prior else frame.standing.statuses[name].truth()

    return status


def _pool(term: Term) -> Function:
    name, detail = term.name, term.detail

    def pool(frame: Frame, _day: Day) -> Range:
        amount = frame.standing.pools[name].opening[detail]
        return amount, amount

    return pool


def _edge(term: Term) -> Function:
    name, detail = term.name, term.detail

    def edge(frame: Frame, _day: Day) -> Truth:
        if detail in ("done", "missed"):
            # What is found now is kept by others, and must not move with the debts.
            there = frame.standing.latest(name, detail).copy()
        else:
            there = frame.edge(name, detail)
        return there, ~there

    return edge


def _builtin(term: Term) -> Function:
    name = term.name

    def builtin(frame: Frame, _day: Day) -> Truth:
        standing = frame.standing
        there = standing.ratified
        if name != "ratified":
            there = standing.left if name == "left" else standing.signed
        return there, ~there

    return builtin


_PRESENT = frozenset(
    ("status", "builtin", "pool", "edge", "event", "field", "measure", "window", *TEMPORAL)
)
"""What is read of a standing: of a past day it is what it was then, or what figures say of it."""


def _field(term: Term) -> Function:
    name = term.name

    def field_value(frame: Frame, _day: Day) -> Range:
        # Outside a case nothing is recorded.
        if frame.case is None:
            return np.full((1, 1), -np.inf), np.full((1, 1), np.inf)
        value = frame.case.value(name)
        unknown = np.isnan(value)
        if not somewhere(unknown):
            return value, value
        return np.where(unknown, -np.inf, value), np.where(unknown, np.inf, value)

    return field_value


_LEAVES: dict[str, Callable[[Term], Function]] = {
    "measure": _measure, "window": _window, "status": _status, "pool": _pool, "edge": _edge,
    "event": _edge, "builtin": _builtin, "field": _field,
}  # fmt: skip
