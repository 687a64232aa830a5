"""What is the same for all objects of a type, found once for each."""

from collections.abc import Callable
from typing import Any


class EachType(dict[type[Any], Any]):
    """What a function finds for a type; it is asked once a type.

    >>> EachType(lambda kind: kind.__name__)[float]
    'float'
    """

    def __init__(self, find: Callable[[type[Any]], Any]) -> None:
        super().__init__()
        self.find = find

    def __missing__(self, kind: type[Any]) -> Any:
        found = self[kind] = self.find(kind)
        return found
