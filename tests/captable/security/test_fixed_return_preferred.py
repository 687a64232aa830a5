import json
from datetime import date
from types import SimpleNamespace

import numpy as np
import pytest

from tests.captable.tables import held, preferred
from tests.companies import steady
from valsim.captable.financing.round import Round
from valsim.captable.holding import Holding
from valsim.captable.liquidity.distribute import curves_of
from valsim.captable.liquidity.regime import all_converted, as_agreed
from valsim.captable.opening import cap_table_problems, open_ledger
from valsim.captable.security import Security
from valsim.captable.security.common import Common
from valsim.captable.waterfall import waterfall
from valsim.core.parameter import at_medians
from valsim.run import last_round
from valsim.simulate import simulate

DOCUMENT = {
    "kind": "fixed_return_preferred", "issued": "2025-01-01", "shares": "1M", "original_issue_price": "10 USD",
    "return_per_year": "8%", "compounding": "compound", "day_count": "actual/365", "seniority": 2,
}  # fmt: skip
TWO_YEARS = date(2027, 1, 1).toordinal()


def terms(**changes):
    return at_medians(Security.choose(DOCUMENT | changes))


@pytest.mark.parametrize(("compounding", "due"), [("simple", 11.6e6), ("compound", 11.664e6)])
def test_shares_are_due_what_they_cost_and_the_return_since(compounding, due):
    assert float(terms(compounding=compounding).accrued_to(TWO_YEARS).preference(1e6)) == pytest.approx(due, rel=1e-14)


def test_the_return_counts_from_the_issue_whatever_day_was_counted_before():
    fixed = terms()
    assert fixed.accrued_to(TWO_YEARS - 100).accrued_to(TWO_YEARS).preference(1.0) == pytest.approx(11.664)
    assert fixed.accrued_to(0).preference(1.0) == 10


def test_they_are_paid_before_junior_ranks_and_nothing_more_in_any_exit():
    table = held({"common": (Common(), 8e6), "a": (preferred(2.5), 2e6), "fixed": (terms(), 1e6)}).accrued_to(TWO_YEARS)
    exits = np.array([10e6, 15e6, 1e9])
    paid = waterfall(curves_of(table, as_agreed), exits).payouts
    assert paid["fixed"] == pytest.approx([10e6, 11.664e6, 11.664e6])
    assert paid["a"] == pytest.approx([0, 3.336e6, (1e9 - 11.664e6) / 5])
    assert waterfall(curves_of(table, all_converted), exits).payouts["fixed"] == pytest.approx(paid["fixed"])


def test_each_path_has_the_return_up_to_its_own_day():
    table = held({"common": (Common(), 8e6), "fixed": (terms(), 1e6)})
    accrued = table.accrued_to(np.array([TWO_YEARS - 365.0, TWO_YEARS])).at(np.array([1]))
    assert accrued.series["fixed"].preference(np.float64(1.0)).tolist() == pytest.approx([11.664])


def test_they_are_no_part_of_the_fully_diluted_shares():
    classes = {"common": at_medians(Security.choose({"kind": "common", "shares": "8M"})), "fixed": terms()}
    ledger = open_ledger(classes, {})
    assert ledger.fully_diluted() == 8e6
    assert ledger.shares("fixed") == 1e6


def test_nobody_holds_a_part_of_the_fully_diluted_shares_in_them():
    classes = {"common": Security.choose({"kind": "common", "shares": "8M"}), "fixed": Security.choose(DOCUMENT)}
    held_by = {"Fund": {"fixed": Holding.model_validate("5% of fully diluted at 2025-06-30")}}
    (problem,) = cap_table_problems(classes, held_by)
    assert problem.place == "positions.Fund.fixed"
    assert problem.message == "shares of fixed do not count in the fully diluted ones"


def test_no_round_prices_them():
    terms = {name: DOCUMENT[name] for name in DOCUMENT if name not in {"shares", "issued"}}
    closing = {"name": "only", "new_money": "25M USD", "price_per_share": "2 USD"}
    sale = Round.model_validate({"name": "b", "series": terms, "closings": [closing]})
    problem = next(sale.problems(SimpleNamespace(convertibles=())))
    assert (problem.place, problem.message) == (
        "series",
        "a round prices a part of the company, and these shares are none",
    )


FIXED = f"captable.classes.fixed={json.dumps(DOCUMENT)}"


def test_the_company_was_last_priced_where_a_part_of_it_was_sold():
    assert last_round(steady(FIXED)).name == "series_a"


def test_a_run_pays_them_their_return_up_to_the_sale():
    # 510M of equity after three years, four after the issue: 1461 days.
    result = simulate(steady(FIXED), paths=16)
    paid = result.outcomes["holder", "other holders", "proceeds"] + result.outcomes["holder", "Ada", "proceeds"]
    due = 10e6 * 1.08 ** (1461 / 365)
    assert paid == pytest.approx(due + (510e6 - due) * 0.75, rel=1e-9)


@pytest.mark.parametrize(
    ("changes", "place", "message"),
    [
        ({"issued": None}, "return_per_year", "the day of the issue"),
        ({"shares": None, "new_money": "10M USD", "post_money_valuation": "90M USD"}, "new_money", "no valuation"),
        ({"seniority": {"family": "uniform", "low": 1, "high": 3}}, "seniority", "one number"),
    ],
)
def test_terms_that_do_not_go_together_are_reported_where_they_stand(changes, place, message):
    classes = {"common": Security.choose({"kind": "common", "shares": "8M"}), "f": Security.choose(DOCUMENT | changes)}
    (problem,) = cap_table_problems(classes, {})
    assert problem.place == f"classes.f.{place}"
    assert message in problem.message
