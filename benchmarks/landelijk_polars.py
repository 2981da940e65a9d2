"""
The rules that `landelijk.py` names, written by hand in Polars: what the data frames engine is compared with.

The rules stand here as a data engineer would write them for one job: in perspectief
keten, with the peildatum as kennisdatum, every table looked up and the norms that
ship. Only the small lists (Stagefonds, werkdagen) come from the library. Polars reads
an unknown comparison as the rules do, so that a scope or requirement is one
expression; `_outcome` makes a number of the two.

Run `python benchmarks/landelijk_polars.py FOLDER OUTPUT PEILDATUM` to judge a folder of Parquet files.
"""

import sys
import time
from bisect import bisect_right
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import polars as pl
from polars import col

from bpvo_rules.periode import Werkkalender
from bpvo_rules.reference import gelijkgestelde_dagen, stagefondslijsten
from bpvo_rules.stagefonds import TWEEDE_ERKENNING

__all__ = ["judge"]

Outcomes = dict[str, dict[int, int]]

TERMIJN_AANLEVERING = pl.duration(days=7)
TERMIJN_TERUGKOPPELING = pl.duration(days=14)
TERMIJN_DOORLEVERING = "1mo"
TERMIJN_BESLUIT = 10
TERMIJN_KENNISGEVING = 20
REGLEMENT = date(2015, 8, 1)
"""First day with a term for decisions on requests."""
UREN_PER_WEEK = 40
INVOERING_KEUZEDELEN = date(2016, 8, 1)
ZONE = "Europe/Amsterdam"

KEY = ["brin", "student", "inschrijvingvolgnummer", "volgnummer"]
CONTENT = [
    "afsluitdatum",
    "begindatum",
    "einddatum_gepland",
    "einddatum_werkelijk",
    "omvang",
    "leerbedrijf_id",
    "opleidingcode",
    "keuzedeelcode",
]
NO_END = date(9999, 12, 31)


def judge(folder: Path, output: Path, peildatum: date) -> Outcomes:
    """
    Judge the Parquet files of a folder, and write the outcomes per subject type.

    Args:
        folder: With a Parquet file per table.
        output: Gets a Parquet file per subject type: `subject`, and per rule its outcome as a number.
        peildatum: The day about which is judged, and the last day whose knowledge counts.

    Returns:
        Per rule the number of subjects per outcome: 0 voldoet, 1 voldoet niet, 2 niet te bepalen,
        3 niet van toepassing.

    """
    output.mkdir(parents=True, exist_ok=True)
    tables = {path.stem: pl.scan_parquet(path) for path in folder.glob("*.parquet")}
    # Read once: both the BPVO's and the deliveries are made of these.
    tables["uitwisselingen"] = _collect(tables["uitwisselingen"].filter(col("ontvangen_duo_op") <= peildatum)).lazy()
    judged = {
        "bpvo": _judge_bpvos(tables, peildatum),
        "uitwisseling": _judge_deliveries(tables, peildatum),
        "erkenningsaanvraag": _judge_requests(tables, peildatum),
        "white_label_meting": _judge_measurements(tables, peildatum),
    }
    counts: Outcomes = {}
    for subject, frame in judged.items():
        outcomes = _collect(frame)
        outcomes.write_parquet(output / f"{subject}.parquet", compression="snappy", statistics=False)
        counts |= _counts(outcomes)
    return counts


def _collect(frame: pl.LazyFrame) -> pl.DataFrame:
    return frame.collect(engine="streaming")


def _counts(outcomes: pl.DataFrame) -> Outcomes:
    rules = [name for name in outcomes.columns if name != "subject"]
    found = outcomes.select((col(rule) == at).sum().alias(f"{rule}/{at}") for rule in rules for at in range(4)).row(0)
    return {rule: dict(enumerate(found[4 * at : 4 * at + 4])) for at, rule in enumerate(rules)}


# ---- what rules are made of


def _outcome(scope: pl.Expr | None, requirement: pl.Expr) -> pl.Expr:
    """Make 0 voldoet, 1 voldoet niet, 2 niet te bepalen or 3 niet van toepassing of two conditions; no scope is all."""
    met, not_met, unknown, out_of_scope = (pl.lit(at, dtype=pl.Int8) for at in range(4))
    asked = pl.when(requirement).then(met).when(~requirement).then(not_met).otherwise(unknown)
    if scope is None:
        return asked
    return pl.when(scope).then(asked).when(~scope).then(out_of_scope).otherwise(unknown)


def _on_time(day: pl.Expr, limit: pl.Expr, peildatum: date) -> pl.Expr:
    """Say whether something came in time; what is not there yet is too late only once its last day has come."""
    too_late = pl.when(limit <= peildatum).then(pl.lit(value=False))
    return pl.when(day.is_not_null()).then(day <= limit).otherwise(too_late)


def _until(name: str, peildatum: date) -> pl.Expr:
    """Give a day that counts only when it is not after the peildatum."""
    return pl.when(col(name) <= peildatum).then(col(name))


def _known(frame: pl.LazyFrame, peildatum: date) -> pl.LazyFrame:
    """Give the rows of the register that were known on a day."""
    return frame.filter(
        col("bekend_vanaf").is_null() | (col("bekend_vanaf") <= peildatum),
        col("bekend_tot").is_null() | (col("bekend_tot") > peildatum),
    )


# ---- BPVO's


def _bpvos(deliveries: pl.LazyFrame, peildatum: date) -> pl.LazyFrame:
    """
    Give the BPVO's that exist, out of the deliveries that were not rejected.

    The deliveries since the last verwijdering are the life of a BPVO. Few BPVO's have one, so those are looked up
    first. The last delivery holds the content.
    """
    rejected = ((col("uitkomst") == "afgekeurd") & (col("teruggekoppeld_op") <= peildatum)).fill_null(value=False)
    counting = deliveries.filter(~rejected)
    removed = counting.filter(col("soort") == "verwijdering").group_by(KEY).agg(removed=col("volgorde").max())
    return (
        counting.join(removed, on=KEY, how="left")
        .filter(col("removed").is_null() | (col("volgorde") > col("removed")))
        .with_columns(ontvangen_sbb=_until("ontvangen_sbb_op", peildatum))
        .group_by(KEY)
        .agg(
            *(col(name).max_by("volgorde") for name in CONTENT),
            ontvangen_duo=col("ontvangen_duo_op").min(),
            ontvangen_sbb=col("ontvangen_sbb").min(),
            afsluitdatum_aanlevering=col("afsluitdatum").min_by("volgorde"),
        )
        .with_columns(einde=pl.coalesce("einddatum_werkelijk", "einddatum_gepland"))
        .with_row_index("id")
    )


def _codes(tables: Mapping[str, pl.LazyFrame], asked: pl.LazyFrame) -> pl.LazyFrame:
    """
    Give per opleidingcode the codes of which a recognition will do.

    A kwalificatie itself, those of a dossier or domein, and the equivalents of each.
    """
    reference = tables["opleidingen"].select("code", "soort", "dossier", "domein")
    asked = asked.select("opleidingcode").unique().drop_nulls()
    asked = asked.join(reference.select("code", "soort"), left_on="opleidingcode", right_on="code", how="left")
    kwalificaties = reference.filter(col("soort") == "kwalificatie")
    own = pl.concat(
        [
            asked.filter(col("soort").is_null() | (col("soort") == "kwalificatie")).select(
                "opleidingcode", code="opleidingcode"
            ),
            *(
                asked.filter(col("soort") == soort)
                .join(kwalificaties.select("code", soort), left_on="opleidingcode", right_on=soort)
                .select("opleidingcode", "code")
                for soort in ("dossier", "domein")
            ),
        ]
    )
    equivalents = own.join(tables["equivalenten"], left_on="code", right_on="opleidingcode")
    return pl.concat([own, equivalents.select("opleidingcode", code="equivalent")]).unique()


def _recognised(bpvos: pl.LazyFrame, recognitions: pl.LazyFrame, codes: pl.LazyFrame) -> pl.LazyFrame:
    """Give per BPVO the recognitions that will do: for a keuzedeel any of its company, else those for its codes."""
    asked = bpvos.select("id", "leerbedrijf_id", "opleidingcode", "keuzedeelcode", "begindatum", "einde")
    found = asked.join(recognitions, on="leerbedrijf_id")
    return pl.concat(
        [
            found.filter(col("keuzedeelcode").is_null()).join(codes, on=["opleidingcode", "code"], how="semi"),
            found.filter(col("keuzedeelcode").is_not_null() | col("opleidingcode").is_null()),
        ]
    ).select("id", "begindatum", "einde", "van", "tot_en_met")


def _reach(periods: pl.LazyFrame, peildatum: date) -> pl.LazyFrame:
    """Give per BPVO until when it is covered without a break, from its begindatum and from the peildatum on."""
    from_begin = col("begindatum").is_between("van", "tot_en_met")
    from_peildatum = pl.lit(peildatum).is_between("van", "tot_en_met")
    return (
        periods.filter(from_begin | from_peildatum)
        .select(
            "id",
            "begindatum",
            "einde",
            vanaf_begin=pl.when(from_begin).then("tot_en_met"),
            vanaf_peildatum=pl.when(from_peildatum).then("tot_en_met"),
        )
        .group_by("id")
        .agg(col("begindatum", "einde").first(), col("vanaf_begin", "vanaf_peildatum").max())
    )


def _joined(periods: pl.LazyFrame) -> pl.LazyFrame:
    """
    Join the periods of each BPVO that overlap or touch.

    In order of BPVO, the largest number of BPVO and last day so far restarts by itself at each BPVO, so that no
    window per BPVO is needed. A day later than every other one stays below the next BPVO.
    """
    place = col("id").cast(pl.Int64) * 10_000_000
    first, last = (place + col(name).to_physical().cast(pl.Int64) for name in ("van", "tot_en_met"))
    is_new = (first > last.cum_max().shift() + 1).fill_null(value=True)
    return (
        periods.sort("id", "van")
        .with_columns(run=is_new.cum_sum())
        .group_by("run")
        .agg(col("id", "begindatum", "einde", "van").first(), col("tot_en_met").max())
    )


def _coverage(bpvos: pl.LazyFrame, recognitions: pl.LazyFrame, codes: pl.LazyFrame, peildatum: date) -> pl.DataFrame:
    """
    Say per BPVO until when it is covered.

    One recognition mostly covers a whole period. Only where the first day is covered, but not by one recognition
    to the end, the recognitions are joined into runs of days.
    """
    reach = _collect(_reach(_recognised(bpvos, recognitions, codes), peildatum))
    short = reach.lazy().filter(
        (col("vanaf_begin") < pl.min_horizontal("einde", pl.lit(peildatum))) | (col("vanaf_peildatum") < col("einde"))
    )
    short = _collect(bpvos.join(short, on="id", how="semi")).lazy()
    further = _collect(_reach(_joined(_recognised(short, recognitions, codes)), peildatum))
    return pl.concat([reach.join(further, on="id", how="anti"), further.select(reach.columns)]).select(
        "id", "vanaf_begin", "vanaf_peildatum"
    )


def _stagefonds(
    tables: Mapping[str, pl.LazyFrame], bpvos: pl.LazyFrame, recognitions: pl.LazyFrame
) -> tuple[pl.LazyFrame, date]:
    """
    Give what only the rules of Stagefonds ask, for the BPVO's in its lists; and the first day with a list.

    About one BPVO in fifteen is in a list.
    """
    lists = sorted(stagefondslijsten(), key=lambda one: one.van)
    listed, lines, fitting, second = [], [], [], []
    for one in lists:
        listed += [(one.van, str(code)) for code in one.codes]
        second += [(one.van, code, also) for code in TWEEDE_ERKENNING for also in one.tweede_erkenningen(code)]
        for leerweg, code in {(str(line.leerweg), str(line.opleidingcode)) for line in one.regels}:
            per_niveau = one.niveau_nodig(leerweg, code)
            lines.append((one.van, leerweg, code, per_niveau))
            # Niveau 0 stands for whatever niveau, where the list does not ask for it.
            fits = [n for n in ((1, 2, 3, 4) if per_niveau else (0,)) if len(one.categorieen(leerweg, code, n)) == 1]
            fitting += [(one.van, leerweg, code, niveau) for niveau in fits]
    key = ["lijst", "leerweg", "opleidingcode"]

    def small(rows: Sequence[tuple[object, ...]], names: list[str]) -> pl.LazyFrame:
        return pl.LazyFrame(rows, schema=names, orient="row")

    zorg = (
        bpvos.filter(col("keuzedeelcode").is_null(), col("begindatum") >= lists[0].van)
        .sort("begindatum")
        .join_asof(
            pl.LazyFrame({"lijst": [one.van for one in lists]}), left_on="begindatum", right_on="lijst", coalesce=False
        )
        .join(small(listed, ["lijst", "opleidingcode"]), on=["lijst", "opleidingcode"], how="semi")
    )
    zorg = _collect(zorg).lazy()

    inschrijving = ["brin", "student", "inschrijvingvolgnummer"]
    periods = (
        tables["inschrijvingsperiodes"]
        .select(*inschrijving, "leerweg", col("niveau").cast(pl.Int64), periode="begindatum")
        .join(zorg, on=inschrijving, how="semi")
        .sort("periode")
    )
    enrolled = zorg.sort("begindatum").join_asof(
        periods, left_on="begindatum", right_on="periode", by=inschrijving, coalesce=False, check_sortedness=False
    )
    also_recognised = (
        zorg.join(small(second, ["lijst", "opleidingcode", "code"]), on=["lijst", "opleidingcode"])
        .join(recognitions, on=["leerbedrijf_id", "code"])
        .filter(col("begindatum").is_between("van", "tot_en_met"))
        .select("id", tweede_erkenning=pl.lit(value=True))
        .unique()
    )
    other = zorg.select("brin", "student", "leerbedrijf_id", "opleidingcode", "id", "begindatum", "einde")
    doubled = (
        other.join(other, on=["brin", "student", "leerbedrijf_id", "opleidingcode"], suffix="_ander")
        .filter(
            col("id") != col("id_ander"),
            col("einde").is_not_null() & col("einde_ander").is_not_null(),
            pl.max_horizontal("begindatum", "begindatum_ander") <= pl.min_horizontal("einde", "einde_ander"),
        )
        .select("id", heeft_dubbele=pl.lit(value=True))
        .unique()
    )
    found = (
        enrolled.join(small(lines, [*key, "per_niveau"]), on=key, how="left")
        .with_columns(_niveau=pl.when("per_niveau").then("niveau").otherwise(pl.lit(0, dtype=pl.Int64)))
        .join(small(fitting, [*key, "_niveau"]).with_columns(past=pl.lit(value=True)), on=[*key, "_niveau"], how="left")
        .join(also_recognised, on="id", how="left")
        .join(doubled, on="id", how="left")
        .select(
            "id",
            van_stagefonds=pl.lit(value=True),
            inschrijving_gevonden=col("periode").is_not_null(),
            leerweg_op_lijst=pl.when(col("leerweg").is_not_null()).then(col("per_niveau").is_not_null()),
            een_categorie=pl.when(col("niveau").is_not_null() | ~col("per_niveau")).then(col("past").is_not_null()),
            tweede_erkenning=col("tweede_erkenning").is_not_null(),
            heeft_dubbele=col("heeft_dubbele").is_not_null(),
        )
    )
    return found, lists[0].van


def _judge_bpvos(tables: Mapping[str, pl.LazyFrame], peildatum: date) -> pl.LazyFrame:
    bpvos = _collect(_bpvos(tables["uitwisselingen"], peildatum)).lazy()
    recognitions = _collect(
        _known(tables["erkenningen"], peildatum).select(
            "leerbedrijf_id", "van", col("tot_en_met").fill_null(NO_END), code="opleidingcode"
        )
    ).lazy()
    codes = _collect(_codes(tables, bpvos)).lazy()
    coverage = _coverage(bpvos, recognitions, codes, peildatum)
    stagefonds, first_list = _stagefonds(tables, bpvos, recognitions)

    # Nearly every company is in the first table, so few are looked for in the second.
    companies = _known(tables["leerbedrijven"], peildatum)
    not_in_register = _collect(
        bpvos.select("leerbedrijf_id")
        .drop_nulls()
        .join(companies, on="leerbedrijf_id", how="anti")
        .unique()
        .join(recognitions, on="leerbedrijf_id", how="anti")
    ).to_series()
    schools = _collect(tables["instellingen"].select("brin")).to_series()
    keuzedelen = tables["keuzedelen"].select(
        "code", "geldig_van", "geldig_tot_en_met", keuzedeel_bekend=pl.lit(value=True)
    )
    frame = (
        bpvos.join(coverage.lazy(), on="id", how="left")
        .join(stagefonds, on="id", how="left")
        .join(keuzedelen, left_on="keuzedeelcode", right_on="code", how="left")
    )

    begindatum, einde, leerbedrijf_id = col("begindatum"), col("einde"), col("leerbedrijf_id")
    gepland, werkelijk, omvang = col("einddatum_gepland"), col("einddatum_werkelijk"), col("omvang")
    based = col("keuzedeelcode").is_not_null() | col("opleidingcode").is_not_null()
    # For a keuzedeel every recognition counts, so that it need not be known that there is one to see that
    # a company has none; for an opleiding those for its codes count.
    elke_erkend = pl.when(leerbedrijf_id.is_not_null() & begindatum.is_not_null()).then(
        col("vanaf_begin").is_not_null()
    )
    searched = leerbedrijf_id.is_not_null() & based
    until = pl.min_horizontal("einde", pl.lit(peildatum))
    begun = begindatum <= peildatum
    frame = frame.with_columns(
        op_opleiding=pl.when(based).then(col("keuzedeelcode").is_null()),
        op_keuzedeel=pl.when(based).then(col("keuzedeelcode").is_not_null()) & (begindatum >= INVOERING_KEUZEDELEN),
        in_register=~leerbedrijf_id.is_in(not_in_register.implode()),
        elke_erkend_bij_begin=elke_erkend,
        erkend_bij_begin=pl.when(based).then(elke_erkend),
        gedekt=pl.when(searched & (begindatum <= einde) & begun).then(
            (col("vanaf_begin") >= until).fill_null(value=False)
        ),
        erkend_op_peildatum=pl.when(searched).then(col("vanaf_peildatum").is_not_null()),
        gedekt_vanaf_peildatum=(col("vanaf_peildatum") >= einde).fill_null(value=False),
    ).with_columns(
        in_stagefonds=col("op_opleiding")
        & (begindatum >= first_list)
        & pl.when(col("opleidingcode").is_not_null() & begindatum.is_not_null()).then(
            col("van_stagefonds").is_not_null()
        )
    )

    op_opleiding, op_keuzedeel, in_stagefonds = col("op_opleiding"), col("op_keuzedeel"), col("in_stagefonds")
    erkend_bij_begin, gedekt = col("erkend_bij_begin"), col("gedekt")
    keuzedeel_klopt = (
        col("keuzedeel_bekend").is_not_null()
        & (col("geldig_van").is_null() | (col("geldig_van") <= begindatum))
        & (col("geldig_tot_en_met").is_null() | (begindatum <= col("geldig_tot_en_met")))
    )
    dagen_gepland = (gepland - begindatum).dt.total_days() + 1
    limit_sbb = col("ontvangen_duo").dt.offset_by(TERMIJN_DOORLEVERING)
    return frame.select(
        pl.concat_str(KEY, separator="/").alias("subject"),
        leerbedrijf_bekend=_outcome(op_opleiding, col("in_register")),
        erkend_bij_aanvang=_outcome(op_opleiding, erkend_bij_begin),
        erkend_gedurende_looptijd=_outcome(op_opleiding & begun & erkend_bij_begin, gedekt),
        erkenning_dekt_planning=_outcome(
            op_opleiding & begun & (einde > peildatum) & col("erkend_op_peildatum"), col("gedekt_vanaf_peildatum")
        ),
        keuzedeel_leerbedrijf_bekend=_outcome(op_keuzedeel, col("in_register")),
        keuzedeel_erkend_bij_aanvang=_outcome(op_keuzedeel, col("elke_erkend_bij_begin")),
        keuzedeel_erkend_gedurende_looptijd=_outcome(op_keuzedeel & begun & col("elke_erkend_bij_begin"), gedekt),
        keuzedeel_geldig=_outcome(op_keuzedeel, keuzedeel_klopt),
        tijdig_bij_duo=_outcome(
            None, _on_time(col("ontvangen_duo"), col("afsluitdatum_aanlevering") + TERMIJN_AANLEVERING, peildatum)
        ),
        tijdig_bij_sbb=_outcome(None, _on_time(col("ontvangen_sbb"), limit_sbb, peildatum)),
        stagefonds_inschrijving=_outcome(in_stagefonds, col("inschrijving_gevonden")),
        stagefonds_instelling=_outcome(in_stagefonds, col("brin").is_in(schools.implode())),
        stagefonds_leerweg=_outcome(in_stagefonds, col("leerweg_op_lijst")),
        stagefonds_categorie=_outcome(in_stagefonds & col("leerweg_op_lijst"), col("een_categorie")),
        stagefonds_periode=_outcome(
            in_stagefonds, (begindatum <= gepland) & (werkelijk.is_null() | (begindatum <= werkelijk))
        ),
        stagefonds_omvang=_outcome(in_stagefonds, omvang.is_not_null() & (omvang > 0)),
        stagefonds_leerbedrijf=_outcome(in_stagefonds, pl.when(begun).then(gedekt).otherwise(erkend_bij_begin)),
        stagefonds_tweede_erkenning=_outcome(
            in_stagefonds & col("opleidingcode").is_in(list(TWEEDE_ERKENNING)),
            pl.when(leerbedrijf_id.is_not_null()).then(col("tweede_erkenning")),
        ),
        omvang_aannemelijk=_outcome(
            in_stagefonds
            & omvang.is_not_null()
            & begindatum.is_not_null()
            & gepland.is_not_null()
            & (begindatum <= gepland),
            omvang * 7 <= UREN_PER_WEEK * dagen_gepland,
        ),
        einddatum_niet_in_toekomst=_outcome(in_stagefonds & werkelijk.is_not_null(), werkelijk <= peildatum),
        einddatum_geregistreerd=_outcome(in_stagefonds & (gepland < peildatum), werkelijk.is_not_null()),
        geen_dubbele_bpvo=_outcome(
            in_stagefonds & leerbedrijf_id.is_not_null() & begindatum.is_not_null() & einde.is_not_null(),
            ~col("heeft_dubbele"),
        ),
        verplichte_gegevens=_outcome(
            None,
            col("afsluitdatum").is_not_null()
            & begindatum.is_not_null()
            & gepland.is_not_null()
            & leerbedrijf_id.is_not_null()
            & based,
        ),
        een_grondslag=_outcome(None, col("opleidingcode").is_null() | col("keuzedeelcode").is_null()),
    )


# ---- the other subjects


def _judge_deliveries(tables: Mapping[str, pl.LazyFrame], peildatum: date) -> pl.LazyFrame:
    received, answered = col("ontvangen_duo_op"), _until("teruggekoppeld_op", peildatum)
    return tables["uitwisselingen"].select(
        pl.concat_str(pl.concat_str(KEY, separator="/"), pl.lit("#"), col("volgorde").cast(pl.String)).alias("subject"),
        wijziging_tijdig_bij_duo=_outcome(
            col("soort") == "wijziging", _on_time(received, col("ontstaan_op") + TERMIJN_AANLEVERING, peildatum)
        ),
        terugkoppeling_tijdig=_outcome(None, _on_time(answered, received + TERMIJN_TERUGKOPPELING, peildatum)),
        levering_geaccepteerd=_outcome(answered.is_not_null(), col("uitkomst") == "geaccepteerd"),
    )


def _terms(peildatum: date) -> pl.LazyFrame:
    """Give the last day of each term in werkdagen, per day on which a request can be dated."""
    kalender = Werkkalender(gelijkgestelde_dagen())
    days = [REGLEMENT + timedelta(days=at) for at in range((peildatum - REGLEMENT).days + 1)]
    beyond = [REGLEMENT + timedelta(days=at) for at in range(len(days) + 4 * TERMIJN_KENNISGEVING)]
    werkdagen = [day for day in beyond if kalender.is_werkdag(day)]
    first = [bisect_right(werkdagen, day) for day in days]
    return pl.LazyFrame(
        {
            "dagtekening": days,
            "uiterste_dag_besluit": [werkdagen[at + TERMIJN_BESLUIT - 1] for at in first],
            "uiterste_dag_kennisgeving": [werkdagen[at + TERMIJN_KENNISGEVING - 1] for at in first],
        }
    )


def _judge_requests(tables: Mapping[str, pl.LazyFrame], peildatum: date) -> pl.LazyFrame:
    new = col("soort") == "nieuw"
    reasoned = (col("overschrijding_gemotiveerd_op") <= peildatum).fill_null(value=False)
    decided = _on_time(_until("besluit_op", peildatum), col("uiterste_dag_besluit"), peildatum)
    told = _on_time(_until("kennisgeving_op", peildatum), col("uiterste_dag_kennisgeving"), peildatum)
    return (
        tables["erkenningsaanvragen"]
        .filter(col("dagtekening") <= peildatum)
        .join(_terms(peildatum), on="dagtekening", how="left")
        .select(
            subject="aanvraag_id",
            besluit_tijdig=_outcome(new & ~reasoned, decided),
            besluit_overschrijding_gemotiveerd=_outcome(new & reasoned, decided),
            kennisgeving_tijdig=_outcome(new, told),
        )
    )


def _judge_measurements(tables: Mapping[str, pl.LazyFrame], peildatum: date) -> pl.LazyFrame:
    """Thousands of measurements share a moment, so only the different moments are read and compared."""
    midnight = datetime.combine(peildatum + timedelta(days=1), datetime.min.time(), ZoneInfo(ZONE))
    maintenance = (
        tables["white_label_onderhoud"]
        .with_columns(col("van", "tot").str.to_datetime("%+", time_zone="UTC"))
        .filter(col("aangekondigd_op") < col("van").dt.convert_time_zone(ZONE).dt.date())
        .select("van", "tot", over="functie")
    )
    moments = (
        tables["white_label_metingen"]
        .select("functie", "tijdstip")
        .unique()
        .with_columns(op=col("tijdstip").str.to_datetime("%+", time_zone="UTC"))
        .filter(col("op") < midnight.astimezone(UTC))
    )
    moments = _collect(moments).lazy()
    during = (
        moments.join_where(maintenance, col("van") <= col("op"), col("op") < col("tot"))
        .filter(col("over").is_null() | (col("over") == col("functie")))
        .select("functie", "tijdstip", in_onderhoud=pl.lit(value=True))
        .unique()
    )
    moments = moments.join(during, on=["functie", "tijdstip"], how="left").select("functie", "tijdstip", "in_onderhoud")
    return (
        tables["white_label_metingen"]
        .join(moments, on=["functie", "tijdstip"])
        .select(
            pl.concat_str("functie", "tijdstip", col("brin").fill_null(""), separator="@").alias("subject"),
            white_label_antwoordt=_outcome(col("in_onderhoud").is_null(), col("gelukt")),
        )
    )


def main(arguments: Sequence[str]) -> None:
    """Judge a folder, and print what it took and what came out."""
    folder, output, peildatum = arguments
    wall, cpu = time.perf_counter(), time.process_time()
    counts = judge(Path(folder), Path(output), date.fromisoformat(peildatum))
    wall, cpu = time.perf_counter() - wall, time.process_time() - cpu
    for rule, found in counts.items():
        print(f"{rule:40}", *(f"{found[outcome]:>10}" for outcome in range(4)))
    print(f"{wall:.2f} s, {cpu:.2f} s CPU")


if __name__ == "__main__":
    main(sys.argv[1:])
