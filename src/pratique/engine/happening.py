# SPDX-License-Identifier: Apache-2.0
"""What came about in one scenario, as a list of plain values in order: the derived chronicle."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from pratique.accord.terms.values import ValueType, Who
from pratique.base.moment import NEVER, Moment
from pratique.engine.arrays import Moments
from pratique.engine.parts.asked import Drawn, Owing
from pratique.engine.pools.claims import Claimed
from pratique.engine.rows.debts import Debts
from pratique.engine.standing import Standing
from pratique.engine.step import Outcome
from pratique.engine.trace import Reason, reasons


@dataclass(frozen=True, slots=True)
class Happening:
    """One change. `row` is a party's place, or -1: shared, or a body. Amounts in whole units.

    edge: happens, starts, ends, used, would_have_fired, refused, opened, raised, done, missed,
    ended, claimed, owes, paid, unpaid, committed, held, released, short. `due` and `raised` belong
    to debts; `why` to what a condition set off.
    """

    moment: Moment
    clause: str
    edge: str
    row: int = -1
    amount: int = 0
    due: Moment = NEVER
    raised: Moment = NEVER
    why: tuple[Reason, ...] = ()
    pool: str = ""
    """The pool that an amount is of."""
    by: str = ""
    """Who owes it (claimed, owes): a party or body."""
    to: str = ""
    """Whom it is owed (owes): a party or body."""
    type: ValueType | None = None
    """What an amount is of that is no pool's."""
    earmarked: tuple[tuple[str, int], ...] = ()
    """What of a grant is for people, by their class."""


_EXPLAINED = ("used", "raised", "starts", "opened")


def happenings_of(standing: Standing, outcome: Outcome, scenario: int = 0) -> list[Happening]:
    """Return what came about in one scenario in the moment just run."""
    found: list[Happening] = []
    for clause, edge in outcome.changes(scenario):
        where = outcome.edges[clause, edge]
        for row in range(where.shape[1]) if edge != "claimed" else ():
            if where[scenario, row]:
                place = _party(standing, clause, row, where.shape[1])
                change = Happening(outcome.now, clause, edge, place)
                found.append(_completed(change, standing, scenario))
    parties = standing.program.parties
    for claim in outcome.claims:
        found += _claimed(claim, outcome.now, scenario, parties)
    for owing in outcome.transfers:
        found += _owes(owing, outcome.now, scenario, parties)
    for free in outcome.released:
        for place, amount in _places(free.amounts[scenario], parties):
            change = Happening(outcome.now, free.clause, "released", place, amount, pool=free.pool)
            found.append(change)
    for draw in outcome.draws:
        found += _drawn(draw, outcome.now, scenario, parties)
    return found


def _places(amounts: Moments, parties: tuple[str, ...]) -> Iterator[tuple[int, int]]:
    for column, amount in enumerate(amounts):
        if amount:
            yield (column if column < len(parties) else -1), int(amount)


def _claimed(
    claim: Claimed, now: Moment, scenario: int, parties: tuple[str, ...]
) -> Iterator[Happening]:
    for place, amount in _places(claim.amounts[scenario], parties):
        by, pool = parties[place] if place >= 0 else claim.body, claim.pool
        yield Happening(now, pool, "claimed", place, amount, claim.due, now, pool=pool, by=by)


def _owes(
    owing: Owing, now: Moment, scenario: int, parties: tuple[str, ...]
) -> Iterator[Happening]:
    transfer = owing.transfer
    for column, row in enumerate(owing.amounts[scenario]):
        for place, amount in _places(row, parties):
            payer = column if column < len(parties) else -1
            yield Happening(
                now,
                owing.clause,
                "owes",
                payer,
                amount,
                owing.due,
                now,
                by=_name(payer, transfer.payer, parties),
                to=_name(place, transfer.to, parties),
                type=transfer.amount.type,
            )


def _name(place: int, who: Who | None, parties: tuple[str, ...]) -> str:
    if place >= 0:
        return parties[place]
    return who.names[0] if who is not None and who.names else ""


def _party(standing: Standing, clause: str, row: int, rows: int) -> int:
    parties = len(standing.program.parties)
    if rows > 1:
        return row if row < parties else -1
    return row if parties == 1 and standing.has_own_rows(clause) else -1


def _drawn(
    draw: Drawn, now: Moment, scenario: int, parties: tuple[str, ...]
) -> Iterator[Happening]:
    pairs = zip(draw.granted[scenario], draw.short[scenario], strict=True)
    edge = "held" if draw.is_held else "committed"
    for column, (granted, short) in enumerate(pairs):
        place = column if column < len(parties) else -1
        if granted:
            parts = {name: int(part[scenario, column]) for name, part in draw.earmarked.items()}
            yield Happening(
                now,
                draw.clause,
                edge,
                place,
                int(granted),
                draw.due,
                now,
                pool=draw.pool,
                earmarked=tuple(parts.items()),
            )
        if short:
            yield Happening(now, draw.clause, "short", place, int(short), pool=draw.pool)


def _completed(change: Happening, standing: Standing, scenario: int) -> Happening:
    clause, edge, row = change.clause, change.edge, max(change.row, 0)
    why = reasons(standing, clause, row, scenario) if edge in _EXPLAINED else ()
    due = NEVER
    if edge == "raised":
        due = _latest_due(standing.duties[clause], change.moment, row, scenario)
    return replace(change, due=due, raised=change.moment, why=why)


def _latest_due(debts: Debts, now: Moment, row: int, scenario: int) -> Moment:
    for slot in debts.slots:
        if slot.raised[scenario, row] == now:
            return int(slot.due[scenario, row])
    return NEVER
