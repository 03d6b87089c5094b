# SPDX-License-Identifier: Apache-2.0
"""What a worked case or a story tells, in plain words: who does what, which figure stands where."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from pratique.accord.fields.told import Given
from pratique.accord.kinds.measure import Measure
from pratique.accord.kinds.procedure import Procedure
from pratique.accord.words.phrases import value_words
from pratique.base.moment import date_of, day_from_iso
from pratique.base.text import Sentence, say

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
            return _use(who, what, party)
        case "opened":
            return _with(say("{procedure}: {who} opens a case", who=who, procedure=what), given)
        case "done":
            return _with(_done(given, accord, who, what), given)
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


def _use(who: str, power: str, party: str) -> Sentence:
    if party:
        return say("{who} uses {power} for {party}", who=who, power=power, party=party)
    return say("{who} uses {power}", who=who, power=power)


def _done(given: Given, accord: Accord, who: str, what: str) -> Sentence:
    procedure = accord.typed[given.name]
    if isinstance(procedure, Procedure):
        labels = {step.name: step.label for step in procedure.steps}
        step = labels.get(given.step, given.step.replace("_", " "))
        if who:
            return say("{procedure}: {step} is done by {who}", who=who, procedure=what, step=step)
        return say("{procedure}: {step} is done", procedure=what, step=step)
    if who:
        return say("{what}: done by {party}", party=who, what=what)
    return say("{what}: done", what=what)


def _with(sentence: Sentence, given: Given) -> Sentence:
    if not given.answers:
        return sentence
    fields: Sentence | None = None
    for name, value in given.answers:
        field = say("{field} {value}", field=name.replace("_", " "), value=_shown(value))
        fields = field if fields is None else say("{fields}; {field}", fields=fields, field=field)
    return say("{sentence} ({fields})", sentence=sentence, fields=fields)


def _shown(value: str | int) -> object:
    if isinstance(value, int):
        return value
    try:
        return date_of(day_from_iso(value))
    except ValueError:
        return say("“{words}”", words=value) if " " in value else value.replace("_", " ")
