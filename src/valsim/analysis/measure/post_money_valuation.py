"""The headline value of the company after a closing."""

from valsim.analysis.measure.base import CLOSING, measure, of_funded
from valsim.analysis.measured import Measured
from valsim.result import Result


@measure(CLOSING, "money", "real-world")
def post_money_valuation(result: Result, *closing: str) -> Measured:
    """The headline post-money valuation of a closing, of the paths on which it is funded: all shares at its price, whatever their terms."""
    return of_funded(result, closing, "post_money_valuation")
