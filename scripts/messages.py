# SPDX-License-Identifier: Apache-2.0
"""Keep the catalogue: list what the source says, merge French into it, report what is missing.

`python scripts/messages.py extract` prints each template; `merge FILE.json…` adds translations
({"english": "french"} or {"english": ["one", "many"]}); `report` says what is left to do.
"""

from __future__ import annotations

import argparse
import ast
import io
import json
import re
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from babel.messages import Catalog
from babel.messages.pofile import read_po, write_po

from pratique.base.text import template_fields

ROOT = Path(__file__).parent.parent
SOURCE = ROOT / "src" / "pratique"
FRENCH = SOURCE / "locale" / "fr.po"
HEADER = """\
# SPDX-License-Identifier: Apache-2.0
# French of Pratique. Kept by scripts/messages.py; the words are ours to edit."""
FORMS = {"say": 1, "say_count": 2}
Forms = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Message:
    """One template of the source: one form, or two where it counts, and the modules that say it."""

    forms: Forms
    modules: frozenset[str]


@dataclass(frozen=True, slots=True)
class Survey:
    """Everything the source says, by English template, and the faults found on the way."""

    messages: Mapping[str, Message]
    faults: tuple[str, ...]


def survey(folder: Path = SOURCE) -> Survey:
    """Return every template said below a folder, with the calls that cannot be translated."""
    messages: dict[str, Message] = {}
    faults: list[str] = []
    for path in sorted(folder.rglob("*.py")):
        module = path.relative_to(folder.parent).as_posix()
        for line, forms in said(path.read_text(encoding="utf-8"), module):
            fault = _fault(forms, messages)
            if fault:
                faults.append(f"{module}:{line}: {fault}")
                continue
            known = messages.get(forms[0])
            modules = (known.modules if known else frozenset()) | {module}
            messages[forms[0]] = Message(forms, modules)
    return Survey(messages, tuple(faults))


def said(text: str, name: str) -> Iterator[tuple[int, Forms]]:
    """Yield the line and the forms of each `say` and `say_count`; no forms if not literal."""
    for node in ast.walk(ast.parse(text, name)):
        if isinstance(node, ast.Call) and (count := FORMS.get(_called(node))):
            given = [_literal(argument) for argument in node.args[:count]]
            literal = len(given) == count and None not in given
            yield node.lineno, tuple(str(form) for form in given) if literal else ()


def catalogue(path: Path = FRENCH) -> Catalog:
    """Return the French catalogue, or a new one."""
    if path.exists():
        with path.open("rb") as file:
            return read_po(file, locale="fr")
    return _empty()


def translations(paths: list[Path]) -> dict[str, Forms]:
    """Return the translations of several JSON files, the first file that has one winning."""
    found: dict[str, Forms] = {}
    for path in paths:
        for english, french in json.loads(path.read_text(encoding="utf-8")).items():
            found.setdefault(english, (french,) if isinstance(french, str) else tuple(french))
    return found


def merged(
    old: Catalog, source: Survey, *, french: Mapping[str, Forms], replace: bool = False
) -> tuple[Catalog, list[str]]:
    """Return the catalogue of what the source says now, and why translations were refused.

    Existing French is kept unless `replace`; what is no longer said is dropped.
    """
    new = _empty()
    refused = []
    for english, message in sorted(source.messages.items()):
        given = french.get(english)
        if given and (why := refusal(message.forms, given)):
            refused.append(f"{english!r}: {why}")
            given = None
        kept = forms_of(old, english)
        if kept and refusal(message.forms, kept):
            kept = None
        chosen = (given or kept) if replace else (kept or given)
        _add(new, message, chosen)
    unsaid = sorted(french.keys() - source.messages.keys())
    return new, refused + [f"{english!r}: nothing in the source says it" for english in unsaid]


def refusal(english: Forms, french: Forms) -> str | None:
    """Return why a translation cannot stand for a template, or None."""
    if len(english) != len(french):
        return f"{len(english)} form(s) in English, {len(french)} in French"
    if not all(french):
        return "a form is empty"
    try:
        said_fields = frozenset[str]().union(*map(template_fields, french))
    except ValueError as error:
        return str(error)
    wanted = frozenset[str]().union(*map(template_fields, english))
    # A language may leave the number out of its singular, but never a field out of every form.
    return None if said_fields == wanted else f"fields differ: {sorted(said_fields ^ wanted)}"


def forms_of(messages: Catalog, english: str) -> Forms | None:
    """Return the forms a catalogue has for a template; None if missing or fuzzy."""
    message = messages.get(english)
    if message is None or message.fuzzy or not message.string:
        return None
    forms = (message.string,) if isinstance(message.string, str) else tuple(message.string)
    return forms if all(forms) else None


def missing(messages: Catalog, source: Survey) -> list[str]:
    """Return the templates that have no French that can stand."""
    return [
        english
        for english, message in sorted(source.messages.items())
        if (forms := forms_of(messages, english)) is None or refusal(message.forms, forms)
    ]


def ill_spaced(french: str) -> str | None:
    """Return the first place that is not set as French is, or None.

    It wants a no-break space before `;:?!»` and after `«`, and ’ for an apostrophe.
    """
    plain = re.sub(r"`[^`]*`|\w+://\S*", "", french)
    spaces = r"(?:^|[^\u00a0\u202f;:?!»])(?:[;?!»]|:(?!\d))|«(?![\u00a0\u202f])"
    bare = re.search(rf"{spaces}|(?<=\w)'(?=\w)", plain)
    return plain[max(0, bare.start() - 12) : bare.end() + 4] if bare else None


def po_bytes(messages: Catalog) -> bytes:
    """Return a catalogue as it is written: sorted, with modules but no line numbers."""
    stream = io.BytesIO()
    write_po(stream, messages, width=100, sort_output=True, include_lineno=False)
    return stream.getvalue()


def main(arguments: list[str] | None = None) -> int:
    """Run one of the three commands; return the exit code."""
    parser = argparse.ArgumentParser(description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    commands.add_parser("extract")
    commands.add_parser("report")
    merge = commands.add_parser("merge")
    merge.add_argument(
        "--replace", action="store_true", help="let the files win over the catalogue"
    )
    merge.add_argument("files", nargs="*", type=Path)
    chosen = parser.parse_args(arguments)
    source = survey()
    match chosen.command:
        case "extract":
            return _extract(source)
        case "merge":
            return _merge(source, chosen.files, replace=chosen.replace)
        case _:
            return _report(source)


def _extract(source: Survey) -> int:
    templates = {english: message.forms for english, message in sorted(source.messages.items())}
    print(json.dumps(templates, ensure_ascii=False, indent=1))
    return _faults(source)


def _merge(source: Survey, files: list[Path], *, replace: bool) -> int:
    new, refused = merged(catalogue(), source, french=translations(files), replace=replace)
    FRENCH.parent.mkdir(exist_ok=True)
    FRENCH.write_bytes(po_bytes(new))
    print(*(f"refused  {line}" for line in refused), sep="\n", end="\n" if refused else "")
    return _report(source)


def _report(source: Survey) -> int:
    left = missing(catalogue(), source)
    for english in left:
        print(f"missing  {english!r}  ({', '.join(sorted(source.messages[english].modules))})")
    print(f"{len(source.messages)} messages, {len(left)} without French")
    return max(_faults(source), int(bool(left)))


def _faults(source: Survey) -> int:
    print(*source.faults, sep="\n", end="\n" if source.faults else "", file=sys.stderr)
    return int(bool(source.faults))


def _fault(forms: Forms, messages: Mapping[str, Message]) -> str | None:
    if not forms:
        return "a template must be a string literal"
    try:
        for form in forms:
            template_fields(form)
    except ValueError as error:
        return str(error)
    known = messages.get(forms[0])
    return "said elsewhere with other forms" if known and known.forms != forms else None


def _called(node: ast.Call) -> str:
    match node.func:
        case ast.Name(id=name) | ast.Attribute(attr=name):
            return name
        case _:
            return ""


def _literal(node: ast.expr) -> str | None:
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else None


def _empty() -> Catalog:
    day = datetime(2026, 1, 1, tzinfo=UTC)
    return Catalog(
        "fr",
        project="Pratique",
        version="1",
        msgid_bugs_address="see SECURITY.md and CONTRIBUTING.md",
        last_translator="The Pratique maintainers",
        language_team="French",
        creation_date=day,
        revision_date=day,
        header_comment=HEADER,
        fuzzy=False,
    )


def _add(messages: Catalog, message: Message, french: Forms | None) -> None:
    plural = len(message.forms) > 1
    messages.add(
        message.forms if plural else message.forms[0],
        (french or ("", "")) if plural else (french or ("",))[0],
        locations=[(module, 0) for module in sorted(message.modules)],
    )


if __name__ == "__main__":
    sys.exit(main())
