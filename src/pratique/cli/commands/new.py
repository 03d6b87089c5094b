# SPDX-License-Identifier: Apache-2.0
"""`pratique new`: a first draft that passes `check`, in a folder of its own."""

from __future__ import annotations

import re
from pathlib import Path

import click

from pratique.base.text import Code, Sentence, say
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
    text = _draft(names, " ".join(title.split()) or _title_of(Path(folder).resolve().name))
    _require_sound(text, names)
    try:
        document.parent.mkdir(parents=True, exist_ok=True)
        document.write_text(text, "utf-8")
    except OSError as fault:
        words = fault.strerror or ""
        raise CannotRun(
            say("`{path}` cannot be written to: {fault}", path=folder, fault=words)
        ) from fault
    tell(say("written: {path}", path=str(document)))
    tell(say("next: {command}", command=Code(f"pratique check {folder}")))


def _title_of(folder: str) -> str:
    words = folder.replace("-", " ").replace("_", " ").split()
    return " ".join(word[:1].upper() + word[1:] for word in words)


def _draft(names: list[str], title: str) -> str:
    from importlib import resources

    template = resources.files("pratique.cli").joinpath("new.accord.md").read_text("utf-8")
    labels = [name.replace("_", " ").title() for name in names]
    return (
        template.replace("@TITLE@", title)
        .replace("@PARTIES@", ", ".join(names))
        .replace("@NAMED@", ", ".join(labels[:-1]) + " and " + labels[-1])
        .replace("@FIRST@", names[0])
    )


def _why_not(name: str, code: str, sentence: Sentence) -> Sentence:
    if code == "E201":
        return say(
            "a party cannot be named {name}: the draft has a clause of that name", name=Code(name)
        )
    return say("a party cannot be named {name}: {why}", name=Code(name), why=sentence)


def _require_sound(text: str, names: list[str]) -> None:
    # A party may not be named like a word of the language or a clause of the draft.
    from pratique.accord.check import check
    from pratique.cli.methods import methods

    for finding in check(text, methods=methods()).stops:
        fault = next((name for name in names if f"`{name}`" in told(finding.sentence)), names[0])
        raise CannotRun(_why_not(fault, finding.code, finding.sentence))
