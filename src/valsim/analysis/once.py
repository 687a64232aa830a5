"""What several analyses of a result need and takes time: worked out once, and kept with the result."""

from collections.abc import Callable
from functools import wraps
from typing import TypeVar

from valsim.result import Result

T = TypeVar("T")


def once(work: Callable[[Result], T]) -> Callable[[Result], T]:
    """Work something out of a result when it is first asked for, and give the same from then on; it goes when the result goes.

    It must hang on the result alone, and nobody may change it.
    """
    name = f"{work.__module__}.{work.__qualname__}"

    @wraps(work)
    def found(result: Result) -> T:
        kept = vars(result)  # where `cached_property` keeps what it finds, in frozen classes too
        if name not in kept:
            kept[name] = work(result)
        known: T = kept[name]
        return known

    return found
