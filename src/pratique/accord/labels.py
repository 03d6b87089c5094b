# SPDX-License-Identifier: Apache-2.0
"""What a translation calls the clauses: its block ```labels, one `name: label` a line.

Labels are for people who read. They change no clause, no digest and nothing that is carried out.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TypeVar
from unicodedata import category

from pratique.accord.document import Document, read_document
from pratique.accord.kinds.case import Case
from pratique.accord.model import Accord, Typed

T = TypeVar("T", bound=Typed)

MOST_LABEL = 200

_LINE = re.compile(r"\s*([a-z][a-z0-9_]*)\s*:\s*(\S.*?)\s*\Z")
_TURNING = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
"""Characters that turn the direction of what follows them, beyond the label."""


@dataclass(frozen=True, slots=True)
class Labels:
    """Labels by name, as a text gives them. Each fault is a name or a line, with its line number.

    `lines` says where each name first stands; of a name that stands twice the first holds.
    """

    given: Mapping[str, str]
    lines: Mapping[str, int]
    twice: tuple[tuple[str, int], ...]
    unread: tuple[tuple[str, int], ...]


def read_labels(document: Document) -> Labels:
    """Return the labels of a text; none where it has no block of them. Never raises."""
    given: dict[str, str] = {}
    lines: dict[str, int] = {}
    twice, unread = [], []
    for number, line in document.labels:
        match = _LINE.match(line)
        if not line.strip():
            continue
        if match is None or not is_label(match[2]):
            unread.append((line.strip(), number))
        elif match[1] in given:
            twice.append((match[1], number))
        else:
            given[match[1]], lines[match[1]] = match[2], number
    return Labels(given, lines, tuple(twice), tuple(unread))


def is_label(text: str) -> bool:
    """Say whether a text can be a label: short, on one line, of characters that are seen."""
    unseen = any(category(one) in ("Cc", "Co", "Cs", "Zl", "Zp") for one in text)
    return len(text) <= MOST_LABEL and not unseen and not _TURNING & set(text)


def relabelled(accord: Accord, translation: str) -> Accord:
    """Return an accord whose clauses are called as a translation calls them, where it does."""
    given = read_labels(read_document(translation)).given if translation else {}
    labels = {name: label for name, label in given.items() if takes_label(name, accord)}
    typed = {name: called(clause, labels) for name, clause in accord.typed.items()}
    return replace(accord, typed=typed, translated=frozenset(labels))


def takes_label(name: str, accord: Accord) -> bool:
    """Say whether a name is that of a clause; worked cases stay in the clauses' language."""
    return name in accord.typed and not isinstance(accord.typed[name], Case)


def called(clause: T, labels: Mapping[str, str]) -> T:
    """Return a clause under the label that is given for its name, if there is one."""
    return replace(clause, label=labels[clause.name]) if clause.name in labels else clause
