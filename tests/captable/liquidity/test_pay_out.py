"""Paying out an exit: who gets what of the proceeds, by the kind of the exit."""

import numpy as np
import pytest

from tests.captable.tables import held, preferred
from valsim.captable.ledger import Ledger
from valsim.captable.liquidity.pay_out import Liquidity, Table, pay_out
from valsim.captable.security.common import Common

DAY = np.asarray(740000.0)
TABLE = Table(held({"common": (Common(), 8e6), "series_a": (preferred(2.5), 2e6)}))


@pytest.mark.parametrize(("treatment", "expected"), [("as_agreed", 5e6), ("all_converted", 3e6)])
def test_the_treatment_decides_whether_a_preference_is_paid(treatment, expected):
    paid = pay_out(TABLE, Liquidity("acquisition", treatment, DAY), np.array([15e6])).by_lot
    assert paid["series_a", "series_a"].tolist() == [expected]


def test_all_that_is_paid_is_the_proceeds():
    paid = pay_out(TABLE, Liquidity("acquisition", "as_agreed", DAY), np.array([1e6, 15e6, 90e6])).by_lot
    assert sum(paid.values()).tolist() == [1e6, 15e6, 90e6]


def test_what_a_holder_is_paid_is_the_sum_over_its_lots():
    lots = {
        ("Ada", "common"): np.float64(6e6),
        ("Fund", "common"): np.float64(2e6),
        ("Fund", "series_a"): np.float64(1e6),
    }
    ledger = Ledger({"common": Common(), "series_a": preferred(5.0)}, lots)
    paid = pay_out(Table(ledger), Liquidity("acquisition", "as_agreed", DAY), np.array([0.0, 5e6, 13e6, 54e6]))
    assert paid.by_holder["Fund"].tolist() == [0, 5e6, 5e6 + 2e6, 18e6]
    assert sum(paid.by_holder.values()).tolist() == [0.0, 5e6, 13e6, 54e6]
