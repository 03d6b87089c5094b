# SPDX-License-Identifier: Apache-2.0
"""Two drafts replayed over one history: what comes about earlier or later, and who is paid more.

Days are days of each accord's own clock. Parties and clauses are matched by name, so the drafts may
list them in any order; `former` maps the new name of a renamed one to its old name.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from pratique.accord.terms.values import NUMBER, ValueType
from pratique.base.moment import Day, Moment
from pratique.engine.happening import Happening
from pratique.register.acts import Move
from pratique.rehearsal.chronicle import without_echoes
from pratique.rehearsal.replay import Replay

MOST_PAIRS = 1_000_000
"""Pairs up to which what came about often is matched by its days; above it, in order."""

What = Literal["promised", "paid_out", "due", "paid_in", "owed", "settled"]
"""Promised and paid out of a pool; due and paid into it; owed and paid between parties."""
Key = tuple[str, str, str, str, str]
"""Clause, edge, party, pool, and to whom: what makes two changes the same but for their day."""
_MOVES: dict[str, What] = {"contribution": "paid_in", "payment": "paid_out", "dispatch": "paid_out"}


@dataclass(frozen=True, slots=True)
class Came:
    """That something came about on a day."""

    day: Day
    happening: Happening


@dataclass(frozen=True, slots=True)
class Shift:
    """A change that came about on another day, or in one draft only (None in the other).

    `clause` and `party` are named as in the new draft; in the old where they are only there.
    """

    clause: str
    edge: str
    party: str
    old: Came | None
    new: Came | None

    @property
    def days(self) -> int | None:
        """How many days later (+) or earlier (-) it is in the new draft; None: only in one."""
        return self.new.day - self.old.day if self.old and self.new else None

    @property
    def first(self) -> Day:
        """The first day on which it came about in either."""
        return min(one.day for one in (self.old, self.new) if one is not None)


@dataclass(frozen=True, slots=True)
class Amount:
    """How much in one replay, in whole units, and the day of the first of it."""

    units: int = 0
    first: Day | None = None


@dataclass(frozen=True, slots=True)
class Sum:
    """What is promised, owed or paid under a pool or clause; of one party, or (``) of all.

    `type` says in what: money of a currency in minor units, or things, counted.
    """

    what: What
    under: str
    party: str
    type: ValueType
    old: Amount
    new: Amount

    @property
    def more(self) -> int:
        """How much more (+) or less (-) it is in the new draft."""
        return self.new.units - self.old.units

    @property
    def days(self) -> int | None:
        """How many days later (+) or earlier (-) the first of it comes; None: only in one."""
        if self.old.first is None or self.new.first is None:
            return None
        return self.new.first - self.old.first


@dataclass(frozen=True, slots=True)
class Behaviour:
    """What differs: changes in order of their days; sums by pool or clause, and by party."""

    shifts: tuple[Shift, ...]
    totals: tuple[Sum, ...]
    shares: tuple[Sum, ...]

    @property
    def is_same(self) -> bool:
        """Whether nothing differs."""
        return not (self.shifts or self.totals or self.shares)


def behaviour(old: Replay, new: Replay, former: Mapping[str, str]) -> Behaviour:
    """Return what differs between two drafts' replays of one history, up to the same moment."""
    renamed = {was: name for name, was in former.items()}
    there, here = flows(old, renamed), flows(new, {})
    totals = _sums(_ledger(old, there, pooled=True), _ledger(new, here, pooled=True))
    shares = _sums(_ledger(old, there), _ledger(new, here))
    return Behaviour(_shifts(old, new, renamed), totals, shares)


def _shifts(old: Replay, new: Replay, renamed: Mapping[str, str]) -> tuple[Shift, ...]:
    there, here = _by_key(old, renamed), _by_key(new, {})
    found = [
        Shift(*key[:3], one, other)
        for key in {**there, **here}
        for one, other in _paired(there.get(key, []), here.get(key, []))
    ]
    return tuple(sorted(found, key=lambda one: (one.first, one.clause, one.edge, one.party)))


def _by_key(replay: Replay, renamed: Mapping[str, str]) -> dict[Key, list[Came]]:
    program, found = replay.program, dict[Key, list[Came]]()
    for one in without_echoes(program, replay.happenings):
        names = (_whose(replay, one), one.pool, one.to)
        party, pool, to = (renamed.get(name, name) for name in names)
        key = (_clause(one.clause, renamed), one.edge, party, pool, to)
        found.setdefault(key, []).append(Came(program.clock.day(one.moment), one))
    return found


def _clause(name: str, renamed: Mapping[str, str]) -> str:
    whole, dot, step = name.partition(".")
    return renamed.get(whole, whole) + dot + step


def _whose(replay: Replay, one: Happening) -> str:
    return replay.program.parties[one.row] if one.row >= 0 else one.by


# --- what came about, matched by its days ---------------------------------------------------------


def _paired(old: list[Came], new: list[Came]) -> Iterator[tuple[Came | None, Came | None]]:
    """Yield what came about on different days: as many pairs as there can be, nearest in all."""
    same = Counter(one.day for one in old) & Counter(one.day for one in new)
    there, here = _beyond(old, same), _beyond(new, same)
    if len(there) <= len(here):
        yield from _matched(there, here)
    else:
        yield from ((one, other) for other, one in _matched(here, there))


def _beyond(ones: list[Came], same: Counter[Day]) -> list[Came]:
    left, found = same.copy(), []
    for one in ones:
        if left[one.day]:
            left[one.day] -= 1
        else:
            found.append(one)
    return found


def _matched(few: list[Came], many: list[Came]) -> Iterator[tuple[Came | None, Came | None]]:
    taken = _nearest([one.day for one in few], [one.day for one in many])
    partner = dict(zip(taken, few, strict=True))
    yield from ((partner.get(place), one) for place, one in enumerate(many))


def _nearest(few: Sequence[Day], many: Sequence[Day]) -> list[int]:
    """Return for each of few days its place among many, in order, with the least distance in all.

    Dynamic programming over the prefixes of both; of equal distances the earlier places.
    """
    if len(few) == len(many) or len(few) * len(many) > MOST_PAIRS:
        return list(range(len(few)))
    best: list[list[float]] = [[0.0] * (len(many) + 1)]
    for i, day in enumerate(few):
        row = [float("inf")]
        for j, other in enumerate(many):
            row.append(min(row[j], best[i][j] + abs(day - other)))
        best.append(row)
    taken, j = [], len(many)
    for i in range(len(few), 0, -1):
        while best[i][j - 1] <= best[i][j]:
            j -= 1
        j -= 1
        taken.append(j)
    return taken[::-1]


# --- money and goods ------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Flow:
    """An amount that was promised, owed or paid, in one replay and at one moment."""

    what: What
    under: str
    party: str
    type: ValueType
    units: int
    moment: Moment


_Ledger = dict[tuple[What, str, str, ValueType], Amount]


def flows(replay: Replay, renamed: Mapping[str, str]) -> list[Flow]:
    """Return all that is promised, owed and paid in a replay, in order of time.

    `renamed` maps the old name of a pool, clause or party to its new one.
    """
    found = [*_promises(replay), *_payments(replay)]
    found.sort(key=lambda one: one.moment)
    return [
        replace(
            one,
            under=renamed.get(one.under, one.under),
            party=renamed.get(one.party, one.party),
        )
        for one in found
    ]


def _promises(replay: Replay) -> Iterator[Flow]:
    edges: dict[str, What] = {"committed": "promised", "claimed": "due", "owes": "owed"}
    pools = replay.program.pools
    for one in replay.happenings:
        what = edges.get(one.edge)
        if what is not None:
            type_ = one.type or (pools[one.pool].type if one.pool in pools else NUMBER)
            under, whose = one.pool or one.clause, _whose(replay, one)
            yield Flow(what, under, whose, type_, one.amount, one.moment)


def _payments(replay: Replay) -> Iterator[Flow]:
    pools = replay.program.pools
    owed = {one.clause: one.type for one in replay.happenings if one.edge == "owes"}
    for entry in replay.entries:
        if not isinstance(act := entry.act, Move):
            continue
        what, under, type_ = _MOVES.get(act.kind), act.pool or "", None
        if act.pool is None:
            what, under, type_ = "settled", act.clause or "", owed.get(act.clause or "")
        elif act.pool in pools:
            type_ = pools[act.pool].type
        if what is not None:
            units = int(act.amount)
            yield Flow(what, under, act.party, type_ or NUMBER, units, entry.recorded)


def _sums(old: _Ledger, new: _Ledger) -> tuple[Sum, ...]:
    keys = {**old, **new}
    found = (Sum(*key, old.get(key, Amount()), new.get(key, Amount())) for key in keys)
    differing = (one for one in found if one.old != one.new)
    return tuple(sorted(differing, key=lambda one: (one.under, one.party, one.what, str(one.type))))


def _ledger(replay: Replay, sums: Sequence[Flow], *, pooled: bool = False) -> _Ledger:
    found: _Ledger = {}
    for one in sorted(sums, key=lambda one: one.moment):
        if not one.units:
            continue
        key = (one.what, one.under, "" if pooled else one.party, one.type)
        known = found.get(key, Amount(0, replay.program.clock.day(one.moment)))
        found[key] = Amount(known.units + one.units, known.first)
    return found
