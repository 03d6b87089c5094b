# SPDX-License-Identifier: Apache-2.0
"""`pratique`: the commands, found by walking `cli/commands`; `--help` imports nothing heavy."""

from __future__ import annotations

import os
import pkgutil
import sys
from collections.abc import Iterator, Sequence
from importlib import import_module
from pathlib import Path

import click

from pratique.base.text import say
from pratique.cli import commands
from pratique.cli.speech import choose_language, told, without_language

# The story they tell: begin, check, understand, replay, verify; then counts into signals.
_ORDER = (
    *("demo", "new", "check", "read", "format", "review", "diff", "weave", "tell", "explain"),
    *("kinds", "replay", "verify"),
    *("import", "detect", "nowcast", "rt", "score"),
)


def _modules(package: str, folders: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Yield the name of each command below a package, and its module; `import_` is `import`."""
    for found in pkgutil.iter_modules(folders):
        module = f"{package}.{found.name}"
        if found.ispkg:
            yield from _modules(module, [str(Path(folder) / found.name) for folder in folders])
        else:
            yield found.name.rstrip("_"), module


class Commands(click.Group):
    """A group whose commands are the modules of a folder, each imported when it is asked for."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names of all commands."""
        found = dict(_modules(commands.__name__, list(commands.__path__)))
        return sorted(
            found, key=lambda name: (_ORDER.index(name) if name in _ORDER else len(_ORDER), name)
        )

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Return a command, or None if there is none of that name."""
        found = dict(_modules(commands.__name__, list(commands.__path__)))
        if cmd_name not in found:
            return None
        command: click.Command = import_module(found[cmd_name]).command
        return command


def pratique() -> click.Group:
    """Return the command `pratique`, speaking the language chosen."""
    about = say(
        "Pratique puts cross-border health agreements into practice: check a draft,"
        " replay it over history, verify what was done."
    )
    help_ = say("the language of what is printed; otherwise PRATIQUE_LANGUAGE or the locale's")
    speaking = click.Option(["--language"], metavar="en|fr", expose_value=False, help=told(help_))
    group = Commands(
        name="pratique",
        help=told(about),
        context_settings={"help_option_names": ["-h", "--help"]},
        params=[speaking],
    )
    return click.version_option(package_name="pratique", prog_name="pratique")(group)


def main() -> None:
    """Run the command line."""
    words = sys.argv[1:]
    choose_language(words, os.environ)
    pratique()(args=without_language(words))
