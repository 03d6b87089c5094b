# SPDX-License-Identifier: Apache-2.0
"""Where files are kept that Pratique can make again at any time: tables, compiled kernels.

In `$PRATIQUE_HOME/cache` if that is set, otherwise in the user's own folder for such files. Whoever
may write there can run code as that user: it is made for the user alone.
"""

from __future__ import annotations

import os
from pathlib import Path


def cache_folder(name: str) -> Path | None:
    """Return a folder of that name, made if it is not there; None if there can be none."""
    try:
        folder = _root() / name
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except (OSError, RuntimeError):
        return None
    return folder if os.access(folder, os.W_OK) else None


def _root() -> Path:
    if own := os.environ.get("PRATIQUE_HOME"):
        return Path(own).resolve() / "cache"
    user = os.environ.get("LOCALAPPDATA" if os.name == "nt" else "XDG_CACHE_HOME")
    return (Path(user) if user else Path.home() / ".cache") / "pratique"
