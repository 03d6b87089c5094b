# SPDX-License-Identifier: Apache-2.0
"""How a vote is counted, and whether it can close before its time. Counts in, answers out."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from pratique.accord.kinds.body import Body
from pratique.accord.kinds.power import Power
from pratique.accord.program import Program
from pratique.accord.terms.values import Vote

ANSWERS = {"yes": 1, "no": 2, "abstain": 3}


@dataclass
class Count:
    """The answers of one vote."""

    yes: int
    no: int
    abstain: int
    silent: int

    @property
    def entitled(self) -> int:
        """All who may vote."""
        return self.yes + self.no + self.abstain + self.silent

    @property
    def cast(self) -> int:
        """All who have answered."""
        return self.yes + self.no + self.abstain


def counted(answers: list[int]) -> Count:
    """Return the count of answers as they stand."""
    return Count(answers.count(1), answers.count(2), answers.count(3), answers.count(0))


def quorum_of(program: Program, vote: Vote) -> int:
    """Return how many must answer; 0 where nothing is asked."""
    if vote.electorate == "parties":
        return 0
    body = program.accord.typed[vote.electorate]
    assert isinstance(body, Body)
    return body.quorum or 0


def _reached(vote: Vote, yes: int, base: int) -> bool:
    return yes > 0 and yes >= (vote.need if vote.counts_votes else vote.need * base)


def is_carried(power: Power, count: Count, quorum: int) -> bool:
    """Say whether a vote is carried if it is closed with these answers."""
    assert power.vote is not None
    yes, no = Fraction(count.yes), count.no
    has_consented = power.silence == "consents" and count.no == 0
    if has_consented:
        yes += count.silent
    if power.silence == "refuses":
        no += count.silent
    base = int(yes) + no if power.vote.of_voting else count.entitled
    if not _reached(power.vote, int(yes), base):
        return False
    return has_consented or count.cast >= quorum


def is_settled(power: Power, count: Count, quorum: int) -> bool:
    """Say whether the answers still out cannot change the outcome."""
    assert power.vote is not None
    if count.silent == 0:
        return True
    worst = count.yes + count.no + count.silent if power.vote.of_voting else count.entitled
    if _reached(power.vote, count.yes, worst) and count.cast >= quorum:
        return True
    most = count.yes + count.silent
    base = most + count.no if power.vote.of_voting else count.entitled
    return not _reached(power.vote, most, base)
