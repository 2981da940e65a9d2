"""UsageError and the exit statuses of the command line."""

from typing import Final

from bpvo_rules.errors import BpvoRulesError

__all__ = ["ERROR_IN_RULE", "FOUND", "NOTHING_FOUND", "WRONG_USE", "UsageError"]

NOTHING_FOUND: Final = 0
FOUND: Final = 1
WRONG_USE: Final = 2
ERROR_IN_RULE: Final = 3


class UsageError(BpvoRulesError):
    """The command cannot do what was asked; the message is one sentence in the language of its user."""
