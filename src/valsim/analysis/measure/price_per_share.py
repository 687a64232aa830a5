"""What a share costs in a closing."""

from valsim.analysis.measure.base import CLOSING, measure, of_funded
from valsim.analysis.measured import Measured
from valsim.result import Result


@measure(CLOSING, "price", "real-world")
def price_per_share(result: Result, *closing: str) -> Measured:
    """What a share costs in a closing, of the paths on which it is funded."""
    return of_funded(result, closing, "price_per_share")
