import numpy as np
import pytest

from tests.captable.tables import preferred
from valsim.captable.holding import Holding
from valsim.captable.ledger import OTHERS, UNISSUED
from valsim.captable.opening import cap_table_problems, open_ledger
from valsim.captable.security import Security
from valsim.core.errors import ScenarioError
from valsim.core.parameter import realise

TERMS = {
    "kind": "preferred",
    "liquidation_preference_multiple": 1,
    "participation": "none",
    "seniority": 1,
    "anti_dilution": "broad_based_weighted_average",
}
COMMON = {"kind": "common", "shares": "480M"}
POOL = {"kind": "option_pool", "shares": "60M"}
SERIES_B = {**TERMS, "issued": "2024-02-19", "shares": "400M", "original_issue_price": "2.5 USD"}
SERIES_C = {**TERMS, "issued": "2025-12-31", "new_money": "500M USD", "post_money_valuation": "4.3B USD"}


class Draws:
    """Every parameter at the same quantiles."""

    def parameter(self, name):
        del name
        return np.array([0.1, 0.9])


def opened(classes, positions=None):
    realised = {name: realise(Security.choose(raw), Draws()) for name, raw in classes.items()}
    holdings = {
        holder: {name: realise(Holding.model_validate(raw), Draws()) for name, raw in lots.items()}
        for holder, lots in (positions or {}).items()
    }
    return open_ledger(realised, holdings)


def problems(classes, positions=None):
    with pytest.raises(ScenarioError) as caught:
        opened(classes, positions)
    return [(problem.place, problem.message) for problem in caught.value.problems]


def test_shares_that_nobody_names_belong_to_others_and_an_unnamed_pool_to_nobody():
    ledger = opened({"common": COMMON, "pool": POOL}, {"Ada": {"common": "25%"}})
    assert {lot: float(row) for lot, row in ledger.lots.items()} == {
        ("Ada", "common"): 120e6,
        (OTHERS, "common"): 360e6,
        (UNISSUED, "pool"): 60e6,
    }


def test_lots_are_in_the_order_of_their_names_as_in_every_later_ledger():
    lots = opened({"common": COMMON, "pool": POOL}, {"Zoe": {"common": "25%"}, "Ada": {"common": "25%"}}).lots
    assert list(lots) == sorted(lots)


def test_a_round_is_priced_on_the_shares_listed_before_it():
    ledger = opened({"common": COMMON, "pool": POOL, "series_b": SERIES_B, "series_c": SERIES_C})
    price = (4.3e9 - 500e6) / 940e6
    assert float(ledger.series["series_c"].original_issue_price) == pytest.approx(price, rel=1e-15)
    assert float(ledger.shares("series_c")) == pytest.approx(500e6 / price, rel=1e-15)
    assert float(ledger.fully_diluted() * price) == pytest.approx(4.3e9, rel=1e-15)


def test_an_uncertain_amount_gives_shares_by_path():
    uncertain = {**SERIES_C, "post_money_valuation": {"family": "uniform", "low": "4B USD", "high": "5B USD"}}
    ledger = opened({"common": COMMON, "series_c": uncertain}, {"Fund": {"series_c": "50%"}})
    price = (np.array([4.1e9, 4.9e9]) - 500e6) / 480e6
    assert ledger.held("Fund", "series_c") == pytest.approx(250e6 / price, rel=1e-15)
    assert ledger.series["series_c"].conversion_price == pytest.approx(price, rel=1e-15)


def test_a_percentage_of_the_fully_diluted_shares_counts_the_classes_issued_until_then():
    classes = {"common": COMMON, "pool": POOL, "series_b": SERIES_B, "series_c": SERIES_C}
    ledger = opened(classes, {"Alibaba": {"series_b": "36% of fully diluted at 2024-03-31"}})
    assert float(ledger.held("Alibaba", "series_b")) == pytest.approx(0.36 * 940e6)
    assert float(ledger.shares("series_b")) == pytest.approx(400e6)


def test_allocated_options_are_held_and_the_rest_of_the_pool_is_not():
    pool = {**POOL, "allocated": "45M", "exercise_price": "0.2 USD"}
    ledger = opened({"common": COMMON, "pool": pool}, {"Team": {"pool": "40M"}})
    assert [float(ledger.held(holder, "pool")) for holder in ("Team", OTHERS, UNISSUED)] == [40e6, 5e6, 15e6]


def test_percentages_that_sum_to_all_leave_nobody_else():
    thirds = {name: {"common": "33.3333333333%"} for name in "abc"}
    assert set(opened({"common": COMMON}, thirds).holders) == set("abc")


def test_rounding_on_one_path_leaves_others_with_nothing_there_and_no_less():
    held = Holding.model_construct(amount=np.array([60e6, 480e6 * (1 + 1e-12)]), of="shares", at=None)
    ledger = open_ledger({"common": realise(Security.choose(COMMON), Draws())}, {"Ada": {"common": held}})
    assert ledger.held(OTHERS, "common").tolist() == [420e6, 0]


def test_a_class_counts_from_the_day_it_was_issued():
    classes = {"common": COMMON, "series_b": SERIES_B, "series_c": SERIES_C}
    ledger = opened(classes, {"Ada": {"common": "1% of fully diluted at 2024-02-19"}})
    assert float(ledger.held("Ada", "common")) == pytest.approx(0.01 * 880e6)


def test_nobody_owns_more_than_there_is():
    ((place, message),) = problems({"common": COMMON}, {"Ada": {"common": "300M"}, "Bo": {"common": "200M"}})
    assert place == "positions.Bo.common"
    assert message == "the positions hold more than there is: 480M common, of which Ada 300M, Bo 200M"


@pytest.mark.parametrize("absurd", [{"liquidation_preference_multiple": 1e308}, {"original_issue_price": "1e308 USD"}])
def test_a_preference_that_is_no_number_is_told(absurd):
    ((place, message),) = problems({"common": COMMON, "series_b": SERIES_B | absurd}, {})
    assert (place, message) == (
        "classes.series_b",
        "the preference of all its shares is too large a number to count with",
    )


def test_nobody_owns_shares_of_a_class_that_has_none():
    empty = {**SERIES_B, "shares": 0}
    ((place, message),) = problems({"common": COMMON, "series_b": empty}, {"Ada": {"series_b": "5M"}})
    assert (place, message) == (
        "positions.Ada.series_b",
        "the positions hold more than there is: 0 series_b, of which Ada 5M",
    )


def test_nobody_is_granted_more_than_is_allocated():
    pool = {**POOL, "allocated": "30M", "exercise_price": "0.2 USD"}
    ((place, _),) = problems({"common": COMMON, "pool": pool}, {"Team": {"pool": "40M"}})
    assert place == "positions.Team.pool"


def test_every_problem_of_a_cap_table_is_found_at_once():
    classes = {
        "series_a": {**TERMS, "new_money": "5M USD", "post_money_valuation": "20M USD"},
        "series_b": {**SERIES_B, "participation": "capped"},
        "series_c": {**TERMS, "original_issue_price": "3 USD"},
    }
    found = problems(classes, {"Ada": {"series_x": "10%"}, "Bo": {"series_a": "10% of fully diluted at 2020-01-01"}})
    assert [place for place, _ in found] == [
        "classes.series_a.new_money",
        "classes.series_b.participation",
        "classes.series_c",
        "positions.Ada.series_x",
        "positions.Bo.series_a",
    ]


def test_a_percentage_at_a_date_needs_to_know_what_was_issued_by_then():
    classes = {"common": COMMON, "series_b": SERIES_B, "series_c": {**SERIES_C, "issued": None}}
    ((place, message),) = problems(classes, {"Alibaba": {"series_b": "36% of fully diluted at 2024-03-31"}})
    assert place == "positions.Alibaba.series_b"
    assert message == "whether series_c counts in the fully diluted shares at 2024-03-31 is not known"


def test_a_percentage_at_a_date_before_its_own_class_is_refused():
    ((_, message),) = problems(
        {"common": COMMON, "series_b": SERIES_B}, {"Ada": {"series_b": "5% of fully diluted at 2023-12-31"}}
    )
    assert message == "series_b was issued on 2024-02-19, after 2023-12-31"


def test_a_post_money_valuation_below_the_new_money_is_refused():
    ((place, _),) = problems({"common": COMMON, "series_c": {**SERIES_C, "post_money_valuation": "400M USD"}})
    assert place == "classes.series_c.post_money_valuation"


def test_somebody_takes_what_is_left():
    ((place, message),) = problems({"pool": POOL})
    assert (place, message) == ("classes", "nobody is paid what is left after the preferences")


def test_a_class_without_a_number_of_shares_is_refused():
    ((place, message),) = problems({"common": {"kind": "common"}})
    assert (place, message) == ("classes.common", "the class does not say how many shares it has")


def test_a_document_is_checked_at_its_medians_before_anything_is_drawn():
    uncertain = {**COMMON, "shares": {"family": "uniform", "low": "100M", "high": "200M"}}
    classes = {"common": Security.choose(uncertain)}
    assert cap_table_problems(classes, {"Ada": {"common": Holding.model_validate("140M")}}) == ()
    (problem,) = cap_table_problems(classes, {"Ada": {"common": Holding.model_validate("160M")}})
    assert problem.place == "positions.Ada.common"


def test_terms_are_checked_as_distributions():
    cap = {"participation": "capped", "participation_cap_multiple": {"family": "uniform", "low": 0.5, "high": 3}}
    (problem,) = cap_table_problems({"common": Security.choose(COMMON), "b": Security.choose({**SERIES_B, **cap})}, {})
    assert problem.place == "classes.b.participation_cap_multiple"


def test_realised_terms_are_accepted_as_they_are():
    series_a = preferred(2.5, conversion_price=None, shares=np.float64(2e6))
    ledger = open_ledger({"series_a": series_a}, {})
    assert (ledger.fully_diluted(), ledger.series["series_a"].conversion_price) == (2e6, 2.5)
