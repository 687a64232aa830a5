import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.captable.tables import preferred
from valsim.captable.curve import Call, Claim, Curve
from valsim.captable.exercise import option_on

ONE = np.ones(())
KINDS = [
    {},
    {"participation": "full"},
    {"participation": "capped", "participation_cap_multiple": np.float64(2)},
    {"conversion_price": np.float64(2)},
]


def paid(curve, filled, price):
    claims = sum(claim.paid(filled) for claim in curve.claims)
    return claims + sum(call.shares * max(price - call.price, 0) for call in curve.calls)


@pytest.mark.parametrize("terms", KINDS)
@given(strike=st.floats(0, 12), filled=st.floats(0, 1), price=st.floats(0, 20))
def test_an_option_is_worth_what_its_curve_pays_above_the_exercise_price_at_every_level(terms, strike, filled, price):
    curve = preferred(2.5, **terms).curve(ONE)
    right = option_on(curve, np.float64(strike))
    for level in ((filled, 0.0), (1.0, price)):
        assert paid(right, *level) == pytest.approx(max(paid(curve, *level) - strike, 0), abs=1e-12)


def test_an_option_starts_in_the_rank_in_which_its_exercise_price_is_reached():
    curve = Curve((Claim(np.float64(2), 3.0), Claim(np.float64(4), 1.0)), (Call(np.float64(1), np.float64(1)),))
    starts = [[(float(c.amount), float(c.after)) for c in option_on(curve, np.float64(k)).claims] for k in (0, 1, 3, 7)]
    assert starts == [[(2, 0), (4, 0)], [(1, 0.5), (4, 0)], [(0, 0), (3, 0.25)], [(0, 0), (0, 0)]]
    assert [float(option_on(curve, np.float64(k)).calls[0].price) for k in (0, 6, 7)] == [1, 1, 2]


def test_two_claims_of_one_rank_are_one_for_the_option_on_both():
    curve = Curve((Claim(np.float64(1), 2.0), Claim(np.float64(3), 2.0)))
    (claim,) = option_on(curve, np.float64(1)).claims
    assert (float(claim.amount), float(claim.after)) == (3, 0.25)


def test_an_option_that_no_level_brings_into_the_money_is_worth_nothing():
    right = option_on(Curve((Claim(np.float64(2), 1.0),)), np.float64(5))
    capped = preferred(2.5, **KINDS[2]).kept(ONE)
    assert paid(right, 1.0, 1e9) == paid(option_on(capped, np.float64(6)), 1.0, 1e9) == 0


def test_exercise_prices_and_terms_may_differ_by_path():
    strikes, prices = np.array([1.0, 3.0, np.nan]), np.array([2.5, 2.5, 4.0])
    together = option_on(preferred(prices, participation="full").curve(ONE), strikes).times(np.array([2.0, 2.0, 0.0]))
    assert together.claims[0].amount.tolist() == [3, 0, 0]
    assert together.claims[0].after.tolist() == [0.4, 0, 0]
    assert [row.tolist() for row in together.calls[0]] == [[0, 0.5, 0], [2, 2, 0]]
