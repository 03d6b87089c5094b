# SPDX-License-Identifier: Apache-2.0
"""What came about in one scenario, as a list of plain values in order: the derived chronicle."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from pratique.base.moment import NEVER, Moment
from pratique.engine.parts.asked import Drawn
from pratique.engine.rows.debts import Debts
from pratique.engine.standing import Standing
from pratique.engine.step import Outcome
from pratique.engine.trace import Reason, reasons


@dataclass(frozen=True, slots=True)
class Happening:
    """One change. `row` is a party's place, or -1: shared, or a body. Amounts in whole units.

    edge: happens, starts, ends, used, refused, opened, raised, done, missed, ended, claimed, paid,
    unpaid, committed, short. `due` and `raised` belong to debts; `why` to what a condition set off.
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


_EXPLAINED = ("used", "raised", "starts", "opened")


def happenings_of(standing: Standing, outcome: Outcome, scenario: int = 0) -> list[Happening]:
    """Return what came about in one scenario in the moment just run."""
    found: list[Happening] = []
    for (clause, edge), where in outcome.edges.items():
        for row in range(where.shape[1]):
            if where[scenario, row]:
                place = _party(standing, clause, row, where.shape[1])
                change = Happening(outcome.now, clause, edge, place)
                found.append(_completed(change, standing, scenario))
    for draw in outcome.draws:
        found += _drawn(draw, outcome.now, scenario, len(standing.program.parties))
    return found


def _party(standing: Standing, clause: str, row: int, rows: int) -> int:
    parties = len(standing.program.parties)
    if rows > 1:
        return row if row < parties else -1
    return row if parties == 1 and standing.has_own_rows(clause) else -1


def _drawn(draw: Drawn, now: Moment, scenario: int, parties: int) -> Iterator[Happening]:
    pairs = zip(draw.granted[scenario], draw.short[scenario], strict=True)
    for column, (granted, short) in enumerate(pairs):
        place = column if column < parties else -1
        if granted:
            amount = int(granted)
            due, pool = draw.due, draw.pool
            yield Happening(now, draw.clause, "committed", place, amount, due, now, pool=pool)
        if short:
            yield Happening(now, draw.clause, "short", place, int(short), pool=draw.pool)


def _completed(change: Happening, standing: Standing, scenario: int) -> Happening:
    clause, edge, row = change.clause, change.edge, max(change.row, 0)
    why = reasons(standing, clause, row, scenario) if edge in _EXPLAINED else ()
    due, amount = NEVER, 0
    if edge in ("raised", "claimed"):
        debts = standing.duties.get(clause) or standing.pools[clause].claims
        due, amount = _latest(debts, change.moment, row, scenario)
    if edge == "claimed":
        change = replace(change, amount=amount, pool=clause)
    return replace(change, due=due, raised=change.moment, why=why)


def _latest(debts: Debts, now: Moment, row: int, scenario: int) -> tuple[Moment, int]:
    for slot in debts.slots:
        if slot.raised[scenario, row] == now:
            return int(slot.due[scenario, row]), int(slot.owed[scenario, row])
    return NEVER, 0
