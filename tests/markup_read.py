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


class Reader(HTMLParser):
    """Builds the tree of a page and notes tags that do not match."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.root = Tag("", {})
        self.path = [self.root]
        self.unmatched: list[str] = []
        self.feed(html)

    def _open(self, name: str, attributes: list[tuple[str, str | None]]) -> None:
        one = Tag(name, {key: value or "" for key, value in attributes})
        self.path[-1].children.append(one)
        if name not in VOID:
            self.path.append(one)

    def _open_and_close(self, name: str, attributes: list[tuple[str, str | None]]) -> None:
        self.path[-1].children.append(Tag(name, {key: value or "" for key, value in attributes}))

    def _close(self, name: str) -> None:
        if self.path[-1].name == name:
            self.path.pop()
        else:
            self.unmatched.append(name)

    def _take(self, text: str) -> None:
        self.path[-1].children.append(text)

    # The names by which the standard library calls them.
    handle_starttag = _open
    handle_startendtag = _open_and_close
    handle_endtag = _close
    handle_data = _take


def page(html: str) -> Tag:
    """Return a page's tree; AssertionError where its tags do not match."""
    read = Reader(html)
    assert read.unmatched == []
    assert read.path == [read.root]
    return read.root
