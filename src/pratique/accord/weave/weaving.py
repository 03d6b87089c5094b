# SPDX-License-Identifier: Apache-2.0
"""A checked accord, and the authentic text of the reader's language if there is one, to a sheet.

The prose is as written, the readings are from the clauses alone; the echo check's own matching ties
figures to words. Paragraphs of two languages are matched by number, as W304 does.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import pairwise

from pratique.accord.check import Checked
from pratique.accord.kinds.case import Case
from pratique.accord.weave.blocks import Free, Item, Piece, Title, pieces
from pratique.accord.weave.loom import Loom, bare_row, loom_of, reading_of, row_of
from pratique.accord.weave.margin import FAILS, rows_tried
from pratique.accord.weave.runs import plain
from pratique.accord.weave.sheet import Block, Count, Heading, Prose, Row, Sheet, Worked
from pratique.accord.weave.threads import weft
from pratique.base.moment import date_of, day_from_iso
from pratique.base.text import Sentence, say, say_count, words

_ILLUSTRATIVE = re.compile(r"\bil+ustr", re.IGNORECASE)


def woven(checked: Checked, *, language: str, translation: str = "", tried: bool = False) -> Sheet:
    """Return the sheet of a checked accord for a reader of a language.

    `translation` is the authentic text in that language, if there is one, and then the prose;
    `tried`: the check has run the worked cases.
    """
    loom = loom_of(checked, language, translation)
    document = loom.prose
    blocks, notice = _blocks(loom)
    return Sheet(
        title=document.title() or checked.accord.title,
        language=language,
        tongue=loom.tongue,
        prose_language=document.setting("language", loom.tongue),
        draft=document.setting("draft", ""),
        date=_date(document.setting("date", ""), language),
        notice=notice,
        is_illustrative=bool(_ILLUSTRATIVE.search(notice)),
        blocks=tuple(blocks),
        cases=tuple(_cases(loom)),
        parties=tuple(loom.parties[party.name].label for party in checked.accord.parties),
        count=_count(loom),
        summary=tuple(_summary(loom, tried=tried)),
    )


def _date(written: str, language: str) -> str:
    try:
        return words(date_of(day_from_iso(written)), language)
    except ValueError:
        return plain(written)


# --- the text, in order ---------------------------------------------------------------------------


def _blocks(loom: Loom) -> tuple[list[Block], str]:
    """Return the blocks of the prose in order, and the notice that stands before its title."""
    found = list(pieces(loom.prose))
    first = next((i for i, one in enumerate(found) if isinstance(one, Title)), 0)
    notice = " ".join(plain(one.text) for one in found[:first] if isinstance(one, Free))
    rest = found[first:]
    if rest and _is_title(rest[0], loom.prose.title()):
        rest = rest[1:]
    blocks = list(_placed(rest, loom))
    return [*blocks, *_left(blocks, loom)], notice


def _is_title(piece: Piece, title: str) -> bool:
    return isinstance(piece, Title) and piece.level == 1 and plain(piece.text) == plain(title)


def _placed(found: Iterable[Piece], loom: Loom) -> Iterator[Block]:
    waiting: list[Item] = []
    seen: set[str] = set()
    for number, (piece, following) in enumerate(pairwise([*found, None]), 1):
        match piece:
            case Item():
                waiting.append(piece)
                if not _continues(piece, following, loom):
                    name = loom.rows.name(waiting[0].paragraph.label)
                    yield bare_row(waiting) if name in seen else row_of(name, waiting, loom)
                    seen.add(name)
                    waiting = []
            case Title(level, text):
                yield Heading(level, plain(text), f"part-{number}")
            case Free(text):
                yield Prose(plain(text))


def _continues(item: Item, following: Piece | None, loom: Loom) -> bool:
    if not isinstance(following, Item):
        return False
    here, there = (one.paragraph.label for one in (item, following))
    return here != there and loom.rows.name(here) == loom.rows.name(there)


def _left(blocks: Iterable[Block], loom: Loom) -> Iterator[Block]:
    """Yield the rows that the prose has no paragraph for, and what stands beside no paragraph."""
    placed = {block.name for block in blocks if isinstance(block, Row)}
    for name in dict.fromkeys(map(loom.rows.name, loom.rows.labels)):
        if name not in placed:
            yield row_of(name, (), loom)
    others = [one for one in loom.read.get("", ()) if not loom.is_case(one)]
    found = loom.remarks.get("", ())
    if others or found:
        readings = tuple(reading_of(one, loom, weft((), {}), ()) for one in others)
        yield Row("", (), readings, (), tuple(found), ())


# --- the cases, and what was found ----------------------------------------------------------------


def _cases(loom: Loom) -> Iterator[Worked]:
    accord = loom.checked.accord
    failing = {one.clause for one in loom.checked.findings if one.code == FAILS}
    for one in (one for ones in loom.read.values() for one in ones):
        typed = accord.typed[one.name]
        if isinstance(typed, Case):
            voice = loom.voice(one)
            lines = tuple(voice.line(sentence) for sentence in one.sentences)
            rows = rows_tried(typed, accord, loom.rows)
            yield Worked(one.name, voice.label(one.name), lines, rows, one.name in failing)


def _count(loom: Loom) -> Count:
    linked = [
        any(said.says(figure) for said in loom.sides.formalised_by(one.clause))
        for one in loom.sides.stated
        for figure in one.figures
    ]
    return Count(len(linked), sum(linked))


def _summary(loom: Loom, *, tried: bool) -> Iterator[Sentence]:
    checked = loom.checked
    yield _figures(loom)
    stops, open_, accepted = (
        len(ones) for ones in (checked.stops, checked.warnings, checked.accepted)
    )
    yield say_count("{n} finding stops adoption.", "{n} findings stop adoption.", n=stops)
    yield say_count("{n} warning is open.", "{n} warnings are open.", n=open_)
    yield say_count(
        "{n} warning is accepted, with its reason.",
        "{n} warnings are accepted, each with its reason.",
        n=accepted,
    )
    if cases := len(checked.accord.of_kind(Case)):
        yield _trial(checked, cases, tried=tried)


def _figures(loom: Loom) -> Sentence:
    count = _count(loom)
    if any(finding.code == "E301" for finding in loom.checked.findings):
        return say(
            "Of {figures} figures in the clauses, {linked} are said in the words beside them and"
            " lead to them.",
            figures=count.figures,
            linked=count.linked,
        )
    return say(
        "Of {figures} figures in the clauses, {linked} are said in the words beside them and lead"
        " to them; the others need no words, such as zero, one and the ends of a range.",
        figures=count.figures,
        linked=count.linked,
    )


def _trial(checked: Checked, cases: int, *, tried: bool) -> Sentence:
    failing = sum(finding.code == FAILS for finding in checked.findings)
    if failing:
        return say_count(
            "{n} expectation of a worked case does not hold.",
            "{n} expectations of worked cases do not hold.",
            n=failing,
        )
    if checked.stops or not tried:
        return say_count(
            "{n} worked case was not tried.", "{n} worked cases were not tried.", n=cases
        )
    return say_count(
        "{n} worked case was tried and holds.",
        "{n} worked cases were tried and all hold.",
        n=cases,
    )
