"""What makes up for a missed number: a lower conversion price, or common shares of the founders."""

from datetime import date

import numpy as np
import pytest

from tests.captable.tables import preferred
from valsim.captable.adjustment import made_up
from valsim.captable.ledger import Ledger
from valsim.captable.security.common import Common
from valsim.captable.term.dividend.cumulative import CumulativeDividend
from valsim.captable.term.valuation_adjustment import ValuationAdjustment
from valsim.core.expression import Expression
from valsim.core.parameter import at_medians

DAY = date(2027, 1, 1)
FACTOR = np.array([1.0, 0.8, 0.5, 0.1])


def opening() -> Ledger:
    """60M common of Ada, 15M of Bo, 5M of others; 20M preferred: 15M of Fund, 5M of Angel. The investors have 20 %."""
    lots = {
        ("Ada", "common"): 60e6,
        ("Bo", "common"): 15e6,
        ("Eve", "common"): 5e6,
        ("Fund", "a"): 15e6,
        ("Angel", "a"): 5e6,
    }
    return Ledger({"common": Common(), "a": preferred(4.0)}, {lot: np.asarray(n) for lot, n in sorted(lots.items())})


def term(by: str, *founders: str) -> ValuationAdjustment:
    when = Expression.parse("arr < 1")
    return ValuationAdjustment.model_construct(at=DAY, when=when, factor=None, by=by, founders=founders)


def test_a_lower_conversion_price_gives_the_class_one_over_the_factor_as_much_common() -> None:
    ledger, moved = made_up(opening(), "a", term("conversion_price"), FACTOR)
    assert ledger.series["a"].conversion_price == pytest.approx(4 * FACTOR)
    assert ledger.as_converted()["Fund", "a"] == pytest.approx(15e6 / FACTOR)
    assert not moved.any()


def test_shares_of_founders_make_the_stake_of_the_class_one_over_the_factor_as_large() -> None:
    ledger, moved = made_up(opening(), "a", term("founder_shares", "Ada", "Bo"), FACTOR)
    own = ledger.ownership()
    assert own["Fund"] + own["Angel"] == pytest.approx([0.2, 0.25, 0.4, 0.95], rel=1e-12)
    assert moved == pytest.approx([0.0, 5e6, 20e6, 75e6], rel=1e-12)


def test_founders_make_up_for_shares_that_dividends_were_paid_in_too() -> None:
    pik = {"rate": "10%", "compounding": "simple", "day_count": "actual/365", "settlement": "paid_in_kind"}
    dividend = at_medians(CumulativeDividend.model_validate(pik)).but(_since=np.asarray(DAY.toordinal() - 730.0))
    ledger = opening().with_terms("a", cumulative_dividend=dividend)
    _, moved = made_up(ledger, "a", term("founder_shares", "Ada", "Bo"), FACTOR)
    assert moved == pytest.approx([0.0, 6e6, 24e6, 75e6], rel=1e-12)


def test_founders_give_and_holders_get_in_proportion_and_nobody_else_loses() -> None:
    ledger, _ = made_up(opening(), "a", term("founder_shares", "Ada", "Bo"), FACTOR)
    assert ledger.held("Ada", "common") == pytest.approx([60e6, 56e6, 44e6, 0.0], abs=1e-6)
    assert ledger.held("Bo", "common") == pytest.approx([15e6, 14e6, 11e6, 0.0], abs=1e-6)
    assert ledger.held("Fund", "common") == pytest.approx([0.0, 3.75e6, 15e6, 56.25e6])
    assert ledger.held("Angel", "common") == pytest.approx([0.0, 1.25e6, 5e6, 18.75e6])
    assert ledger.ownership()["Eve"] == pytest.approx(0.05)
    assert ledger.fully_diluted() == pytest.approx(100e6)
    assert ledger.series["a"].conversion_price == 4.0


def test_founders_never_give_more_than_they_have() -> None:
    # A factor of 10 % asks for 180M shares, and Bo has 15M.
    ledger, moved = made_up(opening(), "a", term("founder_shares", "Bo"), FACTOR)
    assert moved == pytest.approx([0.0, 5e6, 15e6, 15e6])
    assert np.all(ledger.held("Bo", "common") >= 0)


def test_a_founder_who_holds_the_class_too_gives_to_the_others_alone() -> None:
    before = opening().transfer("a", "Fund", "Ada", np.asarray(5e6))
    ledger, moved = made_up(before, "a", term("founder_shares", "Ada"), np.array([0.5]))
    assert moved == pytest.approx([15e6])
    assert ledger.held("Fund", "common") == pytest.approx([10e6])
    assert ledger.held("Angel", "common") == pytest.approx([5e6])


def test_a_founder_without_shares_gives_none() -> None:
    ledger, moved = made_up(opening(), "a", term("founder_shares", "Zoe"), FACTOR)
    assert not moved.any()
    assert not np.any(ledger.held("Fund", "common"))
