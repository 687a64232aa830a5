"""What each holder puts in and gets out."""

from typing import Any

import numpy as np
import pytest

import valsim
from tests.analysis.made import made
from tests.companies import lively, steady
from valsim.analysis.holders import holders
from valsim.analysis.pooled import rate_of_expected_cash_flows
from valsim.analysis.tranches import tranches
from valsim.ended import STILL_PRIVATE
from valsim.result import Result
from valsim.value.irr import internal_rate_of_return

WHAT = ("invested", "proceeds", "realised", "at exit", "carry", "ownership at exit", "irr", "gain today", "paid today")


HORIZON = 3.0
"""When a company that is still private counts as sold."""


def held(paid_at: list[float], paid_in: dict[float, float], **columns: Any) -> Result:
    """A result in which Fund alone has something: ``paid_in`` by time, the other columns by path."""
    paths = len(paid_at)
    names = ("Ada", "Fund", "other holders", "unissued pool")
    outcomes: dict[tuple[str, ...], Any] = {("holder", name, what): np.zeros(paths) for name in names for what in WHAT}
    outcomes |= {("holder", name, "several rates"): np.zeros(paths, bool) for name in names}
    outcomes["exit",] = np.asarray([STILL_PRIVATE if time == HORIZON else 0 for time in paid_at])
    outcomes["exit time",] = np.asarray(paid_at, float)
    outcomes |= {("holder", "Fund", what.replace("_", " ")): np.asarray(row, float) for what, row in columns.items()}
    valued = {("holder", name, what): np.zeros(paths) for name in names for what in ("present value", "paid today")}
    money = {("Fund", repr(time)): np.array([amount * paths]) for time, amount in paid_in.items()}
    return made({("paid at",): np.asarray(paid_at, float), **outcomes}, valued=valued, paid_in=money)


def fund(result: Result) -> dict[str, Any]:
    (found,) = (holder for holder in holders(result) if holder["name"] == "Fund")
    return found


def test_only_who_ever_holds_something_is_listed() -> None:
    result = held([1.0], {}, invested=[1.0])
    assert [holder["name"] for holder in holders(result)] == ["Fund"]


def test_a_multiple_and_a_loss_are_of_paths_with_an_investment() -> None:
    found = fund(held([1.0] * 4, {}, invested=[10, 10, 30, 0], proceeds=[5, 20, 45, 99], irr=[-0.5, 1, 0.5, np.nan]))
    assert found["moic"]["mean"] == pytest.approx(70 / 50, rel=1e-12)
    assert found["probability_of_loss"] == pytest.approx(1 / 3)
    assert found["never_invested"] == 0.25
    assert found["irr"]["probability_negative"] == pytest.approx(1 / 3)
    assert found["irr"]["quantiles"]["0.5"] == 0.5


def test_unrealised_is_what_is_not_realised() -> None:
    found = fund(held([1.0] * 2, {}, invested=[1, 1], proceeds=[6, 8], realised=[6, 0]))
    assert (found["realised"]["mean"], found["unrealised"]["mean"]) == (3.0, 4.0)


def test_money_comes_when_it_is_paid_and_only_where_there_is_any() -> None:
    found = fund(held([1.0, 2.0, 3.0], {}, invested=[1, 1, 1], proceeds=[4, 0, 4]))
    assert found["liquidity_years"]["quantiles"]["0.5"] == 2.0


def test_what_was_received_before_the_exit_by_it_and_what_is_still_held_are_told_apart() -> None:
    """Sales bring 2 and 1; the exit of the first path pays 4, the second is still held and counted as 7."""
    found = fund(held([1.0, HORIZON], {}, invested=[1, 1], proceeds=[6, 8], realised=[6, 1], at_exit=[4, 7]))
    assert [found[what]["mean"] for what in ("before_exit", "from_exit", "unrealised")] == [1.5, 2.0, 3.5]
    assert found["realised"]["mean"] == 3.5


def test_what_is_back_and_what_is_only_counted_are_parts_of_the_multiple() -> None:
    found = fund(held([1.0] * 2, {}, invested=[4, 6], proceeds=[6, 9], realised=[6, 0], irr=[0.5, np.nan]))
    assert (found["dpi"]["mean"], found["rvpi"]["mean"]) == pytest.approx((0.6, 0.9), rel=1e-12)
    assert found["moic"]["mean"] == pytest.approx(1.5, rel=1e-12)
    assert found["irr"]["none"] == 0.5


def test_a_tail_is_of_what_is_lost_today_where_the_holder_invests() -> None:
    gains = [*range(-100, 0), 1000]
    found = fund(held([1.0] * 101, {}, invested=[100] * 100 + [0], gain_today=gains, paid_today=[100] * 100 + [0]))[
        "tail"
    ]
    assert found["0.95"]["one_path_in"] == 20
    # The losses 1 to 100: the 95th is not exceeded with 95 %, and the five beyond it are 98 on average.
    assert found["0.95"]["value_at_risk"]["mean"] == 95.0
    assert found["0.95"]["expected_shortfall"]["mean"] == pytest.approx(98.0)
    assert found["0.95"]["expected_shortfall"]["of_invested"] == pytest.approx(0.98)
    assert found["0.99"]["value_at_risk"]["mean"] == 99.0


def test_a_holder_that_never_invested_has_no_return() -> None:
    found = fund(held([1.0], {}, proceeds=[5.0]))
    assert found["moic"]["mean"] is None
    assert found["irr"]["of_expected_cash_flows"] is None
    assert found["probability_of_loss"] is None


@pytest.mark.parametrize(
    ("paid_in", "at_exit", "rate"),
    [
        ({0.0: -100.0}, [121.0, 121.0], 0.10),
        ({0.0: -100.0}, [242.0, 0.0], 0.10),
        ({-1.0: -100.0}, [133.1, 133.1], 0.10),
        ({0.0: -50.0, 1.0: -55.0}, [121.0, 121.0], 0.10),
        ({0.0: -100.0}, [1.0, 0.0], -1 + 0.005**0.5),
        ({0.0: -1.0}, [250_000.0, 250_000.0], 499.0),
    ],
    ids=[
        "certain",
        "half of the paths",
        "bought before",
        "in two parts",
        "nearly all lost",
        "five hundred times a year",
    ],
)
def test_the_pooled_rate_makes_expected_money_in_and_out_worth_the_same(
    paid_in: dict[float, float], at_exit: list[float], rate: float
) -> None:
    result = held([2.0, 2.0], paid_in, at_exit=at_exit)
    assert rate_of_expected_cash_flows(result, "Fund") == pytest.approx(rate, rel=1e-9)


def test_the_pooled_rate_agrees_with_the_rate_of_one_path_on_which_everything_happens() -> None:
    result = held([2.5], {0.25: -30.0, 1.0: 10.0}, at_exit=[45.0])
    times, amounts = ([np.asarray(each) for each in row] for row in ([0.25, 1.0, 2.5], [-30.0, 10.0, 45.0]))
    exact = internal_rate_of_return(times, amounts)
    assert rate_of_expected_cash_flows(result, "Fund") == pytest.approx(float(exact), rel=1e-9)


def test_without_any_receipt_everything_is_lost() -> None:
    assert rate_of_expected_cash_flows(held([2.0], {0.0: -100.0}), "Fund") == -1.0


def test_without_any_payment_there_is_no_rate() -> None:
    assert np.isnan(rate_of_expected_cash_flows(held([2.0], {}, at_exit=[5.0]), "Fund"))


def test_money_back_on_the_day_it_was_paid_has_no_rate() -> None:
    assert np.isnan(rate_of_expected_cash_flows(held([0.0], {0.0: -100.0}, at_exit=[120.0]), "Fund"))


def test_it_is_known_what_preferred_shares_cost_and_not_what_founders_paid() -> None:
    known = {each["name"]: each["cost_known"] for each in holders(valsim.simulate(steady(), paths=1, threads=1))}
    assert known == {"Ada": False, "Fund": True, "other holders": False}


def test_buyers_come_first_and_their_returns_are_after_fees_and_carry() -> None:
    me = holders(valsim.simulate(lively(), paths=3000, threads=1))[0]
    assert me["name"] == "me"
    assert me["invested"]["quantiles"]["0.95"] == pytest.approx(5.1e6, rel=1e-12)
    assert 0.1 < me["never_invested"] < 0.3
    assert me["carry"]["mean"] > 0


def test_a_position_that_is_never_bought_stays_with_the_reasons_why() -> None:
    result = valsim.simulate(lively("positions.me.pay=5B USD"), paths=2000, threads=1)
    me = holders(result)[0]
    assert (me["name"], me["position"], me["never_invested"]) == ("me", True, 1.0)
    because = me["never_invested_because"]
    assert next(iter(because)) == "the seller holds too few shares"
    assert sum(because.values()) == pytest.approx(1.0)


def test_a_position_in_a_closing_is_not_bought_where_the_closing_is_not_funded() -> None:
    terms = "{me: {kind: primary, round: series_b, closing: first, pay: 1M USD, fees: 0%, carry: 0%}}"
    result = valsim.simulate(lively(f"positions={terms}"), paths=2000, threads=1)
    me, first = holders(result)[0], tranches(result)[0]
    assert sum(me["never_invested_because"].values()) == pytest.approx(me["never_invested"])
    assert me["never_invested"] == pytest.approx(1 - first["probability_funded"])
    assert set(me["never_invested_because"]) <= {"its closing is not funded", "the company had ended before"}


def test_of_other_holders_it_is_not_asked_why_they_never_invested() -> None:
    ada = next(each for each in holders(valsim.simulate(steady(), paths=1, threads=1)) if each["name"] == "Ada")
    assert (ada["position"], ada["never_invested_because"]) == (False, {})
