# SPDX-License-Identifier: Apache-2.0
"""W306 of shares: a clause gives Parties others than the order of its paragraph gives them.

Only where a paragraph lists as many figures as Parties, one after the other: `half by Aldova, 30
per cent by Brenia`, or `Aldova and Brenia bring 40 and 60`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from lark import Token, Tree

from pratique.accord.check.actors.naming import Naming
from pratique.accord.check.actors.saying import finding
from pratique.accord.check.clause_quantities import Figure, clause_figures
from pratique.accord.clause import Clause, FieldText
from pratique.accord.document import Paragraph
from pratique.accord.model import Accord
from pratique.accord.quantities import Quantity, quantities, same
from pratique.accord.terms.expression import Syntax, place_of
from pratique.base.finding import Finding, Span
from pratique.base.text import Code, say

_SHARE = ("portion", "own")
_FEWEST = 2


@dataclass(frozen=True, slots=True)
class _Share:
    party: str
    figure: Figure
    span: Span


def shares(accord: Accord, naming: Naming) -> Iterator[Finding]:
    """Iterate over the findings on shares put in one another's place."""
    every = set(accord.scope.parties)
    language = accord.document.setting("language", "en")
    for clause in accord.clauses:
        if not clause.paragraphs:
            continue
        for listed in _lists(clause, language, every):
            for label in dict.fromkeys(clause.paragraphs):
                paragraph = accord.document.paragraph(label)
                if paragraph is not None and len({one.party for one in listed}) >= _FEWEST:
                    said = _Said(paragraph, naming, every, language)
                    yield from said.against(clause, listed)


def _lists(clause: Clause, language: str, every: set[str]) -> Iterator[list[_Share]]:
    fields = [clause.fields.get("from"), clause.type]
    for field in (one for one in fields if one is not None and one.tree is not None):
        assert field.tree is not None
        if next(field.tree.find_pred(lambda one: one.data in _SHARE), None) is None:
            continue
        figures = clause_figures(clause, language)
        for tree in field.tree.iter_subtrees_topdown():
            listed = [share for child in tree.children if (share := _share(child, field, figures))]
            if listed and {one.party for one in listed} <= every:
                yield listed


def _share(child: object, field: FieldText, figures: tuple[Figure, ...]) -> _Share | None:
    if not isinstance(child, Tree) or child.data not in _SHARE:
        return None
    party = child.children[-1]
    span = place_of(field.text, party if isinstance(party, Token) else _tree(child))
    whole = place_of(field.text, _tree(child))
    for figure in figures:
        begins = figure.span.line == whole.line and figure.span.column == whole.column
        if begins:
            return _Share(str(party), figure, span)
    return None


def _tree(child: Tree[object]) -> Syntax:
    found: Syntax = child  # type: ignore[assignment]
    return found


class _Said:
    """The figures and the Parties of a paragraph, each in order."""

    def __init__(
        self, paragraph: Paragraph, naming: Naming, every: set[str], language: str
    ) -> None:
        self.label = paragraph.label
        self.quantities = list(quantities(paragraph.text, language))
        self.parties = [
            name for one in naming.mentions(paragraph.text) for name in one.names if name in every
        ]

    def against(self, clause: Clause, listed: list[_Share]) -> Iterator[Finding]:
        """Iterate over the finding that no listing of the paragraph pairs these shares so."""
        found = list(self._listings(listed))
        if not found or any(_agrees(one, listed) for one in found):
            return
        pairs = [
            say("{figure} of {party}", figure=quantity.text, party=Code(party))
            for party, quantity in found[0].items()
        ]
        wrong = next(one for one in listed if not _is_of(one, found[0]))
        sentence = say("paragraph {label} says {shares}", label=self.label, shares=pairs)
        yield finding(clause, sentence, wrong.span)

    def _listings(self, listed: list[_Share]) -> Iterator[dict[str, Quantity]]:
        """Iterate over where the paragraph lists these Parties and these figures, whoever's."""
        count, wanted = len(listed), {one.party for one in listed}
        meant = [one for one in self.quantities if any(_means(one, share) for share in listed)]
        for first in range(len(meant) - count + 1):
            figures = meant[first : first + count]
            if not all(any(_means(one, share) for one in figures) for share in listed):
                continue
            for start in range(len(self.parties) - count + 1):
                named = self.parties[start : start + count]
                if set(named) == wanted:
                    yield dict(zip(named, figures, strict=True))


def _means(quantity: Quantity, share: _Share) -> bool:
    return any(same(quantity, meaning) for meaning in share.figure.meanings)


def _is_of(share: _Share, said: Mapping[str, Quantity]) -> bool:
    return _means(said[share.party], share)


def _agrees(said: Mapping[str, Quantity], listed: list[_Share]) -> bool:
    return all(_is_of(share, said) for share in listed)
