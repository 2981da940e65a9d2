"""Kleene's three-valued logic: true, false, and None for unknown."""

from collections.abc import Iterable

Truth = bool | None


def not_(a: Truth) -> Truth:
    """NOT unknown = unknown."""
    return None if a is None else not a


def and_(*terms: Truth) -> Truth:
    """False AND unknown = false; true AND unknown = unknown."""
    if any(term is False for term in terms):
        return False
    if any(term is None for term in terms):
        return None
    return True


def or_(*terms: Truth) -> Truth:
    """True OR unknown = true; false OR unknown = unknown."""
    if any(term is True for term in terms):
        return True
    if any(term is None for term in terms):
        return None
    return False


def any_(terms: Iterable[Truth]) -> Truth:
    """Say whether at least one of many is true."""
    return or_(*terms)
