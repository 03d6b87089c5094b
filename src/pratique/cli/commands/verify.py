# SPDX-License-Identifier: Apache-2.0
"""`pratique verify`: every byte of a journal, naming the first entry that is broken."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from pratique.base.text import say
from pratique.cli.speech import CannotRun, tell, told


@click.command(
    name="verify", help=told(say("Verify a journal: every entry, its chain and its seal."))
)
@click.argument("journal")
@click.option(
    "--count",
    type=click.IntRange(min=0),
    help=told(say("the number of entries, known from elsewhere")),
)
@click.option("--seal", help=told(say("the seal of all entries, known from elsewhere")))
def command(journal: str, count: int | None, seal: str | None) -> None:
    """Verify and end with 0: sound, 1: broken, 2: cannot run."""
    from pratique.register.verify import verify

    path = Path(journal)
    if not path.is_file():
        raise CannotRun(say("there is no journal at `{path}`", path=journal))
    verdict = verify(path, expect_count=count, expect_root=seal)
    if verdict.line is not None and verdict.seq is not None:
        tell(
            say("broken at line {line}, entry {seq}", line=str(verdict.line), seq=str(verdict.seq))
        )
    tell(verdict.sentence)
    if verdict.advice is not None:
        tell(verdict.advice)
    sys.exit(0 if verdict.ok else 1)
