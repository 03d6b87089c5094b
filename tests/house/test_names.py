# SPDX-License-Identifier: Apache-2.0
"""One word per thing: the banned ones stand in no name of a module, class, function or argument."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from house.source import Function, Module, modules, parts

EMPTY = {"util", "utils", "helper", "helpers", "manager", "handler", "processor", "service"}
EMPTY |= {"common", "misc", "data", "info", "obj", "do", "process", "handle"}
# They have another word in this house: party or standing, act, case, procedure, signal, office.
ELSEWHERE = {"state", "transaction", "ticket", "workflow", "alarm", "role"}
BANNED = EMPTY | ELSEWHERE

EXEMPT: dict[str, str] = {
    # "path:name": "why it must be called so"
}


def named(module: Module) -> Iterator[tuple[str, str]]:
    """Yield where a name is given and the name."""
    yield module.path, Path(module.path).stem
    for node in module.nodes(ast.ClassDef, ast.arg, *Function.__args__):
        yield module.at(node), node.arg if isinstance(node, ast.arg) else getattr(node, "name", "")


def test_no_name_holds_a_banned_word() -> None:
    found = [
        f"{place} {name}"
        for module in modules("src/pratique", "scripts", "tests")
        for place, name in named(module)
        if BANNED.intersection(parts(name)) and f"{module.path}:{name}" not in EXEMPT
    ]
    assert found == []


def test_each_exemption_is_still_used_and_has_a_reason() -> None:
    names = {f"{m.path}:{name}" for m in modules("src/pratique") for _, name in named(m)}
    assert set(EXEMPT) <= names
    assert all(EXEMPT.values())


@pytest.mark.parametrize(
    ("name", "words"),
    [("do_it", ["do", "it"]), ("DataRow", ["data", "row"]), ("dataclass", ["dataclass"])],
)
def test_only_whole_words_count(name: str, words: list[str]) -> None:
    assert parts(name) == words
