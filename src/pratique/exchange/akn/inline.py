# SPDX-License-Identifier: Apache-2.0
"""The words of one block, with their emphasis, links, references and definitions, as inlines.

Every word stays as written; only elements come around it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from markdown_it.tree import SyntaxTreeNode

from pratique.exchange.akn.defined import Defined, definitions
from pratique.exchange.akn.identifiers import Identifiers
from pratique.exchange.akn.references import Mark, references
from pratique.exchange.akn.tree import Element

Inline = Element | str

_PLAIN = ("text", "softbreak")
_STYLES = {"em": "i", "strong": "b"}
# What every reader of the schema takes for an IRI; another target is kept as a title.
_IRI = re.compile(r"(?:https?://|mailto:|/|#)(?:[\w.~!$&'()*+,;=:@/?#-]|%[0-9A-Fa-f]{2})*\Z")
_AUTHORITY = re.compile(r"https?://[\w.-]+(?::\d{1,5})?(?:[/?#]|\Z)")


@dataclass(frozen=True, slots=True)
class Writing:
    """What is known of the whole document while it is written."""

    ids: Identifiers
    there: frozenset[str]
    """The ids of its articles and paragraphs, for references."""
    defined: Mapping[str, tuple[Defined, ...]]
    """By the label of a paragraph, `1.1`, the words that its clauses define."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where words stand: the id around them, their article (0: none), words still to be marked."""

    within: str
    article: int = 0
    sought: list[Defined] = field(default_factory=list)


def inlines(
    node: SyntaxTreeNode, writing: Writing, place: Place, *, skip: int = 0
) -> tuple[Inline, ...]:
    """Return the content of a paragraph or heading, but for `skip` characters of its beginning."""
    inner = node.children[0].children if node.children else []
    return tuple(_inlines(inner, writing, place, skip))


def _inlines(
    nodes: list[SyntaxTreeNode], writing: Writing, place: Place, skip: int = 0
) -> Iterator[Inline]:
    words = ""
    for node in nodes:
        if node.type in _PLAIN:
            words += "\n" if node.type == "softbreak" else node.content
            continue
        yield from _marked(words[skip:], writing, place)
        words, skip = "", 0
        yield _one(node, writing, place)
    yield from _marked(words[skip:], writing, place)


def _one(node: SyntaxTreeNode, writing: Writing, place: Place) -> Inline:
    if node.type in _STYLES:
        return Element(_STYLES[node.type], {}, tuple(_inlines(node.children, writing, place)))
    match node.type:
        case "hardbreak":
            return Element("eol")
        case "code_inline":
            return Element("inline", {"name": "code"}, (node.content,))
        case "link":
            return _link(node, writing, place)
        case "image":
            return _image(node)
    return node.content


def _link(node: SyntaxTreeNode, writing: Writing, place: Place) -> Element:
    # No reference stands in a link: it has a target already.
    inner = tuple(_inlines(node.children, Writing(writing.ids, frozenset(), {}), Place("")))
    target = str(node.attrs.get("href", ""))
    titled = {"title": str(node.attrs["title"])} if node.attrs.get("title") else {}
    if _is_iri(target):
        return Element("a", {"href": target, **titled}, inner)
    return Element("inline", {"name": "link", "title": target}, inner)


def _image(node: SyntaxTreeNode) -> Element:
    source = str(node.attrs.get("src", ""))
    words = "".join(one.content for one in node.walk() if not one.children)
    if _is_iri(source):
        return Element("img", {"src": source, "alt": words})
    return Element("inline", {"name": "image", "title": source}, (words,))


def _is_iri(target: str) -> bool:
    web = target.startswith(("http://", "https://"))
    good = _IRI.match(target) is not None and target.count("#") <= 1
    return good and (not web or _AUTHORITY.match(target) is not None)


def _marked(words: str, writing: Writing, place: Place) -> Iterator[Inline]:
    marks = references(words, place.article, writing.there)
    taken = [(mark.start, mark.end) for mark in marks]
    marks += [
        mark
        for mark in definitions(words, place.sought)
        if all(mark.end <= start or end <= mark.start for start, end in taken)
    ]
    at = 0
    for mark in sorted(marks, key=lambda one: one.start):
        if mark.start > at:
            yield words[at : mark.start]
        yield _element(mark, words, writing, place)
        at = mark.end
    if at < len(words):
        yield words[at:]


def _element(mark: Mark, words: str, writing: Writing, place: Place) -> Element:
    identifier = writing.ids.next(place.within, mark.tag)
    return Element(
        mark.tag, {"eId": identifier, **mark.attributes}, (words[mark.start : mark.end],)
    )
