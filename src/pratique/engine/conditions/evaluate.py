# SPDX-License-Identifier: Apache-2.0
"""Terms to functions on arrays: each gives its truth or range on a day, as known now.

Built once per standing; what must be remembered is kept in the standing's memories, by number.
"""

from __future__ import annotations

import operator
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, cast

import numpy as np

from pratique.accord.compile import Program, own_reach, reads_series
from pratique.accord.literals import constant_value
from pratique.accord.values import BOOL, QUANTIFIERS, TEMPORAL, Term
from pratique.base.moment import Day, Moment
from pratique.engine.arrays import Bools, Range, Truth, falses
from pratique.engine.conditions.memory import (
    DayRing,
    Fading,
    NumberRing,
    Ripening,
    held_from,
    within_from,
)
from pratique.engine.conditions.windows import window_range

if TYPE_CHECKING:
    from pratique.engine.standing import Standing

Function = Callable[["Frame", Day], Any]
Memory = DayRing | NumberRing | Ripening | Fading


@dataclass(slots=True)
class Frame:
    """One moment being evaluated: the standing, and what has happened in it so far."""

    standing: Standing
    now: Moment
    today: Day
    edges: dict[tuple[str, str], Bools] = field(default_factory=dict)
    prior: dict[str, Truth] = field(default_factory=dict)

    def edge(self, name: str, edge: str) -> Bools:
        """Return where a change has happened in this moment."""
        found = self.edges.get((name, edge))
        return found if found is not None else self.standing.nowhere(name)

    def mark(self, name: str, edge: str, where: Bools) -> None:
        """Note where a change happens in this moment."""
        before = self.edges.get((name, edge))
        self.edges[name, edge] = where if before is None else before | where

    def last_second(self, day: Day) -> Moment:
        """Return now for today, a past day's last second for that day."""
        return self.now if day == self.today else self.standing.program.clock.start(day + 1) - 1


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
        if outer >= 0 and not reads_series(term) and not term.is_constant:
            return self._recorded(term, outer)
        if term.is_constant:
            value = float(constant_value(term))
            return lambda _frame, _day: (value, value)
        if term.op in TEMPORAL:
            return self._temporal(term, outer)
        if term.op in QUANTIFIERS:
            return _quantified(term, self.function(term.args[0], outer), len(self.program.parties))
        args = [self.function(arg, outer) for arg in term.args]
        return _LEAVES[term.op](term) if term.op in _LEAVES else _NODES[term.op](term, args)

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
        now_sure, now_not = memory.on(day)
        sure, surely_not = now_sure.copy(order="K"), now_not.copy(order="K")
        seen = np.zeros_like(sure, dtype=np.int32)
        for back in range(day, day - reach, -1):
            counted = _any_reported(frame, names, back, sure.shape[1]) & (seen < term.reports)
            was_sure, was_not = memory.on(back)
            sure &= was_sure | ~counted
            surely_not |= was_not & counted
            seen += counted
        return sure & (seen >= term.reports), surely_not

    return for_reports


def _any_reported(frame: Frame, names: tuple[str, ...], day: Day, rows: int) -> Bools:
    reported: Any = False
    for name in names:
        there = frame.standing.series[name].was_reported(day)
        reported = reported | (there.any(axis=1, keepdims=True) if rows == 1 else there)
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
            there = frame.standing.latest(name, detail)
        else:
            there = frame.edge(name, detail)
        return there, ~there

    return edge


def _builtin(term: Term) -> Function:
    name = term.name

    def builtin(frame: Frame, _day: Day) -> Truth:
        standing = frame.standing
        there = falses(*standing.ratified.shape) if name == "left" else standing.ratified
        return there, ~there

    return builtin


_LEAVES: dict[str, Callable[[Term], Function]] = {
    "measure": _measure, "window": _window, "status": _status, "pool": _pool, "edge": _edge,
    "event": _edge, "builtin": _builtin,
}  # fmt: skip


# --- nodes ----------------------------------------------------------------------------------------


def _at(term: Term, args: list[Function]) -> Function:
    inner, party = args[0], slice(term.party, term.party + 1)

    def at(frame: Frame, day: Day) -> Any:
        low, high = inner(frame, day)
        here = low[:, party]
        return here, here if high is low else high[:, party]

    return at


def _known(term: Term, _args: list[Function]) -> Function:
    name = term.args[0].name

    def known(frame: Frame, day: Day) -> Truth:
        there = frame.standing.series[name].is_known(day)
        return there, ~there

    return known


def _and(_term: Term, args: list[Function]) -> Function:
    def both(frame: Frame, day: Day) -> Truth:
        sure, surely_not = args[0](frame, day)
        for arg in args[1:]:
            more, more_not = arg(frame, day)
            sure, surely_not = sure & more, surely_not | more_not
        return sure, surely_not

    return both


def _or(_term: Term, args: list[Function]) -> Function:
    def either(frame: Frame, day: Day) -> Truth:
        sure, surely_not = args[0](frame, day)
        for arg in args[1:]:
            more, more_not = arg(frame, day)
            sure, surely_not = sure | more, surely_not & more_not
        return sure, surely_not

    return either


def _not(_term: Term, args: list[Function]) -> Function:
    inner = args[0]

    def negation(frame: Frame, day: Day) -> Truth:
        sure, surely_not = inner(frame, day)
        return surely_not, sure

    return negation


_SURE: dict[str, tuple[Callable[[Any, Any], Any], bool]] = {
    # operator: (how the near ends compare, whether `less` comes first)
    "<": (operator.lt, True), "<=": (operator.le, True),
    ">": (operator.lt, False), ">=": (operator.le, False),
}  # fmt: skip


def _compare(term: Term, args: list[Function]) -> Function:
    if term.detail in ("=", "!="):
        return _equal(args, term.detail == "=")
    ordered, first_is_less = _SURE[term.detail]
    less, more = args if first_is_less else reversed(args)

    def compare(frame: Frame, day: Day) -> Truth:
        less_low, less_high = less(frame, day)
        more_low, more_high = more(frame, day)
        sure = ordered(less_high, more_low)
        if less_low is less_high and more_low is more_high:
            return sure, np.logical_not(sure)
        return sure, np.logical_not(ordered(less_low, more_high))

    return compare


def _equal(args: list[Function], wanted: bool) -> Function:
    left, right = args

    def equal(frame: Frame, day: Day) -> Truth:
        left_low, left_high = left(frame, day)
        right_low, right_high = right(frame, day)
        same = (left_low == left_high) & (right_low == right_high) & (left_low == right_low)
        differs = (left_high < right_low) | (right_high < left_low)
        return (same, differs) if wanted else (differs, same)

    return equal


def _within(_term: Term, args: list[Function]) -> Function:
    value, low, high = args

    def within(frame: Frame, day: Day) -> Truth:
        (least, most), (low_low, low_high), (high_low, high_high) = (
            value(frame, day), low(frame, day), high(frame, day)
        )  # fmt: skip
        return (least >= low_high) & (most <= high_low), (most < low_low) | (least > high_high)

    return within


def _add(_term: Term, args: list[Function]) -> Function:
    def add(frame: Frame, day: Day) -> Range:
        (low, high), (more_low, more_high) = args[0](frame, day), args[1](frame, day)
        total = low + more_low
        return total, total if low is high and more_low is more_high else high + more_high

    return add


def _subtract(_term: Term, args: list[Function]) -> Function:
    def subtract(frame: Frame, day: Day) -> Range:
        (low, high), (less_low, less_high) = args[0](frame, day), args[1](frame, day)
        rest = low - less_high
        return rest, rest if low is high and less_low is less_high else high - less_low

    return subtract


def _multiply(_term: Term, args: list[Function]) -> Function:
    def multiply(frame: Frame, day: Day) -> Range:
        (low, high), (by_low, by_high) = args[0](frame, day), args[1](frame, day)
        if low is high and by_low is by_high:
            product = low * by_low
            return product, product
        with np.errstate(invalid="ignore"):
            corners = [
                np.nan_to_num(a * b, nan=0.0, posinf=np.inf, neginf=-np.inf)
                for a in (low, high)
                for b in (by_low, by_high)
            ]
        return np.minimum.reduce(corners), np.maximum.reduce(corners)

    return multiply


def _divide(_term: Term, args: list[Function]) -> Function:
    def divide(frame: Frame, day: Day) -> Range:
        (low, high), (by_low, by_high) = args[0](frame, day), args[1](frame, day)
        with np.errstate(divide="ignore", invalid="ignore"):
            corners = [
                np.asarray(a / np.asarray(b)) for a in (low, high) for b in (by_low, by_high)
            ]
            least, most = np.fmin.reduce(corners), np.fmax.reduce(corners)
        through_zero = (by_low <= 0) & (by_high >= 0)
        return np.where(through_zero, -np.inf, least), np.where(through_zero, np.inf, most)

    return divide


def _negative(_term: Term, args: list[Function]) -> Function:
    def negative(frame: Frame, day: Day) -> Range:
        low, high = args[0](frame, day)
        return (-low, -low) if low is high else (-high, -low)

    return negative


def _choose(_term: Term, args: list[Function]) -> Function:
    def choose(frame: Frame, day: Day) -> Range:
        sure, surely_not = args[0](frame, day)
        (low, high), (else_low, else_high) = args[1](frame, day), args[2](frame, day)
        least = np.where(sure, low, np.where(surely_not, else_low, np.minimum(low, else_low)))
        most = np.where(sure, high, np.where(surely_not, else_high, np.maximum(high, else_high)))
        return least, most

    return choose


def _quantified(term: Term, inner: Function, parties: int) -> Function:
    reduce = _QUANTIFIERS[term.op]

    def quantified(frame: Frame, day: Day) -> Any:
        return reduce(inner(frame, day), parties)

    return quantified


def _total(pair: Range, _parties: int) -> Range:
    low, high = pair
    least = low.sum(axis=1, keepdims=True)
    return least, least if high is low else high.sum(axis=1, keepdims=True)


def _mean(pair: Range, parties: int) -> Range:
    low, high = _total(pair, parties)
    mean = low / parties
    return mean, mean if high is low else high / parties


def _counted(pair: Truth, parties: int) -> Range:
    least, not_more = (mask.sum(axis=1, keepdims=True, dtype=np.int16) for mask in pair)
    return least.astype(np.float64), (parties - not_more).astype(np.float64)


_QUANTIFIERS: dict[str, Callable[[Any, int], Any]] = {
    "any": lambda pair, _n: (
        pair[0].any(axis=1, keepdims=True),
        pair[1].all(axis=1, keepdims=True),
    ),
    "all": lambda pair, _n: (
        pair[0].all(axis=1, keepdims=True),
        pair[1].any(axis=1, keepdims=True),
    ),
    "count": _counted,
    "sum": _total,
    "mean": _mean,
    "max": lambda pair, _n: (
        pair[0].max(axis=1, keepdims=True),
        pair[1].max(axis=1, keepdims=True),
    ),
    "min": lambda pair, _n: (
        pair[0].min(axis=1, keepdims=True),
        pair[1].min(axis=1, keepdims=True),
    ),
}

_NODES: dict[str, Callable[[Term, list[Function]], Function]] = {
    "term": lambda _term, args: args[0], "at": _at, "known": _known,
    "and": _and, "or": _or, "not": _not,
    "compare": _compare, "range": _within, "add": _add, "sub": _subtract, "mul": _multiply,
    "div": _divide, "neg": _negative, "if": _choose,
}  # fmt: skip
