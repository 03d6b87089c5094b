# SPDX-License-Identifier: Apache-2.0
"""E508: powers put to a vote in which too few can take part, whatever happens.

Who may vote at a moment is the engine's; here only what the text fixes for every moment at which a
power is open, or at which the accord enters into force.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations
from math import comb

from pratique.accord.check.structure.situations import can_hold, conjuncts, is_figure
from pratique.accord.check.syntax import whole_clauses
from pratique.accord.electorate import Elector, decided, deciding_body, electors_of
from pratique.accord.kinds.body import Body
from pratique.accord.kinds.power import Power
from pratique.accord.kinds.status import IN_FORCE, VOTING, Status
from pratique.accord.model import Accord
from pratique.accord.terms.literals import constant_value
from pratique.accord.terms.values import BOOL, PARTIES, SEATS, StartStatus, Term, Vote
from pratique.base.finding import Finding
from pratique.base.text import Code, Sentence, say, say_count

_MOST_WAYS = 1000


def ballots(accord: Accord) -> list[Finding]:
    """Return the findings on votes, where nothing else stops the accord."""
    if not accord.is_sound:
        return []
    found = []
    for clause in whole_clauses(accord, "power"):
        power = accord.typed.get(clause.name)
        if isinstance(power, Power) and power.source is clause and power.vote is not None:
            rooted = decided(power, accord.typed)
            assert rooted.vote is not None
            ballot = _Ballot(rooted, rooted.vote, deciding_body(rooted.vote, accord.typed), accord)
            found.append(next(ballot.findings(), None))
    return [finding for finding in found if finding is not None]


@dataclass(frozen=True, slots=True)
class _Absence:
    """Why some have no vote, in words; `ways`: who they are, each way in which it can come about.

    `at_entry`: only when the accord enters into force, not whenever the power is open.
    """

    ways: tuple[frozenset[str], ...]
    words: Sentence
    at_entry: bool = False


class _Ballot:
    """The vote on one power: who may cast it, and how many it needs."""

    def __init__(self, power: Power, vote: Vote, body: Body | None, accord: Accord) -> None:
        self.power, self.vote, self.body, self.accord = power, vote, body, accord
        self.electors = electors_of(vote, body, accord.scope)
        self.parties = tuple(accord.scope.parties)
        self.never = _never_voting(self)

    def findings(self) -> Iterator[Finding]:
        """Iterate over the reasons for which it cannot be carried."""
        for absence in _absences(self):
            shorts = [self._short(way | self.never) for way in absence.ways]
            found = [short for short in shorts if short is not None]
            if found and len(found) == len(shorts):
                yield self._finding(found[0], absence)

    def members(self, group: str) -> list[str]:
        """Return the parties of a group, or all where none is named."""
        return self.accord.scope.groups.get(group, []) if group else list(self.parties)

    def statuses(self, *, per_party: bool) -> list[Term]:
        """Return the statuses that take away the vote, as conditions."""
        return [
            Term("status", (), BOOL, per_party, one.source.span, name=one.name)
            for one in self.accord.of_kind(Status)
            if VOTING in one.stops and one.per_party == per_party
        ]

    # --- what is left ----------------------------------------------------------------------------

    def _short(self, out: frozenset[str]) -> tuple[Sentence, Sentence] | None:
        """Return what is left without some parties, and what it falls short of."""
        left = [one for one in self.electors if one.name not in out and one.seats]
        votes = sum(one.seats for one in left)
        if not left:
            return say("nobody is left to vote"), say("somebody must agree")
        if self.vote.counts_votes and self.vote.need > votes:
            return _remaining(votes), say("{need} must agree", need=int(self.vote.need))
        for majority in self.vote.majorities:
            members = self.members(majority.of)
            agreeing = sum(one.seats for one in left if one.name in members)
            if majority.weight is None and agreeing == 0:
                group = Code(majority.of)
                left_over = say("nobody of {group} is left to vote", group=group)
                return left_over, say("some of {group} must agree", group=group)
        return self._below_quorum(left)

    def _below_quorum(self, left: Sequence[Elector]) -> tuple[Sentence, Sentence] | None:
        body = self.body
        # Where silence consents no quorum is asked.
        if body is None or body.quorum is None or self.power.silence == "consents":
            return None
        by_seats = body.quorum_of == SEATS or all(one.party < 0 for one in self.electors)
        need = say("the quorum of {body} is {n}", body=Code(body.name), n=body.quorum)
        if by_seats:
            votes = sum(one.seats for one in left)
            return (_remaining(votes), need) if votes < body.quorum else None
        members = self.members("" if body.quorum_of == PARTIES else body.quorum_of)
        answering = sum(1 for one in left if one.name in members)
        if answering >= body.quorum:
            return None
        return say_count("{n} Party can answer", "{n} Parties can answer", n=answering), need

    def _finding(self, short: tuple[Sentence, Sentence], absence: _Absence) -> Finding:
        left, need = short
        power = Code(self.power.name)
        if absence.at_entry:
            sentence = say(
                "{power} cannot be carried when the accord enters into force: {left}, {need}",
                power=power,
                left=left,
                need=need,
            )
        else:
            sentence = say(
                "{power} can never be carried: {left}, {need}", power=power, left=left, need=need
            )
        help_ = say("ask for fewer, or let others vote on it")
        span = self.power.source.fields["decided by"].text.span
        return Finding("E508", sentence, span, help_, witness=absence.words)


def _remaining(votes: int) -> Sentence:
    return say_count("{n} vote can be cast", "{n} votes can be cast", n=votes)


# --- who has no vote ------------------------------------------------------------------------------


def _absences(ballot: _Ballot) -> Iterator[_Absence]:
    """Iterate over the reasons for which some have no vote, simplest first."""
    never = [party for party in ballot.parties if party in ballot.never]
    if never:
        words = say("{parties} never have a vote on it", parties=_codes(never))
    else:
        words = say("all who have a vote on it may vote")
    yield _Absence((frozenset(),), words)
    if ballot.vote.except_that:
        for party in ballot.parties:
            words = say("{party} has no vote where it is about {party}", party=Code(party))
            yield _Absence((frozenset([party]),), words)
    when = ballot.power.trigger.when
    if when is not None:
        yield from _out_while_open(when, ballot)
        for condition in conjuncts(when):
            yield from _out_by_number(condition, ballot)
    yield from _out_at_entry(ballot)


def _codes(names: Sequence[str]) -> list[Code]:
    return [Code(name) for name in names]


def _never_voting(ballot: _Ballot) -> frozenset[str]:
    """Return the parties that never have a vote: always recused, or never bound."""
    in_force = ballot.accord.typed.get(IN_FORCE)
    group = in_force.group if isinstance(in_force, Status) else ""
    bound = set(ballot.parties) if _starts_force(ballot.power) else set(ballot.members(group))
    recused = ballot.body.recused if ballot.body is not None else None
    return frozenset(
        party
        for party in ballot.parties
        if party not in bound
        or (recused is not None and _by_group(recused, party, ballot.accord) is True)
    )


def _starts_force(power: Power) -> bool:
    return any(isinstance(one, StartStatus) and one.status == IN_FORCE for one in power.effects)


def _by_group(term: Term, party: str, accord: Accord) -> bool | None:
    """Return whether a condition holds of a party that is bound, by its groups; None: it varies."""
    match term.op:
        case "member":
            return not term.name or party in accord.scope.groups.get(term.name, [])
        case "not":
            inner = _by_group(term.args[0], party, accord)
            return None if inner is None else not inner
        case "and" | "or":
            found = [_by_group(arg, party, accord) for arg in term.args]
            settles = term.op == "or"
            if settles in found:
                return settles
            return None if None in found else not settles
    return None


def _barring(ballot: _Ballot) -> list[Term]:
    """Return the conditions under each of which a party has no vote."""
    recused = ballot.body.recused if ballot.body is not None else None
    return [*([recused] if recused is not None else []), *ballot.statuses(per_party=True)]


def _out_while_open(when: Term, ballot: _Ballot) -> Iterator[_Absence]:
    """Iterate over who has no vote by the very condition that opens the power."""
    shared = ballot.statuses(per_party=False)
    if shared and not can_hold([when], shared):
        words = say("while it is open nobody may vote: {status} stops it",
                    status=Code(shared[0].name))  # fmt: skip
        yield _Absence((frozenset(ballot.parties),), words)
    barring = _barring(ballot)
    if when.per_party and barring and not can_hold([when], barring):
        for party in ballot.parties:
            words = say(
                "where it is open for {party}, {party} itself has no vote", party=Code(party)
            )
            yield _Absence((frozenset([party]),), words)


def _out_by_number(condition: Term, ballot: _Ballot) -> Iterator[_Absence]:
    """Iterate over who has no vote because a condition asks for so many who have none."""
    quantifier, least = _least_number(condition, ballot)
    barring = _barring(ballot)
    if quantifier is None or not barring or can_hold([quantifier.args[0]], barring):
        return
    members = ballot.members(quantifier.name)
    if 0 < least <= len(members) and comb(len(members), least) <= _MOST_WAYS:
        ways = tuple(frozenset(way) for way in combinations(members, least))
        words = say_count(
            "it is open only while {n} Party has no vote",
            "it is open only while {n} Parties have no vote",
            n=least,
        )
        yield _Absence(ways, words)


def _least_number(condition: Term, ballot: _Ballot) -> tuple[Term | None, int]:
    """Return a quantifier and of how many parties at least its condition must hold."""
    match condition.op:
        case "any":
            return condition, 1
        case "all":
            return condition, len(ballot.members(condition.name))
        case "compare":
            left, right = condition.args
            if left.op == "count" and is_figure(right) and condition.detail in (">=", ">", "="):
                more = 1 if condition.detail == ">" else 0
                return left, int(-(-constant_value(right) // 1)) + more
    return None, 0


def _out_at_entry(ballot: _Ballot) -> Iterator[_Absence]:
    """Iterate over who may not be bound yet when the accord enters into force."""
    in_force = ballot.accord.typed.get(IN_FORCE)
    if not isinstance(in_force, Status) or in_force.per_party or _starts_force(ballot.power):
        return
    condition = in_force.holds_while
    if condition is None:
        return
    quantifier, least = _least_number(condition, ballot)
    if quantifier is None or quantifier.op != "count" or quantifier.name:
        return
    plain = quantifier.args[0].op == "builtin" and quantifier.args[0].name == "ratified"
    parties = ballot.parties
    if not plain or not 0 < least < len(parties) or comb(len(parties), least) > _MOST_WAYS:
        return
    ways = tuple(frozenset(parties) - set(bound) for bound in combinations(parties, least))
    words = say_count(
        "it is in force once {n} Party has ratified",
        "it is in force once {n} Parties have ratified",
        n=least,
    )
    yield _Absence(ways, words, at_entry=True)
