# SPDX-License-Identifier: Apache-2.0
"""The catalogue of findings: what each public code means, and a small accord with and without it.

It finds nothing itself. A code, once public, keeps its meaning.
"""

from __future__ import annotations

from dataclasses import dataclass

from pratique.accord.check.examples import EXAMPLES
from pratique.base.text import Sentence, say


@dataclass(frozen=True, slots=True)
class FindingCode:
    """A public code. `bad` is a whole small accord with this finding, `good` the same without."""

    code: str
    title: Sentence
    meaning: Sentence
    bad: str
    good: str


def code_named(code: str) -> FindingCode | None:
    """Return what is known of a code, in whatever case it is typed, or None."""
    return CODES.get(code.strip().upper())


def _code(code: str, title: Sentence, meaning: Sentence) -> FindingCode:
    example = EXAMPLES[code]
    return FindingCode(code, title, meaning, example.bad, example.good)


_FORM = (
    _code(
        "E100",
        say("the document cannot be read"),
        say(
            "The file is too large, has a line that is too long, or is not a text at all. Nothing"
            " in it was checked. Give the accord's own Markdown document; move long annexes into"
            " documents of their own."
        ),
    ),
    _code(
        "E101",
        say("unknown clause kind"),
        say(
            "A clause begins with a word that is not a kind of clause, so the whole clause was left"
            " out and binds nobody. Write one of the kinds that `pratique kinds` lists."
        ),
    ),
    _code(
        "E102",
        say("unknown field"),
        say(
            "A clause, or the document's first lines, has a field that its kind does not take. What"
            " the field says has no effect. Correct its name, or move it to the clause that it"
            " belongs to."
        ),
    ),
    _code(
        "E103",
        say("a value cannot be read"),
        say(
            "The words after the colon are not of the form that this field takes. The caret shows"
            " where reading stopped. Until it is mended, the clause is checked as if the field said"
            " nothing."
        ),
    ),
    _code(
        "E104",
        say("something required is absent"),
        say(
            "The clause leaves open something that it cannot do without, such as who owes a duty."
            " An agreement that leaves it open would be read differently by each Party. Add the"
            " field that is named."
        ),
    ),
    _code(
        "E105",
        say("no such paragraph"),
        say(
            "A block of clauses says that it states a paragraph which the text does not have."
            " Nobody can then compare the clause with its words. Correct the number, or write the"
            " paragraph."
        ),
    ),
)

_NAMES = (
    _code(
        "E201",
        say("defined twice"),
        say(
            "Two clauses have one name, or a clause gives one field twice. Only the first counts,"
            " so the second would be lost without anyone noticing. Rename one of them, or take one"
            " away."
        ),
    ),
    _code(
        "E202",
        say("undefined name"),
        say(
            "A clause uses a name that nothing in the accord defines. What depends on it can never"
            " happen. Correct its spelling, or define it with a clause of its own."
        ),
    ),
    _code(
        "E205",
        say("a worked case speaks of something that is not there"),
        say(
            "A worked case names a measure, duty or power that the accord does not define, perhaps"
            " because it has been renamed since. The case then tests nothing. Give it the name that"
            " the accord has now."
        ),
    ),
)

_TEXT = (
    _code(
        "E301",
        say("a figure of the clause is not in its paragraph"),
        say(
            "The clause holds a number, time, share or amount that the words of its paragraph do"
            " not say. The words are what is signed, so the clause would do what nobody agreed to."
            " Make the two say the same, or put the clause under the paragraph that says it."
        ),
    ),
    _code(
        "W303",
        say("a figure of the paragraph is in no clause"),
        say(
            "The words say a number, time, share or amount that no clause of that paragraph uses."
            " Something that was agreed may have been left out of the clauses. Add it to a clause,"
            " or accept the finding with a reason."
        ),
    ),
)

_TYPES = (
    _code(
        "E400",
        say("two things of different kinds are put together"),
        say(
            "A clause compares or adds what cannot be compared or added, such as money with days,"
            " or stands a figure where yes or no is wanted. It has no meaning that a court or a"
            " machine could follow. Give both sides the same unit, or compare the figure with"
            " something."
        ),
    ),
    _code(
        "E401",
        say("one value is wanted, and each Party has its own"),
        say(
            "What each Party has of its own stands where there can be only one answer for all of"
            " them, or the other way round. Say which Party is meant, or put `any party (…)`,"
            " `all parties (…)` or `sum over parties (…)` round it."
        ),
    ),
    _code(
        "E402",
        say("the shares do not add up to 100 %"),
        say(
            "The contributions do not make up the whole: part of it would be owed by nobody, or"
            " owed twice. Change a share, or add the Party that was left out."
        ),
    ),
    _code(
        "E403",
        say("a figure outside its range"),
        say(
            "A measure is compared with a figure that it can never reach, or more than a whole is"
            " given out. The clause would apply always or never. Correct the figure, or the range"
            " of the measure."
        ),
    ),
    _code(
        "E404",
        say("a decision that can never be taken"),
        say(
            "A vote asks for more than all who may vote, or a quorum is above the number of seats."
            " The body could never decide. Lower the number that is wanted."
        ),
    ),
    _code(
        "E406",
        say("`that party` is no Party in particular"),
        say(
            "A clause speaks of `that party`, but nothing in it is about one Party. Nobody could"
            " tell who owes, or who is paid. Name the Parties, write `each party`, or let the"
            " clause wait for something that each Party has of its own."
        ),
    ),
    _code(
        "E407",
        say("unclear what a time belongs to"),
        say(
            "One side of an `and` or `or` must hold for some time, the other need not, and there"
            " are no brackets. Two readers could take the time to belong to one side or to both."
            " Put brackets round what it belongs to."
        ),
    ),
    _code(
        "E408",
        say("a change stands where something lasting is wanted"),
        say(
            "A change, such as an emergency that starts, takes no time; a condition in `when` must"
            " be able to last. Wait for the change with `on`, or ask whether it came about lately"
            " with `in last`."
        ),
    ),
)

_LOGIC = (
    _code(
        "E605",
        say("clauses wait for one another within one moment"),
        say(
            "Each of several clauses needs the outcome of the others before it can be decided, with"
            " neither a vote nor any time between them. Nobody could say which comes first. Let one"
            " of them depend on a measure, on a vote, or on something that has lasted."
        ),
    ),
    _code(
        "E904",
        say("a worked case fails"),
        say(
            "The clauses, followed day by day, do not lead to what the worked case expects. Either"
            " the clauses do not say what was meant, or the case is wrong. Compare the day that is"
            " shown with the paragraph."
        ),
    ),
)

CODES: dict[str, FindingCode] = {
    one.code: one for one in (*_FORM, *_NAMES, *_TEXT, *_TYPES, *_LOGIC)
}
"""Every code that `check` can give, in order of their numbers."""
