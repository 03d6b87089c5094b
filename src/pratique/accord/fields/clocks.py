# SPDX-License-Identifier: Apache-2.0
"""Times and limits of clauses."""

from __future__ import annotations

from fractions import Fraction

from lark import Tree

from pratique.accord.clause import Clause
from pratique.accord.terms.literals import duration_of
from pratique.accord.terms.values import (
    Limit,
)
from pratique.base.duration import Duration


def duration_in(clause: Clause, name: str) -> Duration | None:
    """Return the first duration of a field (`within: 24 hours`, `lapses: after 90 days`)."""
    tree = clause.tree(name)
    if tree is None:
        return None
    return next(
        (duration_of(child) for child in tree.iter_subtrees_topdown() if child.data == "duration"),
        None,
    )


def limit_in(clause: Clause) -> Limit | None:
    """Return the field `at most`."""
    tree = clause.tree("at most")
    if tree is None:
        return None
    duration = next((duration_of(c) for c in tree.children if isinstance(c, Tree)), None)
    uses = 1 if tree.data == "once" else int(Fraction(str(tree.children[0])))
    return Limit(max(1, uses), duration)
