"""What a purchase made of the company: its worth as a whole at the price paid, and the multiple of its revenue."""

from dataclasses import replace

import numpy as np

from valsim.captable.curve import ratio
from valsim.captable.transfer import PricePaid
from valsim.core.rows import Bools, Row
from valsim.state import State


def note_price(state: State, cause: str, where: Bools, company_value: Row) -> State:
    """Remember the price of a purchase, such as a closing, on the paths where it happens now."""
    if not np.any(where):
        return state
    rows, before = state.rows, state.prices_paid.get(cause, PricePaid())
    multiple = ratio(company_value - rows["cash"] + rows["debt"], rows["valued_revenue"])
    paid = PricePaid(np.where(where, company_value, before.company_value), np.where(where, multiple, before.multiple))
    return replace(state, prices_paid={**state.prices_paid, cause: paid})
