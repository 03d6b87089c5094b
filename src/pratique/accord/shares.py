# SPDX-License-Identifier: Apache-2.0
"""Lists of percentages by party, judged by their use: as a key of sharing they make up the whole.

As a threshold or an amount they need not; then nobody may be left out of one that does not.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from fractions import Fraction

from pratique.accord.kinds.pool import Pool
from pratique.accord.kinds.power import Power
from pratique.accord.kinds.term import NamedTerm
from pratique.accord.terms.listings import report_left_out
from pratique.accord.terms.scope import Scope
from pratique.accord.terms.values import PERCENT, Term
from pratique.accord.words.phrases import percent_words
from pratique.base.text import say


def share_findings(typed: Mapping[str, object], scope: Scope) -> None:
    """Report keys that do not add up to 100 % (E402), other lists that leave parties out (E104)."""
    keys = {id(one) for term in _keys(typed.values()) for one in _lists(term)}
    terms = (clause.term for clause in typed.values() if isinstance(clause, NamedTerm))
    # A term may stand for another's list: each is judged once.
    listed = {id(one): one for term in terms for one in _lists(term)}
    for place, one in listed.items():
        _judge(one, scope, is_key=place in keys)


def _judge(one: Term, scope: Scope, *, is_key: bool) -> None:
    whole = sum((share.value for share in one.args), Fraction(0))
    if whole == 1:
        return
    if is_key:
        sentence = say("the shares add up to {sum}, not to 100 %", sum=percent_words(whole))
        help_ = say("change a share, or add the party left out")
        scope.report("E402", sentence, one.span, help_)
    elif one.detail:
        report_left_out(one.detail.split(), one.span, scope)


def _keys(clauses: Iterable[object]) -> Iterator[Term]:
    """Iterate over the terms by whose proportions something is shared, or votes weigh."""
    for clause in clauses:
        if isinstance(clause, Pool):
            yield from (stream.key for stream in clause.streams if stream.key is not None)
            if clause.shared_by is not None:
                yield clause.shared_by
        elif isinstance(clause, Power) and clause.vote is not None:
            yield from (one.weight for one in clause.vote.majorities if one.weight is not None)


def _lists(term: Term) -> Iterator[Term]:
    """Iterate over the lists of percentages that a term stands for; none of those it reckons with.

    `if … then key else other` stands for both.
    """
    if term.op == "values" and term.type == PERCENT:
        yield term
    elif term.op in ("term", "dated", "if"):
        for arg in term.args[1:] if term.op == "if" else term.args:
            yield from _lists(arg)
