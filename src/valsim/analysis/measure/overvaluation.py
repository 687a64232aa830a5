"""How far the last price is above what all classes are worth."""

from valsim.analysis import fair_value
from valsim.analysis.measure.base import COMPANY, measure
from valsim.analysis.measured import Measured
from valsim.result import Result


@measure(COMPANY, "share", "risk-neutral")
def overvaluation(result: Result) -> Measured:
    """The headline, all fully diluted shares at the last price, over what all opening classes are worth today, less 1."""
    return fair_value.overvaluation(result)
