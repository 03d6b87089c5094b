# SPDX-License-Identifier: Apache-2.0
"""`pratique detect --dask`: the same tables, to the last digit, from a cluster of two workers."""

from __future__ import annotations

from pathlib import Path

import pytest

from unit.cli.commands import run
from unit.cli.counted_files import wide


def test_a_cluster_writes_the_same_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    distributed = pytest.importorskip("distributed")
    monkeypatch.setattr("pratique.cli.counts.reading.AT_ONCE", 9)
    words = ("detect", str(wide(tmp_path, 30)), "--detector", "ears_c1", "--all", "--mute", "0")
    here = run(*words, "--out", str(tmp_path / "here"))
    with distributed.LocalCluster(
        n_workers=2,
        threads_per_worker=1,
        dashboard_address=None,
        host="127.0.0.1",
        silence_logs="ERROR",
    ) as cluster:
        address = cluster.scheduler_address
        there = run(*words, "--out", str(tmp_path / "there"), "--dask", address)
    assert there.exit_code == here.exit_code == 0
    for name in ("signals.csv", "counts.csv", "signals.html"):
        one, other = ((tmp_path / folder / name).read_bytes() for folder in ("here", "there"))
        assert one == other
    assert here.stdout.splitlines()[:20] == there.stdout.splitlines()[:20]
