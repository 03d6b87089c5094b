# SPDX-License-Identifier: Apache-2.0
"""Clauses and paragraphs that differ, as HTML, in the marks that a lawyer knows.

What is taken out is struck and what is put in underlined; both are said to whoever hears the page.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape

from pratique.accord.comparison.clauses import BESIDE, HEADER, ClauseChange, FieldChange
from pratique.accord.comparison.redline import Passage, Piece, redline
from pratique.base.text import Sentence, say
from pratique.markup.table import Table
from pratique.markup.values import Mono, Named
from pratique.markup.writer import Html, Writer
from pratique.rehearsal.comparing.compared import Comparison

MARKS = {
    "out": ("del", say("taken out:"), say("end of what is taken out.")),
    "in": ("ins", say("put in:"), say("end of what is put in.")),
}


def clauses_html(found: Comparison, writer: Writer) -> str:
    """Return the front matter and the clauses that differ, each with its fields old and new."""
    parts = []
    if found.settings:
        parts.append(writer.heading(3, say("Head of the document")))
        parts.append(_fields(found.settings, "settings", say("The head, old and new"), writer))
    for place, one in enumerate(found.clauses):
        parts.append(writer.heading(3, clause_words(found, one)))
        if one.fields:
            caption = say("Fields of {name}", name=Mono(one.name))
            parts.append(_fields(one.fields, f"clause-{place}", caption, writer))
    return "".join(parts)


def clause_words(found: Comparison, one: ClauseChange) -> Sentence:
    """Return what came of a clause, by its label and its name."""
    accord = found.old.accord if one.change == "removed" else found.new.accord
    label, name = Named(accord.label(one.name)), Mono(one.name)
    match one.change:
        case "added":
            return say("{label} ({name}): new", label=label, name=name)
        case "removed":
            return say("{label} ({name}): left out", label=label, name=name)
        case "renamed":
            return say("{label} ({name}): was {was}", label=label, name=name, was=Mono(one.was))
        case "changed":
            return say("{label} ({name}): changed", label=label, name=name)


def words_html(passages: Sequence[Passage], writer: Writer) -> str:
    """Return a redline of each passage that differs, with its number and, if another, its old."""
    rows = "".join(_entry(one, writer) for one in passages)
    key = say("{out} is taken out, {in} is put in.", **_samples(writer))
    return f'{writer.paragraph(key, kind="quiet")}<dl class="redline">{rows}</dl>'


def _entry(one: Passage, writer: Writer) -> str:
    text = redline_html(one.pieces, writer)
    return f"<dt>{writer.html(_label(one))}</dt><dd{_law(writer)}>{text}</dd>"


def redline_html(pieces: Iterable[Piece], writer: Writer) -> str:
    """Return pieces as one text: `del`, `ins` and plain, each spoken where it begins and ends."""
    return " ".join(_piece(piece, writer) for piece in pieces)


def _piece(piece: Piece, writer: Writer) -> str:
    text = escape(piece.words)
    if piece.change == "same":
        return text
    return _marked(piece.change, text, writer)


def _marked(change: str, text: str, writer: Writer) -> str:
    tag, begins, ends = MARKS[change]
    said = f'data-begins="{writer.plain(begins)}" data-ends="{writer.plain(ends)}"'
    return f"<{tag} {said}>{text}</{tag}>"


def _samples(writer: Writer) -> dict[str, object]:
    words = {"out": say("struck"), "in": say("underlined")}
    return {
        change: Html(f"<{MARKS[change][0]}>{writer.html(word)}</{MARKS[change][0]}>")
        for change, word in words.items()
    }


def _law(writer: Writer) -> str:
    tongue = "" if writer.tongue == writer.language else f' lang="{writer.plain(writer.tongue)}"'
    return f' class="law" dir="auto"{tongue}'


def _label(one: Passage) -> object:
    if one.was and one.change == "renumbered":
        return say("{was} is now {label}", was=one.was, label=one.label)
    if one.was:
        return say("{label}, was {was}", label=one.label, was=one.was)
    if not one.label:
        return say("other prose")
    return one.label if one.number else say("Article {number}", number=one.label)


# --- fields ---------------------------------------------------------------------------------------


def _fields(fields: Sequence[FieldChange], name: str, caption: Sentence, writer: Writer) -> str:
    sides = {one.old is not None for one in fields}, {one.new is not None for one in fields}
    if sides in (({True}, {False}), ({False}, {True})):
        alone = tuple((_name(one.name), _cell(_pieces(one), writer)) for one in fields)
        return writer.table(name, Table(caption, (say("field"), say("words")), alone), "alone")
    rows = tuple(_row(one, writer) for one in fields)
    heads = (say("field"), say("old draft"), say("new draft"))
    return writer.table(name, Table(caption, heads, rows), "beside fields")


def _pieces(one: FieldChange) -> tuple[Piece, ...]:
    return redline(one.old or "", one.new or "")


def _row(one: FieldChange, writer: Writer) -> tuple[object, ...]:
    pieces = _pieces(one)
    cells = [
        _cell([piece for piece in pieces if piece.change != left], writer) for left in ("in", "out")
    ]
    return (_name(one.name), *cells)


def _cell(pieces: Sequence[Piece], writer: Writer) -> object:
    if not pieces:
        return say("not there")
    return Html(f"<code>{redline_html(pieces, writer)}</code>")


def _name(name: str) -> object:
    if name == HEADER:
        return say("first line")
    if name == BESIDE:
        return say("beside paragraphs")
    return Mono(name)
