# SPDX-License-Identifier: Apache-2.0
"""Write the reference pages (docs/reference: findings, kinds, detectors, thresholds) from the code.

`python scripts/reference.py` writes all of them, `… findings` one; `--check` writes nothing and
says which pages differ.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

from pratique.accord.check.codes import CODES, FindingCode
from pratique.accord.clause import Field, Kind
from pratique.accord.kinds import kinds
from pratique.base.text import render
from pratique.surveillance.detector import Detector
from pratique.surveillance.detectors import detectors
from pratique.surveillance.thresholds import Threshold, thresholds

ROOT = Path(__file__).parent.parent
FOLDER = ROOT / "docs" / "reference"
_UNSAID = "not said"
_WRITTEN = "This page is written by `scripts/reference.py` from the code; change it there."


def findings_page() -> str:
    """Return the page of the findings."""
    return "\n".join(
        [
            "# Findings",
            "",
            "What `pratique check` can say of an accord. A code that begins with E stops adoption;"
            " one that begins with W is shown until the Parties accept it with a reason,"
            ' `accepted: W303 "…"`. `pratique explain CODE` says the same.',
            "",
            _WRITTEN,
            "",
            *(
                f"- [{code.code}](#{code.code.lower()}) {render(code.title)}"
                for code in CODES.values()
            ),
            *(line for code in CODES.values() for line in _finding(code)),
            "",
        ]
    )


def kinds_page() -> str:
    """Return the page of the clause kinds."""
    return "\n".join(
        [
            "# Clause kinds",
            "",
            "A clause begins with its kind and its name; then come its fields, one a line,"
            ' `field: value`. Any clause may carry `accepted: CODE "reason"`, and `was: NAME`, an'
            " older name of it. A field with NAME may stand several times, each with another name.",
            "",
            _WRITTEN,
            *(line for kind in kinds().values() for line in _kind(kind)),
            "",
        ]
    )


def detectors_page() -> str:
    """Return the page of the detectors and their controls."""
    return "\n".join(
        [
            "# Detectors",
            "",
            "What `pratique detect FILE --detector NAME` and `from: detector NAME on SERIES` may"
            " name. A control is set by `--set NAME=VALUE`, or in an accord by `with NAME VALUE`."
            " How each works is told in [How detectors work](../explanation/detectors.md). A"
            " detector asks somebody to look; it has no effect in law by itself.",
            "",
            _WRITTEN,
            *(line for detector in detectors().values() for line in _detector(detector)),
            "",
        ]
    )


def thresholds_page() -> str:
    """Return the page of the thresholds that come with Pratique, each with its source."""
    return "\n".join(
        [
            "# Thresholds",
            "",
            "What the detector `fixed_threshold` knows by name (`--set threshold=NAME --set"
            " level=alert`). Countries differ, and so do editions: take your own country's"
            " guideline first. Verified: read in a published text; known: in general use, not read"
            " again; unsure: editions differ.",
            "",
            _WRITTEN,
            "",
            "| condition | level | threshold | where | source | tag |",
            "|---|---|---|---|---|---|",
            *(_threshold(one) for one in thresholds()),
            "",
        ]
    )


PAGES: dict[str, Callable[[], str]] = {
    "findings": findings_page,
    "kinds": kinds_page,
    "detectors": detectors_page,
    "thresholds": thresholds_page,
}


def differing() -> list[str]:
    """Return the pages that are not as the code would write them."""
    return [name for name, page in PAGES.items() if _written(name) != page()]


def main(arguments: list[str] | None = None) -> int:
    """Write or check the pages; return the exit code."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("pages", nargs="*", choices=[*PAGES, []], help="default: all")
    parser.add_argument("--check", action="store_true", help="write nothing")
    chosen = parser.parse_args(arguments)
    if chosen.check:
        left = differing()
        print(*(f"differs: docs/reference/{name}.md\n" for name in left), sep="", end="")
        return int(bool(left))
    FOLDER.mkdir(parents=True, exist_ok=True)
    for name in chosen.pages or PAGES:
        (FOLDER / f"{name}.md").write_text(PAGES[name](), encoding="utf-8")
    return 0


def _written(name: str) -> str:
    path = FOLDER / f"{name}.md"
    return path.read_text(encoding="utf-8") if path.exists() else ""


def _finding(code: FindingCode) -> Iterator[str]:
    yield from (
        "",
        f"## {code.code}",
        "",
        f"{_capital(render(code.title))}. {render(code.meaning)}",
    )
    yield from ("", "With the finding:", "", *_fenced(code.shown_bad()))
    yield from ("", "Without it:", "", *_fenced(code.shown_good()))


def _fenced(text: str) -> Iterator[str]:
    # Four backticks: what is shown has fences of its own.
    yield from ("````text", *text.splitlines(), "````")


def _kind(kind: Kind) -> Iterator[str]:
    yield from ("", f"## {kind.name}", "", f"{_capital(render(kind.summary))}.")
    if kind.fields:
        yield from ("", "| field | what it says | |", "|---|---|---|")
        yield from (_row(kind, field) for field in kind.fields)
    if kind.example:
        yield from ("", "```text", *kind.example.splitlines(), "```")


def _row(kind: Kind, field: Field) -> str:
    name = f"{field.name} [NAME]" if field.named and not field.name_required else field.shown
    cells = (f"`{name}`", render(field.help).replace("|", "\\|"), _need(kind, field))
    return "|" + "|".join(f" {cell} " if cell else " " for cell in cells) + "|"


def _need(kind: Kind, field: Field) -> str:
    if field.required:
        return "required"
    others = [name for group in kind.one_of if field.name in group for name in group]
    rest = [f"`{name}`" for name in others if name != field.name]
    return f"this or {', '.join(rest)} is required" if rest else ""


def _detector(detector: Detector) -> Iterator[str]:
    yield from ("", f"## {detector.name}", "", f"{_capital(render(detector.label))}.", "")
    yield from (f"Source: {detector.source}.", "", "| control | default | what it means |")
    yield "|---|---|---|"
    for control in detector.controls:
        default = "" if control.default is None else f"`{control.default}`"
        cells = (f"`{control.name}`", default, render(control.help).replace("|", "\\|"))
        yield "|" + "|".join(f" {cell} " if cell else " " for cell in cells) + "|"


def _threshold(one: Threshold) -> str:
    notes = "; ".join(part for part in (one.counts, one.note) if part)
    where = ", ".join(part for part in (one.place, one.geography) if part != _UNSAID)
    edition = "" if one.edition == _UNSAID else f" ({one.edition})"
    cells = (one.condition, one.level, f"{_rule(one)}: {notes}", where, one.source + edition)
    return f"| {' | '.join(cell.replace('|', '/') for cell in (*cells, one.tag))} |"


def _rule(one: Threshold) -> str:
    rule, words = one.rule, ""
    if rule.count is not None:
        words = f"{rule.count:g} in {one.days} days"
    if rule.rate is not None:
        words = f"{rule.rate:g} per {rule.per:,.0f} persons in {one.days} days"
    if rule.rise is not None:
        spans, factor = f"{rule.rise.spans} spans of {one.days} days", f"{rule.rise.factor:g}"
        words = {
            "mean": f"{factor} times the mean of the {spans} before",
            "each": f"{spans}, each at least {factor} times the one before",
            "first": f"{factor} times the first of {spans}",
        }[rule.rise.against]
    if rule.band is None:
        return words
    least, below = rule.band
    upper = "" if below == float("inf") else f" and below {below:,.0f}"
    return f"{words}, population from {least:,.0f}{upper}"


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]


if __name__ == "__main__":
    sys.exit(main())
