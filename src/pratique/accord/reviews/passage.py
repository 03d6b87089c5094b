# SPDX-License-Identifier: Apache-2.0
"""Passages, what a review speaks of: paragraphs with the clauses that formalise them; digests.

Paragraphs that one block of clauses formalises together are one passage: neither can be held
against the clauses without the other. Where a passage stands in the text is no part of its digest.
"""

from __future__ import annotations

import hashlib
import json
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from pratique.accord.clause import Clause
from pratique.accord.document import Document, Paragraph
from pratique.accord.kinds import kinds
from pratique.accord.model import Accord

# Word processors change them by themselves, and they mean the same.
_QUOTES = str.maketrans("‘’‚ʼ“”„", "''''\"\"\"")
# They accept a warning, or tell what a clause was called: nothing that is carried out.
_NOT_CARRIED_OUT = ("accepted", "was")


@dataclass(frozen=True, slots=True)
class Passage:
    """Paragraphs and their clauses, from `line` of the first text on.

    `is_formalised`: it has clauses, or a block that says that it asks `none`.
    """

    paragraphs: tuple[Paragraph, ...]
    clauses: tuple[Clause, ...]
    is_formalised: bool
    line: int

    @property
    def labels(self) -> tuple[str, ...]:
        """The numbers of its paragraphs, in order."""
        return tuple(paragraph.label for paragraph in self.paragraphs)

    @property
    def names(self) -> tuple[str, ...]:
        """The names that its clauses define, in order."""
        return tuple(name.word for clause in self.clauses for name in clause.names)


def passages(accord: Accord) -> tuple[Passage, ...]:
    """Return the passages of an accord, in the order of their first paragraphs."""
    document = accord.document
    joined = _Joined(paragraph.label for paragraph in document.paragraphs())
    formalised: set[str] = set()
    for fence in document.fences:
        there = [label for label in fence.paragraphs if label in joined.over]
        joined.join(there)
        formalised.update(there)
    paragraphs: dict[str, list[Paragraph]] = {}
    for paragraph in document.paragraphs():
        paragraphs.setdefault(joined.first(paragraph.label), []).append(paragraph)
    clauses: dict[str, list[Clause]] = {first: [] for first in paragraphs}
    for clause in accord.clauses:
        known = next((label for label in clause.paragraphs if label in joined.over), None)
        if known is not None:
            clauses[joined.first(known)].append(clause)
    return tuple(
        Passage(tuple(ones), tuple(clauses[first]), first in formalised, ones[0].line)
        for first, ones in paragraphs.items()
    )


def translated_passage(passage: Passage, text: Document) -> Passage | None:
    """Return a passage with its words in another text, or None if a paragraph is not there."""
    there = {paragraph.label: paragraph for paragraph in text.paragraphs()}
    if not there.keys() >= set(passage.labels):
        return None
    words = tuple(there[label] for label in passage.labels)
    return replace(passage, paragraphs=words)


def words_digest(passage: Passage) -> str:
    """Return the SHA-256 of a passage's words: spaces, line ends and the shape of quotes aside."""
    return _sha256("\n".join(_plain(one.text) for one in passage.paragraphs))


def clauses_digest(passage: Passage) -> str:
    """Return the SHA-256 of a passage's clauses as written.

    Their order, that of their fields, comments, spaces, and where the clauses stand are left out.
    """
    ordered = sorted(passage.clauses, key=lambda clause: (clause.name, clause.kind))
    return _sha256(json.dumps([_written(one) for one in ordered], ensure_ascii=False))


def _written(clause: Clause) -> list[object]:
    fields = [
        [name, _field(clause, name)]
        for name in sorted(clause.fields)
        if name not in _NOT_CARRIED_OUT
    ]
    spread = (clause.group or "party") if clause.per_party else ""
    typed = _plain(clause.type.text.words) if clause.type else ""
    names = [name.word for name in clause.names]
    return [clause.kind, names, _plain(clause.label), spread, typed, fields]


def _field(clause: Clause, name: str) -> list[str]:
    declared = kinds()[clause.kind].field_named(name)
    if declared is None or not declared.many:
        return [_plain(clause.fields[name].text.words)]
    # Each line is a statement of its own there: not the same as one that goes on.
    return [_plain(line.words) for line in clause.fields[name].text.lines()]


def _plain(words: str) -> str:
    return " ".join(unicodedata.normalize("NFC", words).translate(_QUOTES).split())


def _sha256(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


class _Joined:
    """Labels in groups; each group is known by the one of its labels that comes first."""

    def __init__(self, labels: Iterable[str]) -> None:
        self.place = {label: place for place, label in enumerate(dict.fromkeys(labels))}
        self.over = {label: label for label in self.place}

    def first(self, label: str) -> str:
        while (over := self.over[label]) != label:
            self.over[label] = self.over[over]
            label = over
        return label

    def join(self, labels: Sequence[str]) -> None:
        for one, other in self._pairs(labels):
            early, late = sorted((one, other), key=self.place.__getitem__)
            self.over[late] = early

    def _pairs(self, labels: Sequence[str]) -> Iterator[tuple[str, str]]:
        for label in labels[1:]:
            yield self.first(labels[0]), self.first(label)
