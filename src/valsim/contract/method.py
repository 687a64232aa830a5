"""A method of valuation as a person asks for it: by its name, or as a mapping of its name and numbers."""

from collections.abc import Mapping
from typing import Any

from pydantic import ValidationError
from pydantic_core import PydanticCustomError

from valsim.core.errors import ValuationError, dotted
from valsim.core.parameter import at_medians, plain_amounts
from valsim.value.fair_value.method import Method


def method_of(given: str | Mapping[str, Any] | Method) -> Method:
    """Give a method at one number each, ready to value.

    Raises :class:`~valsim.core.errors.ValuationError` for a method that there is not, a number that it does not have, and one
    that is out of bounds; its ``about`` names the number.

    >>> float(method_of({"kind": "exit_mix", "volatility": "60%"}).volatility)
    0.6
    """
    chosen = given if isinstance(given, Method) else _read({"kind": given} if isinstance(given, str) else given)
    for problem in chosen.problems(None):
        if problem.severity == "error":
            raise ValuationError(f"{dotted(problem.path)} {problem.message}", str(next(iter(problem.path), "method")))
    return at_medians(chosen)


def _read(data: Mapping[str, Any]) -> Method:
    try:
        with plain_amounts():
            return Method.choose(data)
    except PydanticCustomError as error:
        raise ValuationError(_sentence(error.message(), error.context or {}), "method") from None
    except ValidationError as error:
        detail = error.errors()[0]
        place = [str(part) for part in detail["loc"]] or ["method"]
        unknown = f"the method {data['kind']} has no {place[0]}" if detail["type"] == "unknown_key" else ""
        raise ValuationError(_sentence(unknown or detail["msg"], detail.get("ctx", {})), place[0]) from None


def _sentence(message: str, context: Mapping[str, Any]) -> str:
    advice = context.get("help")
    return f"{message} ({advice})" if advice else message
