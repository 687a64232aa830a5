"""What a buyer of existing shares could pay for the return that it wants."""

from valsim.analysis.asking import price_for_return
from valsim.analysis.measure.base import HOLDER, measure
from valsim.analysis.measured import Measured
from valsim.result import Result


@measure(HOLDER, "price", "real-world")
def price_for_target_return(result: Result, holder: str) -> Measured:
    """The price per share at which the IRR of the expected cash flows of a purchase of existing shares is the `target_return` of its position."""
    return price_for_return(result, holder)
