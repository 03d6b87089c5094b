# SPDX-License-Identifier: Apache-2.0
"""Sentences in a language, as runs: what is a name, what is a figure, what are the accord's words.

Figures in a reading are found as they are in prose, and held against the clause's own.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from pratique.accord.quantities import Quantity, is_read, quantities
from pratique.accord.weave.sheet import Line, Run
from pratique.base.label import marked
from pratique.base.text import Bare, Code, Either, Label, Sentence, words
from pratique.markup.values import Named as Text

_FIRST, _LAST = 0xF0000, 0xFFFFD
"""Private characters, each of which stands for a name while its sentence is put into words."""
_PRIVATE = re.compile("[\ue000-\uf8ff\U000f0000-\U0010ffff]")
_TICKED = re.compile(f"`([{chr(_FIRST)}-{chr(_LAST)}])`")
_CODE = re.compile(r"`([^`]+)`")
_NAME = re.compile(r"[a-z][a-z0-9_]*\Z")
_LETTER = re.compile(r"[a-z]")
_OPENING = ({"n", "step"}, {"step", "name"}, {"step", "effect"}, {"name", "effect"})
"""The fields of sentences that open a line in a reading: a step, a way out, what follows."""
_SPACES = re.compile(r"[ \t\r\n]+")

Finder = Callable[[Quantity], int | None]
"""Which thread a quantity of a reading belongs to, if any."""


@dataclass(frozen=True, slots=True)
class Named:
    """What a clause is called in a reading, and where it stands (its paragraphs, its row)."""

    label: str
    place: str = ""
    target: str = ""
    is_translated: bool = False

    def run(self) -> Run:
        """Return the name as a run: of the clauses' language, unless it is translated."""
        return Run(plain(self.label), "plain" if self.is_translated else "name")


@dataclass(frozen=True, slots=True)
class Voice:
    """Who is spoken to, in which language, and how the clauses are called."""

    language: str
    tongue: str
    names: Mapping[str, Named] = field(default_factory=dict)
    called: Mapping[str, str] = field(default_factory=dict)
    """What a label of the accord is called in the reader's language, where that is known."""
    terms: Mapping[str, Label] = field(default_factory=dict)
    """What a translation calls names that are no clauses: steps, answers, groups."""

    def line(self, sentence: object, finder: Finder = lambda _: None) -> Line:
        """Return a sentence in words, as runs; the place of a name follows where it is first."""
        held: list[tuple[Run, ...]] = []
        masked = words(self._held(sentence, held, set()), self.language)
        masked = masked.replace(" %", "\u00a0%")
        masked = _TICKED.sub(lambda tick: _quoted(tick[1], held), masked)
        found = quantities(masked, self.language) if is_read(self.language) else []
        runs = _parted(masked, [(one, finder(one)) for one in found], held)
        return capitalised(tuple(_worded(runs, self.tongue, finder)))

    def label(self, name: str) -> Run:
        """Return what a clause is called, as a heading."""
        run = self.names[name].run()
        return replace(run, text=initial(run.text))

    def _held(self, value: object, held: list[tuple[Run, ...]], seen: set[str]) -> object:
        match value:
            case Sentence(fields=fields):
                within = {key: self._held(one, held, seen) for key, one in fields.items()}
                return replace(value, fields=within)
            case Either(items):
                return Either(tuple(self._held(one, held, seen) for one in items))
            case tuple() | list():
                return [self._held(one, held, seen) for one in value]
            case Run():
                return self._token((value,), held)
            case Bare(Code(text)):
                return self._token(self._code(text, seen, apart=True), held)
            case Code(text):
                label, token = self._label(text), self._token(self._code(text, seen), held)
                return marked(label, token) if isinstance(label, Label) else token
            case Bare(one):
                return plain(one) if isinstance(one, Label) else self._held(one, held, seen)
            case Text(one) | (str() as one):
                return self._words(one, held)
        return value

    def _words(self, words: str, held: list[tuple[Run, ...]]) -> str:
        if isinstance(words, Label):
            return marked(words, plain(words))
        if words in self.called:
            return self._token((Run(plain(self.called[words])),), held)
        if _LETTER.search(words):
            return self._token((Run(plain(words), "words"),), held)
        return plain(words)

    def _label(self, text: str) -> str | None:
        return self.names[text].label if text in self.names else self.terms.get(text)

    def _code(self, text: str, seen: set[str], *, apart: bool = False) -> tuple[Run, ...]:
        named = None if apart and text in self.terms else self.names.get(text)
        if named is None:
            if text in self.terms:
                return (Run(plain(self.terms[text]), "part" if apart else "plain"),)
            if _NAME.match(text):
                return (Run(text.replace("_", " "), "term"),)
            return (Run(plain(text), "code"),)
        label = named.run()
        if not named.place or text in seen:
            return (label,)
        seen.add(text)
        # A range is not torn apart either.
        place = named.place.replace("\u2013", "\u2060\u2013\u2060")
        return (label, Run(f"\u00a0({place})", "place", target=named.target))

    def _token(self, runs: tuple[Run, ...], held: list[tuple[Run, ...]]) -> str:
        held.append(runs)
        return chr(_FIRST + len(held) - 1)


def _quoted(token: str, held: list[tuple[Run, ...]]) -> str:
    """Have what stood in backticks set apart, without them."""
    place = ord(token) - _FIRST
    held[place] = tuple(
        replace(run, nature="term") if run.nature == "words" else run for run in held[place]
    )
    return token


def plain(text: str) -> str:
    """Return a text on one line, without the private characters that have a meaning here."""
    # A no-break space stays one.
    return _SPACES.sub(" ", _PRIVATE.sub("", text)).strip(" ")


def prose_line(text: str, figures: Sequence[tuple[Quantity, int]]) -> Line:
    """Return prose as runs: what its figures say is marked with their threads."""
    runs: list[Run] = []
    done = 0
    for quantity, thread in figures:
        if quantity.start >= done:
            runs += [Run(text[done : quantity.start])]
            runs += [Run(text[quantity.start : quantity.end], thread=thread)]
            done = quantity.end
    runs.append(Run(text[done:]))
    flat = (replace(run, text=re.sub(r"[ \t]*\n[ \t]*", " ", run.text)) for run in runs)
    return tuple(run for run in flat if run.text)


def stanzas(sentences: Sequence[Sentence], voice: Voice, finder: Finder) -> tuple[Line, ...]:
    """Return sentences as lines: they run on, but each step and each way out opens a line."""
    found: list[list[Run]] = []
    for sentence in sentences:
        line = voice.line(sentence, finder)
        if found and not _opens(sentence):
            found[-1] += [Run(" "), *line]
        else:
            found.append(list(line))
    return tuple(tuple(line) for line in found)


def _opens(sentence: Sentence) -> bool:
    return any(fields <= sentence.fields.keys() for fields in _OPENING)


def capitalised(line: Line) -> Line:
    """Return a line that begins with a capital, unless it begins with code."""
    if not line or line[0].nature == "code":
        return line
    return (replace(line[0], text=initial(line[0].text)), *line[1:])


def initial(text: str) -> str:
    """Return a text that begins with a capital."""
    return text[:1].upper() + text[1:]


def _parted(
    masked: str, found: Sequence[tuple[Quantity, int | None]], held: Sequence[tuple[Run, ...]]
) -> Iterator[Run]:
    """Yield what a masked text holds: its own words, its figures, and what its tokens stand for."""
    threads: list[int | None] = [None] * len(masked)
    for quantity, thread in found:
        threads[quantity.start : quantity.end] = [thread] * (quantity.end - quantity.start)
    start = 0
    for place in range(len(masked) + 1):
        token = place < len(masked) and _FIRST <= ord(masked[place]) < _FIRST + len(held)
        ends = place == len(masked) or token or threads[place] != threads[place - 1]
        if ends and place > start:
            text, thread = masked[start:place], threads[start]
            # A figure is not torn apart at the end of a line.
            yield Run(text if thread is None else text.replace(" ", "\u00a0"), thread=thread)
            start = place
        if token:
            yield from held[ord(masked[place]) - _FIRST]
            start = place + 1


def _worded(runs: Iterator[Run], tongue: str, finder: Finder) -> Iterator[Run]:
    """Yield runs, with keywords in backticks and the figures in the accord's own words apart."""
    for run in runs:
        if run.nature == "plain" and run.thread is None and "`" in run.text:
            parts = _CODE.split(run.text)
            kinds = ("plain", "code")
            yield from (Run(part, kinds[i % 2]) for i, part in enumerate(parts) if part)  # type: ignore[arg-type]
        elif run.nature == "words" and run.thread is None:
            yield from _figured(run, tongue, finder)
        else:
            yield run


def _figured(run: Run, tongue: str, finder: Finder) -> Iterator[Run]:
    found = [(one, finder(one)) for one in quantities(run.text, tongue)]
    for part in prose_line(run.text, [(one, t) for one, t in found if t is not None]):
        yield replace(part, nature="words")
