"""Register: what can be asked about one company at a time, and must not be kept."""

from typing import Protocol

from bpvo_rules.codes import LeerbedrijfId, Opleidingcode
from bpvo_rules.errors import InvalidRecordError, RegisterUnavailableError
from bpvo_rules.judge.context import Context, Registerantwoord, asked_codes
from bpvo_rules.model import Bpvo

__all__ = ["Register", "ask"]


class Register(Protocol):
    """
    A register that is asked about one company at a time, such as White Label.

    It is asked at most once per judgement, and its answer is not kept.
    """

    def raadpleeg(
        self, leerbedrijf_id: LeerbedrijfId, codes: frozenset[Opleidingcode] | None, /
    ) -> Registerantwoord | None:
        """
        Tell which periods a company is recognised for these codes.

        Args:
            leerbedrijf_id: The company.
            codes: The codes that matter; ``None`` means any code at all.

        Returns:
            What the register says, or ``None`` when it could not be asked: the
            answers that need it are then *niet te bepalen*. Raising
            RegisterUnavailableError says the same.

        """


def ask(register: Register, context: Context, bpvo: Bpvo) -> Registerantwoord | None:
    """
    Ask a register about the company of a BPVO; ``None`` when it did not answer.

    Raises:
        InvalidRecordError: when it answers about another company.
        TypeError: when it answers with something else.

    """
    if bpvo.leerbedrijf_id is None:
        # There is no company to ask about, so nothing stays unasked.
        return Registerantwoord(bekend=False)
    codes = asked_codes(context, bpvo)
    wanted = None if codes is None else frozenset(map(Opleidingcode, codes))
    try:
        answer = register.raadpleeg(bpvo.leerbedrijf_id, wanted)
    except RegisterUnavailableError:
        return None
    if answer is not None and not isinstance(answer, Registerantwoord):
        raise TypeError("A register answers with a Registerantwoord, or with None when it could not be asked.")
    if answer is not None and any(row.leerbedrijf_id != bpvo.leerbedrijf_id for row in answer.erkenningen):
        # A recognition of another company must never make this BPVO good.
        raise InvalidRecordError("erkenningen", "recognitions of the company that was asked about")
    return answer
