# SPDX-License-Identifier: Apache-2.0
"""The woven page: whole, harmless, its links lead somewhere, it says first what it is not."""

from __future__ import annotations

import re

import pytest

from markup_read import page as read
from pratique.accord.weave.html import sheet_html
from weaves import HOSTILE, page, sheet_of, small


@pytest.mark.parametrize("language", ["en", "fr", "qps-plocm"])
def test_every_link_leads_somewhere_and_no_anchor_stands_twice(language) -> None:
    root = read(page("mano-river", language))
    anchors = [tag.attributes["id"] for tag in root.all() if "id" in tag.attributes]
    links = [tag.attributes["href"] for tag in root.all("a")]
    assert len(anchors) == len(set(anchors))
    assert all(link.startswith("#") for link in links)
    assert {link[1:] for link in links} <= {*anchors, "main"}
    assert len([tag for tag in root.all("a") if tag.attributes.get("class") == "fig"]) > 600


def test_a_page_says_first_that_the_text_is_illustrative_and_not_for_signature() -> None:
    html = page("mano-river")
    assert html.index("Illustrative text, written for this software") < html.index("<nav")
    assert "not for signature" in html
    assert "For <bdi>Guinea</bdi>" in html


def test_hostile_words_stay_words() -> None:
    html = sheet_html(sheet_of(small(HOSTILE, "<b>x</b> </style><img src=x onerror=1>")))
    root = read(html)
    assert root.all("script") == []
    assert root.all("img") == []
    assert "<script>alert(1)</script>" in root.text
    assert "Brenia <b>x</b> </style><img src=x onerror=1>" in root.text


def test_nothing_is_fetched() -> None:
    html = page("mano-river")
    assert re.findall(r"(?:src|href)=\"[^#]", html) == []
    assert "url(" not in html
    assert "@import" not in html


def test_the_page_is_small_enough_to_open_at_once() -> None:
    assert len(page("mano-river").encode()) < 400_000
    assert len(page("mano-river", "fr").encode()) < 450_000


def test_words_of_the_clauses_are_in_their_language_and_the_prose_in_its_own() -> None:
    root = read(page("three-rivers", "fr"))
    assert root.all("html")[0].attributes["lang"] == "fr"
    spoken = {tag.attributes["lang"] for tag in root.all("bdi") if "lang" in tag.attributes}
    assert spoken == {"en"}
