# SPDX-License-Identifier: Apache-2.0
"""Sections of an accord as preface, preamble, body and attachments of an `act`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from markdown_it.tree import SyntaxTreeNode

from pratique.accord.document import Article, Paragraph
from pratique.exchange.akn.blocks import blocks
from pratique.exchange.akn.clauses import Clauses
from pratique.exchange.akn.identifiers import article_id, paragraph_id
from pratique.exchange.akn.inline import Place, Writing, inlines
from pratique.exchange.akn.outline import Part, Section
from pratique.exchange.akn.tree import Element

_ARTICLE = re.compile(r"(?P<num>Article\s+\d{1,4})\s*[—–:.-]*\s*")
_DIVISION = re.compile(r"(?P<num>(?P<word>\w+)\s+(?P<number>\d{1,4}|[IVXLCDM]{1,9}))\s*[—–:.-]+\s*")
# Headings of divisions: the element, and its short form in ids.
_DIVISIONS = {
    "part": ("part", "part"), "partie": ("part", "part"), "parte": ("part", "part"),
    "title": ("title", "title"), "titre": ("title", "title"), "título": ("title", "title"),
    "chapter": ("chapter", "chp"), "chapitre": ("chapter", "chp"), "capítulo": ("chapter", "chp"),
    "section": ("section", "sec"), "sección": ("section", "sec"),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Text:
    """Writes the sections of one text."""

    writing: Writing
    clauses: Clauses

    def preface(self, sections: Sequence[Section], title: str) -> Element:
        """Return the notice before the title, and the title."""
        place = Place("preface")
        children: list[Element] = []
        if notice := self._blocks(sections[0].blocks, place):
            within = self.writing.ids.next("preface", "container")
            children.append(Element("container", {"eId": within, "name": "notice"}, notice))
        headed = [one for one in sections if one.part is Part.TITLE and one.heading is not None]
        words: tuple[Element | str, ...] = (title,) if title else ()
        for section in headed:
            assert section.heading is not None
            words = inlines(section.heading, self.writing, place)
        if words or not children:
            children.append(Element("p", {}, (Element("docTitle", {}, words),)))
        return Element("preface", {"eId": self.writing.ids.own("preface")}, tuple(children))

    def preamble(self, sections: Sequence[Section], sought: Place) -> tuple[Element, ...]:
        """Return the recitals, one for each block under the title, if there are any."""
        found = [
            self._recitals(section, sought)
            for section in sections
            if section.part in (Part.TITLE, Part.PREAMBLE)
        ]
        recitals = tuple(one for one in found if one.children)
        if not recitals:
            return ()
        return (Element("preamble", {"eId": self.writing.ids.own("preamble")}, recitals),)

    def _recitals(self, section: Section, place: Place) -> Element:
        within = self.writing.ids.next("preamble", "recs")
        head: tuple[Element, ...] = ()
        if section.part is Part.PREAMBLE and section.heading is not None:
            words = inlines(section.heading, self.writing, place)
            head = (Element("heading", {"eId": f"{within}__heading"}, words),)
        recitals = []
        for node in section.blocks:
            identifier = self.writing.ids.next(within, "rec")
            if inner := self._blocks((node,), Place(identifier, 0, place.sought)):
                recitals.append(Element("recital", {"eId": identifier}, inner))
        if head and not recitals:
            identifier = self.writing.ids.next(within, "rec")
            recitals.append(Element("recital", {"eId": identifier}, (Element("p"),)))
        return Element("recitals", {"eId": within}, (*head, *recitals))

    def body(self, sections: Sequence[Section]) -> Element:
        """Return the divisions and articles."""
        within = [one for one in sections if one.part in (Part.DIVISION, Part.ARTICLE)]
        inner = self._level(within, "")
        if not inner:
            identifier = self.writing.ids.next("body", "hcontainer")
            empty = Element("content", {"eId": f"{identifier}__content"}, (Element("p"),))
            inner = (Element("hcontainer", {"eId": identifier, "name": "body"}, (empty,)),)
        return Element("body", {"eId": self.writing.ids.own("body")}, inner)

    def _level(self, sections: Sequence[Section], within: str) -> tuple[Element, ...]:
        found: list[Element] = []
        place = 0
        while place < len(sections):
            section = sections[place]
            end = place + 1
            if section.article is not None:
                found.append(self._article(section, section.article))
            else:
                while end < len(sections) and _is_under(sections[end], section):
                    end += 1
                found.append(self._division(section, sections[place + 1 : end], within))
            place = end
        return tuple(found)

    def _division(self, section: Section, under: Sequence[Section], within: str) -> Element:
        num, words, match = self._heading(section, _DIVISION, within)
        tag, short = _DIVISIONS.get(match["word"].lower() if match else "", ("division", "dvs"))
        stem = f"{within}__{short}" if within else short
        ids = self.writing.ids
        identifier = ids.own(f"{stem}_{match['number']}") if match else ids.next(within, short)
        head = _head(identifier, num, words)
        inner = self._level(under, identifier)
        prose = self._blocks(section.blocks, Place(identifier))
        name = "intro" if inner else "content"
        if prose or not inner:
            prose = (Element(name, {"eId": f"{identifier}__{name}"}, prose),)
        return Element(tag, {"eId": identifier}, (*head, *prose, *inner))

    def _article(self, section: Section, article: Article) -> Element:
        identifier = self.writing.ids.own(article_id(article.number))
        num, words, _ = self._heading(section, _ARTICLE, identifier)
        head = _head(identifier, num, words)
        children = tuple(self._provisions(section, article, identifier))
        return Element("article", {"eId": identifier}, (*head, *children))

    def _provisions(self, section: Section, article: Article, within: str) -> Iterator[Element]:
        """Yield numbered paragraphs and, between them, notes; before them, an introduction."""
        numbered = {paragraph.line: paragraph for paragraph in article.paragraphs}
        pieces = [piece for node in section.blocks for piece in _pieces(node, numbered)]
        place, begun = Place(within, article.number), False
        for is_numbered, run in groupby(pieces, lambda one: one[1] is not None):
            if is_numbered:
                begun = True
                yield from (self._paragraph(node, one) for node, one in run if one is not None)
            elif prose := self._blocks([node for node, _ in run], place):
                yield self._prose(prose, within, begun=begun, numbered=bool(numbered))

    def _prose(
        self, prose: tuple[Element, ...], within: str, *, begun: bool, numbered: bool
    ) -> Element:
        if not begun:
            name = "intro" if numbered else "content"
            return Element(name, {"eId": self.writing.ids.own(f"{within}__{name}")}, prose)
        identifier = self.writing.ids.next(within, "hcontainer")
        content = Element("content", {"eId": f"{identifier}__content"}, prose)
        return Element("hcontainer", {"eId": identifier, "name": "note"}, (content,))

    def _paragraph(self, node: SyntaxTreeNode, paragraph: Paragraph) -> Element:
        wanted = paragraph_id(paragraph.article, paragraph.number)
        identifier = self.writing.ids.own(wanted)
        sought = list(self.writing.defined.get(paragraph.label, ()))
        prose = self._blocks(node.children, Place(identifier, paragraph.article, sought))
        num = Element("num", {}, (f"{node.info}{node.markup}",))
        content = Element("content", {"eId": f"{identifier}__content"}, prose)
        return Element("paragraph", {"eId": identifier}, (num, content))

    def annexes(self, sections: Sequence[Section]) -> Iterator[tuple[str, str, Element]]:
        """Yield each annex: its title, its id and its text."""
        for section in sections:
            if section.part is not Part.ANNEX or section.heading is None:
                continue
            identifier = self.writing.ids.next("", "att")
            place = Place(identifier)
            title = Element("docTitle", {}, inlines(section.heading, self.writing, place))
            prose = self._blocks(section.blocks, place)
            head = Element("p", {}, (title,))
            words = section.heading.children[0].content if section.heading.children else ""
            yield words, identifier, Element("mainBody", {}, (head, *prose))

    def _heading(
        self, section: Section, pattern: re.Pattern[str], within: str
    ) -> tuple[str, tuple[Element | str, ...], re.Match[str] | None]:
        """Return the number of a heading, its further words, and what was matched."""
        if section.heading is None:
            return "", (), None
        match = pattern.match(_first_words(section.heading))
        place = Place(within)
        skip = match.end() if match else 0
        words = inlines(section.heading, self.writing, place, skip=skip)
        return (match["num"] if match else ""), words, match

    def _blocks(self, nodes: Sequence[SyntaxTreeNode], place: Place) -> tuple[Element, ...]:
        return blocks(nodes, self.writing, self.clauses, place)


Piece = tuple[SyntaxTreeNode, Paragraph | None]


def _pieces(node: SyntaxTreeNode, numbered: dict[int, Paragraph]) -> list[Piece]:
    """Take a list of numbered paragraphs apart; anything else is one piece."""
    if node.type != "ordered_list":
        return [(node, None)]
    found = [(item, numbered.get((item.map[0] if item.map else -1) + 1)) for item in node.children]
    return found if all(paragraph for _, paragraph in found) else [(node, None)]


def _is_under(section: Section, division: Section) -> bool:
    return section.article is not None or section.level > division.level


def _first_words(heading: SyntaxTreeNode) -> str:
    inner = heading.children[0].children if heading.children else []
    return inner[0].content if inner and inner[0].type == "text" else ""


def _head(within: str, num: str, words: tuple[Element | str, ...]) -> tuple[Element, ...]:
    head = (Element("num", {}, (num,)),) if num else ()
    if not words:
        return head
    return (*head, Element("heading", {"eId": f"{within}__heading"}, words))
