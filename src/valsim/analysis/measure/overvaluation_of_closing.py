"""How far the price of a closing is above what the shares bought there are worth."""

from valsim.analysis import fair_value
from valsim.analysis.measure.base import CLOSING, measure, tranche_of
from valsim.analysis.measured import Measured
from valsim.result import Result


@measure(CLOSING, "share", "risk-neutral")
def overvaluation_of_closing(result: Result, *closing: str) -> Measured:
    """The price of a share at a closing over what that share is worth, both as of today, less 1, over the paths on which it is funded."""
    return fair_value.overvaluation_of_closing(result, tranche_of(result.scenario, closing))
