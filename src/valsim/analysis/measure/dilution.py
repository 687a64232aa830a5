"""What old holders give up in a closing."""

from valsim.analysis.measure.base import CLOSING, measure, of_funded
from valsim.analysis.measured import Measured
from valsim.result import Result


@measure(CLOSING, "share", "real-world")
def dilution(result: Result, *closing: str) -> Measured:
    """The part of the company that old holders give up in a closing, of the paths on which it is funded."""
    return of_funded(result, closing, "dilution")
