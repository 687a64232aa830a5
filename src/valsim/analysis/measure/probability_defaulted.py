"""How likely a closing comes to nothing as every investor defaults."""

from valsim.analysis.measure.base import CLOSING, measure, tranche_of
from valsim.analysis.measured import Measured
from valsim.analysis.tranches import became
from valsim.result import Result


@measure(CLOSING, "chance", "real-world")
def probability_defaulted(result: Result, *closing: str) -> Measured:
    """The chance that a closing is not funded as every investor defaults on it."""
    return Measured.chance(became(result, tranche_of(result.scenario, closing), "defaulted"))
