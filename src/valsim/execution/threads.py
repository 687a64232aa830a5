"""Threads of this process, where the system cannot fork; and this process alone."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from typing import Any

from valsim.execution.finishing import Finishing


@contextmanager
def threads(size: int, do: Callable[[Any], Any]) -> Iterator[Finishing]:
    """Start so many threads, which do items until the end."""
    with ThreadPoolExecutor(size) as pool:
        yield lambda items: enumerate(pool.map(do, items))


@contextmanager
def alone(size: int, do: Callable[[Any], Any]) -> Iterator[Finishing]:
    """Do items here, one after the other."""
    del size
    yield lambda items: enumerate(map(do, items))
