"""The lines of a payoff diagram over all layers and regimes: breakpoints, discontinuities, and who gets the next dollar.

Where nothing else is said, 8M common shares, 2M of series A bought at 2.5 and 2M of series B bought at 5, of equal rank.
"""

import numpy as np
import pytest
from hypothesis import given, settings

from tests.captable.charters import charters, ledger_of
from tests.captable.liquidity.senior import seniors
from tests.captable.liquidity.test_charter import LISTING, SALE, rule, table
from tests.captable.tables import held, preferred
from valsim.captable.liquidity.breakpoints import breakpoints, discontinuities, lines, next_dollar
from valsim.captable.liquidity.pay_out import Table, pay_out
from valsim.captable.security.common import Common

FULL = {"participation": "full"}


def test_the_breakpoints_of_a_sale_are_exact():
    capped = preferred(2.5, participation="capped", participation_cap_multiple=np.float64(2))
    classes = {"common": (Common(), 8e6), "a": (capped, 2e6), "b": (preferred(6.0, seniority=np.float64(2)), 1.5e6)}
    assert breakpoints(Table(held(classes)), SALE).tolist() == [9e6, 14e6, 39e6, 59e6, 69e6]
    assert discontinuities(Table(held(classes)), SALE).tolist() == []


def test_common_shares_alone_have_one_line():
    found = lines(Table(held({"common": (Common(), 8e6)})), SALE)
    assert (found.starts.tolist(), found.slopes["common"].tolist()) == ([0.0], [1.0])


def test_where_one_class_stands_in_two_ranks_nobody_gets_another_part_of_the_next_dollar():
    # Series A is paid 5M of rank 2 and then 5M of rank 1: at 5M the next dollar is still its own.
    first, second = preferred(2.5, seniority=np.float64(2)), preferred(2.5)
    both = Table(held({"common": (Common(), 8e6), "first": (first, 2e6), "second": (second, 2e6)}))
    assert breakpoints(both, SALE).tolist() == pytest.approx([5e6, 10e6, 30e6], rel=1e-15)


def test_a_class_that_keeps_its_preference_in_a_listing_bends_the_lines_and_breaks_none():
    keeps = table(series_b=rule(5, "keeps_preference"))
    assert breakpoints(keeps, LISTING).tolist() == [10e6, 60e6]
    assert discontinuities(keeps, LISTING).tolist() == []


def test_a_veto_that_ends_at_the_tested_price_is_a_discontinuity():
    # Participating, series B blocks up to a price of 5; at 60M it is paid 10M + 45M / 6 in the sale, and 10M when listed.
    blocks = table(series_b={**FULL, **rule(5, "blocks_ipo")})
    assert discontinuities(blocks, LISTING).tolist() == [60e6]
    just_below, at = pay_out(blocks, LISTING, np.array([60e6 - 1, 60e6])).by_class["series_b"]
    assert just_below == pytest.approx(10e6 + (60e6 - 10e6) / 6, rel=1e-6)
    assert at == pytest.approx(10e6, rel=1e-12)


def test_a_payout_that_falls_at_a_price_that_a_sale_converts_at_is_a_discontinuity():
    falls = table(series_b={**FULL, **rule(5, "blocks_ipo", in_acquisitions=True)})
    assert discontinuities(falls, SALE).tolist() == [60e6]


def test_a_veto_that_begins_between_all_known_places_is_found_to_the_dollar():
    # A ratchet pays series B 18M in a listing; a sale pays it 10M and a sixth of what is above 15M, which is more above 63M.
    # There it is indifferent, but series A is paid 5M + 8M in the sale and 9M in the listing. The veto ends at a price of 100.
    terms = {**FULL, "ipo_ratchet_multiple": np.float64(1.8), **rule(100, "blocks_ipo")}
    found = table(FULL, terms)
    assert discontinuities(found, LISTING).tolist() == pytest.approx([63e6, 1.2e9], abs=1, rel=0)
    settled = pay_out(found, LISTING, np.array([63e6 - 10, 63e6 + 10]))
    assert settled.blocked.tolist() == [False, True]
    assert settled.by_class["series_a"] == pytest.approx([9e6, 13e6], abs=10)


def test_the_next_dollar_goes_where_payouts_grow():
    found = next_dollar(table(), SALE, np.array([[1e6, 15e6], [59e6, 1e9]]))
    assert np.allclose(found["common"], [[0, 1], [0.8, 2 / 3]], rtol=0, atol=1e-9)
    assert np.allclose(sum(found.values()), 1.0, rtol=0, atol=1e-9)


def test_what_is_paid_first_moves_the_breakpoints_and_has_its_own():
    # 1.16M are owed. Then 10 % up to 20M and 6 % above are set aside: 5M are left of 5.56M, and 25M of 20M + 7M / 0.94.
    tiers = [{"up_to": "20M USD", "fraction": "10%"}, {"fraction": "6%"}]
    plan = {"kind": "tiered", "tiers": tiers, "base": "after_debt", "paid_at": ["acquisition"]}
    found = seniors.table(debt={"loan": seniors.LOAN}, carve_out=plan)
    sale = SALE._replace(day=np.asarray(float(seniors.DAY.toordinal())))
    owed, expected = 1.16e6, [0.0, 5e6 / 0.9, 20e6, 20e6 + 7e6 / 0.94]
    assert breakpoints(found, sale).tolist() == pytest.approx([owed + more for more in expected], rel=1e-12)
    parts = next_dollar(found, sale, np.array([1e6, 2e6, 10e6, 25e6, 1e9]))
    assert parts["loan"].tolist() == pytest.approx([1, 0, 0, 0, 0], abs=1e-9)
    assert parts["carve_out"].tolist() == pytest.approx([0, 0.1, 0.1, 0.06, 0.06], abs=1e-9)
    assert parts["series_a"].tolist() == pytest.approx([0, 0.9, 0, 0, 0.94 / 5], abs=1e-9)


def test_debt_alone_moves_the_breakpoints_by_what_is_owed_exactly():
    sale = SALE._replace(day=np.asarray(float(seniors.DAY.toordinal())))
    found = seniors.table(debt={"loan": {**seniors.LOAN, "interest_rate": "0%"}})
    assert breakpoints(found, sale).tolist() == [1e6, 6e6, 26e6]


@settings(max_examples=40)
@given(charters())
def test_between_two_starts_every_payout_is_the_line(found):
    (charter,) = found
    one = Table(ledger_of(charter))
    for liquidity in (LISTING, SALE):
        drawn = lines(one, liquidity)
        ends = np.append(drawn.starts[1:], 3 * drawn.starts[-1] + 1000)
        left, right = (drawn.starts + part * (ends - drawn.starts) for part in (1e-3, 0.997))
        low, high = (pay_out(one, liquidity, x).payees for x in (left, right))
        for name, slopes in drawn.slopes.items():
            assert high[name] - low[name] == pytest.approx(slopes * (right - left), rel=1e-6, abs=1e-6)
