"""How likely the investors of a closing walk away from it."""

from valsim.analysis.measure.base import CLOSING, measure, tranche_of
from valsim.analysis.measured import Measured
from valsim.analysis.tranches import became
from valsim.result import Result


@measure(CLOSING, "chance", "real-world")
def probability_walked(result: Result, *closing: str) -> Measured:
    """The chance that the investors of a closing walk away from it, though its condition is met."""
    return Measured.chance(became(result, tranche_of(result.scenario, closing), "walked"))
