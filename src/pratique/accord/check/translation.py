# SPDX-License-Identifier: Apache-2.0
"""The check on other authentic texts: W304, one lacks a paragraph or a figure, or labels amiss.

Only the words are compared; a translation holds no clauses. Figures that the first text lacks too
are E301's. In a language that is not read only numbers in digits are compared, without their units.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches

from pratique.accord.check.clause_quantities import Figure
from pratique.accord.check.echo_index import Index
from pratique.accord.check.echo_sides import Said, Sides
from pratique.accord.document import Document, Paragraph, read_document
from pratique.accord.labels import MOST_LABEL, read_labels, takers
from pratique.accord.model import Accord
from pratique.accord.quantities import is_read, quantities
from pratique.accord.quantities.digits import Digits
from pratique.base.finding import Finding, Span
from pratique.base.text import Sentence, say


@dataclass(frozen=True, slots=True)
class _Other:
    """Another text: its paragraphs by label; whether its units and number words are understood."""

    language: str
    is_read: bool
    there: Mapping[str, Paragraph]

    def index(self) -> dict[str, Index | Digits]:
        """Return what each paragraph says."""
        return {label: self.said(one) for label, one in self.there.items()}

    def said(self, paragraph: Paragraph) -> Index | Digits:
        """Return what a paragraph says, as far as the language is read."""
        if not self.is_read:
            return Digits(paragraph.text)
        return Index(quantities(paragraph.text, self.language))

    def asks(self, figure: Figure, said: Said) -> bool:
        """Say whether a figure that the first text says is looked for here.

        Of a number in words there, a language that is not read may have words too.
        """
        return self.is_read or _has(Digits(said.paragraph.text), figure)


def translated(accord: Accord, sides: Sides, translations: Mapping[str, str]) -> list[Finding]:
    """Return W304 for each translation, by its language (`fr`)."""
    return [
        finding
        for language, source in translations.items()
        for text in (read_document(source),)
        for finding in (*_one(sides, language, text), *_labels(accord, language, text))
    ]


def _one(sides: Sides, language: str, text: Document) -> Iterator[Finding]:
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
    yield from _figures(sides, _Other(language, is_read(language), there))


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


def _figures(sides: Sides, other: _Other) -> Iterator[Finding]:
    found = other.index()
    for one in sides.stated:
        own = [said for said in sides.formalised_by(one.clause) if said.label in other.there]
        for figure in one.figures:
            # Only where the first text says it: a paragraph of the fence that does is meant.
            saying = [said for said in own if figure.asked and said.says(figure)]
            asking = [said for said in saying if other.asks(figure, said)]
            if asking and not any(_has(found[said.label], figure) for said in own):
                yield _lacking(figure, asking[0], other)


def _labels(accord: Accord, language: str, text: Document) -> Iterator[Finding]:
    labels = read_labels(text)
    for line, number in labels.unread:
        sentence = say(
            "`{line}` among the labels in {language} cannot be read", line=line, language=language
        )
        help_ = say("write `name: label`, the label of at most {most} characters", most=MOST_LABEL)
        yield _of_label(sentence, help_, number)
    for name, number in labels.twice:
        sentence = say("the labels in {language} give `{name}` twice", language=language, name=name)
        yield _of_label(sentence, say("keep one"), number)
    # Of a text that is not read whole it is not known which clauses it has.
    known = takers(accord) if labels.given and accord.is_sound else None
    for name in labels.given:
        if known is not None and name not in known:
            sentence = say(
                "`{name}` among the labels in {language} is no name or part of a clause",
                name=name,
                language=language,
            )
            help_ = _near(name, known)
            yield _of_label(sentence, help_, labels.lines[name])


def _near(name: str, known: Collection[str]) -> Sentence:
    clause, dot, _ = name.partition(".")
    parts = [one for one in known if dot and one.startswith(f"{clause}.")]
    near = get_close_matches(name, parts or known, n=1)
    if near:
        return say("did you mean `{near}`?", near=near[0])
    if parts:
        return say("defined here: {names}", names=", ".join(sorted(parts)[:8]))
    return say("labels are for clauses, for names in them, and for `clause.must` and the like")


def _of_label(sentence: Sentence, help_: Sentence, line: int) -> Finding:
    return Finding(
        "W304", sentence, Span(1), help_, note=say("there it is on line {line}", line=line)
    )


def _has(index: Index | Digits, figure: Figure) -> bool:
    return any(index.has(meaning) for meaning in figure.meanings)


def _lacking(figure: Figure, said: Said, other: _Other) -> Finding:
    sentence = say(
        "paragraph {label} in {language} does not say `{figure}`",
        label=said.label,
        language=other.language,
        figure=figure.words,
    )
    paragraph = other.there[said.label]
    note = _line(paragraph) if other.is_read else _line_of_digits(paragraph, other.language)
    help_ = say("make the two texts say the same")
    return Finding("W304", sentence, figure.span, help_, article=said.label, note=note)


def _line(paragraph: Paragraph) -> Sentence:
    return say("there it is on line {line}", line=paragraph.line)


def _line_of_digits(paragraph: Paragraph, language: str) -> Sentence:
    return say(
        "there it is on line {line}; of a text in {language} only numbers in digits are compared,"
        " not their units and no number in words",
        line=paragraph.line,
        language=language,
    )
