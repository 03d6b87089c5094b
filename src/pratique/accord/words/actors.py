# SPDX-License-Identifier: Apache-2.0
"""Whom a clause names, as nouns."""

from __future__ import annotations

from collections.abc import Iterable

from pratique.accord.terms.values import Who
from pratique.accord.words.phrases import condition_words
from pratique.base.text import Bare, Code, Sentence, say


def who_words(who: Iterable[Who]) -> Sentence:
    """Return the actors that a clause names, as a noun."""
    actors = [actor_words(one) for one in who]
    return actors[0] if len(actors) == 1 else _several(actors)


_FORMS: dict[str, Sentence] = {
    "that": say("that Party"),
    "other": say("the other Parties"),
    "each": say("each Party"),
    "all": say("all Parties"),
    "any": say("any Party"),
    "anyone": say("anyone"),
}


def actor_words(who: Who) -> Sentence:
    """Return one actor, as a noun."""
    match who.form:
        case "named":
            return _several([Code(name) for name in who.names])
        case "people":
            return say("persons of the class {people}", people=Code(who.names[0]))
        case "chair":
            return say("the chair of {body}", body=Code(who.names[0]))
        case "field":
            return say("the Party that {field} names", field=Bare(Code(who.names[0])))
        case "group":
            return say("the Parties in {group}", group=Bare(Code(who.group)))
        case "where":
            return _where(who)
    return _FORMS[who.form]


def _where(who: Who) -> Sentence:
    if who.condition is None:
        return say("the Parties")
    condition = condition_words(who.condition)
    if who.group:
        group = Bare(Code(who.group))
        return say(
            "each Party in {group} for which ({condition})", group=group, condition=condition
        )
    return say("each Party for which ({condition})", condition=condition)


def _several(actors: list[Sentence] | list[Code]) -> Sentence:
    return say("{actors}", actors=actors) if actors else say("somebody not named")
