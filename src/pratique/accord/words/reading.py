# SPDX-License-Identifier: Apache-2.0
"""The typed pieces of clauses in plain words: triggers, actors, effects, votes, limits.

Whole phrases with phrases as their fields, so that every language keeps its own order. Which
sentences a clause has is its kind's business; nothing here is evaluated.
"""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction

from pratique.accord.fields.triggers import Trigger
from pratique.accord.terms.values import (
    CallPower,
    Draw,
    EdgeRef,
    Effect,
    EndStatus,
    Limit,
    StartStatus,
    Vote,
    Who,
)
from pratique.accord.words.phrases import condition_words, party_words, percent_words
from pratique.base.text import Code, Either, Sentence, say, say_count

_LARGEST_DENOMINATOR = 10


def trigger_words(trigger: Trigger) -> Sentence:
    """Return what sets a clause off, as a whole sentence."""
    if trigger.when is not None:
        condition = condition_words(trigger.when)
        if trigger.when.per_party:
            return say("This applies to each Party for which {condition}.", condition=condition)
        return say("This applies when {condition}.", condition=condition)
    if trigger.on:
        changes = Either(tuple(_change_coming(edge) for edge in trigger.on))
        return say("This follows when {changes}.", changes=changes)
    return say("This applies at any time.")


def who_words(who: Iterable[Who]) -> Sentence:
    """Return the actors that a clause names, as a noun."""
    actors = [_actor(one) for one in who]
    return actors[0] if len(actors) == 1 else _several(actors)


def effect_words(effect: Effect) -> Sentence:
    """Return an effect in words, as what is to be done: "start `emergency`"."""
    match effect:
        case StartStatus():
            return _start(effect)
        case EndStatus():
            return _end(effect)
        case CallPower(power):
            return say("put a decision under {power} to those who decide it", power=Code(power))
        case Draw():
            return _draw(effect)
        case _:
            raise NotImplementedError(type(effect).__name__)


def limit_words(limit: Limit) -> Sentence:
    """Return how often a clause can be used, as a whole sentence."""
    n = limit.uses
    if limit.within is None:
        return say_count("This can happen only once.", "This can happen at most {n} times.", n=n)
    return say_count(
        "This can happen only once in {time}.",
        "This can happen at most {n} times in {time}.",
        n=n,
        time=limit.within,
    )


def vote_words(vote: Vote) -> Sentence:
    """Return how a power is decided, as a whole sentence."""
    voters, time = _voters(vote), vote.within
    if vote.counts_votes:
        return say_count(
            "It needs {n} vote of {voters} within {time}.",
            "It needs {n} votes of {voters} within {time}.",
            n=int(vote.need),
            voters=voters,
            time=time,
        )
    if vote.need == 1:
        return say("It needs the votes of all of {voters} within {time}.", voters=voters, time=time)
    return say(
        "It needs the votes of at least {share} of {voters} within {time}.",
        share=_share(vote.need),
        voters=voters,
        time=time,
    )


def silence_words(silence: str) -> Sentence:
    """Return how those are counted who do not answer a vote, as a whole sentence."""
    match silence:
        case "consents":
            return say("Whoever does not answer in time counts as voting yes.")
        case "refuses":
            return say("Whoever does not answer in time counts as voting no.")
        case _:
            return say("Whoever does not answer in time counts as abstaining.")


def _actor(who: Who) -> Sentence:
    match who.form:
        case "that":
            return say("that Party")
        case "other":
            return say("the other Parties")
        case "each":
            return say("each Party")
        case "all":
            return say("all Parties")
        case "any":
            return say("any Party")
        case "named":
            return _several([Code(name) for name in who.names])
    if who.condition is None:
        return say("the Parties")
    return say("each Party for which {condition}", condition=condition_words(who.condition))


def _several(actors: list[Sentence] | list[Code]) -> Sentence:
    return say("{actors}", actors=actors) if actors else say("somebody not named")


def _change_coming(edge: EdgeRef) -> Sentence:
    change = _change_now(edge)
    if edge.party >= 0:
        return say("{change} in {party}", change=change, party=party_words("", edge.party))
    return say("{change} in a Party", change=change) if edge.per_party else change


def _change_now(edge: EdgeRef) -> Sentence:
    name = Code(edge.name)
    match edge.edge:
        case "starts":
            return say("{name} starts", name=name)
        case "ends":
            return say("{name} ends", name=name)
        case "done":
            return say("{name} is done", name=name)
        case "missed":
            return say("{name} is missed", name=name)
        case "used":
            return say("{name} is used", name=name)
        case "refused":
            return say("{name} is refused", name=name)
        case "opened":
            return say("{name} is opened", name=name)
        case _:
            return say("{name} happens", name=name)


def _start(effect: StartStatus) -> Sentence:
    status, time = Code(effect.status), effect.lasting
    whom = _actor(effect.at) if effect.at else None
    if whom is None and time is None:
        return say("start {status}", status=status)
    if whom is None:
        return say("start {status} for {time}", status=status, time=time)
    if time is None:
        return say("start {status} in {whom}", status=status, whom=whom)
    return say("start {status} in {whom} for {time}", status=status, whom=whom, time=time)


def _end(effect: EndStatus) -> Sentence:
    status = Code(effect.status)
    if effect.at is None:
        return say("end {status}", status=status)
    return say("end {status} in {whom}", status=status, whom=_actor(effect.at))


def _draw(draw: Draw) -> Sentence:
    payment = _payment(draw)
    if draw.within is None:
        return payment
    return say("{payment} within {time}", payment=payment, time=draw.within)


def _payment(draw: Draw) -> Sentence:
    pool, whom = Code(draw.pool), _actor(draw.to)
    if draw.share is not None:
        share = percent_words(draw.share)
        return say(
            "send {share} of what is available in {pool} to {whom}",
            share=share,
            pool=pool,
            whom=whom,
        )
    amount = condition_words(draw.amount) if draw.amount else say("an amount not given")
    if draw.sends:
        return say("send {amount} from {pool} to {whom}", amount=amount, pool=pool, whom=whom)
    return say("pay {amount} from {pool} to {whom}", amount=amount, pool=pool, whom=whom)


def _voters(vote: Vote) -> Sentence:
    if vote.electorate == "parties":
        if vote.of_voting:
            return say("the Parties that vote yes or no")
        return say("the Parties")
    body = Code(vote.electorate)
    if vote.of_voting:
        return say("the seats of {body} that vote yes or no", body=body)
    return say("the seats of {body}", body=body)


def _share(need: Fraction) -> Sentence:
    if need.denominator <= _LARGEST_DENOMINATOR:
        return say("{part}/{whole}", part=need.numerator, whole=need.denominator)
    return percent_words(need)
