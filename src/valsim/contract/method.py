"""A method of valuation as a person asks for it: by its name, in a file, or as a mapping of its name and numbers."""

from collections.abc import Mapping
from functools import singledispatch
from os import PathLike
from pathlib import Path
from typing import Any, TypeAlias

from pydantic import ValidationError
from pydantic_core import PydanticCustomError

from valsim.contract.contract import document_of
from valsim.core.errors import Problem, ValuationError, dotted
from valsim.core.parameter import at_medians, plain_amounts
from valsim.scenario.load_beside import problems_beside
from valsim.scenario.load_method import JudgedMethod, judged_method
from valsim.value.fair_value.method import Method

MethodSource: TypeAlias = str | PathLike[str] | Mapping[str, Any] | Method
"""A method: its name, the path of its file, a text or a mapping that says what such a file does, or one that was read."""
FILES = (".yaml", ".yml")


def method_of(given: MethodSource, currency: str = "") -> JudgedMethod:
    """Give a method at one number each, ready to value, and what is suspicious in it.

    ``currency`` is that of the cap table. Raises :class:`~valsim.core.errors.ScenarioError` for a file with problems, and
    :class:`~valsim.core.errors.ValuationError` for a method that there is not, a number that it does not have, and one that is
    out of bounds; its ``about`` names the number.

    >>> float(method_of({"kind": "exit_mix", "volatility": "60%"}).method.volatility)
    0.6
    """
    found = _judged(given, currency)
    return JudgedMethod(at_medians(found.method), found.warnings)


@singledispatch
def _judged(given: Any, currency: str) -> JudgedMethod:
    del currency
    message = f"expected the name of a method, a file, a mapping or a method, got {type(given).__name__}"
    raise TypeError(message)


@_judged.register
def _(given: str, currency: str) -> JudgedMethod:
    if "\n" in given or Path(given).suffix in FILES:
        return judged_method(document_of(given), currency)
    return _judged({"kind": given}, currency)


@_judged.register
def _(given: PathLike, currency: str) -> JudgedMethod:  # type: ignore[type-arg]
    return judged_method(document_of(given), currency)


@_judged.register(Mapping)
def _(given: Mapping[str, Any], currency: str) -> JudgedMethod:
    return _judged(_read(given), currency)


@_judged.register
def _(given: Method, currency: str) -> JudgedMethod:
    found = tuple(problems_beside(given, currency))
    for problem in found:
        if problem.severity == "error":
            raise ValuationError(_told(problem), str(next(iter(problem.path), "method")))
    return JudgedMethod(given, tuple(problem for problem in found if problem.severity == "warning"))


def _read(data: Mapping[str, Any]) -> Method:
    try:
        with plain_amounts():
            return Method.choose(data)
    except PydanticCustomError as error:
        raise ValuationError(_sentence(error.message(), error.context or {}), "method") from None
    except ValidationError as error:
        detail = error.errors()[0]
        place = [str(part) for part in detail["loc"]] or ["method"]
        missing = f"{data['kind']} needs {place[0]}: give the method in a file" if detail["type"] == "missing" else ""
        unknown = _not_among(data["kind"], place[0]) if detail["type"] == "unknown_key" else ""
        about = "method" if missing else place[0]
        inside = f"{dotted(detail['loc'])}: " if len(place) > 1 else ""
        said = missing or unknown or f"{inside}{detail['msg']}"
        raise ValuationError(_sentence(said, detail.get("ctx", {})), about) from None


def _told(problem: Problem) -> str:
    return _sentence(problem.sentence, {"help": problem.help})


def _not_among(kind: str, name: str) -> str:
    numbers = [each for each in Method.named({Method.tag: kind}).model_fields if each != Method.tag]
    return f"the method {kind} has no {name}: it has {', '.join(numbers)}"


def _sentence(message: str, context: Mapping[str, Any]) -> str:
    advice = context.get("help")
    return f"{message} ({advice})" if advice else message
