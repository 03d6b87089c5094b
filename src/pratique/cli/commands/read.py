# SPDX-License-Identifier: Apache-2.0
"""`pratique read`: every clause of a draft in plain words, made from the clauses and not the prose.

For a lawyer to hold against the paragraphs: what the clauses say is what will be carried out.
"""

from __future__ import annotations

import json
from itertools import groupby
from typing import TYPE_CHECKING

import click

from pratique.base.text import Code, say, say_count
from pratique.cli.speech import CannotRun, language, tell, told

if TYPE_CHECKING:
    from pratique.accord.model import Accord
    from pratique.accord.words.readback.clauses import Readback
    from pratique.cli.places import Place


@click.command(
    name="read",
    help=told(say("Read a draft back: every clause in plain words, made from the clauses alone.")),
)
@click.argument("accord", required=False)
@click.argument("clauses", nargs=-1, metavar="[CLAUSE]...")
@click.option(
    "--format",
    "layout",
    type=click.Choice(["text", "json"]),
    default="text",
    help=told(say("text for people, JSON for machines")),
)
def command(accord: str | None, clauses: tuple[str, ...], layout: str) -> None:
    """Print the clauses in words, in the order of the text; CannotRun if the draft has faults."""
    from pratique.accord.labels import relabelled
    from pratique.accord.words.readback.clauses import readbacks
    from pratique.cli.places import accord_at

    place = accord_at(accord)
    read = relabelled(_read(place), place.translation(language()))
    found = [one for one in readbacks(read) if not clauses or one.name in clauses]
    _require_all(clauses, found, read)
    if layout == "json":
        record = {
            "accord": read.title,
            "document": str(place.document),
            "language": language(),
            "clauses": [_record(one) for one in found],
        }
        click.echo(json.dumps(record, ensure_ascii=False, indent=2))
        return
    tell(read.title)
    titles = {article.number: article.title for article in read.document.articles}
    for article, ones in groupby(found, key=lambda one: one.article):
        tell()
        if article:
            title = titles.get(article, "")
            tell(say("Article {number}: {title}", number=str(article), title=title))
        else:
            tell(say("In no article"))
        for one in ones:
            _tell(one)


def _read(place: Place) -> Accord:
    # A text that contradicts its clauses is read too: that is when a reader needs it.
    from pratique.accord.model import read_accord
    from pratique.cli.findings import findings_text
    from pratique.cli.methods import methods

    accord = read_accord(place.source, methods())
    faults = [finding for finding in accord.findings if finding.severity == "E"]
    if faults:
        tell(findings_text(faults, accord.document.lines, str(place.document)) + "\n", error=True)
        raise CannotRun(
            say_count(
                "{n} finding stops the accord from being read back",
                "{n} findings stop the accord from being read back",
                n=len(faults),
            )
        )
    return accord


def _require_all(names: tuple[str, ...], found: list[Readback], accord: Accord) -> None:
    from pratique.accord.kinds import kinds

    for name in names:
        if name not in {one.name for one in found}:
            help_ = accord.scope.suggestion(name, tuple(kinds()))
            raise CannotRun(
                say("the accord has no clause {name}: {help}", name=Code(name), help=help_)
            )


def _tell(one: Readback) -> None:
    from pratique.accord.words.readback.clauses import places

    head = say("{kind} {name}", kind=one.kind, name=Code(one.name))
    if one.label:
        head = say("{kind} {name}, “{label}”", kind=one.kind, name=Code(one.name), label=one.label)
    tell()
    tell("  ".join(part for part in (places(one.paragraphs), told(head)) if part))
    for sentence in (*one.sentences, *([one.glossary] if one.glossary else ())):
        tell("  " + told(sentence))


def _record(one: Readback) -> dict[str, object]:
    return {
        "clause": one.name,
        "kind": one.kind,
        "label": one.label or None,
        "article": one.article or None,
        "paragraphs": list(one.paragraphs),
        "line": one.line,
        "reading": [told(sentence) for sentence in one.sentences],
        "names": list(one.named),
    }
