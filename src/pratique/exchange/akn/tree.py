# SPDX-License-Identifier: Apache-2.0
"""XML as values: elements, and their bytes. Everything is escaped here; no DTD, no entity of ours.

What XML 1.0 cannot hold (control characters, half surrogates) becomes U+FFFD.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from xml.sax.saxutils import escape, quoteattr

_UNWRITABLE = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")

# Where white space is words: between such tags nothing is put for the eye.
_MIXED = {"p", "num", "heading", "docTitle", "block"}


@dataclass(frozen=True, slots=True)
class Element:
    """An XML element with its attributes and, in order, its elements and words."""

    tag: str
    attributes: Mapping[str, str] = field(default_factory=dict)
    children: tuple[Element | str, ...] = ()


def written(root: Element) -> bytes:
    """Return a document as UTF-8, indented where white space means nothing."""
    text = "".join(_pieces(root, 0, loose=True))
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{text}\n'.encode()


def _pieces(element: Element, depth: int, *, loose: bool) -> Iterator[str]:
    attributes = "".join(f" {k}={quoteattr(_legal(v))}" for k, v in element.attributes.items())
    if not element.children:
        yield f"<{element.tag}{attributes}/>"
        return
    loose = loose and element.tag not in _MIXED
    loose = loose and not any(isinstance(child, str) for child in element.children)
    yield f"<{element.tag}{attributes}>"
    for child in element.children:
        if loose:
            yield "\n" + "  " * (depth + 1)
        if isinstance(child, str):
            # A bare carriage return would be read back as a line feed.
            yield escape(_legal(child), {"\r": "&#13;"})
        else:
            yield from _pieces(child, depth + 1, loose=loose)
    if loose:
        yield "\n" + "  " * depth
    yield f"</{element.tag}>"


def _legal(words: str) -> str:
    return _UNWRITABLE.sub("\ufffd", words)
