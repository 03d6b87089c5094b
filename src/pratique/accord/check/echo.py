# SPDX-License-Identifier: Apache-2.0
"""The echo check: each figure of a clause stands in its paragraph (E301), each quantity of the
paragraph in a clause (W303).

Finds invented and mistyped figures; not two of one unit put in each other's place. Annexes and
worked cases are exempt.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from pratique.accord.check.clause_quantities import Figure
from pratique.accord.check.echo_index import Index, family, unlikeness
from pratique.accord.check.echo_sides import Said, Sides, sides_of
from pratique.accord.clause import Clause
from pratique.accord.document import Document, Paragraph
from pratique.accord.model import Accord
from pratique.accord.quantities import Quantity, same
from pratique.base.finding import Finding, Span
from pratique.base.text import Sentence, say

_MOST_NAMED = 3
_MOST_WEIGHED = 60
_NEARBY = 3


@dataclass(frozen=True, slots=True)
class _Partner:
    """The quantity of a paragraph that a figure was set against."""

    label: str
    quantity: Quantity
    figure: Figure


Partners = dict[tuple[str, int], _Partner]
"""The quantities that E301 has named, by paragraph and place: W303 does not name them again."""


def echo(accord: Accord, sides: Sides | None = None) -> list[Finding]:
    """Return E301 and W303: what the clauses and the paragraphs of an accord do not say alike."""
    sides = sides or sides_of(accord)
    partners: Partners = {}
    findings = list(_unsaid(sides, partners))
    unclear = _unclear(accord)
    for said in sides.said.values():
        if said.stated and said.label not in unclear:
            findings += _unused(accord.document, said, partners)
    return findings


def _unclear(accord: Accord) -> set[str]:
    """Return the paragraphs under which something could not be read: what it used is not known."""
    lines = {finding.span.line for finding in accord.findings if finding.code.startswith("E1")}
    return {
        label
        for fence in accord.document.fences
        if not lines.isdisjoint(range(fence.line - 1, fence.line + len(fence.lines)))
        for label in fence.paragraphs
    }


# --- E301: a figure of the clause that no paragraph of its fence says -----------------------------


def _unsaid(sides: Sides, partners: Partners) -> Iterator[Finding]:
    for one in sides.stated:
        own = sides.formalised_by(one.clause)
        for figure in one.figures if own else ():
            if figure.asked and not any(said.says(figure) for said in own):
                note = _elsewhere(figure, own, sides)
                partner = _partner(figure, own, partners)
                yield _mismatch(one.clause, figure, own, partner, note)


def _partner(figure: Figure, own: tuple[Said, ...], partners: Partners) -> _Partner | None:
    """Return the unused quantity of the paragraphs that the figure was most likely meant to be."""
    fitting = [
        _Partner(said.label, quantity, figure)
        for said in own
        for quantity in said.quantities[:_MOST_WEIGHED]
        if _may_be_meant(quantity, said, figure, partners)
    ]
    if not fitting:
        return None
    best = min(fitting, key=lambda one: unlikeness(one.quantity, figure.meanings[0]))
    partners.setdefault((best.label, best.quantity.start), best)
    return best


def _may_be_meant(quantity: Quantity, said: Said, figure: Figure, partners: Partners) -> bool:
    if not any(family(quantity) == family(meaning) for meaning in figure.meanings):
        return False
    taken = partners.get((said.label, quantity.start))
    if taken is not None and not same(taken.figure.meanings[0], figure.meanings[0]):
        return False
    return not said.used.has(quantity) and not _is_bare(quantity, said.paragraph)


def _mismatch(
    clause: Clause,
    figure: Figure,
    own: tuple[Said, ...],
    partner: _Partner | None,
    note: Sentence | None,
) -> Finding:
    label = partner.label if partner else own[0].label
    if partner is not None:
        said = _one_line(partner.quantity.text)
        sentence = say(
            "the paragraph says `{words}`, the clause says `{figure}`",
            words=said,
            figure=figure.words,
        )
        help_ = say("change one of the two")
    else:
        sentence = _stray(figure, own)
        help_ = say(
            "say it in the paragraph, take it out of the clause, or put the clause under the"
            " paragraph that says it"
        )
    return Finding("E301", sentence, figure.span, help_, label, note=note, clause=clause.name)


def _stray(figure: Figure, own: tuple[Said, ...]) -> Sentence:
    if len(own) == 1:
        return say(
            "`{figure}` stands in the clause, not in paragraph {label}",
            figure=figure.words,
            label=own[0].label,
        )
    return say(
        "`{figure}` stands in the clause, in none of the paragraphs {labels}",
        figure=figure.words,
        labels=", ".join(said.label for said in own),
    )


def _elsewhere(figure: Figure, own: tuple[Said, ...], sides: Sides) -> Sentence | None:
    """Return where else in the accord the figure stands."""
    apart = {said.label for said in own}
    labels: list[str] = []
    for size in {Index.size(meaning) for meaning in figure.meanings}:
        for said in sides.places.get(size, ()):
            if len(labels) < _MOST_NAMED and said.label not in apart and said.says(figure):
                labels.append(said.label)
    if not labels:
        return None
    if len(labels) == 1:
        return say("it stands in paragraph {label}", label=labels[0])
    return say("it stands in the paragraphs {labels}", labels=", ".join(labels))


# --- W303: a quantity of the paragraph that no clause uses ----------------------------------------


def _unused(document: Document, said: Said, partners: Partners) -> Iterator[Finding]:
    left = [
        quantity
        for quantity in said.quantities
        if not said.used.has(quantity)
        and (said.label, quantity.start) not in partners
        and not _is_bare(quantity, said.paragraph)
    ]
    lines = _places(document, said.paragraph) if left else []
    clause = _accepting(said)
    for quantity in left:
        words = _one_line(quantity.text)
        yield Finding(
            "W303",
            say(
                "paragraph {label} says `{words}`; none of its clauses does",
                label=said.label,
                words=words,
            ),
            _span(said.paragraph, quantity, lines),
            say("put it into a clause of the paragraph, or accept the finding there with a reason"),
            said.label,
            clause=clause.name,
            accepted=clause.accepted.get("W303"),
        )


def _accepting(said: Said) -> Clause:
    """Return the paragraph's clause that accepts the finding, else its first."""
    clauses = [one.clause for one in said.stated]
    return next((clause for clause in clauses if "W303" in clause.accepted), clauses[0])


def _is_bare(quantity: Quantity, paragraph: Paragraph) -> bool:
    """Say whether a number asks for nothing: none, one, or what a rate is counted per."""
    if quantity.kind not in ("count", "number"):
        return False
    before = paragraph.text[max(0, quantity.start - 10) : quantity.start].split()
    return quantity.value in (0, 1) or before[-1:] in (["per"], ["pour"])


def _places(document: Document, paragraph: Paragraph) -> list[tuple[int, int]]:
    """Return the line of the document and the offset in it of each line of a paragraph's text.

    Line 0 where it cannot be found, as the words may have been unwrapped in reading.
    """
    places = []
    at = paragraph.line
    for words in paragraph.text.split("\n"):
        near = range(at, min(at + _NEARBY, len(document.lines) + 1))
        line = next((number for number in near if words in document.lines[number - 1]), 0)
        places.append((line, document.lines[line - 1].index(words) if line else 0))
        at = (line or at) + 1
    return places


def _span(paragraph: Paragraph, quantity: Quantity, lines: list[tuple[int, int]]) -> Span:
    before = paragraph.text[: quantity.start]
    line, offset = lines[before.count("\n")]
    if line == 0:
        return Span(paragraph.line)
    column = offset + quantity.start - before.rfind("\n")
    return Span(line, column, column + len(quantity.text.split("\n")[0]))


def _one_line(words: str) -> str:
    return " ".join(words.split())
