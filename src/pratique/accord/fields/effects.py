# SPDX-License-Identifier: Apache-2.0
"""The effects that a field lists, or that a step of a procedure has."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import cast

from lark import Token, Tree

from pratique.accord.clause import Clause, FieldText
from pratique.accord.fields.actors import who_of
from pratique.accord.fields.clocks import step_named
from pratique.accord.fields.triggers import change_of
from pratique.accord.terms.expression import Syntax, Text, place_of
from pratique.accord.terms.literals import duration_of
from pratique.accord.terms.scope import Scope, Symbol
from pratique.accord.terms.types import typed
from pratique.accord.terms.values import (
    ANY,
    AdoptText,
    CallPower,
    Draw,
    EdgeRef,
    Effect,
    EndStatus,
    Hold,
    Leave,
    OpenCase,
    StartStatus,
    Term,
    Transfer,
    ValueType,
    Who,
)
from pratique.accord.words.phrases import type_words
from pratique.base.duration import Duration
from pratique.base.finding import Span
from pratique.base.text import say


def effects_in(
    clause: Clause, name: str, scope: Scope, *, steps: Collection[str] | None = None
) -> tuple[Effect, ...]:
    """Return the effects that a field lists; `steps`: those of the procedure that it belongs to."""
    return effects_in_field(clause.fields.get(name), scope, steps=steps)


def effects_in_field(
    field: FieldText | None, scope: Scope, *, steps: Collection[str] | None = None
) -> tuple[Effect, ...]:
    """Return the effects of a field as read."""
    if field is None or field.tree is None:
        return ()
    return effects_of(field.tree, field.text, scope, steps=steps)


def effects_of(
    tree: Syntax, text: Text, scope: Scope, *, steps: Collection[str] | None = None
) -> tuple[Effect, ...]:
    """Return the effects of an `effects` tree."""
    effects = [effect_of(cast(Syntax, child), text, scope, steps=steps) for child in tree.children]
    return tuple(effect for effect in effects if effect is not None)


def effect_of(
    tree: Syntax, text: Text, scope: Scope, *, steps: Collection[str] | None = None
) -> Effect | None:
    """Return the effect of a tree (also of a step's part: `sends`, `pays`, `holds`), or None with
    a finding. `steps` are the steps of the procedure at hand, None outside procedures.
    """
    reader = _Reader(text, scope, steps)
    children: list[object] = list(tree.children)
    match tree.data:
        case "start_status":
            return reader.start(children)
        case "end_status":
            return reader.end(children)
        case "call":
            symbol = reader.named(children[0], "power")
            return CallPower(symbol.name) if symbol else None
        case "open_case":
            symbol = reader.named(children[0], "procedure")
            return OpenCase(symbol.name, reader.at(children[1])) if symbol else None
        case "adopt_text":
            return AdoptText(str(children[0]))
        case "leave":
            return Leave()
        case "send_share":
            return reader.send_share(children, place_of(text, tree))
        case _:
            return reader.amount_moved(str(tree.data), children, place_of(text, tree))


def needs_party(effects: Sequence[Effect], scope: Scope) -> bool:
    """Say whether effects that do not name `that party` are about one all the same."""
    return any(_is_about_one(effect, scope) for effect in effects)


def _is_about_one(effect: Effect, scope: Scope) -> bool:
    match effect:
        case CallPower(power):
            return scope.symbols[power].per_party
        case OpenCase(procedure, None):
            return scope.symbols[procedure].per_party
        case Leave():
            return True
    return False


def fits_pool(amount: Term, pool: Symbol, scope: Scope) -> bool:
    """Say whether an amount is in a pool's unit, else report it (E400)."""
    if amount.type in (pool.type, ANY):
        return True
    sentence = say(
        "`{pool}` takes {type}; this is {other}",
        pool=pool.name,
        type=type_words(pool.type),
        other=type_words(amount.type),
    )
    scope.report("E400", sentence, amount.span, say("give the amount in the pool's own unit"))
    return False


@dataclass(frozen=True, slots=True)
class _Reader:
    """Reads the parts of one effect."""

    text: Text
    scope: Scope
    steps: Collection[str] | None

    def place(self, child: object) -> Span:
        return place_of(self.text, cast("Syntax | Token", child))

    def named(self, child: object, kind: str) -> Symbol | None:
        return self.scope.find(str(child), (kind,), self.place(child))

    def actor(self, child: object) -> Who | None:
        return who_of(child, self.text, self.scope) if isinstance(child, Tree) else None

    def at(self, child: object) -> Who | None:
        """Return the parties in which something is to be; bodies and people are no places."""
        who = self.actor(child)
        outside = who is not None and who.form in ("chair", "people", "anyone")
        bodies = who is not None and who.form == "named" and who.names[0] not in self.scope.parties
        if who is None or not (outside or bodies):
            return who
        sentence = say("this is so in parties; none is named here")
        self.scope.report("E400", sentence, who.span, say("name a party, a group or `that party`"))
        return None

    def start(self, children: list[object]) -> StartStatus | None:
        symbol = self.named(children[0], "status")
        if symbol is None:
            return None
        return StartStatus(symbol.name, self.at(children[1]), _lasting(children[2]))

    def end(self, children: list[object]) -> EndStatus | None:
        symbol = self.named(children[0], "status")
        return EndStatus(symbol.name, self.at(children[1])) if symbol else None

    def send_share(self, children: list[object], span: Span) -> Draw | None:
        share = Fraction(str(children[0])) / 100
        if share > 1:
            sentence = say("this sends more than the whole pool")
            self.scope.report("E403", sentence, span, say("give at most 100 %"))
        pool, to = self.named(children[1], "pool"), self.actor(children[2])
        if pool is None or to is None:
            return None
        return Draw(pool.name, to, None, share, _lasting(children[3]), sends=True)

    def amount_moved(self, how: str, children: list[object], span: Span) -> Effect | None:
        # A step's parts know no `up to`: their amounts are its fields.
        up_to = isinstance(children[0], Token) if children else False
        rest = children[1:] if up_to or children[0] is None else children
        amount = typed(cast(Syntax, rest[0]), self.text, self.scope)
        if how in ("hold_from", "step_holds"):
            return self.hold(amount, rest[1:], span, up_to=up_to)
        if how in ("send_from", "step_sends"):
            return self.draw(amount, rest[1], rest[2:], sends=True, up_to=up_to)
        payer = cast(Syntax, rest[1])
        if self._is_pool(payer):
            return self.draw(amount, payer.children[0], rest[2:], sends=False, up_to=up_to)
        return self.transfer(amount, rest[1:], up_to=up_to)

    def _is_pool(self, tree: Syntax) -> bool:
        symbol = self.scope.symbols.get(str(tree.children[0])) if tree.children else None
        return tree.data == "actor_name" and symbol is not None and symbol.kind in _POOLS

    def draw(
        self, amount: Term, pool_name: object, rest: list[object], *, sends: bool, up_to: bool
    ) -> Draw | None:
        pool = self.named(pool_name, "pool")
        if self._is_pool(cast(Syntax, rest[0])):
            sentence = say("a pool gives to parties, bodies or people, not to a pool")
            help_ = say("name who receives it, or let a party pay into the pool")
            self.scope.report("E400", sentence, self.place(rest[0]), help_)
            return None
        to = self.actor(rest[0])
        if pool is None or to is None or not fits_pool(amount, pool, self.scope):
            return None
        return Draw(pool.name, to, amount, None, _lasting(rest[1]), sends, up_to)

    def hold(self, amount: Term, rest: list[object], span: Span, *, up_to: bool) -> Hold | None:
        pool, to = self.named(rest[0], "pool"), self.actor(rest[1])
        step, until = self.until(rest[2], span)
        if pool is None or to is None or not fits_pool(amount, pool, self.scope):
            return None
        return Hold(pool.name, to, amount, until, step, up_to)

    def until(self, child: object, span: Span) -> tuple[str, EdgeRef | None]:
        """Return the step or the change at which what is held comes back."""
        if isinstance(child, Token):
            return self._step(child), None
        if isinstance(child, Tree):
            step = step_named(child, self.steps or ())
            return (step, None) if step else ("", change_of(child, self.text, self.scope))
        if self.steps is None:
            sentence = say("nothing says until when this is held")
            help_ = say("add `until` and a change, such as `until emergency ends`")
            self.scope.report("E103", sentence, span, help_)
        return "", None

    def _step(self, name: Token) -> str:
        if name in (self.steps or ()):
            return str(name)
        sentence = say("`{name}` is no step of this procedure", name=str(name))
        help_ = say("steps here: {names}", names=", ".join(self.steps or ()))
        self.scope.report("E202", sentence, self.place(name), help_)
        return ""

    def transfer(self, amount: Term, rest: list[object], *, up_to: bool) -> Transfer | None:
        payer = self.actor(rest[0])
        if payer is not None and payer.form in ("people", "anyone"):
            sentence = say("only parties and bodies can owe a payment")
            help_ = say("name a party, a group, a body or a pool")
            self.scope.report("E400", sentence, payer.span, help_)
            return None
        if self._is_pool(cast(Syntax, rest[1])):
            pool = self.named(cast(Syntax, rest[1]).children[0], "pool")
            if pool is None or payer is None or not fits_pool(amount, pool, self.scope):
                return None
            return Transfer(payer, None, pool.name, amount, _lasting(rest[2]), up_to)
        to = self.actor(rest[1])
        if payer is None or to is None or not self._is_money(amount):
            return None
        return Transfer(payer, to, "", amount, _lasting(rest[2]), up_to)

    def _is_money(self, amount: Term) -> bool:
        if amount.type.kind == _MONEY.kind or amount.type == ANY:
            return True
        sentence = say("what is paid is money; this is {type}", type=type_words(amount.type))
        help_ = say("give the currency, such as `USD 150 thousand`")
        self.scope.report("E400", sentence, amount.span, help_)
        return False


_POOLS = ("pool",)
_MONEY = ValueType("money")


def _lasting(child: object) -> Duration | None:
    return duration_of(child) if isinstance(child, Tree) else None
