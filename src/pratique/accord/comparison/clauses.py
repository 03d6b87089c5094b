# SPDX-License-Identifier: Apache-2.0
"""What differs between the clauses of two drafts, and between their front matter.

Clauses are compared by name, fields as they are written; their order and comments are not.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from pratique.accord.clause import Clause
from pratique.accord.comparison.places import new_labels
from pratique.accord.document import FRONT_KEYS, Document
from pratique.accord.kinds import kinds
from pratique.accord.model import Accord

HEADER = "header"
"""Stands for a clause's first line where a field's name stands: kind, label, spread and type."""
BESIDE = "beside"
"""Stands there for the numbers of the paragraphs that a clause formalises."""


@dataclass(frozen=True, slots=True)
class FieldChange:
    """A field as written in both drafts, spaces made one; None: it is not there."""

    name: str
    old: str | None
    new: str | None


@dataclass(frozen=True, slots=True)
class ClauseChange:
    """A clause that differs. `name` is that of the new draft, or of the old where it is removed.

    `was` is the name in the old draft of what is renamed; what is renamed may have changed besides.
    """

    name: str
    change: Literal["added", "removed", "renamed", "changed"]
    was: str
    fields: tuple[FieldChange, ...]


def setting_changes(old: Document, new: Document) -> tuple[FieldChange, ...]:
    """Return what differs in two front matters, in the order in which they are written."""
    pairs = ((key, old.front.get(key), new.front.get(key)) for key in FRONT_KEYS)
    found = (FieldChange(key, a[0] if a else None, b[0] if b else None) for key, a, b in pairs)
    return tuple(one for one in found if one.old != one.new)


def former_names(old: Accord, new: Accord) -> dict[str, str]:
    """Return, by the new name of each renamed clause, its old one, as `was:` of either text says.

    The text that says it may be either: a comparison is read in both directions.
    """
    here, there = _by_name(new), _by_name(old)
    found: dict[str, str] = {}
    said = [(one.name, one.was) for one in new.clauses]
    said += [(one.was, one.name) for one in old.clauses]
    for name, was in said:
        both = name in here and was in there and name not in there and was not in here
        if both and name not in found and was not in found.values():
            found[name] = was
    return found


def clause_changes(old: Accord, new: Accord) -> tuple[ClauseChange, ...]:
    """Return the clauses that differ: those of the new draft in its order, then those removed."""
    here, there, former = _by_name(new), _by_name(old), former_names(old, new)
    labels = new_labels(old.document, new.document)
    found: list[ClauseChange] = []
    for name, clause in here.items():
        was = former.get(name, name)
        if was not in there:
            found.append(ClauseChange(name, "added", "", _fields(None, clause, name)))
            continue
        changes = _changes((there[was], was), (clause, name), labels)
        if was != name:
            found.append(ClauseChange(name, "renamed", was, changes))
        elif changes:
            found.append(ClauseChange(name, "changed", "", changes))
    kept = {former.get(name, name) for name in here}
    for name, clause in there.items():
        if name not in kept:
            found.append(ClauseChange(name, "removed", "", _fields(clause, None, name)))
    return tuple(found)


def _by_name(accord: Accord) -> dict[str, Clause]:
    found: dict[str, Clause] = {}
    for clause in accord.clauses:
        for name in clause.names:
            found.setdefault(name.word, clause)
    return found


Side = tuple[Clause, str]
"""A clause, and the one of its names that is compared."""


def _changes(old: Side, new: Side, labels: Mapping[str, str]) -> tuple[FieldChange, ...]:
    (there, was), (here, name) = old, new
    changed = [one for one in _fields(there, here, name) if one.old != one.new]
    if _header(there, "") == _header(here, ""):
        changed = [one for one in changed if one.name != HEADER]
    if was != name:
        # It says no more than that the clause is renamed.
        changed = [one for one in changed if one.name != "was"]
    # Beside paragraphs that are only renumbered it stands where it stood.
    if tuple(labels.get(one, one) for one in there.paragraphs) != here.paragraphs:
        changed.append(FieldChange(BESIDE, _numbers(there), _numbers(here)))
    return tuple(changed)


def _fields(old: Clause | None, new: Clause | None, name: str) -> tuple[FieldChange, ...]:
    there, here = _written(old, name), _written(new, name)
    names = sorted({*there, *here}, key=lambda one: _place(one, old, new))
    return tuple(FieldChange(one, there.get(one), here.get(one)) for one in names)


def _written(clause: Clause | None, name: str) -> Mapping[str, str]:
    if clause is None:
        return {}
    return {HEADER: _header(clause, name)} | dict(_statements(clause))


def _statements(clause: Clause) -> Iterator[tuple[str, str]]:
    for name, field in clause.fields.items():
        declared = kinds()[clause.kind].field_named(name)
        if declared is not None and declared.many:
            lines = (" ".join(line.words.split()) for line in field.text.lines())
            yield name, "; ".join(line for line in lines if line)
        else:
            yield name, clause.words(name)


def _header(clause: Clause, name: str) -> str:
    spread = f"per {clause.group or 'party'}" if clause.per_party else ""
    label = f'"{clause.label}"' if clause.label else ""
    type_ = f": {' '.join(clause.type.text.words.split())}" if clause.type else ""
    return " ".join(filter(None, (clause.kind, name, label, spread))) + type_


def _place(name: str, *clauses: Clause | None) -> tuple[int, int, str]:
    """Return the place of a field: as its kind lists it, then as it stands in the texts."""
    if name == HEADER:
        return -1, 0, name
    listed, stands = [], []
    for clause in clauses:
        if clause is not None and name in clause.fields:
            fields = kinds()[clause.kind].fields
            declared = kinds()[clause.kind].field_named(name)
            listed.append(fields.index(declared) if declared in fields else len(fields))
            stands.append(list(clause.fields).index(name))
    return min(listed), min(stands), name


def _numbers(clause: Clause) -> str:
    return ", ".join(clause.paragraphs)
