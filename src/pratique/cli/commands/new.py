# SPDX-License-Identifier: Apache-2.0
"""`pratique new`: a first draft that passes `check`, in a folder of its own.

Without `--with` it is a small one; with it, model articles of those fields of practice.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from pathlib import Path

import click

from pratique.base.text import Code, Sentence, say
from pratique.cli.speech import CannotRun, tell, told
from pratique.practice.articles import Signatory, draft_with, fields_of_practice, listed

_NAME = re.compile(r"[a-z][a-z0-9_]*\Z")
_MARKS = " '’-.()"
_EXAMPLE = Code("cote_divoire=Côte d’Ivoire")


@click.command(
    name="new", help=told(say("Begin a draft: a folder with a small accord that passes its check."))
)
@click.argument("folder")
@click.option(
    "--parties",
    required=True,
    help=told(
        say(
            "the parties' names, separated by commas, such as aldova,brenia; how one is written"
            " may follow it, such as cote_divoire=Côte d’Ivoire"
        )
    ),
)
@click.option("--title", default="", help=told(say("the accord's name")))
@click.option(
    "--with",
    "fields",
    default="",
    help=told(say("model articles to put in, separated by commas, such as funds,stockpile")),
)
def command(folder: str, parties: str, title: str, fields: str) -> None:
    """Write FOLDER/accord.md; an existing one is never written over."""
    from pratique.cli.places import replace_whole

    signatories = _signatories(parties)
    chosen = _chosen(fields)
    document = Path(folder) / "accord.md"
    if document.exists():
        raise CannotRun(say("`{path}` is there already; nothing was written", path=str(document)))
    named = " ".join(title.split()) or _title_of(Path(folder).resolve().name)
    text = draft_with(named, signatories, chosen) if chosen else _draft(signatories, named)
    _require_sound(text, [party.name for party in signatories])
    replace_whole(document, text.encode("utf-8"))
    tell(say("written: {path}", path=str(document)))
    tell(say("next: {command}", command=Code(f"pratique check {folder}")))


def _signatories(parties: str) -> list[Signatory]:
    found = [_signatory(part.strip()) for part in parties.split(",") if part.strip()]
    names = {party.name for party in found}
    labels = {party.label for party in found}
    if min(len(names), len(labels)) < len(found) or len(found) < 2:
        raise CannotRun(say("an accord has at least two different parties"))
    return found


def _signatory(words: str) -> Signatory:
    name, equals, label = (part.strip() for part in words.partition("="))
    if not _NAME.match(name):
        raise CannotRun(_no_name(name))
    if not equals:
        return Signatory(name, name.replace("_", " ").title())
    label = unicodedata.normalize("NFC", " ".join(label.split()))
    if not _can_be_written(label):
        raise CannotRun(
            say(
                "{name} cannot be written {label}:"
                " it takes letters, spaces and `'` `’` `-` `.` `(` `)`",
                name=Code(name),
                label=Code(label),
            )
        )
    return Signatory(name, label)


def _no_name(name: str) -> Sentence:
    if name.isascii():
        return say(
            "{name} is not a name: small letters, digits and `_`, such as sierra_leone",
            name=Code(name),
        )
    return say(
        "{name} is not a name: give one in the letters a to z, then `=` and how it is written,"
        " such as {example}",
        name=Code(name),
        example=_EXAMPLE,
    )


def _can_be_written(label: str) -> bool:
    # Anything else could be read as a figure, as Markdown, or as the end of a label.
    kinds = {unicodedata.category(sign)[0] for sign in label if sign not in _MARKS}
    return "L" in kinds and kinds <= {"L", "M"}


def _chosen(fields: str) -> list[str]:
    chosen = [field.strip() for field in fields.split(",") if field.strip()]
    there = fields_of_practice()
    for field in chosen:
        if field not in there:
            raise CannotRun(
                say(
                    "there are no model articles for {field}; there are some for {fields}",
                    field=Code(field),
                    fields=[Code(one) for one in there],
                )
            )
        if chosen.count(field) > 1:
            raise CannotRun(say("{field} is named twice", field=Code(field)))
    return chosen


def _title_of(folder: str) -> str:
    words = folder.replace("-", " ").replace("_", " ").split()
    return " ".join(word[:1].upper() + word[1:] for word in words)


def _draft(parties: Sequence[Signatory], title: str) -> str:
    from importlib import resources

    template = resources.files("pratique.cli").joinpath("new.accord.md").read_text("utf-8")
    return (
        template.replace("@TITLE@", title)
        .replace("party @PARTIES@", _party_lines(parties))
        .replace("@NAMED@", listed([party.label for party in parties]))
        .replace("@FIRST@", parties[0].name)
    )


def _party_lines(parties: Sequence[Signatory]) -> str:
    if all(party.label == party.name.replace("_", " ").title() for party in parties):
        return "party " + ", ".join(party.name for party in parties)
    return "\n".join(f'party {party.name} "{party.label}"' for party in parties)


def _why_not(name: str, code: str, sentence: Sentence) -> Sentence:
    if code == "E201":
        return say(
            "a party cannot be named {name}: the draft has a clause of that name", name=Code(name)
        )
    return say("a party cannot be named {name}: {why}", name=Code(name), why=sentence)


def _require_sound(text: str, names: Sequence[str]) -> None:
    # A party may not be named like a word of the language or a clause of the draft, nor be
    # written so that a paragraph says another figure than its clauses ("Two Rivers").
    from pratique.accord.check import check
    from pratique.cli.methods import methods
    from pratique.engine.cells.reasoning import reason

    found = check(text, cells=reason, methods=methods())
    for finding in (*found.stops, *found.warnings):
        fault = next((name for name in names if f"`{name}`" in told(finding.sentence)), "")
        if fault:
            raise CannotRun(_why_not(fault, finding.code, finding.sentence))
        raise CannotRun(say("the draft would not pass its check: {why}", why=finding.sentence))
