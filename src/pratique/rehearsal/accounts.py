# SPDX-License-Identifier: Apache-2.0
"""What was owed in a replay, debt by debt, and each pool's book: read off what came about.

The engine decides what is owed, done and missed; here its chronicle is only put in order.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from enum import Enum

from pratique.base.moment import NEVER, Moment
from pratique.engine.happening import Happening
from pratique.register.acts import Move
from pratique.rehearsal.replay import Replay


class Outcome(Enum):
    """How a debt ended, as far as the replay goes."""

    MET = "met"
    DONE_LATE = "done late"
    LATE = "late"
    OPEN = "open"
    RELEASED = "no longer owed"


@dataclass(frozen=True, slots=True)
class Debt:
    """One debt: of which clause and row, when raised, due and done. Duties have no amount."""

    clause: str
    row: int
    raised: Moment
    due: Moment
    amount: int = 0
    done: Moment = NEVER
    missed: Moment = NEVER
    released: Moment = NEVER
    pool: str = ""
    by: str = ""
    """Who owes it, where that is no party of a row."""
    to: str = ""
    """Whom a payment between parties and bodies is owed."""
    unit: str = ""
    """Its currency."""

    @property
    def is_open(self) -> bool:
        """Whether it is neither done nor released."""
        return self.done == NEVER and self.released == NEVER

    @property
    def outcome(self) -> Outcome:
        """How it ended."""
        if self.done != NEVER:
            return Outcome.MET if self.missed == NEVER else Outcome.DONE_LATE
        if self.missed != NEVER:
            return Outcome.LATE
        return Outcome.OPEN if self.released == NEVER else Outcome.RELEASED


@dataclass(frozen=True, slots=True)
class Booking:
    """A line of a pool's book: what came in (+) or went out (-), and how it then stood."""

    moment: Moment
    party: str
    amount: int
    balance: int
    committed: int
    held: int = 0


@dataclass(frozen=True, slots=True)
class Book:
    """A pool's claims, commitments and movements."""

    pool: str
    claims: tuple[Debt, ...]
    commitments: tuple[Debt, ...]
    bookings: tuple[Booking, ...]
    short: tuple[Happening, ...]


def duties_of(replay: Replay) -> tuple[Debt, ...]:
    """Return every debt of every duty, in order of being raised."""
    debts: list[Debt] = []
    for one in replay.happenings:
        duty = replay.program.duties.get(one.clause)
        if duty is None:
            continue
        if one.edge == "raised":
            debts.append(Debt(one.clause, one.row, one.moment, one.due))
            continue
        if one.edge == "reported_late":
            _in_time_after_all(debts, one)
            continue
        places = [i for i, debt in enumerate(debts) if _of(debt, one) and debt.is_open]
        for place in _meant(places, one, debts, all_done=duty.met_when is not None):
            debts[place] = _changed(debts[place], one)
    return tuple(debts)


def _in_time_after_all(debts: list[Debt], one: Happening) -> None:
    # The act that reports it has discharged the debt in the same moment.
    for place, debt in enumerate(debts):
        if _of(debt, one) and debt.missed != NEVER and debt.done in (one.moment, NEVER):
            debts[place] = replace(debt, missed=NEVER)
            return


def _of(debt: Debt, one: Happening) -> bool:
    return (debt.clause, debt.row) == (one.clause, one.row)


def _meant(places: list[int], one: Happening, debts: list[Debt], *, all_done: bool) -> list[int]:
    if one.edge == "missed":
        return [i for i in places if debts[i].missed == NEVER and debts[i].due <= one.moment]
    if one.edge == "done" and not all_done:
        # An act discharges the oldest debt.
        return places[:1]
    return places


def _changed(debt: Debt, one: Happening) -> Debt:
    match one.edge:
        case "done":
            return replace(debt, done=one.moment)
        case "missed":
            return replace(debt, missed=one.moment)
        case "ended":
            return replace(debt, released=one.moment)
    return debt


def books_of(replay: Replay) -> tuple[Book, ...]:
    """Return each pool's book."""
    return tuple(_book(replay, name) for name in replay.program.pools)


def transfers_of(replay: Replay) -> tuple[Debt, ...]:
    """Return what clauses make parties and bodies owe to one another, and when it was paid."""
    places = {party: row for row, party in enumerate(replay.program.parties)}
    owes = [one for one in replay.happenings if one.edge == "owes"]
    moves = [(e.recorded, e.act) for e in replay.entries if isinstance(e.act, Move)]
    found: list[Debt] = []
    for clause in dict.fromkeys(one.clause for one in owes):
        debts = [_owed(one) for one in owes if one.clause == clause]
        paid = [(at, act) for at, act in moves if act.clause == clause and not act.pool]
        found += _settled(debts, paid, places, replay.until)
    return tuple(found)


def _book(replay: Replay, pool: str) -> Book:
    moves = [(entry.recorded, entry.act) for entry in replay.entries if isinstance(entry.act, Move)]
    moves = [(moment, act) for moment, act in moves if act.pool == pool]
    drawn = [one for one in replay.happenings if one.pool == pool]
    held = [one for one in drawn if one.edge in ("held", "released")]
    claims = [_owed(one) for one in replay.of_clause(pool, "claimed")]
    commitments = [_owed(one) for one in drawn if one.edge == "committed"]
    came = [(moment, act) for moment, act in moves if act.kind in ("contribution", "return")]
    went = [(moment, act) for moment, act in moves if act.kind in ("payment", "dispatch")]
    lost = [(moment, act) for moment, act in moves if act.kind == "loss"]
    places = {party: row for row, party in enumerate(replay.program.parties)}
    return Book(
        pool,
        tuple(_settled(claims, came, places, replay.until)),
        tuple(settled := list(_settled(commitments, went, places, replay.until))),
        tuple(_bookings(came, [*went, *lost], settled, held)),
        tuple(one for one in drawn if one.edge == "short"),
    )


def _owed(one: Happening) -> Debt:
    by = one.by if one.row < 0 else ""
    unit = one.type.unit if one.type is not None else ""
    return Debt(
        one.clause, one.row, one.moment, one.due, one.amount,
        pool=one.pool, by=by, to=one.to, unit=unit,
    )  # fmt: skip


def _settled(
    debts: list[Debt], moves: list[tuple[Moment, Move]], places: dict[str, int], until: Moment
) -> Iterator[Debt]:
    # The oldest debt of a row is paid off first, as the engine does.
    paid: dict[int, list[list[int]]] = {}
    for moment, act in moves:
        paid.setdefault(places.get(act.party, -1), []).append([moment, int(act.amount)])
    for debt in debts:
        done = _paid_off(debt.amount, paid.get(debt.row, []))
        missed = debt.due if debt.due < min(done, until + 1) else NEVER
        yield replace(debt, done=done, missed=missed)


def _paid_off(amount: int, moves: list[list[int]]) -> Moment:
    while moves:
        moment, left = moves[0]
        if left > amount:
            moves[0][1] -= amount
            return moment
        moves.pop(0)
        amount -= left
        if amount == 0:
            return moment
    return NEVER


def _bookings(
    came: Iterable[tuple[Moment, Move]],
    went: Iterable[tuple[Moment, Move]],
    owed: list[Debt],
    changes: list[Happening],
) -> Iterator[Booking]:
    moves = [(moment, act.party, int(act.amount)) for moment, act in came]
    moves += [(moment, act.party, -int(act.amount)) for moment, act in went]
    balance = 0
    for moment, party, amount in sorted(moves, key=lambda move: move[0]):
        balance += amount
        committed = sum(debt.amount for debt in owed if debt.raised <= moment < debt.done)
        held = sum(
            one.amount if one.edge == "held" else -one.amount
            for one in changes
            if one.moment <= moment
        )
        yield Booking(moment, party, amount, balance, committed, held)
