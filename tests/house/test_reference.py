# SPDX-License-Identifier: Apache-2.0
"""The reference pages say what the code says."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from types import ModuleType

import pytest


@pytest.fixture(scope="module")
def reference_pages(root: Path) -> ModuleType:
    """The script that writes the pages."""
    spec = importlib.util.spec_from_file_location("reference_pages", root / "scripts/reference.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_pages_are_as_the_code_writes_them(reference_pages: ModuleType) -> None:
    assert reference_pages.differing() == [], "run: python scripts/reference.py"


def test_every_code_and_every_kind_has_a_section(reference_pages: ModuleType) -> None:
    findings, kinds = reference_pages.findings_page(), reference_pages.kinds_page()
    assert all(f"\n## {code}\n" in findings for code in reference_pages.CODES)
    assert all(f"\n## {name}\n" in kinds for name in reference_pages.kinds())
