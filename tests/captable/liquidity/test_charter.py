"""Which regime holds at an exit, worked out by hand.

8M common shares; 2M of series A bought at 2.5, a preference of 5M; 2M of series B bought at 5, a preference of 10M; equal rank.
"""

import numpy as np
import pytest

from tests.captable.tables import held, preferred
from valsim.captable.liquidity.pay_out import Liquidity, Table, pay_out
from valsim.captable.security.common import Common
from valsim.captable.term.automatic_conversion import AutomaticConversion
from valsim.captable.waterfall import CONVERTS, INDIFFERENT, KEEPS

DAY = np.asarray(740000.0)
LISTING, SALE = Liquidity("ipo", "by_charter", DAY), Liquidity("acquisition", "as_agreed", DAY)


def table(series_a=None, series_b=None):
    return Table(
        held(
            {
                "common": (Common(), 8e6),
                "series_a": (preferred(2.5, **(series_a or {})), 2e6),
                "series_b": (preferred(5.0, **(series_b or {})), 2e6),
            }
        )
    )


def rule(price, below, **terms):
    term = AutomaticConversion.model_construct(offer_price_at_least=np.float64(price), below=below, **terms)
    return {"automatic_conversion": term}


def paid(table, liquidity, *values):
    by_class = pay_out(table, liquidity, np.array(values)).by_class
    return {name: pytest.approx(row.tolist(), rel=1e-12) for name, row in by_class.items()}


def test_a_class_without_the_term_becomes_common_at_any_listing():
    assert paid(table(), LISTING, 12e6) == {"common": [8e6], "series_a": [2e6], "series_b": [2e6]}
    assert paid(table(), SALE, 12e6) == {"common": [0], "series_a": [4e6], "series_b": [8e6]}


def test_a_class_below_its_price_keeps_its_preference_while_the_others_convert():
    found = table(series_b=rule(5, "keeps_preference"))
    # 48M: an offer price of 4 as if all converted; series B takes 10M, the rest is 38M over 10M shares.
    # 60M: a price of 5, and all convert.
    assert paid(found, LISTING, 48e6, 60e6) == {
        "common": [30.4e6, 40e6], "series_a": [7.6e6, 10e6], "series_b": [10e6, 10e6],
    }  # fmt: skip


def test_a_class_below_its_price_blocks_the_listing_and_all_are_paid_as_in_a_sale():
    found = table(series_b=rule(5, "blocks_ipo"))
    # 24M: a price of 2; a sale pays series A its preference, and 24M - 15M to common.
    settled = pay_out(found, LISTING, np.array([24e6, 60e6]))
    assert settled.blocked.tolist() == [True, False]
    assert paid(found, LISTING, 24e6, 60e6) == {
        "common": [9e6, 40e6], "series_a": [5e6, 10e6], "series_b": [10e6, 10e6],
    }  # fmt: skip


def test_a_veto_is_used_only_where_a_sale_pays_the_class_more():
    # Below a price of 9, but above 5 series B converts in a sale too.
    settled = pay_out(table(series_b=rule(9, "blocks_ipo")), LISTING, np.array([59e6, 60e6, 96e6]))
    assert settled.blocked.tolist() == [True, False, False]


def test_the_two_readings_pay_the_other_classes_differently():
    keeps, blocks = (table(series_b=rule(5, reading)) for reading in ("keeps_preference", "blocks_ipo"))
    # 24M: converted, series A has 14M / 10M shares; in the sale its preference.
    assert paid(keeps, LISTING, 24e6)["series_a"] == [2.8e6]
    assert paid(blocks, LISTING, 24e6)["series_a"] == [5e6]


def test_a_vote_of_the_preferred_converts_a_class_below_its_price():
    # 48M: a price of 4 suits series A, half of the preferred; more than 40 % is enough, more than 50 % is not.
    for vote, blocked in ((0.4, False), (0.5, True)):
        found = table(series_b=rule(5, "blocks_ipo", or_vote_of=np.float64(vote)))
        assert pay_out(found, LISTING, np.array([48e6])).blocked.tolist() == [blocked]


def test_a_ratchet_pays_what_a_share_is_guaranteed_and_the_offer_price_is_what_is_left():
    found = table(series_b={"ipo_ratchet_multiple": np.float64(1.2)})
    # 32M: 12M are guaranteed, 20M are left for 10M shares, so a share of series B becomes 6 / 2 = 3 of common.
    settled = pay_out(found, LISTING, np.array([32e6, 72e6, 96e6]))
    assert settled.price.tolist() == [2, 6, 8]
    assert settled.by_class["series_b"].tolist() == [12e6, 12e6, 16e6]
    ratio = found.ledger.series["series_b"].conversion_ratio_at(settled.price)
    assert (ratio * settled.price * 2e6).tolist() == settled.by_class["series_b"].tolist()


def test_ratchets_above_the_whole_value_share_it_pro_rata_behind_preferences():
    ratchets = {"ipo_ratchet_multiple": np.float64(2)}
    both = table(ratchets, ratchets)
    assert paid(both, LISTING, 15e6) == {"common": [0], "series_a": [5e6], "series_b": [10e6]}
    kept = table(ratchets, rule(5, "keeps_preference"))
    assert paid(kept, LISTING, 12e6) == {"common": [0], "series_a": [2e6], "series_b": [10e6]}


def test_a_ratchet_counts_in_the_price_that_is_tested():
    # 66M over 12M shares are 5.5, but a guarantee of 20M to series B leaves 46M for 10M shares.
    found = table(rule(5, "keeps_preference"), {"ipo_ratchet_multiple": np.float64(2)})
    assert pay_out(found, LISTING, np.array([66e6])).converts["series_a"].tolist() == [CONVERTS]
    assert pay_out(found, LISTING, np.array([66e6])).solved.became_common["series_a"].tolist() == [False]


def test_a_ratchet_is_paid_where_all_are_converted_and_not_where_all_is_as_agreed():
    found = table(series_b={"ipo_ratchet_multiple": np.float64(1.2)})
    assert paid(found, Liquidity("ipo", "all_converted", DAY), 32e6)["series_b"] == [12e6]
    assert paid(found, Liquidity("ipo", "as_agreed", DAY), 32e6)["series_b"] == [10e6]


def test_participating_shares_that_a_sale_converts_at_a_price_lose_their_participation_there():
    full = {"participation": "full", **rule(5, "blocks_ipo", in_acquisitions=True)}
    # 59M is 4.92 a share as if all converted: 10M and 49M / 12M shares each; 60M is 5, where it is common.
    found = paid(table(series_b=full), SALE, 59e6, 60e6)
    assert found["series_b"] == [10e6 + 49e6 / 6, 10e6]
    assert paid(table(series_b=full), Liquidity("wind_down", "as_agreed", DAY), 60e6)["series_b"] == [10e6 + 50e6 / 6]


def test_a_class_says_whether_it_converts_and_where_it_is_indifferent():
    # Series A converts above 8M x 2.5 + 10M + 5M = 35M, series B above 60M.
    settled = pay_out(table(), SALE, np.array([[30e6, 35e6], [36e6, 60e6]]))
    assert settled.converts["series_a"].tolist() == [[KEEPS, INDIFFERENT], [CONVERTS, CONVERTS]]
    assert settled.converts["series_b"].tolist() == [[KEEPS, KEEPS], [KEEPS, INDIFFERENT]]


def test_a_class_that_is_paid_nothing_either_way_is_indifferent():
    assert pay_out(table(), SALE, np.array([0.0])).converts["series_a"].tolist() == [INDIFFERENT]
