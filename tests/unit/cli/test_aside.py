# SPDX-License-Identifier: Apache-2.0
"""Work done aside: what comes back is what the work gives, wherever it is done."""

from __future__ import annotations

import os
import threading

import pytest

from pratique.cli.aside import Aside


def test_what_comes_back_is_what_the_work_gives() -> None:
    asides = [Aside(lambda n=n: [n, n * n]) for n in range(5)]
    assert [one.result() for one in asides] == [[n, n * n] for n in range(5)]


def test_it_is_done_in_a_copy_where_there_are_two_cores() -> None:
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else 1
    if cores < 2 or threading.active_count() > 1:
        pytest.skip("one core, or threads under way")
    assert Aside(os.getpid).result() != os.getpid()


def test_what_fails_in_the_copy_is_done_here_and_says_why() -> None:
    def fails() -> int:
        raise ValueError("no figure")

    aside = Aside(fails)
    with pytest.raises(ValueError, match="no figure"):
        aside.result()


def test_what_cannot_be_sent_is_done_here() -> None:
    assert Aside(threading.Lock).result() is not None


def test_nothing_is_copied_while_threads_are_under_way() -> None:
    done = threading.Event()
    thread = threading.Thread(target=done.wait)
    thread.start()
    try:
        assert Aside(os.getpid).result() == os.getpid()
    finally:
        done.set()
        thread.join()
