# SPDX-License-Identifier: Apache-2.0
"""Manners that no linter knows: licences, docstrings, a pure core, kinds kept at home."""

from __future__ import annotations

import ast
import re
from pathlib import Path

from house.source import Module, core, modules

SPDX = "# SPDX-License-Identifier: Apache-2.0"
CLOCKS = {"now", "utcnow", "today"}
CHANCE = {"Generator", "BitGenerator", "Philox", "PCG64", "SeedSequence", "default_rng"}
KINDS = {"party", "body", "term", "measure", "status", "pool", "duty", "power", "rule", "case"}
KINDS |= {Path(m.path).stem for m in modules() if "/accord/kinds/" in m.path}
EVERYTHING = ("src/pratique", "scripts", "tests", "benchmarks")


def test_each_module_opens_with_its_licence_and_says_what_it_is() -> None:
    bare = [
        m.path
        for m in modules(*EVERYTHING)
        if not m.text.startswith(SPDX) or not ast.get_docstring(m.tree)
    ]
    assert bare == []


def test_a_module_says_what_it_is_in_at_most_six_lines() -> None:
    texts = {m.path: ast.get_docstring(m.tree) or "" for m in modules()}
    assert [path for path, text in texts.items() if len(text.splitlines()) > 6] == []


def test_the_core_reads_no_clock() -> None:
    assert [m.at(call) for m in core() for call in m.nodes(ast.Call) if _attr(call) in CLOCKS] == []


def test_the_core_draws_chance_only_from_a_stream_it_is_given() -> None:
    drawn = [
        m.at(node)
        for m in core()
        for node in m.nodes(ast.Attribute)
        if re.fullmatch(r"(np|numpy)\.random\.\w+", ast.unparse(node))
        and getattr(node, "attr", "") not in CHANCE
    ]
    assert drawn == []
    calls = [(m, c) for m in core() for c in m.nodes(ast.Call) if _attr(c) == "default_rng"]
    assert [m.at(call) for m, call in calls if not getattr(call, "args", ())] == []


def test_no_broad_except() -> None:
    handlers = [(m, node) for m in modules() for node in m.nodes(ast.ExceptHandler)]
    assert [m.at(node) for m, node in handlers if _broad(node)] == []


def test_no_relic_of_print_in_the_core() -> None:
    calls = [(m, c) for m in core() for c in m.nodes(ast.Call)]
    assert [m.at(c) for m, c in calls if ast.unparse(c).startswith("print(")] == []


def test_what_a_kind_is_stays_in_its_module() -> None:
    outside = [m for m in modules() if "/accord/kinds/" not in m.path]
    assert [place for m in outside for place in _kind_ladders(m)] == []


def _attr(call: ast.AST) -> str:
    return getattr(getattr(call, "func", None), "attr", "")


def _broad(node: ast.AST) -> bool:
    assert isinstance(node, ast.ExceptHandler)
    caught = ast.unparse(node.type) if node.type else "BaseException"
    return bool(re.search(r"\b(Base)?Exception\b", caught))


def _kind_ladders(module: Module) -> list[str]:
    compared = [module.at(n) for n in module.nodes(ast.Compare) if _compares_kind(n)]
    return compared + [module.at(n) for n in module.nodes(ast.Match) if _matches_kind(n)]


def _compares_kind(node: ast.AST) -> bool:
    assert isinstance(node, ast.Compare)
    sides = [node.left, *node.comparators]
    return any(map(_names_kind, sides)) and not KINDS.isdisjoint(_texts(node))


def _matches_kind(node: ast.AST) -> bool:
    assert isinstance(node, ast.Match)
    patterns = [case.pattern for case in node.cases]
    return _names_kind(node.subject) and any(not KINDS.isdisjoint(_texts(p)) for p in patterns)


def _names_kind(node: ast.expr) -> bool:
    return getattr(node, "attr", getattr(node, "id", "")) == "kind"


def _texts(node: ast.AST) -> set[str]:
    constants = (part.value for part in ast.walk(node) if isinstance(part, ast.Constant))
    return {value for value in constants if isinstance(value, str)}
