"""What an engine does at the same time, or without looking anything up, is what it would do one by one."""

import threading
import time
from collections import Counter
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import attrs
import narwhals.stable.v2 as nw
import polars as pl
import pytest
from tests.cli.runner import kleine_keten
from tests.frames.motoren import LOCAL, assert_same_outcomes, engine
from tests.frames.test_fouten import own_settings
from tests.frames.test_volgorde import CHAIN

from bpvo_rules import Judge
from bpvo_rules.errors import DuplicateKeyError
from bpvo_rules.frames import Engine, FrameKeten, judge_frames
from bpvo_rules.frames.bpvos import KEY, bpvos
from bpvo_rules.frames.engine import Kind
from bpvo_rules.frames.run import Run
from bpvo_rules.judge import make_settings
from bpvo_rules.keten import Perspectief
from bpvo_rules.questions.stagefonds_registratie import dagen_gepland
from bpvo_rules.rules import Outcome

DAG = date(2018, 10, 1)


def after(seconds: float, answer: Callable[[], int]) -> Callable[[], int]:
    """Give a task that takes a while."""

    def task() -> int:
        time.sleep(seconds)
        return answer()

    return task


def fails(message: str) -> Callable[[], int]:
    """Give what raises."""

    def answer() -> int:
        raise ValueError(message)

    return answer


def run_of(made: Engine) -> Run:
    """Give a run of a simulated chain."""
    return Run.van(
        FrameKeten.uit(CHAIN.keten, made),
        make_settings(),
        peildatum=CHAIN.peildatum,
        kennisdatum=CHAIN.peildatum,
        perspectief=Perspectief.KETEN,
    )


@pytest.mark.parametrize("name", LOCAL)
def test_tasks_give_their_answers_in_their_own_order(name: str) -> None:
    """Whichever is done first."""
    with engine(name) as made:
        assert made.each([after(0.02, lambda: 1), after(0, lambda: 2), after(0.01, lambda: 3)]) == [1, 2, 3]
        assert made.each([after(0, lambda: 1), after(0, lambda: 2)], begin=[1]) == [1, 2]
        assert made.each([]) == []


@pytest.mark.parametrize("name", LOCAL)
def test_of_tasks_that_fail_the_first_in_their_order_is_heard(name: str) -> None:
    with engine(name) as made, pytest.raises(ValueError, match="first"):
        made.each([after(0, lambda: 1), after(0.05, fails("first")), after(0, fails("second"))], begin=[2])


def test_what_several_ask_for_is_made_once() -> None:
    """Also when they ask at the same time; and what failed is made again."""
    made: list[int] = []

    def make() -> int:
        time.sleep(0.02)
        made.append(1)
        return len(made)

    with engine("polars") as polars:
        run = run_of(polars)
        with pytest.raises(ValueError, match="no"):
            run.once("it", fails("no"))
        assert not run.has_made("it")
        found: list[Any] = []
        threads = [threading.Thread(target=lambda: found.append(run.once("it", make))) for _ in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()

    assert found == [1, 1, 1, 1]
    assert run.has_made("it")
    # The same run with times of its own asks for the same.
    assert run.apart().once("it", make) == 1


def test_the_steps_stand_in_the_same_order_whatever_is_done_first() -> None:
    """That of an engine that does one after the other: subject types, and in each its stages."""
    told = {}
    for name in ("polars", "duckdb"):
        with engine(name) as made:
            found = judge_frames(FrameKeten.uit(CHAIN.keten, made), peildatum=CHAIN.peildatum)
            told[name] = list(found.run.times)

    assert told["polars"] == told["duckdb"]
    subjects = [step.partition(":")[0] for step in told["polars"]]
    assert list(dict.fromkeys(subjects)) == ["Bpvo", "Uitwisseling", "Erkenningsaanvraag", "WhiteLabelMeting"]
    assert subjects == sorted(subjects, key=list(dict.fromkeys(subjects)).index)


@pytest.mark.parametrize("name", LOCAL)
def test_of_two_tables_with_doubles_the_same_is_named(name: str) -> None:
    """That of the subject type that comes first, although requests are seen sooner."""
    with engine(name) as made:
        keten = FrameKeten.uit(CHAIN.keten, made)
        twice = {
            table: nw.concat([keten.frames[table], keten.frames[table]])
            for table in ("uitwisselingen", "erkenningsaanvragen")
        }
        doubled = attrs.evolve(keten, frames={**keten.frames, **twice})
        with pytest.raises(DuplicateKeyError, match="uitwisselingen"):
            judge_frames(doubled, peildatum=CHAIN.peildatum)


@pytest.mark.parametrize("name", LOCAL)
def test_what_is_put_beside_rows_stands_at_their_place(name: str) -> None:
    """Of every type, in whatever order it came; nothing where nothing is said."""
    with engine(name) as made:
        frame = made.numbered(made.small({"a": ("text", ["p", "q", "r", "s"])}), "at") if made.ordered else None
        if frame is None:
            frame = made.small({"a": ("text", ["p", "q", "r", "s"]), "at": ("whole", [0, 1, 2, 3])})
        first = made.small({"at": ("whole", [3, 0]), "n": ("whole", [30, None]), "t": ("text", ["dd", "aa"])})
        second = made.small({"at": ("whole", [2, 1, 3]), "b": ("bool", [True, False, None]), "d": ("day", [9, 8, 7])})
        nothing = made.small({"at": ("whole", []), "e": ("text", []), "f": ("whole", [])})
        found = made.beside(frame, [first, second, nothing], "at").select("a", "n", "t", "b", "d", "e", "f")

        assert sorted(made.rows(found)) == [
            ("p", None, "aa", None, None, None, None),
            ("q", None, None, False, 8, None, None),
            ("r", None, None, True, 9, None, None),
            ("s", 30, "dd", None, 7, None, None),
        ]


@pytest.mark.parametrize("name", LOCAL)
def test_what_is_put_beside_rows_that_are_known_by_a_text(name: str) -> None:
    with engine(name) as made:
        frame = made.small({"at": ("text", ["x", "y"])})
        found = made.beside(frame, [made.small({"at": ("text", ["y"]), "n": ("whole", [1])})], "at")

        assert sorted(made.rows(found.select("at", "n"))) == [("x", None), ("y", 1)]


def test_a_number_for_a_key_is_of_that_key_only() -> None:
    """Also where keys are the same text when written after each other."""
    keys = [("1", "23"), ("12", "3"), ("1", "23"), ("", "123"), ("23", "1"), ("12", "3")]
    with engine("polars") as made:
        frame = made.small({"a": ("text", [a for a, _ in keys]), "b": ("text", [b for _, b in keys])})
        numbered = made.with_key_number(frame, ["a", "b"], "number")
        assert numbered is not None
        found = list(made.rows(numbered.select("a", "b", "number")))

    assert [row[:2] for row in found] == keys
    assert len({row[2] for row in found}) == len({*keys}) == len({*found})


def test_there_is_no_number_for_keys_that_do_not_fit_in_one() -> None:
    """Four columns with 60,000 different texts are more keys than a number of 64 bits can tell apart."""
    texts: tuple[Kind, list[str]] = ("text", [str(at) for at in range(60_000)])
    with engine("polars") as made:
        assert made.with_key_number(made.small(dict.fromkeys("abc", texts)), "abc", "n") is not None
        assert made.with_key_number(made.small(dict.fromkeys("abcd", texts)), "abcd", "n") is None


def test_the_same_bpvos_without_a_number_for_their_keys(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where a number has no room for them, the key itself groups."""
    found = {}
    with engine("polars") as made:
        found["with"] = sorted(made.rows(bpvos(run_of(made)).select(*KEY, "ontvangen_duo", "begindatum")))
        monkeypatch.setattr(type(made), "with_key_number", Engine.with_key_number)
        found["without"] = sorted(made.rows(bpvos(run_of(made)).select(*KEY, "ontvangen_duo", "begindatum")))

    assert len(found["with"]) > 250
    assert found["with"] == found["without"]


@pytest.mark.parametrize("name", LOCAL)
def test_days_that_are_multiplied_do_not_overflow(name: str) -> None:
    """A fact that counts days is a whole number like any other; 20 million times 122 is more than four bytes hold."""
    keten = kleine_keten()
    settings = own_settings(dagen_gepland * 20_000_000 >= 1_000_000_000)
    reference = Judge(settings).keten(keten, peildatum=DAG)
    assert max(reference.counts["eigen_regel"], key=reference.counts["eigen_regel"].__getitem__) is Outcome.MET
    with engine(name) as made:
        assert_same_outcomes(judge_frames(FrameKeten.uit(keten, made), peildatum=DAG, settings=settings), reference)


@pytest.mark.parametrize("name", LOCAL)
def test_all_outcomes_are_written_as_one_by_one(name: str, tmp_path: Path) -> None:
    """A file per subject type that was judged, with the outcomes that the counts are of."""
    with engine(name) as made:
        found = judge_frames(FrameKeten.uit(CHAIN.keten, made), peildatum=CHAIN.peildatum)
        paths = found.write_all_outcomes(tmp_path, words=True)

        assert paths == {subject: tmp_path / f"{subject.name}.parquet" for subject in found.parts}
        assert sorted(path.name for path in tmp_path.iterdir()) == sorted(path.name for path in paths.values())
        for subject, path in paths.items():
            written = pl.read_parquet(path)
            for rule in found.ran[subject]:
                counted = Counter(written[rule.code].to_list())
                assert counted == {str(outcome): n for outcome, n in found.counts[rule.code].items() if n}
