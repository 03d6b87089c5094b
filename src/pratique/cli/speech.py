# SPDX-License-Identifier: Apache-2.0
"""The language the command line speaks, and how it prints; light, for `--help` to start at once."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping, Sequence

import click

from pratique.base.text import Sentence, languages, render

_chosen: list[str] = ["en"]


def choose_language(words: Sequence[str], environment: Mapping[str, str]) -> str:
    """Set and return the language: `--language`, else PRATIQUE_LANGUAGE, else the locale's."""
    asked = ""
    for index, word in enumerate(words):
        if word == "--language" and index + 1 < len(words):
            asked = words[index + 1]
        elif word.startswith("--language="):
            asked = word.partition("=")[2]
    for name in ("PRATIQUE_LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG"):
        asked = asked or environment.get(name, "")
    short = asked.replace("_", "-").partition("-")[0].partition(".")[0].lower()
    _chosen[0] = short if short in languages() else "en"
    return _chosen[0]


def without_language(words: Sequence[str]) -> list[str]:
    """Return a command line without `--language`, which may stand anywhere in it."""
    kept: list[str] = []
    rest = iter(words)
    for word in rest:
        if word == "--language":
            next(rest, None)
        elif not word.startswith("--language="):
            kept.append(word)
    return kept


def language() -> str:
    """Return the language chosen."""
    return _chosen[0]


def told(sentence: Sentence | str) -> str:
    """Return a sentence in the language chosen; what is no sentence stays as it is."""
    return render(sentence, language())


def tell(sentence: Sentence | str = "", *, error: bool = False) -> None:
    """Print a sentence on a line."""
    click.echo(told(sentence), err=error)


class CannotRun(click.ClickException):
    """The command cannot run: says where and what to do, and ends with exit code 2."""

    exit_code = 2

    def __init__(self, sentence: Sentence) -> None:
        super().__init__(told(sentence))


def is_loud() -> bool:
    """Say whether standard error is a terminal to show progress on."""
    return sys.stderr.isatty() and os.environ.get("TERM") != "dumb"
