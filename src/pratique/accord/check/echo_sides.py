# SPDX-License-Identifier: Apache-2.0
"""The two sides of the echo check: what paragraphs say, what their clauses state and use.

Compares nothing itself. Worked cases and clauses of annexes state nothing here.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from pratique.accord.check.clause_quantities import Figure, clause_figures
from pratique.accord.check.echo_index import Index, Size, run_sums, totals
from pratique.accord.check.syntax import names_read, norms_of, trees_of
from pratique.accord.clause import Clause
from pratique.accord.document import Document, Paragraph
from pratique.accord.kinds.term import NamedTerm
from pratique.accord.model import Accord
from pratique.accord.quantities import Quantity, quantities


@dataclass(frozen=True, slots=True)
class Stated:
    """A clause with its figures; `reached` are those of the terms that it names."""

    clause: Clause
    figures: tuple[Figure, ...]
    reached: tuple[Figure, ...]


@dataclass(frozen=True, slots=True)
class Said:
    """A paragraph with its quantities, the clauses that formalise it, and what these use."""

    paragraph: Paragraph
    quantities: tuple[Quantity, ...]
    index: Index
    stated: tuple[Stated, ...]
    used: Index

    @property
    def label(self) -> str:
        """The paragraph's number as printed."""
        return self.paragraph.label

    def says(self, figure: Figure) -> bool:
        """Say whether a figure stands in the paragraph."""
        return any(self.index.has(meaning) for meaning in figure.meanings)


@dataclass(frozen=True, slots=True)
class Sides:
    """Both sides of an accord. `said` is by label; `places`: who says a quantity of a size."""

    said: dict[str, Said]
    stated: tuple[Stated, ...]
    places: dict[Size, list[Said]] = field(default_factory=dict)

    def formalised_by(self, clause: Clause) -> tuple[Said, ...]:
        """Return the paragraphs that a clause formalises."""
        labels = dict.fromkeys(clause.paragraphs)
        return tuple(self.said[label] for label in labels if label in self.said)


def sides_of(accord: Accord) -> Sides:
    """Return what the paragraphs of an accord say, and what its clauses state."""
    stated = tuple(_stated(accord))
    under: dict[str, list[Stated]] = {}
    for one in stated:
        for label in dict.fromkeys(one.clause.paragraphs):
            under.setdefault(label, []).append(one)
    sides = Sides(_said(accord.document, under), stated)
    for said in sides.said.values():
        for size in said.index.sizes():
            sides.places.setdefault(size, []).append(said)
    return sides


def _said(document: Document, under: dict[str, list[Stated]]) -> dict[str, Said]:
    language = document.setting("language", "en")
    said: dict[str, Said] = {}
    for paragraph in document.paragraphs():
        label = paragraph.label
        if label not in said:
            found = tuple(quantities(paragraph.text, language))
            stated = tuple(under.get(label, ()))
            said[label] = Said(paragraph, found, Index(found), stated, _used(found, stated))
    return said


def _used(found: tuple[Quantity, ...], stated: tuple[Stated, ...]) -> Index:
    """Return what clauses use: their figures, those of the terms they name, and their sums.

    A sum is that of all figures of a clause or of all clauses, or of some that the paragraph says.
    """
    each = [[figure.meanings[0] for figure in one.figures] for one in stated]
    own = [meaning for one in stated for f in one.figures + one.reached for meaning in f.meanings]
    used = Index(own)
    every = [meaning for meanings in each for meaning in meanings]
    added = [total for group in (*each, every) for total in totals(group)]
    return Index([*own, *added, *run_sums(one for one in found if used.has(one))])


def _stated(accord: Accord) -> Iterator[Stated]:
    language = accord.document.setting("language", "en")
    terms = {name: one.source for name, one in accord.typed.items() if isinstance(one, NamedTerm)}
    figures = {name: clause_figures(source, language) for name, source in terms.items()}
    names = {name: _names_in(source) & terms.keys() for name, source in terms.items()}
    for clause in norms_of(accord):
        if clause.paragraphs:
            named = _closure(_names_in(clause) & terms.keys(), names)
            reached = tuple(figure for name in sorted(named) for figure in figures[name])
            yield Stated(clause, clause_figures(clause, language), reached)


def _names_in(clause: Clause) -> set[str]:
    return {name for tree in trees_of(clause) for name in names_read(tree)}


def _closure(named: set[str], names: dict[str, set[str]]) -> set[str]:
    """Return terms, and the terms that these name in their turn."""
    reached: set[str] = set()
    waiting = list(named)
    while waiting:
        name = waiting.pop()
        if name not in reached:
            reached.add(name)
            waiting += names[name]
    return reached
