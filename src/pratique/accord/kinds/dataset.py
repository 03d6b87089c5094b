# SPDX-License-Identifier: Apache-2.0
"""`data`: a data set, what it is for, who may read it, how it is protected and how long it is kept.

Only what the accord says of it; the figures themselves are elsewhere.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import cast

from pratique.accord.clause import Clause, Field, Kind
from pratique.accord.fields.actors import who_of
from pratique.accord.terms.expression import Syntax, Text, place_of
from pratique.accord.terms.literals import duration_of
from pratique.accord.terms.scope import Scope, Symbol
from pratique.accord.terms.values import Who
from pratique.accord.words.reading import who_words
from pratique.base.duration import Duration
from pratique.base.finding import Span
from pratique.base.text import Bare, Code, Sentence, say

_READERS = ("body", "party", "people", "group")


@dataclass(frozen=True, slots=True)
class Reader:
    """Who may read; where `permit` is named, only such of them as hold that permit."""

    who: Who
    permit: str


@dataclass(frozen=True, slots=True)
class Dataset:
    """A data set. `keep` is None where it is kept `always`; `without_consent` names a power."""

    name: str
    label: str
    purposes: tuple[str, ...]
    read_by: tuple[Reader, ...]
    protect: str
    keep: Duration | None
    always: bool
    smallest_cell: int | None
    without_consent: str
    source: Clause


def _declare(clause: Clause, scope: Scope) -> None:
    scope.declare(Symbol(clause.name, "data", clause.names[0].span))


def _resolve(clause: Clause, scope: Scope) -> list[object]:
    keep = clause.tree("keep")
    kept_for = keep is not None and keep.data == "keep_for"
    return [
        Dataset(
            clause.name,
            clause.label_of(clause.name),
            clause.listed("for"),
            _readers(clause, scope),
            clause.words("protect"),
            duration_of(cast(Syntax, keep.children[0])) if keep is not None and kept_for else None,
            keep is not None and not kept_for,
            _smallest_cell(clause, scope),
            _without_consent(clause, scope),
            clause,
        )
    ]


def _readers(clause: Clause, scope: Scope) -> tuple[Reader, ...]:
    tree = clause.tree("read by")
    if tree is None:
        return ()
    text = clause.fields["read by"].text
    readers = (_reader(cast(Syntax, child), text, scope) for child in tree.children)
    return tuple(reader for reader in readers if reader is not None)


def _reader(tree: Syntax, text: Text, scope: Scope) -> Reader | None:
    opener, permit = tree.children
    actor = cast(Syntax, opener)
    if actor.data == "anyone":
        who: Who | None = Who("anyone", place_of(text, actor))
    elif actor.data == "actor_name" and str(actor.children[0]) not in scope.symbols:
        _unknown(str(actor.children[0]), place_of(text, actor), scope)
        who = None
    else:
        who = who_of(actor, text, scope)
    return Reader(who, str(permit or "")) if who is not None else None


def _unknown(name: str, span: Span, scope: Scope) -> None:
    sentence = say("`{name}` may read, and nothing says who that is", name=name)
    scope.report("E802", sentence, span, scope.suggestion(name, _READERS))


def _smallest_cell(clause: Clause, scope: Scope) -> int | None:
    tree = clause.tree("smallest cell")
    if tree is None:
        return None
    while tree.data in ("any_of", "all_of") and len(tree.children) == 1:
        tree = cast(Syntax, tree.children[0])
    number = Fraction(str(tree.children[0])) if tree.data == "number" else Fraction(0)
    if number.denominator == 1 and number >= 1:
        return int(number)
    sentence = say("the smallest cell is a whole number of persons")
    scope.report(
        "E103", sentence, clause.fields["smallest cell"].text.span, say("write it such as `5`")
    )
    return None


def _without_consent(clause: Clause, scope: Scope) -> str:
    tree = clause.tree("without consent")
    if tree is None:
        return ""
    symbol = scope.find(
        str(tree.children[0]), ("power",), clause.fields["without consent"].text.span
    )
    return symbol.name if symbol else ""


def _reading(typed: object) -> list[Sentence]:
    dataset = cast(Dataset, typed)
    name = Code(dataset.name)
    purposes = [Code(purpose) for purpose in dataset.purposes]
    reading = [say("{name} may be used only for {purposes}.", name=name, purposes=purposes)]
    if dataset.read_by:
        reading.append(
            say("It may be read by {readers}.", readers=[_reader_words(r) for r in dataset.read_by])
        )
    if dataset.protect:
        reading.append(say("It is protected so: {words}.", words=dataset.protect))
    if dataset.always:
        reading.append(say("It is kept for ever."))
    elif dataset.keep is not None:
        reading.append(say("It is kept for {time}.", time=dataset.keep))
    return reading + _limits(dataset)


def _limits(dataset: Dataset) -> list[Sentence]:
    reading = []
    if dataset.smallest_cell is not None:
        reading.append(
            say("No figure about fewer than {n} persons is shown.", n=dataset.smallest_cell)
        )
    if dataset.without_consent:
        power = Code(dataset.without_consent)
        reading.append(say("It may be read without consent only under {power}.", power=power))
    return reading


def _reader_words(reader: Reader) -> Sentence:
    who = who_words((reader.who,))
    if not reader.permit:
        return who
    return say("{who} with the permit {permit}", who=who, permit=Bare(Code(reader.permit)))


KIND = Kind(
    name="data",
    summary=say("a data set: what it is for, who reads it, how it is protected and kept"),
    fields=(
        Field(
            "for",
            "names",
            say("its purposes, such as `early_warning, response`"),
            required=True,
            absent="E801",
        ),
        Field(
            "read by",
            "readers",
            say("who may read it: parties, bodies, people `with PERMIT`, or `anyone`"),
            required=True,
            absent="E801",
        ),
        Field("protect", None, say("how it is protected, in words"), required=True, absent="E801"),
        Field(
            "keep",
            "keep",
            say("how long it is kept: `180 days`, or `always`"),
            required=True,
            absent="E801",
        ),
        Field("smallest cell", "expr", say("the least number of persons that a figure may show")),
        Field("without consent", "word", say("the power under which consent is not needed")),
    ),
    declare=_declare,
    resolve=_resolve,
    reading=_reading,
    example=(
        "data case_records\n  for: early_warning, response\n"
        "  read by: hub, clinician with licence\n"
        "  protect: encrypted in transit and at rest\n  keep: 180 days\n  smallest cell: 5"
    ),
)
