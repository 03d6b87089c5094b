# SPDX-License-Identifier: Apache-2.0
"""Debts and books read off a replay agree with the engine's own standing."""

from __future__ import annotations

import pytest

from pratique.base.moment import NEVER
from pratique.rehearsal.accounts import Outcome, books_of, duties_of
from replays import replayed

CONDUCTS = ("deadline", "prompt", "silent")


@pytest.mark.parametrize("conduct", CONDUCTS)
def test_every_raising_is_one_debt(conduct: str) -> None:
    replay = replayed(conduct)
    raised = [one for one in replay.happenings if one.edge == "raised"]
    assert len(duties_of(replay)) == len(raised)


@pytest.mark.parametrize("conduct", CONDUCTS)
def test_what_is_open_is_what_the_standing_has_open(conduct: str) -> None:
    replay = replayed(conduct)
    for name, debts in replay.standing.duties.items():
        still = sum(int(slot.open[replay.scenario].sum()) for slot in debts.slots)
        assert still == sum(debt.is_open for debt in duties_of(replay) if debt.clause == name)


def test_the_deadline_is_met_and_silence_is_late() -> None:
    met = {debt.outcome for debt in duties_of(replayed())}
    assert met == {Outcome.MET, Outcome.OPEN}
    silent = duties_of(replayed("silent"))
    assert {debt.outcome for debt in silent} == {Outcome.LATE, Outcome.OPEN}
    assert all(debt.missed == debt.due for debt in silent if debt.outcome is Outcome.LATE)


@pytest.mark.parametrize("conduct", CONDUCTS)
def test_a_book_ends_where_the_pool_stands(conduct: str) -> None:
    replay = replayed(conduct)
    for book in books_of(replay):
        rows = replay.standing.pools[book.pool]
        there = book.bookings[-1].balance if book.bookings else 0
        assert there == int(rows.received[replay.scenario, 0] - rows.paid[replay.scenario, 0])
        unpaid = sum(debt.amount for debt in book.commitments if debt.done == NEVER)
        assert unpaid == int(rows.committed[replay.scenario, 0])


def test_each_movement_adds_up() -> None:
    assert any(book.bookings for book in books_of(replayed()))
    for book in books_of(replayed()):
        balance = 0
        for one in book.bookings:
            balance += one.amount
            assert one.balance == balance
            assert 0 <= one.committed + one.held <= one.balance


def test_payments_are_made_within_their_time_and_to_the_cent() -> None:
    fund = next(book for book in books_of(replayed()) if book.pool == "fund")
    assert sum(debt.amount for debt in fund.commitments) == 995_000_000
    for book in books_of(replayed()):
        assert all(debt.raised < debt.done <= debt.due for debt in book.commitments)
