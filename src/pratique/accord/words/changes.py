# SPDX-License-Identifier: Apache-2.0
"""The changes that clauses wait for, as clauses of a sentence: "`emergency` starts"."""

from __future__ import annotations

from pratique.accord.terms.values import EdgeRef
from pratique.accord.words.phrases import party_words
from pratique.base.text import Code, Sentence, say


def change_coming(edge: EdgeRef) -> Sentence:
    """Return a change with where it happens: "`cluster` happens in a Party"."""
    change = change_words(edge)
    if edge.party >= 0:
        return say("{change} in {party}", change=change, party=party_words(edge.at, edge.party))
    return say("{change} in a Party", change=change) if edge.per_party else change


def change_words(edge: EdgeRef) -> Sentence:
    """Return a change, wherever it happens."""
    name = changed_words(edge)
    match edge.edge:
        case "starts":
            return say("{name} starts", name=name)
        case "ends":
            return say("{name} ends", name=name)
        case "done":
            return say("{name} is done", name=name)
        case "missed":
            return say("{name} is missed", name=name)
        case "used":
            return say("{name} is used", name=name)
        case "refused":
            return say("{name} is refused", name=name)
        case "opened":
            return say("{name} is opened", name=name)
        case _:
            return say("{name} happens", name=name)


def changed_words(edge: EdgeRef) -> Sentence | Code:
    """Return what changes: a clause, or a step or end of a procedure."""
    if edge.part:
        return say("{part} of {name}", part=Code(edge.part), name=Code(edge.name))
    return Code(edge.name)
