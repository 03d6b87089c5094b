# SPDX-License-Identifier: Apache-2.0
"""Running `pratique` in this process, and where what it reads stands."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from click.testing import CliRunner, Result

from pratique.cli.main import pratique
from pratique.cli.speech import choose_language, without_language

ROOT = Path(__file__).parents[3]
MANO_RIVER = ROOT / "accords" / "mano-river"
JOURNAL = ROOT / "tests" / "golden" / "register-v1.jsonl"
DRAFT = "---\naccord: Small\nclock: UTC\ncurrency: USD\n---\n\n# Small\n\n"


def run(*words: str, environment: Mapping[str, str] | None = None) -> Result:
    """Return what a command line did; whatever it raises but an exit is raised here too."""
    choose_language(words, environment or {})
    try:
        found = CliRunner().invoke(pratique(), without_language(words))
    finally:
        choose_language([], {})
    if found.exception is not None and not isinstance(found.exception, SystemExit):
        raise found.exception
    return found


def draft(folder: Path, clauses: str) -> Path:
    """Write an accord of some clauses beside no words, and return its document."""
    document = folder / "accord.md"
    document.write_text(f"{DRAFT}## Annex\n\n```accord\n{clauses}\n```\n", "utf-8")
    return document
