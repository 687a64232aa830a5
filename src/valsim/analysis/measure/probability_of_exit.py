"""How likely the company ends in a certain way."""

from valsim.analysis.exits import ended_by
from valsim.analysis.measure.base import EXIT, measure
from valsim.analysis.measured import Measured
from valsim.result import Result


@measure(EXIT, "chance", "real-world")
def probability_of_exit(result: Result, way: str) -> Measured:
    """The chance that the company ends in this way within the horizon; `still_private` is the chance that it does not end."""
    return Measured.chance(ended_by(result)[way])
