# SPDX-License-Identifier: Apache-2.0
"""Fences to clauses: lines to headers and fields, values to syntax trees, every place kept.

Reports E101 to E104 and goes on. Knows no kind by name: it asks the kinds that it is given.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Mapping
from dataclasses import replace

from lark import Token

from pratique.accord.clause import Clause, Field, FieldText, Kind, Name
from pratique.accord.document import Document, Fence
from pratique.accord.terms.expression import Text, parse
from pratique.base.finding import Finding, Span
from pratique.base.text import Sentence, say

_HEADER = re.compile(r"(?P<kind>[a-z]+)(?:\s+(?P<rest>.*))?\Z")
_FIELD = re.compile(r"(?P<name>[a-z][a-z0-9_]*(?: [a-z][a-z0-9_]*)*)\s*:(?P<value>.*)\Z")
_NAME = re.compile(r"[a-z][a-z0-9_]*\Z")
_LABEL = re.compile(r'"([^"]*)"')
_SPREAD = re.compile(r"\bper\s+([a-z][a-z0-9_]*)\b")
_COMMENT = re.compile(r'#(?=(?:[^"]*"[^"]*")*[^"]*\Z).*\Z')

# What every clause may carry.
_COMMON = {
    "accepted": Field(
        "accepted", "accepted", say("findings that the parties accept, each with a reason")
    ),
    "was": Field("was", "word", say("the name that it had before")),
}


def read_clauses(
    document: Document, kinds: Mapping[str, Kind]
) -> tuple[list[Clause], list[Finding]]:
    """Return the clauses of a document, in order, and what could not be read of them."""
    clauses: list[Clause] = []
    findings: list[Finding] = []
    for fence in document.fences:
        for block in _blocks(fence, findings):
            reading = _Reading(kinds, findings)
            clause = reading.clause(block, fence.paragraphs)
            if clause:
                clauses.append(clause)
    return clauses, findings


Line = tuple[int, int, str]
"""(line, column of the first character, words without the comment)."""


def _blocks(fence: Fence, findings: list[Finding]) -> Iterable[list[Line]]:
    block: list[Line] = []
    for number, raw in enumerate(fence.lines, fence.line):
        words = _COMMENT.sub("", raw.expandtabs(4)).rstrip()
        if not words.strip():
            continue
        column = len(words) - len(words.lstrip()) + 1
        if column == 1:
            if block:
                yield block
            block = []
        elif not block:
            sentence = say("a clause begins at the start of a line")
            findings.append(
                Finding("E103", sentence, Span(number, 1, column), say("take the spaces away"))
            )
            column = 1
        block.append((number, column, words.strip()))
    if block:
        yield block


class _Reading:
    """One clause being read."""

    def __init__(self, kinds: Mapping[str, Kind], findings: list[Finding]) -> None:
        self.kinds = kinds
        self.findings = findings

    def report(self, code: str, sentence: Sentence, span: Span, help_: Sentence) -> None:
        self.findings.append(Finding(code, sentence, span, help_))

    def clause(self, block: list[Line], paragraphs: tuple[str, ...]) -> Clause | None:
        line, column, header = block[0]
        match = _HEADER.match(header)
        span = Span(line, column, column + len(header))
        if match is None:
            help_ = say("begin with a kind and a name, such as `duty notify`")
            self.report("E103", say("this is not a clause's first line"), span, help_)
            return None
        kind = self.kinds.get(match["kind"])
        if kind is None:
            kind_span = Span(line, column, column + len(match["kind"]))
            self.report(
                "E101",
                say("unknown kind `{kind}`", kind=match["kind"]),
                kind_span,
                _near(
                    match["kind"], self.kinds, say("kinds: {names}", names=", ".join(self.kinds))
                ),
            )
            return None
        rest_column = column + (match.start("rest") if match["rest"] else len(header))
        clause = self._header(kind, match["rest"] or "", line, rest_column, span)
        fields = self._fields(kind, block[1:])
        clause = replace(
            clause,
            fields=fields,
            paragraphs=paragraphs,
            last_line=block[-1][0],
            accepted=_accepted(fields),
            was=_was(fields),
        )
        self._absent(kind, clause)
        return clause

    def _header(self, kind: Kind, rest: str, line: int, column: int, span: Span) -> Clause:
        names_part, type_text = rest, None
        label, per_party, group = "", False, ""
        if match := _LABEL.search(names_part):
            label = match[1]
            names_part = (
                names_part[: match.start()] + " " * len(match[0]) + names_part[match.end() :]
            )
        if ":" in names_part:
            at = names_part.index(":")
            words = names_part[at + 1 :]
            left = column + at + 1 + len(words) - len(words.lstrip())
            type_text = Text(((line, left, words.strip() or " "),))
            names_part = names_part[:at]
        if match := _SPREAD.search(names_part):
            per_party = True
            group = "" if match[1] == "party" else match[1]
            names_part = (
                names_part[: match.start()] + " " * len(match[0]) + names_part[match.end() :]
            )
        names = self._names(kind, names_part, line, column, span)
        type_field = self._type(kind, type_text, span) if type_text else None
        if per_party and not kind.takes_spread:
            help_ = say("its spread follows from what it reads")
            self.report("E103", say("a {kind} takes no `per party`", kind=kind.name), span, help_)
        return Clause(
            kind.name, names, label, per_party, type_field, {}, (), span, line, group=group
        )

    def _type(self, kind: Kind, text: Text, span: Span) -> FieldText | None:
        if not kind.takes_type:
            sentence = say("a {kind} takes no type on its first line", kind=kind.name)
            self.report("E103", sentence, text.span, say("leave out what follows the colon"))
            return None
        tree = parse(text, kind.takes_type)
        if isinstance(tree, Finding):
            self.findings.append(tree)
            return FieldText("type", text, span)
        return FieldText("type", text, span, tree)

    def _names(self, kind: Kind, part: str, line: int, column: int, span: Span) -> tuple[Name, ...]:
        names = []
        offset = 0
        for piece in part.split(","):
            word = piece.strip()
            left = column + offset + len(piece) - len(piece.lstrip())
            place = Span(line, left, left + max(1, len(word)))
            offset += len(piece) + 1
            if _NAME.match(word):
                names.append(Name(word, place))
            else:
                help_ = say("names are small letters, digits and `_`, such as `early_action`")
                sentence = (
                    say("`{word}` is not a name", word=word)
                    if word
                    else say("a name is wanted here")
                )
                self.report("E103", sentence, place, help_)
        if len(names) > 1 and not kind.takes_many:
            sentence = say("a {kind} has one name", kind=kind.name)
            self.report("E103", sentence, span, say("write a clause for each"))
        return tuple(names) or (Name("", span),)

    def _fields(self, kind: Kind, lines: list[Line]) -> dict[str, FieldText]:
        fields: dict[str, FieldText] = {}
        for group in self._grouped(lines):
            line, column, words = group[0]
            match = _FIELD.match(words)
            if match is None:
                missing = next((f.shown for f in kind.fields if words.startswith(f.name + " ")), "")
                help_ = say("fields of a {kind}: {names}", kind=kind.name, names=_field_names(kind))
                if missing:
                    help_ = say("a colon is missing: `{field}: …`", field=missing)
                span = Span(line, column, column + len(words))
                self.report("E103", say("this is not `field: value`"), span, help_)
                continue
            self._field(kind, fields, match["name"], group, match)
        return fields

    def _grouped(self, lines: list[Line]) -> Iterable[list[Line]]:
        # A value goes on in lines indented more than its field; nothing nests.
        group: list[Line] = []
        for line in lines:
            if group and line[1] > group[0][1]:
                group.append(line)
                continue
            if group:
                yield group
            group = [line]
        if group:
            yield group

    def _field(
        self,
        kind: Kind,
        fields: dict[str, FieldText],
        name: str,
        group: list[Line],
        match: re.Match[str],
    ) -> None:
        line, column, _ = group[0]
        span = Span(line, column, column + len(name))
        spec = _COMMON.get(name) or kind.field_named(name)
        if spec is None:
            known = say("fields of a {kind}: {names}", kind=kind.name, names=_field_names(kind))
            sentence = say("a {kind} has no field `{field}`", kind=kind.name, field=name)
            self.report("E102", sentence, span, _nearest_field(kind, name) or known)
            return
        if name in fields:
            sentence = say("`{field}` is given twice", field=name)
            self.report(
                "E201", sentence, span, say("keep one, or join them with `and`, `or` or `;`")
            )
            return
        value = match["value"]
        left = column + match.start("value") + len(value) - len(value.lstrip())
        pieces = [(line, left, value.strip()), *group[1:]]
        text = Text(tuple(piece for piece in pieces if piece[2]))
        if not text.pieces:
            self.report("E103", say("`{field}` has no value", field=name), span, spec.help)
            return
        part = name.removeprefix(spec.name).strip()
        fields[name] = self._value(spec, FieldText(name, text, span, part=part))

    def _value(self, spec: Field, field: FieldText) -> FieldText:
        if spec.reads is None or spec.many:
            return field
        tree = parse(field.text, spec.reads)
        if isinstance(tree, Finding):
            self.findings.append(tree)
            return field
        return replace(field, tree=tree)

    def _absent(self, kind: Kind, clause: Clause) -> None:
        wanted = [(field.name,) for field in kind.fields if field.required] + list(kind.one_of)
        for group in wanted:
            if not any(name in clause.fields or clause.parts(name) for name in group):
                names = " / ".join(f"`{name}`" for name in group)
                field = next((field for field in kind.fields if field.name == group[0]), None)
                help_ = field.help if field else say("add it")
                sentence = say("this {kind} lacks {fields}", kind=kind.name, fields=names)
                self.report(field.absent if field else "E104", sentence, clause.span, help_)


def _accepted(fields: dict[str, FieldText]) -> dict[str, str]:
    tree = fields["accepted"].tree if "accepted" in fields else None
    if tree is None:
        return {}
    words = [str(child) for child in tree.children if isinstance(child, Token)]
    return {code: reason.strip('"') for code, reason in zip(words[::2], words[1::2], strict=False)}


def _was(fields: dict[str, FieldText]) -> str:
    tree = fields["was"].tree if "was" in fields else None
    return str(tree.children[0]) if tree is not None else ""


def _nearest_field(kind: Kind, name: str) -> Sentence | None:
    if bare := next((f for f in kind.fields if f.name_required and f.name == name), None):
        return say("it carries a name: `{field}: …`", field=bare.shown)
    near = difflib.get_close_matches(name, [f.name for f in kind.fields], n=1, cutoff=0.6)
    return say("did you mean `{near}`?", near=near[0]) if near else None


def _near(word: str, known: Iterable[str], otherwise: Sentence) -> Sentence:
    near = difflib.get_close_matches(word, list(known), n=1, cutoff=0.6)
    return say("did you mean `{near}`?", near=near[0]) if near else otherwise


def _field_names(kind: Kind) -> str:
    return ", ".join(f"`{field.shown}`" for field in kind.fields)
