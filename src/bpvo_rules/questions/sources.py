"""The laws, rules and documents behind the questions, with the days on which they were in force."""

from datetime import date

from bpvo_rules.rules import Source

_WEB = "https://wetten.overheid.nl/BWBR0007625"

DECK = Source(title="Datakwaliteit BPVO, presentatie van SBB, 28 mei 2018")

WEB_ERKEND = Source(title="WEB art. 7.2.8-7.2.10: bpv alleen bij een erkend leerbedrijf", url=_WEB)
WEB_VERVANGENDE_PLAATS = Source(title="WEB art. 7.2.9 lid 2: vervangende plaats als de erkenning vervalt", url=_WEB)
WEB_JUIST_EN_VOLLEDIG = Source(
    title="WEB art. 2.5.5a lid 2 en 2.5.5b: juiste en volledige bpv-gegevens", url=_WEB, tot_en_met=date(2020, 6, 30)
)
ROD_GEGEVENS = Source(
    title="Besluit register onderwijsdeelnemers art. 8 lid 6 a: de bpv-gegevens",
    url="https://wetten.overheid.nl/BWBR0042639",
    van=date(2020, 7, 1),
)
KEUZEDEEL_ELKE_ERKENNING = Source(
    title="Programma Invoering herziene kwalificatiestructuur: keuzedelen bij alle erkende leerbedrijven",
    url="http://ihks.nl/faq/mag-een-school-keuzedelen-de-bpv-plaatsen-bij-een-niet-erkend-leerbedrijf-voor-dat-profiel",
)
BVE_TERMIJN = Source(
    title="Regeling gegevensverstrekking persoonsgebonden nummer BVE 2009 art. 4 lid 1",
    url="https://wetten.overheid.nl/BWBR0027035",
    tot_en_met=date(2020, 6, 30),
)
ROD_TERMIJN = Source(
    title="Regeling register onderwijsdeelnemers art. 9 lid 2",
    url="https://wetten.overheid.nl/BWBR0043632",
    van=date(2020, 7, 1),
)
BVE_TERUGKOPPELING = Source(
    title="Regeling gegevensverstrekking persoonsgebonden nummer BVE 2009 art. 5",
    url="https://wetten.overheid.nl/BWBR0027035",
    tot_en_met=date(2020, 6, 30),
)
ROD_TERUGKOPPELING = Source(
    title="Regeling register onderwijsdeelnemers art. 12",
    url="https://wetten.overheid.nl/BWBR0043632",
    van=date(2020, 7, 1),
)
SBB_MAANDELIJKS = Source(
    title="SBB, Stagefonds Zorg: elke maand een uittreksel uit BRON",
    url="https://www.s-bb.nl/subsidies/stagefonds-zorg",
)
REGLEMENT_2015_BESLUIT = Source(
    title="Reglement erkenning leerbedrijven SBB 2015 art. 6 lid 1",
    url="https://wetten.overheid.nl/BWBR0036743",
    van=date(2015, 8, 1),
    tot_en_met=date(2016, 7, 31),
)
REGLEMENT_2016_BESLUIT = Source(
    title="Reglement erkenning leerbedrijven SBB 2016 art. 6 lid 1",
    url="https://wetten.overheid.nl/BWBR0038327",
    van=date(2016, 8, 1),
)
REGLEMENT_2015_KENNISGEVING = Source(
    title="Reglement erkenning leerbedrijven SBB 2015 art. 6 lid 4",
    url="https://wetten.overheid.nl/BWBR0036743",
    van=date(2015, 8, 1),
    tot_en_met=date(2016, 7, 31),
)
REGLEMENT_2016_KENNISGEVING = Source(
    title="Reglement erkenning leerbedrijven SBB 2016 art. 6 lid 4",
    url="https://wetten.overheid.nl/BWBR0038327",
    van=date(2016, 8, 1),
)
STAGEFONDS_GEGEVENS = Source(
    title="Subsidieregeling stageplaatsen zorg II art. 2 lid 8", url="https://wetten.overheid.nl/BWBR0030326"
)
STAGEFONDS_BIJLAGEN = Source(
    title="Subsidieregeling stageplaatsen zorg II bijlage 1 en 2", url="https://wetten.overheid.nl/BWBR0030326"
)
STAGEFONDS_STAGEPLAATS = Source(
    title="Subsidieregeling stageplaatsen zorg II art. 1 sub d: bij een bevoegd leerbedrijf",
    url="https://wetten.overheid.nl/BWBR0030326",
)
WHITE_LABEL = Source(
    title="SBB, functies van White Label SBB",
    url="https://www.s-bb.nl/onderwijs/beroepspraktijkvorming/white-label-sbb/functies-white-label-sbb",
)
DUO_889 = Source(
    title="BRON-signaal 889: werkelijke einddatum bpv ligt in de toekomst (terugkoppelbestand 2009)",
    url="https://github.com/topicusonderwijs/tribe-krd-opensource",
)
