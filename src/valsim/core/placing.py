"""Errors of a reader, placed inside the value that it reads."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from pydantic import ValidationError
from pydantic_core import ErrorDetails, InitErrorDetails, PydanticCustomError

from valsim.core.errors import Path


def placed(path: Path, error: PydanticCustomError) -> ValidationError:
    """Give an error its place; pydantic puts the place of the value in front."""
    return ValidationError.from_exception_data("number", [InitErrorDetails(type=error, loc=path, input=None)])


@contextmanager
def inside(key: str | int) -> Iterator[None]:
    """Place every error of a reader under ``key``."""
    try:
        yield
    except PydanticCustomError as error:
        raise placed((key,), error) from None
    except ValidationError as error:
        raise ValidationError.from_exception_data(
            "number", [_deeper(key, detail) for detail in error.errors()]
        ) from None


def _deeper(key: str | int, detail: ErrorDetails) -> InitErrorDetails:
    kept: Any = detail["type"]
    if "sentence" in detail.get("ctx", {}):
        kept = PydanticCustomError(kept, "{sentence}", detail["ctx"])
    return InitErrorDetails(type=kept, loc=(key, *detail["loc"]), input=detail["input"], ctx=detail.get("ctx", {}))


@contextmanager
def at_key(key: str) -> Iterator[None]:
    """Place every error of a reader at ``key`` itself, not at the value behind it."""
    with inside(key), inside("[key]"):
        yield
