"""The profile of the caller: how it is read, and what it does to a check."""

import csv
import io
import json
from pathlib import Path
from typing import Any

import pytest
from tests.cli.runner import PEILDATUM, Run

from bpvo_rules.errors import SourceError
from bpvo_rules.io.profile import read_profile
from bpvo_rules.judge import KindSetting, NormSetting, OffSetting, Toelichting

HEAD = 'naam = "ROC Voorbeeld"\ndatum = 2018-09-01\n'
WHOLE = f"""{HEAD}
[[norm]]
id = "speling_na_aanvang"
value = 14
reason = "afgesproken"
[[norm]]
id = "venster"
value = "ma-vr 08:00-18:00"
reason = "kantooruren"
[[kind]]
rule = "besluit_tijdig"
kind = "signaal"
reason = "niet aan ons"
[[off]]
rule = "verplichte_gegevens"
reason = "andere controle"
[[toelichting]]
melding = "0123456789abcdef"
reason = "nagevraagd"
tot_en_met = 2018-12-31
"""


def written(tmp_path: Path, text: str | bytes) -> Path:
    path = tmp_path / "profiel.toml"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def test_a_whole_profile_is_read(tmp_path: Path) -> None:
    profile = read_profile(written(tmp_path, WHOLE))

    assert (profile.naam, profile.datum.isoformat()) == ("ROC Voorbeeld", "2018-09-01")
    assert profile.norms == (
        NormSetting(norm="speling_na_aanvang", value=14, reason="afgesproken"),
        NormSetting(norm="venster", value="ma-vr 08:00-18:00", reason="kantooruren"),
    )
    assert profile.kinds == (KindSetting(rule="besluit_tijdig", kind="signaal", reason="niet aan ons"),)
    assert profile.off == (OffSetting(rule="verplichte_gegevens", reason="andere controle"),)
    (toelichting,) = profile.toelichtingen
    assert isinstance(toelichting, Toelichting)
    assert (toelichting.melding, toelichting.tot_en_met.isoformat()) == ("0123456789abcdef", "2018-12-31")


def test_a_profile_may_hold_nothing_but_its_name_and_day(tmp_path: Path) -> None:
    assert read_profile(written(tmp_path, HEAD)).norms == ()


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("datum = 2018-09-01", "naam ontbreekt"),
        ('naam = "x"', "datum ontbreekt"),
        ('naam = "x"\ndatum = "2018-09-01"', "datum moet een dag"),
        ('naam = "x"\ndatum = 2018-09-01T10:00:00', "datum moet een dag"),
        (f"{HEAD}kleur = 1", "kleur is onbekend"),
        (f'{HEAD}"123456782" = 1', "een onbekend woord"),
        (f'{HEAD}[[norm]]\nid = "venster"\nvalue = 1', "reason ontbreekt"),
        (f'{HEAD}[[norm]]\nid = "venster"\nvalue = 1\nreason = " "', "reason moet een tekst"),
        (f'{HEAD}[[norm]]\nid = "venster"\nvalue = true\nreason = "r"', "value moet een geheel getal"),
        (f'{HEAD}[[norm]]\nid = "venster"\nvalue = 1.5\nreason = "r"', "value moet een geheel getal"),
        (f'{HEAD}[norm]\nid = "venster"\nvalue = 1\nreason = "r"', "schrijf norm als [[norm]]"),
        (f"{HEAD}norm = [1]", "schrijf norm als [[norm]]"),
        (f'{HEAD}[[kind]]\nrule = "r"\nkind = "erg"\nreason = "r"', "kind moet fout of signaal of vraag"),
        (f'{HEAD}[[kind]]\nrule = "r"\nkind = ["fout"]\nreason = "r"', "kind moet fout of signaal of vraag"),
        (f'{HEAD}[[off]]\nrule = "r"\nreason = "r"\nuntil = 1', "until is onbekend"),
        (f'{HEAD}[[off]]\nrule = "r"\nreason = "a"\n[[off]]\nrule = "r"\nreason = "b"', "over hetzelfde"),
        (f'{HEAD}[[toelichting]]\nmelding = "X"\nreason = "r"\ntot_en_met = 2018-01-01', "melding moet het kenmerk"),
        (f'{HEAD}[[toelichting]]\nmelding = "0123456789abcdef"\nreason = "r"', "tot_en_met ontbreekt"),
        ("naam = 123456782x", "geen geldig TOML-bestand (regel 1"),
        (b"\xff\xfe", "geen tekst in UTF-8"),
        ("x = " + "[" * 100_000, "geen geldig TOML-bestand"),
        ("x = " + "9" * 5000, "geen geldig TOML-bestand"),
        (b"#" * 2_000_000, "te groot"),
    ],
)
def test_what_is_no_profile_is_refused_in_a_sentence_without_a_value(
    tmp_path: Path, text: str | bytes, says: str
) -> None:
    with pytest.raises(SourceError) as caught:
        read_profile(written(tmp_path, text))

    message = str(caught.value)
    assert says in message
    assert "123456782" not in message
    assert "\n" not in message


def test_a_profile_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match=r"nergens\.toml is geen bestand"):
        read_profile(tmp_path / "nergens.toml")


def test_a_profile_changes_norms_kinds_and_what_runs(run: Run, keten: Path, tmp_path: Path) -> None:
    """
    Of the 8 fouten one becomes a signaal and one is switched off.

    Outside the window of Monday 9:00-10:30 the second failed measurement is out
    of scope, which leaves 5.
    """
    text = WHOLE.replace("ma-vr 08:00-18:00", "ma 09:00-10:30")

    out = run("check", keten, "--peildatum", PEILDATUM, "--profile", written(tmp_path, text)).out

    assert "7 meldingen: 5 fout, 2 signaal, 0 vraag" in out
    assert "verplichte_gegevens: uitgezet in het profiel: andere controle" in out
    assert "Toelichtingen zonder melding: 0123456789abcdef." in out


def test_the_command_line_wins_from_the_profile(run: Run, keten: Path, tmp_path: Path) -> None:
    """With 6 days all six are late, with the 8 of the command line nobody is."""
    text = f'{HEAD}[[norm]]\nid = "termijn_aanlevering"\nvalue = 6\nreason = "streng"'
    profile = written(tmp_path, text)
    arguments = ("check", keten, "--peildatum", PEILDATUM, "--rule", "tijdig_bij_duo", "--profile", profile)

    assert "6 meldingen" in run(*arguments).out
    assert "0 meldingen" in run(*arguments, "--norm", "termijn_aanlevering=8").out


@pytest.mark.parametrize(
    "part",
    [
        '[[norm]]\nid = "bestaat_niet"\nvalue = 1\nreason = "r"',
        '[[norm]]\nid = "termijn_besluit"\nvalue = 0\nreason = "r"',
        '[[kind]]\nrule = "bestaat_niet"\nkind = "fout"\nreason = "r"',
        '[[off]]\nrule = "bestaat_niet"\nreason = "r"',
    ],
)
def test_a_profile_about_what_does_not_exist_gives_status_2(run: Run, keten: Path, tmp_path: Path, part: str) -> None:
    result = run("check", keten, "--peildatum", PEILDATUM, "--profile", written(tmp_path, HEAD + part))

    assert result.status == 2
    assert len(result.err.splitlines()) == 1


class TestToelichting:
    """A melding with a valid toelichting is shown and counted apart."""

    @pytest.fixture
    def explained(self, run: Run, keten: Path, tmp_path: Path) -> Any:
        """Check one rule with a toelichting for the melding about KOUD, valid until a day."""
        arguments = ("check", keten, "--peildatum", PEILDATUM, "--rule", "erkend_bij_aanvang")
        rows = csv.DictReader(io.StringIO(run(*arguments, "--format", "csv").out), delimiter=";")
        (melding,) = [row["melding"] for row in rows if row["subject"] == "27DV/KOUD/1/1"]

        def check(until: str, *more: str) -> Any:
            text = f'{HEAD}[[toelichting]]\nmelding = "{melding}"\nreason = "Nagevraagd."\ntot_en_met = {until}'
            return run(*arguments, "--profile", written(tmp_path, text), *more)

        return check

    def test_it_is_shown_and_counted_apart(self, explained: Any) -> None:
        out = explained("2018-12-31").out

        assert "2 meldingen: 2 fout, 0 signaal, 0 vraag; 1 met toelichting" in out
        before, after = out.split("Met toelichting:")
        assert "27DV/VREEMD/1/1" in before
        assert "27DV/KOUD/1/1" in after
        assert "Toelichting tot en met 31 december 2018: Nagevraagd." in after

    def test_it_holds_on_its_last_day(self, explained: Any) -> None:
        out = explained("2018-10-01").out

        assert "1 met toelichting" in out
        assert "Verlopen toelichtingen" not in out

    def test_it_is_reported_when_it_has_expired(self, explained: Any) -> None:
        out = explained("2018-09-30").out

        assert "met toelichting" not in out
        assert "Verlopen toelichtingen" in out

    def test_json_carries_it(self, explained: Any) -> None:
        found = json.loads(explained("2018-12-31", "--format", "json").out)

        assert [m["toelichting"] for m in found["meldingen"]] == [
            {"reason": "Nagevraagd.", "tot_en_met": "2018-12-31"},
            None,
        ]

    def test_it_does_not_make_the_status_good(self, explained: Any) -> None:
        """The registration is still wrong; the help of check says so."""
        assert explained("2018-12-31").status == 1
