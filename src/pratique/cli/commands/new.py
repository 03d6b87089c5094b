# SPDX-License-Identifier: Apache-2.0
"""`pratique new`: a first draft that passes `check`, in a folder of its own."""

from __future__ import annotations

import re
from pathlib import Path

import click

from pratique.base.text import Code, say
from pratique.cli.speech import CannotRun, tell, told

_NAME = re.compile(r"[a-z][a-z0-9_]*\Z")


@click.command(
    name="new", help=told(say("Begin a draft: a folder with a small accord that passes its check."))
)
@click.argument("folder")
@click.option(
    "--parties",
    required=True,
    help=told(say("the parties' names, separated by commas, such as aldova,brenia")),
)
@click.option("--title", default="", help=told(say("the accord's name")))
def command(folder: str, parties: str, title: str) -> None:
    """Write FOLDER/accord.md; an existing one is never written over."""
    from importlib import resources

    names = [name.strip() for name in parties.split(",") if name.strip()]
    for name in names:
        if not _NAME.match(name):
            raise CannotRun(
                say(
                    "{name} is not a name: small letters, digits and `_`, such as sierra_leone",
                    name=Code(name),
                )
            )
    if len(set(names)) < len(names) or len(names) < 2:
        raise CannotRun(say("an accord has at least two different parties"))
    document = Path(folder) / "accord.md"
    if document.exists():
        raise CannotRun(say("`{path}` is there already; nothing was written", path=str(document)))
    template = resources.files("pratique.cli").joinpath("new.accord.md").read_text("utf-8")
    labels = [name.replace("_", " ").title() for name in names]
    text = (
        template.replace(
            "@TITLE@",
            " ".join(title.split()) or Path(folder).resolve().name.replace("-", " ").title(),
        )
        .replace("@PARTIES@", ", ".join(names))
        .replace("@NAMED@", ", ".join(labels[:-1]) + " and " + labels[-1])
        .replace("@FIRST@", names[0])
    )
    document.parent.mkdir(parents=True, exist_ok=True)
    document.write_text(text, "utf-8")
    tell(say("written: {path}", path=str(document)))
    tell(say("next: {command}", command=Code(f"pratique check {folder}")))
