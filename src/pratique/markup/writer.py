# SPDX-License-Identifier: Apache-2.0
"""Words to HTML: everything is escaped here, once; only this module's own tags pass.

A value in a sentence becomes a token, the sentence is rendered and escaped, tokens become tags.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from html import escape
from typing import cast
from zoneinfo import ZoneInfo

from pratique.base.label import marked
from pratique.base.moment import Clock, Moment, date_of, iso_moment
from pratique.base.text import Bare, Code, Either, Label, Sentence, direction, say, words
from pratique.markup.table import Table
from pratique.markup.values import (
    Amount,
    Instant,
    Mono,
    Named,
    OnDay,
    Quoted,
    Shape,
    amount_words,
)

_OPEN, _CLOSE = "\ue000", "\ue001"
_TOKEN = re.compile(f"{_OPEN}(\\d+){_CLOSE}")
_CODE = re.compile(r"`([^`]+)`")
NO_BREAK = "\u00a0"
MANY = 4
"""Columns that a phone still shows side by side."""


@dataclass(frozen=True, slots=True)
class Html:
    """Text that is HTML already, made by this room."""

    text: str

    def __str__(self) -> str:
        return self.text


@dataclass(frozen=True, slots=True)
class Writer:
    """Writes for one reader: the page's language, the accord's, its clock, its clauses' labels.

    `translated` are labels that are in the page's language though the accord is not.
    """

    language: str
    tongue: str
    clock: Clock
    labels: Mapping[str, str]
    translated: frozenset[str] = frozenset()

    def html(self, value: object) -> str:
        """Return any value that a sentence can hold as escaped HTML."""
        if isinstance(value, Html):
            return value.text
        if isinstance(value, Code | Named):
            return self._tag(value)
        if isinstance(value, tuple | list):
            value = [Bare(one) if isinstance(one, Code | Named) else one for one in value]
        tags: list[str] = []
        prepared = self._prepared(value, tags)
        text = (
            escape(words(prepared, self.language), quote=True)
            .replace(" %", f"{NO_BREAK}%")
            .replace("art. ", f"art.{NO_BREAK}")
        )
        text = _CODE.sub(r"<code>\1</code>", text)
        return _TOKEN.sub(lambda match: tags[int(match[1])], text)

    def plain(self, value: object) -> str:
        """Return any value as escaped text without tags: for titles and attributes."""
        return re.sub(r"<[^>]+>", "", self.html(value))

    def _prepared(self, value: object, tags: list[str]) -> object:
        match value:
            case Sentence(fields=fields):
                return replace(
                    value, fields={key: self._prepared(one, tags) for key, one in fields.items()}
                )
            case Either(items):
                return Either(tuple(self._prepared(one, tags) for one in items))
            case tuple() | list():
                return [self._prepared(one, tags) for one in value]
            case Bare(Code() | Named() as held):
                return self._token(held, tags)
            case Named(Label() as label):
                return marked(label, self._token(value, tags))
            case Code(text) if isinstance(self.labels.get(text), Label):
                return marked(cast(Label, self.labels[text]), self._token(value, tags))
            case Label() | Bare(Label()):
                return value
            case str():
                return value.replace(_OPEN, "").replace(_CLOSE, "")
            case (
                Html()
                | Code()
                | Named()
                | Quoted()
                | Mono()
                | Instant()
                | OnDay()
                | Amount()
                | Shape()
                | date()
            ):
                return self._token(value, tags)
        return value

    def _token(self, value: object, tags: list[str]) -> str:
        tags.append(self._tag(value))
        return f"{_OPEN}{len(tags) - 1}{_CLOSE}"

    def _tag(self, value: object) -> str:
        match value:
            case Html(text):
                return text
            case Code(text) if text in self.labels:
                return self._named(self.labels[text])
            case Code(text) | Mono(text):
                return f"<code><bdi>{escape(text)}</bdi></code>"
            case Named(text):
                return self._named(text)
            case Quoted(text):
                quoted = _CODE.sub(r"<code>\1</code>", escape(text))
                return f'<bdi lang="{escape(self.tongue)}" dir="auto">{quoted}</bdi>'
            case Amount():
                return f'<bdi class="sum">{escape(amount_words(value, self.language))}</bdi>'
            case Shape(meaning, shape, said):
                sign = f'<span aria-hidden="true">{escape(shape)}</span> ' if shape else ""
                return f'<span class="tag {meaning}">{sign}{self.html(said)}</span>'
        return self._dated(value)

    def _dated(self, value: object) -> str:
        match value:
            case Instant(moment, ends):
                return self._time(self._instant(moment, ends), iso_moment(moment))
            case OnDay(moment):
                return self._dated(date_of(self.clock.day(moment)))
            case date():
                return self._time(value, value.isoformat())
        raise TypeError(f"a sentence holds no {type(value).__name__}")

    def _named(self, text: str) -> str:
        if self.tongue == self.language or text in self.translated:
            return f"<bdi>{escape(text)}</bdi>"
        return f'<bdi lang="{escape(self.tongue)}">{escape(text)}</bdi>'

    def _time(self, said: object, machine: str) -> str:
        return f'<time datetime="{machine}" dir="auto">{escape(words(said, self.language))}</time>'

    def _instant(self, moment: Moment, ends: bool) -> Sentence | date:
        day = self.clock.day(moment)
        if ends and self.clock.start(day) == moment:
            return say("end of {day}", day=date_of(day - 1))
        if self.clock.start(day + 1) == moment + 1:
            return say("end of {day}", day=date_of(day))
        zone = UTC if self.clock.zone == "UTC" else ZoneInfo(self.clock.zone)
        return say("{moment}", moment=datetime.fromtimestamp(moment, zone))

    # --- blocks ----------------------------------------------------------------------------------

    def paragraph(self, *values: object, kind: str = "") -> str:
        """Return a paragraph of one or more sentences."""
        css = f' class="{kind}"' if kind else ""
        return f"<p{css}>{' '.join(self.html(value) for value in values)}</p>"

    def items(self, values: Iterable[object], tag: str = "ul") -> str:
        """Return a list; nothing for no items."""
        rows = "".join(f"<li>{self.html(value)}</li>" for value in values)
        return f"<{tag}>{rows}</{tag}>" if rows else ""

    def heading(self, level: int, value: object, name: str = "") -> str:
        """Return a heading."""
        anchor = f' id="{name}"' if name else ""
        return f"<h{level}{anchor}>{self.html(value)}</h{level}>"

    def details(self, summary: object, body: str) -> str:
        """Return what can be opened; printing opens it."""
        return f"<details><summary>{self.html(summary)}</summary>{body}</details>"

    def table(self, name: str, table: Table, css: str = "") -> str:
        """Return a table with caption and heads, in a region that scrolls where it is wide."""
        css = css or (
            ""
            if len(table.heads) <= MANY
            else "many"
            if len(table.heads) == MANY + 1
            else "many more"
        )
        below = table.rows[0] if table.rows else table.heads
        heads = "".join(
            f'<th scope="col"{_numeric(cell)}>{self.html(head)}</th>'
            for head, cell in zip(table.heads, below, strict=True)
        )
        rows = "".join(self._row(row) for row in table.rows)
        caption = f'<caption><span id="{name}">{self.html(table.caption)}</span></caption>'
        text = (
            f'<table class="{css}">{caption}'
            f"<thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table>"
        ).replace(' class=""', "")
        return (
            f'<div class="scroll" role="region" aria-labelledby="{name}" tabindex="0">{text}</div>'
        )

    def _row(self, cells: Sequence[object]) -> str:
        first, *rest = cells
        others = "".join(f"<td{_numeric(cell)}>{self.html(cell)}</td>" for cell in rest)
        return f'<tr><th scope="row">{self.html(first)}</th>{others}</tr>'

    @property
    def direction(self) -> str:
        """The direction of the page."""
        return direction(self.language)


def _numeric(cell: object) -> str:
    return (
        ' class="n"' if isinstance(cell, int | Amount) or type(cell).__name__ == "Decimal" else ""
    )


def joined(writer: Writer, values: Sequence[object]) -> Html:
    """Return sentences one after another."""
    return Html(" ".join(writer.html(value) for value in values))


def lines(writer: Writer, values: Sequence[object]) -> Html:
    """Return sentences under one another within a cell."""
    if len(values) == 1:
        return Html(writer.html(values[0]))
    return Html("".join(f"<div>{writer.html(value)}</div>" for value in values))
