# SPDX-License-Identifier: Apache-2.0
"""What a pool is made of, typed: what comes in, caps, floors, what is kept back, rounding."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import cast

from lark import Token, Tree

from pratique.accord.clause import Clause
from pratique.accord.fields.effects import fits_pool
from pratique.accord.terms.expression import Syntax, Text, place_of
from pratique.accord.terms.literals import duration_of, literal
from pratique.accord.terms.scope import Scope, Symbol
from pratique.accord.terms.types import typed
from pratique.accord.terms.values import ANY, PERCENT, Term
from pratique.accord.words.phrases import type_words
from pratique.base.duration import Duration
from pratique.base.finding import Span
from pratique.base.moment import Day, day_from_iso
from pratique.base.money import shared_out
from pratique.base.text import say

SPELLS = {"year": Duration(1, "years"), "month": Duration(1, "months")}
_ACTING = ("duty", "power", "rule", "procedure")
Dues = tuple[tuple[str, int], ...]
Shares = tuple[tuple[str, Fraction], ...]


@dataclass(frozen=True, slots=True)
class Stream:
    """What comes in, at once or in every spell from `begins` on; each part is due `within`.

    `dues` says who owes what, in whole units: parties in order of declaration, then bodies as they
    are written. With a `key` the `amount` is shared in its proportions, as they are when it is
    claimed. `shares` are the portions of a shared stream. Neither: only what moves comes in.
    """

    dues: Dues
    amount: int
    shares: Shares
    key: Term | None
    every: Duration | None
    begins: Day | None
    within: Duration | None
    span: Span

    @property
    def whole(self) -> int:
        """What comes in each time, in whole units."""
        return self.amount if self.key is not None else sum(due for _, due in self.dues)


@dataclass(frozen=True, slots=True)
class Cap:
    """The most that is given, to each party or in all, in a time (None: ever).

    An amount, or a share of what is available when a moment begins (without a time: a moment's).
    """

    most: Term
    to_one: bool
    within: Duration | None

    @property
    def is_share(self) -> bool:
        """Whether it is a share of what is available."""
        return self.most.type == PERCENT


@dataclass(frozen=True, slots=True)
class Floor:
    """A share of what is given that goes to a group of parties, or is earmarked for people."""

    share: Fraction
    to: str
    for_people: bool
    span: Span


@dataclass(frozen=True, slots=True)
class Keep:
    """An amount (or share of what is available) that only some clauses may use."""

    amount: Term
    clauses: tuple[str, ...]


def streams_in(clause: Clause, scope: Scope, pool: Symbol) -> tuple[Stream, ...]:
    """Return what comes into a pool."""
    tree = clause.tree("from")
    if tree is None:
        return ()
    reader = _Streams(clause.fields["from"].text, scope, pool)
    return tuple(reader.stream(cast(Syntax, child)) for child in tree.children)


@dataclass(frozen=True, slots=True)
class _Streams:
    """Reads the field `from` of a pool."""

    text: Text
    scope: Scope
    pool: Symbol

    def stream(self, tree: Syntax) -> Stream:
        spell = next((c for c in tree.children if _is(c, "SPELL")), None)
        within, begins = self._due(next((c for c in _trees(tree) if c.data == "due"), None))
        shares, dues, key, amount = self._parts(tree)
        span = place_of(self.text, tree)
        every = SPELLS[str(spell)] if spell is not None else None
        return Stream(dues, amount, shares, key, every, begins, within, span)

    def _parts(self, tree: Syntax) -> tuple[Shares, Dues, Term | None, int]:
        if tree.data == "income_acts":
            return (), (), None, 0
        if tree.data == "income_own":
            return (), self._own(tree), None, 0
        amount = self._amount(cast(Syntax, tree.children[0]))
        if tree.data == "income_each":
            return (), self._each(tree, amount), None, 0
        if tree.data == "income_keyed":
            return (), (), self._key(_trees(tree)[1]), amount
        shares = self._shares(tree)
        parts = shared_out(amount, [share for _, share in shares])
        return shares, tuple(zip((who for who, _ in shares), parts, strict=True)), None, amount

    def _amount(self, tree: Syntax) -> int:
        term = literal(tree, place_of(self.text, tree))
        fits_pool(term, self.pool, self.scope)
        return int(term.value)

    def _each(self, tree: Syntax, amount: int) -> Dues:
        token = cast(Token, tree.children[1])
        if token == "party":
            return tuple((party, amount) for party in self.scope.parties)
        if self.scope.find(str(token), ("group",), place_of(self.text, token)) is None:
            return ()
        return tuple((party, amount) for party in self.scope.groups.get(str(token), ()))

    def _own(self, tree: Syntax) -> Dues:
        dues: dict[str, int] = {}
        for own in _trees(tree):
            if own.data == "own" and (name := self._payer(own)):
                dues[name] = dues.get(name, 0) + self._amount(cast(Syntax, own.children[0]))
        return tuple((name, dues[name]) for name in self._in_order(dues))

    def _shares(self, tree: Syntax) -> Shares:
        shares: dict[str, Fraction] = {}
        portions = [part for part in _trees(tree) if part.data == "portion"]
        names = [self._payer(portion) for portion in portions]
        for name, portion in zip(names, portions, strict=True):
            share = Fraction(str(portion.children[0])) / 100
            shares[name] = shares.get(name, Fraction(0)) + share
        total = sum(shares.values(), Fraction(0))
        if all(names) and total != 1:
            sentence = say("the shares add up to {sum} %, not to 100 %", sum=_percent(total))
            help_ = say("change a share, or add the party left out")
            self.scope.report("E402", sentence, place_of(self.text, portions[0]), help_)
        return tuple((name, shares[name]) for name in self._in_order(shares))

    def _payer(self, tree: Syntax) -> str:
        token = cast(Token, tree.children[-1])
        found = self.scope.find(str(token), ("party", "body"), place_of(self.text, token))
        return found.name if found is not None else ""

    def _in_order(self, names: dict[str, int] | dict[str, Fraction]) -> list[str]:
        bodies = [name for name in names if name and name not in self.scope.parties]
        return [party for party in self.scope.parties if party in names] + bodies

    def _key(self, tree: Syntax) -> Term:
        return proportions(typed(tree, self.text, self.scope), self.scope)

    def _due(self, tree: Syntax | None) -> tuple[Duration | None, Day | None]:
        if tree is None:
            return None, None
        within = next((duration_of(child) for child in _trees(tree)), None)
        token = next((child for child in tree.children if _is(child, "DATE")), None)
        return within, self._day(cast(Token, token)) if token is not None else None

    def _day(self, token: Token) -> Day | None:
        try:
            return day_from_iso(str(token))
        except ValueError:
            sentence = say("`{word}` is not a day of the calendar", word=str(token))
            help_ = say("write a date such as `2027-01-01`")
            self.scope.report("E103", sentence, place_of(self.text, token), help_)
            return None


def proportions(term: Term, scope: Scope) -> Term:
    """Return a term that gives each party its weight; one that does not is reported."""
    if term.type == ANY:
        return term
    if not (term.type.is_numeric or term.type.kind == "rate"):
        sentence = say("this is {type}, where an amount is wanted", type=type_words(term.type))
        scope.report("E400", sentence, term.span, say("name a measure or a term of each party"))
    elif not term.per_party:
        sentence = say("what is shared by it needs a value of each party")
        help_ = say("name something that each party has its own value of")
        scope.report("E401", sentence, term.span, help_)
    return term


def caps_in(clause: Clause, scope: Scope, pool: Symbol) -> tuple[Cap, ...]:
    """Return the caps of a pool."""
    tree = clause.tree("cap")
    caps = []
    for child in cast("list[Syntax]", tree.children if tree is not None else []):
        most_tree, to_one, within = child.children
        most = _limit(cast(Syntax, most_tree), "cap", clause, scope, pool)
        one = isinstance(to_one, Token)
        if not one:
            _shared(most, scope)
        caps.append(Cap(most, one, _duration(within)))
    return tuple(caps)


def keep_in(clause: Clause, scope: Scope, pool: Symbol) -> Keep | None:
    """Return what a pool keeps back, and for which clauses."""
    tree = clause.tree("keeps")
    if tree is None:
        return None
    text = clause.fields["keeps"].text
    amount = _limit(cast(Syntax, tree.children[0]), "keeps", clause, scope, pool)
    _shared(amount, scope)
    names = tree.children[1]
    tokens = [cast(Token, child) for child in names.children] if isinstance(names, Tree) else []
    found = [scope.find(str(token), _ACTING, place_of(text, token)) for token in tokens]
    return Keep(amount, tuple(symbol.name for symbol in found if symbol is not None))


def _limit(tree: Syntax, field: str, clause: Clause, scope: Scope, pool: Symbol) -> Term:
    term = typed(tree, clause.fields[field].text, scope)
    if term.type != PERCENT:
        fits_pool(term, pool, scope)
    return term


def _shared(term: Term, scope: Scope) -> None:
    if not term.per_party:
        return
    sentence = say("each party has its own value of this; one for all is wanted here")
    help_ = say("say `to one party`, or name something that all parties share")
    scope.report("E401", sentence, term.span, help_)


def floors_in(clause: Clause, scope: Scope) -> tuple[Floor, ...]:
    """Return the floors of a pool."""
    tree = clause.tree("floor")
    floors = []
    for child in cast("list[Syntax]", tree.children if tree is not None else []):
        text = clause.fields["floor"].text
        number, name = child.children
        span = place_of(text, cast(Token, name))
        if symbol := scope.find(str(name), ("people", "group"), span):
            share, whole = Fraction(str(number)) / 100, place_of(text, child)
            floors.append(Floor(share, symbol.name, symbol.name not in scope.groups, whole))
    return tuple(floors)


def shared_by_in(clause: Clause, scope: Scope) -> tuple[Term | None, str]:
    """Return the weights by which a pool is shared, and the method that divides it, if any."""
    tree = clause.tree("shared by")
    if tree is None:
        return None, ""
    text = clause.fields["shared by"].text
    while tree.data in ("any_of", "all_of") and len(tree.children) == 1:
        tree = cast(Syntax, tree.children[0])
    name = str(tree.children[0]) if tree.data == "method" else ""
    method = scope.methods.get(name)
    if method is None or not method.divides:
        return proportions(typed(tree, text, scope), scope), ""
    given = [child for child in tree.children[1:] if isinstance(child, Tree)]
    if len(given) != len(method.takes):
        sentence = say(
            "`{name}` takes {wanted} values; {given} are given",
            name=name,
            wanted=len(method.takes),
            given=len(given),
        )
        help_ = say("give one for each of: {names}", names=", ".join(p.name for p in method.takes))
        scope.report("E400", sentence, place_of(text, tree), help_)
        return None, name
    weights = [proportions(typed(child, text, scope), scope) for child in given]
    return (weights[0] if weights else None), name


def rounding_in(clause: Clause, scope: Scope, pool: Symbol) -> int:
    """Return the unit to which amounts are rounded down, in whole units; 1 if none is given."""
    tree = clause.tree("rounds")
    if tree is None:
        return 1
    place = place_of(clause.fields["rounds"].text, tree)
    term = literal(cast(Syntax, tree.children[-1]), place)
    if not fits_pool(term, pool, scope):
        return 1
    if term.value < 1 or term.value.denominator != 1:
        sentence = say("amounts cannot be rounded to this")
        scope.report("E403", sentence, place, say("give a whole unit, such as `EUR 1`"))
        return 1
    return int(term.value)


def _duration(tree: object) -> Duration | None:
    return duration_of(tree) if isinstance(tree, Tree) else None


def _is(child: object, kind: str) -> bool:
    return isinstance(child, Token) and child.type == kind


def _trees(tree: Syntax) -> list[Syntax]:
    return [child for child in tree.children if isinstance(child, Tree)]


def _percent(share: Fraction) -> str:
    return f"{float(share * 100):g}"
