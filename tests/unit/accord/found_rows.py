# SPDX-License-Identifier: Apache-2.0
"""Rows of clauses with what is found of them: codes, words of sentences, words of witnesses."""

from __future__ import annotations

from pratique.accord.check import check
from pratique.accord.check.catalogue.examples import accord_with
from pratique.base.finding import Finding
from pratique.base.text import render

STRUCTURE = ("E508", "W509", "W510", "W607", "E608", "E702", "E605")
Row = tuple[str, list[tuple[str, str, str]]]
"""Clauses; of each finding its code, words of its sentence, words of its witness."""


def said_of(clauses: str) -> list[Finding]:
    """Return the findings on structure of clauses in an annex, of three Parties."""
    text = accord_with("Nothing is said here.", "", paragraph="2.1 none")
    text = text.replace("party aldova, brenia", "party aldova, brenia, corvia")
    said = check(f"{text}\n## Annex\n\n```accord\n{clauses}\n```\n")
    stopping = [f"{one.code} {one.sentence}" for one in said.accord.findings if one.code[0] == "E"]
    assert stopping == []
    return [one for one in said.findings if one.code in STRUCTURE]


def holds(row: Row) -> None:
    """Hold that a row's findings are found, in its words, and no other."""
    clauses, wanted = row
    found = said_of(clauses)
    told = [f"{one.code} {one.sentence} ({one.witness})" for one in found]
    assert [one.code for one in found] == [code for code, _, _ in wanted], told
    for one, (_, words, witness) in zip(found, wanted, strict=True):
        assert words in render(one.sentence)
        assert one.witness is not None
        assert witness in render(one.witness)
        assert render(one.help)
