"""
Every error that this library raises on purpose, in one place.

Errors are for programmers and are written in English. None of them carries the
value of a field that may identify a person: a message names the field, never
what was in it. What schools should know about their data is a melding or an
invoerfout, never an exception.
"""

from typing import Literal


class BpvoRulesError(Exception):
    """Base of every error of this library; catch this to catch them all."""


class InvalidCodeError(BpvoRulesError, ValueError):
    """
    A text has not the shape of the code that it was given for.

    Attributes:
        code: Name of the type of code, such as ``Brin``.
        shape: The shape that it asks for, in words.

    """

    def __init__(self, code: str, shape: str) -> None:
        self.code = code
        self.shape = shape
        super().__init__(
            f"{code} must be a text of {shape}. The value is not shown, because it may identify a person;"
            " check the column that was read into this field."
        )


class InvalidRecordError(BpvoRulesError, ValueError):
    """
    A value cannot stand in this field of a record, whatever the rules say.

    Attributes:
        field: Name of the field.
        expected: What it asks for, in words.

    """

    def __init__(self, field: str, expected: str) -> None:
        self.field = field
        self.expected = expected
        super().__init__(f"{field} must be {expected}. The value is not shown, because it may identify a person.")


class DuplicateKeyError(BpvoRulesError, ValueError):
    """
    Two records of one table have the same key, so that neither can be chosen.

    Attributes:
        table: Name of the table.

    """

    def __init__(self, table: str) -> None:
        self.table = table
        super().__init__(
            f"Table {table} holds two records with the same key. Keys must be unique in memory;"
            " a reader of files reports the second one as an invoerfout instead."
        )


class DeclarationError(BpvoRulesError, ValueError):
    """A rule, fact, norm or profile is declared in a way that cannot work."""


class RuleSetError(BpvoRulesError):
    """
    A rule set of another package cannot be used.

    Attributes:
        name: The name that was asked for.
        problem: ``absent``: it is not installed; ``several``: by several packages; ``broken``: it cannot be imported;
            ``strange``: it is no question, and no sequence of them.
        detail: What there is to say of that problem: the rule sets that are installed, the packages that have the
            name, or the type of the error; empty when there is nothing.

    """

    def __init__(self, name: str, problem: Literal["absent", "several", "broken", "strange"], detail: str = "") -> None:
        self.name = name
        self.problem = problem
        self.detail = detail
        why = {
            "absent": f"it is not installed; installed are: {detail or 'none'}",
            "several": f"several packages have one of that name: {detail}",
            "broken": f"it cannot be imported ({detail})",
            "strange": "it is no Question, and no sequence of them",
        }[problem]
        super().__init__(f"Rule set {name} cannot be used: {why}.")


class NormError(BpvoRulesError, ValueError):
    """A value for a norm is unknown, of the wrong unit, or out of date in strict mode."""


class SourceError(BpvoRulesError):
    """A file or folder cannot be read at all; the message is one sentence for its user."""


class RegisterUnavailableError(BpvoRulesError):
    """
    A register could not answer this time.

    Raise it from your own register when a look-up fails: the judgement goes on
    and answers *niet te bepalen* where the register was needed.
    """


class UnknownSubjectError(BpvoRulesError, KeyError):
    """No subject with this key exists on the kennisdatum."""

    def __str__(self) -> str:
        return str(self.args[0])


class ExistingFileError(BpvoRulesError):
    """Something would be overwritten that must not be."""


class FotoRefusedError(BpvoRulesError):
    """
    A protected foto is not made, because it would not be safe or because nothing can prove that it is.

    Attributes:
        cells: Question, instelling and domein of the counts that stand in the way, for the maker
            only: coarsen these. Empty when it is not about counts.

    """

    def __init__(self, message: str, cells: tuple[tuple[str, str, str], ...] = ()) -> None:
        self.cells = cells
        super().__init__(message)


class EngineError(BpvoRulesError):
    """Data frames that cannot be judged: of an unknown kind, of different kinds, or of columns of another type."""


class EngineMissingError(EngineError):
    """
    An engine was asked for that is not installed.

    Attributes:
        engine: Its name.
        needs: The packages that it needs.

    """

    def __init__(self, engine: str, needs: tuple[str, ...]) -> None:
        self.engine = engine
        self.needs = needs
        super().__init__(f"Engine {engine} is not installed: it needs {' and '.join(needs)}.")


class EngineDisagreementError(EngineError):
    """
    An engine and the reference say something different about one subject.

    This is an error of this library, and nothing that was judged may be used.
    """


class SolverMissingError(FotoRefusedError):
    """There is no solver to prove that a protected foto is safe."""


class ExtraMissingError(BpvoRulesError, ImportError):
    """
    Something was asked that needs an extra of this library, which is not installed.

    It is an ``ImportError`` too, because a module that needs an extra raises it when it is imported.

    Attributes:
        extra: Its name.

    """

    def __init__(self, extra: str) -> None:
        self.extra = extra
        super().__init__(f"This needs the extra {extra}: install bpvo-rules[{extra}].")


class LawBrokenError(BpvoRulesError, AssertionError):
    """
    An implementation of the rules broke a law that every right one keeps.

    Attributes:
        law: Name of the law.

    """

    def __init__(self, law: str, message: str) -> None:
        self.law = law
        super().__init__(f"{law}: {message}")


class RequestError(BpvoRulesError):
    """A request of the conformance kit that is not of the shape of the protocol."""


class ProgramError(BpvoRulesError):
    """A program that was asked conformance cases could not be started, stopped too early, or gave no answer."""


class VerdictsError(BpvoRulesError):
    """A file of verdicts that cannot be compared with another."""


class UnreachableError(BpvoRulesError):
    """An outcome that a rule can never have, or of which no case is known."""
