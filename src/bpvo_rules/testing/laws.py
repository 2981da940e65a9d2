"""
The laws: what holds for every right implementation of the rules, whatever the chain.

A school system can hold its own implementation to them: :meth:`Law.check` takes a :class:`Judge`, a world and a
source of chance. Each law names the rules that it holds for, those for which it is false and those of which it says
nothing, each with the reason. ::

    chance = random.Random(1)
    for law in LAWS:
        for seed in range(500):
            law.check(my_judge, seeded_world(seed), chance)

A law compares answers: it finds what is said wrongly, and not what is left unsaid, for which there is the kit.
"""

import random
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import timedelta
from types import MappingProxyType
from typing import Any, Final, NoReturn, TypeVar, final

import attrs

from bpvo_rules.errors import LawBrokenError
from bpvo_rules.judge import subject_key
from bpvo_rules.keten import Keten, Perspectief, Stand
from bpvo_rules.model import TABLES
from bpvo_rules.periode import Eenheid
from bpvo_rules.questions import METING, RULES
from bpvo_rules.rules import Fact, Outcome, Rule
from bpvo_rules.testing import changes
from bpvo_rules.testing.answer import Answer, Judge, Key, answer_of, judge_of_library, question_outcomes
from bpvo_rules.testing.later import added, comparable, filled, known_on
from bpvo_rules.testing.repairs import BEYOND_REPAIR, NobodyError, repaired
from bpvo_rules.testing.worlds import World, world

__all__ = [
    "EXCLUSIVE",
    "LAWS",
    "Answer",
    "Judge",
    "Law",
    "LawBrokenError",
    "judge_of_library",
    "law_named",
]

MET, NOT_MET, UNKNOWN, OUT_OF_SCOPE = map(str, (Outcome.MET, Outcome.NOT_MET, Outcome.UNKNOWN, Outcome.OUT_OF_SCOPE))
_WORST_FIRST: Final = (NOT_MET, UNKNOWN, MET)
_CODES: Final = frozenset(rule.code for rule in RULES)
_FEW: Final = 4

T = TypeVar("T")


class Trial:
    """
    One law, held to one judge on one world.

    Attributes:
        law: The law.
        judge: The implementation.
        world: The chain and the run.
        chance: Where every choice comes from.
        thorough: Whether to try everything that can be tried, rather than a few of many.

    """

    def __init__(self, law: "Law", judge: Judge, world: World, chance: random.Random, *, thorough: bool) -> None:
        self.law = law
        self.judge = judge
        self.world = world
        self.chance = chance
        self.thorough = thorough

    def some(self, found: Sequence[T]) -> Sequence[T]:
        """Choose a few, or take all when the trial is thorough."""
        return found if self.thorough or len(found) <= _FEW else self.chance.sample(found, _FEW)

    def ask(self, keten: Keten | None = None, **run: Any) -> Answer:
        """Ask about the world, about another chain, or with other arguments; must have all that the law needs."""
        found = answer_of(self.judge, self.world._replace(**run), keten)
        for name in self.law.needs:
            if getattr(found, name) is None:
                raise TypeError(f"The law {self.law.name} needs an answer with {name}.")
        return found

    def broken(self, message: str) -> NoReturn:
        """Say that the law is broken."""
        raise LawBrokenError(self.law.name, message)

    def outcomes(self, answer: Answer) -> dict[Key, str]:
        """Give the outcomes of the rules of the law."""
        rules = self.law.rules
        return {key: outcome for key, outcome in answer.outcomes.items() if key[0] in rules}

    def same(self, before: Mapping[Key, Any], after: Mapping[Key, Any], why: str) -> None:
        """Hold two parts of answers to each other, key by key."""
        for key in [*before, *(key for key in after if key not in before)]:
            old, new = before.get(key, "nothing"), after.get(key, "nothing")
            if old != new:
                self.broken(f"{key[0]} of {key[1]}: {old} became {new} when {why}")

    def all_the_same(self, before: Answer, after: Answer, why: str) -> None:
        """Hold two answers to each other, in everything that they give."""
        self.same(before.outcomes, after.outcomes, why)
        for name in ("meldingen", "details"):
            old, new = getattr(before, name), getattr(after, name)
            if old is not None and new is not None:
                self.same(old, new, why)
        if before.totals != after.totals:
            self.broken(f"the totals changed when {why}")


@final
@attrs.frozen(kw_only=True, eq=False)
class Law:
    """
    Something that holds for every right implementation.

    Attributes:
        name: What it is called.
        sentence: What it says.
        needs: What an answer must give besides outcomes: ``meldingen`` or ``evidence``.
        exceptions: Rules for which it is false, with the reason.
        beside: Rules of which it says nothing, with the reason.
        trial: What is done, giving how often there was something to compare.

    """

    name: str
    sentence: str
    needs: tuple[str, ...] = ()
    exceptions: Mapping[str, str] = MappingProxyType({})
    beside: Mapping[str, str] = MappingProxyType({})
    trial: Callable[[Trial], int] = attrs.field(repr=False)

    @property
    def rules(self) -> frozenset[str]:
        """Codes of the rules that it holds for."""
        return _CODES - set(self.exceptions) - set(self.beside)

    def check(self, judge: Judge, world: World, chance: random.Random, *, thorough: bool = False) -> int:
        """
        Hold an implementation to the law on one world.

        Args:
            judge: The implementation.
            world: The chain and the arguments of a run, such as ``seeded_world(7)``.
            chance: Where the choices of the law come from, such as ``random.Random(1)``;
                not the source that made the world, or the two go together.
            thorough: Whether to take away every table, column and cell and repair every melding, one at a time,
                rather than a few of each.

        Returns:
            How often the law had something to say here: outcomes compared, meldingen repaired. A law that says
            nothing about a world, or is given no outcomes, gives 0, and says more about another one.

        Raises:
            LawBrokenError: when the law is broken, with the rule and the key of the subject.
            TypeError: when the answer lacks what the law needs: meldingen or evidence, or in these a fact of the rule
                under the name that the catalogue gives it.

        """
        return self.trial(Trial(self, judge, world, chance, thorough=thorough))


def _beside(about: frozenset[str], reason: str) -> Mapping[str, str]:
    return MappingProxyType({rule.code: reason for rule in RULES if rule.code not in about})


# ---- knowledge and input


def _no_look_ahead(trial: Trial) -> int:
    if not comparable(trial.world):
        return 0
    before = trial.ask()
    more = added(trial.world, world(trial.chance), trial.chance)
    trial.all_the_same(before, trial.ask(more), "rows came that are not known on K")
    happened = filled(trial.world, trial.chance)
    trial.all_the_same(before, trial.ask(happened), "rows were filled with what happens after K")
    rows = sum(len(more.table(name) or ()) - len(trial.world.keten.table(name) or ()) for name in TABLES)
    return len(before.outcomes) if rows else 0


def _order(trial: Trial) -> int:
    other = changes.shuffled(trial.world.keten, trial.chance)
    before = trial.ask()
    trial.all_the_same(before, trial.ask(other), "the rows came in another order")
    return len(before.outcomes)


def _splitting(trial: Trial) -> int:
    whole = trial.ask()
    parts = [trial.ask(keten) for keten in changes.split(trial.world.keten)]
    for name in ("outcomes", "meldingen", "details"):
        together: dict[Key, Any] = {}
        for part in parts:
            found: Mapping[Key, Any] | None = getattr(part, name)
            twice = next((key for key in found or () if key in together), None)
            if twice is not None:
                trial.broken(f"{twice[0]} of {twice[1]} was judged in two schools")
            together |= found or {}
        if getattr(whole, name) is not None:
            trial.same(getattr(whole, name), together, "each school was judged apart")
    return len(whole.outcomes) if len(parts) > 1 else 0


# ---- recognitions


def _worse(before: str, after: str) -> bool:
    """Say whether an outcome got worse; one that did not apply still must not."""
    if OUT_OF_SCOPE in {before, after}:
        return before != after
    return _WORST_FIRST.index(after) < _WORST_FIRST.index(before)


def _registers(trial: Trial) -> Iterator[Answer]:
    """Fill the register of a world one recognition after another."""
    keten, chance = trial.world.keten, trial.chance
    more = [changes.another_erkenning(row, chance) for row in keten.uitwisselingen or ()]
    more += list(keten.erkenningen or ())
    chance.shuffle(more)
    for number in range(len(more) + 1):
        yield trial.ask(keten.with_tables({"erkenningen": more[:number]}))


_QUESTIONS: Final = ("bpvo_erkend_leerbedrijf", "keuzedeel_erkend_leerbedrijf")


def _with_questions(trial: Trial, answer: Answer) -> dict[Key, str]:
    found = trial.outcomes(answer)
    for question in _QUESTIONS:
        found |= {(question, key): o for key, o in question_outcomes(answer.outcomes, question).items()}
    return found


def _recognition_never_worsens(trial: Trial) -> int:
    registers, better = _registers(trial), 0
    before = _with_questions(trial, next(registers))
    for answer in registers:
        after = _with_questions(trial, answer)
        for key, outcome in before.items():
            if key not in after or _worse(outcome, after[key]):
                now = after.get(key, "nothing")
                trial.broken(f"{key[0]} of {key[1]}: {outcome} became {now} with one recognition more")
            better += outcome != after[key]
        before = after
    return better


_UNCOVERED: Final = ("dagen_zonder_erkenning", "elke_dagen_zonder_erkenning")


def _uncovered(trial: Trial, answer: Answer) -> dict[Key, int]:
    return {
        key: shown[name]
        for key, shown in (answer.evidence or {}).items()
        if key[0] in trial.law.rules
        for name in _UNCOVERED
        if shown.get(name) is not None
    }


def _recognition_uncovers_no_day(trial: Trial) -> int:
    registers, fewer = _registers(trial), 0
    before = _uncovered(trial, next(registers))
    for answer in registers:
        after = _uncovered(trial, answer)
        for key, number in before.items():
            if key not in after or after[key] > number:
                now = after.get(key, "not known")
                trial.broken(f"{key[0]} of {key[1]}: {number} uncovered days became {now} with one recognition more")
            fewer += after[key] < number
        before = after
    return fewer


def _shorter_is_covered(trial: Trial) -> int:
    here, k, steps = trial.world.peildatum, known_on(trial.world), (1, 2, 7, 30)
    before = trial.outcomes(trial.ask(kennisdatum=k))
    by = timedelta(days=trial.chance.choice(steps))
    # The period up to P is shorter on an earlier P, and the one from P on is shorter on a later one.
    until, since = trial.law.rules - {_PLANNING}, {_PLANNING}
    for answer, rules, why in (
        (trial.ask(peildatum=here - by, kennisdatum=k), until, "the peildatum was earlier"),
        (trial.ask(peildatum=here + by, kennisdatum=k), since, "the peildatum was later"),
        (
            trial.ask(changes.shorter(trial.world.keten, here, trial.chance), kennisdatum=k),
            trial.law.rules,
            "the placement was shorter",
        ),
    ):
        for key, outcome in before.items():
            now = answer.outcomes.get(key, "nothing")
            if outcome == MET and key[0] in rules and now not in {MET, OUT_OF_SCOPE}:
                trial.broken(f"{key[0]} of {key[1]}: covered, and {now} when {why}")
    return sum(outcome == MET for outcome in before.values())


# ---- shifts

_WEEKS: Final = (-200, -53, -1, 1, 4, 26, 104, 521)


def _shifted(trial: Trial) -> tuple[timedelta, Answer]:
    by = timedelta(weeks=trial.chance.choice(_WEEKS))
    k = trial.world.kennisdatum
    run = {"peildatum": trial.world.peildatum + by, "kennisdatum": None if k is None else k + by}
    return by, trial.ask(changes.shifted(trial.world.keten, by), **run)


def _with_shifted_keys(found: Mapping[Key, Any], rules: frozenset[str]) -> dict[Key, Any]:
    return {key: value for key, value in found.items() if key[0] in rules}


def _shift_of_outcomes(trial: Trial) -> int:
    by, there = _shifted(trial)
    here = trial.outcomes(trial.ask())
    trial.same(here, trial.outcomes(there), f"everything happened {by.days} days later")
    return len(here)


def _shift_of_evidence(trial: Trial) -> int:
    by, there = _shifted(trial)
    here = {
        key: {name: changes.later(value, by) for name, value in shown.items()}
        for key, shown in (trial.ask().meldingen or {}).items()
    }
    here, found = (_with_shifted_keys(m, trial.law.rules) for m in (here, there.meldingen or {}))
    trial.same(here, found, f"everything happened {by.days} days later")
    return len(here)


# ---- what is missing


def _lives(trial: Trial, keten: Keten) -> dict[str, list[int]]:
    """
    Give which deliveries each BPVO exists by.

    A delivery that no longer counts, or now does, makes it another BPVO: the law
    is about what a BPVO says, not about which of its deliveries count on K.
    """
    stand = Stand(keten=keten, kennisdatum=known_on(trial.world), perspectief=Perspectief(trial.world.perspectief))
    return {subject_key(bpvo): [row.volgorde for row in bpvo.leveringen or ()] for bpvo in stand.bpvos}


class _Missing:
    """Takes things away from a world and holds what comes out to what came out before."""

    def __init__(self, trial: Trial) -> None:
        self.trial = trial
        self.before = trial.ask().outcomes
        self.lives = _lives(trial, trial.world.keten)

    def hold(
        self,
        keten: Keten,
        why: str,
        rules: frozenset[str] = frozenset(),
        subjects: frozenset[str] | None = None,
        *,
        never: frozenset[str] = frozenset({MET, NOT_MET}),
    ) -> int:
        """
        Give the number of outcomes that changed; none may become one of ``never`` that was something else.

        Except of ``rules`` about ``subjects``; ``None`` for any subject.
        """
        now, changed = _lives(self.trial, keten), 0
        for (rule, subject), outcome in self.trial.ask(keten).outcomes.items():
            # Of a BPVO that exists only now nothing was said before.
            was = self.before.get((rule, subject), outcome)
            changed += was != outcome
            comparable_ = self.lives.get(subject) == now.get(subject)
            if rule == "geen_dubbele_bpvo":
                comparable_ = self.lives == now
            excused = rule in rules and (subjects is None or subject in subjects)
            if outcome in never and outcome != was and comparable_ and not excused:
                self.trial.broken(f"{rule} of {subject}: {was} became {outcome} without {why}")
        return changed


def _missing_table(trial: Trial) -> int:
    missing, keten = _Missing(trial), trial.world.keten
    alone = changes.stands_for_itself(trial.world)
    stand = Stand(keten=keten, kennisdatum=known_on(trial.world), perspectief=Perspectief(trial.world.perspectief))
    excused = frozenset(subject_key(bpvo) for bpvo in stand.bpvos if bpvo.opleidingcode in alone)
    found = 0
    for name in trial.some([name for name in TABLES if keten.table(name) is not None]):
        rules = changes.DEKKING if name == "opleidingen" else frozenset[str]()
        found += missing.hold(changes.without_table(keten, name), f"the table {name}", rules, excused)
    return found


def _missing_column(trial: Trial) -> int:
    missing, keten = _Missing(trial), trial.world.keten
    return sum(
        missing.hold(changes.without_column(keten, cell), f"the column {'.'.join(cell)}")
        for cell in trial.some(changes.columns(keten))
    )


def _empty_cell(trial: Trial) -> int:
    missing, found = _Missing(trial), 0
    cells = [one for one in changes.without_cells(trial.world.keten) if one[0] not in changes.PART_OF_A_KEY]
    for cell, keten in trial.some(cells):
        meant = changes.EMPTINESS.get(cell, (frozenset[str](), ""))[0]
        found += missing.hold(keten, f"one cell of {'.'.join(cell)}", meant, never=frozenset({MET}))
    return found


# ---- repairs and rules that exclude each other


def _repair(trial: Trial) -> int:
    before = trial.ask()
    found = [key for key in before.meldingen or {} if key[0] in trial.law.rules]
    done = 0
    for key in trial.some(found):
        rule, subject = key
        try:
            mended = repaired(trial.world, rule, subject, (before.meldingen or {})[key])
        except NobodyError:
            trial.broken(f"{rule} of {subject} is not met, and there is no such subject")
        except KeyError as error:
            raise TypeError(f"The law {trial.law.name} needs {error} in the evidence of {rule}.") from None
        if mended is None:
            continue
        done += 1
        for (other, its), outcome in trial.ask(mended).outcomes.items():
            if (
                other == rule
                and outcome == NOT_MET
                and (its == subject or before.outcomes.get((other, its)) != NOT_MET)
            ):
                trial.broken(f"{rule} of {its} is not met after the melding about {subject} was repaired")
    return done


EXCLUSIVE: Final = (
    ("erkend_bij_aanvang", "erkend_gedurende_looptijd"),
    ("keuzedeel_erkend_bij_aanvang", "keuzedeel_erkend_gedurende_looptijd"),
    ("besluit_tijdig", "besluit_overschrijding_gemotiveerd"),
)
"""Pairs of rules of which never both are not met."""


def _exclusive(trial: Trial) -> int:
    outcomes, failed = trial.ask().outcomes, 0
    for one, other in EXCLUSIVE:
        for (rule, subject), outcome in outcomes.items():
            if rule == one and outcome == NOT_MET == outcomes.get((other, subject)):
                trial.broken(f"{one} and {other} of {subject} are both not met")
            failed += rule in {one, other} and outcome == NOT_MET
    return failed


# ---- the laws

_PLANNING: Final = "erkenning_dekt_planning"
_COVERED: Final = frozenset(
    {"erkend_gedurende_looptijd", "keuzedeel_erkend_gedurende_looptijd", "stagefonds_leerbedrijf"}
)
_IN_SCOPE: Final = "a recognition is in its scope: with one more it holds for more BPVO's"
_GELDIG: Final = "it does not hold on every day"
_KLOK: Final = "the clock is moved twice a year"
_LIJST: Final = "it goes by a list of Stagefonds, and the first dates from 1 August 2018"
_UNITS: Final[Mapping[Eenheid, str]] = MappingProxyType(
    {
        Eenheid.MAANDEN: "a month has not always as many days",
        Eenheid.WERKDAGEN: "holidays are no werkdagen, and the reglement dates from 1 August 2015",
    }
)


def _facts(facts: Sequence[Fact]) -> Iterator[Fact]:
    """Give facts, and those that they are made of."""
    for fact in facts:
        yield fact
        yield from _facts([term.fact for term in fact.inputs if term.op == "fact"])


def _calendar(rule: Rule) -> str | None:
    """Say why the weeks in which something happens matter to a rule; ``None`` when they do not."""
    if rule.geldig_van is not None or rule.geldig_tot_en_met is not None:
        return _GELDIG
    if rule.subject is METING:
        return _KLOK
    if any(fact.name == "stagefondslijst" for fact in _facts(rule.reads)):
        return _LIJST
    return next((_UNITS[norm.unit] for norm in rule.norms if norm.unit in _UNITS), None)


_CALENDAR: Final[Mapping[str, str]] = MappingProxyType(
    {code: why for code, why in ((rule.code, _calendar(rule)) for rule in RULES) if why is not None}
)

LAWS: Final = (
    Law(
        name="no_look_ahead",
        sentence="What becomes known after the kennisdatum changes nothing.",
        trial=_no_look_ahead,
    ),
    Law(name="order", sentence="The order of the rows changes nothing.", trial=_order),
    Law(
        name="splitting",
        sentence="Judging school by school gives what judging them together gives.",
        trial=_splitting,
    ),
    Law(
        name="recognition_never_worsens",
        sentence="Another recognition worsens no outcome, nor that of question 1 or 2.",
        exceptions=MappingProxyType(
            dict.fromkeys(("erkend_gedurende_looptijd", "keuzedeel_erkend_gedurende_looptijd", _PLANNING), _IN_SCOPE)
        ),
        trial=_recognition_never_worsens,
    ),
    Law(
        name="recognition_uncovers_no_day",
        sentence="Another recognition leaves no more days uncovered.",
        needs=("evidence",),
        beside=_beside(_COVERED, "it shows no number of uncovered days"),
        trial=_recognition_uncovers_no_day,
    ),
    Law(
        name="shorter_is_covered",
        sentence="A longer period is never covered when a shorter one inside it is not.",
        beside=_beside(_COVERED | {_PLANNING}, "it does not ask whether each day of a period is covered"),
        trial=_shorter_is_covered,
    ),
    Law(
        name="shift_of_outcomes",
        sentence="Shifting every day by whole weeks changes no outcome of a rule without a calendar.",
        exceptions=_CALENDAR,
        trial=_shift_of_outcomes,
    ),
    Law(
        name="shift_of_evidence",
        sentence="Shifting every day by whole weeks shifts the days of the evidence and nothing else.",
        needs=("meldingen",),
        exceptions=_CALENDAR,
        trial=_shift_of_evidence,
    ),
    Law(
        name="missing_table",
        sentence="A table that was not looked up makes nothing good, and accuses nobody.",
        trial=_missing_table,
    ),
    Law(
        name="missing_column",
        sentence="A column that was not looked up makes nothing good, and accuses nobody.",
        trial=_missing_column,
    ),
    Law(
        name="empty_cell",
        sentence="An empty cell makes nothing good, but where its emptiness means something.",
        trial=_empty_cell,
    ),
    Law(
        name="repair",
        sentence="Repairing what a melding is about removes that melding and adds none of the same rule.",
        needs=("meldingen",),
        beside=BEYOND_REPAIR,
        trial=_repair,
    ),
    Law(
        name="exclusive",
        sentence="Two rules that exclude each other are never both not met.",
        beside=_beside(frozenset(code for pair in EXCLUSIVE for code in pair), "it excludes no other rule"),
        trial=_exclusive,
    ),
)
"""Every law; each is independent of the others."""


def law_named(name: str) -> Law:
    """
    Give a law by its name.

    Raises:
        KeyError: when there is none.

    """
    return {law.name: law for law in LAWS}[name]
