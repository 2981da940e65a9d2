"""Arguments: what every command takes, with its help, in two languages."""

import argparse
import re
from collections.abc import Callable, Iterable
from datetime import date
from pathlib import Path
from typing import Any, Final, Never, final

from bpvo_rules.cli.usage import UsageError
from bpvo_rules.keten import Perspectief
from bpvo_rules.report.wording import Say
from bpvo_rules.version import RULE_SET_VERSION, __version__

__all__ = ["KEY_VARIABLE", "make_parser"]

PROGRAM: Final = "bpvo-rules"
KEY_VARIABLE: Final = "BPVO_RULES_RO_KEY"
"""Environment variable that holds the key of pseudonyms, for who has no file for it."""

EERSTE_PEILDATUM: Final = date(1900, 1, 1)
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", re.ASCII)
_WHOLE = re.compile(r"[0-9]{1,9}", re.ASCII)
_OPTION = re.compile(r"--[a-z][a-z-]*", re.ASCII)


class _DutchFormatter(argparse.RawDescriptionHelpFormatter):
    def add_usage(self, usage: str | None, actions: Any, groups: Any, prefix: str | None = None) -> None:
        super().add_usage(usage, actions, groups, "gebruik: " if prefix is None else prefix)


@final
class Parser(argparse.ArgumentParser):
    """A parser that complains in one sentence of the language of its user, and repeats no value."""

    def __init__(self, *, say: Say, **settings: Any) -> None:
        formatter = _DutchFormatter if say.lang == "nl" else argparse.RawDescriptionHelpFormatter
        super().__init__(add_help=False, allow_abbrev=False, formatter_class=formatter, **settings)
        self.say = say

    def error(self, message: str) -> Never:
        """Turn a complaint of argparse into a UsageError."""
        say = self.say
        named, _, rest = message.removeprefix("argument ").partition(": ")
        if message.startswith("the following arguments are required"):
            sentence = say(f"{rest} ontbreekt", f"{rest} is missing")
        elif message.startswith("unrecognized arguments"):
            # Only what is surely the name of an option is repeated: the rest may be a key.
            options = [word for word in re.split("[ =]", rest) if _OPTION.fullmatch(word)]
            sentence = say("onbekend argument", "unknown argument") + (f" {options[0]}" if options else "")
        elif "invalid choice" in rest:
            sentence = f"{named.split('/')[-1]}: {say('kies uit', 'choose from')} {self._choices(named)}"
        elif rest.startswith("expected"):
            sentence = say(f"{named} vraagt een waarde", f"{named} needs a value")
        elif rest.startswith("ignored explicit"):
            sentence = say(f"{named} heeft geen waarde", f"{named} takes no value")
        else:
            sentence = f"{named}: {rest}" if rest else message
        raise UsageError(f"{sentence} ({say('zie', 'see')} {self.prog} --help).")

    def _choices(self, named: str) -> str:
        for action in self._actions:
            name = "/".join(action.option_strings) or str(action.metavar or action.dest)
            if action.choices is not None and name == named:
                return ", ".join(map(str, action.choices))
        return "--help"


# ---- values


def _whole(say: Say, least: int) -> Callable[[str], int]:
    def read(text: str) -> int:
        if _WHOLE.fullmatch(text) is None or int(text) < least:
            raise argparse.ArgumentTypeError(
                say(f"geef een geheel getal van ten minste {least}", f"give a whole number of at least {least}")
            )
        return int(text)

    return read


def _day(say: Say) -> Callable[[str], date]:
    def read(text: str) -> date:
        try:
            day = date.fromisoformat(text) if _DAY.fullmatch(text) else None
        except ValueError:
            day = None
        if day is None:
            raise argparse.ArgumentTypeError(
                say("geef een bestaande dag als JJJJ-MM-DD", "give an existing day as YYYY-MM-DD")
            )
        if day < EERSTE_PEILDATUM:
            raise argparse.ArgumentTypeError(
                say(f"geef een dag vanaf {EERSTE_PEILDATUM}", f"give a day from {EERSTE_PEILDATUM} on")
            )
        return day

    return read


def _pair(say: Say, form: str) -> Callable[[str], tuple[str, str]]:
    def read(text: str) -> tuple[str, str]:
        name, sign, value = text.partition("=")
        if not (sign and name.strip() and value.strip()):
            raise argparse.ArgumentTypeError(say(f"schrijf {form}", f"write {form}"))
        return name.strip(), value.strip()

    return read


def _rate(say: Say) -> Callable[[str], tuple[str, float]]:
    def read(text: str) -> tuple[str, float]:
        name, value = _pair(say, "KIND=RATE")(text)
        try:
            rate = float(value)
        except ValueError:
            rate = -1.0
        if not 0 <= rate <= 1:
            raise argparse.ArgumentTypeError(
                say("geef een aandeel van 0 tot en met 1", "give a share from 0 to 1, both inclusive")
            )
        return name, rate

    return read


# ---- groups of arguments that several commands share


def _source(parser: Parser, say: Say, *, optional: bool = False) -> Any:
    arguments = parser.add_argument_group(say("argumenten", "arguments"))
    arguments.add_argument(
        "source",
        metavar="SOURCE",
        type=Path,
        nargs="?" if optional else None,
        help=say("een map met Ketendata, of een RO-bestand van DUO", "a Ketendata folder, or an RO file of DUO"),
    )
    arguments.add_argument(
        "--max-invoerfouten",
        metavar="N",
        type=_whole(say, 0),
        help=say(
            "hoogstens zo veel rijen van de bron mogen niet te lezen zijn; bij meer wordt niets beoordeeld, met status"
            " 2 (standaard: geen grens, wat niet te lezen is wordt geteld)",
            "at most so many rows of the source may be unreadable; with more nothing is judged, with status 2 (default:"
            " no limit, what is unreadable is counted)",
        ),
    )
    return arguments


def _ro(parser: Parser, say: Say) -> None:
    group = parser.add_argument_group(say("bij een RO-bestand", "with an RO file"))
    group.add_argument(
        "--register",
        metavar="FOLDER",
        type=Path,
        help=say(
            "map met Ketendata die het register en de referentietabellen geeft",
            "Ketendata folder that gives the register and the reference tables",
        ),
    )
    group.add_argument(
        "--ro-key-file",
        metavar="FILE",
        type=Path,
        help=say(
            "bestand met de sleutel voor pseudoniemen, ten minste 16 bytes; mag ook in de omgevingsvariabele"
            f" {KEY_VARIABLE} staan, maar nooit op de opdrachtregel zelf: daar kan elke gebruiker van de machine hem"
            " lezen. Zonder sleutel krijgt elke keer andere pseudoniemen",
            "file with the key for pseudonyms, at least 16 bytes; the environment variable"
            f" {KEY_VARIABLE} will do too, but never the command line itself: any user of the machine can read it"
            " there. Without a key every run has other pseudonyms",
        ),
    )


def _dates(group: Any, say: Say, *, required: bool = True) -> None:
    group.add_argument(
        "--peildatum",
        metavar="D",
        type=_day(say),
        required=required,
        help=say("de dag waarover wordt geoordeeld (JJJJ-MM-DD)", "the day about which is judged (YYYY-MM-DD)"),
    )


def _judging(parser: Parser, say: Say, *, required: bool = True) -> Any:
    group = parser.add_argument_group(say("oordeel", "judgement"))
    _dates(group, say, required=required)
    group.add_argument(
        "--kennisdatum",
        metavar="D",
        type=_day(say),
        help=say("de dag waarvan de kennis telt (standaard de peildatum)", "whose knowledge counts (the peildatum)"),
    )
    group.add_argument(
        "--perspectief",
        choices=[str(p) for p in Perspectief],
        default=str(Perspectief.KETEN),
        help=say(
            "keten: wat DUO ontving en niet afkeurde (standaard); instelling: de eigen administratie van de school",
            "keten: what DUO received and did not reject (default); instelling: the school's own records",
        ),
    )
    _choosing(group, say)
    _norm_age(group, say)
    return group


def _rule_sets(group: Any, say: Say) -> None:
    group.add_argument(
        "--rule-set",
        metavar="NAME",
        action="append",
        default=[],
        help=say(
            "ook de regels van dit geïnstalleerde pakket, naast die van de bibliotheek; mag vaker. Een pakket wordt"
            " alleen geladen als het hier is genoemd",
            "also the rules of this installed package, beside those of the library; may be repeated. A package is"
            " loaded only when it is named here",
        ),
    )


def _choosing(group: Any, say: Say) -> None:
    _rule_sets(group, say)
    group.add_argument(
        "--question",
        metavar="CODE",
        action="append",
        help=say("alleen deze vraag; mag vaker", "only this question; may be repeated"),
    )
    group.add_argument(
        "--rule",
        metavar="CODE",
        action="append",
        help=say("alleen deze regel; mag vaker", "only this rule; may be repeated"),
    )
    group.add_argument(
        "--norm",
        metavar="ID=VALUE",
        type=_pair(say, "ID=VALUE"),
        action="append",
        default=[],
        help=say(
            "een andere waarde voor een norm, of een waarde voor een open norm; mag vaker",
            "another value for a norm, or a value for an open norm; may be repeated",
        ),
    )
    group.add_argument(
        "--profile",
        metavar="FILE",
        type=Path,
        help=say(
            "TOML-bestand met naam, datum en de delen [[norm]] (id, value), [[kind]] (rule, kind), [[off]] (rule) en"
            " [[toelichting]] (melding, tot_en_met), elk met een reason",
            "TOML file with naam, datum and the parts [[norm]] (id, value), [[kind]] (rule, kind), [[off]] (rule) and"
            " [[toelichting]] (melding, tot_en_met), each with a reason",
        ),
    )


def _engine(group: Any, say: Say) -> None:
    group.add_argument(
        "--engine",
        choices=["reference", "polars", "duckdb", "pandas", "pyspark"],
        default="reference",
        help=say(
            "waarmee wordt gerekend: reference (standaard), of dataframes van polars, duckdb, pandas of pyspark; de"
            " uitkomsten zijn dezelfde",
            "what does the judging: reference (default), or data frames of polars, duckdb, pandas or pyspark; the"
            " outcomes are the same",
        ),
    )


def _norm_age(group: Any, say: Say) -> None:
    group.add_argument(
        "--norm-age",
        metavar="DAYS",
        type=_whole(say, 0),
        help=say(
            "meld normen waarvan de bron op de peildatum langer dan zoveel dagen geleden is nagekeken (standaard 1096)",
            "report norms whose source was last checked more than so many days before the peildatum (default 1096)",
        ),
    )
    group.add_argument(
        "--strict",
        action="store_true",
        help=say("zo'n norm stopt de opdracht met status 2", "such a norm stops the command with status 2"),
    )


def _output(group: Any, say: Say) -> None:
    group.add_argument(
        "--output",
        metavar="FILE",
        type=Path,
        help=say(
            "schrijf het resultaat naar dit bestand, geheel of niet (standaard naar stdout)",
            "write the result to this file, whole or not at all (default to stdout)",
        ),
    )


def _general(parser: Parser, say: Say) -> None:
    group = parser.add_argument_group(say("algemeen", "general"))
    group.add_argument("-h", "--help", action="help", help=say("toon deze hulp", "show this help"))
    group.add_argument(
        "--lang",
        choices=["nl", "en"],
        default="nl",
        help=say("taal van alle teksten (standaard nl)", "language of all texts (default nl)"),
    )
    group.add_argument(
        "--quiet",
        action="store_true",
        help=say("geen voortgang en geen mededelingen op stderr", "no progress and no notes on stderr"),
    )


# ---- commands


def _demo(parser: Parser, say: Say) -> None:
    group = parser.add_argument_group(say("argumenten", "arguments"))
    group.add_argument(
        "folder",
        metavar="FOLDER",
        type=Path,
        nargs="?",
        default=Path("demo"),
        help=say("nieuwe of lege map, of een eerdere demo (standaard demo)", "new or empty, or an earlier demo (demo)"),
    )


def _check(parser: Parser, say: Say) -> None:
    _source(parser, say)
    _engine(_judging(parser, say), say)
    _ro(parser, say)
    group = parser.add_argument_group(say("uitvoer", "output"))
    group.add_argument(
        "--format",
        choices=["table", "csv", "json", "parquet", "sarif", "junit", "signaal"],
        default="table",
        help=say(
            "table: om te lezen (standaard); csv: een rij per melding, met ; gescheiden, voor een rekenblad: een '"
            " staat voor een cel die het voor een formule, getal of datum zou houden; json: alles bij elkaar; parquet:"
            " als csv, voor een dataplatform (vraagt --output); sarif en junit: voor programma's die bevindingen en"
            " testuitslagen tonen; signaal: in de vorm van een signaal van DUO, als json",
            "table: to read (default); csv: a row per melding, separated by ;, for a spreadsheet: a ' stands before a"
            " cell that it would take for a formula, number or date; json: all together; parquet: as csv, for a data"
            " platform (needs --output); sarif and junit: for programs that show findings and test results; signaal:"
            " in the shape of a signal of DUO, as json",
        ),
    )
    _output(group, say)
    group.add_argument(
        "--limit",
        metavar="N",
        type=_whole(say, 0),
        default=20,
        help=say(
            "hoogstens zoveel meldingen per regel in de tabel, 0 voor alle (standaard 20); totalen zijn altijd precies",
            "at most so many meldingen per rule in the table, 0 for all (default 20); totals are always exact",
        ),
    )
    group.add_argument(
        "--verdicts",
        metavar="FILE",
        type=Path,
        help=say(
            "schrijf alle uitkomsten naar dit bestand: als Parquet als de naam op .parquet eindigt, anders als csv",
            "write every outcome to this file: as Parquet when its name ends in .parquet, otherwise as csv",
        ),
    )
    group.add_argument(
        "--receipt",
        metavar="FILE",
        type=Path,
        help=say(
            "schrijf de verantwoording als json naar dit bestand: versies, datums, normen, aantallen",
            "write the receipt as json to this file: versions, dates, norms, counts",
        ),
    )


def _explain(parser: Parser, say: Say) -> None:
    group = _source(parser, say)
    group.add_argument(
        "subject",
        metavar="SUBJECT",
        help=say(
            "de sleutel, zoals in een melding: van een BPVO brin/student/inschrijvingvolgnummer/volgnummer, van een"
            " levering dezelfde met #volgorde, van een aanvraag het aanvraag_id, van een meting"
            " functie@tijdstip@brin",
            "the key, as in a melding: of a BPVO brin/student/inschrijvingvolgnummer/volgnummer, of a delivery the"
            " same with #volgorde, of a request its aanvraag_id, of a measurement functie@tijdstip@brin",
        ),
    )
    _judging(parser, say)
    _ro(parser, say)
    _output(parser.add_argument_group(say("uitvoer", "output")), say)


def _foto(parser: Parser, say: Say) -> None:
    _source(parser, say, optional=True)
    group = parser.add_argument_group("foto")
    _dates(group, say, required=False)
    _engine(group, say)
    group.add_argument(
        "--policy",
        choices=["midpunt6", "onderdruk", "niveau"],
        default="midpunt6",
        help=say(
            "midpunt6: afgerond op het midden van klassen van zes (standaard); onderdruk: kleine aantallen weggelaten;"
            " niveau: de ware aantallen, onbeschermd",
            "midpunt6: rounded to the middle of classes of six (default); onderdruk: small counts left out; niveau:"
            " the true counts, unprotected (onbeschermd)",
        ),
    )
    group.add_argument(
        "--drempel",
        metavar="N",
        type=_whole(say, 2),
        help=say(
            "minder dan zoveel personen is een klein aantal (standaard 5)",
            "fewer than so many persons is a small count (default 5)",
        ),
    )
    group.add_argument(
        "--drempel-beslist",
        metavar="N",
        type=_whole(say, 2),
        help=say(
            "hetzelfde voor beslist, het aantal waarvan een score een deel is (standaard 10, bij midpunt6 5)",
            "the same for beslist, the number that a score is a share of (default 10, with midpunt6 5)",
        ),
    )
    group.add_argument(
        "--gemaakt-op",
        metavar="D",
        type=_day(say),
        help=say(
            "de dag waarop de foto is gemaakt (standaard de peildatum, of de dag van de vorige foto als die later is)",
            "the day on which it is made (default the peildatum, or the day of the last foto when that is later)",
        ),
    )
    group.add_argument(
        "--archief",
        metavar="FOLDER",
        type=Path,
        help=say(
            "waar de maker elke foto met haar zegel bewaart, om de volgende eraan te toetsen; vertrouwelijk (standaard"
            " de map van --output met -archief erachter)",
            "where the maker keeps every foto with its zegel, to hold the next one against; confidential (default the"
            " folder of --output with -archief behind it)",
        ),
    )
    group.add_argument(
        "--vervangt",
        metavar="FOTO",
        help=say(
            "maak een correctie van deze foto, zoals foto-2018-10-01; vraagt --reden",
            "make a correction of this foto, such as foto-2018-10-01; needs --reden",
        ),
    )
    group.add_argument(
        "--reden",
        choices=["bron", "regels", "normen"],
        help=say("wat er verkeerd was aan die foto", "what was wrong with that foto"),
    )
    _ro(parser, say)
    group = parser.add_argument_group(say("uitvoer", "output"))
    group.add_argument(
        "--output",
        metavar="FOLDER",
        type=Path,
        help=say(
            "map waarin de map van de foto komt, geheel of niet; zonder deze gaat een foto onder niveau als json naar"
            " stdout",
            "folder in which the folder of the foto comes, whole or not at all; without it a foto under niveau goes to"
            " stdout as json",
        ),
    )
    group.add_argument(
        "--csv",
        action="store_true",
        help=say("naar stdout alleen de cellen, als csv", "to stdout only the cells, as csv"),
    )
    group = parser.add_argument_group(say("controle", "check"))
    group.add_argument(
        "--verify",
        metavar="FOLDER",
        type=Path,
        help=say(
            "neem geen foto, maar controleer de map van een foto, of een map met foto's en hun volgorde; status 1 als"
            " er iets niet klopt",
            "take no foto, but check the folder of a foto, or a folder of fotos and their order; status 1 when"
            " anything is wrong",
        ),
    )
    group.add_argument(
        "--vorige",
        metavar="FOLDER",
        type=Path,
        help=say("met --verify: de foto die ervoor is gemaakt", "with --verify: the foto that was made before it"),
    )


def _compare(parser: Parser, say: Say) -> None:
    group = parser.add_argument_group(say("argumenten", "arguments"))
    group.add_argument("old", metavar="OLD", type=Path, help=say("map van de oude foto", "folder of the old foto"))
    group.add_argument("new", metavar="NEW", type=Path, help=say("map van de nieuwe foto", "folder of the new foto"))
    group = parser.add_argument_group(say("uitvoer", "output"))
    group.add_argument(
        "--format",
        choices=["table", "csv", "json"],
        default="table",
        help=say(
            "table: om te lezen (standaard); csv: een rij per cel en telling, met ; gescheiden; json",
            "table: to read (default); csv: a row per cell and count, separated by ;; json",
        ),
    )
    _output(group, say)


def _report(parser: Parser, say: Say) -> None:
    _source(parser, say, optional=True)
    _judging(parser, say, required=False)
    _ro(parser, say)
    group = parser.add_argument_group(say("wie kijkt", "who looks"))
    group.add_argument(
        "--instelling",
        metavar="BRIN",
        help=say(
            "voor deze school: alleen haar eigen records, en in de foto's is zij gemerkt (standaard als de bron records"
            " van maar een school heeft)",
            "for this school: its own records only, and it is marked in the fotos (default when the source has records"
            " of one school only)",
        ),
    )
    group.add_argument(
        "--partij",
        choices=["sbb", "duo"],
        help=say(
            "voor SBB (anders de standaard) of DUO: records van alle scholen; inspectie en ministerie krijgen foto's",
            "for SBB (the default otherwise) or DUO: records of all schools; inspectie and ministry get fotos",
        ),
    )
    group = parser.add_argument_group("foto's")
    group.add_argument(
        "--foto",
        metavar="FOLDER",
        type=Path,
        action="append",
        default=[],
        help=say(
            "de map van een foto, of een map met foto's; mag vaker. Zonder SOURCE komen er alleen bladen over foto's;"
            " zonder --foto een onbeschermde foto van het oordeel zelf, behalve voor een school",
            "the folder of a foto, or one that holds fotos; may be repeated. Without SOURCE there are only pages about"
            " fotos; without --foto an unprotected foto of the judgement itself, except for a school",
        ),
    )
    group = parser.add_argument_group(say("uitvoer", "output"))
    group.add_argument(
        "--output",
        metavar="FOLDER",
        type=Path,
        required=True,
        help=say(
            "nieuwe of lege map, of een eerder verslag; open daarna index.html",
            "new or empty folder, or an earlier report; open index.html afterwards",
        ),
    )


def _rules(parser: Parser, say: Say) -> None:
    group = parser.add_argument_group(say("argumenten", "arguments"))
    group.add_argument(
        "code",
        metavar="CODE",
        nargs="?",
        help=say("een regel, voluit (standaard alle regels, kort)", "one rule, in full (default all rules, in short)"),
    )
    _rule_sets(group, say)
    group = parser.add_argument_group(say("uitvoer", "output"))
    group.add_argument(
        "--format",
        choices=["text", "json", "sql"],
        default="text",
        help=say(
            "text: om te lezen (standaard); json: de catalogus in een vorm die elke programmeertaal kan uitvoeren; sql:"
            " de uitkomst van een regel als een engine haar uitrekent, over een tabel met haar feiten",
            "text: to read (default); json: the catalogue in a form that any programming language can execute; sql:"
            " the outcome of a rule as an engine works it out, over a table with its facts",
        ),
    )
    group.add_argument(
        "--dialect",
        choices=["duckdb", "spark"],
        default="duckdb",
        help=say("van welke engine de sql is (standaard duckdb)", "which engine the sql is of (default duckdb)"),
    )
    _output(group, say)


def _verify(parser: Parser, say: Say) -> None:
    group = parser.add_argument_group(say("wat wordt gevraagd", "what is asked"))
    group.add_argument(
        "--command",
        metavar="PROGRAM",
        dest="program",
        help=say(
            "een programma met zijn argumenten, tussen aanhalingstekens: het leest vragen van stdin en schrijft"
            " antwoorden naar stdout, een JSON-object per regel",
            "a program with its arguments, in quotes: it reads requests from stdin and writes answers to stdout, one"
            " JSON object per line",
        ),
    )
    _engine(group, say)
    group.add_argument(
        "--patience",
        metavar="SECONDS",
        type=_whole(say, 1),
        default=60,
        help=say(
            "hoe lang op een volgend antwoord van het programma wordt gewacht (standaard 60)",
            "how long to wait for the next answer of the program (default 60)",
        ),
    )
    group = parser.add_argument_group(say("wiens antwoord verandert", "whose answer changes"))
    group.add_argument(
        "--before",
        metavar="FILE",
        type=Path,
        help=say(
            "vraag niets, maar vergelijk dit csv-bestand van check --verdicts met dat van --after: per regel en school"
            " de uitkomsten die anders zijn, als tabel voor een changelog",
            "ask nothing, but compare this csv file of check --verdicts with that of --after: per rule and school"
            " the outcomes that differ, as a table for a changelog",
        ),
    )
    group.add_argument(
        "--after",
        metavar="FILE",
        type=Path,
        help=say(
            "de uitkomsten van dezelfde keten met de andere versie of het andere profiel",
            "the outcomes of the same chain under the other version or profile",
        ),
    )
    group = parser.add_argument_group(say("welke gevallen", "which cases"))
    group.add_argument(
        "--level",
        choices=["vorm", "perioden", "kennis", "foto"],
        action="append",
        help=say("alleen dit niveau; mag vaker", "only this level; may be repeated"),
    )
    group.add_argument(
        "--rule",
        metavar="CODE",
        action="append",
        help=say(
            "alleen gevallen over deze regel, of bij niveau foto deze vraag; mag vaker",
            "only cases about this rule, or at level foto this question; may be repeated",
        ),
    )
    group.add_argument(
        "--generated",
        metavar="N",
        type=_whole(say, 0),
        default=0,
        help=say(
            "ook zoveel nagemaakte ketens, over alle regels of die van --rule, waarvan het antwoord gelijk moet zijn"
            " aan dat van de referentie (standaard 0)",
            "so many generated chains too, about all rules or those of --rule, of which the answer must be that of the"
            " reference (default 0)",
        ),
    )
    group.add_argument(
        "--seed",
        metavar="S",
        type=_whole(say, 0),
        default=1,
        help=say("waar het toeval bij begint (standaard 1)", "where chance starts (default 1)"),
    )
    group = parser.add_argument_group(say("uitvoer", "output"))
    group.add_argument(
        "--format",
        choices=["table", "json"],
        default="table",
        help=say("table: om te lezen (standaard); json: alles", "table: to read (default); json: all of it"),
    )
    _output(group, say)
    group.add_argument(
        "--show",
        metavar="ID",
        help=say(
            "vraag niets, maar toon een geval: wat er wordt gevraagd en wat wordt verwacht, en waarom",
            "ask nothing, but show a case: what is asked, what is expected, and why",
        ),
    )
    group.add_argument(
        "--export",
        metavar="FOLDER",
        type=Path,
        help=say(
            "vraag niets, maar schrijf de gevallen, de catalogus en hun JSON-schema's naar deze nieuwe of lege map",
            "ask nothing, but write the cases, the catalogue and their JSON Schemas into this new or empty folder",
        ),
    )


def _simulate(parser: Parser, say: Say) -> None:
    group = parser.add_argument_group(say("argumenten", "arguments"))
    group.add_argument(
        "folder",
        metavar="FOLDER",
        type=Path,
        help=say(
            "nieuwe of lege map, of een eerdere simulatie: die wordt overschreven",
            "new or empty folder, or an earlier simulation: that is overwritten",
        ),
    )
    group = parser.add_argument_group(say("simulatie", "simulation"))
    group.add_argument(
        "--instellingen",
        metavar="N",
        type=_whole(say, 1),
        default=4,
        help=say("aantal scholen (standaard 4)", "number of schools (default 4)"),
    )
    group.add_argument(
        "--bpvos",
        metavar="N",
        type=_whole(say, 1),
        default=2000,
        help=say("aantal BPVO's, ongeveer (standaard 2000)", "number of BPVO's, about (default 2000)"),
    )
    group.add_argument(
        "--seed",
        metavar="S",
        type=_whole(say, 0),
        default=1,
        help=say(
            "waar het toeval bij begint (standaard 1); hetzelfde getal geeft dezelfde keten",
            "where chance starts (default 1); the same number gives the same chain",
        ),
    )
    group.add_argument(
        "--peildatum",
        metavar="D",
        type=_day(say),
        default=date(2019, 7, 1),
        help=say(
            "de dag waarop verwacht.csv klopt (standaard 2019-07-01)",
            "the day for which verwacht.csv holds (default 2019-07-01)",
        ),
    )
    group.add_argument(
        "--rate",
        metavar="KIND=RATE",
        type=_rate(say),
        action="append",
        default=[],
        help=say(
            "aandeel van een soort gebrek, van 0 tot en met 1; mag vaker",
            "share of a kind of defect, from 0 to 1; may be repeated",
        ),
    )
    group.add_argument(
        "--format",
        choices=["csv", "parquet"],
        default="csv",
        help=say(
            "de vorm van de tabellen (standaard csv); parquet vraagt de extra 'frames'",
            "the form of the tables (default csv); parquet needs the extra 'frames'",
        ),
    )
    group.add_argument(
        "--ro",
        action="store_true",
        help=say(
            "schrijf ook van elke school het RO-bestand, in FOLDER/ro", "also write each school's RO, in FOLDER/ro"
        ),
    )


Command = tuple[str, tuple[str, str], tuple[str, str], str, Callable[[Parser, Say], None]]

_COMMANDS: tuple[Command, ...] = (
    (
        "demo",
        ("laat zien wat het doet, op een nagemaakte keten", "show what it does, on a simulated chain"),
        (
            (
                "Maakt een kleine keten van vier scholen met bekende gebreken, beoordeelt die, neemt de\n"
                "vier foto's van een jaar en zegt waar alles staat. Status 0 als alles is gelukt, ook al zijn er\n"
                "meldingen: die horen erbij."
            ),
            (
                "Makes a small chain of four schools with known defects, judges it, takes the four foto's of a\n"
                "year and says where to look. Status 0 when all went well, although there are meldingen: they are\n"
                "the point."
            ),
        ),
        "demo",
        _demo,
    ),
    (
        "check",
        ("geef de meldingen", "give the meldingen"),
        (
            (
                "Beoordeelt een bron en geeft de meldingen.\n"
                "Status 1 bij ten minste een melding van soort fout, ook als die is toegelicht: een toelichting\n"
                "zet haar apart, maar maakt de registratie niet goed."
            ),
            (
                "Judges a source and gives the meldingen.\nStatus 1 with at least one melding of kind fout, also when"
                " it has a toelichting: that sets it\napart, but does not make the registration right."
            ),
        ),
        "check keten --peildatum 2018-10-01 --format csv --output meldingen.csv",
        _check,
    ),
    (
        "explain",
        ("leg uit waarom, voor een BPVO, levering, aanvraag of meting", "explain why, for one subject"),
        (
            (
                "Toont elke regel voor een onderwerp: voorwaarde, feiten, normen, bronnen en uitkomst, ook de goede.\n"
                "Status 1 als het onderwerp een melding van soort fout heeft."
            ),
            (
                "Shows every rule for one subject: condition, facts, norms, sources and outcome, good ones too.\n"
                "Status 1 when the subject has a melding of kind fout."
            ),
        ),
        "explain keten 27DV/STUDENT/1/1 --peildatum 2018-10-01",
        _explain,
    ),
    (
        "foto",
        ("neem de foto van een dag", "take the foto of a day"),
        (
            (
                "Telt het jaar tot en met de peildatum, per vraag, domein en instelling, en schrijft dat als de map\n"
                "foto-<peildatum> in de map van --output. Een beschermde foto wordt eerst getoetst aan alle eerdere,\n"
                "die met hun zegels in het archief staan. Een foto wordt nooit overschreven."
            ),
            (
                "Counts the year up to the peildatum, per question, domein and instelling, and writes it as folder\n"
                "foto-<peildatum> in the folder of --output. A protected foto is first held against all earlier\n"
                "ones, which the archive keeps with their zegels. A foto is never overwritten."
            ),
        ),
        "foto keten --peildatum 2018-10-01 --output fotos",
        _foto,
    ),
    (
        "compare",
        ("toon wat er verschilt tussen twee foto's", "show what changed between two foto's"),
        (
            "Per cel en vraag: T nieuw, W gewijzigd, V verdwenen, met de oude en nieuwe aantallen zoals gepubliceerd.",
            "Per cell and question: T new, W changed, V gone, with the old and new counts as published.",
        ),
        "compare fotos/foto-2018-10-01 fotos/foto-2019-01-01",
        _compare,
    ),
    (
        "report",
        ("maak bladen om te bekijken", "make pages to look at"),
        (
            (
                "Schrijft HTML-bladen die van schijf opengaan, zonder netwerk: realtime/ met de meldingen, voor\n"
                "wie ze kan herstellen, en foto/ met alleen aantallen, die apart kan worden doorgegeven.\n"
                "Status 1 bij ten minste een melding van soort fout, zoals bij check."
            ),
            (
                "Writes HTML pages that open from disk, without a network: realtime/ with the meldingen, for who\n"
                "can repair them, and foto/ with counts only, which can be passed on by itself.\n"
                "Status 1 with at least one melding of kind fout, as with check."
            ),
        ),
        "report keten --peildatum 2018-10-01 --output verslag",
        _report,
    ),
    (
        "rules",
        ("toon de regels", "show the rules"),
        (
            "Toont de catalogus: vragen, regels, normen, bronnen.",
            "Shows the catalogue: questions, rules, norms, sources.",
        ),
        "rules erkend_bij_aanvang",
        _rules,
    ),
    (
        "simulate",
        ("maak een nagemaakte keten", "make a simulated chain"),
        (
            "Schrijft een map met Ketendata waarvan elk gebrek bekend is: verwacht.csv zegt wat gevonden moet worden.",
            "Writes a Ketendata folder of which every defect is known: verwacht.csv says what must be found.",
        ),
        "simulate keten --instellingen 4 --bpvos 2000 --seed 1",
        _simulate,
    ),
    (
        "verify",
        ("toets een andere implementatie van de regels", "hold another implementation to the rules"),
        (
            (
                "Legt een programma, of een engine van deze bibliotheek, kleine ketens voor en vergelijkt de\n"
                "antwoorden met wat uit de tekst van elke regel volgt. Zonder --command en --engine toetst de\n"
                "referentie zichzelf.\n"
                "Status 1 als een antwoord niet klopt."
            ),
            (
                "Asks a program, or an engine of this library, about small chains and compares the answers with what\n"
                "follows from the text of each rule. Without --command and --engine the reference tests itself.\n"
                "Status 1 when an answer is wrong."
            ),
        ),
        'verify --command "java -jar regels.jar" --level vorm',
        _verify,
    ),
)

_STATUSES = (
    (
        "Status: 0 niets van soort fout; 1 ten minste een melding van soort fout, of een antwoord\n"
        "(verify) of een foto (foto --verify) die niet klopt; 2 verkeerd gebruik of onleesbare invoer;\n"
        "3 een fout in een regel of engine."
    ),
    (
        "Status: 0 nothing of kind fout; 1 at least one melding of kind fout, or an answer (verify) or a\n"
        "foto (foto --verify) that is wrong; 2 wrong use or unreadable input; 3 an error in a rule or engine."
    ),
)


def _example(say: Say, commands: Iterable[str]) -> str:
    return "\n".join([say("Voorbeeld:", "Example:"), *(f"  {PROGRAM} {command}" for command in commands)])


def make_parser(say: Say) -> Parser:
    """Give the parser of the whole command line."""
    parser = Parser(
        say=say,
        prog=PROGRAM,
        description=say(
            "Regels over de kwaliteit van gegevens over BPVO's, de praktijkovereenkomsten in het mbo.",
            "Rules about the data quality of BPVO's: the agreements on work placements in Dutch mbo.",
        ),
        epilog=f"{_example(say, ['demo', 'check keten --peildatum 2018-10-01'])}\n\n{say(*_STATUSES)}",
    )
    commands = parser.add_subparsers(
        title=say("opdrachten", "commands"), dest="command", metavar=say("OPDRACHT", "COMMAND"), required=True
    )
    for name, line, description, example, fill in _COMMANDS:
        command = commands.add_parser(
            name,
            say=say,
            help=say(*line),
            description=say(*description),
            epilog=f"{_example(say, [example])}\n\n{say(*_STATUSES)}",
        )
        fill(command, say)
        _general(command, say)
    group = parser.add_argument_group(say("algemeen", "general"))
    group.add_argument("-h", "--help", action="help", help=say("toon deze hulp", "show this help"))
    group.add_argument(
        "--version",
        action="version",
        version=f"{PROGRAM} {__version__} ({say('regels', 'rules')} {RULE_SET_VERSION})",
        help=say("toon de versie", "show the version"),
    )
    return parser
