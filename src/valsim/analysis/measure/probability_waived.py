"""How likely a missed condition is waived."""

from valsim.analysis.measure.base import CLOSING, measure, tranche_of
from valsim.analysis.measured import Measured
from valsim.analysis.tranches import became
from valsim.result import Result


@measure(CLOSING, "chance", "real-world")
def probability_waived(result: Result, *closing: str) -> Measured:
    """The chance that a closing is funded at its price though its condition was missed."""
    return Measured.chance(became(result, tranche_of(result.scenario, closing), "waived"))
