# SPDX-License-Identifier: Apache-2.0
"""`pratique kinds`: the clause kinds of the language, or all that one of them takes."""

from __future__ import annotations

import click

from pratique.base.text import Code, say
from pratique.cli.speech import CannotRun, tell, told


@click.command(
    name="kinds", help=told(say("List the clause kinds of the language, or the fields of one."))
)
@click.argument("kind", required=False)
def command(kind: str | None) -> None:
    """Print the kinds, or the fields and an example of one."""
    from pratique.accord.kinds import kinds

    known = kinds()
    if kind is None:
        for one in known.values():
            tell(f"{one.name:<10}{told(one.summary)}")
        tell()
        tell(say("One kind in full: {command}", command=Code("pratique kinds duty")))
        return
    if kind not in known:
        raise CannotRun(
            say(
                "there is no clause kind {kind}; there are: {names}",
                kind=Code(kind),
                names=", ".join(known),
            )
        )
    chosen = known[kind]
    tell(say("{kind}: {summary}", kind=Code(chosen.name), summary=chosen.summary))
    width = max((len(field.shown) for field in chosen.fields), default=0) + 2
    for field in chosen.fields:
        need = told(say("(required)")) if field.required else ""
        tell(f"  {field.shown + ':':<{width}} {told(field.help)} {need}".rstrip())
    tell()
    tell("\n".join(f"    {line}" for line in chosen.example.splitlines()))
