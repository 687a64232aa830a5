"""How likely a closing is re-priced."""

from valsim.analysis.measure.base import CLOSING, measure, tranche_of
from valsim.analysis.measured import Measured
from valsim.analysis.tranches import became
from valsim.result import Result


@measure(CLOSING, "chance", "real-world")
def probability_repriced(result: Result, *closing: str) -> Measured:
    """The chance that a closing is funded at a lower price as its condition was missed."""
    return Measured.chance(became(result, tranche_of(result.scenario, closing), "repriced"))
