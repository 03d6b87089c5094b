# SPDX-License-Identifier: Apache-2.0
"""`pratique import`: messy files of counts into one tidy table; every row is accounted for."""

from __future__ import annotations

from pathlib import Path

import click

from pratique.base.text import say
from pratique.cli.speech import tell, told


@click.command(
    name="import",
    help=told(say("Import messy counts: one tidy table, and what became of every row.")),
)
@click.argument("files", nargs=-1, required=True, metavar="FILE...")
@click.option(
    "--mapping",
    metavar="FILE",
    help=told(say("what the columns, words, dates and figures mean: a .toml file")),
)
@click.option(
    "--gazetteer",
    metavar="FILE",
    help=told(say("the places there are: a .csv file with the column `name`")),
)
@click.option(
    "--out",
    metavar="FILE",
    help=told(say("write the tidy table here, the quarantine and the report beside it")),
)
@click.option(
    "--dry-run", is_flag=True, help=told(say("only tell what would be done; so without --out"))
)
@click.option("--json", "as_json", is_flag=True, help=told(say("print the report as JSON")))
@click.option(
    "--as-of",
    metavar="DATE",
    help=told(say("the day after which nothing can have been counted; otherwise today")),
)
@click.option(
    "--propose", is_flag=True, help=told(say("print a mapping for the first file, to be corrected"))
)
def command(
    *,
    files: tuple[str, ...],
    mapping: str | None,
    gazetteer: str | None,
    out: str | None,
    dry_run: bool,
    as_json: bool,
    as_of: str | None,
    propose: bool,
) -> None:
    """Import, tell what became of every row, and write what is asked for."""
    from pratique.cli.counts import importing
    from pratique.cli.places import require_unread

    if propose:
        click.echo(importing.proposed(Path(files[0])), nl=False)
        return
    paths = [Path(file) for file in files]
    if out and not dry_run:
        beside = [Path(one) for one in (mapping, gazetteer) if one is not None]
        require_unread(importing.outputs(Path(out)), [*paths, *beside])
    found = importing.brought_in(paths, mapping, gazetteer, as_of)
    if as_json:
        click.echo(importing.report_json(found))
    else:
        for line in importing.account(found):
            tell(line)
    if out and not dry_run:
        for path in importing.write(found, Path(out)):
            if not as_json:
                tell(say("written: {path}", path=str(path)))
    elif not as_json:
        tell(say("nothing is written: a dry run; `--out` writes"))
    if not found.made.report.taken:
        raise SystemExit(1)
