# SPDX-License-Identifier: Apache-2.0
"""Counting votes: who is entitled, what silence means, when it is settled (semantics 18, 19)."""

from __future__ import annotations

import numpy as np

from pratique.accord.kinds.body import Body
from pratique.accord.program import Program
from pratique.accord.terms.values import Vote
from pratique.base.moment import NEVER, Moment
from pratique.engine.arrays import Bools, Moments
from pratique.engine.conditions.frame import Frame
from pratique.engine.intake import ABSTAIN, NO, YES
from pratique.engine.rows.powers import PowerRows


def count_votes(frame: Frame) -> dict[str, Bools]:
    """Close the votes that are due or settled; return where each power was carried."""
    carried: dict[str, Bools] = {}
    for name, rows in frame.standing.powers.items():
        vote = rows.power.vote
        if vote is None or not rows.pending.any():
            continue
        won, lost = _outcome(frame.standing.program, rows, vote, frame.now)
        if not (won.any() or lost.any()):
            continue
        frame.mark(name, "used", won)
        frame.mark(name, "refused", lost)
        rows.uses.used(won, frame.standing.program.clock, frame.now)
        _clear(rows, won | lost)
        carried[name] = won
    return carried


def _outcome(program: Program, rows: PowerRows, vote: Vote, now: Moment) -> tuple[Bools, Bools]:
    voters = len(program.parties)
    yes, no, abstain = ((rows.ballots == ballot).sum(axis=0) for ballot in (YES, NO, ABSTAIN))
    silent = voters - yes - no - abstain
    consents = (no == 0) & (rows.power.silence == "consents")
    closing = rows.pending & ((rows.closes <= now) | (silent == 0))
    quorate = yes + no + abstain >= _quorum(program, vote)
    sure_yes = np.where(consents, yes + silent, yes)
    sure_no = no + silent if rows.power.silence == "refuses" else no
    at_close = _enough(vote, sure_yes, sure_no, voters) & (sure_yes > 0) & (quorate | consents)
    # Early: the ballots still out cannot change it, whichever way they go.
    early = rows.pending & _enough(vote, yes, no + silent, voters) & (yes > 0) & quorate
    won = (closing & at_close) | early
    hopeless = rows.pending & ~_enough(vote, yes + silent, no, voters)
    return won, ((closing | hopeless) & ~won)


def _enough(vote: Vote, yes: Moments, no: Moments, voters: int) -> Bools:
    if vote.counts_votes:
        return yes >= int(vote.need)
    base = yes + no if vote.of_voting else voters
    return np.asarray(yes * vote.need.denominator >= base * vote.need.numerator)


def _quorum(program: Program, vote: Vote) -> int:
    body = program.accord.typed.get(vote.electorate)
    return (body.quorum or 0) if isinstance(body, Body) else 0


def _clear(rows: PowerRows, where: Bools) -> None:
    rows.pending = rows.pending & ~where
    rows.opened[where] = NEVER
    rows.closes[where] = NEVER
    rows.ballots[:, where] = 0


def open_votes(rows: PowerRows, where: Bools, now: Moment, closes: Moment) -> None:
    """Open a vote on some rows."""
    rows.pending = rows.pending | where
    rows.opened[where] = now
    rows.closes[where] = closes
    rows.ballots[:, where] = 0
