# SPDX-License-Identifier: Apache-2.0
"""A treaty text from its first line to its last: headings, prose, numbered paragraphs, in order.

What `document` takes apart by kind is put back in its place here. It reads no clause.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from markdown_it import MarkdownIt
from markdown_it.token import Token

from pratique.accord.document import Document, Paragraph

_PARTS = {"h1": 1, "h2": 2}


@dataclass(frozen=True, slots=True)
class Title:
    """A heading as written; 1 a part, 2 an article, 3 anything below."""

    level: int
    text: str


@dataclass(frozen=True, slots=True)
class Free:
    """Prose that is not numbered."""

    text: str


@dataclass(frozen=True, slots=True)
class Item:
    """A numbered paragraph; `breaks`: where in its words a passage of its own begins."""

    paragraph: Paragraph
    breaks: tuple[int, ...]


Piece = Title | Free | Item


def pieces(document: Document) -> Iterator[Piece]:
    """Iterate over what a text holds besides its blocks of clauses, in order."""
    tokens = MarkdownIt("commonmark", {"html": False}).parse(_body(document.lines))
    numbered = {paragraph.line: paragraph for paragraph in document.paragraphs()}
    place = 0
    while place < len(tokens):
        token = tokens[place]
        end = _end(tokens, place)
        inside = tokens[place : end + 1]
        paragraph = numbered.get(_line(token)) if token.type == "list_item_open" else None
        if token.type == "heading_open":
            yield Title(_PARTS.get(token.tag, 3), tokens[place + 1].content)
        elif paragraph is not None and token.level == 1:
            yield Item(paragraph, tuple(_breaks(inside)))
        elif token.type == "inline":
            yield Free(token.content)
        elif token.type == "code_block":
            yield Free(token.content.strip())
        # Into a list that is no article's: its items are prose.
        whole = token.type == "heading_open" or (paragraph is not None and token.level == 1)
        place = end + 1 if whole else place + 1


def _body(lines: Sequence[str]) -> str:
    """Return the text without its front matter, each line where it was."""
    if not lines or lines[0].strip() != "---":
        return "\n".join(lines)
    closing = next((i for i, line in enumerate(lines[1:], 1) if line.strip() == "---"), None)
    skipped = len(lines) if closing is None else closing + 1
    return "\n".join(("",) * skipped + tuple(lines[skipped:]))


def _end(tokens: Sequence[Token], place: int) -> int:
    """Return where what a token opens is closed; its own place if it opens nothing."""
    token = tokens[place]
    if token.nesting != 1:
        return place
    return next(
        i
        for i in range(place + 1, len(tokens))
        if tokens[i].level == token.level and tokens[i].nesting == -1
    )


def _breaks(inside: Sequence[Token]) -> Iterator[int]:
    """Iterate over where the further passages of a paragraph begin in its words."""
    # As `document` joins them: with one line end between.
    length = -1
    for token in inside:
        if token.type == "inline":
            if length >= 0:
                yield length + 1
            length += 1 + len(token.content)


def _line(token: Token) -> int:
    return token.map[0] + 1 if token.map else 0
