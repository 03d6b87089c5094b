# SPDX-License-Identifier: Apache-2.0
"""The read-back: each clause of an accord in words, made from the typed clauses, never the prose.

With what other clauses do to it, and what the names in it mean. Nothing here is evaluated.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from pratique.accord.kinds import kinds
from pratique.accord.kinds.body import Body
from pratique.accord.kinds.case import Case
from pratique.accord.kinds.dataset import Dataset
from pratique.accord.kinds.measure import Measure, Series
from pratique.accord.kinds.pool import Pool
from pratique.accord.kinds.procedure import Procedure
from pratique.accord.model import Accord, Typed
from pratique.accord.words.given import given_words
from pratique.accord.words.readback.precedence import subject_words
from pratique.base.moment import date_of
from pratique.base.text import Bare, Code, Either, Label, Sentence, say

_NAME = re.compile(r"[a-z][a-z0-9_]*\Z")


@dataclass(frozen=True, slots=True)
class Readback:
    """One clause read back. `paragraphs` are those that it formalises; `article` 0: an annex.

    `named`: the other clauses whose names stand in it; `glossary` says what these are.
    """

    name: str
    kind: str
    label: str
    article: int
    paragraphs: tuple[str, ...]
    line: int
    sentences: tuple[Sentence, ...]
    named: tuple[str, ...]
    glossary: Sentence | None


def readbacks(accord: Accord) -> tuple[Readback, ...]:
    """Return every clause of an accord read back, in the order of its text."""
    names = [name.word for clause in accord.clauses for name in clause.names]
    return tuple(readback(name, accord) for name in dict.fromkeys(names) if name in accord.typed)


def readback(name: str, accord: Accord) -> Readback:
    """Return one clause of an accord read back."""
    typed = accord.typed[name]
    source = typed.source
    sentences = (*_own(typed, accord), *_earlier_name(typed), *subject_words(name, accord))
    named = tuple(_named(typed, sentences, accord))
    paragraphs = source.paragraphs
    return Readback(
        name,
        source.kind,
        str(typed_label(typed)),
        int(paragraphs[0].partition(".")[0]) if paragraphs else 0,
        paragraphs,
        source.span.line,
        sentences,
        named,
        _glossary(named, _translated(typed, sentences, accord), accord),
    )


def typed_label(typed: Typed) -> str:
    """Return a clause's label; nothing where it is its name in words."""
    plain = typed.name.replace("_", " ")
    return "" if typed.label.casefold() == plain.casefold() else typed.label


def _own(typed: Typed, accord: Accord) -> list[Sentence]:
    reading = kinds()[typed.source.kind].reading(typed)
    if not isinstance(typed, Case):
        return reading
    expected = len(typed.expectations)
    return [*reading[: len(reading) - expected], *_given(typed, accord), *reading[-expected:]]


def _given(case: Case, accord: Accord) -> Iterator[Sentence]:
    for given in case.givens:
        words = given_words(given, accord, case.first_day)
        if given.day == 0:
            yield say("Given: {given}.", given=words)
            continue
        day = date_of(case.first_day + given.day - 1)
        if given.form in ("level", "status"):
            yield say("Given from {day} on: {given}.", day=day, given=words)
        else:
            yield say("Given on {day}: {given}.", day=day, given=words)


def _earlier_name(typed: Typed) -> Iterator[Sentence]:
    if typed.source.was:
        yield say("Before, its name was {name}.", name=Code(typed.source.was))


def own_names(typed: Typed, accord: Accord) -> frozenset[str]:
    """Return the names in a clause that are no clauses: its steps, fields, answers, groups."""
    if isinstance(typed, Case):
        return frozenset()
    found = _codes(kinds()[typed.source.kind].reading(typed))
    own = frozenset(_own_words(typed))
    return frozenset(
        name for name in found if _NAME.match(name) and (name in own or name not in accord.typed)
    )


# --- the names in it ------------------------------------------------------------------------------


def _named(typed: Typed, sentences: Iterable[Sentence], accord: Accord) -> Iterator[str]:
    own = {typed.name, *_own_words(typed)}
    codes = (code for sentence in sentences for code in _codes(sentence))
    return iter(dict.fromkeys(code for code in codes if code in accord.typed and code not in own))


def _own_words(typed: Typed) -> Iterator[str]:
    # Words of the clause's own that may be spelled like another clause's name.
    match typed:
        case Procedure():
            yield from (step.name for step in typed.steps)
            yield from (end.name for end in typed.ends)
            yield from typed.fields
        case Measure(series=Series() as series):
            yield from (series.name, series.disease, series.group, series.detector)
        case Body():
            yield typed.kind
        case Dataset():
            yield from typed.purposes
        case Pool():
            yield from (*typed.tracks, typed.divider)


def _codes(value: object) -> Iterator[str]:
    match value:
        case Code(text):
            yield text
        case Sentence():
            yield from _codes(value.fields)
        case Mapping():
            yield from _codes(tuple(value.values()))
        case Either(items):
            yield from _codes(items)
        case Bare(held):
            yield from _codes(held)
        case tuple() | list():
            for item in value:
                yield from _codes(item)


def _translated(
    typed: Typed, sentences: Iterable[Sentence], accord: Accord
) -> Iterator[tuple[str, Label]]:
    """Iterate over the names in a clause that are no clauses, and what a translation calls them."""
    called, own = accord.called_within(typed.name), {*_own_words(typed)} - {typed.name}
    codes = (code for sentence in sentences for code in _codes(sentence))
    return (
        (code, called[code])
        for code in dict.fromkeys(codes)
        if code in called and (code in own or code not in accord.typed)
    )


def _glossary(
    names: tuple[str, ...], parts: Iterable[tuple[str, Label]], accord: Accord
) -> Sentence | None:
    meanings = [_meaning(accord.typed[name]) for name in names]
    meanings += [
        say("{name} (“{label}”)", name=Code(name), label=Bare(label)) for name, label in parts
    ]
    return say("Names: {meanings}.", meanings=meanings) if meanings else None


def _meaning(typed: Typed) -> Sentence:
    name, label, paragraphs = Code(typed.name), typed_label(typed), places(typed.source.paragraphs)
    if label and paragraphs:
        return say(
            "{name} (“{label}”, {paragraphs})",
            name=name,
            label=Bare(label),
            paragraphs=paragraphs,
        )
    if label:
        return say("{name} (“{label}”)", name=name, label=Bare(label))
    if paragraphs:
        return say("{name} ({paragraphs})", name=name, paragraphs=paragraphs)
    return say("{name}", name=name)


def places(paragraphs: tuple[str, ...]) -> str:
    """Return the labels of paragraphs, the first and last of those that follow one another."""
    split = [label.partition(".") for label in paragraphs]
    numbers = [int(number) for _, _, number in split]
    alone = len({article for article, _, _ in split}) != 1
    if len(numbers) < 2 or alone or numbers != list(range(numbers[0], numbers[-1] + 1)):
        return ", ".join(paragraphs)
    return f"{paragraphs[0]}\N{EN DASH}{paragraphs[-1]}"
