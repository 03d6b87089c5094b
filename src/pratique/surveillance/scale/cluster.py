# SPDX-License-Identifier: Apache-2.0
"""The same detection on an existing Dask cluster, given by its address; it starts no cluster.

Needs the extra `scale`, and the same versions on every worker: only then are the bits the same.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import replace
from importlib.metadata import version
from typing import Any

from pratique.base.text import Sentence, say
from pratique.surveillance.detection import Detection
from pratique.surveillance.scale.chunks import AHEAD, Looked, Watch, found, pieces
from pratique.surveillance.series.collection import SeriesSet

CHUNK = 2**24
"""Octets of counts that are sent at once: enough that sending costs less than counting."""
PATIENCE = 10
"""Seconds to wait for a cluster to answer."""
OWN = {name: version(name) for name in ("pratique", "numpy", "numba", "llvmlite")}
"""The versions on which the bits depend, here."""


class NoCluster(Exception):
    """There is no cluster that can be used, and why."""

    def __init__(self, sentence: Sentence) -> None:
        super().__init__(str(sentence))
        self.sentence = sentence


def watched_on_cluster(
    watch: Watch, blocks: Iterable[SeriesSet], *, address: str
) -> Iterator[Looked]:
    """Iterate over blocks of series with what a cluster found, in order.

    NoCluster if the extra is not installed, nobody answers, or a worker runs other versions.
    """
    with _client(address) as client:
        threads = _agreed_threads(client)
        under_way: deque[tuple[SeriesSet, Any]] = deque()
        try:
            for piece in (piece for block in blocks for piece in pieces(block, CHUNK)):
                # Names stay here: a worker needs the numbers only.
                sent = client.submit(_found, watch, replace(piece, identities=()), pure=False)
                under_way.append((piece, sent))
                if len(under_way) > AHEAD * threads:
                    yield _looked(*under_way.popleft())
            while under_way:
                yield _looked(*under_way.popleft())
        finally:
            client.cancel([sent for _, sent in under_way])


def _looked(series: SeriesSet, sent: Any) -> Looked:
    return Looked(series, sent.result())


def _found(watch: Watch, series: SeriesSet) -> Detection:
    return found(watch, series)


def _client(address: str) -> Any:
    try:
        from distributed import Client
    except ImportError as fault:
        raise NoCluster(
            say("`--dask` needs the extra `scale`: install `pratique[scale]`")
        ) from fault
    connected: Any = Client  # distributed declares no types here
    try:
        return connected(address, timeout=PATIENCE, set_as_default=False)
    except (OSError, ValueError) as fault:
        raise NoCluster(say("no Dask cluster answers at `{address}`", address=address)) from fault


def _agreed_threads(client: Any) -> int:
    """Return how many threads the cluster has; NoCluster if none, or versions differ."""
    for address, theirs in client.run(_versions).items():
        for name, here in OWN.items():
            if theirs[name] != here:
                raise NoCluster(
                    say(
                        "the worker at `{address}` has {name} {theirs}, here it is {here}:"
                        " results could differ",
                        **{"address": address, "name": name, "here": here, "theirs": theirs[name]},
                    )
                )
    threads = sum(client.nthreads().values())
    if not threads:
        raise NoCluster(say("the Dask cluster has no workers"))
    return int(threads)


def _versions() -> dict[str, str]:
    return {name: version(name) for name in OWN}
