"""What contract terms do to the fair value of a company, beside the published model of Gornall and Strebulaev.

The value of the company is a geometric Brownian motion that exits at an exponential time, by a listing with a chance that grows
with the exit value and else by a sale. So the value of a class is an integral over one number, the exit value over today's, with
a density that is known; today's value is the root at which the class that was priced last is worth what it cost. Everything
that a class is paid at an exit comes from the contract layer.
"""

import numpy as np
import pytest
from scipy.optimize import brentq

import valsim
from tests.published.cases import called, cases, close
from tests.published.documents import opened
from valsim.captable.liquidity.pay_out import Liquidity, Table, pay_out
from valsim.contract.contract import Contract

VOLATILITY, RISK_FREE, EXITS_PER_YEAR = 0.9, 0.025, 0.25
LOG_GROWTH = np.linspace(-15.0, 45.0, 15_001)
STEP = LOG_GROWTH[1] - LOG_GROWTH[0]
NEVER_LISTED, MOSTLY_LISTED, LARGEST = np.log([32e6, 1e9, 1e11])


def discounted_density(y):
    """The density of the log growth until the exit, each exit discounted by its time."""
    variance = VOLATILITY**2
    drift = RISK_FREE - variance / 2
    root = np.sqrt(drift**2 + 2 * variance * (EXITS_PER_YEAR + RISK_FREE))
    return EXITS_PER_YEAR / root * np.exp((drift * y - np.abs(y) * root) / variance)


DAY = np.float64(0)
"""No term of these contracts grows with time."""
WEIGHTS = discounted_density(LOG_GROWTH) * STEP


def chance_of_listing(value):
    """Nothing up to 32M, 65 % at 1B, 85 % from 100B on, linear in the logarithm between."""
    return np.interp(np.log(value), [NEVER_LISTED, MOSTLY_LISTED, LARGEST], [0.0, 0.65, 0.85])


def values_today(table, value):
    """What each class is worth today where the company is worth so much."""
    exits = value * np.exp(LOG_GROWTH)
    sold, listed = (
        pay_out(table, Liquidity(kind, "by_charter", DAY), exits).by_class for kind in ("acquisition", "ipo")
    )
    chance = chance_of_listing(exits)
    return {name: float(WEIGHTS @ ((1 - chance) * sold[name] + chance * listed[name])) for name in sold}


def fair(case):
    """Today's value of the company, and of a common share, where the class priced last is worth what it cost."""
    ledger = opened(case["captable"])
    table, last = Table(ledger), case["priced"]
    cost = float(ledger.series[last].original_issue_price * ledger.shares(last))
    post = case["post_money_valuation"]
    value = brentq(lambda value: values_today(table, value)[last] - cost, 0.1 * post, 2 * post, xtol=1.0)
    common = values_today(table, value)["common"] / float(ledger.shares("common"))
    return {"fair_value": value, "overvaluation": post / value - 1, "common_value_per_share": common,
            "common_overvaluation": float(ledger.series[last].original_issue_price) / common - 1}  # fmt: skip


def test_discounted_growth_is_a_martingale():
    assert WEIGHTS @ np.exp(LOG_GROWTH) == pytest.approx(1.0, abs=2e-6)
    below = np.linspace(-60.0, -15.0, 30_001)
    assert WEIGHTS.sum() + np.trapezoid(discounted_density(below), below) == pytest.approx(1 / 1.1, abs=2e-6)


@pytest.mark.parametrize("case", cases("unicorns", "unicorn"), ids=called)
def test_the_fair_value_by_class_is_the_published_one(case):
    priced = case["priced"]
    price = Contract.read(case["captable"]).table.ledger.series[priced].original_issue_price
    found = valsim.fair_value(case["captable"], {priced: price})
    common = found.classes["common"]
    told = {"fair_value": found.fair_value, "overvaluation": found.overvaluation,
            "common_value_per_share": common.per_share, "common_overvaluation": common.overvaluation}  # fmt: skip
    assert close(told, case)
    assert found.post_money_valuation == pytest.approx(case["post_money_valuation"], rel=1e-3)


def test_the_unissued_pool_moves_the_gap_of_the_baseline_by_six_points():
    (baseline,) = (case for case in cases("unicorns", "unicorn") if case["id"] == "gs2020-table1-baseline")
    without = {name: terms for name, terms in baseline["captable"]["classes"].items() if name != "pool"}
    without["common"] = {"kind": "common", "shares": 800e6}
    gaps = [
        valsim.fair_value(table, {"B": 1.0}).overvaluation for table in ({"classes": without}, baseline["captable"])
    ]
    assert np.round(gaps, 3).tolist() == [0.234, 0.297]


@pytest.mark.parametrize("case", cases("unicorns", "unicorn"), ids=called)
def test_a_sum_over_a_fine_grid_of_exits_comes_to_the_same(case):
    assert close(fair(case), case)


@pytest.mark.parametrize("case", cases("unicorns", "illustration"), ids=called)
def test_a_deal_whose_inputs_are_partly_recalled_is_held_to_the_grid_and_to_no_printed_figure(case):
    found = valsim.fair_value(case["captable"], {case["priced"]: 15.46345})
    assert found.fair_value == pytest.approx(fair(case)["fair_value"], rel=1e-3)


def veto(least: float, below: str) -> dict:
    """An automatic conversion as the authors test it: on the post-money valuation, the unissued pool counted in."""
    return {"automatic_conversion": {"proceeds_at_least": least, "below": below}}


ROWS = {
    "1.25X LM": ({"liquidation_preference_multiple": 1.25}, 704.3187),
    "1.5X LM": ({"liquidation_preference_multiple": 1.5}, 637.3402),
    "Junior": ({"seniority": 0}, 811.1505),
    "Participating, 2.5X cap": ({"participation": "capped", "participation_cap_multiple": 2.5}, 665.9553),
    "IPO ratchet at 1.25X": ({"ipo_ratchet_multiple": 1.25}, 572.9611),
    "IPO ratchet at 1.5X": ({"ipo_ratchet_multiple": 1.5}, 508.1672),
    "Veto at 0.75X": (veto(750e6, "blocks_ipo"), 650.9933),
    "Veto at 0.5X": (veto(500e6, "blocks_ipo"), 678.5622),
    "Veto at 0.75X, the other reading": (veto(750e6, "keeps_preference"), 644.2081),
    "Veto at 0.5X, the other reading": (veto(500e6, "keeps_preference"), 671.9573),
}
"""More rows of the published table: what series B has besides, and the fair value in millions by a waterfall and a quadrature
that were written for this alone and share nothing with valsim."""


@pytest.mark.parametrize("row", ROWS)
def test_more_terms_of_the_published_table_come_to_what_another_waterfall_and_quadrature_gave(row: str):
    (baseline,) = (case for case in cases("unicorns", "unicorn") if case["id"] == "gs2020-table1-baseline")
    terms, expected = ROWS[row]
    classes = baseline["captable"]["classes"]
    found = valsim.fair_value({"classes": {**classes, "B": {**classes["B"], **terms}}}, {"B": 1.0})
    assert found.fair_value / 1e6 == pytest.approx(expected, abs=1e-4)
