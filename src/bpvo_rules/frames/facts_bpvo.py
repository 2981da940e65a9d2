"""The facts of BPVO's, in stages."""

from typing import Any, Final

import narwhals.stable.v2 as nw

from bpvo_rules.frames import reference
from bpvo_rules.frames.bpvos import bpvos
from bpvo_rules.frames.dekking import Cover, cover, is_known, known_recognitions, register_key
from bpvo_rules.frames.engine import Frame
from bpvo_rules.frames.inschrijving import ENROLLED, ENROLMENT, domein_of_content, enrolled
from bpvo_rules.frames.records import day_number
from bpvo_rules.frames.run import ID, Beside, Need, Run, Stage, lookup

__all__ = ["BPVO_STAGES", "OWN", "bpvos_with_facts"]


def _filled(*names: str) -> Any:
    return nw.all_horizontal(*(~nw.col(name).is_null() for name in names), ignore_nulls=True)


def _asked(need: Need, *names: str) -> Any:
    """Say for which subjects something is needed, and these columns are filled."""
    return _filled(*names) if need.where is None else need.where & _filled(*names)


def _part(frame: Frame, need: Need, *names: str) -> Frame:
    """Give the subjects for which something is needed, and of which these columns are filled."""
    return frame.filter(_asked(need, *names))


# ---- what the record itself says


OWN: Final = (
    "grondslag",
    "einde",
    "einde_tot_peildatum",
    "dagen_gepland",
    "instelling_bekend",
    "stagefondslijst",
    "stagefondslijst_van_kracht",
    "opleiding_op_stagefondslijst",
    "ontvangen_duo",
    "ontvangen_sbb",
    "afsluitdatum_aanlevering",
)
"""The facts that come with the BPVO's themselves."""


def bpvos_with_facts(run: Run) -> Frame:
    """Give the BPVO's that exist, with what their own record and short lists say."""
    return run.engine.hold(_of_list(run, _own(run, bpvos(run))), mostly_held=True)


def _own(run: Run, frame: Frame) -> Frame:
    schools = sorted(run.context.stand.instellingen)
    based: Any = nw.when(~nw.col("keuzedeelcode").is_null()).then(nw.lit("keuzedeel"))
    if run.opgezocht("uitwisselingen", "keuzedeelcode"):
        # An opleidingcode decides only when it is known that there is no keuzedeel.
        based = based.otherwise(nw.when(~nw.col("opleidingcode").is_null()).then(nw.lit("opleiding")))
    frame = frame.with_columns(
        based.alias("grondslag"),
        nw.when(nw.col("einddatum_werkelijk").is_null())
        .then(nw.col("einddatum_gepland"))
        .otherwise(nw.col("einddatum_werkelijk"))
        .alias("einde"),
        (nw.col("einddatum_gepland") - nw.col("begindatum") + 1).cast(nw.Int64).alias("dagen_gepland"),
        (nw.col("brin").is_in(schools) if schools else nw.lit(value=False)).alias("instelling_bekend"),
    )
    until = nw.when(nw.col("einde") > run.p).then(nw.lit(run.p)).otherwise(nw.col("einde"))
    return frame.with_columns(until.alias("einde_tot_peildatum"))


def _of_list(run: Run, frame: Frame) -> Frame:
    frame = frame.with_columns(reference.list_on(run, nw.col("begindatum")).alias("stagefondslijst"))
    listed = ~nw.col("stagefondslijst").is_null()
    return frame.with_columns(
        nw.when(~nw.col("begindatum").is_null()).then(listed).alias("stagefondslijst_van_kracht"),
        nw.when(listed & ~nw.col("opleidingcode").is_null())
        .then(reference.on_list(run))
        .alias("opleiding_op_stagefondslijst"),
    )


# ---- the register


def _in_register(run: Run, frame: Frame, _: Need) -> Beside:
    complete = run.opgezocht("leerbedrijven") and run.opgezocht("erkenningen")
    company = nw.col("leerbedrijf_id").cast(nw.Int64).alias("_company")
    absent = frame.filter(_filled("leerbedrijf_id")).select(ID, company)
    for name in ("leerbedrijven", "erkenningen"):
        if name in run.keten.frames:
            known = run.keten.frames[name].filter(is_known(run)).select(company)
            # Nearly every company is in the first table, so few are looked for in the second.
            absent = run.engine.hold(absent.join(known, on="_company", how="anti"))
    absent = absent.select(ID, nw.lit(value=True).alias("_absent"))
    unknown = nw.lit(value=False) if complete else nw.lit(None).cast(nw.Boolean)
    found = nw.when(nw.col("_absent").is_null()).then(nw.lit(value=True)).otherwise(unknown)
    return Beside(frames=(absent,), on=(ID,), made={"in_register": nw.when(_filled("leerbedrijf_id")).then(found)})


_COVERED: Final = ("erkend_op_begindatum", "gedekt_tot_peildatum", "erkend_op_peildatum", "gedekt_vanaf_peildatum")


def _covered(run: Run, frame: Frame, need: Need) -> Beside:
    days = ("begindatum", "einde", "einde_tot_peildatum")
    asked = _asked(need, "leerbedrijf_id", "opleidingcode")

    def hits(subjects: Frame) -> Frame:
        wide = reference.codes(run, subjects).filter(nw.col("_code") != reference.NO_CODE)
        wide = wide.select(ID, *days, _register(nw.col("_code")))
        return wide.join(known_recognitions(run), on="_register", how="inner").select(ID, *days, "_van", "_tot")

    covers = [
        one
        for one in (
            Cover(nw.col("begindatum"), nw.col("einde_tot_peildatum"), _COVERED[0], _COVERED[1]),
            Cover(nw.lit(run.p), nw.col("einde"), _COVERED[2], _COVERED[3]),
        )
        if {one.first, one.whole} & need.names
    ]
    part = frame.filter(asked).select(ID, "leerbedrijf_id", "opleidingcode", *days)
    return cover(run, part, hits, covers, asked=asked, volledig=reference.volledig(run))


_ANY_COVERED: Final = ("elke_erkend_op_begindatum", "elke_gedekt_tot_peildatum")


def _any_covered(run: Run, frame: Frame, need: Need) -> Beside:
    days = ("begindatum", "einde_tot_peildatum")
    asked = _asked(need, "leerbedrijf_id")

    def hits(subjects: Frame) -> Frame:
        companies = subjects.select(ID, *days, nw.col("leerbedrijf_id").cast(nw.Int64).alias("_company"))
        return companies.join(known_recognitions(run), on="_company", how="inner").select(ID, *days, "_van", "_tot")

    covers = [Cover(nw.col("begindatum"), nw.col("einde_tot_peildatum"), *_ANY_COVERED)]
    part = frame.filter(asked).select(ID, "leerbedrijf_id", *days)
    return cover(run, part, hits, covers, asked=asked, volledig=None)


def _register(code: Any) -> Any:
    return register_key(nw.col("leerbedrijf_id").cast(nw.Int64), code).alias("_register")


def _second(run: Run, frame: Frame, need: Need) -> Frame:
    name = "tweede_erkenning_op_begindatum"
    part = _part(frame, need, "leerbedrijf_id", "opleidingcode", "begindatum", "stagefondslijst").select(
        ID, "leerbedrijf_id", "opleidingcode", "begindatum", "stagefondslijst"
    )
    part = run.engine.hold(part)
    wanted = part.join(reference.second_codes(run), on=["stagefondslijst", "opleidingcode"], how="inner")
    wanted = wanted.select(ID, "begindatum", _register(nw.col("_code")))
    hits = wanted.join(known_recognitions(run), on="_register", how="inner").filter(
        (nw.col("_van") <= nw.col("begindatum")) & (nw.col("begindatum") <= nw.col("_tot"))
    )
    found = hits.select(ID).unique().with_columns(nw.lit(value=True).alias(name))
    return part.join(found, on=ID, how="left").with_columns(nw.col(name).fill_null(value=False))


# ---- keuzedelen


def _keuzedeel(run: Run, frame: Frame, need: Need) -> Frame:
    frame = _part(frame, need, "keuzedeelcode").select(ID, "keuzedeelcode", "begindatum")
    rows = run.context.stand.keuzedelen.values()
    bounds = [(r.code, r.geldig_van, r.geldig_tot_en_met) for r in rows]
    small = run.engine.small(
        {
            "keuzedeelcode": ("text", [str(code) for code, _, _ in bounds]),
            "_van": ("day", [-10_000_000 if van is None else day_number(van) for _, van, _ in bounds]),
            "_tot": ("day", [10_000_000 if tot is None else day_number(tot) for _, _, tot in bounds]),
        }
    )
    frame = lookup(frame, small, ["keuzedeelcode"])
    known = ~nw.col("_van").is_null()
    return frame.with_columns(
        known.alias("keuzedeel_bekend"),
        (known & (nw.col("_van") <= nw.col("begindatum")).fill_null(value=False)).alias("keuzedeel_al_geldig"),
        (known & (nw.col("begindatum") <= nw.col("_tot")).fill_null(value=False)).alias("keuzedeel_nog_geldig"),
    )


# ---- the inschrijving


def _enrolled(run: Run, frame: Frame, need: Need) -> Frame:
    part = run.engine.hold(_part(frame, need, "begindatum").select(ID, *ENROLMENT, "begindatum"))
    part = part.join(enrolled(run, part), on=ID, how="left")
    return part.with_columns((~nw.col("inschrijvingsperiode").is_null()).alias("inschrijvingsperiode_gevonden"))


def _on_list_for_leerweg(run: Run, frame: Frame, need: Need) -> Frame:
    frame = _part(frame, need, "stagefondslijst", "leerweg", "opleidingcode")
    frame = lookup(frame, reference.lists(run), ["stagefondslijst", "leerweg", "opleidingcode"])
    listed = ~nw.col("_categorieen_1").is_null()
    fits = nw.when(~nw.col("_categorieen").is_null()).then(nw.col("_categorieen"))
    by_niveau: Any = nw.lit(None).cast(nw.Int64)
    for niveau in reference.NIVEAUS:
        by_niveau = (
            nw.when((nw.col("niveau") == niveau).fill_null(value=False))
            .then(nw.col(f"_categorieen_{niveau}"))
            .otherwise(by_niveau)
        )
    # A code that is not listed for the leerweg fits no category, whatever the niveau.
    number = nw.when(listed).then(fits.otherwise(by_niveau)).otherwise(nw.lit(0))
    frame = frame.with_columns(
        listed.alias("leerweg_op_stagefondslijst"),
        number.alias("stagefonds_categorieen"),
    )
    return frame.with_columns((nw.col("stagefonds_categorieen") == 1).alias("een_stagefonds_categorie"))


def _domein(run: Run, frame: Frame, _: Need) -> Frame:
    return domein_of_content(run, frame)


# ---- doubles


def _doubled(run: Run, frame: Frame, need: Need) -> Frame:
    place = ["brin", "student", "leerbedrijf_id", "opleidingcode"]
    same = frame.filter(_filled("leerbedrijf_id", "opleidingcode", "begindatum")).filter(
        nw.col("stagefondslijst_van_kracht") & nw.col("opleiding_op_stagefondslijst")
    )
    others = same.filter(nw.col("keuzedeelcode").is_null()).select(
        *place,
        nw.col(ID).alias("_other"),
        nw.col("begindatum").alias("_van"),
        nw.col("einde").alias("_tot"),
    )
    part = _part(frame, need, "leerbedrijf_id", "opleidingcode", "begindatum", "einde")
    part = run.engine.hold(part.select(ID, *place, "begindatum", "einde"))
    pairs = part.join(others, on=place, how="inner").filter(nw.col("_other") != nw.col(ID))
    pairs = run.engine.hold(pairs.filter(nw.col("_van") <= nw.col("einde")))
    latest = nw.when(nw.col("_van") > nw.col("begindatum")).then(nw.col("_van")).otherwise(nw.col("begindatum"))
    first = nw.when(nw.col("_tot") < nw.col("einde")).then(nw.col("_tot")).otherwise(nw.col("einde"))
    overlap = pairs.filter(~nw.col("_tot").is_null()).filter(latest <= first).select(ID).unique()
    part = part.join(overlap.with_columns(nw.lit(value=True).alias("_found")), on=ID, how="left")
    found = ~nw.col("_found").is_null()
    if run.opgezocht("uitwisselingen", "einddatum_gepland"):
        # A planned end that is empty puts the other out of scope.
        part = part.with_columns(found.alias("heeft_dubbele_bpvo"))
    else:
        possible = pairs.filter(nw.col("_tot").is_null()).select(ID).unique()
        part = part.join(possible.with_columns(nw.lit(value=True).alias("_possible")), on=ID, how="left")
        decided = found | nw.col("_possible").is_null()
        part = part.with_columns(nw.when(decided).then(found).alias("heeft_dubbele_bpvo"))
    return part


BPVO_STAGES: Final = (
    Stage(facts=("in_register",), compute=_in_register),
    Stage(facts=_COVERED, compute=_covered),
    Stage(facts=_ANY_COVERED, compute=_any_covered),
    Stage(facts=("keuzedeel_bekend", "keuzedeel_al_geldig", "keuzedeel_nog_geldig"), compute=_keuzedeel),
    Stage(facts=(*ENROLLED, "inschrijvingsperiode_gevonden"), compute=_enrolled),
    Stage(
        facts=("leerweg_op_stagefondslijst", "stagefonds_categorieen", "een_stagefonds_categorie"),
        compute=_on_list_for_leerweg,
        builds_on=("leerweg", "niveau"),
    ),
    Stage(facts=("tweede_erkenning_op_begindatum",), compute=_second),
    Stage(facts=("heeft_dubbele_bpvo", "dubbele_bpvos"), compute=_doubled),
    Stage(facts=("domein",), compute=_domein),
)
"""The other facts of a BPVO that a rule reads or a foto counts by, each stage after what it builds on."""
