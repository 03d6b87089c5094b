# SPDX-License-Identifier: Apache-2.0
"""What is committed stands anywhere: it names no package registry and no path of one machine."""

from __future__ import annotations

import re

from house.source import ROOT, committed

# Each is split, so that this file does not hold what it looks for.
REGISTRIES = ["py" + "pi.org", "python" + "hosted.org", "npm" + "js.org", "npm" + "js.com"]
REGISTRIES += [
    "crates" + ".io",
    "rubygems" + ".org",
    "proxy.golang" + ".org",
    "repo.maven" + ".apache.org",
]
PATHS = ["/" + "work/", "/" + "home/", "/" + "root/", "/" + "Users/", "C:" + "\\Users"]


def texts() -> dict[str, str]:
    """Return what each committed file says; pictures and the like left out."""
    found = {}
    for path in committed():
        octets = path.read_bytes()
        if b"\0" not in octets[:4096]:
            found[path.relative_to(ROOT).as_posix()] = octets.decode("utf-8", "replace")
    return found


def hosts_here() -> list[str]:
    """Return the hosts that this machine fetched packages from, as its own lock file says."""
    lock = ROOT / "uv.lock"
    text = lock.read_text(encoding="utf-8") if lock.exists() else ""
    return sorted({host for host in re.findall(r'"https?://([^/"@]+)/', text) if "." in host})


def test_no_committed_file_names_a_registry() -> None:
    hosts = REGISTRIES + hosts_here()
    named = [f"{path}: {h}" for path, text in texts().items() for h in hosts if h in text]
    assert named == []


def test_no_committed_file_names_a_path_of_one_machine() -> None:
    bound = [f"{path}: {p}" for path, text in texts().items() for p in PATHS if p in text]
    assert bound == []


def test_no_lock_file_is_committed() -> None:
    assert [path for path in texts() if path.endswith((".lock", "pylock.toml"))] == []
