# SPDX-License-Identifier: Apache-2.0
"""Model articles: each field alone, and all together, make a draft that passes and does as told."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from importlib import resources
from pathlib import Path

import pytest

from pratique.accord.check import Checked, check
from pratique.accord.kinds.case import Case
from pratique.base.text import render
from pratique.cli.methods import methods
from pratique.practice.articles import (
    Signatory,
    assembled,
    draft_with,
    fields_of_practice,
    filled,
    listed,
    model_articles,
    model_articles_in,
)
from pratique.rehearsal.trial import try_cases

ROOT = Path(__file__).parents[3]
FIELDS = fields_of_practice()
FIVE = (
    Signatory("aldova", "Aldova"),
    Signatory("cote_brenia", "Côte-Brénia"),
    Signatory("corvia", "Corvia"),
    Signatory("dunia", "Dunia"),
    Signatory("evora", "Évora"),
)
TWO = FIVE[:2]
SMALL = """\
# Small

Nobody has agreed to it.

## Article {1} — Words

1. The Parties are {parties}; {first party} is not {second party}. See Article {2}.

```accord {1}.1
party {each party}
```

## Article {2} — More

1. Nothing.

## Worked cases

```accord
case a
  given: {second party} silent
```
"""


@cache
def checked(parties: Sequence[Signatory], fields: Sequence[str], *, tried: bool) -> Checked:
    """Return what is said of a draft, with its worked cases run if `tried`."""
    draft = draft_with("Draft", parties, fields)
    return check(draft, methods=methods(), trial=try_cases if tried else None)


def open_findings(found: Checked) -> list[str]:
    """Return the findings that stop a text or that nobody has accepted, as words."""
    return [
        f"{one.code} line {one.span.line}: {render(one.sentence)}"
        for one in (*found.stops, *found.warnings)
    ]


def test_there_are_fields_to_choose_from() -> None:
    assert {"emergency", "funds", "stockpile", "surveillance", "teams"} <= set(FIELDS)
    assert len(FIELDS) >= 6


@pytest.mark.parametrize("field", FIELDS)
def test_each_field_alone_passes_and_its_cases_come_true(field: str) -> None:
    found = checked(TWO, (field,), tried=True)
    assert open_findings(found) == []
    assert all(one.accepted for one in found.accepted)


@pytest.mark.parametrize("field", FIELDS)
def test_each_field_alone_passes_for_five_parties(field: str) -> None:
    assert open_findings(checked(FIVE, (field,), tried=False)) == []


def test_all_together_pass_for_two_parties() -> None:
    assert open_findings(checked(TWO, FIELDS, tried=False)) == []


def test_all_together_pass_for_five_parties_and_their_cases_come_true() -> None:
    found = checked(FIVE, FIELDS, tried=True)
    assert open_findings(found) == []
    assert all(one.accepted for one in found.accepted)
    assert len(found.accord.of_kind(Case)) >= 2 * len(FIELDS)


def test_fields_stand_in_the_order_asked_for() -> None:
    draft = draft_with("Draft", TWO, ("teams", "funds"))
    assert draft.index("# Response teams") < draft.index("# Funds")
    numbers = [int(one) for one in re.findall(r"^## Article (\d+) — ", draft, re.MULTILINE)]
    assert numbers == list(range(1, len(numbers) + 1))


@pytest.mark.parametrize("field", FIELDS)
def test_each_field_says_what_it_is_and_has_a_worked_case(field: str) -> None:
    found = model_articles(field)
    assert "written for this software" in found.origin
    assert "no text of an existing agreement" in found.origin
    assert found.count >= 1
    assert re.search(r"^case [a-z0-9_]+$", found.cases, re.MULTILINE)


@pytest.mark.parametrize("field", FIELDS)
def test_each_field_is_in_the_how_to_with_its_number_of_cases(field: str) -> None:
    page = (ROOT / "docs" / "how-to" / "start-from-model-articles.md").read_text("utf-8")
    row = next(line for line in page.splitlines() if line.startswith(f"| `{field}` |"))
    assert row.endswith(f"| {len(re.findall('^case ', model_articles(field).cases, re.M))} |")


def test_the_field_of_the_how_to_passes_too() -> None:
    page = (ROOT / "docs" / "how-to" / "start-from-model-articles.md").read_text("utf-8")
    _, _, rest = page.partition("````markdown\n")
    own = model_articles_in(rest.partition("````")[0])
    room = resources.files("pratique.practice")
    first, last = (
        model_articles_in(room.joinpath(name).read_text("utf-8"))
        for name in ("opening.md", "closing.md")
    )
    text = assembled("Draft", TWO, [first, own, last])
    assert open_findings(check(text, methods=methods(), trial=try_cases)) == []


FIGURE = re.compile(r"(?<![\w{])\d[\d,]*(?:%| |/|$)")


def unsourced(text: str) -> list[str]:
    """Return the blocks of clauses that hold a figure and do not say where it is from."""
    blocks = re.findall(r"^```accord (\S+)[^\n]*\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)
    return [label for label, block in blocks if _has_figure(block) and "# Source: " not in block]


def _has_figure(block: str) -> bool:
    lines = [line for line in block.splitlines() if not line.startswith("#")]
    return any(FIGURE.search(line) for line in lines)


def test_every_figure_says_where_it_is_from() -> None:
    room = resources.files("pratique.practice")
    texts = [room.joinpath(name).read_text("utf-8") for name in ("opening.md", "closing.md")]
    texts += [model_articles(field).articles for field in FIELDS]
    assert [unsourced(text) for text in texts] == [[] for _ in texts]


def test_a_figure_without_a_source_is_found() -> None:
    block = "```accord {1}.1\nduty a\n  within: 24 hours\n```\n"
    assert unsourced(block) == ["{1}.1"]
    assert unsourced(block.replace("duty a", "# Source: nobody.\nduty a")) == []
    assert unsourced("```accord {1}.2\nduty a\n  by: each party\n```\n") == []


def test_blanks_are_filled_by_where_they_stand() -> None:
    found = filled(model_articles_in(SMALL).articles, TWO, 4).splitlines()
    assert found[0] == "## Article 5 — Words"
    assert "Aldova and Côte-Brénia; Aldova is not Côte-Brénia. See Article 6." in found[2]
    assert found[4] == "```accord 5.1"
    assert found[5:7] == ['party aldova "Aldova"', 'party cote_brenia "Côte-Brénia"']
    assert "cote_brenia silent" in filled(model_articles_in(SMALL).cases, TWO, 0)


def test_parts_follow_one_another_and_cases_stand_at_the_end() -> None:
    small = model_articles_in(SMALL)
    draft = assembled("Two {title}", TWO, [small, small])
    assert draft.startswith("---\naccord: Two {title}\n")
    assert "## Article 4 — More" in draft
    assert draft.count("Nobody has agreed to it.") == 1
    _, annex = draft.split("## Annex — Worked cases")
    assert annex.count("case a\n") == 2


def test_a_blank_that_is_not_known_is_an_error() -> None:
    with pytest.raises(ValueError, match="third party"):
        filled("The {third party} pays.", TWO, 0)


@pytest.mark.parametrize("cut", ["# Small", "## Worked cases", "## Article {1} — Words"])
def test_a_text_of_another_shape_is_an_error(cut: str) -> None:
    with pytest.raises(ValueError, match="a title, an origin"):
        model_articles_in(SMALL.replace(cut, "Words"))


def test_a_field_without_model_articles_is_an_error() -> None:
    with pytest.raises(FileNotFoundError):
        model_articles("nothing")


def test_names_are_listed_as_a_sentence_lists_them() -> None:
    assert listed(["a"]) == "a"
    assert listed(["a", "b"]) == "a and b"
    assert listed(["a", "b", "c"]) == "a, b and c"
