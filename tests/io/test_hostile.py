"""Files that are damaged or meant to do harm: never a traceback, never rows that are lost in silence."""

import re
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import IO, Any
from unittest.mock import Mock

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bpvo_rules.errors import SourceError
from bpvo_rules.io import read_ketendata, read_ro
from bpvo_rules.io.rows import LINE_LIMIT, ROW_LIMIT, Rows
from bpvo_rules.keten import Keten
from bpvo_rules.model import TABLES

MakeFolder = Callable[..., Path]

HEADER = "code;naam\n"
ROWS = [f"K{n:04};naam {n}\n" for n in range(1, 400)]


def codes(keten: Keten) -> list[str]:
    assert keten.keuzedelen is not None
    return [str(row.code) for row in keten.keuzedelen]


class TestTruncated:
    def test_every_cut_loses_no_row_in_silence(self, make_folder: MakeFolder) -> None:
        """Of three rows cut at any byte, the lines that are left are all read or told, and a cut line is noted."""
        whole = (HEADER + "".join(ROWS[:3])).encode()
        for end in range(len(HEADER), len(whole)):
            cut = whole[:end]
            keten = read_ketendata(make_folder(keuzedelen=cut))
            lines = cut.decode().splitlines()[1:]

            assert len(codes(keten)) + len(keten.invoerfouten) == len(lines), cut
            notes = [note.code for note in keten.opmerkingen]
            assert notes == ([] if cut.endswith(b"\n") else ["geen_regeleinde"]), cut

    def test_a_cut_within_a_character(self, make_folder: MakeFolder) -> None:
        """In a file with other characters of more than one byte it is certain that it was cut."""
        whole = "code;naam\nK0001;caf\u00e9\nK0002;caf\u00e9".encode()

        with pytest.raises(SourceError, match=r"^keuzedelen.csv breekt op regel 3 af, midden in een teken.$"):
            read_ketendata(make_folder(keuzedelen=whole[:-1]))

    def test_a_cut_within_a_character_far_from_the_first_one(self, make_folder: MakeFolder) -> None:
        """What was seen in an earlier piece of the file is remembered."""
        rows = "K0002;x\n" * 300_000
        whole = f"code;naam\nK0001;caf\u00e9\n{rows}K0003;caf\u00e9".encode()

        with pytest.raises(SourceError, match="breekt op regel 300003 af"):
            read_ketendata(make_folder(keuzedelen=whole[:-1]))

    def test_a_last_byte_that_may_be_windows_1252(self, make_folder: MakeFolder) -> None:
        keten = read_ketendata(make_folder(keuzedelen="code;naam\nK0001;caf\u00e9".encode("cp1252")))

        assert keten.keuzedelen is not None
        assert keten.keuzedelen[0].naam == "caf\u00e9"
        assert [note.code for note in keten.opmerkingen] == ["cp1252", "geen_regeleinde"]

    @pytest.mark.parametrize("rows", [3, ROW_LIMIT - 1, ROW_LIMIT, ROW_LIMIT + 1, len(ROWS)])
    def test_a_quotation_mark_that_is_never_closed_costs_its_own_line_only(
        self, make_folder: MakeFolder, rows: int
    ) -> None:
        content = HEADER + 'K0000;"nul\n' + "".join(ROWS[:rows])
        keten = read_ketendata(make_folder(keuzedelen=content))

        assert [(fault.line, fault.column) for fault in keten.invoerfouten] == [(2, None)]
        assert codes(keten) == [f"K{n:04}" for n in range(1, rows + 1)]

    def test_a_quotation_mark_that_is_closed_by_a_later_row_costs_two_lines(self, make_folder: MakeFolder) -> None:
        """The rows in between are read, for the lines together are no row."""
        content = HEADER + 'K0000;"nul\n' + "".join(ROWS[:5]) + 'K0006;zes"\n' + 'K0007;"zeven"\n'
        keten = read_ketendata(make_folder(keuzedelen=content.replace("K0006;zes", 'K0006;a;"zes')))

        assert [fault.line for fault in keten.invoerfouten] == [2, 8]
        assert codes(keten) == [f"K{n:04}" for n in (1, 2, 3, 4, 5, 7)]

    def test_lines_that_together_have_too_many_cells(self, make_folder: MakeFolder) -> None:
        """The quotation mark was closed at the end of a cell, but not of a row."""
        content = HEADER + 'K0000;"nul\n' + ROWS[0] + ROWS[1] + 'K0003;drie";x\n' + ROWS[3]
        keten = read_ketendata(make_folder(keuzedelen=content))

        assert [fault.line for fault in keten.invoerfouten] == [2, 5]
        assert codes(keten) == ["K0001", "K0002", "K0004"]

    @pytest.mark.parametrize(("lines", "read"), [(ROW_LIMIT, ["K0000", "K0001"]), (ROW_LIMIT + 1, ["K0001"])])
    def test_a_row_spans_no_more_lines_than_the_limit(
        self, make_folder: MakeFolder, lines: int, read: list[str]
    ) -> None:
        """Every line of a row that spans more is told of."""
        cell = "\n".join(str(n) for n in range(lines))
        keten = read_ketendata(make_folder(keuzedelen=f'{HEADER}K0000;"{cell}"\n{ROWS[0]}'))

        assert codes(keten) == read
        assert len(keten.invoerfouten) == (0 if len(read) == 2 else lines)

    def test_a_row_that_may_have_swallowed_others_is_noted(self, make_folder: MakeFolder) -> None:
        """Quoted cells may hold line ends, so lines that together make a row are one; it is not kept silent."""
        keten = read_ketendata(
            make_folder(keuzedelen=HEADER + 'K0000;"t Hoekje\nK0001;een\nK0002 \'de Hoek"\n' + ROWS[2])
        )

        assert codes(keten) == ["K0000", "K0003"]
        assert [(note.code, note.text) for note in keten.opmerkingen] == [
            ("rij_over_regels", "1 rijen beslaan meer dan een regel, de eerste op regel 2.")
        ]

    def test_lines_given_back_keep_their_numbers(self, make_folder: MakeFolder) -> None:
        content = HEADER + 'K0000;"nul\n' + ROWS[0] + "K1;x\n" + '"K;x\n' + ROWS[1] + "K2;x\n"
        keten = read_ketendata(make_folder(keuzedelen=content))

        assert [fault.line for fault in keten.invoerfouten] == [2, 4, 5, 7]
        assert codes(keten) == ["K0001", "K0002"]

    def test_text_after_a_closed_quotation_mark(self, make_folder: MakeFolder) -> None:
        keten = read_ketendata(make_folder(keuzedelen=HEADER + '"K0000"x;nul\n' + ROWS[0]))

        assert [fault.line for fault in keten.invoerfouten] == [2]
        assert codes(keten) == ["K0001"]

    def test_a_descriptor_that_names_another_size(self, make_folder: MakeFolder) -> None:
        """A file cut between two lines looks whole; its size does not."""
        folder = make_folder(keuzedelen=HEADER + ROWS[0])
        (folder / "datapackage.json").write_text(
            '{"resources": [{"path": "keuzedelen.csv", "bytes": 40}]}', encoding="utf-8"
        )

        assert [note.code for note in read_ketendata(folder).opmerkingen] == ["omvang_verschil"]

    def test_a_descriptor_that_names_the_size_of_a_file_in_many_pieces(self, make_folder: MakeFolder) -> None:
        content = HEADER + "".join(f"K{n:04};{'x' * 100_000}\n" for n in range(25))
        folder = make_folder(keuzedelen=content)
        described = f'{{"resources": [{{"path": "keuzedelen.csv", "bytes": {len(content)}}}]}}'
        (folder / "datapackage.json").write_text(described, encoding="utf-8")

        assert read_ketendata(folder).opmerkingen == ()

    @pytest.mark.parametrize(
        "content",
        [
            *[b"", b"\0", b"\xff", b"[]", b"{}", b"[" * 200_000, b"9" * 10_000],
            *[b'{"resources": 1}', b'{"resources": [1]}', b'{"resources": ["bytes"]}'],
            *[b'{"resources": [{"path": [], "bytes": 1}]}', b'{"resources": [{"path": "keuzedelen.csv"}]}'],
            b'{"resources": [{"path": "keuzedelen.csv", "bytes": "1"}]}',
        ],
        ids=range(13),
    )
    def test_a_descriptor_is_not_required(self, make_folder: MakeFolder, content: bytes) -> None:
        """One that cannot be read is as none."""
        folder = make_folder(keuzedelen=HEADER + ROWS[0])
        (folder / "datapackage.json").write_bytes(content)

        assert read_ketendata(folder).opmerkingen == ()


class TestBinary:
    @pytest.mark.parametrize(
        "content",
        [bytes(range(256)) * 16, "brin\n27DV\n".encode("utf-16"), b"PK\x03\x04\0\0", b"code;naam\nK0001;a\0b\n"],
        ids=["all bytes", "UTF-16", "zip", "one NUL"],
    )
    def test_a_binary_file(self, make_folder: MakeFolder, tmp_path: Path, content: bytes) -> None:
        (tmp_path / "ro.csv").write_bytes(content)

        with pytest.raises(SourceError, match=r"^keuzedelen.csv bevat nulbytes en is dus geen tekstbestand in UTF-8.$"):
            read_ketendata(make_folder(keuzedelen=content))
        with pytest.raises(SourceError, match=r"^ro.csv bevat nulbytes"):
            read_ro(tmp_path / "ro.csv")

    def test_bytes_of_no_known_encoding(self, make_folder: MakeFolder) -> None:
        """The byte 81 is no character in Windows-1252, and no beginning of one in UTF-8."""
        with pytest.raises(SourceError, match=r"is geen tekstbestand in UTF-8 of Windows-1252"):
            read_ketendata(make_folder(keuzedelen=b"code;naam\nK0001;\x81\n"))


class TestHuge:
    def test_a_line_of_20_megabytes(self, make_folder: MakeFolder, tmp_path: Path) -> None:
        """It is refused when the limit is reached, with the number of the line."""
        giant = b"x" * 20_000_000
        (tmp_path / "ro.csv").write_bytes(b"VLP|27DV\nBPV|" + giant)

        with pytest.raises(
            SourceError, match=r"^keuzedelen.csv heeft op regel 3 een regel van meer dan 1000000 tekens"
        ):
            read_ketendata(make_folder(keuzedelen=b"code;naam\nK0001;a\nK0002;" + giant))
        with pytest.raises(SourceError, match=r"^ro.csv heeft op regel 2 een regel van meer dan 1000000 tekens"):
            read_ro(tmp_path / "ro.csv")

    def test_a_giant_line_within_quotation_marks_has_its_own_number(self, make_folder: MakeFolder) -> None:
        content = 'code;naam\nK0001;"a\nb\n' + "x" * (LINE_LIMIT + 1)

        with pytest.raises(SourceError, match="heeft op regel 4 een regel van meer dan"):
            read_ketendata(make_folder(keuzedelen=content))

    def test_no_more_of_a_line_is_read_than_the_limit(self) -> None:
        """The reader asks for one character more than it allows, and for no second piece."""
        handle = Mock(spec_set=["readline"], readline=Mock(side_effect=lambda size: "x" * size))

        with pytest.raises(SourceError):
            list(Rows(handle, "x.csv", ";").rows(2, lambda _line, _reason: None))
        handle.readline.assert_called_once_with(LINE_LIMIT + 1)

    def test_a_cell_that_the_csv_reader_finds_too_long(self, make_folder: MakeFolder) -> None:
        """It costs its own row."""
        keten = read_ketendata(make_folder(keuzedelen=f"{HEADER}K0000;{'x' * 200_000}\n{ROWS[0]}"))

        assert [fault.line for fault in keten.invoerfouten] == [2]
        assert codes(keten) == ["K0001"]

    def test_quotation_marks_that_chain_every_line_to_the_next(self, make_folder: MakeFolder) -> None:
        """Each line closes the mark of the line before and opens one, so that no row ever ends."""
        keten = read_ketendata(make_folder(keuzedelen=HEADER + 'x";"\n' * 3000 + ROWS[0]))

        assert len(keten.invoerfouten) == 3000
        assert codes(keten) == ["K0001"]


class TestEmpty:
    def test_a_folder_of_empty_files(self, make_folder: MakeFolder) -> None:
        with pytest.raises(SourceError, match=r"^instellingen.csv is leeg: er staat niets in het bestand.$"):
            read_ketendata(make_folder(**dict.fromkeys(TABLES, "")))

    def test_an_empty_ro(self, tmp_path: Path) -> None:
        (tmp_path / "ro.csv").write_bytes(b"")

        with pytest.raises(SourceError, match=r"^ro.csv is leeg"):
            read_ro(tmp_path / "ro.csv")


def test_a_file_that_changes_while_it_is_read() -> None:
    """What was text in the first pass may be none in the second."""
    fault = UnicodeDecodeError("utf-8", b"\xff", 0, 1, "invalid start byte")
    handle = Mock(spec_set=["readline"], readline=Mock(side_effect=fault))

    with pytest.raises(SourceError, match=r"^x.csv kan niet verder worden gelezen"):
        list(Rows(handle, "x.csv", ";").rows(2, lambda _line, _reason: None))


def test_a_file_that_goes_away_while_it_is_read(make_folder: MakeFolder, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = make_folder(keuzedelen=HEADER)
    real = Path.open

    def once(self: Path, mode: str = "r", **options: Any) -> IO[Any]:
        if mode == "r":
            raise FileNotFoundError
        return real(self, mode, **options)

    monkeypatch.setattr(Path, "open", once)
    with pytest.raises(SourceError, match=r"^keuzedelen.csv is geen bestand dat gelezen kan worden.$"):
        read_ketendata(folder)


PIECES = st.sampled_from(
    [
        "K0001",
        "K0002",
        "naam",
        ";",
        "|",
        '"',
        '""',
        "\n",
        "\r\n",
        "\r",
        "2018-02-30",
        "BPV",
        "VLP|27DV",
        "BSN1",
        "\u00e9",
        "",
    ]
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=300, deadline=None)
@given(body=st.binary(max_size=200) | st.lists(PIECES, max_size=40).map(lambda pieces: "".join(pieces).encode()))
def test_any_bytes_give_records_invoerfouten_or_one_sentence(make_folder: MakeFolder, body: bytes) -> None:
    """Whatever is in a file, no other error comes out, and no line with anything in it is passed over."""
    folder = make_folder(keuzedelen=HEADER.encode() + body)
    ro = folder / "RO_27DV_1.csv"
    ro.write_bytes(b"VLP|27DV\n" + body)
    try:
        keten = read_ketendata(folder)
    except SourceError as error:
        assert str(error).endswith(".")  # noqa: PT017 - both ways out are right
    else:
        lines = len([line for line in re.split(rb"\r\n|\r|\n", body) if line])
        counted = len(codes(keten)) + len(keten.invoerfouten)
        spans = any(note.code == "rij_over_regels" for note in keten.opmerkingen)
        assert counted == lines or (spans and counted < lines)
    with suppress(SourceError):
        assert read_ro(ro, key=b"sleutel").uitwisselingen is not None
