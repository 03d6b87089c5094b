# SPDX-License-Identifier: Apache-2.0
"""Reads Akoma Ntoso back, knowing nothing of how it was written: its ids, words, clauses."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from lxml import etree
from markdown_it import MarkdownIt

AKN = "{http://docs.oasis-open.org/legaldocml/ns/akn/3.0}"
OWN = "{urn:pratique:accord:1}"
SCHEMA = Path(__file__).parents[2] / "data" / "akn" / "akomantoso30.xsd"

Tree = etree._Element


def parser() -> etree.XMLParser:
    """Return a parser that fetches nothing and expands nothing."""
    return etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)


@cache
def schema() -> etree.XMLSchema:
    """Return the official schema."""
    return etree.XMLSchema(etree.parse(SCHEMA, parser()))


def faults(octets: bytes) -> list[str]:
    """Return what the schema finds wrong; raises if it is not well-formed."""
    tree = etree.fromstring(octets, parser())
    schema().validate(tree)
    return [f"{one.line}: {one.message}" for one in schema().error_log]


def tree_of(octets: bytes) -> Tree:
    """Return a valid document's root."""
    assert faults(octets) == []
    return etree.fromstring(octets, parser())


def ids(tree: Tree) -> list[str]:
    """Return all ids, in order."""
    return [str(one.get("eId")) for one in tree.iter() if one.get("eId")]


def element(tree: Tree, identifier: str) -> Tree:
    """Return the element of an id."""
    (found,) = [one for one in tree.iter() if one.get("eId") == identifier]
    return found


def prose_of(tree: Tree) -> str:
    """Return the words of all blocks of an element: one line a block, no clauses, no numbers."""
    blocks = ("p", "block", "heading")
    found = list(tree.iter(*[AKN + tag for tag in blocks]))
    return "\n".join("".join(one.itertext()) for one in found)


def words_of(tree: Tree) -> list[str]:
    """Return every word of the text, in order; not the numbers of paragraphs and items."""
    found: list[str] = []
    for part in ("preface", "preamble", "body", "attachments"):
        for top in tree.iter(AKN + part):
            for block in top.iter(*[AKN + tag for tag in ("p", "block", "heading", "num")]):
                if block.tag == AKN + "num" and _is_enumerated(block):
                    continue
                found += "".join(_text(block)).split()
    return found


def _is_enumerated(num: Tree) -> bool:
    parent = num.getparent()
    assert parent is not None
    return parent.tag in (AKN + "paragraph", AKN + "item")


def _text(block: Tree) -> list[str]:
    pieces = [block.text or ""]
    for child in block:
        pieces.append("\n" if child.tag == AKN + "eol" else str(child.get("alt") or ""))
        pieces += _text(child)
        pieces.append(child.tail or "")
    return pieces


def blocks_of(tree: Tree) -> list[tuple[str, str]]:
    """Return each block of clauses: how its fence is opened, and its lines."""
    return [
        (str(one.get("opening")), "".join(one.itertext())) for one in tree.iter(OWN + "clauses")
    ]


def _html_text(node: Tree) -> str:
    words = str(node.get("alt") or "") + (node.text or "")
    words += "".join(_html_text(child) + (child.tail or "") for child in node)
    return words if node.tag in ("em", "strong", "a", "code", "img") else f"\n{words}\n"


def words_of_markdown(source: str) -> list[str]:
    """Return every word of a document's text by another way: as HTML, its tags taken out."""
    body = source.split("\n---\n", 1)[1]
    markdown = MarkdownIt("commonmark", {"html": False})
    tokens = [
        token
        for token in markdown.parse(body)
        if not (token.type == "fence" and token.info.strip().startswith("accord"))
    ]
    html = markdown.renderer.render(tokens, markdown.options, {})
    page = etree.fromstring(f"<html><body>{html}</body></html>", etree.HTMLParser(no_network=True))
    return _html_text(page).split()
