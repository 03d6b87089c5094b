# SPDX-License-Identifier: Apache-2.0
"""The names that an accord defines: what each stands for, and who has used it."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from pratique.accord.method import Method
from pratique.accord.terms.values import ANY, BOOL, Term, ValueType
from pratique.base.finding import Finding, Span
from pratique.base.moment import Day, day_from_iso
from pratique.base.text import Sentence, say
from pratique.surveillance.detector import Detector

UNDATED = "2026-01-01"
_UNDATED_DAY = day_from_iso(UNDATED)
"""Day 1 of a case in an accord without a date; no result depends on it but months' lengths."""
BUILT_IN = ("ratified", "signed", "left")
_WORDS_OF_THE_LANGUAGE = """
and or not for in of if then else any all count sum max min mean known over party parties to at by
from day days per last reports yes no abstain unknown never
"""
RESERVED = frozenset(_WORDS_OF_THE_LANGUAGE.split())


@dataclass(frozen=True, slots=True)
class Symbol:
    """One name: the clause kind it comes from, its type and spread, its value if it is a term."""

    name: str
    kind: str
    span: Span
    type: ValueType = BOOL
    per_party: bool = False
    term: Term | None = None
    low: float = float("-inf")
    high: float = float("inf")
    view: str = ""
    """What a bare pool's name means: what is available."""
    group: str = ""
    """The group whose members it has one for each of; empty: all parties."""
    parts: Mapping[str, str] = field(default_factory=dict)
    """Of a procedure: its steps and ends by name, `step` or `end`."""
    fields: Mapping[str, ValueType] = field(default_factory=dict)
    """Of a procedure: what its cases record, by name in expressions."""


@dataclass(slots=True)
class Scope:
    """All names of one accord, and the findings gathered while they are resolved."""

    currency: str
    symbols: dict[str, Symbol] = field(default_factory=dict)
    parties: list[str] = field(default_factory=list)
    groups: dict[str, list[str]] = field(default_factory=dict)
    """The members of each group of parties, in order of declaration."""
    methods: Mapping[str, Method] = field(default_factory=dict)
    """What `method NAME` may call."""
    detectors: Mapping[str, Detector] = field(default_factory=dict)
    """What `from: detector NAME` may name; none: any name is taken."""
    case_fields: Mapping[str, ValueType] = field(default_factory=dict)
    """What the case at hand records, while a procedure's own values are typed."""
    membership: bool = False
    """Whether the parties bound can change, so that quantifiers ask who is."""
    first_day: Day = _UNDATED_DAY
    """Day 1 of worked cases: the accord's date."""
    case_per_party: bool = True
    """Whether the procedure at hand has cases of each party."""
    used: set[str] = field(default_factory=set)
    doubtful: set[str] = field(default_factory=set)
    """Clauses whose trigger could not be read: whether they run for each party is not known."""
    findings: list[Finding] = field(default_factory=list)

    def report(self, code: str, sentence: Sentence, span: Span, help_: Sentence) -> None:
        """Add a finding."""
        self.findings.append(Finding(code, sentence, span, help_))

    def declare(self, symbol: Symbol) -> None:
        """Define a name; a second definition is E201, a word of the language E103."""
        if symbol.name in RESERVED or symbol.name in BUILT_IN:
            help_ = say("it is a word of the language; take another name")
            self.report(
                "E103", say("`{name}` cannot be a name", name=symbol.name), symbol.span, help_
            )
            return
        if first := self.symbols.get(symbol.name):
            help_ = say(
                "it is already a {kind} on line {line}", kind=first.kind, line=first.span.line
            )
            self.report(
                "E201", say("`{name}` is defined twice", name=symbol.name), symbol.span, help_
            )
            return
        self.symbols[symbol.name] = symbol

    def find(self, name: str, kinds: Iterable[str], span: Span) -> Symbol | None:
        """Return the symbol of a name if it is of one of these kinds, else report it."""
        wanted = tuple(kinds)
        symbol = self.symbols.get(name)
        if symbol is None:
            self.report(
                "E202",
                say("`{name}` is not defined", name=name),
                span,
                self.suggestion(name, wanted),
            )
            return None
        self.used.add(name)
        if symbol.kind in wanted:
            return symbol
        sentence = say(
            "`{name}` is a {kind}; a {wanted} is wanted here",
            name=name,
            kind=symbol.kind,
            wanted=" / ".join(wanted),
        )
        self.report("E400", sentence, span, self.suggestion(name, wanted))
        return None

    def party_index(self, name: str, span: Span) -> int:
        """Return the position of a party on the party axis, or -1 with a finding."""
        symbol = self.find(name, ("party",), span)
        return self.parties.index(name) if symbol else -1

    def suggestion(self, name: str, kinds: tuple[str, ...]) -> Sentence:
        """Return what to do about a name that is not defined."""
        fitting = [
            known for known, symbol in self.symbols.items() if known and symbol.kind in kinds
        ]
        near = difflib.get_close_matches(name, fitting, n=1, cutoff=0.6)
        if near:
            return say("did you mean `{near}`?", near=near[0])
        if kinds == ("group",):
            return say("put parties into it: `party NAME` with a field `in: {name}`", name=name)
        if fitting:
            return say("defined here: {names}", names=", ".join(sorted(fitting)[:8]))
        return say("define it with a clause `{kind} {name}`", kind=kinds[0], name=name)


def fault(span: Span) -> Term:
    """Return the term that stands for one that could not be typed."""
    return Term("fault", (), ANY, False, span)
