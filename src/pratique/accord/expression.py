# SPDX-License-Identifier: Apache-2.0
"""Clause values to syntax trees: the grammar's door, with places kept and errors put into words.

Gives untyped trees; what they mean is decided in `types`.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib import resources

from lark import Lark, Token, Tree
from lark.exceptions import UnexpectedCharacters, UnexpectedEOF, UnexpectedInput, UnexpectedToken

from pratique.base.finding import Finding, Span
from pratique.base.text import Sentence, say

Syntax = Tree[Token]

MOST_VALUE = 4_000
DEEPEST = 40
STARTS = (
    "expr",
    "who",
    "effects",
    "edges",
    "clock",
    "lapse",
    "schedule",
    "at_most",
    "vote",
    "silence",
    "source",
    "missing",
    "seats",
    "quorum",
    "income",
    "names",
    "word",
    "value_type",
    "accepted",
    "given",
    "expect",
)

# What a reader of a treaty would call the next thing expected, by token name.
_EXPECTED = {
    "NAME": "a name",
    "NUMBER": "a number",
    "UNIT": "a unit of time",
    "CURRENCY": "a currency",
    "OPERATOR": "a comparison such as > or <=",
    "RPAR": "`)`",
    "LPAR": "`(`",
    "COMMA": "`,`",
    "EDGE": "starts, ends, done, missed, used or refused",
    "RHYTHM": "daily, weekly, monthly or irregular",
    "SILENCE": "consents, refuses or abstains",
    "DATE": "a date",
    "QUOTED": "a reason in quotes",
    "WHO": "that party, each party, all parties or other parties",
    "PERCENT": "`%`",
    "SPELL": "month or year",
    "CODE": "a finding's code",
    "BALLOT": "yes, no or abstain",
    "$END": "the end of the value",
    "SEMICOLON": "`;`",
    "EQUAL": "`=`",
    "SLASH": "`/`",
    "QUANTIFIER": "any party, all parties, count of parties, …",
    "SCALE": "thousand, million or billion",
    "__ANON_0": "`..`",
}


@dataclass(frozen=True, slots=True)
class Text:
    """A field's value and where each of its lines stands in the document."""

    pieces: tuple[tuple[int, int, str], ...]
    """(line, column, words) of each line."""

    @property
    def words(self) -> str:
        """The value, lines joined by line ends."""
        return "\n".join(piece[2] for piece in self.pieces)

    @property
    def span(self) -> Span:
        """Where its first line stands."""
        line, column, words = self.pieces[0]
        return Span(line, column, column + max(1, len(words)))

    def span_at(self, line: int, column: int, length: int = 1) -> Span:
        """Return the place of a token: line and column count from 1 within the value."""
        index = min(max(line, 1), len(self.pieces)) - 1
        at, left, words = self.pieces[index]
        start = left + min(max(column, 1) - 1, len(words))
        return Span(at, start, start + max(1, length))

    def lines(self) -> Iterable[Text]:
        """Iterate over the value's statements: one a line, or separated by `;`."""
        for line, column, words in self.pieces:
            offset = 0
            for part in words.split(";"):
                stripped = part.strip()
                if stripped:
                    start = column + offset + len(part) - len(part.lstrip())
                    yield Text(((line, start, stripped),))
                offset += len(part) + 1


@cache
def _parser() -> Lark:
    grammar = resources.files("pratique.accord").joinpath("grammar.lark").read_text("utf-8")
    return Lark(
        grammar,
        parser="lalr",
        start=list(STARTS),
        propagate_positions=True,
        maybe_placeholders=True,
    )


def parse(text: Text, start: str) -> Syntax | Finding:
    """Return the syntax tree of a value, or the finding E103 that says where it breaks."""
    words = text.words
    if len(words) > MOST_VALUE:
        return _too_deep(text)
    try:
        tree = _parser().parse(words, start=start)
    except UnexpectedInput as stop:
        return _unreadable(text, stop)
    return tree if _height(tree) <= DEEPEST * 5 else _too_deep(text)


def place_of(text: Text, tree: Syntax | Token) -> Span:
    """Return where a subtree or token stands in the document."""
    if isinstance(tree, Token):
        return text.span_at(tree.line or 1, tree.column or 1, len(tree))
    meta = tree.meta
    if meta.empty:
        return text.span
    same_line = meta.end_line == meta.line
    return text.span_at(meta.line, meta.column, meta.end_column - meta.column if same_line else 1)


def _height(tree: Syntax) -> int:
    height, level = 0, [tree]
    while level:
        height += 1
        level = [child for node in level for child in node.children if isinstance(child, Tree)]
    return height


def _too_deep(text: Text) -> Finding:
    help_ = say("name a part of it with a `term`")
    return Finding("E103", say("the value is too long or nested too deeply"), text.span, help_)


def _unreadable(text: Text, stop: UnexpectedInput) -> Finding:
    words = text.words
    match stop:
        case UnexpectedToken() if stop.token.type != "$END":
            span = text.span_at(stop.line, stop.column, len(stop.token))
            sentence = say("`{word}` cannot stand here", word=str(stop.token))
            expected: Iterable[str] = stop.expected
        case UnexpectedCharacters():
            span = text.span_at(stop.line, stop.column)
            sentence = say("`{word}` cannot be read here", word=words[stop.pos_in_stream :][:1])
            expected = stop.allowed or ()
        case _:
            last = len(text.pieces)
            span = text.span_at(last, len(text.pieces[-1][2]) + 1)
            sentence = say("the value breaks off")
            expected = stop.expected if isinstance(stop, UnexpectedToken | UnexpectedEOF) else ()
    return Finding("E103", sentence, span, _expectation(expected))


def _expectation(expected: Iterable[str]) -> Sentence:
    words = sorted({_EXPECTED.get(name) or _keyword(name) for name in expected} - {""})
    if not words:
        return say("look at the grammar of values in the language reference")
    return say("expected here: {words}", words="; ".join(words[:8]))


def _keyword(name: str) -> str:
    return f"`{name.lower()}`" if name.isalpha() and name.isupper() and len(name) > 1 else ""
