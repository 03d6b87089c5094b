# SPDX-License-Identifier: Apache-2.0
"""The blocks of clauses, word for word, in a namespace of their own.

What formalises numbered paragraphs stands in the metadata, as `otherAnalysis`, and points to them;
what names no paragraph, such as worked cases in an annex, stands in the text, as `foreign`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from markdown_it.tree import SyntaxTreeNode

from pratique.accord.clause import Clause
from pratique.accord.document import Document, Fence
from pratique.exchange.akn.defined import PRATIQUE
from pratique.exchange.akn.identifiers import paragraph_id
from pratique.exchange.akn.identity import language_tag
from pratique.exchange.akn.tree import Element

NAMESPACE = "urn:pratique:accord:1"
PREFIX = "pratique"


@dataclass(frozen=True, slots=True)
class Clauses:
    """The blocks of one text: by the line where the content of each begins."""

    language: str
    fences: dict[int, Fence]
    clauses: tuple[Clause, ...]
    there: frozenset[str]
    """The ids that a block can point to."""

    def is_block(self, node: SyntaxTreeNode) -> bool:
        """Say whether a fence holds clauses."""
        return _content_line(node) in self.fences

    def stands_in_text(self, node: SyntaxTreeNode) -> bool:
        """Say whether a fence holds clauses that formalise no numbered paragraph."""
        return self.is_block(node) and not self.fences[_content_line(node)].paragraphs

    def is_reading(self, node: SyntaxTreeNode) -> bool:
        """Say whether a fence holds clauses that formalise numbered paragraphs."""
        return self.is_block(node) and not self.stands_in_text(node)

    def element(self, node: SyntaxTreeNode) -> Element:
        """Return a block in the project's own namespace."""
        fence = self.fences[_content_line(node)]
        attributes = {
            "opening": node.info.strip(),
            "xml:lang": language_tag(self.language),
            "xml:space": "preserve",
        }
        if of := self._paragraphs(fence):
            attributes["of"] = of
        return Element(f"{PREFIX}:clauses", attributes, tuple(_lines(fence, self.clauses)))

    def _paragraphs(self, fence: Fence) -> str:
        pairs = (label.split(".") for label in fence.paragraphs)
        named = (paragraph_id(int(article), int(number)) for article, number in pairs)
        return " ".join(f"#{one}" for one in named if one in self.there)


def clauses_of(
    document: Document, clauses: Iterable[Clause], language: str, there: frozenset[str]
) -> Clauses:
    """Return the blocks of a text with the clauses that were read from them."""
    fences = {fence.line: fence for fence in document.fences}
    return Clauses(language, fences, tuple(clauses), there)


def analysis(blocks: Iterable[Element]) -> tuple[Element, ...]:
    """Return the metadata `analysis` that carries blocks; nothing if there are none."""
    inner = tuple(blocks)
    if not inner:
        return ()
    other = Element("otherAnalysis", {"source": PRATIQUE}, inner)
    return (Element("analysis", {"source": PRATIQUE}, (other,)),)


def _content_line(node: SyntaxTreeNode) -> int:
    return (node.map[0] if node.map else 0) + 2


def _lines(fence: Fence, clauses: tuple[Clause, ...]) -> Iterator[Element | str]:
    """Yield the lines of a block; those of each clause that was read stand in an element."""
    last = fence.line + len(fence.lines)
    within = [clause for clause in clauses if fence.line <= clause.span.line < last]
    at = fence.line
    for clause in within:
        yield _text(fence, at, clause.span.line, closed=True)
        named = {"kind": clause.kind, "names": " ".join(name.word for name in clause.names)}
        words = _text(fence, clause.span.line, clause.last_line + 1, closed=False)
        yield Element(f"{PREFIX}:clause", named, (words,))
        at = clause.last_line + 1
        if at < last:
            yield "\n"
    yield _text(fence, at, last, closed=False)


def _text(fence: Fence, first: int, end: int, *, closed: bool) -> str:
    lines = fence.lines[first - fence.line : end - fence.line]
    return "\n".join(lines) + ("\n" if closed and lines else "")
