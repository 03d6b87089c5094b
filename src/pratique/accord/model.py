# SPDX-License-Identifier: Apache-2.0
"""A whole accord, typed: from its text to clauses that mean something. The door for its readers."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import TypeVar, cast

from lark import Token

from pratique.accord.clause import Clause
from pratique.accord.document import Document, read_document
from pratique.accord.electorate import vote_findings
from pratique.accord.kinds import kinds
from pratique.accord.kinds.body import Body
from pratique.accord.kinds.case import Case
from pratique.accord.kinds.dataset import Dataset
from pratique.accord.kinds.duty import Duty
from pratique.accord.kinds.measure import Measure
from pratique.accord.kinds.party import Party
from pratique.accord.kinds.people import People
from pratique.accord.kinds.pool import Pool
from pratique.accord.kinds.power import Power
from pratique.accord.kinds.procedure import Procedure
from pratique.accord.kinds.rule import Rule
from pratique.accord.kinds.status import Status
from pratique.accord.kinds.term import NamedTerm
from pratique.accord.membership import can_change
from pratique.accord.method import Registry
from pratique.accord.read import read_clauses
from pratique.accord.shares import share_findings
from pratique.accord.terms.scope import UNDATED, Scope
from pratique.base.finding import Finding, Span
from pratique.base.label import Label
from pratique.base.moment import Clock, Day, day_from_iso
from pratique.base.text import say
from pratique.surveillance.detector import Detector
from pratique.surveillance.detectors import detectors as all_detectors

T = TypeVar("T")
Typed = (
    Party | Body | People | NamedTerm | Measure | Status | Pool | Dataset | Duty | Power | Rule
    | Procedure | Case
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Accord:
    """A typed accord: `clauses` as read, `typed` by name, findings of reading and typing."""

    document: Document
    clauses: tuple[Clause, ...]
    typed: dict[str, Typed]
    scope: Scope
    findings: tuple[Finding, ...]
    translated: frozenset[str] = frozenset()
    """The clauses whose labels are those of a translation."""
    called: Mapping[str, Label] = field(default_factory=dict)
    """All that a translation calls something: by name, or by `clause.part` within one clause."""

    @property
    def title(self) -> str:
        """The accord's name."""
        return self.document.title()

    @property
    def clock(self) -> Clock:
        """The calendar by which it counts its days."""
        return Clock(self.document.setting("clock", "UTC"))

    @property
    def parties(self) -> tuple[Party, ...]:
        """The parties, in order: the party axis."""
        return tuple(
            cast(Party, self.typed[name]) for name in self.scope.parties if name in self.typed
        )

    @property
    def groups(self) -> dict[str, tuple[str, ...]]:
        """The members of each group of parties, in order."""
        return {group: tuple(members) for group, members in self.scope.groups.items()}

    def of_kind(self, kind: type[T]) -> tuple[T, ...]:
        """Return the typed clauses of a kind, in order."""
        return tuple(clause for clause in self.typed.values() if isinstance(clause, kind))

    def label(self, name: str) -> str:
        """Return a clause's label, for people; its name where it has none."""
        clause = self.typed.get(name)
        return clause.label if clause is not None else name

    def called_within(self, clause: str) -> dict[str, Label]:
        """Return what a translation calls the names that stand in a clause."""
        general = {name: label for name, label in self.called.items() if "." not in name}
        own = {
            name.removeprefix(f"{clause}."): label
            for name, label in self.called.items()
            if name.startswith(f"{clause}.")
        }
        return general | own

    @property
    def is_sound(self) -> bool:
        """Whether nothing was found that stops it from being compiled."""
        return not any(finding.severity == "E" for finding in self.findings)


def read_accord(
    source: str,
    methods: Registry | None = None,
    *,
    detectors: Mapping[str, Detector] | None = None,
) -> Accord:
    """Return the typed accord of a text. Never raises; what is wrong is in its findings.

    `methods` are those that its clauses may call, `detectors` those that they may name; None: all
    that `surveillance` has.
    """
    document = read_document(source)
    clauses, unread = read_clauses(document, kinds())
    scope = Scope(
        document.setting("currency", ""),
        methods=methods or {},
        detectors=all_detectors() if detectors is None else detectors,
    )
    scope.first_day = _first_day(document)
    scope.membership = can_change(clauses)
    _declare(clauses, scope)
    typed = _resolve(clauses, scope)
    vote_findings(typed, scope)
    share_findings(typed, scope)
    findings = [*document.findings, *unread, *scope.findings]
    if len(scope.parties) < 2 and not findings:
        help_ = say("name them in a clause such as `party guinea, liberia`")
        findings.append(Finding("E104", say("an accord has at least two parties"), Span(1), help_))
    return Accord(document, tuple(clauses), typed, scope, _placed(findings, document, clauses))


def _first_day(document: Document) -> Day:
    try:
        return day_from_iso(document.setting("date", UNDATED))
    except ValueError:
        return day_from_iso(UNDATED)


def _declare(clauses: list[Clause], scope: Scope) -> None:
    # Terms last: they read other names. Then spreads until nothing changes: they read one another.
    later = [clause for clause in clauses if kinds()[clause.kind].declared_last]
    for clause in (clause for clause in clauses if clause not in later):
        kinds()[clause.kind].declare(clause, scope)
    for clause in clauses:
        if clause.group:
            scope.find(clause.group, ("group",), clause.span)
    _spreads(clauses, scope)
    kept = len(scope.findings)
    _declare_terms(later, scope)
    while _spreads(clauses, scope):
        # What a term reads runs for each party, as is known only now: it is typed again.
        del scope.findings[kept:]
        scope.symbols = {n: one for n, one in scope.symbols.items() if one.term is None}
        _declare_terms(later, scope)


def _declare_terms(terms: list[Clause], scope: Scope) -> None:
    for clause in _terms_in_order(terms):
        kinds()[clause.kind].declare(clause, scope)


def _terms_in_order(terms: list[Clause]) -> Iterable[Clause]:
    waiting = list(terms)
    while waiting:
        names = {clause.name for clause in waiting}
        ready = next(
            (clause for clause in waiting if not (_names_used(clause) & names)), waiting[0]
        )
        waiting.remove(ready)
        yield ready


def _names_used(clause: Clause) -> set[str]:
    tree = clause.type.tree if clause.type else None
    tokens = tree.scan_values(lambda token: isinstance(token, Token)) if tree else ()
    return {str(token) for token in tokens}


def _is_doubtful(clause: Clause) -> bool:
    triggers = [clause.fields[name] for name in ("on", "when") if name in clause.fields]
    return any(trigger.tree is None for trigger in triggers)


def _spreads(clauses: list[Clause], scope: Scope) -> bool:
    """Find out what runs for each party; say whether anything new was found."""
    scope.doubtful |= {clause.name for clause in clauses if _is_doubtful(clause)}
    changed, found = True, False
    while changed:
        changed = False
        for clause in clauses:
            symbol, spread = scope.symbols.get(clause.name), kinds()[clause.kind].spread
            if spread is None or symbol is None or symbol.per_party or symbol.kind != clause.kind:
                continue
            if spread(clause, scope):
                scope.symbols[clause.name] = replace(symbol, per_party=True)
                changed = found = True
    return found


def _resolve(clauses: list[Clause], scope: Scope) -> dict[str, Typed]:
    typed: dict[str, Typed] = {}
    for clause in clauses:
        for resolved in kinds()[clause.kind].resolve(clause, scope):
            named = cast(Typed, resolved)
            typed.setdefault(named.name, named)
    return typed


def _placed(
    findings: Iterable[Finding], document: Document, clauses: list[Clause]
) -> tuple[Finding, ...]:
    ordered = sorted(
        findings, key=lambda finding: (finding.span.line, finding.span.column, finding.code)
    )
    return tuple(placed(finding, document, clauses) for finding in ordered)


def placed(finding: Finding, document: Document, clauses: Iterable[Clause]) -> Finding:
    """Return a finding with its clause, its article and the words of its paragraph."""
    line = finding.span.line
    clause = next((one for one in clauses if one.span.line <= line <= one.last_line), None)
    label = finding.article or (clause.paragraphs[0] if clause and clause.paragraphs else "")
    paragraph = document.paragraph(label)
    accepted = finding.accepted
    if accepted is None and clause and finding.severity == "W":
        accepted = clause.accepted.get(finding.code)
    return replace(
        finding,
        article=label,
        quote=finding.quote or (paragraph.text if paragraph else ""),
        clause=finding.clause or (clause.name if clause else ""),
        accepted=accepted,
    )
