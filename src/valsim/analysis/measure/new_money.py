"""What a closing raises."""

from valsim.analysis.measure.base import CLOSING, measure, of_funded
from valsim.analysis.measured import Measured
from valsim.result import Result


@measure(CLOSING, "money", "real-world")
def new_money(result: Result, *closing: str) -> Measured:
    """What a closing raises, of the paths on which it is funded."""
    return of_funded(result, closing, "new_money")
