# SPDX-License-Identifier: Apache-2.0
"""A clause as read (fields with their syntax trees), and what a clause kind declares of itself."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from pratique.accord.terms.expression import Syntax, Text
from pratique.accord.terms.scope import Scope
from pratique.base.finding import Span
from pratique.base.text import Sentence


@dataclass(frozen=True, slots=True)
class FieldText:
    """A field as read; `tree` is None where its value is words, or could not be read."""

    name: str
    text: Text
    span: Span
    tree: Syntax | None = None


@dataclass(frozen=True, slots=True)
class Name:
    """A name that a clause defines, and where."""

    word: str
    span: Span


@dataclass(frozen=True, slots=True)
class Clause:
    """A clause as read. `paragraphs` are the labels that its fence formalises."""

    kind: str
    names: tuple[Name, ...]
    label: str
    per_party: bool
    type: FieldText | None
    fields: dict[str, FieldText]
    paragraphs: tuple[str, ...]
    span: Span
    last_line: int
    accepted: dict[str, str] = field(default_factory=dict)

    @property
    def name(self) -> str:
        """Its (first) name."""
        return self.names[0].word if self.names else ""

    def label_of(self, name: str) -> str:
        """Return the label of one of its names: the one given, else the name in words."""
        return self.label or name.replace("_", " ")

    def tree(self, name: str) -> Syntax | None:
        """Return a field's syntax tree, if the field is there and could be read."""
        return self.fields[name].tree if name in self.fields else None

    def words(self, name: str) -> str:
        """Return a field's words on one line, or nothing."""
        return " ".join(self.fields[name].text.words.split()) if name in self.fields else ""


@dataclass(frozen=True, slots=True)
class Field:
    """A field that a kind takes: the grammar's start that reads it, or None for free words."""

    name: str
    reads: str | None
    help: Sentence
    required: bool = False
    many: bool = False
    """Several statements, one a line or separated by `;`, each read on its own."""


@dataclass(frozen=True, slots=True)
class Kind:
    """All that is known of a clause kind."""

    name: str
    summary: Sentence
    fields: tuple[Field, ...]
    declare: Callable[[Clause, Scope], None]
    """First pass: put its names into the scope."""
    resolve: Callable[[Clause, Scope], list[object]]
    """Second pass: type its fields; returns the typed clauses (one per name)."""
    reading: Callable[[object], list[Sentence]]
    """The typed clause in plain words."""
    takes_type: str = ""
    """What reads the type after the header's colon; nothing: it takes none."""
    takes_spread: bool = False
    takes_many: bool = False
    declared_last: bool = False
    """Its names stand for what reads other names."""
    spread: Callable[[Clause, Scope], bool] | None = None
    """Whether it runs for each party apart, as far as is known; asked until nothing changes."""
    one_of: tuple[tuple[str, ...], ...] = ()
    """Groups of fields of which one must be there."""
    example: str = ""

    def field_named(self, name: str) -> Field | None:
        """Return the field of a name."""
        return next((field for field in self.fields if field.name == name), None)
