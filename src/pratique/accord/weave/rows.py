# SPDX-License-Identifier: Apache-2.0
"""Which paragraphs stand together because clauses stand under them together."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from pratique.accord.document import Document, Paragraph


@dataclass(slots=True)
class Rows:
    """The rows of a treaty: the labels of each, in the order of the text; whose row a label is."""

    labels: dict[str, tuple[str, ...]] = field(default_factory=dict)

    def name(self, label: str) -> str:
        """Return the name of a paragraph's row: the label of its first paragraph."""
        return self.labels.get(label, (label,))[0]


def rows_of(document: Document) -> Rows:
    """Return the rows of a text: neighbours are joined that one block of clauses formalises.

    A block under paragraphs that stand apart is read beside the first of them that it names.
    """
    order = list(dict.fromkeys(paragraph.label for paragraph in document.paragraphs()))
    place = {label: i for i, label in enumerate(order)}
    joined = _joins((fence.paragraphs for fence in document.fences), place)
    rows = Rows()
    row: list[str] = []
    for i, label in enumerate(order):
        row.append(label)
        if i not in joined:
            rows.labels |= dict.fromkeys(row, tuple(row))
            row = []
    return rows


def _joins(blocks: Iterable[Sequence[str]], place: dict[str, int]) -> set[int]:
    """Return the places that stand in one row with the place after them."""
    joined: set[int] = set()
    for block in blocks:
        known = sorted({place[label] for label in block if label in place})
        if known and known[-1] - known[0] == len(known) - 1:
            joined.update(known[:-1])
    return joined


def home(paragraphs: Sequence[str], rows: Rows) -> str:
    """Return the row beside which a clause of some paragraphs is read; nothing if there is none."""
    return next((rows.name(label) for label in paragraphs if label in rows.labels), "")


def by_label(document: Document) -> dict[str, Paragraph]:
    """Return the paragraphs of a text by label, the first where one stands twice."""
    found: dict[str, Paragraph] = {}
    for paragraph in document.paragraphs():
        found.setdefault(paragraph.label, paragraph)
    return found
