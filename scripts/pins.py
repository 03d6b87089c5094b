# SPDX-License-Identifier: Apache-2.0
"""Refresh the exact pins in pyproject's `constraint-dependencies` from what uv resolves.

uv.lock is not kept, because it records where packages were fetched; these pins do not. Present pins
hold unless `--upgrade`; `--check` only says whether the list is up to date.
"""

from __future__ import annotations

import argparse
import json
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

PROJECT = Path(__file__).parent.parent / "pyproject.toml"
EXPORT = (
    *("uv", "export", "--quiet", "--no-hashes", "--no-header", "--no-annotate"),
    *("--no-emit-project", "--all-groups", "--all-extras"),
)
LIST = re.compile(r"^constraint-dependencies = \[.*?^\]$", re.DOTALL | re.MULTILINE)


def pinned(text: str, pins: list[str]) -> str:
    """Return pyproject's text with these pins for its old ones."""
    # Markers hold single quotes, so each pin is quoted as JSON, which TOML reads.
    lines = "".join(f"    {json.dumps(pin)},\n" for pin in pins)
    return LIST.sub(lambda _: f"constraint-dependencies = [\n{lines}]", text, count=1)


def resolved(text: str) -> list[str]:
    """Return what uv resolves for a pyproject, worked out in a folder of its own."""
    with tempfile.TemporaryDirectory() as folder:
        Path(folder, "pyproject.toml").write_text(text, encoding="utf-8")
        for name in ("README.md", "LICENSE", "NOTICE"):
            shutil.copy(PROJECT.with_name(name), folder)
        package = Path(folder, "src", "pratique", "__init__.py")
        package.parent.mkdir(parents=True)
        package.touch()
        run = subprocess.run(EXPORT, cwd=folder, check=True, stdout=subprocess.PIPE, text=True)
    return [line for line in run.stdout.splitlines() if "==" in line]


def main(arguments: list[str] | None = None) -> int:
    """Refresh or check the list; return the exit code."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--upgrade", action="store_true", help="resolve anew, without today's pins")
    parser.add_argument("--check", action="store_true", help="write nothing; exit 1 if it differs")
    chosen = parser.parse_args(arguments)
    old = PROJECT.read_text(encoding="utf-8")
    pins = resolved(pinned(old, []) if chosen.upgrade else old)
    new = pinned(old, pins)
    print(f"{len(pins)} pins, {'unchanged' if new == old else 'changed'}")
    if not chosen.check:
        PROJECT.write_text(new, encoding="utf-8")
    return int(chosen.check and new != old)


if __name__ == "__main__":
    sys.exit(main())
