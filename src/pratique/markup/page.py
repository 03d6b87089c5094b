# SPDX-License-Identifier: Apache-2.0
"""A whole HTML page in one file: head, style, a way past the head, brand, and what it holds."""

from __future__ import annotations

from functools import cache
from importlib import resources

from pratique.base.text import Sentence
from pratique.markup.writer import Writer


def page_html(
    writer: Writer,
    title: object,
    body: str,
    *,
    brand: Sentence,
    skip: Sentence,
    further_css: str = "",
) -> str:
    """Return a page that needs nothing else; `body` is escaped HTML that this room has made.

    `skip` names the link past the head; `further_css` is added to the style of all pages.
    """
    return (
        f'<!DOCTYPE html>\n<html lang="{writer.plain(writer.language)}" dir="{writer.direction}">'
        f'<head><meta charset="utf-8">'
        f'<meta name="viewport" content="width=device-width, initial-scale=1">'
        f'<meta name="color-scheme" content="light dark"><title>{writer.plain(title)}</title>'
        f"<style>{_css()}{further_css}</style></head><body>"
        f'<a class="skip" href="#main">{writer.html(skip)}</a>'
        f'<header><p class="brand">{writer.html(brand)}</p></header>'
        f'<main id="main">{body}</main></body></html>\n'
    )


@cache
def _css() -> str:
    return resources.files("pratique.markup").joinpath("page.css").read_text("utf-8")
