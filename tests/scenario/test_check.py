"""What one field alone cannot see is a problem with its place, a sentence and what to do."""

import pytest

from tests.companies import LIVELY, STEADY, lively, steady
from tests.scenario.found import ROUND, one, problems
from valsim.scenario.model import Scenario

FORMULA = "{kind: formula, value: 'revenue / 20M USD/year', unit: '1'}"


@pytest.mark.parametrize("name", ["multiple", "cash", "burn", "runway", "equity_value", "cash_flow"])
def test_a_driver_may_not_take_the_name_of_a_row_that_the_engine_makes(name: str) -> None:
    assert one(STEADY, f"drivers.{name}={{kind: constant, value: 5}}") == (
        f"drivers.{name}",
        f"the name {name!r} is taken",
    )


@pytest.mark.parametrize("name", ["value", "family", "conflict"])
def test_a_driver_may_not_take_the_name_of_a_key_of_numbers(name: str) -> None:
    assert one(STEADY, f"drivers.{name}={{kind: constant, value: 5}}") == (
        f"drivers.{name}",
        f"the name {name!r} is taken",
    )


def test_a_signal_may_not_take_the_name_of_a_driver() -> None:
    assert one(STEADY, "signals={revenue: {at: 2026-07-01, probability: 50%}}") == (
        "signals.revenue",
        "the name 'revenue' is taken",
    )


@pytest.mark.parametrize("name", ["two words", "and", "2nd"])
def test_a_name_that_no_formula_can_read_is_refused(name: str) -> None:
    place, message = one(STEADY, f"signals={{{name}: {{at: 2026-07-01, probability: 50%}}}}")
    assert place == f"signals.{name}"
    assert "letters, digits and underscores" in message


@pytest.mark.parametrize(
    ("override", "place"),
    [
        ("exits={still_private: {kind: acquisition, hazard: 10% per year, discount: 0%}}", "exits.still_private"),
        ("captable.positions={other holders: {common: 10M}}", "captable.positions.other holders"),
        ("captable.positions={unissued pool: {common: 10M}}", "captable.positions.unissued pool"),
    ],
)
def test_a_name_that_results_are_reported_under_is_taken(override: str, place: str) -> None:
    assert one(STEADY, override) == (place, f"the name {place.rsplit('.', maxsplit=1)[-1]!r} is taken")


def test_formulas_that_need_each_other_are_drawn_as_a_circle() -> None:
    a, b = (f"{{kind: formula, value: {other} * 2, unit: USD/year}}" for other in ("second", "first"))
    place, message = one(STEADY, f"drivers.first={a}", f"drivers.second={b}")
    assert place in {"drivers.first", "drivers.second"}
    assert message in {
        "formulas need each other: first -> second -> first",
        "formulas need each other: second -> first -> second",
    }


def test_cash_flow_is_money_per_year() -> None:
    assert one(STEADY, "cash_flow=revenue * 2 years") == ("cash_flow", "expected USD/year, got USD")


def test_a_formula_of_an_unknown_driver_underlines_its_name() -> None:
    (problem,) = problems(STEADY, "cash_flow=revenue * 0 - revenues")
    assert problem.place == "cash_flow"
    assert problem.span == (14, 22)
    assert "revenue" in problem.help


@pytest.mark.parametrize(
    ("override", "place"),
    [
        ("signals.audit.if_true={arrr: '* 1.1'}", "signals.audit.if_true.arrr"),
        ("signals.audit.if_false={arr.start: '* 1.1'}", "signals.audit.if_false.arr.start"),
        ("signals.audit.if_false={cash: '* 1.1'}", "signals.audit.if_false.cash"),
        ("risks.outage.effect={runway: '* 1.1'}", "risks.outage.effect.runway"),
        ("rounds[0].closings[0].if_funded={series_b: '* 1.1'}", "rounds[0].closings[0].if_funded.series_b"),
        ("rounds[0].closings[0].if_failed={audit: '* 1.1'}", "rounds[0].closings[0].if_failed.audit"),
        ("rounds[0].closings[1].if_lapsed={nothing: '* 1.1'}", "rounds[0].closings[1].if_lapsed.nothing"),
    ],
)
def test_an_effect_changes_a_row_that_exists_and_can_be_changed(override: str, place: str) -> None:
    found, message = one(LIVELY, override)
    assert found == place
    assert message.startswith("no row ")


def test_points_of_an_effect_are_in_the_unit_of_their_row() -> None:
    assert one(LIVELY, "risks.outage.effect={arr: '- 5M USD'}") == (
        "risks.outage.effect.arr",
        "expected points in USD/year, got '-5M USD'",
    )


@pytest.mark.parametrize("multiple", [FORMULA, FORMULA.replace("/year'", "'").replace("'1'", "1/year")])
def test_a_multiple_that_is_a_formula_has_no_level_to_anchor(multiple: str) -> None:
    place, message = one(STEADY, f"valuation.multiple={multiple}")
    assert (place, "has a level of its own" in message) == ("valuation.multiple", True)


def test_a_multiple_is_a_plain_number() -> None:
    assert one(STEADY, "valuation.multiple={kind: constant, value: 5 USD}") == (
        "valuation.multiple",
        "a multiple is a plain number, got USD",
    )


def test_a_multiple_multiplies_money_per_year() -> None:
    assert one(STEADY, "valuation.enterprise_value.revenue=revenue * 1 year") == (
        "valuation.enterprise_value.revenue",
        "expected USD/year, got USD",
    )


def test_an_anchor_needs_a_price() -> None:
    common = "captable={classes: {common: {kind: common, shares: 75M, issued: 2025-01-01}}}"
    assert one(STEADY, "valuation.anchor=last_round", common) == (
        "captable.classes",
        "the anchor needs a class with the date and the price of its issue",
    )


def test_an_anchor_knows_of_every_price_when_it_was_paid() -> None:
    assert one(STEADY, "valuation.anchor=last_round", "captable.classes.series_a.issued=null") == (
        "captable.classes.series_a",
        "the anchor is the class that was priced last, and this one has a price without a date",
    )


def bought_by_fund(seller: str, carry: str) -> str:
    rest = "series: series_a, price_per_share: 3 USD, at: 2026-03-31, fees: 2%, transfer_consent_probability: 80%"
    return f"positions={{Fund: {{kind: secondary, pay: 5M USD, {rest}, seller: {seller}, carry: {carry}}}}}"


def test_a_holder_does_not_buy_from_itself() -> None:
    assert one(LIVELY, bought_by_fund("Fund", "0%")) == ("positions.Fund.seller", "'Fund' would buy from itself")


def test_carry_is_due_on_the_shares_of_a_vehicle_alone() -> None:
    assert one(LIVELY, bought_by_fund("other holders", "10%")) == (
        "positions.Fund",
        "'Fund' holds or buys other shares too, and carry would be due on all of them",
    )
    lively(bought_by_fund("other holders", "0%"))


def test_a_class_is_issued_before_the_start() -> None:
    assert one(STEADY, "captable.classes.series_a.issued=2026-01-02") == (
        "captable.classes.series_a.issued",
        "2026-01-02 is after the document's 2026-01-01",
    )


def test_the_cap_table_reports_its_own_problems() -> None:
    place, message = one(STEADY, "captable.positions.Ada.common=80M")
    assert place == "captable.positions.Ada.common"
    assert message.startswith("the positions hold more than there is")


def test_a_signal_outside_the_run_is_refused() -> None:
    assert one(LIVELY, "signals.audit.at=2030-01-02")[0] == "signals.audit.at"


@pytest.mark.parametrize("way", ["exits.ipo.when", "exits.acquisition.when", "exits.wind_down.when"])
def test_an_exit_waits_for_a_condition(way: str) -> None:
    assert one(LIVELY, f"{way}=arr") == (way, "expected a condition, got USD/year")


def test_the_time_grid_is_the_same_on_every_path() -> None:
    years = "{family: uniform, low: 2 years, high: 4 years}"
    assert one(STEADY, f"horizon={years}")[0] == "horizon"
    assert one(STEADY, f"at_horizon={{kind: extend, by: {years}, discount: 0%}}")[0] == "at_horizon.by"


@pytest.mark.parametrize("horizon", ["101 years", "10000 years", "3 hours"])
def test_a_run_lasts_from_a_day_to_a_hundred_years(horizon: str) -> None:
    assert one(STEADY, f"horizon={horizon}")[0] == "horizon"


def test_the_shocks_that_carry_the_beta_exist_and_share_it_out() -> None:
    assert one(LIVELY, "measure.sector_linked={arr: 60%, multiple: 60%}") == (
        "measure.sector_linked",
        "the parts of the beta add up to 100 %",
    )
    assert one(LIVELY, "measure.sector_linked={cost: 100%}") == (
        "measure.sector_linked.cost",
        "'cost' has no shocks",
    )


SECTOR = "valuation.sector=ai_labs"


@pytest.mark.parametrize(
    ("risk", "key", "message"),
    [
        ("effect: {arr: '* 0.9'}, contagion: sector", "contagion", "what a sector shares is its multiple"),
        (
            "effect: {multiple: '- 2'}, contagion: sector",
            "effect.multiple",
            "a sector re-prices by a factor, got points",
        ),
        (
            "effect: {multiple: '* 0.8 decaying over 1 year'}, contagion: sector",
            "effect.multiple",
            "a sector's multiple",
        ),
        (
            "effect: {multiple: '* 0.8'}, recovery: 1 year, contagion: sector",
            "recovery",
            "no effect is left to recover",
        ),
        ("effect: {arr: '* 0.8 decaying over 1 year'}, recovery: 2 years", "recovery", "no effect is left to recover"),
    ],
)
def test_a_contagion_passes_on_one_thing_that_recovers_by_itself(risk: str, key: str, message: str) -> None:
    found, said = one(LIVELY, SECTOR, f"risks.outage={{probability_per_year: 10%, {risk}}}")
    assert found == f"risks.outage.{key}"
    assert said.startswith(message)


def test_a_sector_that_re_prices_has_a_name() -> None:
    risk = "risks.outage={probability_per_year: 10%, effect: {multiple: '* 0.8'}, contagion: sector}"
    assert one(LIVELY, risk) == ("risks.outage.contagion", "the sector that re-prices has no name")
    lively(SECTOR, risk)


def test_all_problems_of_a_document_are_reported_at_once() -> None:
    found = problems(STEADY, "cash_flow=revenue * 2 years", "company.cash=10M EUR", f"rounds=[{ROUND}, {ROUND}]")
    assert {problem.place for problem in found} == {"cash_flow", "company.cash", "rounds[1].name"}


def test_the_sample_documents_have_no_problems() -> None:
    assert isinstance(steady(), Scenario)
    assert isinstance(lively(), Scenario)


def test_debt_is_stated_in_one_place():
    loan = "captable.debt={bank: {kind: venture_debt, claim: 5M USD, seniority: 1}}"
    message = "captable.debt lists what the company owes, and debt states it again"
    assert one(STEADY, loan, "company.debt=5M USD") == ("company.debt", message)
