"""The catalogue: what another language needs to say the same, tried by a page of Python that knows nothing else."""

import json
from datetime import date
from typing import Any

import pytest
from tests.judge.werelden import judged

from bpvo_rules.judge import Judgement, catalogue, catalogue_digest
from bpvo_rules.questions import NORMS, QUESTIONS, RULES, SUBJECTS
from bpvo_rules.rules import Question, Text
from bpvo_rules.testing.worlds import seeded_world

CATALOGUE = json.loads(json.dumps(catalogue(), allow_nan=False))
RULES_BY_CODE = {rule["code"]: rule for question in CATALOGUE["questions"] for rule in question["rules"]}
FACTS = {(fact["subject"], fact["name"]): fact for fact in CATALOGUE["facts"]}

Truth = bool | None


# ---- the interpreter: reads JSON, and values of facts as JSON has them (days as JJJJ-MM-DD, missing as null)


class Interpreter:
    """Executes conditions of the catalogue for one subject."""

    def __init__(self, subject: str, values: dict[str, Any], P: str, K: str, closed: set[tuple[str, Any]]) -> None:  # noqa: N803 - the names of the text
        self.subject, self.values, self.closed = subject, values, closed
        self.dates = {"peildatum": P, "kennisdatum": K}

    def looked_up(self, name: str) -> bool:
        """Say whether everything behind a fact was looked up."""
        fact = FACTS[self.subject, name]
        for table, column in fact["tables"] + fact["uses"]:
            if (table, column) in self.closed or (table, None) in self.closed:
                return False
        inputs = fact["needs"] + fact["looked_up"] + fact["maybe"]
        return all(self.looked_up(i) for i in inputs if i not in {"self", "peildatum", "kennisdatum"})

    def value(self, term: dict[str, Any]) -> Any:
        """Give the value of a leaf or product."""
        for leaf in ("value", "day"):
            if leaf in term:
                return term[leaf]
        if "fact" in term:
            return self.values[term["fact"]]
        if term["op"] in self.dates:
            return self.dates[term["op"]]
        assert term["op"] == "times"
        a, b = map(self.value, term["args"])
        return None if a is None or b is None else a * b

    def truth(self, term: dict[str, Any]) -> Truth:
        """Give true, false, or null for unknown."""
        if "fact" in term:
            found: Truth = self.values[term["fact"]]
            return found
        op, args = term["op"], term["args"]
        if op in {"and", "or", "not"}:
            return self.logic(op, [self.truth(arg) for arg in args])
        if op == "filled":
            name = args[0]["fact"]
            return True if self.values[name] is not None else False if self.looked_up(name) else None
        if op == "on_time":
            return self.on_time(args[0]["fact"], self.value(args[1]))
        return self.compare(op, [self.value(arg) for arg in args])

    def logic(self, op: str, terms: list[Truth]) -> Truth:
        """Join truths."""
        if op == "not":
            return None if terms[0] is None else not terms[0]
        decisive = op == "or"
        return decisive if decisive in terms else None if None in terms else not decisive

    def compare(self, op: str, values: list[Any]) -> Truth:
        """Compare values; unknown when one is missing."""
        left, *others = values
        if left is None or (others and None in others):
            return None
        if op == "in":
            return left in others
        right = others[0]
        less, same = bool(left < right), bool(left == right)
        return {"eq": same, "lt": less, "le": less or same, "gt": not less and not same, "ge": not less}[op]

    def on_time(self, name: str, limit: Any) -> Truth:
        """Known: compare; not known: false when K has reached the limit, else unknown."""
        event = self.values[name]
        if limit is None:
            return None
        if event is not None:
            return bool(event <= limit)
        return False if self.looked_up(name) and self.dates["kennisdatum"] >= limit else None

    def outcome(self, rule: dict[str, Any]) -> str:
        """Give the outcome of a rule."""
        scope, requirement = self.truth(rule["scope"]), self.truth(rule["requirement"])
        if scope is False:
            return "niet_van_toepassing"
        if scope is None or requirement is None:
            return "niet_te_bepalen"
        return "voldoet" if requirement else "voldoet_niet"


# ---- what is compared


def as_json(value: Any) -> Any:
    """Write the value of a fact as JSON has it."""
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, tuple):
        return list(value)
    return value


def differences(judgement: Judgement) -> list[object]:
    """Give where the interpreter says something else than the judgement."""
    context = judgement.context
    closed = set(context.not_looked_up)
    wrong: list[object] = []
    for part in judgement.parts.values():
        rules = part.program.rules
        program = judgement.settings.program(part.subject, rules, evidence=True, not_looked_up=context.not_looked_up)
        outcomes = [list(part.outcomes(place)) for place in range(len(rules))]
        for index, row in enumerate(part.subjects):
            values = {f.name: as_json(v) for f, v in zip(program.facts, program.run(row, context)[1], strict=True)}
            interpreter = Interpreter(
                part.subject.name, values, judgement.peildatum.isoformat(), judgement.kennisdatum.isoformat(), closed
            )
            for place, rule in enumerate(rules):
                found = interpreter.outcome(RULES_BY_CODE[rule.code])
                if found != outcomes[place][index]:
                    wrong.append((rule.code, found, str(outcomes[place][index])))
    return wrong


@pytest.mark.parametrize("batch", range(3))
def test_the_conditions_of_the_catalogue_give_the_same_outcomes(batch: int) -> None:
    found = {
        seed: wrong
        for seed in range(9300 + batch * 60, 9300 + (batch + 1) * 60)
        if (wrong := differences(judged(seeded_world(seed))))
    }

    assert found == {}


def test_the_catalogue_is_json_and_the_same_every_time() -> None:
    texts = [json.dumps(catalogue(), ensure_ascii=False, sort_keys=True, allow_nan=False) for _ in range(2)]

    assert texts[0] == texts[1]
    assert json.loads(texts[0]) == CATALOGUE
    assert catalogue_digest() == catalogue_digest()


def test_it_names_everything_that_is_declared() -> None:
    """In rule order, every fact once."""
    assert list(RULES_BY_CODE) == [rule.code for rule in RULES]
    assert [norm["id"] for norm in CATALOGUE["norms"]] == [norm.id for norm in NORMS]
    assert [question["number"] for question in CATALOGUE["questions"]] == [1, 2, 3, 4, 5, 6, None]
    assert len(FACTS) == len(CATALOGUE["facts"]) == sum(len(subject.facts) for subject in SUBJECTS)
    assert [s["start_day"] for s in CATALOGUE["subjects"]] == ["begindatum", "ontvangen_duo_op", "dagtekening", "dag"]


def ops(term: Any) -> set[str]:
    """Give every operation in a term."""
    if isinstance(term, list):
        return set[str]().union(*map(ops, term))
    if not isinstance(term, dict):
        return set()
    found = {term["op"]} if "op" in term else set()
    return found | ops(term.get("args", []))


def facts_in(term: Any) -> set[str]:
    """Give every fact in a term."""
    if isinstance(term, list):
        return set[str]().union(*map(facts_in, term))
    return {term["fact"]} if "fact" in term else facts_in(term.get("args", []))


def test_the_vocabulary_is_closed() -> None:
    """Whoever executes these can execute every rule; each condition names facts that are in the catalogue."""
    used = set[str]()
    for rule in RULES_BY_CODE.values():
        terms = [rule["scope"], rule["requirement"]]
        used |= ops(terms)
        assert facts_in(terms) == set(rule["reads"])
        assert {(rule["subject"], name) for name in rule["shows"]} <= set(FACTS)
        assert set(rule["norms"]) <= {norm["id"] for norm in CATALOGUE["norms"]}
    assert used <= {
        *("and", "or", "not", "eq", "lt", "le", "gt", "ge", "in", "filled", "on_time", "times"),
        *("peildatum", "kennisdatum"),
    }


def test_another_declaration_has_another_digest() -> None:
    """One word of one title is enough."""
    first = QUESTIONS[0]
    changed = Question(
        code=first.code,
        number=first.number,
        title=Text(first.title.nl + " ", first.title.en),
        subject=first.subject,
        rules=first.rules,
    )

    assert catalogue_digest((changed, *QUESTIONS[1:])) != catalogue_digest()
    assert catalogue_digest(QUESTIONS[:-1]) != catalogue_digest()


def test_norms_stand_there_with_their_dated_values() -> None:
    norms = {norm["id"]: norm for norm in CATALOGUE["norms"]}

    assert [(v["van"], v["value"]) for v in norms["termijn_besluit"]["values"]] == [
        ("2015-08-01", 10),
        ("2016-08-01", 10),
    ]
    assert norms["speling_na_aanvang"]["open"] is True
    assert norms["speling_na_aanvang"]["values"] == []
    assert norms["venster"]["values"][0]["value"] == "altijd"
    assert RULES_BY_CODE["keuzedeel_geldig"]["geldig_van"] == "2016-08-01"
