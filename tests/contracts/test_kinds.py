# SPDX-License-Identifier: Apache-2.0
"""What every clause kind keeps, found by walking the folder."""

from __future__ import annotations

import pkgutil

import pytest

from pratique.accord import kinds as folder
from pratique.accord.clause import Kind
from pratique.accord.document import read_document
from pratique.accord.kinds import kinds
from pratique.accord.read import read_clauses
from pratique.accord.terms.expression import STARTS

ALL = pytest.mark.parametrize("kind", kinds().values(), ids=list(kinds()))


def read_example(kind: Kind) -> list[str]:
    """Return what reading a kind's example finds."""
    head = "---\naccord: One\n---\n\n## Article 1\n\n1. Words.\n\n"
    text = f"{head}```accord 1.1\n{kind.example}\n```\n"
    _, findings = read_clauses(read_document(text), kinds())
    return [f"{finding.code} {finding.sentence}" for finding in findings]


def test_each_module_of_the_folder_is_one_kind() -> None:
    modules = [module.name for module in pkgutil.iter_modules(folder.__path__)]
    # A module's name says no `data`; the kind is called as agreements call it.
    named = ["data" if module == "dataset" else module for module in modules]
    assert sorted(named) == sorted(kinds())
    assert {"party", "term", "people", "data", "case"} <= set(named)


@ALL
def test_its_example_reads_as_a_clause_of_it(kind: Kind) -> None:
    assert kind.example.startswith(f"{kind.name} ")
    assert read_example(kind) == []


@ALL
def test_it_says_what_it_is_and_what_each_field_is_for(kind: Kind) -> None:
    assert str(kind.summary)
    for field in kind.fields:
        assert str(field.help)
        assert not str(field.help).endswith(".")


@ALL
def test_its_fields_have_different_names_and_known_readers(kind: Kind) -> None:
    names = [field.name for field in kind.fields]
    assert len(set(names)) == len(names)
    for field in kind.fields:
        assert field.reads is None or field.reads in STARTS
    assert not kind.takes_type or kind.takes_type in STARTS
    assert all(kind.field_named(name) for group in kind.one_of for name in group)


@ALL
def test_an_unknown_field_is_found_with_its_place(kind: Kind) -> None:
    example = f"{kind.example}\n  colour: blue"
    text = f"---\naccord: One\n---\n\n```accord\n{example}\n```\n"
    _, findings = read_clauses(read_document(text), kinds())
    assert [finding.code for finding in findings] == ["E102"]
    assert text.split("\n")[findings[0].span.line - 1] == "  colour: blue"
