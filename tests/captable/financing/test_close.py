"""What a closing does to a ledger with convertibles."""

from datetime import date

import numpy as np
import pytest

from tests.captable.convertibles import company, note, safe
from tests.captable.deals import PATHS, closed, laid
from valsim.captable.financing.outcome import FUNDED, NO_PRICE
from valsim.captable.ledger import UNISSUED, Ledger

SERIES_A = {"pre_money_valuation": "12M USD", "new_money": "3M USD"}
OWNED = {"conversion_method": "percent_ownership"}


def holders(ledger: Ledger, series: str) -> dict[str, list[float]]:
    return {holder: held.tolist() for (holder, of), held in ledger.lots.items() if of == series}


def test_a_shadow_series_has_the_money_paid_in_as_its_preference():
    # ovf-S1: 1M becomes 8M / 9 shares at 1.125 each.
    (tranche,) = laid(SERIES_A, **OWNED)
    after = closed(tranche, company(8e6, safe=(safe(10e6), 1e6))).ledger
    assert holders(after, "safe") == {"safe holder": [0.0] * PATHS}
    assert holders(after, "b-safe")["safe holder"] == pytest.approx([8e6 / 9] * PATHS, rel=1e-13)
    assert after.series["b-safe"].preference(after.shares("b-safe")) == pytest.approx([1e6] * PATHS, rel=1e-13)
    assert after.ownership()["safe holder"] == pytest.approx([0.08] * PATHS, rel=1e-13)
    assert after.ownership()["common"] == pytest.approx([0.72] * PATHS, rel=1e-13)


def test_the_standard_series_gives_a_preference_at_the_price_of_the_round():
    # The SAFE of ovf-MR-X3: 1M shares at 7/6 of preference each for 1M paid.
    (tranche,) = laid({"pre_money_valuation": "10.5M USD", "new_money": "3M USD"}, **OWNED)
    terms = safe(9e6, converts_into="standard_series")
    after = closed(tranche, company(8e6, safe=(terms, 1e6))).ledger
    assert holders(after, "b")["safe holder"] == pytest.approx([1e6] * PATHS, rel=1e-13)
    assert after.series["b"].preference(after.held("safe holder", "b")) == pytest.approx([7e6 / 6] * PATHS, rel=1e-13)
    assert "b-safe" not in after.series


def test_each_holder_gets_its_part_of_the_conversion_shares():
    ledger = company(8e6, safe=(safe(10e6), 600e3)).issue("safe", safe(10e6), {"Bo": np.asarray(400e3)})
    (tranche,) = laid(SERIES_A, **OWNED)
    shares = holders(closed(tranche, ledger).ledger, "b-safe")
    assert shares["Bo"] == pytest.approx([0.4 * 8e6 / 9] * PATHS, rel=1e-13)
    assert shares["safe holder"] == pytest.approx([0.6 * 8e6 / 9] * PATHS, rel=1e-13)


def test_only_the_paths_that_fund_convert():
    (tranche,) = laid({"price": {"of": "equity_value", "discount": "0%"}, "new_money": "3M USD"}, **OWNED)
    funded = closed(tranche, company(8e6, safe=(safe(10e6), 1e6)), {"equity_value": [12e6, -1.0, 12e6]})
    assert funded.outcome.code.tolist() == [FUNDED, NO_PRICE, FUNDED]
    assert holders(funded.ledger, "safe")["safe holder"] == [0.0, 1e6, 0.0]
    assert holders(funded.ledger, "b-safe")["safe holder"] == pytest.approx([8e6 / 9, 0.0, 8e6 / 9], rel=1e-13)


def test_a_later_closing_converts_what_an_earlier_one_was_too_small_for():
    small = {"pre_money_valuation": "12M USD", "new_money": "1M USD"}
    first, second = laid(small, {"new_money": "3M USD"}, **OWNED)
    terms = note(discount=0.2, qualified_financing_at_least=np.float64(2e6))
    one = closed(first, company(8e6, note=(terms, 1e6)))
    assert holders(one.ledger, "note") == {"note holder": 1e6}
    two = closed(second, one.ledger, agreed=one.outcome.price_per_share, day=date(2026, 1, 1).toordinal())
    assert holders(two.ledger, "note") == {"note holder": [0.0] * PATHS}
    assert holders(two.ledger, "b-note")["note holder"] == pytest.approx([1.1e6 / 1.2] * PATHS, rel=1e-13)


def test_interest_runs_to_the_day_of_the_closing():
    (tranche,) = laid(SERIES_A, conversion_method="pre_money")
    for day, owed in ((date(2025, 1, 1), 1e6), (date(2026, 1, 1), 1.1e6)):
        after = closed(tranche, company(8e6, note=(note(discount=0.2), 1e6)), day=day.toordinal()).ledger
        assert holders(after, "b-note")["note holder"] == pytest.approx([owed / 1.2] * PATHS, rel=1e-13)
        assert after.series["b-note"].preference(after.shares("b-note")) == pytest.approx([owed] * PATHS, rel=1e-13)


def test_a_stated_number_of_shares_goes_to_the_pool():
    # The guide of the post-money SAFE, example 1.
    ledger = company(9.25e6, 650e3, 100e3, one=(safe(4e6), 200e3), two=(safe(8e6), 800e3))
    terms = {"pre_money_valuation": "15M USD", "new_money": "5M USD"}
    (tranche,) = laid(terms, pool_increase="1_695_000", pre_money_includes=["pool_top_up", "convertibles"])
    funded = closed(tranche, ledger)
    assert funded.outcome.price_per_share == pytest.approx([15e6 / (200e6 / 17 + 1_695_000)] * PATHS, rel=1e-13)
    assert funded.ledger.held(UNISSUED, "pool") == pytest.approx([1_795_000] * PATHS)
    assert funded.ledger.shares("b") == pytest.approx([4_486_568] * PATHS, abs=1)


def test_caps_that_take_everything_leave_no_price_and_change_nothing():
    (tranche,) = laid(SERIES_A, conversion_method="pre_money")
    ledger = company(8e6, one=(safe(10e6), 6e6), two=(safe(10e6), 5e6))
    funded = closed(tranche, ledger)
    assert funded.outcome.code.tolist() == [NO_PRICE] * PATHS
    assert holders(funded.ledger, "one") == {"one holder": 6e6}


def test_common_shares_of_a_round_have_no_price_of_issue() -> None:
    terms = {"pre_money_valuation": "8M USD", "new_money": "1M USD"}
    first, second = laid(terms, {"new_money": "1M USD"}, series={"kind": "common"})
    one = closed(first, company(8e6))
    two = closed(second, one.ledger, agreed=one.outcome.price_per_share)
    assert two.ledger.shares("b").tolist() == [2e6] * PATHS
    assert not hasattr(two.ledger.series["b"], "original_issue_price")
