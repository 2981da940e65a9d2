"""Every public type has a strategy or a reason, and what the strategies give is valid, hostile and consistent."""

import importlib
import pkgutil
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any, is_typeddict

import attrs
import pytest
from hypothesis import HealthCheck, Phase, find, given, settings
from hypothesis import strategies as st

import bpvo_rules
from bpvo_rules import Bpvo, Judge
from bpvo_rules.codes import Code
from bpvo_rules.foto import Foto
from bpvo_rules.keten import Keten
from bpvo_rules.keten.digest import digest
from bpvo_rules.keten.persoonsnummer import are_persoonsnummers
from bpvo_rules.model import TABLES, Uitwisseling
from bpvo_rules.testing.cells import cells, pseudonyms, records, texts
from bpvo_rules.testing.nudge import Place, boundaries, moved, places
from bpvo_rules.testing.strategies import STRATEGIES, WITHOUT, bpvos, nudge_to_boundary, of, worlds
from bpvo_rules.testing.worlds import World, seeded_world

NOT_FOR_USERS_OF_TYPES = {"cli", "testing", "__main__"}
JUDGE = Judge()
FEW = settings(max_examples=2, deadline=None, database=None, suppress_health_check=list(HealthCheck))
SEEK = settings(max_examples=3000, deadline=None, database=None, phases=[Phase.generate])
QUICK = settings(max_examples=30, deadline=None, suppress_health_check=list(HealthCheck))


def public_modules() -> Iterator[str]:
    """Give the package, the packages in it, and the modules that stand directly in it."""
    yield "bpvo_rules"
    for found in pkgutil.walk_packages([str(Path(bpvo_rules.__file__).parent)], "bpvo_rules."):
        parts = found.name.split(".")
        if parts[1] not in NOT_FOR_USERS_OF_TYPES and (found.ispkg or len(parts) == 2):
            yield found.name


def public_types() -> set[type]:
    found = set()
    for name in public_modules():
        module = importlib.import_module(name)
        names = getattr(module, "__all__", [n for n in vars(module) if not n.startswith("_")])
        found |= {thing for n in names if isinstance(thing := getattr(module, n), type)}
    return found


def test_every_public_type_has_a_strategy_or_a_reason() -> None:
    """A new type goes into one of the two, not into both."""
    types = public_types()
    with_reason = {name for names in WITHOUT.values() for name in names}

    assert {t.__name__ for t in types - set(STRATEGIES)} == with_reason
    assert {t.__name__ for t in set(STRATEGIES) - types} == {"World"}
    assert len(with_reason) == sum(map(len, WITHOUT.values()))


@pytest.mark.parametrize("type_", STRATEGIES, ids=lambda type_: type_.__name__)
def test_from_type_gives_values_of_the_type(type_: type[Any]) -> None:
    """As Hypothesis resolves it, so also where it stands in an annotation."""

    @FEW
    @given(value=st.from_type(type_))
    def check(value: object) -> None:
        if is_typeddict(type_):
            assert isinstance(value, dict)
            assert set(value) <= set(type_.__annotations__)
        else:
            assert isinstance(value, type_)

    check()


def test_the_parameters_of_a_function_are_filled_by_their_types() -> None:
    """What a user writes: a test with types and nothing else."""

    def shown(bpvo: Bpvo, foto: Foto) -> tuple[Bpvo, Foto]:
        return bpvo, foto

    @FEW
    @given(pair=st.builds(shown))
    def check(pair: tuple[Bpvo, Foto]) -> None:
        assert [type(one) for one in pair] == [Bpvo, Foto]

    check()


@FEW
@given(bpvo=of(Bpvo))
def test_of_gives_the_same_as_the_type(bpvo: object) -> None:
    assert isinstance(bpvo, Bpvo)


def test_of_refuses_other_types() -> None:
    with pytest.raises(KeyError):
        of(int)


RECORDS = [Bpvo, *(table.record for table in TABLES.values())]


@pytest.mark.parametrize("record", RECORDS, ids=lambda record: record.__name__)
def test_every_optional_cell_is_empty_and_filled(record: type[Any]) -> None:
    """Required ones are always filled; of the others both are seen."""
    seen: dict[str, set[bool]] = {}

    @settings(max_examples=45, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True)
    @given(row=records(record))
    def check(row: Any) -> None:
        for field in attrs.fields(record):
            if field.metadata:
                seen.setdefault(field.name, set()).add(getattr(row, field.name) is None)

    check()
    for field in attrs.fields(record):
        for column in field.metadata.values():
            assert seen[field.name] == ({False} if column.required else {False, True}), field.name


@pytest.mark.parametrize("needle", ["\n", '"', "\u202e", ";", "\x00", "/", "#"])
def test_texts_are_hostile(needle: str) -> None:
    """Also pseudonyms: a record accepts any text there."""
    for strategy in (texts(), pseudonyms()):
        assert needle in find(strategy, lambda text: needle in text, settings=SEEK)


@QUICK
@given(names=st.lists(pseudonyms(), min_size=5, max_size=12, unique=True))
def test_no_pseudonym_looks_like_a_bsn(names: list[str]) -> None:
    assert not are_persoonsnummers(names)
    assert not any(sum(map(str.isdecimal, name[at : at + 9])) == 9 for name in names for at in range(len(name)))


def test_identifying_columns_get_pseudonyms() -> None:
    """The metadata say which columns those are."""
    identifying = [c for table in TABLES.values() for c in table.columns.values() if c.identifying]

    assert identifying
    for column in identifying:
        assert repr(cells(column)) == repr(pseudonyms())


@QUICK
@given(bpvo=bpvos(), peildatum=st.dates(date(2015, 1, 1), date(2025, 1, 1)))
def test_the_deliveries_of_a_bpvo_are_its_own(bpvo: Bpvo, peildatum: date) -> None:
    """By rising volgorde, with its key; the last one says what it says; and it can be judged."""
    rows = bpvo.leveringen or ()

    assert [row.volgorde for row in rows] == sorted({row.volgorde for row in rows})
    for row in rows:
        assert type(row) is Uitwisseling
        assert (row.brin, row.student, row.inschrijvingvolgnummer, row.volgnummer) == (
            (bpvo.brin, bpvo.student, bpvo.inschrijvingvolgnummer, bpvo.volgnummer)
        )
        events = [row.ontstaan_op, row.ontvangen_duo_op, row.teruggekoppeld_op]
        assert [day for day in events if day] == sorted(day for day in events if day)
    if rows:
        assert Bpvo.van(rows[-1], bpvo.leveringen) == bpvo
    assert not JUDGE.bpvo(bpvo, peildatum=peildatum).failures


@pytest.mark.parametrize("number", [None, 0, 2])
def test_a_bpvo_may_be_never_sent_or_not_looked_up(number: int | None) -> None:
    def has(bpvo: Bpvo) -> bool:
        return (None if bpvo.leveringen is None else len(bpvo.leveringen)) == number

    assert has(find(bpvos(), has, settings=SEEK))


@FEW
@given(keten=st.from_type(Keten), code=st.from_type(Code))
def test_ketens_are_consistent(keten: Keten, code: Code) -> None:
    """They hold no key twice, so that they can be judged and told apart."""
    assert not JUDGE.keten(keten, peildatum=date(2018, 10, 1)).failures
    assert len(digest(keten)) == 64
    assert code


# ---- nudging


def changes(before: World, after: World) -> list[tuple[Place, date]]:
    """Give which days differ, and what they became."""
    found = []
    for place in places(before):
        old, new = (_day(world, place) for world in (before, after))
        if old != new:
            found.append((place, new))
    return found


def _day(world: World, place: Place) -> date:
    if not place.column:
        day = world.peildatum if place.table == "peildatum" else world.kennisdatum
    else:
        day = getattr((world.keten.table(place.table) or ())[place.row], place.column)
    assert day is not None
    return day


@QUICK
@given(data=st.data(), seed=st.integers(0, 500))
def test_a_nudge_moves_at_most_one_day_onto_a_boundary_or_beside_it(data: st.DataObject, seed: int) -> None:
    world = seeded_world(seed)
    nudged = data.draw(nudge_to_boundary(world))
    found = changes(world, nudged)

    assert len(found) <= 1
    for _, day in found:
        assert min(abs(day - boundary) for boundary in boundaries(world)) <= timedelta(days=1)


def test_boundaries_are_the_days_of_the_chain_of_the_run_and_the_ends_of_terms() -> None:
    """Seven days after an afsluitdatum, a month after a receipt, ten werkdagen after a request, and the first list."""
    row = seeded_world(3)
    uitwisseling = Uitwisseling(
        brin="27DV",  # type: ignore[arg-type] # made into a code
        student="a",
        inschrijvingvolgnummer="1",  # type: ignore[arg-type]
        volgnummer="1",  # type: ignore[arg-type]
        volgorde=1,
        soort="toevoeging",  # type: ignore[arg-type]
        afsluitdatum=date(2018, 3, 1),
        ontvangen_duo_op=date(2018, 5, 31),
    )
    world = row._replace(
        keten=Keten(uitwisselingen=[uitwisseling]), peildatum=date(2018, 9, 3), kennisdatum=date(2018, 9, 5), norms={}
    )
    expected = {"2018-09-03", "2018-09-05", "2018-03-01", "2018-03-08", "2018-05-31", "2018-06-30", "2018-06-14"}

    assert expected | {"2018-08-01", "2016-08-01"} <= {day.isoformat() for day in boundaries(world)}
    assert "2018-03-05" in {d.isoformat() for d in boundaries(world._replace(norms={"termijn_aanlevering": 4}))}


def test_a_nudge_never_gives_two_rows_one_key() -> None:
    """The begindatum of an inschrijvingsperiode is part of its key."""
    for seed in range(300):
        world = seeded_world(seed)
        rows = world.keten.inschrijvingsperiodes or ()
        keys = [(row.brin, row.student, row.inschrijvingvolgnummer) for row in rows]
        if len(set(keys)) < len(keys):
            first = next(at for at, key in enumerate(keys) if key in keys[at + 1 :])
            other = rows[keys.index(keys[first], first + 1)]
            place = Place("inschrijvingsperiodes", first, "begindatum")
            assert moved(world, place, other.begindatum, 0) is None
            assert moved(world, place, other.begindatum + timedelta(days=900), 1) is not None
            return
    pytest.fail("no world has two periods of one inschrijving")


@FEW
@given(world=worlds().flatmap(nudge_to_boundary))
def test_a_nudged_world_can_be_judged(world: World) -> None:
    found = JUDGE.keten(world.keten, peildatum=world.peildatum, kennisdatum=world.kennisdatum)

    assert not found.failures
