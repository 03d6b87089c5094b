# SPDX-License-Identifier: Apache-2.0
"""Stamps made from what was typed, and written behind those that a `reviews.toml` holds.

Nothing that stands in the file is changed or lost, and two commands never write at once.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from pratique.accord.check import check
from pratique.accord.reviews.passage import Passage
from pratique.accord.reviews.stamp import MOST_NOTE, Stamp, is_note, stamp_text
from pratique.accord.reviews.validity import Reviewed, reviews_of
from pratique.base.moment import Day, day_from_iso
from pratique.base.text import Code, say
from pratique.cli.methods import methods
from pratique.cli.places import Place, replace_whole, stamps_of, unwritten
from pratique.cli.reviewing import chosen_passages, require_office, require_reviewable
from pratique.cli.speech import CannotRun, told


@dataclass(frozen=True, slots=True)
class Wanted:
    """A review as it was typed: what of (articles, paragraphs, clauses), by whom, when."""

    chosen: tuple[str, ...]
    by: str
    day: str
    note: str = ""
    text: str = ""


@dataclass(frozen=True, slots=True)
class Written:
    """The stamps that are new, and those that were there already for the rest."""

    new: tuple[Stamp, ...]
    there: tuple[Stamp, ...]


def new_stamps(place: Place, wanted: Wanted) -> tuple[str, list[Stamp]]:
    """Return the accord's title and the stamps wanted; CannotRun if one of them cannot be."""
    translations = place.translations()
    _require_typed(wanted, translations)
    checked = check(place.source, methods=methods(), translations=translations)
    require_office(wanted.by, checked.accord)
    chosen = chosen_passages(wanted.chosen, checked.accord)
    for passage in chosen:
        require_reviewable(passage, checked)
    found = reviews_of(checked.accord, (), translations).passages
    there = {one.passage.labels: one for one in found if one.text == wanted.text}
    stamps = [_stamp(_there(passage, there, wanted), wanted) for passage in chosen]
    return checked.accord.title, stamps


def write_stamps(place: Place, stamps: Sequence[Stamp], *, dry_run: bool = False) -> Written:
    """Write those stamps that are not there already; say which. CannotRun if it cannot be done."""
    if dry_run:
        return _sorted(stamps, place.reviews())
    with _alone(place.reviews_file):
        found = _sorted(stamps, place.reviews())
        if found.new:
            _append(place, found.new)
        return found


def _require_typed(wanted: Wanted, translations: Mapping[str, str]) -> None:
    if not wanted.chosen:
        raise CannotRun(
            say("say what was reviewed: an article such as 7, or a paragraph such as 7.2")
        )
    if not wanted.by:
        raise CannotRun(say("say by which office: {option}", option=Code("--by")))
    require_text(wanted.text, translations)
    if not is_note(wanted.note):
        raise CannotRun(say("a note is one line of at most {most} characters", most=MOST_NOTE))
    _day(wanted.day)


def require_text(text: str, translations: Mapping[str, str]) -> None:
    """CannotRun unless the accord has another text in a language, where one is named."""
    if text and text not in translations:
        raise CannotRun(say("the accord has no other text in {language}", language=Code(text)))


def _day(words: str) -> Day:
    try:
        return day_from_iso(words)
    except ValueError as fault:
        raise CannotRun(
            say("{words} is not a day such as 2026-09-01", words=Code(words))
        ) from fault


def _there(passage: Passage, there: Mapping[tuple[str, ...], Reviewed], wanted: Wanted) -> Reviewed:
    if passage.labels in there:
        return there[passage.labels]
    raise CannotRun(
        say(
            "the text in {language} has no paragraph {label}",
            language=wanted.text,
            label=", ".join(passage.labels),
        )
    )


def _stamp(found: Reviewed, wanted: Wanted) -> Stamp:
    return Stamp(
        found.passage.labels,
        found.passage.names,
        wanted.by,
        _day(wanted.day),
        found.words_digest,
        found.clauses_digest,
        wanted.text,
        wanted.note,
    )


def _sorted(stamps: Sequence[Stamp], old: Sequence[Stamp]) -> Written:
    there = {_confirmed(stamp): stamp for stamp in old}
    new = tuple(stamp for stamp in stamps if _confirmed(stamp) not in there)
    return Written(
        new, tuple(there[_confirmed(stamp)] for stamp in stamps if _confirmed(stamp) in there)
    )


def _confirmed(stamp: Stamp) -> tuple[str, str, str, str]:
    return stamp.by, stamp.text, stamp.words_digest, stamp.clauses_digest


# --- the file -------------------------------------------------------------------------------------


@contextmanager
def _alone(path: Path) -> Iterator[None]:
    """Keep other commands from writing to a file: by a lock beside it, which is gone after."""
    target = path.resolve()
    lock = target.with_name(f".{target.name}.lock")
    try:
        lock.open("xb").close()
    except FileExistsError as fault:
        raise CannotRun(
            say(
                "{path} is there: another command is writing reviews, or was stopped; if none is,"
                " delete it",
                path=str(lock),
            )
        ) from fault
    except OSError as fault:
        raise unwritten(path, fault) from fault
    try:
        yield
    finally:
        lock.unlink(missing_ok=True)


def _append(place: Place, stamps: Sequence[Stamp]) -> None:
    path, old = place.reviews_file, place.reviews()
    try:
        before = path.read_bytes() if path.exists() else _opening(place).encode("utf-8")
    except OSError as fault:
        raise unwritten(path, fault) from fault
    whole = before + _behind(before, stamps)
    _require_kept(whole, path, (*old, *stamps))
    replace_whole(path, whole)


def _opening(place: Place) -> str:
    lines = (
        say(
            "Who has confirmed which paragraphs and clauses of {document} to say the same: offices,"
            " never persons.",
            document=place.document.name,
        ),
        say(
            "`pratique review` writes here, `pratique check` reads it (W305). The digests are"
            " SHA-256."
        ),
    )
    return "".join(f"# {told(line)}\n" for line in lines)


def _behind(before: bytes, stamps: Sequence[Stamp]) -> bytes:
    text = "".join(f"\n{stamp_text(stamp)}" for stamp in stamps)
    if before and not before.endswith(b"\n"):
        text = f"\n{text}"
    if b"\r\n" in before:
        text = text.replace("\n", "\r\n")
    return text.encode("utf-8")


def _require_kept(whole: bytes, path: Path, expected: tuple[Stamp, ...]) -> None:
    # A list written in another form than `[[review]]` cannot be gone on with.
    if stamps_of(whole.decode("utf-8-sig"), path) != expected:
        raise CannotRun(say("{path} cannot be added to", path=str(path)))
