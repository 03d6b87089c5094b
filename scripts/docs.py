# SPDX-License-Identifier: Apache-2.0
"""Check the documentation: every relative link in a Markdown file leads to a file and a heading.

It fetches nothing: links to other sites are not followed.
"""

from __future__ import annotations

import re
import subprocess
import sys
from itertools import pairwise
from pathlib import Path
from urllib.parse import unquote

from markdown_it import MarkdownIt
from markdown_it.token import Token

ROOT = Path(__file__).parent.parent


def links(text: str) -> list[str]:
    """Return the targets of a text's links and pictures."""
    inline = [child for token in _tokens(text) for child in token.children or []]
    return [str(child.attrs.get("href") or child.attrs.get("src") or "") for child in inline]


def anchors(text: str) -> set[str]:
    """Return the names by which a text's headings can be linked to."""
    tokens = _tokens(text)
    return {
        _slug(after.content) for token, after in pairwise(tokens) if token.type == "heading_open"
    }


def broken(path: Path, root: Path = ROOT) -> list[str]:
    """Return a line for each relative link of a file that leads nowhere, or out of the project."""
    faults = []
    for link in links(path.read_text(encoding="utf-8")):
        if not link or re.match(r"[a-z][a-z0-9+.-]*:", link):
            continue
        name, _, anchor = unquote(link).partition("#")
        target = (path.parent / name).resolve() if name else path
        if not target.exists() or not target.is_relative_to(root):
            faults.append(f"{path.relative_to(root)}: no file for {link}")
        elif anchor and anchor not in anchors(target.read_text(encoding="utf-8")):
            faults.append(f"{path.relative_to(root)}: no heading for {link}")
    return faults


def documents(root: Path = ROOT) -> list[Path]:
    """Return the project's Markdown files, the ignored ones left out."""
    command = ("git", "ls-files", "--cached", "--others", "--exclude-standard", "*.md")
    run = subprocess.run(command, cwd=root, check=True, stdout=subprocess.PIPE, text=True)
    return [path for line in run.stdout.splitlines() if (path := root / line).exists()]


def main() -> int:
    """Check every document; return the exit code."""
    paths = documents()
    faults = [fault for path in paths for fault in broken(path)]
    print(*faults, sep="\n", end="\n" if faults else "")
    print(f"{len(paths)} documents, {len(faults)} broken links")
    return int(bool(faults))


def _tokens(text: str) -> list[Token]:
    return MarkdownIt().parse(text)


def _slug(heading: str) -> str:
    words = re.sub(r"[^\w\s-]", "", heading.replace("`", "")).strip().lower()
    return re.sub(r"\s", "-", words)


if __name__ == "__main__":
    sys.exit(main())
