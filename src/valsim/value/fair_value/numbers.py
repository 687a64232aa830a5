"""The numbers of methods of valuation, which may be written plain: a year is what they count in."""

from typing import Annotated, Any, TypeAlias

import numpy as np

from valsim.core.parameter import FRACTION, Domain, Measure
from valsim.core.rows import Row
from valsim.core.unit import ONE, Unit

_YEAR = Unit.of("year")
_RATE = Measure("a chance per year", "0.25 or 25% per year", lambda unit: unit in {ONE, ONE / _YEAR})
_YEARS = Measure("a number of years", "4 or 18 months", lambda unit: unit in {ONE, _YEAR})

ExitRate: TypeAlias = Annotated[Row, Domain(_RATE, above=0.0)]
"""A chance of an exit per year, above zero."""
Years: TypeAlias = Annotated[Row, Domain(_YEARS, at_least=0.0)]
"""A number of years, zero at least."""
SomeVolatility: TypeAlias = Annotated[Row, Domain(FRACTION, above=0.0, doubted_from=5.0)]
"""A standard deviation of the logarithm per square root of a year, a fraction above zero."""
RiskFree: TypeAlias = Annotated[Row, Domain(FRACTION, at_least=0.0, below=1.0)]
"""The risk-free rate per year, continuously compounded, a fraction."""


def published(number: float) -> Any:
    """Give a number of a published model as a default, which a manual can print."""
    return np.float64(number)
