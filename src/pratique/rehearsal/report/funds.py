# SPDX-License-Identifier: Apache-2.0
"""Money and goods: contributions, payments, and how each pool stood over time."""

from __future__ import annotations

from pratique.base.moment import NEVER
from pratique.base.text import Sentence, say
from pratique.markup.table import Table
from pratique.markup.values import Amount, Instant
from pratique.rehearsal.accounts import Book, Booking, Debt, books_of, transfers_of
from pratique.rehearsal.report.duties import due_words
from pratique.rehearsal.report.subject import Subject, shape_of


def funds(subject: Subject) -> str:
    """Return each pool's book."""
    books = books_of(subject.replay)
    between = _between(subject)
    if not books:
        none = subject.writer.paragraph(say("The accord holds no money or goods jointly."))
        return none + between
    return "".join(_book(subject, book) for book in books) + between


def _between(subject: Subject) -> str:
    """Return the payments between parties and bodies; nothing where no clause asks for any."""
    if not subject.replay.program.paying():
        return ""
    title, debts = say("Payments between Parties and bodies"), transfers_of(subject.replay)
    heading = subject.writer.heading(3, title)
    if not debts:
        return heading + subject.writer.paragraph(say("Nobody owed another anything."))
    heads = (
        say("by clause"),
        say("owed by"),
        say("owed to"),
        say("amount"),
        say("due"),
        say("how it ended"),
        say("paid"),
    )
    rows = tuple(_transfer(subject, debt) for debt in debts)
    return heading + subject.writer.table("transfers", Table(title, heads, rows))


def _transfer(subject: Subject, debt: Debt) -> tuple[object, ...]:
    return (
        subject.cited(debt.clause),
        subject.office(debt.by) if debt.by else subject.party(debt.row),
        subject.office(debt.to) if debt.to else say("nobody named"),
        Amount(debt.amount, debt.unit),
        due_words(debt),
        shape_of(debt),
        _paid(debt),
    )


def _book(subject: Subject, book: Book) -> str:
    writer = subject.writer
    text = writer.heading(3, subject.cited(book.pool)) + writer.paragraph(*_summary(subject, book))
    if book.commitments:
        paid = tuple(_commitment(subject, debt) for debt in book.commitments)
        columns = (
            say("by clause"),
            say("paid to"),
            say("amount"),
            say("promised"),
            say("due"),
            say("how it ended"),
            say("paid"),
        )
        text += writer.table(f"{book.pool}-payments", Table(say("Payments owed"), columns, paid))
    if book.claims:
        rows = tuple(_claim(subject, debt) for debt in book.claims)
        heads = (
            say("owed by"),
            say("amount"),
            say("asked for"),
            say("due"),
            say("how it ended"),
            say("received"),
        )
        text += writer.table(
            f"{book.pool}-contributions", Table(say("Contributions owed"), heads, rows)
        )
    return text + _over_time(subject, book)


def _summary(subject: Subject, book: Book) -> list[Sentence]:
    received = sum(one.amount for one in book.bookings if one.amount > 0)
    paid = -sum(one.amount for one in book.bookings if one.amount < 0)
    sentences = [
        say(
            "Received {received}, paid {paid}; {left} was left on {day}.",
            received=subject.amount(book.pool, received),
            paid=subject.amount(book.pool, paid),
            left=subject.amount(book.pool, received - paid),
            day=Instant(subject.replay.until),
        )
    ]
    if book.short:
        amount = subject.amount(book.pool, sum(one.amount for one in book.short))
        sentences.append(say("{amount} was owed and could not be met.", amount=amount))
    return sentences


def _commitment(subject: Subject, debt: Debt) -> tuple[object, ...]:
    whom: object = subject.party(debt.row) if debt.row >= 0 else say("others")
    return (
        subject.cited(debt.clause),
        whom,
        subject.amount(debt.pool, debt.amount),
        Instant(debt.raised),
        due_words(debt),
        shape_of(debt),
        _paid(debt),
    )


def _claim(subject: Subject, debt: Debt) -> tuple[object, ...]:
    return (
        subject.office(debt.by) if debt.by else subject.party(debt.row),
        subject.amount(debt.pool, debt.amount),
        Instant(debt.raised),
        due_words(debt),
        shape_of(debt),
        _paid(debt),
    )


def _paid(debt: Debt) -> object:
    return Instant(debt.done) if debt.done != NEVER else say("not by the end")


def _over_time(subject: Subject, book: Book) -> str:
    if not book.bookings:
        return ""
    heads = (
        say("when"),
        say("movement"),
        say("amount"),
        say("then held"),
        say("of it promised"),
        say("still free"),
    )
    rows = tuple(_booking(subject, book.pool, one) for one in book.bookings)
    table = Table(say("What was held, after each movement"), heads, rows)
    return subject.writer.details(
        say("What was held over time, as a table"), subject.writer.table(f"{book.pool}-held", table)
    )


def _booking(subject: Subject, pool: str, one: Booking) -> tuple[object, ...]:
    whom = subject.office(one.party)
    what = say("from {party}", party=whom) if one.amount > 0 else say("to {party}", party=whom)
    promised = one.committed + one.held
    units: list[Amount] = [
        subject.amount(pool, amount)
        for amount in (one.amount, one.balance, promised, one.balance - promised)
    ]
    return (Instant(one.moment), what, *units)
