# SPDX-License-Identifier: Apache-2.0
"""A detector run over all series of a file or folder, with progress; what it raised is gathered.

Memory stays bounded: of a series without a signal only its place is kept, and of those with one
the worst are kept whole, to be drawn.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from pratique.base.text import Code, say
from pratique.cli.counts.gathering import Found, Gathering
from pratique.cli.counts.reading import Counts, sets_of
from pratique.cli.speech import CannotRun, is_loud, told
from pratique.surveillance.detector import Detector
from pratique.surveillance.scale.chunks import Looked, Watch, watched
from pratique.surveillance.scale.cluster import NoCluster, watched_on_cluster
from pratique.surveillance.series.collection import SeriesSet
from pratique.surveillance.signals import Sifting

PATIENCE = 1.0
"""Seconds without a first result after which kernels are taken to be compiled."""
Told = Callable[[int], None]


@dataclass(frozen=True, slots=True)
class Question:
    """What is looked for, in which counts, which alarms become signals, and with what means."""

    counts: Counts
    detector: Detector
    controls: Mapping[str, Any]
    last: int | None
    sifting: Sifting
    workers: int | None = None
    dask: str | None = None

    @property
    def watch(self) -> Watch:
        """The question as `surveillance` takes it."""
        return Watch(self.detector.name, dict(self.controls), self.last, self.counts.until)


class Interrupted(Exception):
    """Somebody stopped it; so many series had been looked at."""

    def __init__(self, looked: int) -> None:
        super().__init__(looked)
        self.looked = looked


def found_in(question: Question) -> Found:
    """Return what a detector found; CannotRun if it cannot, Interrupted if somebody stopped it."""
    begun = time.perf_counter()
    gathering = Gathering(question.detector, question.sifting)
    try:
        with _bar() as tell_count:
            for one in _stream(question):
                gathering.take(one)
                tell_count(len(one.series.identities))
    except KeyboardInterrupt as stop:
        raise Interrupted(gathering.given) from stop
    except NoCluster as fault:
        raise CannotRun(fault.sentence) from fault
    if not gathering.given:
        raise CannotRun(say("there are no series in {files}", files=list(question.counts.names)))
    return gathering.found(seconds=time.perf_counter() - begun)


def _stream(question: Question) -> Iterator[Looked]:
    sets = _checked(question)
    if question.dask is not None:
        return watched_on_cluster(question.watch, sets, address=question.dask)
    return watched(question.watch, sets, workers=question.workers)


def _checked(question: Question) -> Iterator[SeriesSet]:
    """Iterate over the series; CannotRun if none is long enough for the detector."""
    longest, most = 0, -1
    for one in sets_of(question.counts):
        longest = max(longest, one.counts.shape[1])
        if most < 0:
            most = question.watch.needs(one)
        # Those that are too short are not looked at, and counted among those that could not be.
        yield one
    if longest <= most:
        raise CannotRun(
            say(
                "{detector} needs {n} periods before the first that it can look at; the counts have"
                " {length} in all: choose another `--detector`, or set its controls with `--set`",
                detector=Code(question.detector.name),
                n=most,
                length=longest,
            )
        )


@contextmanager
def _bar() -> Iterator[Told]:
    """Show on a terminal's standard error how many series were looked at; nothing elsewhere."""
    if not is_loud():
        yield lambda count: None
        return
    from rich.console import Console
    from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

    columns = (
        SpinnerColumn(),
        TextColumn("{task.description}"),
        TextColumn("{task.completed:,.0f}"),
        TimeElapsedColumn(),
    )
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(told(say("series looked at")), total=None)
        compiling = told(say("compiling kernels, once on this machine"))
        timer = threading.Timer(PATIENCE, lambda: bar.update(task, description=compiling))
        timer.daemon = True
        timer.start()

        def tell_count(count: int) -> None:
            timer.cancel()
            bar.update(task, advance=count, description=told(say("series looked at")))

        try:
            yield tell_count
        finally:
            timer.cancel()
