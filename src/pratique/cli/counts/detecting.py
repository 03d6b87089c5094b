# SPDX-License-Identifier: Apache-2.0
"""What `pratique detect` does: from what was asked to what is told and written."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from pratique.base.text import Code, Sentence, say
from pratique.chart.signals_page import NO_LEGAL_EFFECT, Seen, Shown, answer_words, from_words
from pratique.chart.signals_page.words import alike_label, span_words
from pratique.cli.counts.asking import controls_asked, detector_asked
from pratique.cli.counts.clusters import neighbours_rising, pairs_at, scanned
from pratique.cli.counts.gathering import Found
from pratique.cli.counts.looking import Question, found_in
from pratique.cli.counts.presenting import page_of
from pratique.cli.counts.reading import Counts, counts_at, gazetteer_at, sets_of
from pratique.cli.counts.telling import MOST_ROWS, filled, signal_lines, width
from pratique.cli.counts.writing import Written, write_found, written_in
from pratique.cli.places import require_unread
from pratique.cli.speech import CannotRun
from pratique.exchange.counts.gazetteer import Gazetteer
from pratique.surveillance.detector import Detector
from pratique.surveillance.detectors import detectors
from pratique.surveillance.scale import Watch
from pratique.surveillance.series.rhythm import DAYS
from pratique.surveillance.signals import Sifting

LONG, SHORT = "farrington_flexible", "ears_c1"


@dataclass(frozen=True, slots=True)
class Asked:
    """The words of the command."""

    path: Path
    name: str | None
    given: tuple[str, ...]
    as_of: str | None
    last: int | None
    every: bool
    indicator: str
    weekly: bool
    places: str | None
    mute: int
    least: int
    budget: float | None
    scan: bool
    borders: str | None
    within: int
    workers: int | None
    dask: str | None


@dataclass(frozen=True, slots=True)
class Answer:
    """What was found, as it is shown, and where it was written."""

    question: Question
    found: Found
    page: Shown
    written: Written


def detected(asked: Asked, folder: Path) -> Answer:
    """Return the answer to what was asked, written into a folder; CannotRun if it cannot be."""
    gazetteer = gazetteer_at(asked.places)
    counts = counts_at(
        asked.path, indicator=asked.indicator, as_of=asked.as_of, weekly=asked.weekly
    )
    beside = [Path(one) for one in (asked.places, asked.borders) if one is not None]
    outputs = written_in(folder)
    require_unread((outputs.page, outputs.signals, outputs.counts), [*counts.files, *beside])
    detector = detector_asked(asked.name) if asked.name else _fitting(counts)
    question = Question(
        counts,
        detector,
        controls_asked(detector, asked.given),
        None if asked.every else asked.last or 1,
        Sifting(asked.least, asked.budget, asked.mute, DAYS[counts.rhythm]),
        asked.workers,
        asked.dask,
    )
    found = found_in(question)
    together = _together(asked, counts, found, gazetteer)
    page = page_of(question, found, gazetteer, together, command=_command(asked, detector))
    return Answer(question, found, page, write_found(question, found, page, folder))


def _together(
    asked: Asked, counts: Counts, found: Found, gazetteer: Gazetteer | None
) -> tuple[Seen, ...]:
    if asked.scan and gazetteer is None:
        raise CannotRun(say("`--scan` needs `--places`, a table with name, lon, lat, population"))
    clusters = scanned(counts, gazetteer) if asked.scan and gazetteer is not None else ()
    if asked.borders is None:
        return clusters
    pairs = pairs_at(asked.borders)
    return clusters + neighbours_rising(found, pairs, gazetteer, within=asked.within)


def _fitting(counts: Counts) -> Detector:
    """Return the detector for counts whose reader named none: by how long they are."""
    known = detectors()
    fits = any(one.counts.shape[1] > Watch(LONG).needs(one) for one in islice(sets_of(counts), 1))
    return known[LONG if fits else SHORT]


def _command(asked: Asked, detector: Detector) -> str:
    words = ["pratique", "detect", asked.path.name, "--detector", detector.name]
    for option, value in (
        ("--as-of", asked.as_of),
        ("--last", asked.last),
        ("--least", asked.least or None),
        ("--mute", asked.mute if asked.mute != 7 else None),
        ("--budget", asked.budget),
        ("--borders", Path(asked.borders).name if asked.borders else None),
        ("--places", Path(asked.places).name if asked.places else None),
    ):
        words += [option, str(value)] if value is not None else []
    words += ["--weekly"] if asked.weekly else []
    words += ["--all"] if asked.every else []
    words += ["--scan"] if asked.scan else []
    for control in asked.given:
        words += ["--set", control]
    return " ".join(words)


def lines(answer: Answer) -> Iterator[Sentence | str]:
    """Iterate over what is told of an answer."""
    found, counts = answer.found, answer.question.counts
    across = width()
    title = say(
        "{detector}, {period}",
        detector=answer.question.detector.label,
        period=span_words(found.since, found.until, counts.rhythm),
    )
    yield filled(title, across)
    yield filled(from_words(answer.page), across)
    if counts.added:
        yield filled(
            say(
                "Days are added up to weeks; a week with days missing has what is known of it."
                " What is there each day anew, such as beds, is left out."
            ),
            across,
        )
    yield filled(answer_words(answer.page), across)
    if counts.rhythm == "daily" and found.looked == 0:
        yield filled(say("Where days are missing, `--weekly` adds days up to weeks."), across)
    if found.signals:
        heads = (say("series"), say("period"), say("count"), say("expected"), say("bound"))
        alike = alike_label([one.identity for one in found.signals[:MOST_ROWS]])
        yield filled(say("Each series here: {words}.", words=alike), across) if alike else ""
        yield from signal_lines(found, counts.rhythm, heads, across=across)
        yield ""
    for one in answer.page.together:
        yield filled(say("together: {why}", why=one.why), across, hang=2)
    if answer.page.together:
        yield ""
    yield filled(NO_LEGAL_EFFECT, across)


def written_lines(answer: Answer) -> Iterator[Sentence]:
    """Iterate over where an answer was written, and how long it took."""
    written, found = answer.written, answer.found
    yield say(
        "page: {page}; tables: {signals}, {counts}",
        page=Code(str(written.page)),
        signals=Code(written.signals.name),
        counts=Code(written.counts.name),
    )
    yield say("{n} series in {seconds} s", n=found.given, seconds=round(found.seconds, 1))
