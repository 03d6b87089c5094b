# SPDX-License-Identifier: Apache-2.0
"""English words for quantities, as treaties use them."""

from __future__ import annotations

from fractions import Fraction

from pratique.accord.quantities.wording import Wording, measures, month_names, table, words

_HALF = Fraction(1, 2)
_SMALL = """one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen
    sixteen seventeen eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety"""
_SMALL_ORDINALS = """first second third fourth fifth sixth seventh eighth ninth tenth eleventh
    twelfth thirteenth fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth twentieth
    thirtieth fortieth fiftieth sixtieth seventieth eightieth ninetieth"""

ENGLISH = Wording(
    name="en",
    comma_is_decimal=False,
    units=measures("""
        1 minutes = minute, minutes, min, mins
        1 hours = hour, hours, h, hr, hrs
        1 days = day, days
        1 weeks = week, weeks
        2 weeks = fortnight, fortnights
        1 months = month, months
        3 months = quarter, quarters, trimester, trimesters
        6 months = semester, semesters, half - year, half - years, half year
        1 years = year, years, annum
        10 years = decade, decades
    """),
    periods=measures("""
        1 hours = hourly
        1 days = daily
        1 weeks = weekly
        2 weeks = fortnight, fortnightly
        1 months = monthly
        3 months = quarterly
        6 months = half - yearly, semi - annual, semi - annually, semiannual, semiannually
        1 years = yearly, annual, annually, per annum
        2 years = biennial, biennially
        3 years = triennial, triennially
        5 years = quinquennial, quinquennially
        10 years = decennial
    """),
    each=table(
        {
            "a": Fraction(1),
            "an": Fraction(1),
            "each": Fraction(1),
            "every": Fraction(1),
            "per": Fraction(1),
            "every other": Fraction(2),
            "half a": _HALF,
            "half an": _HALF,
            "half": _HALF,
        }
    ),
    modifiers=words("""calendar consecutive successive working business full whole clear natural
        complete entire additional further more fewer or less other last past preceding previous
        following next first final initial financial fiscal reporting epidemiological single"""),
    percents=table(
        {
            "%": Fraction(1, 100),
            "percent": Fraction(1, 100),
            "per cent": Fraction(1, 100),
            "per centum": Fraction(1, 100),
            "per - cent": Fraction(1, 100),
            "percentage point": Fraction(1, 100),
            "percentage points": Fraction(1, 100),
            "‰": Fraction(1, 1000),
        }
    ),
    scales={
        "dozen": 12,
        "hundred": 100,
        "thousand": 10**3,
        "million": 10**6,
        "millions": 10**6,
        "billion": 10**9,
        "billions": 10**9,
        "trillion": 10**12,
    },
    crowds=words("hundreds thousands millions billions"),
    tails=table({"and a half": _HALF, "and one half": _HALF, "and one - half": _HALF}),
    fixed=table(
        {
            "half a million": Fraction(500_000),
            "half a billion": Fraction(500_000_000),
            "half - million": Fraction(500_000),
            "a dozen": Fraction(12),
            "half a dozen": Fraction(6),
        }
    ),
    parts={"half": 2, "halves": 2, "quarter": 4, "quarters": 4},
    shy_parts=frozenset(),
    bare_parts=table({"half": _HALF, "a quarter": Fraction(1, 4)}),
    times=table({"twice": Fraction(2), "thrice": Fraction(3)}),
    money=table(
        {
            "euro": "EUR",
            "euros": "EUR",
            "dollar": "",
            "dollars": "",
            "us dollars": "USD",
            "u . s . dollars": "USD",
            "united states dollars": "USD",
            "american dollars": "USD",
            "canadian dollars": "CAD",
            "australian dollars": "AUD",
            "pounds sterling": "GBP",
            "british pounds": "GBP",
            "swiss francs": "CHF",
            "cfa francs": "",
            "francs cfa": "",
            "francs": "",
            "yen": "JPY",
            "naira": "NGN",
            "cedi": "GHS",
            "cedis": "GHS",
            "leones": "",
            "kenya shillings": "KES",
            "kenyan shillings": "KES",
            "special drawing rights": "XDR",
        }
    ),
    months=month_names("""
        january/jan february/feb march/mar april/apr may june/jun july/jul august/aug
        september/sep/sept october/oct november/nov december/dec
    """),
    month_joins=table({"of": True, "day of": True}),
    suffixes=words("st nd rd th"),
    seconds=words("second"),
    second_after=frozenset(),
    new_or_nine=frozenset(),
    number_before=frozenset(),
    articles=words("a an"),
    of=words("of"),
    per=words("per"),
    ands=words("and or &"),
    tos=words("to or - – — through"),
    between=words("between from"),
    year_after=words("""in since during year years until by before after of from the for early
        mid late end"""),
    glue="and",
    glue_after=words("hundred thousand million billion"),
    glue_before=words(_SMALL + " " + _SMALL_ORDINALS),
    glue_stops=words("hundred"),
    references=words("""article art paragraph para subparagraph annex section sec chapter ch
        schedule clause appendix recital sentence"""),
    many_references=words("""articles arts paragraphs paras subparagraphs annexes sections chapters
        schedules clauses appendices recitals sentences rules tables figures resolutions decisions
        regulations parts points steps items protocols"""),
    labels=words("""rule table figure fig resolution decision regulation directive recommendation
        part title point item step protocol level tier phase stage grade category class type option
        group lot version edition form box note iso iec icd bsl rfc wha cap sars cov act law § no
        number nos n° nº window annexure"""),
    names=table(
        {"third party": False}
        | dict.fromkeys(
            [
                "third parties",
                "third - party",
                "third country",
                "third countries",
                "third states",
                "third persons",
                "third person",
                "24 hours a day",
                "twenty - four hours a day",
                "7 days a week",
                "seven days a week",
                "first half",
                "second half",
                "second quarter",
                "third quarter",
                "fourth quarter",
                "second - hand",
                "half - life",
                "half - way",
            ],
            True,
        )
    ),
    plain=words("""a an the of or and to in on at by for from with without within per if when where
        which who whom whose that this these those is are was were be been being has have had shall
        may must should will would can could do does did not no nor but as than then so such it its
        they their them there he she his her we our you your after before until since during under
        over above below between among against about into out up down off through unless except
        each every any all both either neither respectively
        only also again upon whichever whether while are
        hence because"""),
)
