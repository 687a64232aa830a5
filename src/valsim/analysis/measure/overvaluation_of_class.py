"""How far the last price is above what a share of a class is worth."""

from valsim.analysis import fair_value
from valsim.analysis.measure.base import CLASS, measure
from valsim.analysis.measured import Measured
from valsim.result import Result


@measure(CLASS, "share", "risk-neutral")
def overvaluation_of_class(result: Result, series: str) -> Measured:
    """The last price of the common shares that a share of a class converts into, over what that share is worth today, less 1."""
    return fair_value.overvaluation_of_class(result, series)
