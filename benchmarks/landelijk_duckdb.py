"""
The rules that `landelijk.py` names, written by hand in DuckDB SQL: what the data frames engine is compared with.

The rules stand here as a data engineer would write them for one job: in perspectief
keten, with the peildatum as kennisdatum, every table looked up and the norms that
ship. Only the small lists (Stagefonds, werkdagen) come from the library. SQL reads
an unknown comparison as the rules do, so that a scope or requirement is one
condition; `uitkomst` makes a number of the two.

Run `python benchmarks/landelijk_duckdb.py FOLDER OUTPUT PEILDATUM` to judge a folder of Parquet files.
"""

import json
import sys
import time
from bisect import bisect_right
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import duckdb

from bpvo_rules.periode import Werkkalender
from bpvo_rules.reference import gelijkgestelde_dagen, stagefondslijsten
from bpvo_rules.stagefonds import TWEEDE_ERKENNING

__all__ = ["judge"]

Outcomes = dict[str, dict[int, int]]

TERMIJN_AANLEVERING = 7
TERMIJN_TERUGKOPPELING = 14
TERMIJN_BESLUIT = 10
TERMIJN_KENNISGEVING = 20
REGLEMENT = date(2015, 8, 1)
"""First day with a term for decisions on requests."""
UREN_PER_WEEK = 40

SETUP = """
    SET VARIABLE peildatum = DATE '{peildatum}';
    SET preserve_insertion_order = false;

    -- 0 voldoet, 1 voldoet niet, 2 niet te bepalen, 3 niet van toepassing.
    CREATE MACRO uitkomst(reikwijdte, eis) AS (
        CASE
            WHEN NOT reikwijdte THEN 3
            WHEN reikwijdte AND eis THEN 0
            WHEN reikwijdte AND NOT eis THEN 1
            ELSE 2
        END
    )::TINYINT;

    -- What is not there yet is too late only once its last day has come.
    CREATE MACRO op_tijd(dag, uiterste_dag) AS CASE
        WHEN dag IS NOT NULL THEN dag <= uiterste_dag
        WHEN uiterste_dag <= getvariable('peildatum') THEN false
    END;

    CREATE MACRO bekend(bekend_vanaf, bekend_tot) AS
        (bekend_vanaf IS NULL OR bekend_vanaf <= getvariable('peildatum'))
        AND (bekend_tot IS NULL OR bekend_tot > getvariable('peildatum'));
"""

# The deliveries since the last verwijdering are the life of a BPVO. Few BPVO's have one, so those are looked up
# first. The last delivery holds the content; it is fetched by the number of its row.
BPVO = """
    CREATE TEMP TABLE bpvo AS
    WITH levering AS (
        FROM read_parquet('{folder}/uitwisselingen.parquet', file_row_number = true)
        WHERE ontvangen_duo_op <= DATE '{peildatum}'
            AND NOT coalesce(uitkomst = 'afgekeurd' AND teruggekoppeld_op <= DATE '{peildatum}', false)
    ),
    verwijderd AS (
        SELECT brin, student, inschrijvingvolgnummer, volgnummer, max(volgorde) AS verwijdering
        FROM levering
        WHERE soort = 'verwijdering'
        GROUP BY ALL
    ),
    leven AS (
        SELECT
            arg_max(file_row_number, volgorde) AS id,
            min(ontvangen_duo_op) AS ontvangen_duo,
            min(ontvangen_sbb_op) FILTER (ontvangen_sbb_op <= DATE '{peildatum}') AS ontvangen_sbb,
            arg_min_null(afsluitdatum, volgorde) AS afsluitdatum_aanlevering
        FROM levering LEFT JOIN verwijderd USING (brin, student, inschrijvingvolgnummer, volgnummer)
        WHERE verwijdering IS NULL OR volgorde > verwijdering
        GROUP BY brin, student, inschrijvingvolgnummer, volgnummer
    )
    SELECT
        id, brin, student, inschrijvingvolgnummer, volgnummer, afsluitdatum, begindatum, einddatum_gepland,
        einddatum_werkelijk, omvang, leerbedrijf_id, opleidingcode, keuzedeelcode,
        coalesce(einddatum_werkelijk, einddatum_gepland) AS einde,
        ontvangen_duo, ontvangen_sbb, afsluitdatum_aanlevering
    FROM leven JOIN read_parquet('{folder}/uitwisselingen.parquet', file_row_number = true) ON file_row_number = id;
"""

REGISTER = """
    CREATE TEMP TABLE erkenning AS
    SELECT leerbedrijf_id, opleidingcode AS code, van, coalesce(tot_en_met, DATE '9999-12-31') AS tot_en_met
    FROM '{folder}/erkenningen.parquet'
    WHERE bekend(bekend_vanaf, bekend_tot);

    -- Nearly every company is in the first table, so few are looked for in the second.
    CREATE TEMP TABLE niet_in_register AS
    WITH niet_ingeschreven AS (
        SELECT DISTINCT leerbedrijf_id
        FROM bpvo
        WHERE leerbedrijf_id IS NOT NULL AND leerbedrijf_id NOT IN (
            SELECT leerbedrijf_id FROM '{folder}/leerbedrijven.parquet' WHERE bekend(bekend_vanaf, bekend_tot)
        )
    )
    FROM niet_ingeschreven ANTI JOIN erkenning USING (leerbedrijf_id);

    -- The codes of which a recognition will do: a kwalificatie itself, those of a dossier or domein, and equivalents.
    CREATE TEMP TABLE volstaat AS
    WITH opleiding AS (FROM '{folder}/opleidingen.parquet'),
    gevraagd AS (SELECT DISTINCT opleidingcode FROM bpvo WHERE opleidingcode IS NOT NULL),
    eigen AS (
        SELECT opleidingcode, opleidingcode AS code
        FROM gevraagd LEFT JOIN opleiding ON code = opleidingcode
        WHERE soort IS NULL OR soort = 'kwalificatie'
        UNION ALL
        SELECT opleidingcode, k.code
        FROM gevraagd
        JOIN opleiding AS o ON o.code = opleidingcode AND o.soort IN ('dossier', 'domein')
        JOIN opleiding AS k
            ON k.soort = 'kwalificatie' AND CASE o.soort WHEN 'dossier' THEN k.dossier ELSE k.domein END = o.code
    )
    FROM eigen
    UNION
    SELECT eigen.opleidingcode, equivalent
    FROM eigen JOIN '{folder}/equivalenten.parquet' AS e ON e.opleidingcode = eigen.code;
"""

# One recognition mostly covers a whole period. Only where the first day is covered, but not by one recognition to
# the end, the recognitions are joined into runs of days.
DEKKING = """
    CREATE TEMP MACRO dienstig(deze) AS TABLE
        SELECT id, begindatum, einde, van, erkenning.tot_en_met
        FROM query_table(deze) AS b JOIN erkenning USING (leerbedrijf_id)
        WHERE keuzedeelcode IS NULL AND (b.opleidingcode, code) IN (FROM volstaat)
        UNION ALL
        SELECT id, begindatum, einde, van, erkenning.tot_en_met
        FROM query_table(deze) JOIN erkenning USING (leerbedrijf_id)
        WHERE keuzedeelcode IS NOT NULL OR opleidingcode IS NULL;

    CREATE TEMP TABLE dekking AS
    SELECT
        id,
        any_value(begindatum) AS begindatum,
        any_value(einde) AS einde,
        max(tot_en_met) FILTER (begindatum BETWEEN van AND tot_en_met) AS vanaf_begin,
        max(tot_en_met) FILTER (DATE '{peildatum}' BETWEEN van AND tot_en_met) AS vanaf_peildatum
    FROM dienstig('bpvo')
    WHERE begindatum BETWEEN van AND tot_en_met OR DATE '{peildatum}' BETWEEN van AND tot_en_met
    GROUP BY id;

    CREATE TEMP TABLE tekort AS
    FROM bpvo SEMI JOIN (
        FROM dekking
        WHERE (begindatum <= DATE '{peildatum}' AND vanaf_begin < least(einde, DATE '{peildatum}'))
            OR (einde > DATE '{peildatum}' AND vanaf_peildatum < einde)
    ) USING (id);

    CREATE TEMP TABLE verlengd AS
    WITH vorige AS (
        SELECT *, max(tot_en_met) OVER (
            PARTITION BY id ORDER BY van ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING
        ) AS tot_dusver
        FROM dienstig('tekort')
    ),
    genummerd AS (
        SELECT *, count_if(tot_dusver IS NULL OR van > tot_dusver + 1) OVER (
            PARTITION BY id ORDER BY van ROWS UNBOUNDED PRECEDING
        ) AS nummer
        FROM vorige
    ),
    periode AS (
        SELECT id, begindatum, min(van) AS van, max(tot_en_met) AS tot_en_met
        FROM genummerd
        GROUP BY id, begindatum, nummer
    )
    SELECT
        id,
        max(tot_en_met) FILTER (begindatum BETWEEN van AND tot_en_met) AS vanaf_begin,
        max(tot_en_met) FILTER (DATE '{peildatum}' BETWEEN van AND tot_en_met) AS vanaf_peildatum
    FROM periode
    GROUP BY id;
"""

# About one BPVO in fifteen is of Stagefonds; what only those rules ask is worked out for those alone.
STAGEFONDS = """
    CREATE TEMP TABLE zorg AS
    SELECT bpvo.*, lijst
    FROM bpvo
    JOIN lijst ON begindatum BETWEEN van AND tot_en_met
    JOIN lijst_code USING (lijst, opleidingcode)
    WHERE keuzedeelcode IS NULL;

    CREATE TEMP TABLE ingeschreven AS
    WITH periode AS (
        SELECT brin, student, inschrijvingvolgnummer, begindatum, leerweg, niveau
        FROM '{folder}/inschrijvingsperiodes.parquet' SEMI JOIN zorg USING (brin, student, inschrijvingvolgnummer)
    )
    SELECT id, lijst, opleidingcode, leerweg, niveau
    FROM zorg ASOF JOIN periode USING (brin, student, inschrijvingvolgnummer, begindatum);

    CREATE TEMP TABLE tweede AS
    SELECT DISTINCT id
    FROM zorg JOIN lijst_tweede USING (lijst, opleidingcode) JOIN erkenning USING (leerbedrijf_id, code)
    WHERE begindatum BETWEEN erkenning.van AND erkenning.tot_en_met;

    CREATE TEMP TABLE dubbel AS
    SELECT DISTINCT z.id
    FROM zorg AS z JOIN zorg AS ander USING (brin, student, leerbedrijf_id, opleidingcode)
    WHERE ander.id <> z.id AND greatest(ander.begindatum, z.begindatum) <= least(ander.einde, z.einde)
        AND ander.einde IS NOT NULL AND z.einde IS NOT NULL;

    CREATE TEMP TABLE stagefonds AS
    SELECT
        zorg.id,
        ingeschreven.id IS NOT NULL AS inschrijving_gevonden,
        CASE WHEN ingeschreven.leerweg IS NOT NULL THEN regel.lijst IS NOT NULL END AS leerweg_op_lijst,
        CASE WHEN ingeschreven.niveau IS NOT NULL OR NOT per_niveau
            THEN categorie.lijst IS NOT NULL END AS een_categorie,
        zorg.id IN (FROM tweede) AS tweede_erkenning,
        zorg.id IN (FROM dubbel) AS heeft_dubbele
    FROM zorg
    LEFT JOIN ingeschreven USING (id)
    LEFT JOIN lijst_regel AS regel
        ON regel.lijst = zorg.lijst AND regel.opleidingcode = zorg.opleidingcode
        AND regel.leerweg = ingeschreven.leerweg
    LEFT JOIN lijst_categorie AS categorie
        ON categorie.lijst = zorg.lijst AND categorie.opleidingcode = zorg.opleidingcode
        AND categorie.leerweg = ingeschreven.leerweg
        AND categorie.niveau = CASE WHEN per_niveau THEN ingeschreven.niveau ELSE 0 END;
"""

BPVO_RULES = """
    WITH bekeken AS (
        SELECT
            bpvo.*,
            CASE
                WHEN bpvo.keuzedeelcode IS NOT NULL THEN 'keuzedeel'
                WHEN bpvo.opleidingcode IS NOT NULL THEN 'opleiding'
            END AS grondslag,
            least(einde, DATE '{peildatum}') AS einde_tot_peildatum,
            CASE WHEN bpvo.leerbedrijf_id IS NOT NULL
                THEN bpvo.leerbedrijf_id NOT IN (FROM niet_in_register) END AS in_register,
            coalesce(verlengd.vanaf_begin, dekking.vanaf_begin) AS vanaf_begin,
            coalesce(verlengd.vanaf_peildatum, dekking.vanaf_peildatum) AS vanaf_peildatum,
            keuzedeel.code IS NOT NULL
                AND (geldig_van IS NULL OR geldig_van <= begindatum)
                AND (geldig_tot_en_met IS NULL OR begindatum <= geldig_tot_en_met) AS keuzedeel_klopt,
            brin IN (SELECT brin FROM '{folder}/instellingen.parquet') AS instelling_bekend,
            stagefonds.id IS NOT NULL AS van_stagefonds,
            inschrijving_gevonden, leerweg_op_lijst, een_categorie, tweede_erkenning, heeft_dubbele
        FROM bpvo
        LEFT JOIN (SELECT id, vanaf_begin, vanaf_peildatum FROM dekking) AS dekking USING (id)
        LEFT JOIN verlengd USING (id)
        LEFT JOIN stagefonds USING (id)
        LEFT JOIN '{folder}/keuzedelen.parquet' AS keuzedeel ON keuzedeel.code = keuzedeelcode
    ),
    feit AS (
        SELECT
            *,
            grondslag = 'opleiding' AS op_opleiding,
            grondslag = 'keuzedeel' AND begindatum >= DATE '2016-08-01' AS op_keuzedeel,
            -- For a keuzedeel every recognition counts, so that it need not be known that there is one to see that
            -- a company has none; for an opleiding those for its codes count.
            CASE WHEN leerbedrijf_id IS NOT NULL AND begindatum IS NOT NULL
                THEN vanaf_begin IS NOT NULL END AS elke_erkend_bij_begin,
            CASE WHEN grondslag IS NOT NULL THEN elke_erkend_bij_begin END AS erkend_bij_begin,
            CASE WHEN leerbedrijf_id IS NOT NULL AND grondslag IS NOT NULL AND begindatum <= einde
                AND begindatum <= DATE '{peildatum}'
                THEN coalesce(vanaf_begin >= einde_tot_peildatum, false) END AS gedekt,
            CASE WHEN leerbedrijf_id IS NOT NULL AND grondslag IS NOT NULL
                THEN vanaf_peildatum IS NOT NULL END AS erkend_op_peildatum,
            coalesce(vanaf_peildatum >= einde, false) AS gedekt_vanaf_peildatum,
            (grondslag = 'opleiding') AND (begindatum >= (SELECT min(van) FROM lijst))
                AND CASE WHEN opleidingcode IS NOT NULL AND begindatum IS NOT NULL THEN van_stagefonds END
                AS in_stagefonds
        FROM bekeken
    )
    SELECT
        concat_ws('/', brin, student, inschrijvingvolgnummer, volgnummer) AS subject,
        uitkomst(op_opleiding, in_register) AS leerbedrijf_bekend,
        uitkomst(op_opleiding, erkend_bij_begin) AS erkend_bij_aanvang,
        uitkomst(op_opleiding AND begindatum <= DATE '{peildatum}' AND erkend_bij_begin, gedekt)
            AS erkend_gedurende_looptijd,
        uitkomst(
            op_opleiding AND begindatum <= DATE '{peildatum}' AND einde > DATE '{peildatum}' AND erkend_op_peildatum,
            gedekt_vanaf_peildatum
        ) AS erkenning_dekt_planning,
        uitkomst(op_keuzedeel, in_register) AS keuzedeel_leerbedrijf_bekend,
        uitkomst(op_keuzedeel, elke_erkend_bij_begin) AS keuzedeel_erkend_bij_aanvang,
        uitkomst(op_keuzedeel AND begindatum <= DATE '{peildatum}' AND elke_erkend_bij_begin, gedekt)
            AS keuzedeel_erkend_gedurende_looptijd,
        uitkomst(op_keuzedeel, keuzedeel_klopt) AS keuzedeel_geldig,
        uitkomst(true, op_tijd(ontvangen_duo, afsluitdatum_aanlevering + {aanlevering})) AS tijdig_bij_duo,
        uitkomst(true, op_tijd(ontvangen_sbb, (ontvangen_duo + INTERVAL 1 MONTH)::DATE)) AS tijdig_bij_sbb,
        uitkomst(in_stagefonds, inschrijving_gevonden) AS stagefonds_inschrijving,
        uitkomst(in_stagefonds, instelling_bekend) AS stagefonds_instelling,
        uitkomst(in_stagefonds, leerweg_op_lijst) AS stagefonds_leerweg,
        uitkomst(in_stagefonds AND leerweg_op_lijst, een_categorie) AS stagefonds_categorie,
        uitkomst(
            in_stagefonds,
            begindatum <= einddatum_gepland AND (einddatum_werkelijk IS NULL OR begindatum <= einddatum_werkelijk)
        ) AS stagefonds_periode,
        uitkomst(in_stagefonds, omvang IS NOT NULL AND omvang > 0) AS stagefonds_omvang,
        uitkomst(
            in_stagefonds,
            CASE WHEN begindatum <= DATE '{peildatum}' THEN gedekt ELSE erkend_bij_begin END
        ) AS stagefonds_leerbedrijf,
        uitkomst(
            in_stagefonds AND opleidingcode IN (SELECT opleidingcode FROM tweede_nodig),
            CASE WHEN leerbedrijf_id IS NOT NULL THEN tweede_erkenning END
        ) AS stagefonds_tweede_erkenning,
        uitkomst(
            in_stagefonds AND omvang IS NOT NULL AND begindatum IS NOT NULL AND einddatum_gepland IS NOT NULL
                AND begindatum <= einddatum_gepland,
            omvang * 7 <= {uren} * (einddatum_gepland - begindatum + 1)
        ) AS omvang_aannemelijk,
        uitkomst(in_stagefonds AND einddatum_werkelijk IS NOT NULL, einddatum_werkelijk <= DATE '{peildatum}')
            AS einddatum_niet_in_toekomst,
        uitkomst(in_stagefonds AND einddatum_gepland < DATE '{peildatum}', einddatum_werkelijk IS NOT NULL)
            AS einddatum_geregistreerd,
        uitkomst(
            in_stagefonds AND leerbedrijf_id IS NOT NULL AND begindatum IS NOT NULL AND einde IS NOT NULL,
            NOT heeft_dubbele
        ) AS geen_dubbele_bpvo,
        uitkomst(
            true,
            afsluitdatum IS NOT NULL AND begindatum IS NOT NULL AND einddatum_gepland IS NOT NULL
                AND leerbedrijf_id IS NOT NULL AND grondslag IS NOT NULL
        ) AS verplichte_gegevens,
        uitkomst(true, opleidingcode IS NULL OR keuzedeelcode IS NULL) AS een_grondslag
    FROM feit
"""

UITWISSELING_RULES = """
    WITH levering AS (
        SELECT
            *,
            CASE WHEN teruggekoppeld_op <= DATE '{peildatum}' THEN teruggekoppeld_op END AS antwoord_op
        FROM '{folder}/uitwisselingen.parquet'
        WHERE ontvangen_duo_op <= DATE '{peildatum}'
    )
    SELECT
        concat_ws('/', brin, student, inschrijvingvolgnummer, volgnummer) || '#' || volgorde AS subject,
        uitkomst(soort = 'wijziging', op_tijd(ontvangen_duo_op, ontstaan_op + {aanlevering}))
            AS wijziging_tijdig_bij_duo,
        uitkomst(true, op_tijd(antwoord_op, ontvangen_duo_op + {terugkoppeling})) AS terugkoppeling_tijdig,
        uitkomst(antwoord_op IS NOT NULL, uitkomst = 'geaccepteerd') AS levering_geaccepteerd
    FROM levering
"""

AANVRAAG_RULES = """
    WITH aanvraag AS (
        SELECT
            aanvraag_id,
            soort = 'nieuw' AS nieuw,
            CASE WHEN besluit_op <= DATE '{peildatum}' THEN besluit_op END AS besluit,
            CASE WHEN kennisgeving_op <= DATE '{peildatum}' THEN kennisgeving_op END AS kennisgeving,
            coalesce(overschrijding_gemotiveerd_op <= DATE '{peildatum}', false) AS gemotiveerd,
            uiterste_dag_besluit,
            uiterste_dag_kennisgeving
        FROM '{folder}/erkenningsaanvragen.parquet' LEFT JOIN werkdagtermijn USING (dagtekening)
        WHERE dagtekening <= DATE '{peildatum}'
    )
    SELECT
        aanvraag_id AS subject,
        uitkomst(nieuw AND NOT gemotiveerd, op_tijd(besluit, uiterste_dag_besluit)) AS besluit_tijdig,
        uitkomst(nieuw AND gemotiveerd, op_tijd(besluit, uiterste_dag_besluit)) AS besluit_overschrijding_gemotiveerd,
        uitkomst(nieuw, op_tijd(kennisgeving, uiterste_dag_kennisgeving)) AS kennisgeving_tijdig
    FROM aanvraag
"""

# Thousands of measurements share a moment, so only the different moments are read and compared.
METING_RULES = """
    WITH moment AS (
        SELECT DISTINCT functie, tijdstip, tijdstip::TIMESTAMPTZ AS op
        FROM (SELECT DISTINCT functie, tijdstip FROM '{folder}/white_label_metingen.parquet')
    ),
    onderhoud AS (
        SELECT functie, van::TIMESTAMPTZ AS van, tot::TIMESTAMPTZ AS tot
        FROM '{folder}/white_label_onderhoud.parquet'
        WHERE aangekondigd_op < (van::TIMESTAMPTZ AT TIME ZONE 'Europe/Amsterdam')::DATE
    ),
    tijdens_onderhoud AS (
        SELECT DISTINCT moment.functie, tijdstip
        FROM moment JOIN onderhoud ON van <= op AND op < tot
        WHERE onderhoud.functie IS NULL OR onderhoud.functie = moment.functie
    ),
    gezien AS (
        SELECT moment.functie, moment.tijdstip, o.functie IS NOT NULL AS in_onderhoud
        FROM moment LEFT JOIN tijdens_onderhoud AS o USING (functie, tijdstip)
        WHERE op < (DATE '{peildatum}' + 1)::TIMESTAMP AT TIME ZONE 'Europe/Amsterdam'
    )
    SELECT
        concat(functie, '@', tijdstip, '@', brin) AS subject,
        uitkomst(NOT in_onderhoud, gelukt) AS white_label_antwoordt
    FROM '{folder}/white_label_metingen.parquet' JOIN gezien USING (functie, tijdstip)
"""

SUBJECTS: Mapping[str, str] = {
    "bpvo": BPVO_RULES,
    "uitwisseling": UITWISSELING_RULES,
    "erkenningsaanvraag": AANVRAAG_RULES,
    "white_label_meting": METING_RULES,
}


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
    filled = {
        "folder": folder,
        "peildatum": peildatum.isoformat(),
        "aanlevering": TERMIJN_AANLEVERING,
        "terugkoppeling": TERMIJN_TERUGKOPPELING,
        "uren": UREN_PER_WEEK,
    }
    counts: Outcomes = {}
    with duckdb.connect() as con:
        con.execute(SETUP.format(**filled))
        _lists(con)
        _terms(con, peildatum)
        for step in (BPVO, REGISTER, DEKKING, STAGEFONDS):
            con.execute(step.format(**filled))
        for subject, rules in SUBJECTS.items():
            path = output / f"{subject}.parquet"
            con.execute(f"COPY ({rules.format(**filled)}) TO '{path}' (FORMAT parquet)")
            counts |= _counts(con, path)
    return counts


def _counts(con: duckdb.DuckDBPyConnection, path: Path) -> Outcomes:
    """Count the outcomes in a file that was written."""
    columns = con.execute(f"FROM '{path}' LIMIT 0").description or []
    rules = [name for name, *_ in columns if name != "subject"]
    asked = ", ".join(f"coalesce(count_if({rule} = {outcome}), 0)" for rule in rules for outcome in range(4))
    (found,) = con.execute(f"SELECT {asked} FROM '{path}'").fetchall()  # noqa: S608 - names of rules
    return {rule: dict(enumerate(found[4 * at : 4 * at + 4])) for at, rule in enumerate(rules)}


def _table(con: duckdb.DuckDBPyConnection, name: str, types: Mapping[str, str], rows: Sequence[Sequence[Any]]) -> None:
    """Make a small table of rows, all at once."""
    records = [dict(zip(types, row, strict=True)) for row in rows]
    shape = json.dumps([dict(types)])
    con.execute(
        f"CREATE TEMP TABLE {name} AS SELECT unnest(from_json($rows, $shape), recursive := true)",
        {"rows": json.dumps(records, default=str), "shape": shape},
    )


def _lists(con: duckdb.DuckDBPyConnection) -> None:
    """Make tables of the lists of Stagefonds: one list number per list, in the order in which they are in force."""
    lists = sorted(stagefondslijsten(), key=lambda one: one.van)
    until = [later.van - timedelta(days=1) for later in lists[1:]] + [date.max]
    in_force = [(number, one.van, last) for number, (one, last) in enumerate(zip(lists, until, strict=True))]
    _table(con, "lijst", {"lijst": "INTEGER", "van": "DATE", "tot_en_met": "DATE"}, in_force)

    codes: list[tuple[int, str]] = []
    lines: list[tuple[int, str, str, bool]] = []
    categories: list[tuple[int, str, str, int]] = []
    second: list[tuple[int, str, str]] = []
    for number, one in enumerate(lists):
        codes += [(number, code) for code in sorted(one.codes)]
        for leerweg, code in sorted({(str(line.leerweg), str(line.opleidingcode)) for line in one.regels}):
            per_niveau = one.niveau_nodig(leerweg, code)
            lines.append((number, leerweg, code, per_niveau))
            # Niveau 0 stands for whatever niveau, where the list does not ask for it.
            fitting = [n for n in ((1, 2, 3, 4) if per_niveau else (0,)) if len(one.categorieen(leerweg, code, n)) == 1]
            categories += [(number, leerweg, code, niveau) for niveau in fitting]
        second += [(number, code, also) for code in TWEEDE_ERKENNING for also in sorted(one.tweede_erkenningen(code))]
    key = {"lijst": "INTEGER", "leerweg": "VARCHAR", "opleidingcode": "VARCHAR"}
    _table(con, "lijst_code", {"lijst": "INTEGER", "opleidingcode": "VARCHAR"}, codes)
    _table(con, "lijst_regel", key | {"per_niveau": "BOOLEAN"}, lines)
    _table(con, "lijst_categorie", key | {"niveau": "INTEGER"}, categories)
    _table(con, "lijst_tweede", {"lijst": "INTEGER", "opleidingcode": "VARCHAR", "code": "VARCHAR"}, second)
    _table(con, "tweede_nodig", {"opleidingcode": "VARCHAR"}, [(code,) for code in TWEEDE_ERKENNING])


def _terms(con: duckdb.DuckDBPyConnection, peildatum: date) -> None:
    """Make the table with the last day of each term in werkdagen, per day on which a request can be dated."""
    kalender = Werkkalender(gelijkgestelde_dagen())
    days = [REGLEMENT + timedelta(days=at) for at in range((peildatum - REGLEMENT).days + 1)]
    beyond = [REGLEMENT + timedelta(days=at) for at in range(len(days) + 4 * TERMIJN_KENNISGEVING)]
    werkdagen = [day for day in beyond if kalender.is_werkdag(day)]
    rows = []
    for day in days:
        first = bisect_right(werkdagen, day)
        rows.append((day, werkdagen[first + TERMIJN_BESLUIT - 1], werkdagen[first + TERMIJN_KENNISGEVING - 1]))
    types = {"dagtekening": "DATE", "uiterste_dag_besluit": "DATE", "uiterste_dag_kennisgeving": "DATE"}
    _table(con, "werkdagtermijn", types, rows)


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
