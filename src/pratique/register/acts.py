# SPDX-License-Identifier: Apache-2.0
"""Acts: the closed list of what people and offices can do under an agreement, and nothing else.

An act says what was decided or observed. What follows from it (a payment owed, a status begun) is
derived by the engine and never stored. No act holds personal data: a reference and a salted digest.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, Literal, Self, get_args

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, ValidationError, model_validator

from pratique.base.text import Sentence
from pratique.register.fields import (
    Amount,
    Answers,
    Count,
    Digest,
    Elector,
    IsoDay,
    IsoMoment,
    Name,
    Ordinal,
    Reading,
    Reference,
    Replacement,
    Step,
    Text,
    Words,
)
from pratique.register.wording import act_sentence


class NotAnAct(ValueError):
    """What was given is no act; `sentence` says why in words for whoever wrote it."""

    def __init__(self, sentence: Sentence) -> None:
        self.sentence = sentence
        super().__init__(str(sentence))


# INVARIANT: the fields of an act are declared in alphabetical order, so that its JSON is canonical
# (RFC 8785 sorts them) without sorting. The contract test holds every act to it.
class ActBody(BaseModel):
    """What all acts share: exact types, no field unknown, nothing changed afterwards."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True, hide_input_in_errors=True)


def _example(**fields: Any) -> ConfigDict:
    return ConfigDict(json_schema_extra={"examples": [fields]})


_DIGEST = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"


class Adopt(ActBody):
    """Make a text the one that is offered for consent: its digest, its title, the draft it was."""

    model_config = _example(act="adopt", draft="4", text=_DIGEST, title="Mano River Accord")

    act: Literal["adopt"] = Field(default="adopt", exclude=True)
    draft: Words | None = None
    text: Digest
    title: Words


class Consent(ActBody):
    """Be bound, or cease to be: sign, ratify, reserve (clauses the text names), withdraw.

    Vienna Convention on the Law of Treaties (1969), articles 11 to 14, 19 and 54.
    """

    model_config = _example(act="consent", how="ratify", party="guinea")

    act: Literal["consent"] = Field(default="consent", exclude=True)
    how: Literal["sign", "ratify", "reserve", "withdraw"]
    party: Name


class Report(ActBody):
    """State a figure for the day it speaks of, `unknown` if it is; or that an event happened.

    A figure has day and value, an event neither. A later report for the same day replaces the
    earlier one from then on; what was decided meanwhile stands.
    """

    model_config = _example(
        act="report",
        day="2014-07-14",
        measure="confirmed_deaths",
        party="guinea",
        source="WHO situation report",
        value="251",
    )

    act: Literal["report"] = Field(default="report", exclude=True)
    day: IsoDay | None = None
    measure: Name
    party: Name | None = None
    source: Words | None = None
    value: Reading | None = None

    @model_validator(mode="after")
    def _figure_or_event(self) -> Self:
        if (self.day is None) != (self.value is None):
            raise ValueError("half_a_figure")
        return self


class Submit(ActBody):
    """Hand in a batch of observations: the rows are kept elsewhere, their digest here."""

    model_config = _example(
        act="submit", digest=_DIGEST, known="2014-07-16", rows=311, series="confirmed_deaths"
    )

    act: Literal["submit"] = Field(default="submit", exclude=True)
    digest: Digest
    known: IsoDay
    rows: Count
    series: Name


class Propose(ActBody):
    """Put the use of a power to those who decide on it; their clock starts. An amount says how much
    of what it may give `up to`: money in minor units, goods counted.
    """

    model_config = _example(
        act="propose", amount=500_000_00, at="liberia", power="declare_emergency"
    )

    act: Literal["propose"] = Field(default="propose", exclude=True)
    amount: Amount | None = None
    at: Name | None = None
    power: Name


class Vote(ActBody):
    """Answer a proposal for a party, or for a seat that belongs to none (`BODY.2`): the one opened
    at a moment, or the oldest still open.
    """

    model_config = _example(
        act="vote",
        at="liberia",
        ballot="yes",
        opened="2014-08-06T09:00:00Z",
        party="sierra_leone",
        power="declare_emergency",
    )

    act: Literal["vote"] = Field(default="vote", exclude=True)
    at: Name | None = None
    ballot: Literal["yes", "no", "abstain"]
    opened: IsoMoment | None = None
    party: Elector
    power: Name


class Use(ActBody):
    """Use a power that needs no vote. An amount says how much of what it may give `up to`."""

    model_config = _example(act="use", amount=2, at="guinea", power="request_teams")

    act: Literal["use"] = Field(default="use", exclude=True)
    amount: Amount | None = None
    at: Name | None = None
    power: Name


class Perform(ActBody):
    """Do what a duty asks: the debt raised at a moment, or the oldest still open. Or perform a step
    of a procedure, `PROCEDURE.STEP`, with what it records: of a case, or of the oldest that stands
    there. `PROCEDURE.revoke` takes back what a case granted.
    """

    model_config = _example(
        act="perform",
        at="guinea",
        by="guinea",
        case=3,
        duty="stock_request.receive",
        fields={"received": 400},
        raised="2014-03-22T00:00:00Z",
        text="Received in good order at Conakry.",
    )

    act: Literal["perform"] = Field(default="perform", exclude=True)
    at: Name | None = None
    by: Name
    case: Ordinal | None = None
    duty: Step
    fields: Answers | None = None
    raised: IsoMoment | None = None
    text: Text = ""


class Open(ActBody):
    """Open a case under a procedure, with the answers it asks for."""

    model_config = _example(
        act="open", fields={"item": "kits", "quantity": 400}, party="liberia", procedure="request"
    )

    act: Literal["open"] = Field(default="open", exclude=True)
    fields: Answers = Field(default_factory=dict)
    party: Name | None = None
    procedure: Name


class Move(ActBody):
    """Attest that money or goods moved between a pool and a party: the only act that changes what
    a pool holds. Without a pool: that a party paid what a clause makes it owe to another. Money is
    in minor units, goods are counted.
    """

    model_config = _example(
        act="move",
        amount=1_000_000_00,
        clause="key",
        kind="contribution",
        party="guinea",
        pool="fund",
    )

    act: Literal["move"] = Field(default="move", exclude=True)
    amount: Amount
    clause: Name | None = None
    kind: Literal["contribution", "payment", "dispatch", "receipt", "loss", "return"]
    party: Name
    pool: Name | None = None

    @model_validator(mode="after")
    def _of_something(self) -> Self:
        if self.pool is None and self.clause is None:
            raise ValueError("moved_for_nothing")
        return self


class Disclose(ActBody):
    """Let someone read a data set for a purpose: a reference and a salted digest, no data."""

    model_config = _example(
        act="disclose",
        dataset="contacts",
        digest=_DIGEST,
        purpose="contact_tracing",
        reference="disclosure/2014/17",
        to="liberia",
    )

    act: Literal["disclose"] = Field(default="disclose", exclude=True)
    dataset: Name
    digest: Digest
    purpose: Name
    reference: Reference
    to: Name


class Correct(ActBody):
    """Replace the body of an earlier act, or withdraw it (no value). What followed from it is not
    undone (semantics 3); from now on the correction holds.
    """

    model_config = _example(
        act="correct",
        reason="Suspected deaths had been counted in.",
        seq=4,
        value={
            "day": "2014-07-14",
            "measure": "confirmed_deaths",
            "party": "guinea",
            "value": "247",
        },
    )

    act: Literal["correct"] = Field(default="correct", exclude=True)
    reason: Words
    seq: Count
    value: Replacement | None = None


class Note(ActBody):
    """Put words on record, as in *note verbale*: they bind nobody; may concern an earlier act."""

    model_config = _example(
        act="note", about=4, how="finding", text="The third tier rests on the known part alone."
    )

    about: Count | None = None
    act: Literal["note"] = Field(default="note", exclude=True)
    how: Literal["dissent", "reply", "story", "finding"]
    text: Words


Act = (
    Adopt
    | Consent
    | Report
    | Submit
    | Propose
    | Vote
    | Use
    | Perform
    | Open
    | Move
    | Disclose
    | Correct
    | Note
)

ACTS: Mapping[str, type[ActBody]] = {
    model.model_fields["act"].default: model for model in get_args(Act)
}
"""The acts by name, in the order in which an agreement meets them."""

_ANY: TypeAdapter[Act] = TypeAdapter(Annotated[Act, Field(discriminator="act")])


def act_from(body: Mapping[str, object]) -> Act:
    """Return the act that a body with its `act` spells out; NotAnAct says what is wrong with it."""
    try:
        return _ANY.validate_python(dict(body))
    except ValidationError as wrong:
        raise NotAnAct(act_sentence(wrong, ACTS)) from None


def body_of(act: Act) -> dict[str, Any]:
    """Return the act as JSON values with its `act`, fields that are empty left out."""
    return {"act": act.act, **act.model_dump(mode="json", exclude_none=True)}
