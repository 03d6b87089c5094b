# SPDX-License-Identifier: Apache-2.0
"""Who decides each power: parties, a group's members, or a body's seats; `as POWER` followed.

What stands in the way of one of them at a moment (not bound, recused, stopped) is the engine's.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from pratique.accord.kinds.body import Body
from pratique.accord.kinds.power import Power
from pratique.accord.terms.scope import Scope
from pratique.accord.terms.values import PARTIES, Majority, Term, Vote
from pratique.base.text import Code, say


@dataclass(frozen=True, slots=True)
class Elector:
    """Who casts one ballot: a party (its place; `seats`: the votes that its ballot counts, 0: it
    has none), or a seat that belongs to no party (place -1).
    """

    name: str
    party: int
    seats: int


@dataclass(frozen=True, slots=True)
class Electorate:
    """Who decides a power. Where parties vote, all are listed, in order; then plain seats.

    `recused`: the condition under which a party has no vote; `varies`: whether who is entitled can
    change from moment to moment; `quorum_of`: the electors that a quorum of parties counts.
    """

    electors: tuple[Elector, ...]
    body: Body | None
    recused: Term | None
    varies: bool
    quorum_of: tuple[bool, ...] = ()

    def place(self, name: str) -> int:
        """Return where an elector stands in the order of ballots; -1 if it is none."""
        return next((at for at, one in enumerate(self.electors) if one.name == name), -1)


def electors_of(vote: Vote, body: Body | None, scope: Scope) -> tuple[Elector, ...]:
    """Return the electors of a vote: all parties with their seats, then seats of no party."""
    if body is None:
        members = scope.groups.get(vote.electorate, []) if vote.of_group else scope.parties
        return _by_parties(dict.fromkeys(members, 1), scope)
    if body.seats is None:
        members = scope.groups.get(body.group, scope.parties) if body.group else scope.parties
        return _by_parties(dict.fromkeys(members, 1), scope)
    held = dict.fromkeys(scope.parties, 0)
    for share in body.shares:
        for name in scope.parties if share.of == "party" else scope.groups.get(share.of, []):
            held[name] += share.each
    plain = tuple(Elector(f"{body.name}.{n + 1}", -1, 1) for n in range(body.plain_seats))
    return plain if plain and not body.shares else _by_parties(held, scope) + plain


def _by_parties(seats: Mapping[str, int], scope: Scope) -> tuple[Elector, ...]:
    return tuple(
        Elector(name, place, seats.get(name, 0)) for place, name in enumerate(scope.parties)
    )


def deciding_body(vote: Vote, typed: Mapping[str, object]) -> Body | None:
    """Return the body that decides, if a body does."""
    body = typed.get(vote.electorate)
    return body if isinstance(body, Body) else None


def decided(power: Power, typed: Mapping[str, object]) -> Power:
    """Return a power with the vote and the silence of the one that it is decided as."""
    root = _root(power, typed)
    if root is None or root is power:
        return power
    return replace(power, vote=root.vote, silence=root.silence)


def _root(power: Power, typed: Mapping[str, object]) -> Power | None:
    # None: they go round in a circle, or end at a power that nobody votes on.
    seen = {power.name}
    while power.vote is not None and power.vote.as_power:
        named = typed.get(power.vote.as_power)
        if not isinstance(named, Power) or named.name in seen:
            return None
        seen.add(named.name)
        power = named
    return power if power.vote is not None else None


def electorate_of(
    power: Power, typed: Mapping[str, object], scope: Scope, *, varies: bool
) -> Electorate | None:
    """Return who decides a power (as `decided` gives it), or None if nobody votes on it.

    `varies`: whether statuses or membership can change who is entitled.
    """
    vote = power.vote
    if vote is None:
        return None
    body = deciding_body(vote, typed)
    electors = electors_of(vote, body, scope)
    # Each power judges the recusal for itself: the copy has its own memory of the past.
    recused = replace(body.recused) if body is not None and body.recused is not None else None
    changes = varies or recused is not None or vote.except_that
    counted = tuple(_counts(one, body, scope) for one in electors)
    return Electorate(electors, body, recused, changes and _has_party(electors), counted)


def _counts(elector: Elector, body: Body | None, scope: Scope) -> bool:
    if elector.party < 0 or elector.seats == 0:
        return False
    of = body.quorum_of if body is not None else PARTIES
    return of not in scope.groups or elector.name in scope.groups[of]


def _has_party(electors: tuple[Elector, ...]) -> bool:
    return any(one.party >= 0 for one in electors)


def terms_of_vote(power: Power, electorate: Electorate | None) -> Iterator[Term]:
    """Iterate over the terms that deciding a power evaluates: weights, and who is recused."""
    if power.vote is not None:
        yield from (one.weight for one in power.vote.majorities if one.weight is not None)
    if electorate is not None and electorate.recused is not None:
        yield electorate.recused


# --- findings -------------------------------------------------------------------------------------


def vote_findings(typed: Mapping[str, object], scope: Scope) -> None:
    """Report votes that can never be carried or that nobody has (E400, E404, E406)."""
    for power in typed.values():
        if not isinstance(power, Power) or power.vote is None:
            continue
        root = _root(power, typed)
        if root is None:
            _endless(power, typed, scope)
        elif root is not power:
            _about_one(power, root, scope)
        else:
            _reachable(power, power.vote, typed, scope)


def _endless(power: Power, typed: Mapping[str, object], scope: Scope) -> None:
    assert power.vote is not None
    span = power.source.fields["decided by"].text.span
    named = typed.get(power.vote.as_power)
    if isinstance(named, Power) and named.vote is None:
        sentence = say("nobody votes on {power}, so nothing can be decided as it is",
                       power=Code(named.name))  # fmt: skip
    else:
        sentence = say("these powers are decided as one another, and none says how")
    scope.report("E404", sentence, span, say("write who decides, such as `2/3 of parties`"))


def _about_one(power: Power, root: Power, scope: Scope) -> None:
    assert root.vote is not None
    if root.vote.except_that and not power.per_party:
        sentence = say(
            "{power} leaves out `that party`, and nothing in this clause is about one party",
            power=Code(root.name),
        )
        help_ = say("write out who decides")
        scope.report("E406", sentence, power.source.fields["decided by"].text.span, help_)


def _reachable(power: Power, vote: Vote, typed: Mapping[str, object], scope: Scope) -> None:
    electors = electors_of(vote, deciding_body(vote, typed), scope)
    span = power.source.fields["decided by"].text.span
    seats = sum(one.seats for one in electors)
    if vote.counts_votes and vote.need > seats:
        sentence = say("this vote can never be carried: it asks for more than all")
        scope.report("E404", sentence, span, say("there are {n} votes", n=seats))
    if not _has_party(electors) and vote.electorate != PARTIES:
        if vote.except_that or vote.majorities:
            sentence = say("the seats of {body} belong to no party", body=Code(vote.electorate))
            help_ = say("leave out what asks which party a seat is of")
            scope.report("E400", sentence, span, help_)
        return
    for majority in vote.majorities:
        _group_reachable(majority, electors, scope)


def _group_reachable(majority: Majority, electors: tuple[Elector, ...], scope: Scope) -> None:
    if majority.weight is not None:
        return
    members = scope.groups.get(majority.of, [])
    votes = sum(one.seats for one in electors if one.name in members)
    if votes == 0:
        sentence = say("no member of {group} votes here", group=Code(majority.of))
        help_ = say("leave out this majority, or give its members a vote")
        scope.report("E404", sentence, majority.span, help_)
    elif majority.counts_votes and majority.need > votes:
        sentence = say("this vote can never be carried: it asks for more than all")
        scope.report("E404", sentence, majority.span, say("there are {n} votes", n=votes))
