# SPDX-License-Identifier: Apache-2.0
"""What a name in a term says: a measure, a status, a pool, a change, a party, a group."""

from __future__ import annotations

from pratique.accord.terms.values import Term
from pratique.base.text import Bare, Code, Sentence, say

Words = Sentence | Code


def named_words(term: Term) -> Code:
    """Return a thing by its name alone."""
    return Code(term.name)


def party_words(name: str, index: int) -> Words:
    """Return a party by its name, or by its place where a term does not hold the name."""
    return Code(name) if name else say("Party no. {n}", n=index + 1)


def status_words(term: Term) -> Sentence:
    """Return that a status holds."""
    return say("{name} holds", name=Code(term.name))


def own_words(term: Term) -> Sentence:
    """Return what the language itself knows of the party at hand."""
    return membership_words(term.name, say("the Party"))


def membership_words(name: str, party: Words) -> Sentence:
    """Return what a party has done with the accord."""
    match name:
        case "ratified":
            return say("{party} has ratified the accord", party=party)
        case "signed":
            return say("{party} has signed the accord", party=party)
        case _:
            return say("{party} has left the accord", party=party)


def pool_words(term: Term) -> Sentence:
    """Return one side of a pool's account."""
    pool = Code(term.name)
    match term.detail:
        case "received":
            return say("what {pool} has received", pool=pool)
        case "committed":
            return say("what {pool} has committed", pool=pool)
        case "paid":
            return say("what {pool} has paid out", pool=pool)
        case "held":
            return say("what {pool} holds back", pool=pool)
        case "owed":
            return say("what is still owed to {pool}", pool=pool)
        case _:
            return say("what is available in {pool}", pool=pool)


def change_words(term: Term) -> Sentence:
    """Return that a change has come about."""
    procedure, _, part = term.name.partition(".")
    if part:
        return _change_of_part(Code(part), Code(procedure), term.detail)
    name = Code(term.name)
    match term.detail:
        case "starts":
            return say("{name} has started", name=name)
        case "ends":
            return say("{name} has ended", name=name)
        case "done":
            return say("{name} has been done", name=name)
        case "missed":
            return say("{name} has been missed", name=name)
        case "used":
            return say("{name} has been used", name=name)
        case "refused":
            return say("{name} has been refused", name=name)
        case "opened":
            return say("{name} has been opened", name=name)
        case _:
            return say("{name} has happened", name=name)


def _change_of_part(part: Code, procedure: Code, change: str) -> Sentence:
    if change == "missed":
        return say("{part} of {procedure} has been missed", part=part, procedure=procedure)
    return say("{part} of {procedure} has been done", part=part, procedure=procedure)


def window_words(term: Term) -> Sentence:
    """Return a figure over a time."""
    name, time = Code(term.name), term.duration
    match term.detail:
        case "mean":
            return say("the mean of {name} over {time}", name=name, time=time)
        case "max":
            return say("the highest value of {name} over {time}", name=name, time=time)
        case "min":
            return say("the lowest value of {name} over {time}", name=name, time=time)
        case "change":
            return say("the change of {name} over {time}", name=name, time=time)
        case _:
            return say("the sum of {name} over {time}", name=name, time=time)


def member_words(term: Term) -> Sentence:
    """Return that a party counts: as bound, or in a group."""
    if not term.name:
        return say("the accord binds the Party")
    return say("the Party is one of {group}", group=Bare(Code(term.name)))
