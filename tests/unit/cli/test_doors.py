# SPDX-License-Identifier: Apache-2.0
"""The command line as a whole: its help in both languages, and what the documents show of it."""

from __future__ import annotations

import re
import shlex
import subprocess
import sys
from pathlib import Path

import click
import pytest

from pratique.cli.main import pratique
from unit.cli.commands import ROOT, run

NAMES = pratique().list_commands(click.Context(pratique()))
HEAVY = ("numpy", "django", "pydantic", "lark", "rich", "markdown_it")
HELP = """
import sys
sys.argv = ["pratique", *{words!r}]
from pratique.cli.main import main
try:
    main()
except SystemExit as ended:
    assert not ended.code, ended.code
loaded = [name for name in {heavy!r} if name in sys.modules]
assert not loaded, loaded
"""
DOCUMENTS = sorted([ROOT / "README.md", ROOT / "CONTRIBUTING.md", *(ROOT / "docs").rglob("*.md")])
FENCED = re.compile(r"^```(?:console|sh|bash)\n(.*?)^```", re.MULTILINE | re.DOTALL)
INLINE = re.compile(r"`(pratique [^`\n]+)`")


def shown() -> list[tuple[str, str]]:
    """Return each command line that a document shows: (document, words after `pratique`)."""
    found = []
    for path in DOCUMENTS:
        text = path.read_text("utf-8")
        lines = [line for block in FENCED.findall(text) for line in block.splitlines()]
        pieces = [piece for line in lines for piece in re.split(r"&&|;|\|\|", line)]
        spans = [re.split(r"(?:^|[ /])pratique ", one, maxsplit=1)[1] for one in pieces
                 if re.search(r"(?:^|[ /])pratique ", one)]  # fmt: skip
        # A command that is only spoken of, with nothing after its name, is not shown to be typed.
        spans += [
            one.removeprefix("pratique ") for one in INLINE.findall(text) if one.count(" ") > 1
        ]
        name = path.relative_to(ROOT).as_posix()
        found += [
            (name, " ".join(re.sub(r"\\\||[][]", "", one).split("#")[0].split())) for one in spans
        ]
    return sorted(set(found))


def test_the_commands_are_those_of_the_story_in_its_order() -> None:
    assert NAMES == [
        "demo", "new", "check", "read", "format", "review", "diff", "weave", "tell", "explain",
        "kinds", "replay", "verify", "import", "detect", "nowcast", "rt", "score",
    ]  # fmt: skip


@pytest.mark.parametrize("command", ["", *NAMES])
def test_help_starts_at_once_in_both_languages(command: str) -> None:
    told = []
    for language in ("en", "fr"):
        words = [*([command] if command else []), "--help", "--language", language]
        program = HELP.format(words=words, heavy=HEAVY)
        found = subprocess.run(
            [sys.executable, "-c", program], capture_output=True, text=True, check=False, timeout=60
        )
        assert found.returncode == 0, found.stderr
        told.append(found.stdout)
    assert all(one.startswith("Usage: pratique") for one in told)
    assert told[0] != told[1]


def test_an_unknown_command_ends_with_2_and_shows_the_way() -> None:
    found = run("chekc")
    assert found.exit_code == 2
    assert "chekc" in found.output
    assert "--help" in found.output


def test_the_version_is_told() -> None:
    found = run("--version")
    assert found.exit_code == 0
    assert found.output.startswith("pratique, version ")


@pytest.mark.parametrize("words", [["--language", "fr", "kinds"], ["kinds", "--language=fr"]])
def test_the_language_may_stand_anywhere(words: list[str]) -> None:
    assert (
        run(*words).output == run("kinds", environment={"PRATIQUE_LANGUAGE": "fr_FR.UTF-8"}).output
    )
    assert run(*words).output != run("kinds").output


def test_a_language_that_is_not_there_is_english() -> None:
    assert run("kinds", "--language", "xx").output == run("kinds").output


def test_the_readme_shows_commands() -> None:
    text = (ROOT / "README.md").read_text("utf-8")
    assert set(re.findall(r"pratique ([a-z]+)", text)) >= set(NAMES)


@pytest.mark.parametrize(("document", "words"), shown(), ids=str)
def test_what_the_documents_show_can_be_typed(document: str, words: str) -> None:
    assert Path(ROOT / document).exists()
    name, *rest = shlex.split(words)
    if name.startswith("-"):
        return
    command = pratique().get_command(click.Context(pratique()), name)
    assert command is not None, f"there is no command {name}"
    command.make_context(name, rest)
