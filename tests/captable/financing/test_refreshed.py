"""What a refresh adds to a pool and grants out of it, by hand."""

from datetime import date
from typing import Any

import numpy as np
import pytest

from tests.captable.tables import held, preferred
from tests.core.parameter.known import KNOWN
from valsim.captable.financing.refreshed import refreshed
from valsim.captable.ledger import OTHERS, UNISSUED, Ledger
from valsim.captable.security.common import Common
from valsim.captable.security.option_pool import OptionPool
from valsim.captable.term.anti_dilution import AntiDilution
from valsim.captable.term.dividend.cumulative import CumulativeDividend
from valsim.captable.term.pool_refresh import PoolRefresh, Refresh
from valsim.core.parameter import at_medians, realise

DAY = date(2027, 1, 1)
EVERYWHERE, HERE = np.ones(2, bool), np.array([True, False])
LAST = np.array([4.0, 10.0])
GRANTS = {"granted_per_year": "3%", "exercise_price_of_last_round": "50%", "vested": "75%"}


def opening(anti_dilution: Any = "none") -> Ledger:
    """70M common, 20M preferred bought at 4 USD and a pool of which 10M are unissued."""
    ledger = held({"common": (Common(), 70e6), "a": (preferred(4.0, anti_dilution), 20e6)})
    return ledger.issue("pool", OptionPool.model_construct(), {UNISSUED: np.asarray(10e6)})


def after(where: Any = EVERYWHERE, ledger: Ledger | None = None, **given: Any) -> Ledger:
    terms = realise(PoolRefresh.model_validate(given), KNOWN)
    return refreshed(ledger or opening(), Refresh("pool", terms, DAY), where, LAST)


def test_a_pool_grows_by_a_fraction_of_the_shares_before() -> None:
    ledger = after(by="4%")
    assert ledger.held(UNISSUED, "pool") == pytest.approx([14e6] * 2)
    assert ledger.fully_diluted() == pytest.approx([104e6] * 2)


def test_shares_that_dividends_are_paid_in_count_up_to_the_day() -> None:
    # 20M preferred at 10 % for two years count as 24M, so that 104M are there before.
    pik = {"rate": "10%", "compounding": "simple", "day_count": "actual/365", "settlement": "paid_in_kind"}
    dividend = at_medians(CumulativeDividend.model_validate(pik)).but(_since=np.asarray(DAY.toordinal() - 730.0))
    ledger = opening().with_terms("a", cumulative_dividend=dividend)
    assert after(ledger=ledger, by="10%").held(UNISSUED, "pool") == pytest.approx([20.4e6] * 2)
    granted = after(ledger=ledger, **GRANTS).held(OTHERS, f"pool {DAY}")
    assert granted == pytest.approx([0.03 * 104e6] * 2)


def test_a_pool_is_topped_up_to_a_fraction_of_the_shares_after_and_never_reduced() -> None:
    ledger = after(to="20%")
    assert ledger.held(UNISSUED, "pool") / ledger.fully_diluted() == pytest.approx([0.2] * 2)
    assert after(to="5%").held(UNISSUED, "pool") == pytest.approx([10e6] * 2)


def test_options_are_granted_out_of_the_pool_as_a_class_of_the_year() -> None:
    ledger = after(by="4%", **GRANTS)
    assert ledger.held(UNISSUED, "pool") == pytest.approx([14e6 - 3.12e6] * 2)
    assert ledger.held(OTHERS, "pool 2027-01-01") == pytest.approx([3.12e6] * 2)
    assert ledger.fully_diluted() == pytest.approx([104e6] * 2)
    (call,) = ledger.series["pool 2027-01-01"].curve(ledger.outstanding("pool 2027-01-01")).calls
    assert call.price == pytest.approx([2.0, 5.0])
    assert call.shares == pytest.approx([0.75 * 3.12e6] * 2)


def test_no_more_is_granted_than_the_pool_holds() -> None:
    ledger = after(**{**GRANTS, "granted_per_year": "30%"})
    assert ledger.held(OTHERS, "pool 2027-01-01") == pytest.approx([10e6] * 2)
    assert not ledger.held(UNISSUED, "pool").any()


def test_a_path_that_has_ended_is_left_as_it_is() -> None:
    ledger = after(HERE, by="4%", **GRANTS)
    assert ledger.held(UNISSUED, "pool") == pytest.approx([14e6 - 3.12e6, 10e6])
    assert ledger.held(OTHERS, "pool 2027-01-01") == pytest.approx([3.12e6, 0.0])


def test_options_below_the_conversion_price_set_off_anti_dilution_where_it_does_not_exempt_them() -> None:
    everything = AntiDilution.choose({"kind": "broad_based_weighted_average", "exempt": []})
    for term, expected in (
        (AntiDilution.choose("broad_based_weighted_average"), [4.0, 4.0]),
        # 3M options at 2 USD against a conversion price of 4: only where the exercise price is below it.
        (everything, [4 * (100e6 + 1.5e6) / 103e6, 4.0]),
    ):
        ledger = held({"common": (Common(), 70e6), "a": (preferred(4.0, anti_dilution=term), 20e6)})
        before = ledger.issue("pool", OptionPool.model_construct(), {UNISSUED: np.asarray(10e6)})
        found = after(ledger=before, **GRANTS).series["a"].conversion_price
        assert np.broadcast_to(found, 2) == pytest.approx(expected)
