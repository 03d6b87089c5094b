# SPDX-License-Identifier: Apache-2.0
"""The words that findings on who acts have in common."""

from __future__ import annotations

from collections.abc import Sequence

from pratique.accord.check.actors.naming import Naming
from pratique.accord.clause import Clause
from pratique.accord.words.readback.clauses import places
from pratique.base.finding import Finding, Span
from pratique.base.text import Code, Sentence, say, say_count

_MOST_NAMED = 3


def finding(clause: Clause, sentence: Sentence, span: Span) -> Finding:
    """Return W306 of a clause, at a place of it."""
    help_ = say("let the clause and the paragraph name the same, or accept the finding")
    return Finding(
        "W306",
        sentence,
        span,
        help_,
        clause.paragraphs[0],
        clause=clause.name,
        accepted=clause.accepted.get("W306"),
    )


def unnamed(clause: Clause, name: str, others: list[object]) -> Sentence:
    """Return that the paragraphs of a clause do not name somebody, and whom they name instead."""
    labels = tuple(dict.fromkeys(clause.paragraphs))
    if not others:
        return say_count(
            "the clause names {name}; paragraph {labels} does not",
            "the clause names {name}; the paragraphs {labels} do not",
            n=len(labels),
            labels=places(labels),
            name=Code(name),
        )
    return say_count(
        "paragraph {labels} names {others}; the clause names {name}",
        "the paragraphs {labels} name {others}; the clause names {name}",
        n=len(labels),
        labels=places(labels),
        others=others,
        name=Code(name),
    )


def whom(names: Sequence[str], naming: Naming, *, party: bool) -> list[object]:
    """Return who is named instead, for a person to read."""
    labels: list[object] = [naming.labels[name] for name in names[:_MOST_NAMED]]
    return [*labels, *([say("a Party")] if party else [])]
