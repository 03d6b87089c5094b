# SPDX-License-Identifier: Apache-2.0
"""How a vote is counted, and whether it can close before its time. Electors in, answers out."""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction

from pratique.accord.kinds.body import Body
from pratique.accord.program import Program
from pratique.accord.terms.values import Majority, Vote

ANSWERS = {"yes": 1, "no": 2, "abstain": 3}
SILENT, YES, NO, ABSTAIN = 0, 1, 2, 3
SLIVER = Fraction(1, 10**9)


@dataclass(frozen=True)
class Elector:
    """Who casts one ballot, for so many votes; a plain seat has no party (-1)."""

    name: str
    party: int
    votes: int


def body_of(program: Program, vote: Vote) -> Body | None:
    """Return the body that decides, if one does."""
    clause = program.accord.typed.get(vote.electorate)
    return clause if isinstance(clause, Body) else None


def electors_of(program: Program, vote: Vote) -> list[Elector]:
    """Return the electors in the order of ballots: parties if any has a vote, then plain seats."""
    body = body_of(program, vote)
    groups = program.accord.groups
    if body is None:
        members = groups[vote.electorate] if vote.of_group else list(program.parties)
        return _parties(program, dict.fromkeys(members, 1))
    if body.seats is None:
        members = groups[body.group] if body.group else list(program.parties)
        return _parties(program, dict.fromkeys(members, 1))
    votes: dict[str, int] = {}
    for share in body.shares:
        for name in program.parties if share.of == "party" else groups[share.of]:
            votes[name] = votes.get(name, 0) + share.each
    parties = _parties(program, votes) if body.shares else []
    return parties + [Elector(f"{body.name}.{n + 1}", -1, 1) for n in range(body.plain_seats)]


def _parties(program: Program, votes: dict[str, int]) -> list[Elector]:
    return [Elector(name, place, votes.get(name, 0)) for place, name in enumerate(program.parties)]


@dataclass
class Tally:
    """The answers to one majority, by votes or weight. Not `known`: some weight is not known."""

    yes: Fraction = Fraction(0)
    no: Fraction = Fraction(0)
    abstain: Fraction = Fraction(0)
    silent: Fraction = Fraction(0)
    known: bool = True
    sliver: Fraction = Fraction(0)

    @property
    def whole(self) -> Fraction:
        """All that may answer."""
        return self.yes + self.no + self.abstain + self.silent


@dataclass
class Count:
    """One vote as it stands: its tallies, how many are silent or against, whether it is quorate."""

    vote: Vote
    silence: str
    tallies: list[Tally] = field(default_factory=list)
    silent: int = 0
    against: int = 0
    quorate: bool = True

    def is_carried(self) -> bool:
        """Say whether it is carried if it is closed with these answers."""
        consents = self.silence == "consents" and self.against == 0
        needs = zip(needs_of(self.vote), self.tallies, strict=True)
        enough = all(_is_enough(self.vote, need, self._closed(tally, consents=consents))
                     for need, tally in needs)  # fmt: skip
        return enough and (consents or self.quorate)

    def _closed(self, tally: Tally, *, consents: bool) -> Tally:
        if consents:
            return _moved(tally, yes=tally.silent)
        if self.silence == "refuses":
            return _moved(tally, no=tally.silent)
        return tally

    def is_safe(self) -> bool:
        """Say whether it is carried even if all the silent vote no."""
        needs = zip(needs_of(self.vote), self.tallies, strict=True)
        worst = [_is_enough(self.vote, n, _moved(tally, no=tally.silent)) for n, tally in needs]
        return all(worst) and self.quorate

    def is_lost(self) -> bool:
        """Say whether it is refused even if all the silent vote yes."""
        needs = zip(needs_of(self.vote), self.tallies, strict=True)
        return any(
            tally.known and not _is_enough(self.vote, need, _moved(tally, yes=tally.silent))
            for need, tally in needs
        )

    def is_settled(self) -> bool:
        """Say whether the answers still out cannot change the outcome."""
        complete = self.silent == 0 and all(tally.known for tally in self.tallies)
        return complete or self.is_safe() or self.is_lost()

    def outcome(self) -> bool:
        """Say whether it is carried, given that it is closed now."""
        return not self.is_lost() and (self.is_safe() or self.is_carried())


def needs_of(vote: Vote) -> list[tuple[Fraction, bool]]:
    """Return what each majority needs: a share, or a number of votes."""
    first = (vote.need, vote.counts_votes)
    return [first, *((one.need, one.counts_votes) for one in vote.majorities)]


def _moved(tally: Tally, *, yes: Fraction = Fraction(0), no: Fraction = Fraction(0)) -> Tally:
    silent = tally.silent - yes - no
    return Tally(
        tally.yes + yes, tally.no + no, tally.abstain, silent, tally.known, tally.sliver
    )  # fmt: skip


def _is_enough(vote: Vote, need: tuple[Fraction, bool], tally: Tally) -> bool:
    share, counts = need
    if not tally.known or tally.yes <= 0:
        return False
    if counts:
        return tally.yes >= share
    if share == Fraction(1, 2) and tally.yes <= tally.no + tally.sliver:
        return False  # a tie
    base = tally.yes + tally.no if vote.of_voting else tally.whole
    return tally.yes >= share * base - tally.sliver


def tallied(weights: list[Fraction | None], answers: list[int]) -> Tally:
    """Return a tally of answers by weight; None: not known. Only of those entitled."""
    if None in weights:
        return Tally(known=False)
    by = {
        answer: sum((w for w, a in zip(weights, answers, strict=True) if a == answer and w),
                    Fraction(0))
        for answer in (YES, NO, ABSTAIN, SILENT)
    }  # fmt: skip
    return Tally(by[YES], by[NO], by[ABSTAIN], by[SILENT])


def in_group(program: Program, majority: Majority, elector: Elector) -> bool:
    """Say whether an elector is a member of the group whose majority is asked for."""
    return elector.name in program.accord.groups[majority.of]


def is_quorate(program: Program, vote: Vote, ballots: list[tuple[Elector, int]]) -> bool:
    """Say whether enough have answered, of the entitled with their answers."""
    body = body_of(program, vote)
    if body is None or (body.quorum is None and body.quorum_share is None):
        return True
    counted = [(elector, answer) for elector, answer in ballots if elector.votes > 0]
    if body.quorum_of == "seats":
        sizes = [elector.votes for elector, _ in counted]
    else:
        groups = program.accord.groups
        members = groups.get(body.quorum_of, list(program.parties))
        sizes = [int(elector.name in members) for elector, _ in counted]
    there = sum(size for size, (_, answer) in zip(sizes, counted, strict=True) if answer)
    if body.quorum is not None:
        return there >= body.quorum
    assert body.quorum_share is not None
    return there >= body.quorum_share * sum(sizes)
