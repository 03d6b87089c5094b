# SPDX-License-Identifier: Apache-2.0
"""How long a long accord takes to be checked: 200 clauses or more, its worked cases left out.

The accord is a shipped one; where it is shorter, its articles are repeated under other numbers with
other names. The goal is 1 s, the grammar read once before.
"""

from __future__ import annotations

import re
import sys
from pathlib import Path

from benchmarks.machine import best_seconds, write_result
from pratique.accord.check import Checked, check
from pratique.cli.methods import methods

CLAUSES = 200
GOAL = 1.0
ACCORD = Path(__file__).parent.parent / "accords" / "mano-river" / "accord.md"

_FENCE = re.compile(r"^```accord(?P<refs>[^\n]*)\n(?P<body>.*?)^```$", re.MULTILINE | re.DOTALL)
_DEFINED = re.compile(r"^(?!party)[a-z]+ ([a-z][a-z0-9_, ]*)", re.MULTILINE)
_PARTY = re.compile(r"^party .*\n(?: .*\n)*", re.MULTILINE)


def long_accord(source: str, least: int) -> str:
    """Return an accord with at least so many clauses, its annexes left out."""
    body = source.partition("## Annex")[0]
    text, copy = body, 0
    while len(check(text, methods=methods()).accord.clauses) < least:
        copy += 1
        text += _copy(_articles(body), copy)
    return text


def _articles(body: str) -> str:
    return body[body.index("## Article") :]


def _copy(articles: str, copy: int) -> str:
    """Return articles under other numbers, their clauses (but no parties) under other names."""
    fences = [match["body"] for match in _FENCE.finditer(articles)]
    listed = [names for fence in fences for names in _DEFINED.findall(fence)]
    defined = {name.strip() for names in listed for name in names.split(",")}
    named = re.compile(rf"\b({'|'.join(sorted(defined, key=len, reverse=True))})\b")
    offset = 100 * copy

    def fence(match: re.Match[str]) -> str:
        refs = re.sub(r"(\d+)\.", lambda number: f"{int(number[1]) + offset}.", match["refs"])
        body = named.sub(rf"\1_{copy}", _PARTY.sub("", match["body"]))
        return f"```accord{refs}\n{body}```"

    numbered = re.sub(
        r"^## Article (\d+)",
        lambda number: f"## Article {int(number[1]) + offset}",
        articles,
        flags=re.MULTILINE,
    )
    return "\n" + _FENCE.sub(fence, numbered)


def measured(source: str) -> tuple[Checked, float]:
    """Return what is said of an accord, and the seconds of checking it."""
    said = check(source, methods=methods())
    return said, best_seconds(lambda: check(source, methods=methods()), rounds=3)


def main() -> int:
    """Measure, print and write the result; 1 where the goal is not met."""
    source = long_accord(ACCORD.read_text("utf-8"), CLAUSES)
    said, seconds = measured(source)
    if said.stops:
        raise SystemExit(f"the accord of the benchmark is faulty: {said.stops[0].sentence}")
    figures = {
        "goal_seconds": GOAL,
        "clauses": len(said.accord.clauses),
        "paragraphs": sum(1 for _ in said.accord.document.paragraphs()),
        "characters": len(source),
        "seconds": round(seconds, 3),
        "seconds_for_200_clauses": round(seconds * CLAUSES / len(said.accord.clauses), 3),
    }
    for name, value in figures.items():
        print(f"{name}: {value}")
    print(f"written: {write_result('check', figures)}")
    return int(figures["seconds_for_200_clauses"] > GOAL)


if __name__ == "__main__":
    sys.exit(main())
