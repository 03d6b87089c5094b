# SPDX-License-Identifier: Apache-2.0
"""What a translation calls the clauses and says for their words: its block ```labels.

One `name: label` a line: a clause, or any name in clauses; `clause.part: words` within one clause.
Labels are for people who read. They change no clause, no digest and nothing that is carried out.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, TypeVar
from unicodedata import category

from pratique.accord.document import Document, read_document
from pratique.accord.kinds.body import Body
from pratique.accord.kinds.case import Case
from pratique.accord.kinds.dataset import Dataset
from pratique.accord.kinds.duty import Duty
from pratique.accord.kinds.power import Power
from pratique.accord.kinds.procedure import Procedure
from pratique.accord.kinds.status import Status
from pratique.accord.model import Accord, Typed
from pratique.accord.words.readback.clauses import own_names
from pratique.base.label import Label, label_of

T = TypeVar("T", bound=Typed)

MOST_LABEL = 200

_NAME = "[a-z][a-z0-9_]*"
_LINE = re.compile(rf"\s*({_NAME}(?:\.{_NAME})?)\s*:\s*(\S.*?)\s*\Z")
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
    if not translation:
        return accord
    document = read_document(translation)
    spoken = document.setting("language", "")
    given, known = read_labels(document).given, takers(accord)
    called = {
        name: label_of(label, spoken) if known[name] else Label(label)
        for name, label in given.items()
        if name in known
    }
    accord = replace(accord, called=called, translated=frozenset(called.keys() & accord.typed))
    typed = {name: spoken_clause(clause, accord) for name, clause in accord.typed.items()}
    return replace(accord, typed=typed)


def takers(accord: Accord) -> dict[str, bool]:
    """Return all that takes a label, and whether that is a noun, which may have its article.

    Clauses; within them their words, the reasons for which their findings are accepted (`w303`),
    and the names that are no clauses, as `clause.part`; and such a name alone, for all clauses.
    """
    found = {name: not isinstance(clause, Case) for name, clause in accord.typed.items()}
    for name, clause in accord.typed.items():
        found.update({f"{name}.{field}": False for field in _worded(clause)})
        found.update({f"{name}.{code.lower()}": False for code in clause.source.accepted})
        for own in sorted(own_names(clause, accord)):
            found[f"{name}.{own}"] = True
            found.setdefault(own, True)
    return found


def spoken_clause(clause: T, accord: Accord) -> T:
    """Return a clause with the label and the words that a translation gives it, if any."""
    name = clause.name
    words: dict[str, Any] = {
        attribute: accord.called[f"{name}.{field}"]
        for field, attribute in _worded(clause).items()
        if f"{name}.{field}" in accord.called
    }
    if name in accord.translated:
        words["label"] = accord.called[name]
    if isinstance(clause, Procedure) and accord.called:
        words["called"] = accord.called_within(name)
    return replace(clause, **words) if words else clause


def _worded(clause: Typed) -> Mapping[str, str]:
    """Return the fields of a clause that are words, each with the attribute that holds them."""
    match clause:
        case Duty(met_when=None):
            return {"must_not" if clause.prohibits else "must": "must"}
        case Power(effects=()):
            return {"may": "may"}
        case Status():
            return {"scope": "scope"} if clause.scope else {}
        case Dataset():
            return {"protect": "protect"} if clause.protect else {}
        case Body():
            fields = {"chair": clause.chair, "agreed_by": clause.agreed_by}
            return {field: field for field, words in fields.items() if words}
    return {}
