# SPDX-License-Identifier: Apache-2.0
"""W306: who acts in a clause, or whom it names, is not whom its paragraphs name.

A family of its own, as it holds names against prose; it reads no grammar of prose, and where the
words leave it open it is silent. Clauses of annexes and worked cases are exempt.
"""

from __future__ import annotations

from pratique.accord.check.actors.acting import deeds_of
from pratique.accord.check.actors.naming import Naming
from pratique.accord.check.actors.offices import offices
from pratique.accord.check.actors.parties import parties
from pratique.accord.check.actors.shares import shares
from pratique.accord.check.actors.votes import votes
from pratique.accord.model import Accord
from pratique.base.finding import Finding

__all__ = ["actors"]


def actors(accord: Accord) -> list[Finding]:
    """Return the findings on who acts; nothing where something stops the accord."""
    if not accord.is_sound:
        return []
    naming, deeds = Naming(accord), list(deeds_of(accord))
    found = [
        *offices(accord, naming, deeds),
        *parties(accord, naming, deeds),
        *shares(accord, naming),
        *votes(accord),
    ]
    said: dict[tuple[int, int], Finding] = {}
    for one in found:
        # A place of a clause is found wanting once, by the rule that can say most.
        said.setdefault((one.span.line, one.span.column), one)
    return list(said.values())
