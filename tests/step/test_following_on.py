"""Pro-rata rights in the loop: who pays for new shares, what it makes of a holder's money, and what ``me`` says."""

import numpy as np
import pytest

import valsim
from tests.companies import steady
from tests.step.test_finance import PATHS, payments
from valsim.result import Result

RIGHT = "captable.classes.series_a.pro_rata={base: fully_diluted, probability: 100%}"
ROUND = "rounds=[{name: b, series: {like: series_a, seniority: 2}, closings: [{name: only, at: 2026-07-01, new_money: 10M USD, pre_money_valuation: 400M USD}]}]"
TWICE = "rounds[0].at_most=2"
ME = (
    "positions={me: {kind: secondary, pay: 40M USD, series: series_a, seller: Fund, price_per_share: 4 USD, "
    "at: 2026-03-31, fees: 2%, carry: 20%, transfer_consent_probability: 100%}}"
)


def played(*overrides: str, paths: int = PATHS) -> Result:
    return valsim.simulate(steady(RIGHT, ROUND, *overrides), paths=paths, threads=1)


def test_a_holder_invests_its_part_and_keeps_its_ownership() -> None:
    result = played()
    assert payments(result, "Fund")["2026-07-01"] == pytest.approx(-PATHS * 2.5e6, rel=1e-12)
    assert payments(result, "other b investors")["2026-07-01"] == pytest.approx(-PATHS * 7.5e6, rel=1e-12)
    assert result.outcomes["holder", "Fund", "invested"] == pytest.approx([102.5e6] * PATHS, rel=1e-12)
    assert result.outcomes["holder", "Fund", "ownership at exit"] == pytest.approx([0.25] * PATHS, rel=1e-12)


def test_the_company_raises_and_is_worth_the_same_whoever_pays() -> None:
    without = played("captable.classes.series_a.pro_rata.probability=0%")
    assert np.array_equal(played().outcomes["proceeds",], without.outcomes["proceeds",])
    assert payments(without, "Fund").keys().isdisjoint({"2026-07-01"})


def test_the_series_that_a_round_issues_carries_the_right_into_the_next_round() -> None:
    at_once = ("rounds[0].closings[0].at=null", "rounds[0].closings[0].when=revenue > 0 USD/year")
    result = played(TWICE, *at_once, "captable.classes.series_a.anti_dilution=none")
    # Fund holds a quarter of the first time's shares too, so it buys a quarter of the second time's.
    assert payments(result, "other b investors").keys() == {"2026-01-01", "2026-04-01"}
    assert result.outcomes["holder", "Fund", "ownership at exit"] == pytest.approx([0.25] * PATHS, rel=1e-12)


def test_a_position_of_ones_own_follows_the_right_of_its_class_and_pays_fees_on_top() -> None:
    result = played(ME)
    # 10M of 100M shares: a tenth of 10M.
    assert payments(result, "me")["2026-07-01"] == pytest.approx(-PATHS * 1.02e6, rel=1e-12)
    assert result.outcomes["holder", "me", "ownership at exit"] == pytest.approx([0.10] * PATHS, rel=1e-12)


@pytest.mark.parametrize(("chance", "of_the_class", "follows"), [("0%", "100%", False), ("100%", "0%", True)])
def test_a_position_of_ones_own_may_say_otherwise(chance: str, of_the_class: str, follows: bool) -> None:
    result = played(
        ME, f"positions.me.takes_pro_rata={chance}", f"captable.classes.series_a.pro_rata.probability={of_the_class}"
    )
    assert ("2026-07-01" in payments(result, "me")) is follows
    assert ("2026-07-01" in payments(result, "Fund")) is not follows


def test_holders_follow_on_the_same_paths_however_many_are_played() -> None:
    few, many = (played("captable.classes.series_a.pro_rata.probability=40%", paths=n) for n in (50, 300))
    invested = [result.outcomes["holder", "Fund", "invested"] for result in (few, many)]
    assert np.array_equal(invested[0], invested[1][:50])
    assert 0.3 < np.mean(invested[1] > 101e6) < 0.5
