"""A simulated chain looks like the chain: sizes, shares, and everything that happens in it."""

import os
import subprocess
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable
from datetime import timedelta
from itertools import pairwise
from typing import Any

import pytest

from bpvo_rules.keten import Keten
from bpvo_rules.model import TABLES, SoortAanvraag, SoortOpleiding, Uitkomst, Uitwisseling
from bpvo_rules.simulate import Simulatie, simulate

_DIGEST = """
import hashlib
from bpvo_rules.model import TABLES
from bpvo_rules.simulate import simulate
s = simulate(seed=3, bpvos=300)
digest = hashlib.sha256(repr(sorted(s.verwacht)).encode())
for name in TABLES:
    for row in s.keten.table(name):
        digest.update(repr([getattr(row, c) for c in TABLES[name].columns]).encode())
print(digest.hexdigest())
"""


def rows(keten: Keten, name: str) -> tuple[Any, ...]:
    """Give a table that is there."""
    found = keten.table(name)
    assert found is not None
    return found


def share(things: Iterable[bool]) -> float:
    """Give the part of a number of things that is true."""
    found = list(things)
    return sum(found) / len(found)


def histories(keten: Keten) -> dict[tuple[str, ...], list[Uitwisseling]]:
    """Give the deliveries of each BPVO, in their order."""
    found: dict[tuple[str, ...], list[Uitwisseling]] = defaultdict(list)
    for row in rows(keten, "uitwisselingen"):
        found[row.brin, row.student, row.inschrijvingvolgnummer, row.volgnummer].append(row)
    return found


def test_the_same_arguments_give_the_same_chain() -> None:
    one, other = simulate(seed=3, bpvos=300), simulate(seed=3, bpvos=300)

    assert all(one.keten.table(name) == other.keten.table(name) for name in TABLES)
    assert one.verwacht == other.verwacht


def test_a_chain_does_not_depend_on_the_order_of_sets() -> None:
    """Python orders sets of texts anew in every process, unless its hash seed is fixed."""
    digests = {
        subprocess.run(  # noqa: S603 - this very Python, with a program from this file
            [sys.executable, "-c", _DIGEST],
            env={**os.environ, "PYTHONHASHSEED": str(seed)},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in (0, 1, 2)
    }

    assert len(digests) == 1


def test_another_seed_gives_another_chain() -> None:
    assert simulate(seed=3, bpvos=300).verwacht != simulate(seed=4, bpvos=300).verwacht


def test_other_rates_of_white_label_leave_the_bpvos_as_they_are(simulatie: Simulatie) -> None:
    other = simulate(seed=7, bpvos=4000, rates={"white_label_storing": 0.3})

    assert other.keten.uitwisselingen == simulatie.keten.uitwisselingen
    assert other.keten.white_label_metingen != simulatie.keten.white_label_metingen


def test_every_table_is_there_and_has_rows(simulatie: Simulatie) -> None:
    assert all(rows(simulatie.keten, name) for name in TABLES)


@pytest.mark.parametrize("name", [name for name, table in TABLES.items() if table.key])
def test_keys_are_unique(simulatie: Simulatie, name: str) -> None:
    keys = Counter(tuple(getattr(row, column) for column in TABLES[name].key) for row in rows(simulatie.keten, name))

    assert max(keys.values()) == 1


@pytest.mark.parametrize(("instellingen", "bpvos"), [(1, 50), (4, 400), (12, 999)])
def test_there_are_as_many_schools_and_bpvos_as_asked_for(instellingen: int, bpvos: int) -> None:
    """A planted double may make one BPVO more per school."""
    made = simulate(seed=1, instellingen=instellingen, bpvos=bpvos)

    assert len(rows(made.keten, "instellingen")) == instellingen
    assert bpvos <= len(histories(made.keten)) <= bpvos + instellingen


def test_schools_differ_in_size_and_in_what_they_teach(simulatie: Simulatie) -> None:
    domeinen = {o.code: o.domein for o in rows(simulatie.keten, "opleidingen")}
    taught: dict[str, Counter[str | None]] = defaultdict(Counter)
    for periode in rows(simulatie.keten, "inschrijvingsperiodes"):
        taught[periode.brin][domeinen.get(periode.opleidingcode)] += 1
    schools = [school.brin for school in rows(simulatie.keten, "instellingen")]
    sizes = [taught[brin].total() for brin in schools]

    assert sizes == sorted(sizes, reverse=True)
    assert sizes[0] > 2 * sizes[-1]
    assert len({taught[brin].most_common(1)[0][0] for brin in schools} | {len(taught[b]) for b in schools}) > 2


def test_about_1_4_bpvos_are_made_per_enrolment(simulatie: Simulatie) -> None:
    """DUO's overviews of two schools: 31,117 BPVO's in 22,021 enrolments, and 28,260 in 19,859."""
    assert 1.2 < len(histories(simulatie.keten)) / len(rows(simulatie.keten, "inschrijvingen")) < 1.6


def test_about_a_quarter_learns_in_bbl(simulatie: Simulatie) -> None:
    """SBB 2015-2016 and 2019-2020: 21 to 26 per cent."""
    assert 0.15 < share(periode.leerweg == "BBL" for periode in rows(simulatie.keten, "inschrijvingsperiodes")) < 0.35


def test_students_have_several_enrolments_and_these_several_periods(simulatie: Simulatie) -> None:
    enrolments = Counter((row.brin, row.student) for row in rows(simulatie.keten, "inschrijvingen"))
    periods = Counter(
        (row.brin, row.student, row.inschrijvingvolgnummer) for row in rows(simulatie.keten, "inschrijvingsperiodes")
    )

    assert 0.08 < share(n > 1 for n in enrolments.values()) < 0.3
    assert 0.1 < share(n > 1 for n in periods.values()) < 0.3


def test_bpvos_rest_on_kwalificaties_dossiers_domeinen_keuzedelen_and_codes_outside_the_list(
    simulatie: Simulatie,
) -> None:
    soorten = {o.code: o.soort for o in rows(simulatie.keten, "opleidingen")}
    content = [deliveries[-1] for deliveries in histories(simulatie.keten).values()]
    kinds = Counter(soorten.get(row.opleidingcode) for row in content if row.opleidingcode is not None)

    assert kinds[SoortOpleiding.KWALIFICATIE] > 0.7 * len(content)
    assert min(kinds[SoortOpleiding.DOSSIER], kinds[SoortOpleiding.DOMEIN], kinds[None]) > 0
    assert 0.02 < share(row.keuzedeelcode is not None for row in content) < 0.12


def test_placements_start_in_four_study_years_and_ahead(simulatie: Simulatie) -> None:
    starts = [d[-1].begindatum for d in histories(simulatie.keten).values() if d[-1].begindatum is not None]
    ahead = max(starts) - simulatie.peildatum

    assert timedelta(days=10) < ahead <= timedelta(days=90)
    assert {start.year for start in starts} == {2015, 2016, 2017, 2018, 2019}


def test_agreements_are_drawn_up_around_the_first_day(simulatie: Simulatie) -> None:
    """Public rows: a median of -3 days, from -67 to +185, and 19 of 48 after the start."""
    firsts = [d[0] for d in histories(simulatie.keten).values()]
    lags = sorted((row.afsluitdatum - row.begindatum).days for row in firsts if row.afsluitdatum and row.begindatum)

    assert -12 < lags[len(lags) // 2] < 2
    assert 0.25 < share(lag > 0 for lag in lags) < 0.5


def test_deliveries_are_changed_rejected_withdrawn_and_added_again(simulatie: Simulatie) -> None:
    courses = Counter(
        "".join(f"{row.soort[0]}{'-' if row.uitkomst is Uitkomst.AFGEKEURD else ''}" for row in deliveries)
        for deliveries in histories(simulatie.keten).values()
    )

    assert courses["t"] > 1000
    assert courses["tw"] > 500
    for course in ("t-w", "t-t", "tv", "tvt", "tw-"):
        assert any(found.startswith(course) for found in courses), course


def test_some_deliveries_and_answers_come_after_the_kennisdatum_or_never(simulatie: Simulatie) -> None:
    k = simulatie.peildatum
    deliveries = rows(simulatie.keten, "uitwisselingen")

    assert any(row.ontvangen_duo_op is None for row in deliveries)
    assert any(row.ontvangen_duo_op and row.ontvangen_duo_op > k for row in deliveries)
    assert any(
        row.ontvangen_duo_op and row.ontvangen_duo_op <= k and row.teruggekoppeld_op and row.teruggekoppeld_op > k
        for row in deliveries
    )
    assert any(row.ontvangen_sbb_op and row.ontvangen_sbb_op > k for row in deliveries)


def test_deliveries_come_in_order_and_not_before_the_agreement(simulatie: Simulatie) -> None:
    for deliveries in histories(simulatie.keten).values():
        received = [row.ontvangen_duo_op for row in deliveries if row.ontvangen_duo_op is not None]
        numbers = [row.volgorde for row in deliveries]
        first = deliveries[0]

        assert received == sorted(received)
        assert all(a < b for a, b in pairwise(numbers))
        if first.afsluitdatum is not None and first.ontvangen_duo_op is not None:
            assert first.afsluitdatum <= first.ontvangen_duo_op
        for row in deliveries:
            for after in (row.teruggekoppeld_op, row.ontvangen_sbb_op):
                assert after is None or row.ontvangen_duo_op is None or after >= row.ontvangen_duo_op


def test_recognitions_are_renewed_back_to_back_overlap_are_corrected_and_have_open_ends(simulatie: Simulatie) -> None:
    k = simulatie.peildatum
    per_company: dict[tuple[str, str], list[Any]] = defaultdict(list)
    for row in rows(simulatie.keten, "erkenningen"):
        per_company[row.leerbedrijf_id, row.opleidingcode].append(row)
    pairs = [pair for found in per_company.values() for pair in pairwise(found) if pair[0].tot_en_met]
    recognitions = rows(simulatie.keten, "erkenningen")

    assert sum(b.van == a.tot_en_met + timedelta(days=1) for a, b in pairs) > 300
    assert sum(a.van < b.van <= a.tot_en_met for a, b in pairs) > 50
    assert sum(b.van > a.tot_en_met + timedelta(days=1) for a, b in pairs) > 5
    assert sum(a.bekend_tot is not None and a.bekend_tot == b.bekend_vanaf for a, b in pairs) > 30
    assert any(row.tot_en_met is None for row in recognitions)
    assert any(row.bekend_vanaf and row.bekend_vanaf > k for row in recognitions)
    assert any(row.bekend_tot and row.bekend_tot > k for row in recognitions)


def test_some_companies_are_abroad(simulatie: Simulatie) -> None:
    """SBB 2016: 9,500 of 247,000."""
    assert 0.01 < share(row.land not in {"NL", None} for row in rows(simulatie.keten, "leerbedrijven")) < 0.08


def test_requests_are_of_three_kinds_and_some_are_open_or_of_after_the_kennisdatum(simulatie: Simulatie) -> None:
    requests = rows(simulatie.keten, "erkenningsaanvragen")

    assert {row.soort for row in requests} == set(SoortAanvraag)
    assert any(row.besluit_op is None for row in requests)
    assert any(row.overschrijding_gemotiveerd_op is not None for row in requests)
    assert any(row.dagtekening > simulatie.peildatum for row in requests)


def test_white_label_is_measured_nationally_and_by_schools_in_both_offsets(simulatie: Simulatie) -> None:
    measurements = rows(simulatie.keten, "white_label_metingen")
    offsets = {row.tijdstip.utcoffset() for row in measurements}

    assert {timedelta(hours=1), timedelta(hours=2)} <= offsets
    assert {row.brin for row in measurements} == {None, *(s.brin for s in rows(simulatie.keten, "instellingen"))}
    assert 0.9 < share(row.gelukt for row in measurements) < 1


def test_clocks_follow_the_dutch_summer_time(simulatie: Simulatie) -> None:
    """Summer time ran from 25 March to 28 October 2018; the change falls between 00:15 and 06:15."""
    offsets = {
        row.tijdstip_tekst[:16]: row.tijdstip_tekst[19:] for row in rows(simulatie.keten, "white_label_metingen")
    }

    assert offsets["2018-03-25T00:15"] == "+01:00"
    assert offsets["2018-03-25T06:15"] == "+02:00"
    assert offsets["2018-10-28T00:15"] == "+02:00"
    assert offsets["2018-10-28T06:15"] == "+01:00"


def test_the_register_grows_with_what_is_asked_for() -> None:
    small = simulate(seed=1, bpvos=400, erkenningen_per_bpvo=0)
    large = simulate(seed=1, bpvos=400, erkenningen_per_bpvo=10)

    assert len(rows(large.keten, "erkenningen")) >= 4000 > 2 * len(rows(small.keten, "erkenningen"))


def test_no_school_or_company_can_be_a_real_one(simulatie: Simulatie) -> None:
    """Real BRINs start with 0-3, real companies with 1."""
    assert all(row.brin.startswith("9") for row in rows(simulatie.keten, "instellingen"))
    assert all(row.leerbedrijf_id.startswith("9") for row in rows(simulatie.keten, "leerbedrijven"))
