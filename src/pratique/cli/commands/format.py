# SPDX-License-Identifier: Apache-2.0
"""`pratique format`: a draft's blocks of clauses in their canonical form, its prose as it is."""

from __future__ import annotations

import difflib
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from pratique.base.text import Sentence, say, say_count
from pratique.cli.speech import CannotRun, tell, told

if TYPE_CHECKING:
    from pratique.accord.form.text import Formed, Left

# The byte order mark, which some editors put in front of a text.
_MARK = "\ufeff"


@click.command(
    name="format",
    help=told(say("Put a draft's blocks of clauses into their canonical form; prose stays.")),
)
@click.argument("accord", required=False)
@click.option(
    "--check", "only_check", is_flag=True, help=told(say("write nothing; show what would change"))
)
@click.option(
    "--stdout", "to_stdout", is_flag=True, help=told(say("write nothing; print the whole text"))
)
def command(accord: str | None, *, only_check: bool, to_stdout: bool) -> None:
    """End with 0: done, 1: a block was left or, with `--check`, would change, 2: cannot run."""
    from pratique.accord.form.text import formed
    from pratique.cli.places import accord_at, replace_whole

    if only_check and to_stdout:
        raise CannotRun(say("`--check` and `--stdout` cannot stand together"))
    document = accord_at(accord).document
    source = _whole(document)
    mark = _MARK if source.startswith(_MARK) else ""
    found = formed(source.removeprefix(_MARK))
    _tell_left(found, str(document))
    if to_stdout:
        click.echo((mark + found.text).encode("utf-8"), nl=False)
    elif only_check:
        _show_change(found, str(document))
    else:
        if found.changed:
            _require_own(document, accord)
            replace_whole(document, (mark + found.text).encode("utf-8"))
        tell(_written(found, str(document)))
    sys.exit(1 if found.left or found.unread or (only_check and found.changed) else 0)


def _whole(document: Path) -> str:
    # Line ends and the byte order mark are kept; that it is text is known from finding it.
    try:
        return document.read_bytes().decode("utf-8")
    except OSError as fault:
        words = fault.strerror or ""
        raise CannotRun(
            say("`{path}` cannot be opened: {fault}", path=str(document), fault=words)
        ) from fault


def _tell_left(found: Formed, name: str) -> None:
    from pratique.cli.findings import findings_text

    if found.unread:
        tell(findings_text(found.unread, found.before, name) + "\n", error=True)
    for one in found.left:
        if one.findings:
            tell(findings_text(one.findings, found.before, name) + "\n", error=True)
        tell(_why_left(one), error=True)


def _why_left(left: Left) -> Sentence:
    line = str(left.line)
    if left.findings:
        return say("the block on line {line} cannot be read, and is left as it is", line=line)
    return say(
        "the block on line {line} would be read otherwise in another form, and is left as it is",
        line=line,
    )


def _show_change(found: Formed, name: str) -> None:
    for line in difflib.unified_diff(found.before, found.after, name, name, lineterm=""):
        click.echo(line)
    if found.changed:
        tell(
            say_count(
                "{path}: {n} block of clauses would change",
                "{path}: {n} blocks of clauses would change",
                n=len(found.changed),
                path=name,
            )
        )
    elif not found.unread:
        tell(say("{path}: nothing would change", path=name))


def _written(found: Formed, name: str) -> Sentence:
    if not found.changed:
        return say("{path}: nothing was changed", path=name)
    return say_count(
        "{path}: {n} block of clauses was written anew",
        "{path}: {n} blocks of clauses were written anew",
        n=len(found.changed),
        path=name,
    )


def _require_own(document: Path, given: str | None) -> None:
    if not Path(given or ".").exists():
        raise CannotRun(
            say(
                "{path} came with Pratique and is not written to: copy it, or use `--stdout`",
                path=str(document),
            )
        )
