# SPDX-License-Identifier: Apache-2.0
"""How powers are decided, in plain words: who votes, which majorities, silence, notice, confirming.

Whole sentences; nothing here is evaluated, and no vote is counted.
"""

from __future__ import annotations

from fractions import Fraction

from pratique.accord.terms.values import PARTIES, SEATS, Majority, Vote
from pratique.accord.words.phrases import percent_words
from pratique.base.duration import Duration
from pratique.base.text import Bare, Code, Sentence, say, say_count

_LARGEST_DENOMINATOR = 10


def deciding_words(vote: Vote, silence: str) -> list[Sentence]:
    """Return how a power is decided: its majorities, who has no vote, what silence means."""
    if vote.as_power:
        return [vote_words(vote)]
    reading = [vote_words(vote)]
    reading += [_majority(majority, vote.of_voting) for majority in vote.majorities]
    if vote.except_that:
        reading.append(say("The Party that it is about has no vote."))
    return [*reading, silence_words(silence)]


def vote_words(vote: Vote) -> Sentence:
    """Return the (first) majority that a power needs, as a whole sentence."""
    if vote.as_power:
        power = Code(vote.as_power)
        return say("It is decided as {power} is: same voters, same majority.", power=power)
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
        share=share_words(vote.need),
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


def notice_words(notice: Duration, *, conditional: bool) -> Sentence:
    """Return after which notice a power takes effect, as a whole sentence."""
    if conditional:
        return say("It takes effect {time} later, if it still applies then.", time=notice)
    return say("It takes effect {time} later.", time=notice)


def confirming_words(power: str, within: Duration) -> Sentence:
    """Return which power must confirm what was done at once, as a whole sentence."""
    return say(
        "It takes effect at once; what it starts ends again unless {power} confirms it"
        " within {time}.",
        power=Code(power),
        time=within,
    )


def quorum_words(count: int | None, share: Fraction | None, of: str) -> Sentence:
    """Return how many must answer: seats, Parties or a group's members; a number or a share."""
    if share is not None:
        return _quorum_share(share_words(share), of)
    if of == SEATS:
        return say("It can decide when {quorum} seats answer.", quorum=count)
    if of == PARTIES:
        return say("It can decide when {quorum} Parties answer.", quorum=count)
    group = Bare(Code(of))
    return say("It can decide when {quorum} members of {group} answer.", quorum=count, group=group)


def _quorum_share(share: Sentence, of: str) -> Sentence:
    if of == SEATS:
        return say("It can decide when {share} of the seats answer.", share=share)
    if of == PARTIES:
        return say("It can decide when {share} of the Parties answer.", share=share)
    group = Bare(Code(of))
    return say(
        "It can decide when {share} of the members of {group} answer.", share=share, group=group
    )


def share_words(need: Fraction) -> Sentence:
    """Return a share as a lawyer writes it: "2/3", or "55 %"."""
    if need.denominator <= _LARGEST_DENOMINATOR:
        return say("{part}/{whole}", part=need.numerator, whole=need.denominator)
    return percent_words(need)


def _voters(vote: Vote) -> Sentence:
    if vote.electorate == PARTIES:
        if vote.of_voting:
            return say("the Parties that vote yes or no")
        return say("the Parties")
    if vote.of_group:
        return _members(vote.electorate, vote.of_voting)
    body = Code(vote.electorate)
    if vote.of_voting:
        return say("the seats of {body} that vote yes or no", body=body)
    return say("the seats of {body}", body=body)


def _members(group: str, of_voting: bool) -> Sentence:
    if of_voting:
        return say("the members of {group} that vote yes or no", group=Bare(Code(group)))
    return say("the members of {group}", group=Bare(Code(group)))


def _majority(majority: Majority, of_voting: bool) -> Sentence:
    if majority.weight is not None:
        return _weighty(majority, of_voting)
    voters = _members(majority.of, of_voting)
    if majority.counts_votes:
        return say_count(
            "It also needs {n} vote of {voters}.",
            "It also needs {n} votes of {voters}.",
            n=int(majority.need),
            voters=voters,
        )
    if majority.need == 1:
        return say("It also needs the votes of all of {voters}.", voters=voters)
    share = share_words(majority.need)
    return say(
        "It also needs the votes of at least {share} of {voters}.", share=share, voters=voters
    )


def _weighty(majority: Majority, of_voting: bool) -> Sentence:
    share, weight = share_words(majority.need), Code(majority.of)
    if of_voting:
        return say(
            "Those voting yes must also have at least {share} of the {weight} of all that vote"
            " yes or no.",
            share=share,
            weight=weight,
        )
    return say(
        "Those voting yes must also have at least {share} of the {weight} of all who may vote.",
        share=share,
        weight=weight,
    )
