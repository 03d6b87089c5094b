# SPDX-License-Identifier: Apache-2.0
"""One piece of work done beside another, on a second core, in a copy of this process.

Only where the system can copy a process and there is a second core; elsewhere the work is done when
its result is asked for. What comes back is the same.
"""

from __future__ import annotations

import os
import pickle
import threading
import warnings
from collections.abc import Callable
from typing import Generic, TypeVar

_Result = TypeVar("_Result")


class Aside(Generic[_Result]):
    """Work that is under way; `result` waits for it. Its result must be plain values."""

    def __init__(self, work: Callable[[], _Result]) -> None:
        self.work = work
        self._child, self._from = _begun(work)

    def result(self) -> _Result:
        """Return what came of it; done here if the copy came to nothing."""
        if not self._child:
            return self.work()
        with os.fdopen(self._from, "rb") as opened:
            sent = opened.read()
        _, status = os.waitpid(self._child, 0)
        self._child = 0
        if status or not sent:
            return self.work()
        # Written by this very program a moment ago, through a pipe that nobody else holds.
        found: _Result = pickle.loads(sent)
        return found


def _begun(work: Callable[[], object]) -> tuple[int, int]:
    """Return the copy's number and where its result comes from; 0 where there is no copy."""
    if not _can_copy():
        return 0, 0
    read_end, write_end = os.pipe()
    with warnings.catch_warnings():
        # Newer Pythons warn of the threads that NumPy's linear algebra keeps; none of it is used.
        warnings.simplefilter("ignore", DeprecationWarning)
        child = os.fork()
    if child:
        os.close(write_end)
        return child, read_end
    status = 1
    try:
        os.close(read_end)
        with os.fdopen(write_end, "wb") as opened:
            pickle.dump(work(), opened, pickle.HIGHEST_PROTOCOL)
        status = 0
    finally:
        # Nothing that this process has opened is ended, flushed or told twice.
        os._exit(status)


def _can_copy() -> bool:
    # A copy of a process with threads has their locks and not the threads.
    many = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else 1
    return hasattr(os, "fork") and many > 1 and threading.active_count() == 1
