# SPDX-License-Identifier: Apache-2.0
"""What clauses define: parties, bodies, terms; as ontology references, and in the prose.

A word is marked where it first stands in a paragraph that its clause formalises. Labels are in the
accord's own language, so the prose of other languages is not marked.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from pratique.accord.model import Accord
from pratique.exchange.akn.references import Mark
from pratique.exchange.akn.tree import Element

PRATIQUE = "#pratique"
"""Whose markup it is, for `source`."""
CONTRACTING = "#contracting_party"

# Kinds that name something: its class in the ontology of Akoma Ntoso. Duties, powers and rules
# define no word.
_CLASSES = {
    "party": "Organization",
    "body": "Organization",
    "people": "Concept",
    "term": "Concept",
    "measure": "Concept",
    "status": "Concept",
    "pool": "Concept",
}
_OPENED = re.compile("[“”„\"«‘'][\\s\u202f]*\\Z")


@dataclass(frozen=True, slots=True)
class Defined:
    """A word that a clause defines; `reference` is its id among the references."""

    label: str
    reference: str
    kind: str
    name: str
    paragraphs: tuple[str, ...]
    is_party: bool


def defined_words(accord: Accord) -> tuple[Defined, ...]:
    """Return the words that clauses define, in order; the first where a name is given twice."""
    found: dict[str, Defined] = {}
    for clause in accord.clauses:
        for name in clause.names if clause.kind in _CLASSES else ():
            reference = f"{clause.kind}_{name.word}"
            label = clause.label_of(name.word) or name.word
            is_party = name.word in accord.scope.parties
            word = Defined(label, reference, clause.kind, name.word, clause.paragraphs, is_party)
            if name.word:
                found.setdefault(reference, word)
    return tuple(found.values())


def reference_elements(words: Iterable[Defined], country: str) -> Element:
    """Return the block `references`: who marked the text up, the parties, what is defined."""
    stem = f"/akn/ontology/{{}}/{country}/{{}}"
    entries = [
        _entry("TLCOrganization", "pratique", stem.format("organization", "pratique"), "Pratique"),
        _entry(
            "TLCRole",
            CONTRACTING[1:],
            stem.format("role", "contracting-party"),
            "contracting party",
        ),
    ]
    for word in words:
        of_class = _CLASSES[word.kind]
        href = stem.format(of_class.lower(), word.name)
        entries.append(_entry(f"TLC{of_class}", word.reference, href, word.label))
    return Element("references", {"source": PRATIQUE}, tuple(entries))


def _entry(tag: str, identifier: str, href: str, label: str) -> Element:
    return Element(tag, {"eId": identifier, "href": href, "showAs": label})


def definitions(words: str, sought: list[Defined]) -> list[Mark]:
    """Return where words that are `sought` first stand, and seek them no more."""
    marks: list[Mark] = []
    for word in sorted(sought, key=lambda one: -len(one.label)):
        pattern = rf"(?<!\w){re.escape(word.label)}(?!\w)"
        for match in re.finditer(pattern, words, re.IGNORECASE):
            if all(match.end() <= one.start or one.end <= match.start() for one in marks):
                marks.append(_mark(words, match, word))
                sought.remove(word)
                break
    return marks


def _mark(words: str, match: re.Match[str], word: Defined) -> Mark:
    refers = {"refersTo": f"#{word.reference}"}
    if word.is_party:
        return Mark(match.start(), match.end(), "party", {**refers, "as": CONTRACTING})
    tag = "def" if _OPENED.search(words, 0, match.start()) else "term"
    return Mark(match.start(), match.end(), tag, refers)
