# SPDX-License-Identifier: Apache-2.0
"""Effects in words, as what is to be done: "start `emergency`"."""

from __future__ import annotations

from typing import assert_never

from pratique.accord.terms.values import (
    AdoptText,
    CallPower,
    Draw,
    Effect,
    EndStatus,
    Hold,
    Leave,
    OpenCase,
    StartStatus,
    Term,
    Transfer,
)
from pratique.accord.words.actors import actor_words
from pratique.accord.words.changes import change_words
from pratique.accord.words.phrases import amount_words, percent_words
from pratique.base.duration import Duration
from pratique.base.text import Bare, Code, Sentence, say


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
            return _within(_draw(effect), effect.within)
        case Hold():
            return _hold(effect)
        case Transfer():
            return _within(_transfer(effect), effect.within)
        case OpenCase():
            return _open(effect)
        case AdoptText(text):
            return say("adopt {text}", text=Code(text))
        case Leave():
            return say("let that Party leave the accord")
    assert_never(effect)


def draws_words(drawn: Draw | Hold, *, each: bool) -> Sentence:
    """Return what the raising of a duty takes out of a pool, as a whole sentence."""
    effect = effect_words(drawn)
    if each:
        return say("When it is raised, for each recipient: {effect}.", effect=effect)
    return say("When it is raised: {effect}.", effect=effect)


def _start(effect: StartStatus) -> Sentence:
    status, time = Code(effect.status), effect.lasting
    whom = actor_words(effect.at) if effect.at else None
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
    return say("end {status} in {whom}", status=status, whom=actor_words(effect.at))


def _within(payment: Sentence, within: Duration | None) -> Sentence:
    if within is None:
        return payment
    return say("{payment} within {time}", payment=payment, time=within)


def _amount(amount: Term | None, *, up_to: bool) -> Sentence:
    words = amount_words(amount) if amount else say("an amount not given")
    return say("up to {amount}", amount=words) if up_to else words


def _draw(draw: Draw) -> Sentence:
    pool, whom = Code(draw.pool), actor_words(draw.to)
    if draw.share is not None:
        share = percent_words(draw.share)
        return say(
            "send {share} of what is available in {pool} to {whom}",
            share=share,
            pool=pool,
            whom=whom,
        )
    amount = _amount(draw.amount, up_to=draw.up_to)
    if draw.sends:
        return say("send {amount} from {pool} to {whom}", amount=amount, pool=pool, whom=whom)
    return say("pay {amount} from {pool} to {whom}", amount=amount, pool=pool, whom=whom)


def _hold(hold: Hold) -> Sentence:
    pool, whom = Code(hold.pool), actor_words(hold.to)
    amount = _amount(hold.amount, up_to=hold.up_to)
    held = say("hold {amount} from {pool} for {whom}", amount=amount, pool=pool, whom=whom)
    if hold.until is not None:
        return say("{hold} until {change}", hold=held, change=change_words(hold.until))
    if hold.until_step:
        return say("{hold} until {step} is done", hold=held, step=Bare(Code(hold.until_step)))
    return say("{hold} until the case is closed", hold=held)


def _transfer(transfer: Transfer) -> Sentence:
    payer, amount = actor_words(transfer.payer), _amount(transfer.amount, up_to=transfer.up_to)
    if transfer.to is None:
        pool = Code(transfer.to_pool)
        return say("have {payer} pay {amount} into {pool}", payer=payer, amount=amount, pool=pool)
    whom = actor_words(transfer.to)
    return say("have {payer} pay {amount} to {whom}", payer=payer, amount=amount, whom=whom)


def _open(effect: OpenCase) -> Sentence:
    procedure = Code(effect.procedure)
    if effect.at is None:
        return say("open a case under {procedure}", procedure=procedure)
    whom = actor_words(effect.at)
    return say("open a case under {procedure} for {whom}", procedure=procedure, whom=whom)
