# SPDX-License-Identifier: Apache-2.0
"""Clause values to syntax trees: the grammar's door, with places kept and errors put into words.

Gives untyped trees; what they mean is decided in `types`.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from fractions import Fraction
from functools import cache, lru_cache
from importlib import resources

from lark import Lark, Token, Tree
from lark.exceptions import UnexpectedCharacters, UnexpectedEOF, UnexpectedInput, UnexpectedToken

from pratique.base.cache import cache_folder
from pratique.base.finding import Finding, Span
from pratique.base.text import Either, Sentence, say

Syntax = Tree[Token]

MOST_VALUE = 4_000
DEEPEST = 40
STARTS = (
    "expr",
    "who",
    "openers",
    "readers",
    "effects",
    "edges",
    "clock",
    "before",
    "time",
    "lapse",
    "schedule",
    "at_most",
    "draws",
    "vote",
    "silence",
    "confirmed",
    "source",
    "missing",
    "seats",
    "quorum",
    "income",
    "caps",
    "floors",
    "keeps",
    "rounds",
    "keep",
    "asks",
    "step",
    "ends",
    "grant",
    "names",
    "word",
    "value_type",
    "term_value",
    "accepted",
    "given",
    "expect",
)

# What a reader of a treaty would call the next thing expected, by token name.
_EXPECTED: dict[str, Sentence | str] = {
    "NAME": say("a name"),
    "NUMBER": say("a number"),
    "UNIT": say("a unit of time"),
    "CURRENCY": say("a currency"),
    "OPERATOR": say("a comparison such as > or <="),
    "RPAR": "`)`",
    "LPAR": "`(`",
    "COMMA": "`,`",
    "EDGE": "starts, ends, done, missed, used or refused",
    "RHYTHM": "daily, weekly, monthly or irregular",
    "SILENCE": "consents, refuses or abstains",
    "DATE": say("a date"),
    "QUOTED": say("a reason in quotes"),
    "WHO": "that party, each party, all parties or other parties",
    "PERCENT": "`%`",
    "SPELL": "month or year",
    "CODE": say("a finding's code"),
    "BALLOT": "yes, no or abstain",
    "$END": say("the end of the value"),
    "SEMICOLON": "`;`",
    "EQUAL": "`=`",
    "SLASH": "`/`",
    "QUANTIFIER": "any party, all parties, count of parties, …",
    "SCALE": "thousand, million or billion",
    "__ANON_0": "`..`",
    "FIELD_NAME": say("a field's name and a colon"),
    "CHOICES": say("names to choose from"),
    "SYSTEM": say("the name of a code system, such as ICD-10"),
    "CONSENT": "ratifies, signs or withdraws",
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
    grammar = resources.files("pratique.accord.terms").joinpath("grammar.lark").read_text("utf-8")
    # Its tables take a fifth of a second to make and a tenth of that to read again.
    folder, version = cache_folder("grammar"), "{}.{}".format(*sys.version_info)
    return Lark(
        grammar,
        parser="lalr",
        start=list(STARTS),
        propagate_positions=True,
        maybe_placeholders=True,
        cache=str(folder / f"tables-{version}") if folder else False,
    )


@lru_cache(maxsize=4096)
def _tree(words: str, start: str) -> Syntax:
    # The same words stand in many drafts of one text; nobody writes into a tree.
    return _parser().parse(words, start=start)


def parse(text: Text, start: str) -> Syntax | Finding:
    """Return the syntax tree of a value, or the finding E103 that says where it breaks."""
    words = text.words
    if len(words) > MOST_VALUE:
        return _too_deep(text)
    try:
        tree = _tree(words, start)
    except UnexpectedInput as stop:
        return _unreadable(text, stop)
    if _height(tree) > DEEPEST * 5:
        return _too_deep(text)
    return _too_much(text, tree) or tree


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


def _too_much(text: Text, tree: Syntax) -> Finding | None:
    for part in tree.find_pred(lambda node: node.data in _MOST):
        words = [str(child) for child in part.children if child is not None]
        most, of = _MOST[str(part.data)]
        if of(words) > most:
            help_ = say("a time is at most 100 years, an amount at most 9,000,000,000,000")
            sentence = say("{words} is more than can be reckoned with", words=" ".join(words))
            return Finding("E103", sentence, place_of(text, part), help_)
    return None


def _days(words: list[str]) -> Fraction:
    per_day = {"m": Fraction(1, 1440), "h": Fraction(1, 24), "d": Fraction(1), "w": Fraction(7)}
    calendar = {"month": Fraction(31), "months": Fraction(31), "year": Fraction(366)}
    unit = words[1]
    days = calendar.get(unit, per_day.get(unit[0], Fraction(366)))
    return Fraction(words[0]) * days


def _amount(words: list[str]) -> Fraction:
    scale = {"thousand": 10**3, "million": 10**6, "billion": 10**9}
    return Fraction(words[1]) * scale.get(words[-1], 1)


# Beyond these neither a calendar nor exact whole units in an array reach.
_MOST: dict[str, tuple[int, Callable[[list[str]], Fraction]]] = {
    "duration": (36_600, _days),
    "money": (9 * 10**12, _amount),
    "number": (9 * 10**12, lambda words: Fraction(words[0])),
}


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
    return Finding("E103", sentence, span, _slip(text, span) or _expectation(set(expected)))


def _slip(text: Text, span: Span) -> Sentence | None:
    """Return what to write instead, where the slip is a usual one."""
    words = next((words for line, _, words in text.pieces if line == span.line), "")
    left = next((left for line, left, _ in text.pieces if line == span.line), 1)
    before, here = words[: span.column - left], words[span.column - left :]
    for pattern, (advice, back) in _SLIPS.items():
        if re.match(pattern, (before[-back:] if back else "") + here):
            return advice
    return None


# A usual slip where reading stopped: what to write, and how many characters back it began.
_SLIPS: dict[str, tuple[Sentence, int]] = {
    "≥|=>": (say("write `>=`"), 0),
    "=>|=≥": (say("write `>=`"), 1),
    "≤|=<": (say("write `<=`"), 0),
    "=<": (say("write `<=`"), 1),
    "≠|<>": (say("write `!=`"), 0),
    r"(AND|OR|NOT|FOR|IN)\b": (say("write the words of the language in small letters"), 0),
    r"\d,\d{3}\b": (say("write large numbers without commas, such as 2500"), 1),
    r"[$€£¥]": (say("write the currency's code, such as `USD 150 thousand`"), 0),
    r"(working|business) ": (
        say("working days differ between Parties: give days, such as `20 days`"),
        0,
    ),
    r"(thousand|million|billion)\b": (say("write one of thousand, million or billion"), 0),
    r"seconds?\b": (say("times are counted in minutes or longer"), 0),
}


def _expectation(expected: set[str]) -> Sentence:
    words: list[Sentence | str] = [said for name, said in _EXPECTED.items() if name in expected]
    words += sorted(filter(None, map(_keyword, expected - _EXPECTED.keys())))
    if "$END" in expected:
        return say("the value could end before this; look at what comes after it")
    if not words:
        return say("look at the grammar of values in the language reference")
    return say("expected here: {words}", words=Either(tuple(words[:8])))


def _keyword(name: str) -> str:
    if name in ("MINUS", "PLUS", "STAR", "WINDOW", "IF", "KNOWN", "NOT", "IN", "OF", "IN_LAST"):
        return ""
    return f"`{name.lower()}`" if name.isalpha() and name.isupper() and len(name) > 1 else ""
