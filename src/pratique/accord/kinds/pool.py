# SPDX-License-Identifier: Apache-2.0
"""`pool`: money or countable things held jointly, such as a fund, kits or doses."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import cast

from lark import Token, Tree

from pratique.accord.clause import Clause, Field, Kind
from pratique.accord.terms.expression import Syntax, place_of
from pratique.accord.terms.literals import duration_of, literal
from pratique.accord.terms.scope import Scope, Symbol
from pratique.accord.terms.values import ANY, COUNT, ValueType
from pratique.accord.words.phrases import type_words
from pratique.base.duration import Duration
from pratique.base.money import shared_out
from pratique.base.text import Code, Sentence, say

_SPELLS = {"year": Duration(1, "years"), "month": Duration(1, "months")}


@dataclass(frozen=True, slots=True)
class Pool:
    """What is held jointly. `claims`: what each party owes it each time, in whole units.

    `every` is the spell between claims (None: once, at entry into force); a claim is due `within`.
    """

    name: str
    label: str
    type: ValueType
    claims: tuple[int, ...]
    every: Duration | None
    within: Duration | None
    kept_by: str
    source: Clause


def _declare(clause: Clause, scope: Scope) -> None:
    for name in clause.names:
        scope.declare(Symbol(name.word, "pool", name.span, _type(clause, scope), view="available"))


def _type(clause: Clause, scope: Scope) -> ValueType:
    tree = clause.type.tree if clause.type else None
    if clause.type is None:
        help_ = say("write it after a colon: `pool fund: money USD`")
        scope.report("E104", say("this pool has no type"), clause.span, help_)
    if tree is None or clause.type is None:
        return ANY
    if tree.data == "money_type":
        return ValueType("money", str(tree.children[0]))
    if str(tree.children[0]) == "count":
        return COUNT
    sentence = say("a pool holds money or countable things")
    scope.report("E103", sentence, clause.type.text.span, say("write `money USD` or `count`"))
    return ANY


def _resolve(clause: Clause, scope: Scope) -> list[object]:
    symbol = scope.symbols.get(clause.name)
    if symbol is None or symbol.kind != "pool":
        return []
    claims, every, within = _income(clause, scope, symbol.type)
    tree = clause.tree("kept by")
    keeper = str(tree.children[0]) if tree is not None else ""
    if keeper and not scope.find(keeper, ("body", "party"), clause.fields["kept by"].text.span):
        keeper = ""
    label = clause.label_of(clause.name)
    return [Pool(clause.name, label, symbol.type, claims, every, within, keeper, clause)]


def _income(
    clause: Clause, scope: Scope, type_: ValueType
) -> tuple[tuple[int, ...], Duration | None, Duration | None]:
    nothing = (0,) * len(scope.parties)
    income = clause.tree("from")
    tree = cast(Syntax, income.children[0]) if income is not None else None
    if tree is None or str(tree.data) not in ("income_shared", "income_each", "income_own"):
        return nothing, None, None
    parts = [child for child in tree.children if isinstance(child, Tree)]
    due = next((part for part in parts if part.data == "due"), None)
    times = due.children if due else ()
    within = next((duration_of(child) for child in times if isinstance(child, Tree)), None)
    spell = next(
        (
            str(child)
            for child in tree.children
            if isinstance(child, Token) and child.type == "SPELL"
        ),
        "",
    )
    every = _SPELLS.get(spell)
    read = {"income_shared": _shared, "income_each": _each, "income_own": _own}[str(tree.data)]
    return read(parts, clause, scope, type_) or nothing, every, within


def _amount(tree: Syntax, clause: Clause, scope: Scope, type_: ValueType) -> int:
    term = literal(tree)
    if term.type != type_ and ANY not in (term.type, type_):
        text = clause.fields["from"].text
        sentence = say(
            "`{pool}` takes {type}; this is {other}",
            pool=clause.name,
            type=type_words(type_),
            other=type_words(term.type),
        )
        scope.report(
            "E400", sentence, place_of(text, tree), say("give the amount in the pool's own unit")
        )
    return int(term.value)


def _shared(parts: list[Syntax], clause: Clause, scope: Scope, type_: ValueType) -> tuple[int, ...]:
    text = clause.fields["from"].text
    weights = [Fraction(0)] * len(scope.parties)
    portions = [part for part in parts if part.data == "portion"]
    for portion in portions:
        index = scope.party_index(str(portion.children[-1]), place_of(text, portion))
        if index >= 0:
            weights[index] += Fraction(str(portion.children[0])) / 100
    known = all(str(portion.children[-1]) in scope.parties for portion in portions)
    if known and sum(weights) != 1:
        sentence = say(
            "the shares add up to {sum} %, not to 100 %", sum=_percent(sum(weights, Fraction(0)))
        )
        scope.report(
            "E402",
            sentence,
            place_of(text, portions[0]),
            say("change a share, or add the party left out"),
        )
    return tuple(shared_out(_amount(parts[0], clause, scope, type_), weights))


def _each(parts: list[Syntax], clause: Clause, scope: Scope, type_: ValueType) -> tuple[int, ...]:
    return (_amount(parts[0], clause, scope, type_),) * len(scope.parties)


def _own(parts: list[Syntax], clause: Clause, scope: Scope, type_: ValueType) -> tuple[int, ...]:
    claims = [0] * len(scope.parties)
    for own in (part for part in parts if part.data == "own"):
        index = scope.party_index(str(own.children[-1]), place_of(clause.fields["from"].text, own))
        if index >= 0:
            claims[index] += _amount(cast(Syntax, own.children[0]), clause, scope, type_)
    return tuple(claims)


def _percent(share: Fraction) -> str:
    return f"{float(share * 100):g}"


def _reading(typed: object) -> list[Sentence]:
    pool = cast(Pool, typed)
    name = Code(pool.name)
    reading = [say("{name} is held jointly by the Parties.", name=name)]
    if pool.every == _SPELLS["year"]:
        reading.append(say("Each Party owes it a contribution every year."))
    elif pool.every is not None:
        reading.append(say("Each Party owes it a contribution every month."))
    elif any(pool.claims):
        reading.append(say("Each Party owes it a contribution once."))
    if pool.within is not None:
        reading.append(say("A contribution is due within {time}.", time=pool.within))
    if pool.kept_by:
        reading.append(
            say("{keeper} keeps it and owes what it must pay out.", keeper=Code(pool.kept_by))
        )
    return reading


KIND = Kind(
    name="pool",
    summary=say("money or countable things held jointly, such as a fund, kits or doses"),
    fields=(
        Field(
            "from",
            "income",
            say(
                "who contributes what:"
                " `USD 12 million per year as 50% of a, 50% of b within 60 days`"
            ),
            required=True,
        ),
        Field("kept by", "word", say("the body that keeps it and pays out of it")),
    ),
    declare=_declare,
    resolve=_resolve,
    reading=_reading,
    takes_type="value_type",
    example=(
        "pool fund: money USD\n"
        "  from: USD 12 million per year as 50% of aldova, 50% of brenia within 60 days"
    ),
)
