"""What workers of every kind do alike: they say what is done as it is done, and it is put in order."""

from collections.abc import Callable, Iterator, Sequence
from typing import Any, TypeAlias, TypeVar

Item = TypeVar("Item")
T = TypeVar("T")
Finishing: TypeAlias = Callable[[Sequence[Any]], Iterator[tuple[int, Any]]]
"""Does items, and gives the place and the result of each as soon as it is done, in no order."""


def in_order(finished: Iterator[tuple[int, T]], items: Sequence[Item], done: Callable[[Item], None]) -> Iterator[T]:
    """Give results in the order of their items, each as soon as it and all before it are there; tell which are done.

    >>> list(in_order(iter([(1, "b"), (0, "a")]), ["first", "second"], print))
    second
    first
    ['a', 'b']
    """
    early, place = dict[int, T](), 0
    for index, result in finished:
        done(items[index])
        early[index] = result
        while place in early:
            yield early.pop(place)
            place += 1
