# SPDX-License-Identifier: Apache-2.0
"""`pratique weave`: the printed treaty, prose left and its clauses read back right.

As HTML and PDF for people, as Akoma Ntoso for the systems of parliaments and registries.
"""

from __future__ import annotations

from pathlib import Path

import click

from pratique.base.text import say
from pratique.cli.speech import tell, told

REPORTS = "pratique-report"


@click.command(
    name="weave",
    help=told(
        say(
            "Print the treaty: prose left, its clauses read back right, findings in the margin."
            " Without an option, as one HTML page in {folder}.",
            folder=REPORTS,
        )
    ),
)
@click.argument("accord", required=False)
@click.option(
    "--html", metavar="FILE", help=told(say("write an HTML page that needs nothing else"))
)
@click.option("--pdf", metavar="FILE", help=told(say("write a PDF (needs the extra `reports`)")))
@click.option("--akn", metavar="FILE", help=told(say("write Akoma Ntoso, XML for legal texts")))
@click.option(
    "--fonts",
    multiple=True,
    metavar="DIR",
    help=told(say("a folder of further fonts for the PDF; may be repeated")),
)
def command(
    *,
    accord: str | None,
    html: str | None,
    pdf: str | None,
    akn: str | None,
    fonts: tuple[str, ...],
) -> None:
    """Weave the accord and write what is asked for; 2 if it cannot be read or written."""
    from pratique.cli.places import accord_at
    from pratique.cli.weaving import SHEET, Files, require, weaving, write_sheet

    place = accord_at(accord)
    if html is None and pdf is None and akn is None:
        html = str(Path(REPORTS) / SHEET)
    page, paper, marked = (Path(one) if one is not None else None for one in (html, pdf, akn))
    files = Files(page, paper, marked, tuple(map(Path, fonts)))
    require(files)
    woven = weaving(place)
    write_sheet(woven, files)
    for sentence in woven.sheet.summary:
        tell(sentence)
    for path in files.written:
        tell(say("written: {path}", path=str(path)))
