# SPDX-License-Identifier: Apache-2.0
"""E404 of a quorum counted in Parties where no Party holds a seat."""

from __future__ import annotations

from lark import Token

from pratique.accord.check.syntax import whole_clauses
from pratique.accord.kinds.body import Body
from pratique.accord.model import Accord
from pratique.accord.terms.expression import place_of
from pratique.base.finding import Finding
from pratique.base.text import Code, say

_SEATS = ("seat", "seats", "member", "members")


def quorums(accord: Accord) -> list[Finding]:
    """Return E404 of each body whose quorum asks for others than those who sit in it."""
    found = []
    for clause in whole_clauses(accord, "body"):
        body, tree = accord.typed.get(clause.name), clause.tree("quorum")
        if not isinstance(body, Body) or body.seats is None or body.shares or tree is None:
            continue
        text = clause.fields["quorum"].text
        for token in tree.children:
            if isinstance(token, Token) and token.type == "NAME" and token not in _SEATS:
                sentence = say(
                    "no Party holds a seat in {body}, so {counted} cannot be its quorum",
                    body=Code(body.name),
                    counted=Code(str(token)),
                )
                help_ = say("count its seats, such as `2 seats`, or give each Party a seat")
                found.append(Finding("E404", sentence, place_of(text, token), help_))
    return found
