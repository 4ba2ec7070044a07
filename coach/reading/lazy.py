"""A property worked out when it is first asked for, and kept."""

from collections.abc import Callable
from typing import Generic, TypeVar

Value = TypeVar("Value")


class lazy(Generic[Value]):  # noqa: N801 - it is used as `property` is
    """What `functools.cached_property` does, but without a lock.

    Python 3.11 takes one at every first look, and a draft has some forty of those.
    """

    def __init__(self, work_out: Callable[..., Value]) -> None:
        self._work_out = work_out
        self._name = work_out.__name__
        self.__doc__ = work_out.__doc__

    def __get__(self, owner: object, kind: type) -> Value:
        """Work it out, and put it where the next look finds it before it comes here."""
        value = owner.__dict__[self._name] = self._work_out(owner)
        return value
