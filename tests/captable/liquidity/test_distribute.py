import numpy as np
import pytest

from tests.captable.tables import preferred
from valsim.captable.ledger import UNISSUED, Ledger
from valsim.captable.liquidity.distribute import payouts_by_lot
from valsim.captable.liquidity.regime import all_converted, as_agreed
from valsim.captable.security.common import Common
from valsim.captable.security.option_pool import OptionPool


def company() -> Ledger:
    ledger = Ledger({}, {}).issue("common", Common(), {"Ada": np.float64(6e6), "Fund": np.float64(2e6)})
    ledger = ledger.issue("pool", OptionPool(), {UNISSUED: np.float64(4e6)})
    shares = {"Fund": np.array([1e6, 0.0]), "Angel": np.array([1e6, 0.0])}
    return ledger.issue("series_a", preferred(np.array([2.5, np.nan])), shares)


def test_a_class_is_split_among_its_holders_by_shares():
    lots = payouts_by_lot(company(), np.array([13e6, 13e6]), as_agreed)
    assert lots["Fund", "series_a"].tolist() == lots["Angel", "series_a"].tolist() == [2.5e6, 0]
    assert lots["Ada", "common"].tolist() == [6e6, 6 / 8 * 13e6]


def test_the_unissued_pool_is_paid_nothing_and_nothing_is_lost():
    lots = payouts_by_lot(company(), np.array([13e6, 0.0]), as_agreed)
    assert lots[UNISSUED, "pool"].tolist() == [0, 0]
    assert sum(lots.values()) == pytest.approx([13e6, 0])


def test_granted_options_of_a_pool_are_paid_and_its_unissued_ones_are_not():
    pool = OptionPool.model_construct(exercise_price=np.float64(0.5))
    ledger = Ledger({}, {}).issue("common", Common(), {"Ada": np.float64(8e6)})
    ledger = ledger.issue("pool", pool, {"Team": np.float64(2e6), UNISSUED: np.float64(4e6)})
    lots = payouts_by_lot(ledger, np.float64(9e6), as_agreed)
    assert {holder: float(paid) for (holder, _), paid in lots.items()} == {"Ada": 8e6, "Team": 1e6, UNISSUED: 0}


def test_in_a_listing_with_automatic_conversion_no_preference_is_paid():
    lots = payouts_by_lot(company(), np.array([10e6, 10e6]), all_converted)
    assert lots["Angel", "series_a"].tolist() == [1e6, 0]
    assert lots["Ada", "common"].tolist() == [6e6, 7.5e6]
