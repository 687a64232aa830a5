"""The laboratory template: its figures are sensible, and what the press writes of moves the business as it should."""

import numpy as np
import pytest

from tests.templates.playing import at, growth, left, middle, played, value

NAME = "ai_lab"


@pytest.fixture(scope="module")
def base():
    return played(NAME)


def test_growth_lies_between_that_of_software_and_of_the_fastest_laboratories(base) -> None:
    rates = growth(base, "revenue", 4)
    assert 0.5 < rates[0] < 1.5  # cloud companies of this size 35 to 80%, laboratories 124 to 233%
    assert all(0.5 < each < 0.95 for each in left(rates))


def test_the_gross_margin_starts_at_that_of_laboratories_and_rises_by_some_points_a_year(base) -> None:
    assert 0.3 < middle(base, "gross_margin", 0) < 0.5
    assert 0.02 < (middle(base, "gross_margin", 3) - middle(base, "gross_margin", 0)) / 3 < 0.12


def test_an_inference_is_six_to_ten_times_cheaper_than_at_the_rivals_and_costs_less_than_it_earns(base) -> None:
    cheaper = at(base, "rivals_price", 0) / at(base, "price_per_inference", 0)
    assert 5.5 < np.nanquantile(cheaper, 0.1) < np.nanquantile(cheaper, 0.9) < 10.5
    assert middle(base, "price_per_inference", 2) > 0.85 * middle(base, "cost_per_inference", 2)


def test_the_models_trail_the_best_closed_ones_by_some_months_and_sometimes_lead(base) -> None:
    gap = at(base, "frontier", 3)
    assert 3 / 12 < np.nanmedian(gap) < 9 / 12
    assert 0.02 < np.nanmean(gap[~np.isnan(gap)] < 0) < 0.35


def test_the_market_pays_for_growth_and_pays_less_as_it_fades(base) -> None:
    assert 25 < middle(base, "multiple", 0) < 60
    assert middle(base, "multiple", 4) < 0.5 * middle(base, "multiple", 0)


@pytest.mark.parametrize(
    ("change", "row", "grows"),
    [
        ("drivers.frontier.long_run=-2 months", "revenue", True),
        ("risks.rivals_cut_prices.hazard=4 per year", "api_revenue", False),
        ("drivers.cost_per_inference.learning_rate=45%", "gross_margin", True),
        ("risks.export_tightened.hazard=8 per year", "gross_margin", False),
        ("risks.safety_incident.probability_per_year=90%", "enterprise_arr", False),
        ("drivers.adoption.growth=200%", "api_requests", True),
        ("risks.partnership.probability_per_year=90%", "enterprise_arr", True),
        ("drivers.latency.mean=4_000 ms", "inferences", False),
    ],
)
def test_frontier_prices_costs_and_mishaps_move_the_business_and_its_value(
    base, change: str, row: str, grows: bool
) -> None:
    other = played(NAME, change)
    assert (middle(other, row, 3) > 1.02 * middle(base, row, 3)) is grows
    assert (middle(other, row, 3) < 0.98 * middle(base, row, 3)) is not grows
    assert (value(other) > value(base)) is grows


def test_a_lower_threshold_binds_more_deployers_who_display_the_name_pay_or_leave(base) -> None:
    bound = played(NAME, "drivers.threshold_users.value=10M users")
    for row in ("displays", "licence_fees", "forked", "awareness"):
        assert middle(bound, row, 3) > 1.05 * middle(base, row, 3), row
    assert middle(bound, "ecosystem", 3) < middle(base, "ecosystem", 3)


def test_deployers_who_all_comply_make_the_name_known(base) -> None:
    complying = played(NAME, "drivers.displaying_share.value=100%", "drivers.licensing_share.value=0%")
    assert middle(complying, "forked", 3) == 0
    assert middle(complying, "users", 3) > 1.02 * middle(base, "users", 3)


def test_money_that_is_put_to_use_makes_inferences_cheaper_and_faster() -> None:
    optimised = played(NAME, "use_of_proceeds.runway.share=0%", "use_of_proceeds.inference_optimisation.share=40%")
    kept = played(NAME, "use_of_proceeds.runway.share=40%", "use_of_proceeds.inference_optimisation.share=0%")
    assert middle(optimised, "cost_per_inference", 3) < middle(kept, "cost_per_inference", 3)
    assert middle(optimised, "latency", 3) < middle(kept, "latency", 3)
