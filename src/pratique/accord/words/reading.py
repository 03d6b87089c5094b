# SPDX-License-Identifier: Apache-2.0
"""The typed pieces of clauses in plain words; the door to actors, clocks, effects and votes.

Whole phrases with phrases as their fields, so that every language keeps its own order. Which
sentences a clause has is its kind's business; nothing here is evaluated.
"""

from __future__ import annotations

from pratique.accord.fields.triggers import Trigger
from pratique.accord.terms.values import Limit
from pratique.accord.words.actors import who_words
from pratique.accord.words.changes import change_coming
from pratique.accord.words.clocks import clock_words
from pratique.accord.words.effects import effect_words
from pratique.accord.words.phrases import condition_words
from pratique.accord.words.votes import silence_words, vote_words
from pratique.base.text import Code, Either, Sentence, say, say_count

__all__ = [
    "clock_words",
    "condition_words",
    "effect_words",
    "limit_words",
    "overrides_words",
    "silence_words",
    "trigger_words",
    "vote_words",
    "who_words",
]


def trigger_words(trigger: Trigger) -> Sentence:
    """Return what sets a clause off, as a whole sentence."""
    if trigger.when is not None:
        condition = condition_words(trigger.when)
        if trigger.when.per_party:
            return say("This applies to each Party for which {condition}.", condition=condition)
        return say("This applies when {condition}.", condition=condition)
    if trigger.on:
        changes = Either(tuple(change_coming(edge) for edge in trigger.on))
        return say("This follows when {changes}.", changes=changes)
    return say("This applies at any time.")


def overrides_words(overridden: tuple[str, ...]) -> list[Sentence]:
    """Return which clauses stand back where one applies; nothing where none does."""
    if not overridden:
        return []
    clauses = [Code(name) for name in overridden]
    return [say("Where this applies, it takes the place of {clauses}.", clauses=clauses)]


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
