"""Records out of values that were checked already: a country has millions of them."""

from collections.abc import Callable, Iterable, Sequence
from typing import Any, TypeVar

import attrs

__all__ = ["maker"]

R = TypeVar("R", bound=attrs.AttrsInstance)


def maker(record: type[R], names: Sequence[str]) -> Callable[[Iterable[Any]], R]:
    """
    Give what makes records of a type without checking the values once more.

    Only for values that come out of a cell of the same column, or out of another
    record: nothing stops a wrong one here. A field without a name is its default.

    Args:
        record: The type.
        names: The fields that values will be given for, in their order.

    Raises:
        TypeError: when a field without a name has no default, or one that is made of other fields.

    """
    rest = tuple((field.name, field.default) for field in attrs.fields(record) if field.name not in names)
    for name, default in rest:
        if default is attrs.NOTHING or hasattr(default, "factory"):
            raise TypeError(f"{record.__name__} cannot be made without {name}.")

    def make(values: Iterable[Any]) -> R:
        made = _new(record)
        for name, value in zip(names, values, strict=True):
            _set(made, name, value)
        for name, value in rest:
            _set(made, name, value)
        return made

    return make


_new = object.__new__
_set = object.__setattr__
