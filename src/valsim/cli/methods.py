"""A method of valuation on the command line: a name with numbers, or a file."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from valsim.contract.method import FILES, method_of
from valsim.core.errors import ValuationError
from valsim.scenario.load_method import JudgedMethod


def method(asked: Mapping[str, Any], currency: str) -> JudgedMethod:
    """Read a method by its name and numbers, or in a file, which states its own.

    Raises :class:`~valsim.core.errors.ValuationError` for numbers beside a file, and what
    :func:`~valsim.contract.method.method_of` does.
    """
    kind, numbers = asked["kind"], [name for name in asked if name != "kind"]
    if Path(kind).suffix not in FILES:
        return method_of(asked, currency)
    if numbers:
        raise ValuationError(f"{kind} states the numbers of its method: write it there", numbers[0])
    return method_of(kind, currency)
