# SPDX-License-Identifier: Apache-2.0
"""`pratique`: the commands, found by walking `cli/commands`; `--help` imports nothing heavy."""

from __future__ import annotations

import os
import pkgutil
import sys
from importlib import import_module

import click

from pratique.base.text import say
from pratique.cli import commands
from pratique.cli.speech import choose_language, told, without_language

# The story they tell: begin, check, understand, replay, verify.
_ORDER = (
    *("demo", "new", "check", "read", "format", "review", "diff", "weave", "tell", "explain"),
    *("kinds", "replay", "verify"),
)


class Commands(click.Group):
    """A group whose commands are the modules of a folder, each imported when it is asked for."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names of all commands."""
        found = [module.name for module in pkgutil.iter_modules(commands.__path__)]
        return sorted(
            found, key=lambda name: (_ORDER.index(name) if name in _ORDER else len(_ORDER), name)
        )

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Return a command, or None if there is none of that name."""
        if cmd_name not in self.list_commands(ctx):
            return None
        module = import_module(f"{commands.__name__}.{cmd_name}")
        command: click.Command = module.command
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
