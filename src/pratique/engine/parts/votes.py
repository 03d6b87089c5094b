# SPDX-License-Identifier: Apache-2.0
"""Counting votes: what silence means, which majorities are met, when a vote is settled
(semantics 18, 19). Who is entitled is `entitled_now`; the ballots are the power's rows'.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import numpy as np

from pratique.accord.terms.values import SEATS, Majority, Vote
from pratique.base.duration import period_end
from pratique.base.moment import NEVER
from pratique.engine.arrays import Bools, somewhere
from pratique.engine.conditions.frame import Frame
from pratique.engine.intake import ABSTAIN, NO, YES
from pratique.engine.membership import voters
from pratique.engine.rows.powers import PowerRows

_SLIVER = 1e-9
"""Weights are sums of fractions: a majority is met if it lacks no more than this part of it."""


@dataclass(frozen=True, slots=True)
class _Tally:
    """The votes that a majority counts, [scenario, row]; `known`: whether all weights are."""

    need: Fraction
    counts_votes: bool
    yes: Any
    no: Any
    cast: Any
    all: Any
    known: Any = True
    sliver: float = 0.0

    @property
    def silent(self) -> Any:
        return self.all - self.cast

    def carried(self, vote: Vote, yes: Any, no: Any) -> Bools:
        """Return where so many votes for and against would meet the majority."""
        base = yes + no if vote.of_voting else self.all
        slack = self.sliver * self.all
        if self.counts_votes:
            enough = yes >= int(self.need)
        else:
            enough = (yes + slack) * self.need.denominator >= base * self.need.numerator
            if self.need == Fraction(1, 2):
                enough = enough & (yes > no + slack)  # a tie is a refusal
        return np.asarray(enough & (yes > 0) & self.known)

    def hopeless(self, vote: Vote) -> Bools:
        """Return where the majority is out of reach, whatever the silent may still answer."""
        return np.asarray(~self.carried(vote, self.yes + self.silent, self.no) & self.known)


def count_votes(frame: Frame) -> dict[str, Bools]:
    """Close the votes that are due or settled; return where each power was carried."""
    carried: dict[str, Bools] = {}
    for name, rows in frame.standing.powers.items():
        if rows.recount <= frame.now:
            rows.recount = NEVER
        if rows.power.vote is None or not somewhere(rows.pending):
            continue
        won, lost = _outcome(frame, rows, rows.power.vote)
        if not (somewhere(won) or somewhere(lost)):
            continue
        _close(frame, rows, won, lost)
        carried[name] = won
    return carried


def _close(frame: Frame, rows: PowerRows, won: Bools, lost: Bools) -> None:
    clock, power = frame.standing.program.clock, rows.power
    frame.mark(power.name, "refused", lost)
    if rows.takes_effect is None or power.notice is None:
        frame.mark(power.name, "used", won)
        rows.uses.used(won, clock, frame.now)
    else:
        rows.takes_effect[won] = period_end(clock, frame.now, power.notice)
    ended = won | lost
    rows.pending = rows.pending & ~ended
    rows.opened[ended] = NEVER
    rows.closes[ended] = NEVER
    rows.ballots[:, ended] = 0


def _outcome(frame: Frame, rows: PowerRows, vote: Vote) -> tuple[Bools, Bools]:
    ballots, entitled = rows.ballots, None
    if rows.entitled is not None:
        rows.seen = entitled_now(frame, rows)
        entitled = rows.entitled & rows.seen
        ballots = np.where(entitled, ballots, 0)
    first = _tally(ballots, _votes(rows, entitled), vote)
    tallies = [first] + [_further(frame, rows, ballots, entitled, one) for one in vote.majorities]
    consents = (first.no == 0) & (rows.power.silence == "consents")
    refuses = rows.power.silence == "refuses"
    quorate = _quorate(rows, ballots, entitled, first)
    at_close, early, hopeless, known = quorate | consents, quorate, rows.pending & False, True
    for tally in tallies:
        yes = np.where(consents, tally.yes + tally.silent, tally.yes)
        no = tally.no + tally.silent if refuses else tally.no
        at_close = at_close & tally.carried(vote, yes, no)
        # Early: the ballots still out cannot change it, whichever way they go.
        early = early & tally.carried(vote, tally.yes, tally.no + tally.silent)
        hopeless = hopeless | tally.hopeless(vote)
        known = known & tally.known
    # A weight that is not known yet may be known at the close: then the vote waits for it.
    closing = (rows.closes <= frame.now) | ((first.silent == 0) & known)
    won = rows.pending & ((closing & at_close) | early)
    return won, rows.pending & (closing | hopeless) & ~won


def _tally(
    ballots: Any, votes: Any, asked: Vote | Majority, *, known: Any = True, sliver: float = 0.0
) -> _Tally:
    yes, no, abstain = (_sum(ballots == one, votes) for one in (YES, NO, ABSTAIN))
    total = ballots.shape[0] if votes is None else votes.sum(axis=0)
    return _Tally(asked.need, asked.counts_votes, yes, no, yes + no + abstain, total, known, sliver)


def _sum(where: Bools, votes: Any) -> Any:
    return where.sum(axis=0) if votes is None else (where * votes).sum(axis=0)


def _votes(rows: PowerRows, entitled: Bools | None) -> Any:
    """Return how many votes each ballot counts, by elector; None: one each."""
    if entitled is None:
        return rows.seats
    return entitled.astype(np.int64) if rows.seats is None else entitled * rows.seats


def _further(
    frame: Frame, rows: PowerRows, ballots: Any, entitled: Bools | None, majority: Majority
) -> _Tally:
    votes = _votes(rows, entitled)
    if majority.weight is None:
        members = _members(frame, rows, majority.of)
        counted = members if votes is None else members * votes
        return _tally(ballots, counted, majority)
    weights, known = _weights(frame, rows, majority)
    here = np.ones(ballots.shape, dtype=np.bool_) if votes is None else np.asarray(votes > 0)
    all_known = (known | ~here).all(axis=0)
    counted = np.where(here, weights, 0.0)
    return _tally(ballots, counted, majority, known=all_known, sliver=_SLIVER)


def _members(frame: Frame, rows: PowerRows, group: str) -> Any:
    assert rows.electorate is not None
    members = frame.standing.program.groups[group]
    votes = [one.party >= 0 and members[one.party] for one in rows.electorate.electors]
    return np.asarray(votes, dtype=np.int64).reshape(-1, 1, 1)


def _weights(frame: Frame, rows: PowerRows, majority: Majority) -> tuple[Any, Bools]:
    """Return each elector's weight and where it is known, [elector, scenario, 1]."""
    assert majority.weight is not None
    assert rows.electorate is not None
    standing = frame.standing
    shape = (standing.scenarios, len(standing.program.parties))
    pair = standing.machine.function(majority.weight)(frame, frame.today)
    low, high = (np.broadcast_to(np.asarray(side, dtype=np.float64), shape) for side in pair)
    known = (low == high) & np.isfinite(low)
    weight = np.where(known, np.maximum(low, 0.0), 0.0)
    plain = len(rows.electorate.electors) - shape[1]
    # The seats that belong to no party have no weight.
    none = np.zeros((shape[0], plain))
    return (
        np.concatenate([weight, none], axis=1).T[:, :, None],
        np.concatenate([known, none == 0], axis=1).T[:, :, None],
    )


def _quorate(rows: PowerRows, ballots: Any, entitled: Bools | None, first: _Tally) -> Any:
    body = rows.electorate.body if rows.electorate is not None else None
    if body is None or (body.quorum is None and body.quorum_share is None):
        return np.asarray(True)
    cast, most = first.cast, first.all
    if body.quorum_of != SEATS:
        holders = _holders(rows, entitled)
        cast, most = ((ballots != 0) & holders).sum(axis=0), holders.sum(axis=0)
    if body.quorum_share is not None:
        return cast * body.quorum_share.denominator >= most * body.quorum_share.numerator
    return cast >= body.quorum


def _holders(rows: PowerRows, entitled: Bools | None) -> Bools:
    assert rows.electorate is not None
    here = np.asarray(rows.electorate.quorum_of, dtype=np.bool_).reshape(-1, 1, 1)
    return here if entitled is None else here & entitled


# --- who is entitled ------------------------------------------------------------------------------


def entitled_now(frame: Frame, rows: PowerRows) -> Bools:
    """Return which electors may vote now: bound, not stopped, not recused, not `that party`.

    [elector, scenario, row]. Seats that belong to no party are always filled.
    """
    assert rows.electorate is not None
    assert rows.power.vote is not None
    able = voters(frame, rows.power.name)
    if rows.recused is not None:
        able = ~rows.recused if able is None else able & ~rows.recused
    entitled = np.ones(rows.ballots.shape, dtype=np.bool_)
    parties = len(frame.standing.program.parties)
    if able is not None:
        entitled[:parties] &= able.T[:, :, None]
    if rows.power.vote.except_that:
        own = np.arange(entitled.shape[2])
        entitled[own, :, own] = False
    return entitled


def open_votes(frame: Frame, rows: PowerRows, where: Bools, vote: Vote) -> None:
    """Open a vote on some rows."""
    rows.pending = rows.pending | where
    rows.opened[where] = frame.now
    rows.closes[where] = period_end(frame.standing.program.clock, frame.now, vote.within)
    rows.ballots[:, where] = 0
    if rows.entitled is not None:
        rows.entitled = np.where(where, entitled_now(frame, rows), rows.entitled)
    if rows.entitled is not None or any(one.weight is not None for one in vote.majorities):
        # It may be settled before anyone answers: where nobody has a vote, or a weight.
        rows.recount = frame.now + 1


def note_entitled(frame: Frame) -> None:
    """See to it that votes are counted anew when a moment has changed who is entitled."""
    after = Frame(frame.standing, frame.now, frame.today)
    for rows in frame.standing.powers.values():
        if rows.entitled is None or not somewhere(rows.pending):
            continue
        if rows.seen is None or somewhere(rows.seen != entitled_now(after, rows)):
            rows.recount = frame.now + 1
