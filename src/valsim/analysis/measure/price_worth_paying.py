"""What existing shares are worth to a buyer, after its fees and carry."""

from valsim.analysis.asking import price_worth_paying as price
from valsim.analysis.measure.base import HOLDER, measure
from valsim.analysis.measured import Measured
from valsim.result import Result


@measure(HOLDER, "price", "risk-neutral")
def price_worth_paying(result: Result, holder: str) -> Measured:
    """The price per share at which what a buyer of existing shares receives, after fees and carry, is worth what it pays."""
    return price(result, holder)
