"""Shares that SAFEs turn into set off the anti-dilution of classes whose terms do not exempt them."""

import numpy as np
import pytest

from tests.captable.convertibles import company, safe
from tests.captable.tables import preferred
from tests.captable.term.anti_dilution.issues import term
from valsim.captable.financing.price import solve_price
from valsim.captable.financing.protected import shares_before
from valsim.captable.ledger import Ledger

BROAD, RATCHET = "broad_based_weighted_average", "full_ratchet"
EVERYTHING = frozenset({"pool_top_up", "convertibles", "anti_dilution"})


def having(given: object, unissued: float = 0.0) -> Ledger:
    """8M common, 2M preferred bought at 1 USD, and a SAFE of 1M capped at 5M pre-money: its price is 0.50 of 10M shares."""
    ledger = company(8e6, unissued=unissued, tried=(safe(5e6, cap_type="pre_money"), 1e6))
    return ledger.issue("a", preferred(1.0, anti_dilution=term(given)), {"Fund": np.asarray(2e6)})


def priced(given: object, price: float, unissued: float = 0.0):
    """A round of 3M at a stated price: nothing that it sets off is in the pre-money valuation."""
    ledger = having(given, unissued)
    return solve_price(ledger, np.asarray(price) * ledger.fully_diluted(), np.asarray(3e6), frozenset())


@pytest.mark.parametrize("given", [BROAD, RATCHET, {"kind": RATCHET, "exempt": ["convertibles"]}], ids=str)
def test_conversions_that_are_exempt_set_off_nothing_in_an_up_round(given):
    found = priced(given, 3.0)
    assert float(found.conversions["tried"].price) == pytest.approx(0.5)
    assert found.conversion_prices == {}


def test_a_ratchet_that_exempts_nothing_falls_to_the_price_of_the_conversion():
    assert float(priced({"kind": RATCHET, "exempt": []}, 3.0).conversion_prices["a"]) == pytest.approx(0.5)


def test_a_weighted_average_counts_the_conversion_and_not_the_dearer_new_money():
    found = priced({"kind": BROAD, "exempt": ["option_pool"]}, 3.0)
    assert float(found.conversion_prices["a"]) == pytest.approx((10e6 + 1e6) / (10e6 + 2e6), rel=1e-14)


def test_it_counts_both_where_both_are_cheaper():
    found = priced({"kind": BROAD, "exempt": []}, 0.8)
    assert float(found.conversion_prices["a"]) == pytest.approx(
        (10e6 + 1e6 + 3e6) / (10e6 + 2e6 + 3e6 / 0.8), rel=1e-14
    )


@pytest.mark.parametrize(
    "given", [{"kind": BROAD, "exempt": []}, {"kind": RATCHET, "exempt": []}], ids=["average", "ratchet"]
)
def test_pool_conversions_and_anti_dilution_fit_each_other_at_the_price(given):
    # The cap counts the pool's top-up, the top-up all shares after the round, and the ratchet the conversion's price.
    ledger = having(given, unissued=1e6)
    found = solve_price(ledger, np.array([12e6, 20e6]), np.asarray(3e6), EVERYTHING, np.asarray(0.15))
    price, (shares, paid) = found.price, found.conversions["tried"]
    conversion_price = found.conversion_prices["a"]
    extra = 2e6 / conversion_price - 2e6
    before = float(ledger.fully_diluted())
    assert paid == pytest.approx(5e6 / (before + found.pool_shares), rel=1e-9)
    assert shares == pytest.approx(1e6 / paid, rel=1e-9)
    after = before + extra + shares + found.pool_shares + found.new_shares
    assert (1e6 + found.pool_shares) / after == pytest.approx([0.15] * 2, rel=1e-9)
    assert price * (after - found.new_shares) == pytest.approx([12e6, 20e6], rel=1e-9)
    base = float(shares_before(ledger).fully_diluted)
    new = found.new_shares * (price < 1)
    average = (base + new * price + shares * paid) / (base + new + shares)
    expected = paid if given["kind"] == RATCHET else average
    assert conversion_price == pytest.approx(np.minimum(expected, 1.0), rel=1e-9)


def test_a_path_does_not_depend_on_the_others():
    ledger = having({"kind": BROAD, "exempt": []}, unissued=1e6)
    worth = np.linspace(5e6, 60e6, 23)
    whole = solve_price(ledger, worth, np.asarray(3e6), EVERYTHING, np.asarray(0.15))
    parts = [
        solve_price(ledger, worth[i : i + 4], np.asarray(3e6), EVERYTHING, np.asarray(0.15)) for i in range(0, 23, 4)
    ]
    assert np.array_equal(whole.price, np.concatenate([each.price for each in parts]), equal_nan=True)
    prices = [each.conversion_prices["a"] for each in parts]
    assert np.array_equal(whole.conversion_prices["a"], np.concatenate(prices))
