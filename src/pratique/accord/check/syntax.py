# SPDX-License-Identifier: Apache-2.0
"""The syntax trees of a clause, those of its lists and of the words that read as effects or as a
condition among them; names, changes and effects found in them. Knows no clause kind by name.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache

from lark import Token, Tree

from pratique.accord.clause import Clause, FieldText
from pratique.accord.kinds import kinds
from pratique.accord.model import Accord
from pratique.accord.terms.expression import Syntax, Text, parse
from pratique.base.finding import Span

CASE = "case"


def norms_of(accord: Accord) -> Iterator[Clause]:
    """Iterate over the clauses that bind: all but worked cases."""
    return (clause for clause in accord.clauses if clause.kind != CASE)


def whole_clauses(accord: Accord, *kinds_wanted: str) -> Iterator[Clause]:
    """Iterate over the clauses of some kinds in which nothing was found so far that stops them.

    One fault gives one finding: what is said of a clause that cannot be read would be noise.
    """
    faulty = {finding.span.line for finding in accord.findings if finding.severity == "E"}
    for clause in accord.clauses:
        lines = range(clause.span.line, clause.last_line + 1)
        if clause.kind in kinds_wanted and faulty.isdisjoint(lines):
            yield clause


def trees_of(clause: Clause) -> Iterator[Syntax]:
    """Iterate over a clause's syntax trees, those of its type and of every field."""
    if clause.type is not None and clause.type.tree is not None:
        yield clause.type.tree
    for field in clause.fields.values():
        yield from (tree for tree, _ in trees_in(clause, field))


def trees_in(clause: Clause, field: FieldText) -> Iterator[tuple[Syntax, Text]]:
    """Iterate over a field's syntax trees, each with the text that it was read from."""
    if field.tree is not None:
        yield field.tree, field.text
        return
    known = kinds()[clause.kind].field_named(field.name)
    if known is None or (known.many and known.reads is None):
        return
    if known.many:
        for text in field.text.lines():
            tree = parse(text, known.reads or "")
            if isinstance(tree, Tree):
                yield tree, text
    elif known.reads is None and (read := effects_or_condition(field.text)):
        # Effects and conditions may stand where words may; what cannot be read at all is E103's.
        yield read, field.text


def effects_or_condition(text: Text) -> Syntax | None:
    """Return the tree of words that read as effects or as a condition."""
    return _read_as(text.words)


@lru_cache(maxsize=1024)
def _read_as(words: str) -> Syntax | None:
    # Places in a tree count from the beginning of its words: it is the same wherever these stand.
    text = Text(tuple((number, 1, line) for number, line in enumerate(words.split("\n"), 1)))
    for start in ("effects", "expr"):
        tree = parse(text, start)
        if isinstance(tree, Tree):
            return tree
    return None


def tokens_of(tree: Syntax) -> Iterator[Token]:
    """Iterate over the tokens of a tree."""
    yield from tree.scan_values(lambda child: isinstance(child, Token))


def names_read(tree: Syntax) -> Iterator[str]:
    """Iterate over the names in a tree, the groups of its quantifiers among them."""
    for token in tokens_of(tree):
        if token.type == "NAME":
            yield str(token)
        elif token.type == "QUANTIFIER":
            yield token.split()[-1]


def changes_read(accord: Accord, edge: str) -> set[str]:
    """Return whose change of a kind (`missed`, `used`) any clause waits for.

    A name, or `STEP of PROCEDURE` as `PROCEDURE.STEP`.
    """
    found = set()
    for clause in norms_of(accord):
        for tree in trees_of(clause):
            for node in tree.find_pred(lambda one: one.data in ("edge", "edge_of")):
                name, *whole, change = (str(child) for child in node.children)
                if change == edge:
                    found.add(_part_name(name, whole, accord))
    return found


def _part_name(name: str, whole: list[str], accord: Accord) -> str:
    """Return `PROCEDURE.STEP` for a step of a procedure; of a party, it is the clause itself."""
    symbol = accord.scope.symbols.get(whole[0]) if whole else None
    return f"{whole[0]}.{name}" if symbol is not None and symbol.parts else name


def effects_read(accord: Accord, *forms: str) -> Iterator[Syntax]:
    """Iterate over the effects of some forms (`start_status`) in all clauses."""
    for clause in norms_of(accord):
        for tree in trees_of(clause):
            yield from tree.find_pred(lambda one: one.data in forms)


def place_of_name(clause: Clause, name: str) -> Span:
    """Return where a clause defines one of its names."""
    return next((one.span for one in clause.names if one.word == name), clause.span)


def clause_named(accord: Accord, name: str) -> Clause | None:
    """Return the clause that defines a name."""
    return next(
        (one for one in norms_of(accord) if any(word.word == name for word in one.names)), None
    )


def joined(parts: Iterable[str]) -> str:
    """Return field names as they are shown: each in backticks, parted by commas."""
    return ", ".join(f"`{part}`" for part in parts)
