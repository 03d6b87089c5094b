# SPDX-License-Identifier: Apache-2.0
"""The project's own papers agree: exact pins, one CI command, links that lead somewhere."""

from __future__ import annotations

import os
import re
import subprocess
import tomllib
from pathlib import Path

import docs
import pins
from house.source import ROOT, committed

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


def _name(requirement: str) -> str:
    return re.split(r"[^\w.-]", requirement)[0].lower()


def test_every_direct_dependency_is_pinned_exactly() -> None:
    lists = [PROJECT["project"]["dependencies"], *PROJECT["dependency-groups"].values()]
    wanted = {_name(requirement) for requirements in lists for requirement in requirements}
    pinned = PROJECT["tool"]["uv"]["constraint-dependencies"]
    assert all("==" in pin for pin in pinned)
    # Its own extras are no other package.
    assert wanted - {_name(pin) for pin in pinned} == {"pratique"}


def test_pins_are_written_as_toml_reads_them() -> None:
    marked = ["a==1 ; python_full_version < '3.12'", "b==2"]
    text = pins.pinned((ROOT / "pyproject.toml").read_text(encoding="utf-8"), marked)
    assert tomllib.loads(text)["tool"]["uv"]["constraint-dependencies"] == marked


def test_the_ci_command_can_be_run() -> None:
    script = ROOT / ".ci" / "run"
    assert os.access(script, os.X_OK)
    subprocess.run(["bash", "-n", script], check=True)


def test_every_link_in_the_documentation_leads_somewhere() -> None:
    assert [fault for path in docs.documents() for fault in docs.broken(path)] == []


def test_a_broken_link_is_found(tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    page.write_text(
        "# The `first` part\n[a](#the-first-part) [b](#none) [c](gone.md) [d](mail:x)\n"
    )
    assert docs.broken(page, tmp_path) == [
        "page.md: no heading for #none",
        "page.md: no file for gone.md",
    ]


def test_the_licence_is_the_one_the_project_names() -> None:
    assert PROJECT["project"]["license"] == "Apache-2.0"
    text = (ROOT / "LICENSE").read_text(encoding="utf-8")
    assert "Apache License" in text
    assert "Version 2.0, January 2004" in text


def test_the_papers_of_a_public_project_are_there() -> None:
    wanted = {"README", "ARCHITECTURE", "CONTRIBUTING", "CHANGELOG", "SECURITY"}
    assert wanted <= {path.stem for path in committed() if path.parent == ROOT}
