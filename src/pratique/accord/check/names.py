# SPDX-License-Identifier: Apache-2.0
"""Findings on names: W203 nothing uses it, E204 letters that deceive, E205 an older name in use."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator

from lark import Token

from pratique.accord.check.letters import BIDIRECTIONAL, deceptive_words
from pratique.accord.check.syntax import names_read, norms_of, trees_in
from pratique.accord.clause import Clause
from pratique.accord.kinds.party import Party
from pratique.accord.kinds.status import IN_FORCE, Status
from pratique.accord.model import Accord
from pratique.accord.terms.expression import place_of
from pratique.base.finding import Finding, Span
from pratique.base.text import Code, say

# A party, duty, rule, power, procedure or data set means something by itself.
_TO_BE_USED = ("term", "measure", "status", "pool", "body", "people")
# Fields whose words are no names of clauses.
_NOT_USES = ("split by", "kind", "tracks", "was", "accepted", "for")


def names(accord: Accord) -> list[Finding]:
    """Return E204 and E205; W203 too where nothing else stops the accord."""
    findings = [*_deceptive(accord), *_renamed(accord)]
    if accord.is_sound:
        findings += _unused(accord)
    return findings


# --- W203 -----------------------------------------------------------------------------------------


def _unused(accord: Accord) -> Iterator[Finding]:
    used: set[str] = set()
    for clause in norms_of(accord):
        used |= _uses(clause)
    for clause in norms_of(accord):
        for name in clause.names if clause.kind in _TO_BE_USED else ():
            if name.word not in used and not _is_reported_otherwise(clause, name.word, accord):
                yield _nothing_uses(name.word, clause.kind, name.span)
    for group, place in _groups(accord):
        if group not in used:
            yield _nothing_uses(group, "group", place)


def _is_reported_otherwise(clause: Clause, name: str, accord: Accord) -> bool:
    # Nothing starts a status that nothing names: E504 says so.
    is_status = isinstance(accord.typed.get(name), Status)
    return is_status and (name == IN_FORCE or "while" not in clause.fields)


def _uses(clause: Clause) -> set[str]:
    own = {name.word for name in clause.names}
    used = {clause.group}
    if clause.type is not None and clause.type.tree is not None:
        used |= set(names_read(clause.type.tree))
    for field in clause.fields.values():
        if field.name in _NOT_USES or (clause.kind, field.name) == ("party", "in"):
            continue
        for tree, _ in trees_in(clause, field):
            used |= set(names_read(tree))
    return used - own


def _groups(accord: Accord) -> Iterator[tuple[str, Span]]:
    seen: set[str] = set()
    for clause in accord.clauses:
        party = accord.typed.get(clause.name)
        tree = clause.tree("in") if isinstance(party, Party) else None
        for token in tree.children if tree is not None else ():
            if isinstance(token, Token) and str(token) not in seen:
                seen.add(str(token))
                yield str(token), place_of(clause.fields["in"].text, token)


def _nothing_uses(name: str, kind: str, place: Span) -> Finding:
    sentence = say("no clause uses the {kind} `{name}`", kind=kind, name=name)
    help_ = say("use it in a clause, or take it away; a worked case is no use of it")
    return Finding("W203", sentence, place, help_)


# --- E204 -----------------------------------------------------------------------------------------


def _deceptive(accord: Accord) -> Iterator[Finding]:
    for number, line in enumerate(accord.document.lines, 1):
        if line.isascii():
            continue
        for column, sign in enumerate(line, 1):
            if sign in BIDIRECTIONAL:
                yield _turned(sign, Span(number, column, column + 1))
        for word, column, sign in deceptive_words(line):
            yield _mixed(word, sign, Span(number, column, column + len(word)))


def _turned(sign: str, place: Span) -> Finding:
    sentence = say(
        "a mark that cannot be seen turns the reading direction: {mark}",
        mark=Code(f"U+{ord(sign):04X}"),
    )
    return Finding("E204", sentence, place, say("take it out; an editor may not show it"))


def _mixed(word: str, sign: str, place: Span) -> Finding:
    sentence = say(
        "`{word}` looks like a word of one alphabet, but `{sign}` is the letter {name}",
        word=word,
        sign=sign,
        name=Code(unicodedata.name(sign, f"U+{ord(sign):04X}").lower()),
    )
    return Finding("E204", sentence, place, say("type the word anew in one alphabet"))


# --- E205 -----------------------------------------------------------------------------------------


def _renamed(accord: Accord) -> Iterator[Finding]:
    claimed: dict[str, str] = {}
    for clause in accord.clauses:
        field = clause.fields.get("was")
        if field is None or not clause.was:
            continue
        symbol = accord.scope.symbols.get(clause.was)
        first = claimed.setdefault(clause.was, clause.name)
        if symbol is not None:
            sentence = say(
                "`{name}` is still the name of a {kind}", name=clause.was, kind=symbol.kind
            )
        elif first != clause.name:
            sentence = say(
                "`{name}` was already the name of `{other}`", name=clause.was, other=first
            )
        else:
            continue
        help_ = say("give the name that this clause alone had before, or leave `was` out")
        yield Finding("E205", sentence, field.text.span, help_)
