# SPDX-License-Identifier: Apache-2.0
"""Nothing outgrows the house: modules, functions, classes, clause kinds, packages."""

from __future__ import annotations

import ast
from collections import Counter
from pathlib import Path

from house.source import Function, length, modules

MODULE, FUNCTION, CLASS, KIND, PACKAGE = 500, 50, 250, 300, 15


def test_a_module_has_at_most_500_lines() -> None:
    assert [m.path for m in modules("src/pratique", "scripts", "tests") if m.lines > MODULE] == []


def test_a_clause_kind_has_at_most_300_lines() -> None:
    kinds = [m for m in modules() if "accord/kinds/" in m.path]
    assert [m.path for m in kinds if m.lines > KIND] == []


def test_a_function_has_at_most_50_lines() -> None:
    long = [
        f"{m.at(node)} {getattr(node, 'name', '')}: {length(node)} lines"
        for m in modules("src/pratique", "scripts", "tests")
        for node in m.nodes(*Function.__args__)
        if length(node) > FUNCTION
    ]
    assert long == []


def test_a_class_has_at_most_250_lines() -> None:
    long = [m.at(n) for m in modules() for n in m.nodes(ast.ClassDef) if length(n) > CLASS]
    assert long == []


def test_a_package_has_at_most_15_modules() -> None:
    named = [Path(m.path) for m in modules() if not m.path.endswith("__init__.py")]
    counts = Counter(path.parent.as_posix() for path in named)
    assert {package: n for package, n in counts.items() if n > PACKAGE} == {}
