# SPDX-License-Identifier: Apache-2.0
"""Reads the project's own source for the tests of the house: modules, their parts, their names."""

from __future__ import annotations

import ast
import re
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PACKAGE = ROOT / "src" / "pratique"
CORE = ("base", "surveillance", "accord", "register", "engine", "rehearsal", "practice")
Function = ast.FunctionDef | ast.AsyncFunctionDef


@dataclass(frozen=True, slots=True)
class Module:
    """One Python file: where it stands, its text, its syntax tree."""

    path: str
    text: str
    tree: ast.Module

    @property
    def lines(self) -> int:
        return len(self.text.splitlines())

    @property
    def room(self) -> str:
        """The room of the house it belongs to; empty outside `src/pratique`."""
        parts = Path(self.path).parts
        return parts[2] if parts[:2] == ("src", "pratique") else ""

    def nodes(self, *types: type[ast.AST]) -> Iterator[ast.AST]:
        return (node for node in ast.walk(self.tree) if isinstance(node, types))

    def at(self, node: ast.AST) -> str:
        return f"{self.path}:{getattr(node, 'lineno', 1)}"


@cache
def modules(*folders: str) -> tuple[Module, ...]:
    """Return the modules of some folders of the project, `src/pratique` if none is named."""
    paths = (p for f in folders or ("src/pratique",) for p in sorted((ROOT / f).rglob("*.py")))
    return tuple(module(path) for path in paths)


@cache
def module(path: Path) -> Module:
    """Return one file, read."""
    text = path.read_text(encoding="utf-8")
    return Module(path.relative_to(ROOT).as_posix(), text, ast.parse(text))


def core() -> tuple[Module, ...]:
    """Return the modules of the pure rooms."""
    return tuple(m for m in modules() if m.room in CORE)


def parts(name: str) -> list[str]:
    """Return the words of a name in either spelling: `held_since`, `HeldSince`."""
    return [word.lower() for word in re.findall(r"[A-Z]?[a-z0-9]+|[A-Z]+(?![a-z])", name)]


def length(node: ast.AST) -> int:
    """Return how many lines a function or class takes, decorators not counted."""
    assert isinstance(node, Function | ast.ClassDef)
    return (node.end_lineno or node.lineno) - node.lineno + 1


def committed() -> list[Path]:
    """Return the files that are, or would be, committed."""
    command = ("git", "ls-files", "--cached", "--others", "--exclude-standard", "-z")
    try:
        run = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True)
    except (OSError, subprocess.CalledProcessError):
        pytest.skip("this is no git repository")
    return [path for name in run.stdout.split("\0") if name and (path := ROOT / name).is_file()]
