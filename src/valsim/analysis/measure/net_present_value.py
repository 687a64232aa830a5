"""What a holder's receipts are worth today above its payments."""

from valsim.analysis.measure.base import HOLDER, measure
from valsim.analysis.measured import Measured
from valsim.result import Result


@measure(HOLDER, "money", "risk-neutral")
def net_present_value(result: Result, holder: str) -> Measured:
    """What a holder's deal is worth today: `present_value` less `paid_today`; at zero it pays a fair price."""
    received, paid = (result.valued["holder", holder, what] for what in ("present value", "paid today"))
    return Measured.mean(received - paid)
