# SPDX-License-Identifier: Apache-2.0
"""A real Chromium for all browser tests, and how a page is visited in it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

CHROMIUM = Path("/usr/bin/chromium")


@pytest.fixture(scope="session")
def browser() -> Iterator[object]:
    """A Chromium: the machine's own, or the one that playwright brought."""
    api = pytest.importorskip("playwright.sync_api")
    own = {"executable_path": str(CHROMIUM)} if CHROMIUM.exists() else {}
    with api.sync_playwright() as playwright:
        chromium = playwright.chromium.launch(args=["--no-sandbox"], **own)
        yield chromium
        chromium.close()


@pytest.fixture
def visited(browser, tmp_path, written):
    """Open what `written(language)` gives; return its page, what it asked for, its complaints."""

    def visit(language: str, width: int, **wishes):
        file = tmp_path / f"{language}.html"
        file.write_text(written(language), "utf-8")
        page = browser.new_page(viewport={"width": width, "height": 900}, **wishes)
        asked, complaints = [], []
        page.on("request", lambda request: asked.append(request.url))
        page.on("console", lambda message: complaints.append(message.text))
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.goto(file.as_uri())
        return page, asked, complaints

    return visit
