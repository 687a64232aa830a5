"""What a purchase made of the company: its worth as a whole at the price paid, and the multiple of its revenue."""

import numpy as np

from valsim.captable.curve import ratio
from valsim.captable.merge import filled
from valsim.captable.transfer import PricePaid
from valsim.core.replace import replace
from valsim.core.rows import Row, cut
from valsim.core.streams import Paths
from valsim.state import State


def note_price(state: State, cause: str, paths: Paths, company_value: Row) -> State:
    """Remember the price of a purchase, such as a closing, on the paths where it happens now; what it values has their rows."""
    if not paths.size:
        return state
    before, size = state.prices_paid.get(cause, PricePaid()), state.cash.size
    cash, debt = (cut(np.asarray(row), paths) for row in (state.cash, state.debt))
    revenue = state.rows.on(paths)["valued_revenue"]
    paid = PricePaid(
        filled(company_value, paths, size, before.company_value),
        filled(ratio(company_value - cash + debt, revenue), paths, size, before.multiple),
    )
    return replace(state, prices_paid={**state.prices_paid, cause: paid})
