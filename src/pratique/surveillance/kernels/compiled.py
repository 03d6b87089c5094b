# SPDX-License-Identifier: Apache-2.0
"""The one way a kernel is compiled: cached on disk, without the interpreter's lock, IEEE division.

Machine code is kept among the files that can be made again (`base/cache.py`), or where numba's own
setting says; a kernel that is not there yet is compiled when it is first called.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numba

from pratique.base.cache import cache_folder

_SETTINGS: Any = numba.config
_OPTIONS: dict[str, Any] = {"cache": True, "nogil": True, "error_model": "numpy"}


def _digest() -> str:
    # A kernel is kept with what it calls compiled in; nothing else tells when that has changed.
    sources = sorted(Path(__file__).parent.glob("*.py"))
    return hashlib.sha256(b"".join(source.read_bytes() for source in sources)).hexdigest()[:12]


if not _SETTINGS.CACHE_DIR and (folder := cache_folder(f"kernels-{_digest()}")) is not None:
    _SETTINGS.CACHE_DIR = str(folder)


def kernel(function: Callable[..., Any]) -> Any:
    """Return a function compiled for the types that it is called with."""
    compiled: Any = numba.njit(**_OPTIONS)
    return compiled(function)


def inlined(function: Callable[..., Any]) -> Any:
    """Return a small function compiled into the loops that call it, so that they vectorise."""
    compiled: Any = numba.njit(forceinline=True, **_OPTIONS)
    return compiled(function)
