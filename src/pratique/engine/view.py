# SPDX-License-Identifier: Apache-2.0
"""One scenario of a standing as plain values: what screens, records and comparisons read."""

from __future__ import annotations

from typing import Any

from pratique.base.moment import NEVER, Moment
from pratique.engine.casework.open_cases import cases_view
from pratique.engine.rows.debts import Debts
from pratique.engine.rows.powers import PowerRows
from pratique.engine.rows.statuses import StatusRows
from pratique.engine.standing import Standing


def view(standing: Standing, scenario: int = 0) -> dict[str, Any]:
    """Return statuses, debts, pools, votes and undetermined seconds, by clause and row."""
    pools = standing.pools.items()
    cases = {name: cases_view(rows, scenario) for name, rows in standing.cases.items()}
    return ({"cases": cases} if cases else {}) | {
        "status": {name: _status(rows, scenario) for name, rows in standing.statuses.items()},
        "debts": {
            name: _debts(debts, scenario, amounts=False) for name, debts in standing.duties.items()
        },
        "claims": {name: _debts(rows.claims, scenario, amounts=True) for name, rows in pools},
        "payments": {name: _debts(rows.payments, scenario, amounts=True) for name, rows in pools},
        "pools": {
            name: {
                "received": int(rows.received[scenario, 0]),
                "paid": int(rows.paid[scenario, 0]),
                "committed": int(rows.committed[scenario, 0]),
            }
            for name, rows in pools
        },
        "held": {name: [int(one) for one in rows.held_for()[scenario]] for name, rows in pools},
        "transfers": {
            name: _debts(book, scenario, amounts=True) for name, book in standing.transfers.items()
        },
        "votes": {
            name: _votes(rows, scenario)
            for name, rows in standing.powers.items()
            if rows.power.vote
        },
        "undetermined": {
            name: [int(seconds) for seconds in array[scenario]]
            for name, array in standing.undetermined.items()
        },
    }


def _status(rows: StatusRows, scenario: int) -> list[dict[str, Any]]:
    return [
        {"on": bool(on), "unsure": bool(unsure and not on), "until": _ends(int(until))}
        for on, unsure, until in zip(
            rows.on[scenario], rows.unsure[scenario], rows.until[scenario], strict=True
        )
    ]


def _debts(debts: Debts, scenario: int, *, amounts: bool) -> list[list[tuple[Any, ...]]]:
    found: list[list[tuple[Any, ...]]] = []
    for row in range(debts.shape[1]):
        slots = [slot for slot in debts.slots if slot.raised[scenario, row] != NEVER]
        slots.sort(key=lambda slot: int(slot.number[scenario, row]))
        found.append(
            [
                (
                    int(slot.raised[scenario, row]),
                    _ends(int(slot.due[scenario, row])),
                    bool(slot.missed[scenario, row]),
                )
                + ((int(slot.owed[scenario, row]),) if amounts else ())
                for slot in slots
            ]
        )
    return found


def _votes(rows: PowerRows, scenario: int) -> list[dict[str, Any] | None]:
    return [
        {
            "opened": int(rows.opened[scenario, row]),
            "closes": int(rows.closes[scenario, row]),
            "ballots": [int(ballot) for ballot in rows.ballots[:, scenario, row]],
        }
        if rows.pending[scenario, row]
        else None
        for row in range(rows.pending.shape[1])
    ]


def _ends(moment: Moment) -> Moment | None:
    return None if moment == NEVER else moment
