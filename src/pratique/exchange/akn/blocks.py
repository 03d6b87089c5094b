# SPDX-License-Identifier: Apache-2.0
"""Blocks of Markdown as blocks of Akoma Ntoso: paragraphs, lists, quotations, code, clauses.

Clauses that formalise numbered paragraphs are not here: they are an analysis of the text, not text.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from markdown_it.tree import SyntaxTreeNode

from pratique.exchange.akn.clauses import Clauses
from pratique.exchange.akn.inline import Place, Writing, inlines
from pratique.exchange.akn.tree import Element

PRESERVED = {"xml:space": "preserve"}


def blocks(
    nodes: Iterable[SyntaxTreeNode], writing: Writing, clauses: Clauses, place: Place
) -> tuple[Element, ...]:
    """Return the blocks of some Markdown nodes, in order."""
    return tuple(one for node in nodes for one in _block(node, writing, clauses, place))


def _block(
    node: SyntaxTreeNode, writing: Writing, clauses: Clauses, place: Place
) -> Iterator[Element]:
    match node.type:
        case "paragraph":
            yield Element("p", {}, inlines(node, writing, place))
        case "heading":
            yield Element("block", {"name": "heading"}, inlines(node, writing, place))
        case "ordered_list" | "bullet_list":
            yield _list(node, writing, clauses, place)
        case "blockquote":
            yield _quotation(node, writing, clauses, place)
        case "fence":
            if clauses.stands_in_text(node):
                yield Element("foreign", {}, (clauses.element(node),))
            elif not clauses.is_block(node):
                yield _code(node)
        case "code_block":
            yield _code(node)


def _list(node: SyntaxTreeNode, writing: Writing, clauses: Clauses, place: Place) -> Element:
    within = writing.ids.next(place.within, "list")
    items = tuple(_item(item, writing, clauses, place, within) for item in node.children)
    return Element("blockList", {"eId": within}, items)


def _item(
    node: SyntaxTreeNode, writing: Writing, clauses: Clauses, place: Place, within: str
) -> Element:
    identifier = writing.ids.next(within, "item")
    numbered = (Element("num", {}, (f"{node.info}{node.markup}",)),) if node.info else ()
    inner = blocks(node.children, writing, clauses, Place(identifier, place.article, place.sought))
    return Element("item", {"eId": identifier}, numbered + (inner or (Element("p"),)))


def _quotation(node: SyntaxTreeNode, writing: Writing, clauses: Clauses, place: Place) -> Element:
    identifier = writing.ids.next(place.within, "blockContainer")
    inner = blocks(node.children, writing, clauses, Place(identifier, place.article, place.sought))
    return Element(
        "blockContainer", {"eId": identifier, "class": "quotation"}, inner or (Element("p"),)
    )


def _code(node: SyntaxTreeNode) -> Element:
    language = {"title": node.info} if node.info else {}
    return Element("block", {"name": "code", **language, **PRESERVED}, (node.content,))
