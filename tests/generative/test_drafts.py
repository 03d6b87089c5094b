# SPDX-License-Identifier: Apache-2.0
"""Drafts compared as texts, whatever they say: against itself nothing, the other way round turned.

What both would have done is turned round in the same manner: see tests/unit/rehearsal.
"""

from __future__ import annotations

import os
from functools import cache
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, note, settings
from hypothesis import strategies as st

from generative.accords import accords
from generative.methods import REGISTRY
from pratique.accord.comparison.clauses import ClauseChange, clause_changes, setting_changes
from pratique.accord.comparison.redline import Passage, passages
from pratique.accord.method import Registry
from pratique.accord.model import Accord, read_accord
from pratique.cli.methods import methods

EXAMPLES = 10 if os.environ.get("CI") else int(os.environ.get("PRATIQUE_EXAMPLES", "25"))
SLOW = [HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.large_base_example]
checked = settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=SLOW)
ACCORDS = Path(__file__).parents[2] / "accords"
SHIPPED = sorted(path.parent.name for path in ACCORDS.glob("*/accord.md"))
TURNED = {"in": "out", "out": "in", "added": "removed", "removed": "added"}


@cache
def shipped(name: str, without: tuple[int, ...] = ()) -> Accord:
    """Return an accord that came with Pratique, some of its articles struck."""
    text = (ACCORDS / name / "accord.md").read_text("utf-8")
    head, *articles = text.split("\n## ")
    kept = [one for place, one in enumerate(articles) if place not in without]
    return read_accord("\n## ".join([head, *kept]), methods())


def read(text: str, registry: Registry = REGISTRY) -> Accord:
    return read_accord(text, registry)


def turned_clause(one: ClauseChange, names: dict[str, str]) -> tuple[object, ...]:
    fields = sorted((field.name, field.new, field.old) for field in one.fields)
    name, was = (one.was, one.name) if one.was else (names.get(one.name, one.name), "")
    return name, TURNED.get(one.change, one.change), was, *fields


def plain_clause(one: ClauseChange) -> tuple[object, ...]:
    fields = sorted((field.name, field.old, field.new) for field in one.fields)
    return one.name, one.change, one.was, *fields


def plain(one: Passage) -> tuple[object, ...]:
    pieces = sorted((piece.change, piece.words) for piece in one.pieces)
    return one.label, one.was or one.label, one.change, *pieces


def turned(one: Passage) -> tuple[object, ...]:
    pieces = sorted((TURNED.get(p.change, p.change), p.words) for p in one.pieces)
    return one.was or one.label, one.label, TURNED.get(one.change, one.change), *pieces


def require_turned(old: Accord, new: Accord) -> None:
    """Fail unless what differs one way is what differs the other way, turned round."""
    there, back = passages(old.document, new.document), passages(new.document, old.document)
    assert sorted(map(repr, map(turned, there))) == sorted(map(repr, map(plain, back)))
    clauses, clauses_back = clause_changes(old, new), clause_changes(new, old)
    assert sorted(repr(turned_clause(one, {})) for one in clauses) == sorted(
        repr(plain_clause(one)) for one in clauses_back
    )
    front = {(one.name, one.old, one.new) for one in setting_changes(old.document, new.document)}
    assert front == {
        (one.name, one.new, one.old) for one in setting_changes(new.document, old.document)
    }


def require_same(accord: Accord) -> None:
    """Fail unless a text does not differ from itself."""
    assert passages(accord.document, accord.document) == ()
    assert clause_changes(accord, accord) == ()
    assert setting_changes(accord.document, accord.document) == ()


@pytest.mark.parametrize("name", SHIPPED)
def test_a_shipped_accord_does_not_differ_from_itself(name: str) -> None:
    require_same(shipped(name))
    require_same(shipped(name, (0, 3)))


def test_shipped_accords_turn_round() -> None:
    for name in SHIPPED:
        for other in SHIPPED:
            require_turned(shipped(name), shipped(other))


@settings(checked, max_examples=min(EXAMPLES, 8))
@given(st.sampled_from(SHIPPED), st.sets(st.integers(0, 33), max_size=4))
def test_a_shipped_accord_with_articles_struck_turns_round(name: str, struck: set[int]) -> None:
    require_turned(shipped(name), shipped(name, tuple(sorted(struck))))


@checked
@given(accords(), accords())
def test_any_two_accords_turn_round(old: str, new: str) -> None:
    note(old)
    note(new)
    require_same(read(old))
    require_turned(read(old), read(new))
