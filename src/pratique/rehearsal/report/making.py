# SPDX-License-Identifier: Apache-2.0
"""How a report was made: the conduct, the history, the texts' digest, and how to verify it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from pratique.base.moment import Moment
from pratique.base.text import Sentence, say, say_count
from pratique.markup.values import Mono, Named, OnDay, Quoted
from pratique.register.acts import Adopt
from pratique.rehearsal.chronicle import part_label
from pratique.rehearsal.conduct import Conduct, Timing
from pratique.rehearsal.report.subject import Subject


def making(subject: Subject) -> str:
    """Return how the report was made."""
    writer, replay = subject.writer, subject.replay
    blocks = [
        (say("What offices do"), list(_conduct(replay.conduct, subject))),
        (say("What was published"), list(_history(subject))),
        (say("The text"), [_text(subject)]),
        (say("The journal"), list(_journal(subject))),
    ]
    return "".join(writer.heading(3, title) + writer.items(items) for title, items in blocks)


def _conduct(conduct: Conduct, subject: Subject) -> Iterator[Sentence]:
    yield say(
        "History does not tell what offices would have done. This replay supposes the conduct"
        " {name}:",
        name=Mono(conduct.name),
    )
    yield from conduct_words(conduct)
    if subject.replay.program.procedures:
        yield from _cases(conduct, subject)
    for name, part in (*conduct.offices.items(), *conduct.clauses.items()):
        usual = set(map(repr, conduct_words(conduct)))
        for sentence in conduct_words(part):
            if repr(sentence) not in usual:
                yield say(
                    "Otherwise for {name}: {conduct}", name=subject.office(name), conduct=sentence
                )


def _cases(conduct: Conduct, subject: Subject) -> Iterator[Sentence]:
    yield _stepped(conduct.step)
    if conduct.step.never:
        return
    yield say(
        "What is written into cases is not known. Where the conduct says nothing, a choice is the"
        " first, an amount what an earlier field of like name says or else 0, a share 100 %, a day"
        " the day of the act; words say that it is a replay."
    )
    for key, values in conduct.answers.items():
        name, _, step = key.partition(".")
        steps = subject.replay.program.procedures[name]
        for field, value in values.items():
            yield say(
                "In {procedure}, {step}: {field} is {value}.",
                procedure=subject.cited(name),
                step=Named(part_label(steps, step)) if step else say("at the opening"),
                field=Mono(field),
                value=Quoted(str(value)),
            )
    for one in conduct.opened:
        procedure, day = subject.cited(one.procedure), date.fromisoformat(one.on)
        if one.party:
            party = subject.office(one.party)
            yield say(
                "A case of {procedure} is opened for {party} on {day}.",
                procedure=procedure,
                party=party,
                day=day,
            )
        else:
            yield say("A case of {procedure} is opened on {day}.", procedure=procedure, day=day)
    if not conduct.opened:
        yield say("Nobody opens a case; those that clauses open go by themselves.")


def _stepped(timing: Timing) -> Sentence:
    if timing.never:
        return say("No step of a case is done.")
    if timing.after is None:
        return say(
            "Every step of a case is done at the last permitted moment; what has no deadline is"
            " not done."
        )
    return say("Every step of a case is done {time} after it is reached.", time=timing.after)


def conduct_words(conduct: Conduct) -> list[Sentence]:
    """Return a conduct in plain words: one sentence for each thing that offices do."""
    return [
        _performed(conduct.perform),
        _contributed(conduct.contribute),
        _paid(conduct.pay),
        _proposed(conduct.propose),
        _voted(conduct),
    ]


def _performed(timing: Timing) -> Sentence:
    if timing.never:
        return say("No duty is performed.")
    if timing.after is None:
        return say(
            "Every duty is performed at the last permitted moment; what has no deadline is not"
            " performed."
        )
    return say("Every duty is performed {time} after it is raised.", time=timing.after)


def _contributed(timing: Timing) -> Sentence:
    if timing.never:
        return say("No contribution is paid.")
    if timing.after is None:
        return say("Every contribution is paid at the last permitted moment.")
    return say("Every contribution is paid {time} after it is asked for.", time=timing.after)


def _paid(timing: Timing) -> Sentence:
    if timing.never:
        return say("No promised payment is made.")
    if timing.after is None:
        return say("Every promised payment is made at the last permitted moment.")
    return say("Every promised payment is made {time} after it is promised.", time=timing.after)


def _proposed(timing: Timing) -> Sentence:
    if timing.never:
        return say("Nobody proposes anything; what the text itself calls up is put to the vote.")
    if timing.after is None:
        return say("Nobody proposes anything of their own accord.")
    return say("What may be decided is proposed {time} after it first may be.", time=timing.after)


def _voted(conduct: Conduct) -> Sentence:
    match conduct.ballot:
        case "silent":
            return say("Nobody answers in votes.")
        case "no":
            return say("All vote no.")
        case "abstain":
            return say("All abstain.")
    if conduct.vote.never:
        return say("Nobody answers in votes.")
    if conduct.vote.after is None:
        return say("All vote yes, at the last permitted moment.")
    return say("All vote yes, {time} after a vote opens.", time=conduct.vote.after)


def _history(subject: Subject) -> Iterator[Sentence]:
    replay, history = subject.replay, subject.replay.history
    read = sum(one.known <= replay.until for one in history.publications)
    yield say(
        "{title}. Source: {source}.", title=Quoted(history.title), source=Quoted(history.source)
    )
    yield say(
        "The register opens on {begins}: adoption, ratification by all Parties, entry into force"
        " as the text says.",
        begins=OnDay(replay.begins),
    )
    yield say_count("{n} published figure was read.", "{n} published figures were read.", n=read)
    hours = {_hour(subject, one.known) for one in history.publications}
    if len(hours) == 1:
        yield say(
            "Publications carry a day only; each is taken as known at {hour} ({zone}).",
            hour=hours.pop(),
            zone=Mono(replay.program.clock.zone),
        )
    if history.unused:
        yield say(
            "History has no figures for {measures}: what depends on them is judged as never"
            " reported.",
            measures=[subject.cited(name) for name in history.unused],
        )


def _hour(subject: Subject, moment: Moment) -> str:
    clock = subject.replay.program.clock
    seconds = moment - clock.start(clock.day(moment))
    return f"{seconds // 3600:02}:{seconds % 3600 // 60:02}"


def _text(subject: Subject) -> Sentence:
    replay = subject.replay
    digest = next((entry.act.text for entry in replay.entries if isinstance(entry.act, Adopt)), "")
    return say(
        "{accord}, draft {draft}. SHA-256 of the text: {digest}",
        accord=subject.office(replay.program.accord.title),
        draft=replay.program.accord.document.setting("draft", "-"),
        digest=Mono(digest),
    )


def _journal(subject: Subject) -> Iterator[Sentence]:
    replay = subject.replay
    yield say_count(
        "{n} entry: every act that was taken to be done, chained so that a change shows.",
        "{n} entries: every act that was taken to be done, chained so that a change shows.",
        n=len(replay.entries),
    )
    yield say("Seal: {seal}", seal=Mono(replay.seal))
    yield say("The same text, history and conduct give the same seal on every machine.")
    yield say("To verify: {command}", command=Mono("pratique verify journal.jsonl"))
