"""What a purchase made of the company: its worth as a whole at the price paid, and the multiple of its revenue."""

import numpy as np

from valsim.captable.curve import ratio
from valsim.captable.merge import filled
from valsim.captable.transfer import PricePaid
from valsim.core.replace import replace
from valsim.core.rows import Bools, Row, cut
from valsim.state import State


def note_price(state: State, cause: str, where: Bools, company_value: Row) -> State:
    """Remember the price of a purchase, such as a closing, on the paths where it happens now."""
    if not np.any(where):
        return state
    before, size = state.prices_paid.get(cause, PricePaid()), state.cash.size
    places = np.flatnonzero(np.broadcast_to(where, size))
    value, cash, debt, revenue = (
        cut(np.asarray(row), places) for row in (company_value, state.cash, state.debt, state.rows["valued_revenue"])
    )
    paid = PricePaid(
        filled(value, places, size, before.company_value),
        filled(ratio(value - cash + debt, revenue), places, size, before.multiple),
    )
    return replace(state, prices_paid={**state.prices_paid, cause: paid})
