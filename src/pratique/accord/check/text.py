# SPDX-License-Identifier: Apache-2.0
"""Findings on paragraphs as wholes: W302, one has neither a clause nor `none`."""

from __future__ import annotations

from pratique.accord.model import Accord
from pratique.base.finding import Finding, Span
from pratique.base.text import say


def text(accord: Accord) -> list[Finding]:
    """Return W302. Nothing where the document's own blocks could not be read."""
    document = accord.document
    if document.findings or not document.fences:
        return []
    spoken = {
        label
        for fence in document.fences
        if fence.asks_nothing or any(line.strip() for line in fence.lines)
        for label in fence.paragraphs
    }
    return [
        Finding(
            "W302",
            say("paragraph {label} has no clause", label=paragraph.label),
            Span(paragraph.line),
            say("write one, or an empty block `accord {label} none`", label=paragraph.label),
            paragraph.label,
        )
        for paragraph in document.paragraphs()
        if paragraph.label not in spoken
    ]
