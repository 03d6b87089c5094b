# SPDX-License-Identifier: Apache-2.0
"""`pratique diff`: two drafts compared: what they would have done, their clauses, their words."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import click

from pratique.base.text import say
from pratique.cli import options
from pratique.cli.speech import tell, told


@click.command(
    name="diff",
    help=told(say("Compare two drafts: what they would have done, their clauses, their words.")),
)
@click.argument("old")
@click.argument("new")
@click.option(
    "--history",
    "folder",
    metavar="DIR",
    help=told(say("the folder of the history; otherwise the new draft's, or the old one's")),
)
@options.conduct
@click.option(
    "--format",
    "layout",
    type=click.Choice(["text", "json"]),
    default="text",
    help=told(say("text for people, JSON for machines")),
)
@click.option(
    "--html",
    "page",
    metavar="FILE",
    help=told(say("write the comparison as a page into a file as well")),
)
def command(
    old: str, new: str, *, folder: str | None, conduct: str, layout: str, page: str | None
) -> None:
    """Compare two drafts and end with 0: they are the same, 1: they differ, 2: cannot run."""
    from pratique.cli.drafts.compared import compared, comparison_record, write_page
    from pratique.cli.drafts.lines import comparison_lines
    from pratique.cli.places import accord_at

    given = Path(folder) if folder else None
    found = compared(accord_at(old), accord_at(new), history=given, conduct=conduct)
    if layout == "json":
        click.echo(json.dumps(comparison_record(found), ensure_ascii=False, indent=2))
    else:
        for line in comparison_lines(found):
            tell(line)
    if page is not None:
        write_page(found, Path(page))
        tell(say("page: {path}", path=page), error=layout == "json")
    sys.exit(0 if found.is_same else 1)
