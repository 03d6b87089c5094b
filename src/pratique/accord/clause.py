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
    part: str = ""
    """The name that a named field carries: `review` of `step review`."""


@dataclass(frozen=True, slots=True)
class Name:
    """A name that a clause defines, and where."""

    word: str
    span: Span


@dataclass(frozen=True, slots=True)
class Clause:
    """A clause as read. `paragraphs` are the labels that its fence formalises.

    `per_party`: one for each party, or for each member of `group` if the header names one. `was` is
    an older name of it.
    """

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
    group: str = ""
    was: str = ""

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

    def parts(self, name: str) -> tuple[FieldText, ...]:
        """Return the fields `name NAME: …`, in order."""
        named = (field for field in self.fields.values() if field.part)
        return tuple(field for field in named if field.name == f"{name} {field.part}")

    def listed(self, name: str) -> tuple[str, ...]:
        """Return the names that a field lists, in order."""
        tree = self.tree(name)
        return tuple(str(child) for child in tree.children) if tree is not None else ()

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
    named: bool = False
    """It may carry a name, `if missed review: …`: one field for each name."""
    name_required: bool = False
    """It must carry one, `step review: …`."""
    absent: str = "E104"
    """The finding where it is required and not there."""

    @property
    def shown(self) -> str:
        """Its name as it is written: `step NAME`."""
        return f"{self.name} NAME" if self.name_required else self.name

    def carries(self, name: str) -> bool:
        """Say whether a name is this field's with a name of its own behind it."""
        return self.named and name.rpartition(" ")[0] == self.name


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
        """Return the field of a name, which may be followed by the name that it carries."""
        bare = (one for one in self.fields if one.name == name and not one.name_required)
        return next(bare, None) or next((one for one in self.fields if one.carries(name)), None)
