# SPDX-License-Identifier: Apache-2.0
"""Tutorials, followed line by line: files written as they say, commands typed as they stand.

A fence `console` holds commands after `$` and what they print. A fence `markdown FILE` writes a
file; `markdown FILE before "WORDS"` puts its lines before a line; `markdown FILE instead of
"WORDS"` puts them in place of those words; `diff FILE` takes lines out (`-`) and puts others in
(`+`). With PRATIQUE_SNAPSHOTS=write the printed lines are written into the tutorial anew.
"""

from __future__ import annotations

import os
import re
import shlex
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import click
import pytest

from unit.cli.commands import run

TUTORIALS = sorted((Path(__file__).parents[2] / "docs" / "tutorial").glob("*.md"))
FENCE = re.compile(
    r"^(?P<ticks>`{3,})(?P<info>[^\n`]+)\n(?P<body>.*?)^(?P=ticks)$", re.MULTILINE | re.DOTALL
)
PUT = re.compile(r'(?P<file>\S+)(?: (?P<how>before|instead of) "(?P<words>[^"]+)")?\Z')


@dataclass(frozen=True)
class Step:
    """A fence of a tutorial: its language, what it is told to do, its lines and its place."""

    language: str
    told: str
    body: str
    start: int
    end: int


def steps(text: str) -> Iterator[Step]:
    """Iterate over the fences that a reader is to follow."""
    for match in FENCE.finditer(text):
        language, _, told = match["info"].strip().partition(" ")
        yield Step(language, told, match["body"], match.start("body"), match.end("body"))


def put(step: Step) -> None:
    """Do with a file what a fence says."""
    match = PUT.match(step.told)
    assert match, f"cannot follow: {step.told}"
    path = Path(match["file"])
    if match["how"] is None:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(step.body, "utf-8")
        return
    text, words = path.read_text("utf-8"), match["words"]
    assert text.count(words) == 1, f"{words!r} stands {text.count(words)} times in {path}"
    new = step.body + "\n" + words if match["how"] == "before" else step.body.rstrip("\n")
    path.write_text(text.replace(words, new), "utf-8")


def altered(step: Step) -> None:
    """Change lines of a file as a fence shows them."""
    path = Path(step.told)
    lines = [(line[:1], line[1:] + "\n") for line in step.body.splitlines()]
    assert {sign for sign, _ in lines} <= {"-", "+", " "}, f"cannot follow: {step.body}"
    old, new = ("".join(words for sign, words in lines if sign in signs) for signs in ("- ", "+ "))
    text = path.read_text("utf-8")
    assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in {path}"
    path.write_text(text.replace(old, new), "utf-8")


def printed(command: str) -> str:
    """Return what a command prints, without colours; times stand as `… s`."""
    name, *arguments = shlex.split(command)
    if name == "cp":
        option, source, target = arguments
        assert option == "-r"
        shutil.copytree(source, target)
        return ""
    assert name == "pratique", f"a tutorial uses only pratique, and cp: {command}"
    result = run(*arguments)
    if result.exception is not None and not isinstance(result.exception, SystemExit):
        raise result.exception
    lines = [line.rstrip() for line in click.unstyle(result.output).splitlines()]
    return re.sub(r"\b\d+[.,]\d+ s\b", "… s", "\n".join(lines))


def typed(step: Step) -> str:
    """Return a console fence as it should stand: each command, and below it what it prints."""
    parts = []
    for line in step.body.splitlines():
        if line.startswith("$ "):
            parts.append(f"{line}\n{printed(line[2:])}".rstrip())
    return "\n".join(parts) + "\n"


@pytest.mark.parametrize("path", TUTORIALS, ids=lambda path: path.stem)
def test_a_newcomer_who_follows_it_sees_what_it_says(
    path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "100")
    monkeypatch.setenv("PRATIQUE_LANGUAGE", "en")
    text = path.read_text("utf-8")
    seen: list[str] = []
    said: list[str] = []
    written: list[str] = []
    last = 0
    for step in steps(text):
        if step.language == "console":
            seen.append(typed(step))
            said.append(step.body)
            written += [text[last : step.start], seen[-1]]
            last = step.end
        elif step.language == "diff":
            altered(step)
        elif step.told:
            put(step)
    if os.environ.get("PRATIQUE_SNAPSHOTS") == "write":
        path.write_text("".join([*written, text[last:]]), "utf-8")
        return
    assert said == seen
    assert len(seen) >= 5
