"""The register: coverage that is exactly what was asked for, counted day by day."""

from datetime import date

import pytest

from bpvo_rules.codes import LeerbedrijfId, Opleidingcode
from bpvo_rules.model import Erkenning
from bpvo_rules.simulate.dekking import Dekkingmaker
from bpvo_rules.simulate.loterij import Loterij
from bpvo_rules.simulate.opleidingen import BIJZONDER, Opleidingenwereld
from bpvo_rules.simulate.register import Register

K = date(2019, 7, 1)
FAR = date(2030, 1, 1)


def known(row: Erkenning) -> bool:
    """Say whether a row is known on K: from its first day on, until the day before its last bound."""
    return (row.bekend_vanaf is None or row.bekend_vanaf <= K) and (row.bekend_tot is None or row.bekend_tot > K)


def covered(register: Register, bedrijf: LeerbedrijfId, codes: list[Opleidingcode], dag: int) -> bool:
    """Look at one day."""
    return any(
        row.leerbedrijf_id == bedrijf
        and row.opleidingcode in codes
        and known(row)
        and row.van.toordinal() <= dag <= (row.tot_en_met or FAR).toordinal()
        for row in register.erkenningen
    )


@pytest.fixture
def register() -> Register:
    return Register(Opleidingenwereld(), Loterij(3, "register"), k=K.toordinal())


@pytest.mark.parametrize("code", ["25180", "23181", "79120", "23110"])
@pytest.mark.parametrize("open_end", [False, True], ids=["closed", "open"])
def test_coverage_is_exactly_the_days_asked_for(register: Register, code: str, *, open_end: bool) -> None:
    """Whatever rows it is made of, and whatever rows are added that are not known on K."""
    codes = register.wereld.tel_mee[code]
    maker = Dekkingmaker(register, Loterij(4, "dekking"))
    van, tot = K.toordinal() - 300, K.toordinal() - 100
    for n in range(60):
        bedrijf = register.schrijf_in()
        maker.dek(bedrijf, codes, van, None if open_end else tot)
        maker.ruis(bedrijf, codes)

        assert not covered(register, bedrijf, codes, van - 1), n
        assert all(covered(register, bedrijf, codes, dag) for dag in range(van, tot + 1)), n
        assert covered(register, bedrijf, codes, tot + 1) is open_end, n


def test_one_day_can_be_covered_alone(register: Register) -> None:
    maker = Dekkingmaker(register, Loterij(4, "dekking"))
    codes = register.wereld.tel_mee["25180"]
    for _ in range(30):
        bedrijf = register.schrijf_in()
        maker.dek(bedrijf, codes, K.toordinal(), K.toordinal())

        assert [covered(register, bedrijf, codes, K.toordinal() + n) for n in (-1, 0, 1)] == [False, True, False]


@pytest.mark.parametrize("code", ["25180", "23181", "79120", "25491", "92610", "25655", *BIJZONDER])
def test_a_solid_company_covers_every_day_of_every_placement(register: Register, code: str) -> None:
    """Day by day, for the codes that count: the code, or those of the dossier or domein, with their equivalents."""
    codes = register.wereld.tel_mee[code]
    for _ in range(25):
        bedrijf = register.kies(Opleidingcode(code), ())

        assert all(covered(register, bedrijf, codes, dag) for dag in range(register.vroeg, register.laat, 7))


@pytest.mark.parametrize(
    ("code", "tweede"),
    [
        ("23189", {"25498", "92640"}),
        ("23110", {"25251", "25491"}),
        ("26007", {"25498"}),
        ("26002", {"25480"}),
    ],
)
def test_a_solid_company_has_the_second_recognition_that_a_code_asks(
    register: Register, code: str, tweede: set[str]
) -> None:
    others = [Opleidingcode(other) for other in sorted(tweede)]
    for _ in range(25):
        bedrijf = register.kies(Opleidingcode(code), ())

        assert all(covered(register, bedrijf, others, dag) for dag in range(register.vroeg, register.laat, 7))


def test_a_company_that_was_used_is_not_chosen_again(register: Register) -> None:
    used: set[str] = set()
    for _ in range(40):
        bedrijf = register.kies(Opleidingcode("25180"), used)

        assert bedrijf not in used
        used.add(bedrijf)


def test_what_only_seems_to_count_does_not(register: Register) -> None:
    """Equivalents have a direction and do not pass on."""
    wereld = register.wereld
    pairs = {(pair.opleidingcode, pair.equivalent) for pair in wereld.equivalenten}

    assert len(wereld.bijna) > 50
    for code, others in wereld.bijna.items():
        for other in others:
            assert other != code
            assert (code, other) not in pairs
            assert other not in wereld.tel_mee[code]


def test_a_strange_code_never_counts(register: Register) -> None:
    wereld, lot = register.wereld, Loterij(9, "x")
    for code, counting in wereld.tel_mee.items():
        for _ in range(5):
            assert wereld.vreemde_code(code, lot) not in counting
