# SPDX-License-Identifier: Apache-2.0
"""`pratique explain`: what a finding means; a clause in words; what set it off in history; why."""

from __future__ import annotations

import re
from pathlib import Path

import click

from pratique.base.text import Code, say
from pratique.cli import options
from pratique.cli.speech import CannotRun, tell, told

_CODE = re.compile(r"[EWew]\d{3}\Z")


@click.command(
    name="explain", help=told(say("Explain a finding's code, a clause, or the clause on a line."))
)
@click.argument("what", metavar="CODE|CLAUSE|LINE")
@click.argument("accord", required=False)
@options.history
@options.conduct
def command(what: str, accord: str | None, folder: str | None, conduct: str) -> None:
    """Explain a code without an accord; a clause with it, and its trace over a history."""
    if _CODE.match(what):
        _explain_code(what)
        return
    from pratique.cli.explaining import explain_clause
    from pratique.cli.places import accord_at

    place = accord_at(accord)
    explain_clause(what, place, Path(folder) if folder else place.history, conduct)


def _explain_code(code: str) -> None:
    from pratique.accord.check.codes import CODES, code_named

    found = code_named(code)
    if found is None:
        raise CannotRun(
            say(
                "there is no finding {code}; there are: {codes}",
                code=Code(code.upper()),
                codes=", ".join(CODES),
            )
        )
    tell(say("{code}: {title}", code=found.code, title=found.title))
    tell()
    tell(found.meaning)
    examples = (
        (say("With this finding:"), found.shown_bad()),
        (say("Without it:"), found.shown_good()),
    )
    for head, example in examples:
        tell()
        tell(head)
        tell("\n".join(f"    {line}".rstrip() for line in example.strip().splitlines()))
