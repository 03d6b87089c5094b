# SPDX-License-Identifier: Apache-2.0
"""Figures that drift, in a clause or in its paragraph; units that are others than agreed."""

from __future__ import annotations

import re
from collections.abc import Iterator

from benchmarks.mutants.text import Clean, Family, Fault, changed, family, is_quoted

# A number that is no part of a name, a code, a range or a reference.
_IN_CLAUSE = re.compile(
    r"(?<![\w.,/-])(?<!Annex )(?<!Article )(\d[\d,]*(?:\.\d+)?)(?![\w/-]|\.\d|\.\.)"
)
_IN_PROSE = re.compile(
    r"(?<![\w.,/-])(?<!Article )(?<!Articles )(?<!paragraph )(?<!paragraphs )(?<!Annex )"
    r"(?<! and )(\d[\d,]*(?:\.\d+)?)(?![\w/(-]|\.\d)"
)
_WORDS = {
    "two": "three", "three": "five", "five": "six", "six": "eight", "seven": "nine",
    "eight": "six", "ten": "twelve",
}  # fmt: skip
_UNITS = {
    "minutes": ("hours",),
    "hours": ("days", "minutes"),
    "days": ("hours", "weeks", "months"),
    "weeks": ("days", "months"),
    "months": ("years", "weeks", "days"),
    "years": ("months",),
    "thousand": ("million",),
    "million": ("thousand", "billion"),
}
_NOT_READ = ("accepted", "kind", "tracks", "split by", "seats", "quorum")
_KINDS = (*("measure", "status", "pool", "data", "duty", "power", "rule", "procedure", "term"),)


def _lines(clean: Clean) -> Iterator[tuple[int, str, list[str]]]:
    """Iterate over the lines of clauses on which agreed figures stand, with the clause's name."""
    for clause in clean.clauses(*_KINDS):
        first = clause.span.line if clause.kind == "term" else clause.span.line + 1
        for number in range(first, clause.last_line + 1):
            words = clean.lines[number - 1]
            begins = words.strip()
            if not begins.startswith((*_NOT_READ, "asks", "#")):
                yield number, words, [clause.name]


def _drift(clean: Clean) -> Iterator[Fault]:
    for number, words, clauses in _lines(clean):
        for match in _IN_CLAUSE.finditer(words):
            if is_quoted(words, match.start()) or _is_form(words, match):
                continue
            for slip, new in _slips(match[1]):
                put = words[: match.start(1)] + new + words[match.end(1) :]
                yield changed(f"clause: {slip}", clean, number, put, clauses)
    yield from _prose(clean)


def _is_form(words: str, match: re.Match[str]) -> bool:
    rounded = "rounds: down to" in words and match[1] == "1"
    voted = "decided by" in words and " within " not in words[: match.start()]
    return rounded or voted or match[1] in ("0", "100")


def _slips(figure: str) -> Iterator[tuple[str, str]]:
    digits = figure.replace(",", "").replace(".", "")
    if len(digits) == 2 and digits[1] != "0" and digits[0] != digits[1] and digits == figure:
        yield "digits turned round", digits[::-1]
    if digits == figure and len(digits) > 1 and digits.endswith("0"):
        yield "a nought lost", digits[:-1]
    if digits == figure and figure != "1":
        yield "one more", str(int(figure) + 1)
    yield "first digit", ("3" if figure[0] != "3" else "4") + figure[1:]


def _prose(clean: Clean) -> Iterator[Fault]:
    """Iterate over drifts in the words of paragraphs whose figures their clauses use."""
    under: dict[str, list[str]] = {}
    excepted = set()
    for clause in clean.clauses(*_KINDS, "body", "party"):
        for label in clause.paragraphs:
            under.setdefault(label, []).append(clause.name)
            if "W303" in clause.accepted:
                excepted.add(label)
    for paragraph in clean.accord.document.paragraphs():
        clauses = under.get(paragraph.label, [])
        if not clauses or paragraph.label in excepted or paragraph.line > len(clean.lines):
            continue
        words = clean.lines[paragraph.line - 1]
        start = words.index(".") + 1
        for match in _IN_PROSE.finditer(words, start):
            for slip, new in _slips(match[1]):
                put = words[: match.start(1)] + new + words[match.end(1) :]
                yield changed(f"prose: {slip}", clean, paragraph.line, put, clauses)
        for word, other in _WORDS.items():
            for match in re.finditer(rf"(?<![\w-]){word} (?=hours|days|weeks|months|years)", words):
                put = words[: match.start()] + other + " " + words[match.end() :]
                yield changed("prose: another number", clean, paragraph.line, put, clauses)


def _units(clean: Clean) -> Iterator[Fault]:
    for number, words, clauses in _lines(clean):
        for match in re.finditer(r"(?<=\d )(minute|hour|day|week|month|year)s?\b", words):
            if not is_quoted(words, match.start()):
                for unit in _UNITS[match[1] + "s"]:
                    put = words[: match.start()] + unit + words[match.end() :]
                    yield changed(f"{match[1]}s to {unit}", clean, number, put, clauses)
        for match in re.finditer(r"(?<=\d )(thousand|million)\b", words):
            for unit in _UNITS[match[1]]:
                put = words[: match.start()] + unit + words[match.end() :]
                yield changed(f"{match[1]} to {unit}", clean, number, put, clauses)


FIGURE_DRIFT: Family = family(
    "figure drift",
    _drift,
    expected="E301 W303",
    follows="E402 E403 E404 W704 E701 E702 E601 W602 W606",
)
WRONG_UNIT: Family = family(
    "wrong unit", _units, expected="E301 W303", follows="W704 E702 E601 W602"
)
