# SPDX-License-Identifier: Apache-2.0
"""An accord's text as sections: notice, title, preamble, parts, articles, annexes. Knows no XML.

Nothing of the text is left out: what has no name here stays among the blocks of its section.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import Enum

from markdown_it import MarkdownIt
from markdown_it.tree import SyntaxTreeNode

from pratique.accord.document import Article, Document

_ANNEX = re.compile(r"(?:annex|annexe|annexes|appendix|appendice|anexo|schedule)(?!\w)", re.I)
_PREAMBLE = re.compile(r"(?:preamble|préambule|preámbulo|preâmbulo)\s*\Z", re.I)
_NUMBERED = re.compile(r"\w+\s+(?:\d{1,4}|[IVXLCDM]{1,9})(?!\w)")


class Part(Enum):
    """What a section is."""

    OPENING = "opening"
    TITLE = "title"
    PREAMBLE = "preamble"
    DIVISION = "division"
    ARTICLE = "article"
    ANNEX = "annex"


@dataclass(frozen=True, slots=True)
class Section:
    """A heading of the first or second level, and what stands under it up to the next one."""

    part: Part
    level: int
    heading: SyntaxTreeNode | None
    blocks: tuple[SyntaxTreeNode, ...]
    article: Article | None = None


def sections_of(document: Document) -> list[Section]:
    """Return the sections of a text, in order; the first has no heading."""
    articles = {article.line: article for article in document.articles}
    found = [_named(section, articles) for section in _split(_blocks(document))]
    return _titled(_with_annexes(found))


def fences_of(document: Document) -> list[SyntaxTreeNode]:
    """Return the fenced blocks of a text, in order, also those within lists."""
    root = SyntaxTreeNode(_markdown().parse(_body(document)))
    return [node for node in root.walk() if node.type == "fence"]


def _markdown() -> MarkdownIt:
    return MarkdownIt("commonmark", {"html": False})


def _body(document: Document) -> str:
    # The front matter is blanked, so that lines keep their numbers.
    lines = document.lines
    if not lines or lines[0].strip() != "---":
        return "\n".join(lines)
    ends = (n for n, line in enumerate(lines[1:], 2) if line.strip() == "---")
    begin = next(ends, len(lines))
    return "\n".join(("",) * begin + lines[begin:])


def _blocks(document: Document) -> list[SyntaxTreeNode]:
    return SyntaxTreeNode(_markdown().parse(_body(document))).children


def _split(nodes: list[SyntaxTreeNode]) -> Iterator[Section]:
    heading: SyntaxTreeNode | None = None
    blocks: list[SyntaxTreeNode] = []
    for node in nodes:
        if node.type == "heading" and node.tag in ("h1", "h2"):
            yield _section(heading, blocks)
            heading, blocks = node, []
        else:
            blocks.append(node)
    yield _section(heading, blocks)


def _section(heading: SyntaxTreeNode | None, blocks: list[SyntaxTreeNode]) -> Section:
    part = Part.DIVISION if heading else Part.OPENING
    return Section(part, int(heading.tag[1]) if heading else 0, heading, tuple(blocks))


def _named(section: Section, articles: dict[int, Article]) -> Section:
    if section.heading is None:
        return section
    article = articles.get((section.heading.map[0] if section.heading.map else -1) + 1)
    if article is not None:
        return replace(section, part=Part.ARTICLE, article=article)
    return section


def _with_annexes(sections: list[Section]) -> list[Section]:
    """Call what follows the last article an annex, where its heading says so."""
    last = max((n for n, one in enumerate(sections) if one.part is Part.ARTICLE), default=-1)
    found, within = sections[: last + 1], False
    for section in sections[last + 1 :]:
        within = within or _is_headed(section, _ANNEX)
        found.append(replace(section, part=Part.ANNEX) if within else section)
    return found


def _titled(sections: list[Section]) -> list[Section]:
    """Call the first heading the title, and those before the first article a preamble if so named.

    A first heading of the second level, or with a number, is none: `Part I`.
    """
    found, place = list(sections), 1
    if len(found) > 1 and _is_title(found[1]):
        found[1] = replace(found[1], part=Part.TITLE)
        place = 2
    while place < len(found) and _is_headed(found[place], _PREAMBLE):
        if found[place].part is not Part.DIVISION:
            break
        found[place] = replace(found[place], part=Part.PREAMBLE)
        place += 1
    return found


def _is_title(section: Section) -> bool:
    plain = section.part is Part.DIVISION and section.level == 1
    return plain and not _is_headed(section, _NUMBERED) and not _is_headed(section, _PREAMBLE)


def _is_headed(section: Section, pattern: re.Pattern[str]) -> bool:
    if section.heading is None or not section.heading.children:
        return False
    return pattern.match(section.heading.children[0].content.strip()) is not None
