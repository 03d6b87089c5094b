# SPDX-License-Identifier: Apache-2.0
"""A page read back as tags and texts, so that tests can ask what it is made of."""

from __future__ import annotations

from dataclasses import dataclass, field
from html.parser import HTMLParser

VOID = {"meta", "br", "img", "link", "input", "hr"}


@dataclass
class Tag:
    """A tag with its attributes and the tags and texts within."""

    name: str
    attributes: dict[str, str]
    children: list[Tag | str] = field(default_factory=list)

    @property
    def text(self) -> str:
        """All text within, in order."""
        return "".join(one if isinstance(one, str) else one.text for one in self.children)

    def all(self, name: str = "") -> list[Tag]:
        """Every tag below of a name, or every one."""
        found = []
        for one in self.children:
            if isinstance(one, Tag):
                found += [one, *one.all()]
        return [one for one in found if not name or one.name == name]


class Page(HTMLParser):
    """Builds the tree of a page and notes tags that do not match."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.root = Tag("", {})
        self.path = [self.root]
        self.unmatched: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Open a tag."""
        one = Tag(tag, {key: value or "" for key, value in attrs})
        self.path[-1].children.append(one)
        if tag not in VOID:
            self.path.append(one)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note a tag that is closed at once."""
        self.path[-1].children.append(Tag(tag, {key: value or "" for key, value in attrs}))

    def handle_endtag(self, tag: str) -> None:
        """Close a tag."""
        if self.path[-1].name == tag:
            self.path.pop()
        else:
            self.unmatched.append(tag)

    def handle_data(self, data: str) -> None:
        """Note a text."""
        self.path[-1].children.append(data)


def page(html: str) -> Tag:
    """Return a page's tree; AssertionError where its tags do not match."""
    read = Page(html)
    assert read.unmatched == []
    assert read.path == [read.root]
    return read.root
