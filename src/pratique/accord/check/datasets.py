# SPDX-License-Identifier: Apache-2.0
"""Findings on data sets and the people served: E802 an unknown permit, W803 people about whom
nothing is counted, W807 reading without consent of which nobody is told.

Absent fields (E801) and readers that nothing defines are found when a data set is read.
"""

from __future__ import annotations

from collections.abc import Iterator

from pratique.accord.kinds.dataset import Dataset
from pratique.accord.kinds.duty import Duty
from pratique.accord.kinds.measure import Measure
from pratique.accord.kinds.people import People
from pratique.accord.kinds.pool import Pool
from pratique.accord.kinds.procedure import Procedure
from pratique.accord.model import Accord
from pratique.base.finding import Finding
from pratique.base.text import Code, say


def datasets(accord: Accord) -> list[Finding]:
    """Return the findings on data sets and the people served, of an accord that nothing stops."""
    if not accord.is_sound:
        return []
    return [*_permits(accord), *_people(accord), *_unconsented(accord)]


def _permits(accord: Accord) -> Iterator[Finding]:
    granted = {grant.name for one in accord.of_kind(Procedure) for grant in one.grants}
    for dataset in accord.of_kind(Dataset):
        for reader in dataset.read_by:
            if reader.permit and reader.permit not in granted:
                sentence = say("no procedure grants the permit `{name}`", name=reader.permit)
                known = ", ".join(sorted(granted))
                help_ = (
                    say("permits that are granted: {names}", names=known)
                    if known
                    else say("grant it in a procedure: `grants: {name} to …`", name=reader.permit)
                )
                yield Finding("E802", sentence, reader.who.span, help_)


def _people(accord: Accord) -> Iterator[Finding]:
    split = {people.name for people in accord.of_kind(People) if people.split_by}
    for measure in accord.of_kind(Measure):
        split |= set(measure.split_by)
    for pool in accord.of_kind(Pool):
        for floor in pool.floors:
            if floor.for_people and floor.to not in split:
                sentence = say("no figure about {people} is split", people=Code(floor.to))
                help_ = say("add `split by: geography, income, age` to `{name}`", name=floor.to)
                yield Finding("W803", sentence, floor.span, help_)


def _unconsented(accord: Accord) -> Iterator[Finding]:
    for dataset in accord.of_kind(Dataset):
        power = dataset.without_consent
        if not power:
            continue
        after = [duty for duty in accord.of_kind(Duty) if _follows(duty, power)]
        span = dataset.source.fields["without consent"].text.span
        if not any(who.form == "people" for duty in after for who in duty.to):
            sentence = say("nobody is told after `{power}` was used", power=power)
            help_ = say("add a duty `on: {power} used` towards the people concerned", power=power)
        elif not any(_is_by_body(duty, accord) for duty in after):
            sentence = say("no body reviews the use of `{power}`", power=power)
            help_ = say("add a duty of a body `on: {power} used`", power=power)
        else:
            continue
        yield Finding("W807", sentence, span, help_)


def _follows(duty: Duty, power: str) -> bool:
    return not duty.prohibits and any(edge.key == (power, "used") for edge in duty.trigger.on)


def _is_by_body(duty: Duty, accord: Accord) -> bool:
    return any(
        who.form in ("named", "chair") and not set(who.names) & set(accord.scope.parties)
        for who in duty.by
    )
