# SPDX-License-Identifier: Apache-2.0
"""What a worked case or a story tells, in plain words: who does what, which figure stands where."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from typing import TYPE_CHECKING

from pratique.accord.fields.procedures import PARTY
from pratique.accord.fields.told import Given
from pratique.accord.kinds.measure import Measure
from pratique.accord.kinds.people import People
from pratique.accord.kinds.pool import Pool
from pratique.accord.kinds.power import Power
from pratique.accord.kinds.procedure import Procedure
from pratique.accord.terms.values import Draw, Hold, ValueType
from pratique.accord.words.phrases import value_words
from pratique.base.moment import date_of, day_from_iso
from pratique.base.money import minor_units
from pratique.base.text import Bare, Sentence, say

if TYPE_CHECKING:
    from pratique.accord.model import Accord

_Words = Sentence | str


def given_words(given: Given, accord: Accord, first_day: int) -> Sentence:
    """Return what is given in words, without its day; `first_day` is day 1 of the case."""
    what, who = accord.label(given.name), accord.label(given.who)
    party = accord.parties[given.party].label if given.party >= 0 else ""
    match given.form:
        case "level":
            return _level(given, accord, party, first_day)
        case "event" | "status":
            return _comes_about(given.form, what, party)
        case "vote" | "silent":
            return _ballot(given, who, what)
        case "use":
            return _with(_use(given, accord, party), given, accord)
        case "opened":
            return _with(_opened(given, accord), given, accord)
        case "done":
            return _with(_done(given, accord, who, what), given, accord)
    return _CONSENTS[given.form](who)


_CONSENTS: dict[str, Callable[[str], Sentence]] = {
    "signed": lambda who: say("{who} signs", who=who),
    "ratified": lambda who: say("{who} ratifies", who=who),
    "left": lambda who: say("{who} withdraws", who=who),
}


def _comes_about(form: str, what: str, party: str) -> Sentence:
    match form, bool(party):
        case "event", True:
            return say("{event} in {party}", event=what, party=party)
        case "event", False:
            return say("{event} happens", event=what)
        case _, True:
            return say("{status} holds in {party}", status=what, party=party)
    return say("{status} holds", status=what)


def _level(given: Given, accord: Accord, party: str, first_day: int) -> Sentence:
    measure = accord.typed[given.name]
    assert isinstance(measure, Measure)
    value: _Words = say("unknown")
    if given.value is not None:
        value = value_words(given.value, measure.type)
    if given.weekly:
        value = say("{value}, each week", value=value)
    if given.until:
        until = date_of(first_day + given.until - 1)
        value = say("{value}, until {day}", value=value, day=until)
    if party:
        return say("{measure} of {party}: {value}", measure=measure.label, party=party, value=value)
    return say("{measure}: {value}", measure=measure.label, value=value)


def _ballot(given: Given, who: str, power: str) -> Sentence:
    match given.form, given.ballot, bool(given.name):
        case "silent", _, _:
            return say("{who} does not answer in votes", who=who)
        case _, "yes", True:
            return say("{who} votes yes: {power}", who=who, power=power)
        case _, "no", True:
            return say("{who} votes no: {power}", who=who, power=power)
        case _, _, True:
            return say("{who} abstains: {power}", who=who, power=power)
        case _, "yes", False:
            return say("{who} votes yes", who=who)
        case _, "no", False:
            return say("{who} votes no", who=who)
    return say("{who} abstains", who=who)


def _opened(given: Given, accord: Accord) -> Sentence:
    procedure, who = accord.label(given.name), accord.label(given.who)
    if not given.who:
        return say("{procedure}: somebody opens a case", procedure=Bare(procedure))
    if _are_people(given.who, accord):
        return say("{procedure}: a case is opened by {who}", who=who, procedure=Bare(procedure))
    return say("{procedure}: {who} opens a case", who=who, procedure=Bare(procedure))


def _use(given: Given, accord: Accord, party: str) -> Sentence:
    power, who = accord.label(given.name), accord.label(given.who)
    if _are_people(given.who, accord):
        # A class of persons is named in the plural.
        if party:
            return say("{power} is used by {who} for {party}", who=who, power=power, party=party)
        return say("{power} is used by {who}", who=who, power=power)
    if party:
        return say("{who} uses {power} for {party}", who=who, power=power, party=party)
    return say("{who} uses {power}", who=who, power=power)


def _are_people(name: str, accord: Accord) -> bool:
    return isinstance(accord.typed.get(name), People)


def _done(given: Given, accord: Accord, who: str, what: str) -> Sentence:
    procedure = accord.typed[given.name]
    if isinstance(procedure, Procedure):
        step = procedure.part_label(given.step)
        if who:
            return say(
                "{procedure}: {step} is done by {who}", who=who, procedure=what, step=Bare(step)
            )
        return say("{procedure}: {step} is done", procedure=what, step=Bare(step))
    if who:
        return say("{what}: done by {party}", party=who, what=what)
    return say("{what}: done", what=what)


# --- what an act says -----------------------------------------------------------------------------


def _with(sentence: Sentence, given: Given, accord: Accord) -> Sentence:
    if not given.answers:
        return sentence
    fields: Sentence | None = None
    for name, value in given.answers:
        field = say("{field} {value}", field=Bare(_part(given, name, accord)),
                    value=_answer(given, name, value, accord))  # fmt: skip
        fields = field if fields is None else say("{fields}; {field}", fields=fields, field=field)
    return say("{sentence} ({fields})", sentence=sentence, fields=fields)


def _part(given: Given, name: str, accord: Accord) -> str:
    clause = accord.typed.get(given.name)
    return clause.part_label(name) if isinstance(clause, Procedure) else name.replace("_", " ")


def _answer(given: Given, name: str, value: str | int, accord: Accord) -> object:
    """Return what is said in a field, as its type is written; answers are as acts write them."""
    clause = accord.typed.get(given.name)
    number = _number(value)
    if isinstance(clause, Power) and number is not None:
        type_ = _amount_type(clause, accord)
        return value_words(number, type_) if type_ is not None else value
    spec = clause.fields.get(name) if isinstance(clause, Procedure) else None
    if spec is None:
        return _shown(value)
    if spec.type.kind == "choice":
        return Bare(_part(given, str(value), accord))
    if spec.type == PARTY:
        return accord.label(str(value))
    match spec.type.kind:
        case "percent" if number is not None:
            return value_words(number / 100, spec.type)
        case "money" if number is not None:
            return value_words(minor_units(number, spec.type.unit), spec.type)
        case "count" | "number" if number is not None:
            return value_words(number, spec.type)
    return _shown(value)


def _number(value: str | int) -> Fraction | None:
    try:
        return Fraction(value)
    except ValueError:
        return None


def _amount_type(power: Power, accord: Accord) -> ValueType | None:
    """Return of what type the amounts are that a use of a power says: of the pool it draws from."""
    for effect in power.effects:
        if isinstance(effect, Draw | Hold) and effect.up_to:
            pool = accord.typed.get(effect.pool)
            return pool.type if isinstance(pool, Pool) else None
    return None


def _shown(value: str | int) -> object:
    if isinstance(value, int):
        return value
    try:
        return date_of(day_from_iso(value))
    except ValueError:
        return say("“{words}”", words=value) if " " in value else value.replace("_", " ")
