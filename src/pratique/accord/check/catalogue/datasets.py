# SPDX-License-Identifier: Apache-2.0
"""Findings on data sets, and on figures about the people whom pools serve."""

from __future__ import annotations

from pratique.accord.check.catalogue.entry import FindingCode
from pratique.accord.check.catalogue.examples import accord_with
from pratique.base.text import say

_SET = (
    "data case_records\n  for: early_warning\n  read by: {reader}\n"
    "  protect: encrypted in transit and at rest\n"
)
_KEEP = "  keep: 180 days\n"
_WORDS = "Case records serve early warning, are read by the Hub, and are encrypted."
_KEPT_WORDS = f"{_WORDS} They are erased after 180 days."
_RECORDS = _SET.format(reader="hub") + _KEEP
_SERVED = (
    "pool beds: count\n  from: 10 of aldova, 20 of brenia\n  floor: 25% to displaced\n"
    "rule lend\n  on: cluster\n  then: send 5 from beds to that party"
)
_SERVED_WORDS = (
    "Aldova gives 10 beds and Brenia 20. On a cluster 5 are sent to the Party; a quarter of them"
    " serves displaced persons{split}."
)
_EMERGENCY = f"{_RECORDS}  without consent: urgent_reading\n"
_READING = (
    "power urgent_reading\n  by: patients\n"
    "  may: read the record of a patient in that party who cannot consent\n"
)
_AFTER = """\
duty {name}
  on: urgent_reading used
  by: {who}
  to: patients
  must: {what}
  within: 72 hours
  if missed: call review"""
_READING_WORDS = (
    f"{_KEPT_WORDS} A record may be read without consent to save a life. Within 72 hours that"
    " Party tells the patient, and the Hub reviews it."
)
_TELL = _AFTER.format(name="tell_patient", who="that party", what="tell the patient")
_REVIEW = _AFTER.format(name="look_into", who="hub", what="review the reading")

E801 = FindingCode(
    "E801",
    say("a data set with something left open"),
    say(
        "A data set lacks its purpose, its readers, its protection or the time that it is kept."
        " Persons whose data it holds could not know what becomes of them. Add the field that is"
        " named."
    ),
    accord_with(_WORDS, _SET.format(reader="hub")),
    accord_with(_KEPT_WORDS, _RECORDS),
)
E802 = FindingCode(
    "E802",
    say("a reader that nobody knows"),
    say(
        "A data set may be read by someone whom the accord does not define, or with a permit that"
        " no procedure grants. Nobody could tell whether a reading was allowed. Name a Party, a"
        " body or a class of persons, or the permit that is meant."
    ),
    accord_with(_KEPT_WORDS, _SET.format(reader="agency") + _KEEP),
    accord_with(_KEPT_WORDS, _RECORDS),
)
W803 = FindingCode(
    "W803",
    say("people served, and no figure about them"),
    say(
        "A least share of a pool is promised to people about whom nothing is counted. Nobody could"
        " tell whether they received it. Add `split by` to the people, or to a measure of them."
    ),
    accord_with(_SERVED_WORDS.format(split=""), f"people displaced\n{_SERVED}"),
    accord_with(
        _SERVED_WORDS.format(split=", counted by age"),
        f"people displaced\n  split by: age\n{_SERVED}",
    ),
)
W807 = FindingCode(
    "W807",
    say("reading without consent, and nobody is told"),
    say(
        "Data may be read without consent, and no duty follows to tell somebody of it, or no body"
        " reviews it. Such a power is then used in the dark. Add duties that wait for its use."
    ),
    accord_with(_READING_WORDS, f"{_EMERGENCY}{_READING}{_TELL}"),
    accord_with(_READING_WORDS, f"{_EMERGENCY}{_READING}{_TELL}\n{_REVIEW}"),
)
