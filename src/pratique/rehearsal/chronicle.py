# SPDX-License-Identifier: Apache-2.0
"""What came about, put into sentences: one a happening, dated, with the article it rests on."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from decimal import Decimal
from fractions import Fraction

from pratique.accord.kinds.procedure import Procedure
from pratique.accord.program import Program
from pratique.accord.terms.values import Leave
from pratique.accord.words.phrases import value_words
from pratique.base.moment import NEVER, Moment, date_of
from pratique.base.money import decimals
from pratique.base.text import Sentence, say
from pratique.engine.happening import Happening
from pratique.rehearsal.offices import debtor
from pratique.rehearsal.replay import Replay


def told_happening(replay: Replay, one: Happening) -> Sentence:
    """Return a dated sentence that says what came about, and why where a detector says so."""
    told = _dated(replay, one)
    for place, why in enumerate(_reasons(replay, one)):
        told = say("{told}. {why}", told=told, why=why) if place == 0 else _also(told, why)
    return told


def _also(told: Sentence, why: Sentence) -> Sentence:
    return say("{told} {why}", told=told, why=why)


def _reasons(replay: Replay, one: Happening) -> tuple[Sentence, ...]:
    if one.edge != "happens":
        return ()
    party = replay.program.parties[one.row] if one.row >= 0 else None
    return replay.history.because(one.clause, party, one.moment)


def _dated(replay: Replay, one: Happening) -> Sentence:
    day, words = iso(replay.program, one.moment), happening_words(replay.program, one)
    clause = replay.program.accord.typed.get(clause_of(one))
    paragraphs = clause.source.paragraphs if clause is not None else ()
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


def clause_of(one: Happening) -> str:
    """Return the clause that a change is of: of a step or end, its procedure."""
    return one.clause.partition(".")[0]


def without_echoes(program: Program, happenings: Iterable[Happening]) -> list[Happening]:
    """Return what came about without what says it again: a step's changes are its procedure's too.

    A procedure is missed with each of its steps, and done with its last step or end.
    """
    return [
        one
        for one in happenings
        if one.clause not in program.procedures or one.edge not in ("missed", "done")
    ]


def happening_words(program: Program, one: Happening) -> Sentence:
    """Return what came about, without its date."""
    return together_words(program, [one])


def together_words(program: Program, ones: Sequence[Happening]) -> Sentence:
    """Return what came about alike in several parties at once, without its date."""
    one = ones[0]
    whole, _, part = one.clause.partition(".")
    what = program.accord.label(whole)
    procedure = program.procedures.get(whole)
    if procedure is None:
        return _WORDS[one.edge](program, one, what, _whose(program, ones))
    party = _listed([party_label(program, each.row) for each in ones])
    words = _CASE_WORDS.get(one.edge)
    if words is None:
        return _WORDS[one.edge](program, one, what, party)
    return words(what, part_label(procedure, part), party, part in _steps(procedure))


def alike(one: Happening) -> tuple[object, ...]:
    """Return what happenings share that one sentence may tell together."""
    amounts = (one.row, one.amount) if one.amount else ()
    return (one.moment, one.clause, one.edge, one.due, *amounts)


def _steps(procedure: Procedure) -> dict[str, str]:
    return {step.name: step.label for step in procedure.steps}


def part_label(procedure: Procedure, part: str) -> str:
    """Return the label of a procedure's step, or its end's name in words."""
    return procedure.part_label(part)


Whose = Sentence | str | list[str]
"""The parties or the office that a change is about; nothing where it is shared."""
Words = Callable[[Program, Happening, str, Whose], Sentence]


def _whose(program: Program, ones: Sequence[Happening]) -> Whose:
    duty = program.duties.get(ones[0].clause)
    parties = _listed([party_label(program, one.row) for one in ones])
    office = debtor(duty.by, program.parties, ones[0].row) if duty is not None else ""
    if not office or office in program.parties:
        return parties
    label = program.accord.label(office)
    return say("{office}, for {party}", office=label, party=parties) if parties else label


def _listed(labels: list[str]) -> str | list[str]:
    named = [label for label in labels if label]
    return named[0] if len(named) == 1 else named or ""


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
        party=program.accord.label(one.by) if one.row < 0 and one.by else party,
        what=what,
        amount=amount_words(program, one.pool, one.amount),
    )


def _committed(program: Program, one: Happening, what: str, party: Whose) -> Sentence:
    amount = amount_words(program, one.pool, one.amount)
    if party:
        return say("{what}: {amount} committed to {party}", what=what, amount=amount, party=party)
    return say("{what}: {amount} committed", what=what, amount=amount)


def _held(program: Program, one: Happening, what: str, party: Whose) -> Sentence:
    amount = amount_words(program, one.pool, one.amount)
    if party:
        return say("{what}: {amount} held for {party}", what=what, amount=amount, party=party)
    return say("{what}: {amount} held", what=what, amount=amount)


def _released(program: Program, one: Happening, what: str, party: Whose) -> Sentence:
    amount = amount_words(program, one.pool, one.amount)
    if party:
        return say(
            "{what}: {amount} no longer held for {party}", what=what, amount=amount, party=party
        )
    return say("{what}: {amount} no longer held", what=what, amount=amount)


def _owes(program: Program, one: Happening, what: str, party: Whose) -> Sentence:
    assert one.type is not None
    payer = program.accord.label(one.by) if one.row < 0 and one.by else party
    amount = value_words(Fraction(one.amount), one.type)
    if one.to:
        whom = program.accord.label(one.to)
        return say(
            "{what}: {party} owes {whom} {amount}",
            what=what,
            party=payer,
            whom=whom,
            amount=amount,
        )
    return say("{what}: {party} owes {amount}", what=what, party=payer, amount=amount)


def _paid(program: Program, one: Happening, what: str, party: Whose) -> Sentence:
    if one.clause not in program.pools:
        if party:
            return say("{what}: paid by {party}", what=what, party=party)
        return say("{what}: paid", what=what)
    if program.pools[one.clause].type.kind != "money":
        if party:
            return say("{what}: sent to {party}", what=what, party=party)
        return say("{what}: sent out", what=what)
    if party:
        return say("{what}: paid to {party}", what=what, party=party)
    return say("{what}: paid out", what=what)


def _unpaid(program: Program, one: Happening, what: str, party: Whose) -> Sentence:
    if not party:
        return say("{what}: a payment is late", what=what)
    if one.clause not in program.pools:
        return say("{what}: the payment of {party} is late", what=what, party=party)
    return say("{what}: the payment to {party} is late", what=what, party=party)


def _short(program: Program, one: Happening, what: str, party: Whose) -> Sentence:
    amount = amount_words(program, one.pool, one.amount)
    if party:
        return say("{what}: {amount} short for {party}", what=what, amount=amount, party=party)
    return say("{what}: {amount} short", what=what, amount=amount)


def _used(program: Program, one: Happening, what: str, party: Whose) -> Sentence:
    clause = program.powers.get(one.clause) or program.rules.get(one.clause)
    if party and clause and any(isinstance(effect, Leave) for effect in clause.effects):
        return say("{what}: no longer bound are {party}", what=what, party=party)
    if one.clause in program.powers and program.powers[one.clause].notice:
        if party:
            return say("{what} takes effect: {party}", what=what, party=party)
        return say("{what} takes effect", what=what)
    if one.clause in program.powers and program.powers[one.clause].vote:
        return say("{what}: carried", what=what)
    if party:
        return say("{what} applies: {party}", what=what, party=party)
    return say("{what} applies", what=what)


def _opened(program: Program, one: Happening, what: str, party: Whose) -> Sentence:
    power = program.powers.get(one.clause)
    if power is not None and power.vote is None:
        if party:
            return say("{what}: notice is given by {party}", what=what, party=party)
        return say("{what}: notice is given", what=what)
    if party:
        return say("{what}: put to the vote for {party}", what=what, party=party)
    return say("{what}: put to the vote", what=what)


def _refused(program: Program, one: Happening, what: str, party: Whose) -> Sentence:
    power = program.powers.get(one.clause)
    if power is not None and (power.notice or power.confirmed_by):
        if party:
            return say("{what} comes to nothing: {party}", what=what, party=party)
        return say("{what} comes to nothing", what=what)
    if party:
        return say("{what}: not carried for {party}", what=what, party=party)
    return say("{what}: not carried", what=what)


def _done(program: Program, one: Happening, what: str, party: Whose) -> Sentence:
    if one.clause in program.pools:
        if not party:
            return say("{what}: contribution received", what=what)
        return say("{what}: contribution received from {party}", what=what, party=party)
    if party:
        return say("{what}: done by {party}", what=what, party=party)
    return say("{what}: done", what=what)


# --- cases of procedures --------------------------------------------------------------------------


def _case_opened(what: str, _part: str, party: Whose, _is_step: bool) -> Sentence:
    if party:
        return say("{what}: a case is opened for {party}", what=what, party=party)
    return say("{what}: a case is opened", what=what)


def _part_done(what: str, part: str, party: Whose, is_step: bool) -> Sentence:
    said = {"what": what, "part": part, "party": party}
    match is_step, bool(party):
        case True, True:
            return say("{what}, {party}: {part} is done", **said)
        case True, False:
            return say("{what}: {part} is done", what=what, part=part)
        case _, True:
            return say("{what}, {party}: closed with {part}", **said)
    return say("{what}: closed with {part}", what=what, part=part)


def _part_missed(what: str, part: str, party: Whose, _is_step: bool) -> Sentence:
    if party:
        return say("{what}, {party}: {part} is missed", what=what, party=party, part=part)
    return say("{what}: {part} is missed", what=what, part=part)


_CASE_WORDS = {"opened": _case_opened, "done": _part_done, "missed": _part_missed}


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
    "opened": _opened,
    "refused": _refused,
    "missed": _either(
        lambda what: say("{what} is missed", what=what),
        lambda what, party: say("{what} is missed: {party}", what=what, party=party),
    ),
    "ended": _either(
        lambda what: say("{what} is no longer owed", what=what),
        lambda what, party: say("{what} is no longer owed: {party}", what=what, party=party),
    ),
    "paid": _paid,
    "unpaid": _unpaid,
    "held": _held,
    "released": _released,
    "owes": _owes,
    "would_have_fired": _either(
        lambda what: say("{what}: late figures show that it would have applied", what=what),
        lambda what, party: say(
            "{what}: late figures show that it would have applied to {party}",
            what=what,
            party=party,
        ),
    ),
    "reported_late": _either(
        lambda what: say("{what}: it had been done in time, and was reported late", what=what),
        lambda what, party: say(
            "{what}: it had been done in time by {party}, and was reported late",
            what=what,
            party=party,
        ),
    ),
    "raised": _raised,
    "claimed": _claimed,
    "committed": _committed,
    "short": _short,
    "used": _used,
    "done": _done,
}
