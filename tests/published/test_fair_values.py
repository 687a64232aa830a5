"""Fair values by class that others have published: by the option-pricing method, and at a random time."""

import math

import numpy as np
import pytest

from tests.published.cases import called, cases, close
from tests.published.documents import cap_table
from tests.value.fair_value.companies import exits, method
from valsim.contract.break_even import break_even_valuation
from valsim.value.fair_value.break_even import partial_valuation
from valsim.value.fair_value.by_class import Priced
from valsim.value.fair_value.fair_value import value_by_class
from valsim.value.option import random_expiration


def option_pricing(case):
    risk_free = case["risk_free"] if "risk_free" in case else math.log1p(case["effective_rate"])
    return method("option_pricing", volatility=case["volatility"], risk_free=risk_free, term=f"{case['years']} years")


@pytest.mark.parametrize("case", cases("fair_values", "opm_backsolve"), ids=called)
def test_a_price_leads_to_the_published_company_value(case):
    (priced,) = (Priced(*each) for each in case["price"].items())
    found = value_by_class(exits(cap_table(case)), priced, option_pricing(case))
    assert len(found.roots) == 1
    per_share = {name: each.per_share for name, each in found.classes.items()}
    assert close({"fair_value": found.fair_value, **per_share}, case)


@pytest.mark.parametrize("case", cases("fair_values", "opm"), ids=called)
def test_what_an_investor_holds_has_its_published_worth(case):
    worth = option_pricing(case).present_values(exits(cap_table(case)), np.array([float(case["company_value"])]))
    assert close({"value": float(sum(worth[name][0] for name in case["position"]))}, case)


@pytest.mark.parametrize("case", cases("fair_values", "opm"), ids=called)
def test_an_effective_rate_read_as_a_continuous_one_misses_it(case):
    again = option_pricing({**case, "risk_free": case["effective_rate"]})
    worth = again.present_values(exits(cap_table(case)), np.array([float(case["company_value"])]))
    assert abs(sum(worth[name][0] for name in case["position"]) - case["expected"]["value"]) > 0.01


@pytest.mark.parametrize("case", cases("fair_values", "opm_tranches"), ids=called)
def test_each_tranche_is_shared_as_published(case):
    sale = exits(case["captable"]).diagram("acquisition")
    assert close(
        {"breakpoints": sale.starts.tolist()} | {name: row.tolist() for name, row in sale.slopes.items()}, case
    )


@pytest.mark.parametrize("case", cases("fair_values", "break_even"), ids=called)
def test_a_fund_breaks_even_at_the_published_company_value(case):
    document = cap_table(case) | {"positions": {"Fund": dict.fromkeys(case["position"], "100%")}}
    model = {name: case[name] for name in ("volatility", "risk_free")} | {"exit_rate": 1 / case["mean_years"]}
    found = break_even_valuation(
        document, "Fund", case["investment"], {"kind": "random_expiration", **model}, case["fund"]
    )
    assert close({"gp_share": found.gp_share, "lp_cost": found.lp_cost, "break_even": found.company_value}, case)


@pytest.mark.parametrize("case", cases("fair_values", "break_even"), ids=called)
def test_the_partial_valuation_is_the_published_portfolio_of_options(case):
    # V - 2/3 C(5), of which the limited partners have nine tenths.
    values, terms = np.array([3.0, 15.0, 60.0]), (case["volatility"], 1 / case["mean_years"], case["risk_free"])
    model = method("random_expiration", volatility=terms[0], exit_rate=terms[1], risk_free=terms[2])
    found = partial_valuation(exits(cap_table(case)), model, {"redeemable": 5.0, "fund_common": 5.0}, values)
    np.testing.assert_allclose(found, values - 2 / 3 * random_expiration.call(values, 5.0, *terms), rtol=1e-12)
