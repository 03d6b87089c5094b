# SPDX-License-Identifier: Apache-2.0
"""What came about, put into sentences: one a happening, dated, with the article it rests on."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal

from pratique.accord.program import Program
from pratique.base.moment import NEVER, Moment, date_of
from pratique.base.money import decimals
from pratique.base.text import Sentence, say
from pratique.engine.happening import Happening
from pratique.rehearsal.offices import debtor
from pratique.rehearsal.replay import Replay


def told_happening(replay: Replay, one: Happening) -> Sentence:
    """Return a dated sentence that says what came about."""
    day, words = iso(replay.program, one.moment), happening_words(replay, one)
    paragraphs = replay.program.accord.typed[one.clause].source.paragraphs
    if paragraphs:
        return say("{day}  {words} ({article})", day=day, words=words, article=paragraphs[0])
    return say("{day}  {words}", day=day, words=words)


def iso(program: Program, moment: Moment) -> str:
    """Return the accord's day of a moment, `2014-07-16`."""
    return date_of(program.clock.day(moment)).isoformat()


def due_day(program: Program, due: Moment) -> date | None:
    """Return the day on which a deadline falls: at midnight it is the end of the day before."""
    return None if due == NEVER else date_of(program.clock.day(due - 1))


def party_label(program: Program, row: int) -> str:
    """Return the label of the party of a row, or nothing where the row is shared or a body's."""
    return program.accord.parties[row].label if 0 <= row < len(program.parties) else ""


def amount_words(program: Program, pool: str, amount: int) -> Sentence:
    """Return an amount of a pool in words: money with its currency, things counted."""
    type_ = program.pools[pool].type if pool in program.pools else None
    if type_ is not None and type_.kind == "money":
        places = decimals(type_.unit)
        whole = Decimal(amount).scaleb(-places)
        plain = whole.to_integral_value() if whole == whole.to_integral_value() else whole
        return say("{currency} {amount}", currency=type_.unit, amount=plain)
    return say("{amount}", amount=amount)


def happening_words(replay: Replay, one: Happening) -> Sentence:
    """Return what came about, without its date."""
    program = replay.program
    what = program.accord.label(one.clause)
    return _WORDS[one.edge](program, one, what, _whose(program, one))


Whose = Sentence | str
"""The party or office that a change is about; nothing where it is shared."""
Words = Callable[[Program, Happening, str, Whose], Sentence]


def _whose(program: Program, one: Happening) -> Whose:
    party = party_label(program, one.row)
    duty = program.duties.get(one.clause)
    office = debtor(duty.by, program.parties, one.row) if duty is not None else ""
    if office in program.parties:
        return party
    if not office:
        return party
    label = program.accord.label(office)
    return say("{office}, for {party}", office=label, party=party) if party else label


def _either(shared: Callable[[str], Sentence], own: Callable[[str, Whose], Sentence]) -> Words:
    return lambda _program, _one, what, party: own(what, party) if party else shared(what)


def _raised(program: Program, one: Happening, what: str, party: Whose) -> Sentence:
    due = due_day(program, one.due)
    if due is None:
        if party:
            return say("{what} is owed: {party}", what=what, party=party)
        return say("{what} is owed", what=what)
    if party:
        return say("{what} is owed by {day}: {party}", what=what, day=due, party=party)
    return say("{what} is owed by {day}", what=what, day=due)


def _claimed(program: Program, one: Happening, what: str, party: Whose) -> Sentence:
    return say(
        "{party} owes {what} {amount}",
        party=party,
        what=what,
        amount=amount_words(program, one.pool, one.amount),
    )


def _committed(program: Program, one: Happening, what: str, party: Whose) -> Sentence:
    amount = amount_words(program, one.pool, one.amount)
    if party:
        return say("{what}: {amount} committed to {party}", what=what, amount=amount, party=party)
    return say("{what}: {amount} committed", what=what, amount=amount)


def _short(program: Program, one: Happening, what: str, party: Whose) -> Sentence:
    amount = amount_words(program, one.pool, one.amount)
    if party:
        return say("{what}: {amount} short for {party}", what=what, amount=amount, party=party)
    return say("{what}: {amount} short", what=what, amount=amount)


def _used(program: Program, one: Happening, what: str, party: Whose) -> Sentence:
    if one.clause in program.powers and program.powers[one.clause].vote:
        return say("{what}: carried", what=what)
    if party:
        return say("{what} applies: {party}", what=what, party=party)
    return say("{what} applies", what=what)


def _done(program: Program, one: Happening, what: str, party: Whose) -> Sentence:
    if one.clause in program.pools:
        return say("{what}: contribution received from {party}", what=what, party=party)
    if party:
        return say("{what}: done by {party}", what=what, party=party)
    return say("{what}: done", what=what)


_WORDS: dict[str, Words] = {
    "happens": _either(
        lambda what: say("{what} happens", what=what),
        lambda what, party: say("{what} in {party}", what=what, party=party),
    ),
    "starts": _either(
        lambda what: say("{what} begins", what=what),
        lambda what, party: say("{what} begins in {party}", what=what, party=party),
    ),
    "ends": _either(
        lambda what: say("{what} ends", what=what),
        lambda what, party: say("{what} ends in {party}", what=what, party=party),
    ),
    "opened": _either(
        lambda what: say("{what}: put to the vote", what=what),
        lambda what, party: say("{what}: put to the vote for {party}", what=what, party=party),
    ),
    "refused": _either(
        lambda what: say("{what}: not carried", what=what),
        lambda what, party: say("{what}: not carried for {party}", what=what, party=party),
    ),
    "missed": _either(
        lambda what: say("{what} is missed", what=what),
        lambda what, party: say("{what} is missed: {party}", what=what, party=party),
    ),
    "ended": _either(
        lambda what: say("{what} is no longer owed", what=what),
        lambda what, party: say("{what} is no longer owed: {party}", what=what, party=party),
    ),
    "paid": _either(
        lambda what: say("{what}: paid out", what=what),
        lambda what, party: say("{what}: paid to {party}", what=what, party=party),
    ),
    "unpaid": _either(
        lambda what: say("{what}: a payment is late", what=what),
        lambda what, party: say("{what}: the payment to {party} is late", what=what, party=party),
    ),
    "raised": _raised,
    "claimed": _claimed,
    "committed": _committed,
    "short": _short,
    "used": _used,
    "done": _done,
}
