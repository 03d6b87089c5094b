# SPDX-License-Identifier: Apache-2.0
"""French words for quantities, as treaties use them."""

from __future__ import annotations

from fractions import Fraction

from pratique.accord.quantities.wording import Wording, measures, month_names, table, words

_HALF = Fraction(1, 2)

FRENCH = Wording(
    name="fr",
    comma_is_decimal=True,
    units=measures("""
        1 minutes = minute, minutes, min, mn
        1 hours = heure, heures, h
        1/2 hours = demi - heure, demi - heures
        1 days = jour, jours, j, journée, journées
        1/2 days = demi - journée, demi - journées
        1 weeks = semaine, semaines
        1 months = mois
        3 months = trimestre, trimestres
        6 months = semestre, semestres
        1 years = an, ans, année, années
        10 years = décennie, décennies
    """),
    periods=measures("""
        8 days = huitaine
        15 days = quinzaine
        1 days = quotidien, quotidienne, quotidiens, quotidiennes, quotidiennement
        1 days = journalier, journalière, journaliers, journalières
        1 weeks = hebdomadaire, hebdomadaires, hebdomadairement
        1 months = mensuel, mensuelle, mensuels, mensuelles, mensuellement
        3 months = trimestriel, trimestrielle, trimestriels, trimestrielles, trimestriellement
        6 months = semestriel, semestrielle, semestriels, semestrielles, semestriellement
        1 years = annuel, annuelle, annuels, annuelles, annuellement, l ' an
        2 years = biennal, biennale, biennaux, biennales
        3 years = triennal, triennale, triennaux, triennales
        5 years = quinquennal, quinquennale, quinquennaux, quinquennales
        10 years = décennal, décennale, décennaux, décennales
        1/2 hours = demi - heure
        1/2 days = demi - journée
    """),
    each=table(
        {
            "par": Fraction(1),
            "chaque": Fraction(1),
            "tous les": Fraction(1),
            "toutes les": Fraction(1),
        }
    ),
    modifiers=words("""premiers premières derniers dernières prochains prochaines autres
        pleins pleines bons nouveaux nouvelles mêmes longs longues ou plus moins année"""),
    percents=table(
        {
            "%": Fraction(1, 100),
            "pour cent": Fraction(1, 100),
            "pourcent": Fraction(1, 100),
            "p . 100": Fraction(1, 100),
            "p . cent": Fraction(1, 100),
            "point de pourcentage": Fraction(1, 100),
            "points de pourcentage": Fraction(1, 100),
            "‰": Fraction(1, 1000),
        }
    ),
    scales={
        "huitaine": 8,
        "dizaine": 10,
        "douzaine": 12,
        "quinzaine": 15,
        "vingtaine": 20,
        "trentaine": 30,
        "cinquantaine": 50,
        "soixantaine": 60,
        "centaine": 100,
        "mille": 10**3,
        "millier": 10**3,
        "million": 10**6,
        "millions": 10**6,
        "milliard": 10**9,
        "milliards": 10**9,
        "billion": 10**12,
        "billions": 10**12,
    },
    crowds=words("neufs cents millions milliards"),
    tails=table({"et demi": _HALF, "et demie": _HALF}),
    fixed=table({"un demi - million": Fraction(500_000)}),
    parts={"demi": 2, "demie": 2, "demis": 2, "tiers": 3, "quart": 4, "quarts": 4},
    shy_parts=words("tiers demi demie"),
    bare_parts=table(
        {
            "moitié": _HALF,
            "le tiers de": Fraction(1, 3),
            "le tiers des": Fraction(1, 3),
            "le tiers du": Fraction(1, 3),
            "du tiers de": Fraction(1, 3),
            "du tiers des": Fraction(1, 3),
            "du tiers du": Fraction(1, 3),
            "au tiers de": Fraction(1, 3),
            "au tiers des": Fraction(1, 3),
            "le quart": Fraction(1, 4),
            "du quart": Fraction(1, 4),
            "au quart": Fraction(1, 4),
        }
    ),
    times=table({}),
    money=table(
        {
            "euro": "EUR",
            "euros": "EUR",
            "dollar": "",
            "dollars": "",
            "dollars des états - unis": "USD",
            "dollars des etats - unis": "USD",
            "dollars américains": "USD",
            "dollars us": "USD",
            "dollars eu": "USD",
            "dollars canadiens": "CAD",
            "livres sterling": "GBP",
            "francs suisses": "CHF",
            "francs cfa": "",
            "fcfa": "",
            "f cfa": "",
            "francs": "",
            "yens": "JPY",
            "nairas": "NGN",
            "cedis": "GHS",
            "droits de tirage spéciaux": "XDR",
        }
    ),
    months=month_names("""
        janvier/janv février/fevrier/févr mars avril/avr mai juin juillet/juil août/aout
        septembre octobre/oct novembre/nov décembre/decembre/déc
    """),
    month_joins=table({"jour de": True, "jour du mois de": True}),
    suffixes=words("er ère re e è ème ième nd nde ers èmes es"),
    seconds=words("second seconde"),
    second_after=words("le la un une du au son sa ce cette leur chaque"),
    new_or_nine=words("neuf"),
    number_before=words("moins plus à de que est les des ces leurs dans sous par pendant avant"),
    articles=frozenset(),
    of=words("de des du d"),
    per=words("pour par"),
    ands=words("et ou &"),
    tos=words("à ou - – — au"),
    between=words("entre de"),
    year_after=words("""en depuis année années avant après fin de entre dès courant pour début"""),
    glue="et",
    glue_after=words("vingt trente quarante cinquante soixante septante huitante octante nonante"),
    glue_before=words("un une onze unième onzième"),
    glue_stops=frozenset(),
    references=words("""article art paragraphe alinéa annexe section chapitre appendice considérant
        phrase"""),
    many_references=words("""articles arts paragraphes alinéas annexes sections chapitres appendices
        considérants phrases règles tableaux figures résolutions décisions règlements parties points
        étapes"""),
    labels=words("""règle tableau figure résolution décision règlement directive recommandation
        partie titre point étape protocole niveau palier phase stade catégorie classe type option
        groupe lot version édition formulaire note guichet iso cei icd cim bsl rfc wha sars cov loi
        acte § no n nº n° numéro nos"""),
    names=table(
        dict.fromkeys(
            [
                "24 heures sur 24",
                "vingt - quatre heures sur vingt - quatre",
                "7 jours sur 7",
                "sept jours sur sept",
                "24 h sur 24",
                "pays tiers",
                "état tiers",
                "états tiers",
                "deuxième semestre",
                "second semestre",
                "deuxième trimestre",
                "troisième trimestre",
                "quatrième trimestre",
            ],
            True,
        )
    ),
    plain=words("""un une le la les l de des du d à au aux et ou en dans par pour sur sous avec sans
        si quand lorsque où que qu qui quoi dont ce cet cette ces cela ceci se s est sont a ont sera
        seront était étaient être été avoir doit doivent peut peuvent ne n pas ni mais car donc
        comme plus moins que il elle ils elles leur leurs son sa ses lui y après avant depuis jusqu
        pendant durant entre parmi contre vers chez chaque tout toute tous toutes aussi afin selon
        respectivement dès lors puis soit"""),
)
