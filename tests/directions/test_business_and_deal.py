"""What a laboratory's costs, prices, licence, money, market and investors are moves its value the way that an investor expects."""

from tests.directions import table
from tests.directions.test_signals_and_risks import MILESTONE, item
from tests.directions.turning import falls, rises, turned

ANCHOR_CLOSING = ("follow_on", "anchor closing")


def test_cost_per_inference_that_falls_faster_brings_margin_runway_and_value() -> None:
    learning = item("unit cost")
    assert falls(learning.on("2029-01-01", "cost_per_inference"))
    assert rises(learning.on("2029-01-01", "gross_profit"))
    assert rises(learning.on("2029-01-01", "cash"))
    assert falls(learning.ended("wind_down"))
    assert rises(learning.funded(*MILESTONE))
    assert rises(learning.value())


def test_rivals_who_cut_their_prices_cost_revenue_margin_and_value() -> None:
    cut = item("rival's price")
    assert falls(cut.on("2028-01-01", "price_per_inference"))
    assert falls(cut.on("2028-01-01", "api_revenue"))
    assert falls(cut.on("2028-01-01", "revenue"))
    assert falls(cut.on("2028-01-01", "gross_profit"))
    assert falls(cut.value())


def test_a_frontier_that_comes_closer_brings_price_large_buyers_and_value() -> None:
    closing = item("frontier closing")
    assert falls(closing.on("2027-01-01", "frontier_lag"))
    assert rises(closing.on("2029-01-01", "price_per_inference"))
    assert rises(closing.on("2029-01-01", "revenue"))
    assert rises(closing.value())


def test_a_licence_that_nobody_keeps_brings_fewer_users_and_less_value() -> None:
    hidden = item("licence")
    assert falls(hidden.on("2029-01-01", "subscriptions"))
    assert falls(hidden.on("2029-01-01", "api_revenue"))
    assert falls(hidden.value())


def test_a_dispute_over_the_licence_costs_displays_growth_and_value() -> None:
    dispute = item("licence dispute")
    assert falls(dispute.on("2029-01-01", "displays_the_name"))
    assert falls(dispute.on("2029-01-01", "enterprise_arr"))
    assert falls(dispute.value())


def test_money_that_is_only_kept_buys_time_and_no_progress() -> None:
    kept = item("all in runway")
    assert rises(kept.on("2028-01-01", "cash"))
    assert falls(kept.ended("wind_down"))
    assert falls(kept.on("2028-01-01", "enterprise_arr"))
    assert rises(kept.on("2028-01-01", "cost_per_inference"))
    assert rises(kept.on("2028-01-01", "latency"))
    assert falls(kept.funded(*MILESTONE))
    assert falls(kept.value(), errors=4)


def test_more_of_the_money_in_inference_optimisation_brings_margin_the_milestone_and_a_shorter_runway() -> None:
    optimised = item("more optimisation")
    assert falls(optimised.on("2028-01-01", "cost_per_inference"))
    assert falls(optimised.on("2028-01-01", "latency"))
    assert rises(optimised.on("2028-01-01", "gross_profit"))
    assert rises(optimised.funded(*MILESTONE))
    assert falls(optimised.on("2028-01-01", "cash"))
    assert rises(optimised.ended("wind_down"))


def test_a_scenario_without_uses_of_its_money_keeps_it_all() -> None:
    nothing_said = turned("use_of_proceeds={}", against=("use_of_proceeds={runway: {share: 100%}}",))
    assert nothing_said.value().mean == nothing_said.outcome("proceeds").mean == 0


def test_a_sector_that_is_priced_anew_takes_the_company_along() -> None:
    up, down = item("sector up"), item("sector down")
    assert rises(up.value())
    assert rises(up.worth("me"))
    assert falls(down.value())
    assert falls(down.worth("me"))
    assert up.on("2026-11-29", "multiple").mean == down.on("2026-11-29", "multiple").mean == 0


def test_anchor_investors_make_a_closing_likelier_and_carry_what_is_lost() -> None:
    anchored = item("anchors")
    assert rises(anchored.funded(*ANCHOR_CLOSING))
    assert rises(anchored.funded(*MILESTONE))
    assert rises(anchored.lost("Alibaba"))
    assert rises(anchored.lost("Tencent"))
    assert falls(anchored.lost("other follow_on investors"))


def test_the_page_tells_what_moves_the_deal() -> None:
    told = table.TABLE.search(table.PAGE.read_text(encoding="utf-8"))
    assert told is not None
    assert told[0] == table.table(), "python -m tests.directions.table brings it up to date"
