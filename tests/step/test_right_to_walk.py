"""The right to walk away, through the whole engine, against its closed form.

All shares are common, nothing is burned and the whole value is one multiple that follows a geometric Brownian motion. Money
that is paid joins the company, so that whoever may buy a part ``f = I / (pre + I)`` of it for ``I`` holds ``f`` calls on its
value before the money, struck at the pre-money valuation.
"""

from datetime import date

import numpy as np
import pytest
from scipy.optimize import brentq

import valsim
from tests.companies import ALL_COMMON, scenario
from valsim.core.timeline import years_between
from valsim.result import Result
from valsim.scenario.model import Scenario
from valsim.value.option.black_scholes import call
from valsim.value.option.compound import Leg, compound_option

MONEY, PRE_MONEY = 25e6, 110e6
PART = MONEY / (PRE_MONEY + MONEY)
YEAR = years_between(date(2026, 1, 1), date(2027, 1, 1))


def company(*overrides: str) -> Scenario:
    return scenario(ALL_COMMON, *overrides)


def played(*overrides: str, paths: int = 120_000) -> Result:
    return valsim.simulate(company(*overrides), paths=paths, threads=1)


def right(result: Result) -> tuple[float, float]:
    """The present value of what the newcomer gets net of what it pays, and its standard error."""
    gets, pays = (result.valued["holder", "Newcomer", each] for each in ("present value", "paid today"))
    net = gets - pays
    return float(net.mean()), float(net.std(ddof=1) / np.sqrt(net.size))


def part_of_a_call(volatility: float, strike: float = PRE_MONEY) -> float:
    return PART * float(call(100e6, strike, volatility, YEAR, np.log(1.04)))


@pytest.mark.parametrize("volatility", [0.3, 0.6, 0.9])
def test_the_right_to_fund_is_a_part_of_a_call_struck_at_the_pre_money_valuation(volatility: float) -> None:
    worth, error = right(played(f"valuation.multiple.volatility={volatility}"))
    assert abs(worth - part_of_a_call(volatility)) < 3.5 * error
    assert part_of_a_call(volatility, strike=PRE_MONEY + MONEY) < worth - 4 * error


@pytest.mark.parametrize("pre_money", [95e6, 110e6])
def test_without_volatility_the_right_is_worth_exactly_what_it_pays(pre_money: float) -> None:
    still = ("valuation.multiple.volatility=0", f"rounds.b.closings.c.pre_money_valuation={pre_money:.0f} USD")
    worth, error = right(played(*still, paths=2))
    expected = MONEY / (pre_money + MONEY) * max(100e6 - pre_money / 1.04**YEAR, 0.0)
    assert (worth, error) == (pytest.approx(expected, rel=1e-12), 0.0)


@pytest.mark.parametrize(
    "decisions",
    [
        "{policy: myopic, decide_for: Newcomer}",
        "{policy: rule, decide_for: requisite_holders, fund_when: {b: {c: equity_value >= pre_money_valuation}}}",
        "{policy: rule, decide_for: Newcomer, fund_when: {b: {c: equity_value >= 110M USD}}}",
    ],
)
def test_the_same_rule_is_the_same_right_however_it_is_written(decisions: str) -> None:
    assert right(played(f"decisions={decisions}", paths=4000)) == right(played(paths=4000))


def test_whoever_is_obliged_pays_for_losses_too() -> None:
    bound, error = right(played("decisions={policy: contractual}"))
    assert abs(bound - PART * (100e6 - PRE_MONEY / 1.04)) < 3.5 * error
    assert bound < 0 < right(played())[0]


def test_the_right_keeps_its_worth_while_the_company_goes_on() -> None:
    later = ("horizon=3 years", "measure.risk_free=0%", "valuation.multiple.growth=0%")
    worth, error = right(played(*later))
    assert abs(worth - PART * float(call(100e6, PRE_MONEY, 0.6, YEAR, 0.0))) < 3.5 * error


def compound(first: str) -> Result:
    """The newcomer pays 4M for next to no shares, and so for the right to pay 25M a year later; both paid without a discount."""
    ticket = "{name: ticket, at: 2027-01-01, if_met: option, new_money: 4M USD, price_per_share: 1T USD, investors: {Newcomer: 4M USD}}"
    entry = "{name: entry, at: 2029-01-01, if_met: option, new_money: 25M USD, pre_money_valuation: 110M USD, investors: {Newcomer: 25M USD}}"
    rules = f"{{ticket: {first}, entry: equity_value >= pre_money_valuation}}"
    return played(
        "horizon=3 years", "measure.risk_free=0%", "valuation.multiple.growth=0%",
        f"rounds=[{{name: b, series: {{kind: common}}, closings: [{ticket}, {entry}]}}]",
        f"decisions={{policy: rule, decide_for: requisite_holders, fund_when: {{b: {rules}}}}}",
    )  # fmt: skip


def test_a_right_to_pay_for_a_right_is_a_compound_option() -> None:
    # The ticket joins the company, so the entry strikes so much lower; an entry is a part of a call.
    years = years_between(company().as_of, date(2029, 1, 1))
    entry = {"strike": PRE_MONEY - 4e6, "volatility": 0.6, "term": years - YEAR, "risk_free": 0.0}
    least = brentq(lambda value: PART * float(call(value, **entry)) - 4e6, 1e6, 1e9)
    legs = Leg("call", 4e6 / PART, YEAR), Leg("call", entry["strike"], years)
    expected = PART * float(compound_option(*legs, np.asarray(100e6), 0.6, 0.0))
    worth, error = right(compound(f"equity_value >= {least:.0f} USD"))
    assert abs(worth - expected) < 3.5 * error
    assert right(compound("cash >= 0 USD"))[0] < worth - 4 * error
