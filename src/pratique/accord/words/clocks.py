# SPDX-License-Identifier: Apache-2.0
"""When something is due, as whole sentences."""

from __future__ import annotations

from collections.abc import Iterator

from pratique.accord.terms.values import Clock, EdgeRef
from pratique.accord.words.changes import changed_words
from pratique.accord.words.phrases import condition_words
from pratique.base.moment import date_of
from pratique.base.text import Bare, Code, Sentence, say


def clock_words(clock: Clock | None, procedure: str = "") -> Iterator[Sentence]:
    """Iterate over when something is due by a clock; `procedure`: whose step it is."""
    if clock is None:
        return
    if clock.within is not None:
        yield _within(clock, procedure)
    if clock.otherwise is not None and clock.when is not None:
        yield say(
            "It is due within {time} instead when {condition}.",
            time=clock.otherwise,
            condition=condition_words(clock.when),
        )
    if clock.before is not None:
        yield say("It is due before {day}.", day=date_of(clock.before))
    if clock.before_field:
        yield say(
            "It is due before the day that {field} gives.", field=Bare(Code(clock.before_field))
        )


def _within(clock: Clock, procedure: str) -> Sentence:
    time = clock.within
    if clock.of_step and clock.of_step == procedure:
        return say("It is due within {time} of the opening.", time=time)
    if clock.of_step:
        return say("It is due within {time} of {step}.", time=time, step=Code(clock.of_step))
    if clock.of is not None:
        change = _last(clock.of)
        return say("It is due within {time} of when {change}.", time=time, change=change)
    return say("It is due within {time}.", time=time)


def _last(change: EdgeRef) -> Sentence:
    name = changed_words(change)
    match change.edge:
        case "starts":
            return say("{name} last started", name=name)
        case "ends":
            return say("{name} last ended", name=name)
        case "done":
            return say("{name} was last done", name=name)
        case "missed":
            return say("{name} was last missed", name=name)
        case "used":
            return say("{name} was last used", name=name)
        case "refused":
            return say("{name} was last refused", name=name)
        case "opened":
            return say("{name} was last opened", name=name)
        case _:
            return say("{name} last happened", name=name)
