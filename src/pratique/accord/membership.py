# SPDX-License-Identifier: Apache-2.0
"""Whether the parties that are bound can change, as far as a text fixes it.

Read from the clauses before they are typed: it decides what their quantifiers count.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from lark import Token, Tree

from pratique.accord.clause import Clause, FieldText
from pratique.accord.kinds.status import IN_FORCE
from pratique.accord.terms.expression import Syntax, parse

JOINING = frozenset({"ratified", "signed"})


def can_change(clauses: Sequence[Clause]) -> bool:
    """Say whether who is bound can change: each enters into force, by joining, or may leave."""
    if any(clause.per_party and _defines(clause, IN_FORCE) for clause in clauses):
        return True
    if JOINING & _read_by_in_force(clauses):
        return True
    return any(tree.data == "leave" for clause in clauses for tree in _subtrees(clause))


def _defines(clause: Clause, word: str) -> bool:
    return any(name.word == word for name in clause.names)


def _read_by_in_force(clauses: Sequence[Clause]) -> set[str]:
    """Return the names that `in_force` reads, directly or through statuses and terms."""
    named = {name.word: clause for clause in clauses for name in clause.names}
    found: set[str] = set()
    waiting = [IN_FORCE]
    while waiting:
        name = waiting.pop()
        if name not in found:
            found.add(name)
            waiting += _words(named[name]) if name in named else []
    return found


def _words(clause: Clause) -> list[str]:
    fields = (clause.fields.get("while"), clause.type)
    trees = [field.tree for field in fields if field is not None and field.tree is not None]
    return [str(leaf) for tree in trees for leaf in tree.scan_values(_is_token)]


def _is_token(leaf: object) -> bool:
    return isinstance(leaf, Token)


def _subtrees(clause: Clause) -> Iterator[Syntax]:
    for field in clause.fields.values():
        tree = field.tree or _effects(field)
        if tree is not None:
            yield from tree.iter_subtrees()


def _effects(field: FieldText) -> Syntax | None:
    # What a power may do stands as words until it is found to be effects.
    if field.name != "may" or "leave" not in field.text.words:
        return None
    tree = parse(field.text, "effects")
    return tree if isinstance(tree, Tree) else None
