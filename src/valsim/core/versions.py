"""Versions of the packages that make a result."""

import importlib.metadata
from functools import cache


@cache
def version(package: str) -> str:
    """Give the version of an installed package. It is read from a file, which takes longer than to play a few paths."""
    return importlib.metadata.version(package)
