# SPDX-License-Identifier: Apache-2.0
"""Where accords are: a document, a folder with an `accord.md`, or one that came with Pratique."""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from glob import escape
from importlib import resources
from pathlib import Path

from pratique.accord.reviews.stamp import MOST_CHARACTERS, NotReviews, Stamp, read_stamps
from pratique.base.text import Code, say
from pratique.cli.speech import CannotRun

DOCUMENT = "accord.md"
_LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]+)*")


@dataclass(frozen=True, slots=True)
class Place:
    """An accord's document and its folder."""

    document: Path
    source: str

    @property
    def history(self) -> Path:
        """The folder's own history."""
        return self.document.parent / "history"

    @property
    def stories(self) -> list[Path]:
        """The stories beside it, in order of their names."""
        return sorted((self.document.parent / "stories").glob("*.md"))

    def translations(self) -> dict[str, str]:
        """Return its other authentic texts by language: `accord.fr.md` beside `accord.md`."""
        stem = self.document.stem
        beside = sorted(self.document.parent.glob(f"{escape(stem)}.*.md"))
        found = {path.name[len(stem) + 1 : -len(".md")]: path for path in beside}
        return {word: text_at(path) for word, path in found.items() if _LANGUAGE.fullmatch(word)}

    def translation(self, language: str) -> str:
        """Return its other authentic text in a language; nothing if it has none."""
        path = self.document.with_name(f"{self.document.stem}.{language}.md")
        return text_at(path) if _LANGUAGE.fullmatch(language) and path.is_file() else ""

    @property
    def reviews_file(self) -> Path:
        """Where its reviews are: `reviews.toml`, or `NAME.reviews.toml` beside `NAME.md`."""
        name = "reviews.toml"
        if self.document.name != DOCUMENT:
            name = f"{self.document.stem}.{name}"
        return self.document.parent / name

    def reviews(self) -> tuple[Stamp, ...]:
        """Return what offices have confirmed of it; CannotRun if the file cannot be read."""
        path = self.reviews_file
        if not path.exists():
            return ()
        # No character takes more than four bytes: what is larger is not read at all.
        if not path.is_file():
            raise CannotRun(say("{file} is not a file", file=str(path)))
        if path.stat().st_size > 4 * MOST_CHARACTERS:
            raise CannotRun(say("{file} is too large", file=str(path)))
        return stamps_of(text_at(path), path)


def accord_at(path: str | None) -> Place:
    """Return the accord at a path: a document, a folder with one, or the name of a shipped one."""
    given = Path(path or ".")
    candidates = [given, given / DOCUMENT]
    if path and given.name == path:
        candidates.append(shipped(path) / DOCUMENT)
    for candidate in candidates:
        if candidate.is_file():
            return Place(candidate, text_at(candidate))
    if path is None:
        raise CannotRun(
            say(
                "there is no {document} here: name a document, a folder, or one of: {names}",
                document=Code(DOCUMENT),
                names=", ".join(shipped_names()),
            )
        )
    raise CannotRun(
        say(
            "there is no accord at {path}: name a document, a folder with {document},"
            " or one of: {names}",
            path=Code(path),
            document=Code(DOCUMENT),
            names=", ".join(shipped_names()),
        )
    )


def stamps_of(text: str, path: Path) -> tuple[Stamp, ...]:
    """Return the stamps of a reviews file's text; CannotRun, with the line, if there is a fault."""
    try:
        return read_stamps(text)
    except NotReviews as fault:
        name = f"{path}:{fault.line}" if fault.line else str(path)
        raise CannotRun(say("{place}: {why}", place=name, why=fault.sentence)) from fault


def text_at(path: Path) -> str:
    """Return the text of a file; CannotRun if it cannot be opened or is no text."""
    try:
        return path.read_text("utf-8-sig")
    except UnicodeDecodeError as fault:
        raise CannotRun(
            say("`{path}` is not UTF-8 text (byte {place})", path=str(path), place=fault.start)
        ) from fault
    except OSError as fault:
        raise CannotRun(
            say("`{path}` cannot be opened: {fault}", path=str(path), fault=fault.strerror or "")
        ) from fault


def replace_whole(path: Path, content: bytes) -> None:
    """Write a file in one step: whoever reads it sees the old or the new, whole.

    A link is followed, an old file's permissions are kept, and a folder that is not there is made;
    CannotRun if it cannot be written.
    """
    target = path.resolve()
    part = target.with_name(f".{target.name}.{os.getpid()}.part")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        with part.open("xb") as opened:
            opened.write(content)
            opened.flush()
            os.fsync(opened.fileno())
        if target.exists():
            shutil.copymode(target, part)
        os.replace(part, target)
    except OSError as fault:
        with suppress(OSError):
            part.unlink()
        raise unwritten(path, fault) from fault


def require_unread(written: Iterable[Path], read: Iterable[Path]) -> None:
    """CannotRun if what is to be written would stand in place of what is read."""
    outputs = {path.resolve() for path in written}
    for path in read:
        if path.resolve() in outputs:
            raise CannotRun(
                say(
                    "{path} is read, and would be written over: choose another place with `--out`",
                    path=Code(str(path)),
                )
            )


def unwritten(path: Path, fault: OSError) -> CannotRun:
    """Return what is said where a file cannot be written."""
    words = fault.strerror or ""
    return CannotRun(say("`{path}` cannot be written to: {fault}", path=str(path), fault=words))


def shipped(name: str) -> Path:
    """Return the folder of a shipped accord, in the installed package or the source tree."""
    return _accords() / name


def shipped_names() -> list[str]:
    """Return the names of the accords that came with Pratique."""
    folder = _accords()
    if not folder.is_dir():
        return []
    return sorted(one.name for one in folder.iterdir() if (one / DOCUMENT).is_file())


def _accords() -> Path:
    inside = Path(str(resources.files("pratique"))) / "accords"
    return inside if inside.is_dir() else Path(__file__).parents[3] / "accords"
