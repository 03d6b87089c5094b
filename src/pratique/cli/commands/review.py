# SPDX-License-Identifier: Apache-2.0
"""`pratique review`: which paragraphs and clauses somebody has confirmed to say the same.

Without a date it lists; with one it writes stamps behind those in `reviews.toml`.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, TypedDict, Unpack

import click

from pratique.base.text import Sentence, say, say_count
from pratique.cli.speech import CannotRun, language, tell, told

if TYPE_CHECKING:
    from pratique.accord.model import Accord
    from pratique.accord.reviews.stamp import Stamp
    from pratique.accord.reviews.validity import Reviews
    from pratique.cli.places import Place
    from pratique.cli.reviewing import Asked
    from pratique.cli.stamping import Wanted


class Asking(TypedDict):
    """What the options say."""

    by: str | None
    day: str | None
    note: str
    text: str
    dry_run: bool
    only: str | None
    words: str
    layout: str


@click.command(
    name="review",
    help=told(
        say(
            "List who confirmed which paragraphs and clauses to say the same; with a date, confirm"
            " some."
        )
    ),
)
@click.argument("accord", required=False)
@click.argument("chosen", nargs=-1, metavar="[ARTICLE|PARAGRAPH|CLAUSE]...")
@click.option("--by", metavar="OFFICE", help=told(say("the office that reviews; never a person")))
@click.option(
    "--date",
    "day",
    metavar="YYYY-MM-DD",
    help=told(say("the day of the review; a stamp is written")),
)
@click.option(
    "--note", default="", help=told(say("a line to keep with the stamp; no personal data"))
)
@click.option(
    "--text",
    "text",
    default="",
    metavar="LANGUAGE",
    help=told(say("another authentic text than the first, such as fr")),
)
@click.option(
    "--dry-run", is_flag=True, help=told(say("write nothing; show what would be written"))
)
@click.option(
    "--only",
    type=click.Choice(["reviewed", "stale", "unreviewed", "gone"]),
    help=told(say("list only what is so")),
)
@click.option("--find", "words", default="", help=told(say("list only what has these words")))
@click.option(
    "--format",
    "layout",
    type=click.Choice(["text", "json"]),
    default="text",
    help=told(say("text for people, JSON for machines")),
)
def command(accord: str | None, chosen: tuple[str, ...], **asked: Unpack[Asking]) -> None:
    """List reviews, or write stamps; end with 0, or 2: cannot run, and nothing was written."""
    from pratique.cli.places import accord_at
    from pratique.cli.reviewing import ARTICLE_OR_PARAGRAPH
    from pratique.cli.stamping import Wanted

    if accord and ARTICLE_OR_PARAGRAPH.match(accord) and not Path(accord).exists():
        chosen, accord = (accord, *chosen), None
    place = accord_at(accord)
    by, day = asked["by"], asked["day"]
    if day is None:
        if asked["dry_run"] or asked["note"]:
            raise CannotRun(say("a review is written with `--by` and `--date`"))
        _list(place, chosen, asked)
        return
    if asked["only"] or asked["words"]:
        raise CannotRun(say("`--only` and `--find` are for the list, without `--date`"))
    if not asked["dry_run"] and not Path(accord or ".").exists():
        path = str(place.document)
        raise CannotRun(say("{path} came with Pratique and is not written to: copy it", path=path))
    _stamp(place, Wanted(chosen, by or "", day, asked["note"], asked["text"]), asked)


# --- listing --------------------------------------------------------------------------------------


def _list(place: Place, chosen: tuple[str, ...], asking: Asking) -> None:
    from pratique.accord.model import read_accord
    from pratique.cli.methods import methods
    from pratique.cli.reviewing import Asked, chosen_passages, list_lines, reviews_record

    accord = read_accord(place.source, methods())
    labels = None
    if chosen:
        labels = frozenset(one.labels for one in chosen_passages(chosen, accord))
    asked = Asked(labels, asking["only"], asking["words"])
    found = _found(place, accord, asking)
    if asking["layout"] == "json":
        record = _record(place, accord.title) | reviews_record(found, asked)
        click.echo(json.dumps(record, ensure_ascii=False, indent=2))
        return
    for line in list_lines(accord, found, asked):
        tell(line)
    _summary(found, asked)


def _found(place: Place, accord: Accord, asking: Asking) -> Reviews:
    from pratique.accord.reviews.validity import Reviews, reviews_of
    from pratique.cli.stamping import require_text

    text, translations = asking["text"], place.translations()
    require_text(text, translations)
    stamps = [stamp for stamp in place.reviews() if asking["by"] in (None, stamp.by)]
    found = reviews_of(accord, stamps, translations)
    if not text:
        return found
    kept = tuple(one for one in found.passages if one.text == text)
    return Reviews(kept, tuple(stamp for stamp in found.gone if stamp.text == text))


def _summary(found: Reviews, asked: Asked) -> None:
    from collections import Counter

    from pratique.cli.reviewing import status_of

    counted = Counter(status_of(one) for one in found.passages if asked.wants(one))
    tell(
        say(
            "reviewed: {reviewed}, stale: {stale}, not reviewed: {unreviewed}",
            **{status: counted[status] for status in ("reviewed", "stale", "unreviewed")},
        )
    )


def _record(place: Place, title: str) -> dict[str, object]:
    return {
        "accord": title,
        "document": str(place.document),
        "reviews_file": str(place.reviews_file),
        "language": language(),
    }


# --- writing --------------------------------------------------------------------------------------


def _stamp(place: Place, wanted: Wanted, asking: Asking) -> None:
    from pratique.accord.reviews.stamp import stamp_text
    from pratique.cli.reviewing import stamp_record
    from pratique.cli.stamping import new_stamps, write_stamps

    title, stamps = new_stamps(place, wanted)
    dry_run = asking["dry_run"]
    done = write_stamps(place, stamps, dry_run=dry_run)
    path = str(place.reviews_file)
    if asking["layout"] == "json":
        record = _record(place, title) | {
            "written": [stamp_record(stamp) for stamp in done.new],
            "there_already": [stamp_record(stamp) for stamp in done.there],
            "dry_run": dry_run,
        }
        click.echo(json.dumps(record, ensure_ascii=False, indent=2))
        return
    for stamp in done.there:
        _tell_there(stamp)
    if dry_run:
        click.echo("".join(f"{stamp_text(stamp)}\n" for stamp in done.new), nl=False)
    tell(_counted(path, len(done.new), dry_run=dry_run))


def _counted(path: str, n: int, *, dry_run: bool) -> Sentence:
    if dry_run:
        return say_count(
            "{path}: {n} review would be written",
            "{path}: {n} reviews would be written",
            n=n,
            path=path,
        )
    return say_count(
        "{path}: {n} review was written", "{path}: {n} reviews were written", n=n, path=path
    )


def _tell_there(stamp: Stamp) -> None:
    from pratique.accord.words.readback.clauses import places
    from pratique.cli.reviewing import told_stamp

    labels, review = places(stamp.paragraphs), told_stamp(stamp)
    tell(say("{places}: reviewed already, as it stands, by {review}", places=labels, review=review))
