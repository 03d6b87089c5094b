# SPDX-License-Identifier: Apache-2.0
"""The one way a kernel is compiled: cached on disk, without the interpreter's lock, IEEE division.

Machine code is kept under `$PRATIQUE_HOME/cache` (default `./.pratique`), or where numba's own
setting says; a kernel that is not there yet is compiled when it is first called.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numba

_SETTINGS: Any = numba.config
_OPTIONS: dict[str, Any] = {"cache": True, "nogil": True, "error_model": "numpy"}


def _cache_folder() -> str:
    # A kernel is kept with what it calls compiled in; nothing else tells when that has changed.
    sources = sorted(Path(__file__).parent.glob("*.py"))
    digest = hashlib.sha256(b"".join(source.read_bytes() for source in sources)).hexdigest()
    home = Path(os.environ.get("PRATIQUE_HOME", ".pratique"))
    return str((home / "cache" / "kernels" / digest[:12]).resolve())


if not _SETTINGS.CACHE_DIR:
    _SETTINGS.CACHE_DIR = _cache_folder()


def kernel(function: Callable[..., Any]) -> Any:
    """Return a function compiled for the types that it is called with."""
    compiled: Any = numba.njit(**_OPTIONS)
    return compiled(function)


def inlined(function: Callable[..., Any]) -> Any:
    """Return a small function compiled into the loops that call it, so that they vectorise."""
    compiled: Any = numba.njit(forceinline=True, **_OPTIONS)
    return compiled(function)
