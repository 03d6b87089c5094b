# SPDX-License-Identifier: Apache-2.0
"""Many series in chunks, on threads and on a cluster: the same bits, in order, memory bounded."""

from __future__ import annotations

import sys
import threading
import time
import tracemalloc
from collections.abc import Iterator
from dataclasses import fields

import numpy as np
import pytest

from pratique.base.moment import day_from_iso
from pratique.surveillance.detection import Detection
from pratique.surveillance.scale import Watch, found, joined, pieces, watched
from pratique.surveillance.scale.chunks import in_order
from pratique.surveillance.scale.cluster import NoCluster, watched_on_cluster
from pratique.surveillance.series.collection import Identity, SeriesSet

MONDAY = day_from_iso("2014-01-06")
WATCHES = [
    Watch("ears_c1", last=3),
    Watch("ears_c2", {"baseline": 9}, last=None),
    Watch("farrington_flexible", {"b": 3}, last=2),
    Watch("farrington", {"b": 3}, last=2),
]


def series_set(count: int, times: int = 220, *, seed: int = 5) -> SeriesSet:
    """Return made-up weekly series, some counts missing, with a population."""
    chance = np.random.default_rng(seed)
    counts = chance.poisson(chance.uniform(0.2, 60, (count, 1)), (count, times)).astype(float)
    counts[chance.random(counts.shape) < 0.01] = np.nan
    return SeriesSet(
        tuple(Identity("cases", place=f"P{n}") for n in range(count)),
        "iso_week",
        MONDAY,
        counts,
        population=np.full(counts.shape, 1e5),
    )


def same_bits(one: Detection, other: Detection) -> bool:
    """Say whether two detections are alike to the last bit."""
    pairs = ((getattr(one, f.name), getattr(other, f.name)) for f in fields(Detection))
    return all(
        (a is None and b is None) or (a.dtype == b.dtype and a.tobytes() == b.tobytes())
        for a, b in pairs
    )


@pytest.mark.parametrize("watch", WATCHES, ids=lambda watch: watch.detector)
def test_threads_and_chunks_change_no_bit(watch: Watch, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pratique.surveillance.scale.chunks.CHUNK", 7 * 220 * 8)
    whole = series_set(101)
    alone = found(watch, whole)
    for workers in (1, 3):
        many = list(watched(watch, pieces(whole, 50 * 220 * 8), workers=workers))
        assert len(many) > 2
        assert [one for part in many for one in part.series.identities] == list(whole.identities)
        assert same_bits(joined(part.detection for part in many), alone)


def test_pieces_hold_at_most_so_many_octets_and_every_series_once() -> None:
    whole = series_set(10, 30)
    cut = list(pieces(whole, 3 * 30 * 8))
    assert [len(one.identities) for one in cut] == [3, 3, 3, 1]
    assert np.array_equal(np.concatenate([one.counts for one in cut]), whole.counts, equal_nan=True)
    assert [one.population.shape for one in cut if one.population is not None] == [
        one.counts.shape for one in cut
    ]
    assert [len(one.identities) for one in pieces(whole, 1)] == [1] * 10


def test_what_is_monitored_ends_where_it_is_asked_to() -> None:
    series = series_set(1, 20)
    assert Watch("ears_c1", last=2).at(series).tolist() == [18, 19]
    assert Watch("ears_c1", last=2, until=MONDAY + 7 * 9).at(series).tolist() == [8, 9]
    assert Watch("ears_c1", last=2, until=MONDAY + 7 * 9 + 6).at(series).tolist() == [8, 9]
    assert Watch("ears_c1", last=50, until=MONDAY).at(series).tolist() == [0]
    assert Watch("ears_c1", last=5, until=MONDAY - 1).at(series).tolist() == []
    assert Watch("ears_c1", last=None).at(series).tolist() == list(range(7, 20))


def test_only_a_bounded_number_is_under_way_and_the_order_is_kept() -> None:
    begun: list[int] = []

    def items() -> Iterator[int]:
        for item in range(40):
            begun.append(item)
            yield item

    def work(item: int) -> int:
        time.sleep(0.001 * (item % 3))
        return item

    results = in_order(work, items(), workers=2)
    assert next(results) == 0
    assert len(begun) <= 6
    assert list(results) == list(range(1, 40))


def test_a_fault_in_one_piece_is_raised_and_ends_the_threads() -> None:
    before = threading.active_count()
    with pytest.raises(ZeroDivisionError):
        list(in_order(lambda item: 1 // (5 - item), range(50), workers=2))
    assert threading.active_count() == before


def test_stopping_early_begins_nothing_more() -> None:
    begun: list[int] = []
    results = in_order(begun.append, range(1000), workers=2)
    next(results)
    results.close()
    assert len(begun) <= 8


def test_memory_does_not_grow_with_the_number_of_series() -> None:
    block = series_set(512, 520)

    def peak(blocks: int) -> int:
        tracemalloc.start()
        for _ in watched(Watch("ears_c1"), (block for _ in range(blocks)), workers=2):
            pass
        most = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return most

    peak(1)
    assert peak(40) < 2 * peak(4) + 1_000_000


def test_no_cluster_is_answered_in_words(monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("distributed")
    monkeypatch.setattr("pratique.surveillance.scale.cluster.PATIENCE", 1)
    with pytest.raises(NoCluster, match="no Dask cluster answers at `tcp:"):
        list(watched_on_cluster(Watch("ears_c1"), [], address="tcp://127.0.0.1:1"))


def test_without_the_extra_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(NoCluster, match=r"pratique\[scale\]"):
        list(watched_on_cluster(Watch("ears_c1"), [], address="tcp://127.0.0.1:1"))


@pytest.fixture(scope="module")
def cluster() -> Iterator[str]:
    """The address of a cluster of two workers, each a process of its own, stopped afterwards."""
    distributed = pytest.importorskip("distributed")
    with distributed.LocalCluster(
        n_workers=2,
        threads_per_worker=1,
        dashboard_address=None,
        host="127.0.0.1",
        silence_logs="ERROR",
    ) as running:
        yield running.scheduler_address


@pytest.mark.parametrize("watch", WATCHES, ids=lambda watch: watch.detector)
def test_a_cluster_changes_no_bit(
    watch: Watch, cluster: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("pratique.surveillance.scale.cluster.CHUNK", 9 * 220 * 8)
    whole = series_set(60)
    many = list(watched_on_cluster(watch, pieces(whole, 25 * 220 * 8), address=cluster))
    assert [one for part in many for one in part.series.identities] == list(whole.identities)
    assert same_bits(joined(part.detection for part in many), found(watch, whole))


def test_a_cluster_of_other_versions_is_refused(
    cluster: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("pratique.surveillance.scale.cluster.OWN", {"numpy": "0.9"})
    with pytest.raises(NoCluster, match=r"numpy .*, here it is 0\.9"):
        list(watched_on_cluster(WATCHES[0], [series_set(2)], address=cluster))


def test_a_fault_on_a_worker_is_raised_here(cluster: str) -> None:
    watch = Watch("ears_c1", {"baseline": 1})
    with pytest.raises(ValueError, match="baseline"):
        list(watched_on_cluster(watch, [series_set(2)], address=cluster))
