# SPDX-License-Identifier: Apache-2.0
"""What a `term` may stand for beyond one expression: a value for each party, and dated versions."""

from __future__ import annotations

from collections.abc import Sequence
from typing import cast

from lark import Token

from pratique.accord.terms.arithmetic import fit
from pratique.accord.terms.expression import Syntax, Text, place_of
from pratique.accord.terms.literals import literal
from pratique.accord.terms.scope import Scope, fault
from pratique.accord.terms.types import typed
from pratique.accord.terms.values import ANY, COUNT, NUMBER, PERCENT, Term, ValueType
from pratique.accord.words.phrases import type_words
from pratique.base.finding import Span
from pratique.base.moment import Day, day_from_iso
from pratique.base.text import say


def term_value(tree: Syntax, text: Text, scope: Scope, group: str = "") -> Term:
    """Return the term of a `term`'s value; `group`: that whose members have one each."""
    reading = _Listings(text, scope, group)
    versions = [reading.version(child) for child in tree.children if not isinstance(child, Token)]
    if len(versions) == 1:
        return versions[0]
    dates = reading.dates([child for child in tree.children if isinstance(child, Token)])
    if dates is None or not reading.alike(versions):
        return fault(text.span)
    per_party = any(version.per_party for version in versions)
    type_ = next((one.type for one in versions if one.type != ANY), ANY)
    return Term("dated", tuple(versions), type_, per_party, text.span, dates=dates)


class _Listings:
    def __init__(self, text: Text, scope: Scope, group: str) -> None:
        self.text, self.scope, self.group = text, scope, group

    def version(self, tree: object) -> Term:
        syntax = cast(Syntax, tree)
        if syntax.data == "per_party_values":
            return self._values(syntax)
        return typed(syntax, self.text, self.scope)

    def dates(self, tokens: list[Token]) -> tuple[Day, ...] | None:
        """Return the first days of the later versions, which must follow one another."""
        days: list[Day] = []
        for token in tokens:
            span = place_of(self.text, token)
            try:
                day = day_from_iso(str(token))
            except ValueError:
                sentence = say("`{word}` is no day of the calendar", word=str(token))
                self.scope.report("E103", sentence, span, say("give a day such as 2026-09-01"))
                return None
            if days and day <= days[-1]:
                sentence = say("this day is not after the one before it")
                self.scope.report("E103", sentence, span, say("put the versions in order of time"))
                return None
            days.append(day)
        return tuple(days)

    def alike(self, terms: list[Term]) -> bool:
        """Say whether terms have one type; E400 at the first that differs."""
        first = terms[0]
        odd = next((term for term in terms if not fit(first, term)), None)
        if odd is None:
            return True
        sentence = say(
            "{right} stands beside {left}",
            left=type_words(first.type),
            right=type_words(odd.type),
        )
        self.scope.report("E400", sentence, odd.span, say("give both the same unit"))
        return False

    def _values(self, tree: Syntax) -> Term:
        own = [cast(Syntax, child) for child in tree.children]
        values: dict[int, Term] = {}
        for one in own:
            amount = literal(cast(Syntax, one.children[0]), place_of(self.text, one))
            self._put(values, str(one.children[1]), amount, place_of(self.text, one))
        given = list(values.values())
        span = place_of(self.text, tree)
        if not given or not self.alike(given) or len(values) < len(own):
            return fault(span)
        type_ = NUMBER if {one.type for one in given} == {COUNT, NUMBER} else given[0].type
        if not self._whole(values, type_, span):
            return fault(span)
        parties = range(len(self.scope.parties))
        args = (values.get(index) or self._nothing(index, type_, span) for index in parties)
        absent = " ".join(self._absent(values)) if type_ == PERCENT else ""
        return Term("values", tuple(args), type_, True, span, name=self.group, detail=absent)

    def _put(self, values: dict[int, Term], party: str, amount: Term, span: Span) -> None:
        index = self.scope.party_index(party, span)
        if index < 0:
            return
        if index in values:
            sentence = say("`{party}` is given two values", party=party)
            self.scope.report("E201", sentence, span, say("keep one"))
        elif self.group and party not in self.scope.groups.get(self.group, ()):
            sentence = say("`{party}` is none of `{group}`", party=party, group=self.group)
            help_ = say("leave it out, or put the party into the group")
            self.scope.report("E400", sentence, span, help_)
        else:
            values[index] = Term(
                "number", (), amount.type, False, span,
                value=amount.value, party=index, detail=party,
            )  # fmt: skip

    def _nothing(self, index: int, type_: ValueType, span: Span) -> Term:
        party = self.scope.parties[index]
        return Term("number", (), type_, False, span, party=index, detail=party)

    def _whole(self, values: dict[int, Term], type_: ValueType, span: Span) -> bool:
        # Who is left out of a list of percentages has no share: `accord.shares` judges it by use.
        left_out = self._absent(values) if type_ != PERCENT else []
        if left_out:
            report_left_out(left_out, span, self.scope)
        return not left_out

    def _absent(self, values: dict[int, Term]) -> list[str]:
        members = self.scope.groups.get(self.group, self.scope.parties)
        return [one for one in members if self.scope.parties.index(one) not in values]


def report_left_out(parties: Sequence[str], span: Span, scope: Scope) -> None:
    """Report that a list has no value of some parties (E104)."""
    names = ", ".join(f"`{name}`" for name in parties)
    sentence = say("this list has no value of {parties}", parties=names)
    help_ = say("add `… of {party}`; write 0 where nothing is meant", party=parties[0])
    scope.report("E104", sentence, span, help_)
