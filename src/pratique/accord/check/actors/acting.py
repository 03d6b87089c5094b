# SPDX-License-Identifier: Apache-2.0
"""Who acts in clauses and their steps, with the time that each has for it; and what prose says of
a clause: its paragraphs, with the heading that they stand under.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from pratique.accord.check.actors.sentences import sentences
from pratique.accord.check.clause_quantities import Figure, clause_figures
from pratique.accord.clause import Clause
from pratique.accord.kinds.duty import Duty
from pratique.accord.kinds.power import Power
from pratique.accord.kinds.procedure import Procedure
from pratique.accord.model import Accord
from pratique.accord.quantities import quantities, same
from pratique.accord.terms.values import Who

_TIMES = ("within", "every")


@dataclass(frozen=True, slots=True)
class Deed:
    """What a clause, or a step of it, makes somebody do; `time` is how long they have for it."""

    clause: Clause
    by: tuple[Who, ...]
    to: tuple[Who, ...] = ()
    time: Figure | None = None
    step: str = ""


def deeds_of(accord: Accord) -> Iterator[Deed]:
    """Iterate over the deeds of the clauses that stand under a paragraph, in order."""
    for clause in accord.clauses:
        typed = accord.typed.get(clause.name)
        if not clause.paragraphs or not isinstance(typed, Duty | Power | Procedure):
            continue
        if typed.source is not clause:
            continue
        if isinstance(typed, Procedure):
            yield Deed(clause, typed.opened_by)
            yield from _steps(typed, accord)
        elif isinstance(typed, Duty):
            yield Deed(clause, typed.by, typed.to, time_in(clause, accord, _TIMES))
        else:
            yield Deed(clause, typed.by)


def _steps(procedure: Procedure, accord: Accord) -> Iterator[Deed]:
    clause = procedure.source
    figures = clause_figures(clause, _language(accord)) if procedure.steps else ()
    for step in procedure.steps:
        text = clause.fields[f"step {step.name}"].text
        lines = {line for line, _, _ in text.pieces}
        timed = step.clock.within is not None
        own = (one for one in figures if one.span.line in lines and _is_time(one))
        yield Deed(clause, step.by, (), next(own, None) if timed else None, step.name)


def time_in(clause: Clause, accord: Accord, names: Sequence[str]) -> Figure | None:
    """Return the first time that some fields of a clause state."""
    fields = [clause.fields[name] for name in names if name in clause.fields]
    lines = {line for field in fields for line, _, _ in field.text.pieces}
    figures = clause_figures(clause, _language(accord)) if lines else ()
    return next((one for one in figures if one.span.line in lines and _is_time(one)), None)


def _is_time(figure: Figure) -> bool:
    return figure.meanings[0].kind == "duration"


def _language(accord: Accord) -> str:
    return accord.document.setting("language", "en")


@dataclass(frozen=True, slots=True)
class Words:
    """What is said of a clause: the text of its paragraphs, and what pronouns in it go back to."""

    text: str
    before: str


def words_of(accord: Accord, clause: Clause) -> Words:
    """Return what the paragraphs of a clause say.

    Where one begins with a pronoun, what stands before it in its Article says who is meant.
    """
    texts: list[str] = []
    before: list[str] = []
    for article in accord.document.articles:
        for number, paragraph in enumerate(article.paragraphs):
            if f"{article.number}.{paragraph.number}" in clause.paragraphs:
                texts.append(paragraph.text)
                if paragraph.text.startswith(_PRONOUNS):
                    before.append(article.title)
                    before += [article.paragraphs[number - 1].text] if number else []
    return Words("\n".join(texts), "\n".join(before))


_PRONOUNS = ("It ", "They ", "Its ", "Their ", "Il ", "Elle ", "Ils ", "Elles ")


def own_sentences(deed: Deed, deeds: Iterable[Deed], words: Words) -> list[str]:
    """Return the sentences that say the time of a deed.

    Where as many deeds of its block have that time as sentences say it, each has its own.
    """
    if deed.time is None:
        return []
    saying = sentences_saying(deed.time, words)
    alike = [
        other
        for other in deeds
        if other.clause.paragraphs == deed.clause.paragraphs
        and other.time is not None
        and same(other.time.meanings[0], deed.time.meanings[0])
    ]
    return [saying[alike.index(deed)]] if len(alike) == len(saying) else saying


def sentences_saying(time: Figure, words: Words) -> list[str]:
    """Return the sentences that say a time."""
    return [
        sentence
        for sentence in sentences(words.text)
        if any(same(one, time.meanings[0]) for one in quantities(sentence, "en"))
    ]
