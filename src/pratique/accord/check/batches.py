# SPDX-License-Identifier: Apache-2.0
"""What whoever runs a batch says of a text: W904, its cases had to wait. Runs nothing itself."""

from __future__ import annotations

from pratique.accord.kinds.procedure import Procedure
from pratique.base.finding import Finding
from pratique.base.text import Code, say, say_count


def queue_full(procedure: Procedure, waiting: int) -> Finding:
    """Return W904: so many cases of a procedure waited for a place, counted over all scenarios."""
    clause = procedure.source
    sentence = say_count(
        "{n} case of {procedure} had to wait for a place",
        "{n} cases of {procedure} had to wait for a place",
        n=waiting,
        procedure=Code(procedure.name),
    )
    help_ = say("rehearse with more places, or ask whether the offices could keep up")
    article = clause.paragraphs[0] if clause.paragraphs else ""
    return Finding(
        "W904",
        sentence,
        clause.names[0].span,
        help_,
        article,
        clause=clause.name,
        accepted=clause.accepted.get("W904"),
    )
