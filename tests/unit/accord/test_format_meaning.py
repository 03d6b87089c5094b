# SPDX-License-Identifier: Apache-2.0
"""Whatever order and blanks a text has, its form is one, and its typed clauses mean the same."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from pathlib import Path
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generative.accords import accords
from generative.methods import REGISTRY
from pratique.accord.document import read_document
from pratique.accord.form.text import formed
from pratique.accord.kinds import kinds
from pratique.accord.model import Accord, read_accord
from pratique.accord.terms.expression import Text
from pratique.base.finding import Span
from pratique.cli.methods import methods

ACCORDS = Path(__file__).parents[3] / "accords"
SHIPPED = sorted(ACCORDS.glob("*/accord.md"))
STORIES = sorted(ACCORDS.glob("*/stories/*.md"))
RANDOM = st.integers(0, 2**32).map(Random)
WEIRD = (
    "\t", "\r", "\x0b", "\x85", "\u00a0", "\u2028", "#", '"', ":", "```", "~~~", "\n", "\n\n",
    "\n```accord 1.1,1.2\n", "\n  ", "\n    ", "> ", "- ", "&#97;", "\\", ";", "\n\t", "# \"a\" ",
    "\ncase one\n", "  must: ", "\ufeff",
)  # fmt: skip


def meaning(value: object) -> object:
    """Return a typed value as plain values, without its places in the text."""
    if isinstance(value, Span):
        return None
    if isinstance(value, Text):
        return value.words.split()
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        names = [field.name for field in dataclasses.fields(value)]
        return type(value).__name__, {name: meaning(getattr(value, name)) for name in names}
    if isinstance(value, dict):
        return {key: meaning(one) for key, one in value.items()}
    if isinstance(value, (tuple, list)):
        return [meaning(one) for one in value]
    return value


def meanings(accord: Accord) -> list[object]:
    """Return what an accord's typed clauses mean, in order, and what is found of them."""
    found = sorted((one.code, str(one.sentence)) for one in accord.findings)
    return [*((name, meaning(one)) for name, one in accord.typed.items()), found]


def require_same(text: str, registry: object, *, sound: bool = True) -> str:
    """Hold that the form of a text means the same and is its own form; return it."""
    found = formed(text)
    assert not sound or found.left == ()
    assert meanings(read_accord(found.text, registry)) == meanings(read_accord(text, registry))
    again = formed(found.text)
    assert (again.text, again.changed) == (found.text, ())
    return found.text


def outside(text: str) -> list[str]:
    """Return the lines of a text that are in no block, with their ends."""
    lines = (
        text.replace("\r\n", "\r\n\0").replace("\n", "\n\0").replace("\n\0\0", "\n\0").split("\0")
    )
    kept = dict(enumerate(lines, 1))
    for fence in read_document(text).fences:
        for line in range(fence.line - 1, fence.line + len(fence.lines)):
            kept.pop(line, None)
    return list(kept.values())


def ragged(text: str, random: Random) -> str:
    """Return a text in form after its fields were shuffled and its blanks changed."""
    lines = text.split("\n")
    for fence in read_document(text).fences:
        if fence.lines != ("",):
            place = slice(fence.line - 1, fence.line - 1 + len(fence.lines))
            lines[place] = [line for one in _clauses(fence.lines) for line in _ragged(one, random)]
    return "\n".join(lines)


def _parted(lines: list[str], starts: list[int]) -> Iterator[list[str]]:
    """Iterate over the parts that begin so, each with the comments and empty lines above it."""
    worded = [bool(line.split("#")[0].strip()) for line in lines]
    places = [max((i + 1 for i in range(start) if worded[i]), default=0) for start in starts]
    for start, end in zip([0, *places[1:]], [*places[1:], len(lines)], strict=True):
        yield lines[start:end]


def _clauses(lines: tuple[str, ...]) -> Iterator[list[str]]:
    return _parted(list(lines), [i for i, line in enumerate(lines) if line and line[0] not in " #"])


def _ragged(clause: list[str], random: Random) -> list[str]:
    header = next(i for i, line in enumerate(clause) if line and line[0] != "#")
    first, rest = clause[: header + 1], clause[header + 1 :]
    starts = [i for i, line in enumerate(rest) if line[:3].strip(" #")]
    fields = list(_parted(rest, starts)) if starts else []
    kind = kinds()[clause[header].split()[0]]
    # A procedure's steps, and whatever else stands several times, stay in their order.
    names = [next(line for line in f if line[:3].strip(" #")).split(":")[0].strip() for f in fields]
    specs = [id(kind.field_named(name)) if name != "accepted" else 0 for name in names]
    waiting = {s: [f for t, f in zip(specs, fields, strict=True) if t == s] for s in specs}
    shuffled = [waiting[s].pop(0) for s in random.sample(specs, len(specs))]
    margin = random.randint(1, 3)
    return [*(line + " " * random.randint(0, 2) for line in first),
            *(line for field in shuffled for line in _spread(field, margin, random))]  # fmt: skip


def _spread(field: list[str], margin: int, random: Random) -> list[str]:
    at = next(i for i, line in enumerate(field) if line[:3].strip(" #"))
    name, _, value = field[at].strip().partition(":")
    after = [line.strip() for line in field[:at]]
    after += [f"{' ' * margin}{name}{random.choice(('', ' '))}:{' ' * random.randint(0, 3)}{value}"]
    for line in field[at + 1 :]:
        deep = random.choice((" " * (margin + random.randint(1, 6)), "\t\t"))
        after.append(f"{deep}{line.strip()}" if line.strip() else line)
    return [line + random.choice(("", " ", "\t")) for line in after]


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.parent.name)
def test_a_shipped_accord_means_what_it_meant(path: Path) -> None:
    text = path.read_text("utf-8")
    after = require_same(text, methods())
    assert outside(after) == outside(text)
    turned = text.replace("\n", "\r\n")
    assert formed(turned).text == after.replace("\n", "\r\n")


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.parent.name)
@pytest.mark.parametrize("seed", [1, 2])
def test_a_shipped_accord_has_one_form_in_whatever_order(path: Path, seed: int) -> None:
    form = formed(path.read_text("utf-8")).text
    shuffled = ragged(form, Random(seed))
    assert shuffled != form
    assert require_same(shuffled, methods()) == form


@pytest.mark.parametrize("path", STORIES, ids=lambda path: path.stem)
def test_a_story_has_one_form(path: Path) -> None:
    form = formed(path.read_text("utf-8"))
    assert (form.left, form.unread) == ((), ())
    assert formed(ragged(form.text, Random(3))).text == form.text


@settings(max_examples=25)
@given(text=accords(), random=RANDOM)
def test_random_accords_have_one_form_that_means_the_same(text: str, random: Random) -> None:
    form = require_same(text, REGISTRY)
    assert require_same(ragged(form, random), REGISTRY) == form


@st.composite
def damaged(draw: st.DrawFn) -> str:
    """Draw a shipped accord with strange pieces put in and others cut out."""
    text = SHIPPED[-1].read_text("utf-8")
    for _ in range(draw(st.integers(1, 6))):
        place = draw(st.integers(0, len(text)))
        piece = draw(st.sampled_from(WEIRD))
        text = text[:place] + piece + text[place + draw(st.sampled_from((0, 0, 1, 30))) :]
    return text


@settings(max_examples=60)
@given(text=damaged())
def test_a_damaged_text_keeps_its_prose_its_lines_and_its_meaning(text: str) -> None:
    after = require_same(text, methods(), sound=False)
    assert outside(after) == outside(text)
    assert after.count("\n") == text.count("\n")
    assert after.count("\r") == text.count("\r")


@pytest.mark.parametrize("kind", sorted(kinds()))
def test_the_example_of_each_kind_keeps_its_lines(kind: str) -> None:
    lines = kinds()[kind].example.splitlines()
    block = "\n".join(lines)
    head = "---\naccord: Small\nclock: UTC\ncurrency: USD\n---\n"
    text = f"{head}\n```accord\n{block}\n```\n"
    found = formed(text)
    assert found.left == ()
    assert sorted(map(str.split, found.text.split("\n"))) == sorted(
        map(str.split, text.split("\n"))
    )
