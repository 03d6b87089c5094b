# SPDX-License-Identifier: Apache-2.0
"""What came about in one scenario, as a list of plain values in order: the derived chronicle."""

from __future__ import annotations

from dataclasses import dataclass

from pratique.base.moment import NEVER, Moment
from pratique.engine.debts import Debts
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


_EXPLAINED = ("used", "raised", "starts", "opened")


def happenings_of(standing: Standing, outcome: Outcome, scenario: int = 0) -> list[Happening]:
    """Return what came about in one scenario in the moment just run."""
    found: list[Happening] = []
    parties = len(standing.program.parties)
    for (clause, edge), where in outcome.edges.items():
        rows = where.shape[1]
        for row in range(rows):
            if where[scenario, row]:
                place = (
                    row
                    if (rows > 1
                    and row < parties)
                    or (rows == 1 and parties == 1 and _own_rows(standing, clause))
                    else -1
                )
                found.append(_happening(standing, outcome.now, clause, edge, place, scenario))
    for draw in outcome.draws:
        for column, (granted, short) in enumerate(
            zip(draw.granted[scenario], draw.short[scenario], strict=True)
        ):
            place = column if column < parties else -1
            if granted:
                found.append(
                    Happening(
                        outcome.now,
                        draw.clause,
                        "committed",
                        place,
                        int(granted),
                        draw.due,
                        outcome.now,
                    )
                )
            if short:
                found.append(Happening(outcome.now, draw.clause, "short", place, int(short)))
    return found


def _own_rows(standing: Standing, clause: str) -> bool:
    symbol = standing.program.accord.scope.symbols[clause]
    return symbol.per_party or symbol.kind == "pool"


def _happening(
    standing: Standing, now: Moment, clause: str, edge: str, row: int, scenario: int
) -> Happening:
    why = reasons(standing, clause, max(row, 0), scenario) if edge in _EXPLAINED else ()
    due, amount = NEVER, 0
    if edge in ("raised", "claimed"):
        debts = standing.duties.get(clause) or standing.pools[clause].claims
        due, amount = _latest(debts, now, max(row, 0), scenario)
    return Happening(now, clause, edge, row, amount if edge == "claimed" else 0, due, now, why)


def _latest(debts: Debts, now: Moment, row: int, scenario: int) -> tuple[Moment, int]:
    for slot in debts.slots:
        if slot.raised[scenario, row] == now:
            return int(slot.due[scenario, row]), int(slot.owed[scenario, row])
    return NEVER, 0
