# SPDX-License-Identifier: Apache-2.0
"""The echo check on other authentic texts: W304, one lacks a paragraph or a figure of a clause.

Only the words are compared; a translation holds no clauses. Figures that the first text lacks too
are E301's.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from pratique.accord.check.clause_quantities import Figure
from pratique.accord.check.echo_index import Index
from pratique.accord.check.echo_sides import Said, Sides
from pratique.accord.document import Document, Paragraph, read_document
from pratique.accord.model import Accord
from pratique.accord.quantities import quantities
from pratique.base.finding import Finding, Span
from pratique.base.text import Sentence, say


def translated(accord: Accord, sides: Sides, translations: Mapping[str, str]) -> list[Finding]:
    """Return W304 for each translation, by its language (`fr`)."""
    return [
        finding
        for language, source in translations.items()
        for finding in _one(accord, sides, language, read_document(source))
    ]


def _one(accord: Accord, sides: Sides, language: str, text: Document) -> Iterator[Finding]:
    there = {paragraph.label: paragraph for paragraph in text.paragraphs()}
    if not there:
        help_ = say("number its articles and paragraphs as in the first text")
        sentence = say("the text in {language} has no numbered paragraphs", language=language)
        yield Finding("W304", sentence, Span(1), help_)
        return
    for said in sides.said.values():
        if said.label not in there:
            yield _absent(said.paragraph, language)
    for label, paragraph in there.items():
        if label not in sides.said:
            yield _added(paragraph, language)
    found = {label: Index(quantities(one.text, language)) for label, one in there.items()}
    yield from _figures(accord, sides, language, (there, found))


def _absent(paragraph: Paragraph, language: str) -> Finding:
    sentence = say(
        "the text in {language} has no paragraph {label}", language=language, label=paragraph.label
    )
    return Finding(
        "W304", sentence, Span(paragraph.line), say("translate it"), article=paragraph.label
    )


def _added(paragraph: Paragraph, language: str) -> Finding:
    sentence = say(
        "the text in {language} has a paragraph {label}, which is not here",
        language=language,
        label=paragraph.label,
    )
    help_ = say("number its articles and paragraphs as in the first text")
    return Finding("W304", sentence, Span(1), help_, note=_line(paragraph))


def _figures(
    accord: Accord,
    sides: Sides,
    language: str,
    texts: tuple[Mapping[str, Paragraph], Mapping[str, Index]],
) -> Iterator[Finding]:
    there, found = texts
    for one in sides.stated:
        own = [said for said in sides.formalised_by(one.clause) if said.label in there]
        for figure in one.figures:
            if figure.asked and any(said.says(figure) for said in own):
                # Only where the first text says it: a paragraph of the fence that does is meant.
                saying = [said for said in own if said.says(figure)]
                if not any(_has(found[said.label], figure) for said in own):
                    yield _lacking(figure, saying[0], language, there[saying[0].label])


def _has(index: Index, figure: Figure) -> bool:
    return any(index.has(meaning) for meaning in figure.meanings)


def _lacking(figure: Figure, said: Said, language: str, paragraph: Paragraph) -> Finding:
    sentence = say(
        "paragraph {label} in {language} does not say `{figure}`",
        label=said.label,
        language=language,
        figure=figure.words,
    )
    help_ = say("make the two texts say the same")
    return Finding("W304", sentence, figure.span, help_, article=said.label, note=_line(paragraph))


def _line(paragraph: Paragraph) -> Sentence:
    return say("there it is on line {line}", line=paragraph.line)
