import numpy as np
import pytest

from tests.captable.tables import preferred
from valsim.captable.security import Security

DOCUMENT = {
    "kind": "preferred",
    "shares": "400M",
    "original_issue_price": "2.5 USD",
    "liquidation_preference_multiple": 1,
    "participation": "none",
    "seniority": 1,
    "anti_dilution": "none",
}


def payout(security, shares, price):
    curve = security.curve(shares)
    return sum(claim.amount for claim in curve.claims) + sum(c.shares * max(price - c.price, 0) for c in curve.calls)


@pytest.mark.parametrize(("price", "paid"), [(0, 5), (1, 5), (2, 5), (3, 7.5)])
def test_non_participating_shares_take_the_better_of_preference_and_conversion(price, paid):
    assert payout(preferred(2.5, conversion_price=np.float64(2)), 2.0, price) == pytest.approx(paid)


@pytest.mark.parametrize(("price", "paid"), [(0, 5), (1, 7.5), (2, 10), (3, 10), (4, 10), (5, 12.5)])
def test_capped_shares_stop_at_the_cap_and_convert_above_it(price, paid):
    security = preferred(
        2.5, conversion_price=np.float64(2), participation="capped", participation_cap_multiple=np.float64(2)
    )
    assert payout(security, 2.0, price) == pytest.approx(paid)


@pytest.mark.parametrize(
    "terms", [{}, {"participation": "full"}, {"participation": "capped", "participation_cap_multiple": 3.0}]
)
def test_a_payout_never_falls_or_jumps_when_the_price_rises(terms):
    prices = np.linspace(0, 20, 2001)
    paid = np.array([payout(preferred(2.5, **terms), 2.0, price) for price in prices])
    assert np.all((np.diff(paid) >= -1e-12) & (np.diff(paid) <= 2.0 * 0.01 + 1e-12))


def test_an_adjusted_conversion_price_gives_more_common_shares():
    # ovf-FX1a: a ratio of 7/6
    security = preferred(2.5, conversion_price=np.float64(2.5 * 6 / 7))
    assert float(security.as_converted(np.float64(2e6))) == pytest.approx(2e6 * 7 / 6)


def test_the_document_states_what_every_preferred_share_has():
    for key in ("liquidation_preference_multiple", "participation", "seniority"):
        with pytest.raises(ValueError, match=f"(?s){key}.*Field required"):
            Security.choose({k: v for k, v in DOCUMENT.items() if k != key})


@pytest.mark.parametrize(
    ("changes", "place", "message"),
    [
        ({"participation": "capped"}, "participation", "needs a participation_cap_multiple"),
        ({"participation_cap_multiple": 2}, "participation_cap_multiple", "takes no participation_cap_multiple"),
        (
            {"participation": "capped", "participation_cap_multiple": 2, "liquidation_preference_multiple": 3},
            "participation_cap_multiple",
            "at least the 3x of the preference, got 2x",
        ),
        ({"original_issue_price": None}, "shares", "an original issue price"),
        ({"new_money": "1M USD"}, "new_money", "states them again"),
        ({"shares": None, "new_money": "1M USD", "original_issue_price": None}, "new_money", "together"),
        (
            {"shares": None, "new_money": "1M USD", "post_money_valuation": "9M USD"},
            "original_issue_price",
            "the price follows",
        ),
        ({"seniority": {"family": "uniform", "low": 1, "high": 3}}, "seniority", "one number"),
    ],
)
def test_terms_that_do_not_go_together_are_reported_where_they_stand(changes, place, message):
    (problem,) = Security.choose({**DOCUMENT, **changes}).problems(None)
    assert problem.place == place
    assert message in problem.message


def test_sound_terms_have_no_problems():
    assert list(Security.choose(DOCUMENT).problems(None)) == []
    capped = {"participation": "capped", "participation_cap_multiple": 3}
    assert list(Security.choose({**DOCUMENT, **capped}).problems(None)) == []


def test_shares_that_are_kept_have_everything_but_the_conversion():
    kept = preferred(2.5).kept(np.float64(2e6))
    assert (float(kept.claims[0].amount), kept.calls) == (5e6, ())
