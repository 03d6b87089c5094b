# SPDX-License-Identifier: Apache-2.0
"""E404 of a quorum counted in Parties where no Party holds a seat; W511 of rules on the votes of a
body that no vote counts, as all its powers are voted on by others.
"""

from __future__ import annotations

from collections.abc import Iterator

from lark import Token

from pratique.accord.check.syntax import whole_clauses
from pratique.accord.kinds.body import Body
from pratique.accord.kinds.power import Power
from pratique.accord.model import Accord
from pratique.accord.terms.expression import place_of
from pratique.base.finding import Finding
from pratique.base.text import Code, say

_SEATS = ("seat", "seats", "member", "members")


def quorums(accord: Accord) -> list[Finding]:
    """Return E404 of each body whose quorum asks for others than those who sit in it, and W511."""
    found = list(_idle(accord))
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


def _idle(accord: Accord) -> Iterator[Finding]:
    powers = [one for one in accord.typed.values() if isinstance(one, Power) and one.vote]
    voting = {power.vote.electorate for power in powers if power.vote}
    for clause in whole_clauses(accord, "body"):
        named = ("quorum", "recused when")
        rules = [clause.fields[name] for name in named if name in clause.fields]
        others = [one for one in powers if any(clause.name in who.names for who in one.by)]
        if not rules or not others or clause.name in voting:
            continue
        first = others[0].vote
        sentence = say(
            "no vote counts {rules} of {body}: what {body} may do is voted on by {others}",
            rules=[Code(rule.name) for rule in rules],
            body=Code(clause.name),
            others=Code(first.electorate if first else ""),
        )
        help_ = say("write `of {body}` in `decided by`, or leave the rule out", body=clause.name)
        yield Finding("W511", sentence, rules[0].span, help_, clause=clause.name)
