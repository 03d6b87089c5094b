# SPDX-License-Identifier: Apache-2.0
"""How long a long accord takes to be checked: as a text alone, and with its logic and worked cases.

The accords are shipped ones; one with fewer than 200 clauses has its articles repeated under other
numbers with other names. Goals, the grammar read once before: the text alone 1 s; with cells and
cases 5 s for 200 clauses, 3 s for Mano River with its stories.
"""

from __future__ import annotations

import re
import sys
from pathlib import Path

from benchmarks.machine import best_seconds, write_result
from pratique.accord.check import Checked, check
from pratique.accord.kinds.case import Case
from pratique.cli.methods import methods
from pratique.cli.places import Place, accord_at
from pratique.cli.storytelling import Trial
from pratique.engine.cells.reasoning import reason
from pratique.rehearsal.trial import try_cases

CLAUSES = 200
GOAL, GOAL_LONG, GOAL_WHOLE = 1.0, 5.0, 3.0
ACCORDS = Path(__file__).parent.parent / "accords"
ACCORD, SHORTER = (ACCORDS / name / "accord.md" for name in ("mano-river", "three-rivers"))

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


def annexes(source: str) -> str:
    """Return the annexes of an accord: its worked cases."""
    return "\n" + "".join(source.partition("## Annex")[1:])


def _articles(body: str) -> str:
    return body[body.index("## Article") :]


def _copy(articles: str, copy: int) -> str:
    """Return articles under other numbers, their clauses (but no parties) under other names."""
    fences = [match["body"] for match in _FENCE.finditer(articles)]
    listed = [names for fence in fences for names in _DEFINED.findall(fence)]
    named_there = (name for names in listed for name in names.split(","))
    defined = {name.partition(" per ")[0].strip() for name in named_there}
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
    """Return what is said of an accord, and the seconds of checking its text."""
    said = check(source, methods=methods())
    return said, best_seconds(lambda: check(source, methods=methods()), rounds=3)


def measured_whole(source: str) -> tuple[Checked, float]:
    """Return what is said of an accord with its logic and cases, and the seconds that takes."""

    def whole() -> Checked:
        return check(source, methods=methods(), cells=reason, trial=try_cases)

    return _sound(whole()), best_seconds(whole, rounds=3)


def measured_with_stories(place: Place) -> tuple[Checked, float]:
    """Return what the command says of an accord and the stories beside it, and the seconds."""

    def whole() -> Checked:
        trial = Trial(place)
        said = check(
            place.source,
            trial=trial.cases,
            cells=reason,
            methods=methods(),
            translations=place.translations(),
        )
        if not all(one.told and one.told.came_true for one in trial.stories(said)):
            raise SystemExit("a story of the benchmark does not come true")
        return said

    return _sound(whole()), best_seconds(whole, rounds=3)


def _sound(said: Checked) -> Checked:
    if said.stops:
        raise SystemExit(f"an accord of the benchmark is faulty: {said.stops[0].sentence}")
    return said


def _figures(said: Checked, seconds: float, goal: float) -> dict[str, object]:
    clauses = len(said.accord.clauses)
    return {
        "goal_seconds": goal,
        "clauses": clauses,
        "paragraphs": sum(1 for _ in said.accord.document.paragraphs()),
        "cases": len(said.accord.of_kind(Case)),
        "seconds": round(seconds, 3),
        "seconds_for_200_clauses": round(seconds * CLAUSES / clauses, 3),
    }


def main() -> int:
    """Measure, print and write the result; 1 where a goal is not met."""
    source = ACCORD.read_text("utf-8")
    other = SHORTER.read_text("utf-8")
    text, text_seconds = measured(long_accord(source, CLAUSES))
    repeated, repeated_seconds = measured_whole(long_accord(other, CLAUSES) + annexes(other))
    place = accord_at(str(ACCORD))
    whole, whole_seconds = measured_with_stories(place)
    figures = {
        "text": _figures(_sound(text), text_seconds, GOAL),
        "long_with_cells_and_cases": _figures(repeated, repeated_seconds, GOAL_LONG),
        "mano_river_with_cells_cases_and_stories": {
            **_figures(whole, whole_seconds, GOAL_WHOLE),
            "stories": len(place.stories),
        },
    }
    for name, found in figures.items():
        print(f"{name}: {found}")
    print(f"written: {write_result('check', figures)}")
    return int(
        text_seconds * CLAUSES / len(text.accord.clauses) > GOAL
        or repeated_seconds * CLAUSES / len(repeated.accord.clauses) > GOAL_LONG
        or whole_seconds > GOAL_WHOLE
    )


if __name__ == "__main__":
    sys.exit(main())
