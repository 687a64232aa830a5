"""The currency of a scenario."""

from typing import Annotated, TypeAlias

from pydantic import AfterValidator, WithJsonSchema

from valsim.core.block import HOLDS, custom_error, nearest_help
from valsim.core.unit import CURRENCIES, currency_help


def _known(code: str) -> str:
    if code not in CURRENCIES:
        raise custom_error(
            "currency",
            f"expected a currency code such as USD, got {code!r}",
            currency_help(code) or nearest_help(code.upper(), CURRENCIES),
        )
    return code


Currency: TypeAlias = Annotated[
    str, AfterValidator(_known), WithJsonSchema({"enum": sorted(CURRENCIES), HOLDS: "a currency code"})
]
"""The three letters of a currency."""
