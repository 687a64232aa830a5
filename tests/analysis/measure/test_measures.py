"""Every measure says what the summary of the same result says, and how far it may be off."""

import numpy as np
import pytest

import valsim
from tests.companies import lively, steady
from valsim.analysis.formula import Formula
from valsim.analysis.measure import MEASURES
from valsim.analysis.measured import Measured
from valsim.analysis.summary import summary
from valsim.core.streams import BATCH
from valsim.manual.explain import explained
from valsim.manual.lookup import look_up

RESULT = valsim.simulate(lively(), paths=2 * BATCH, threads=1)
TOLD = summary(RESULT)
FUND = next(holder for holder in TOLD["holders"] if holder["name"] == "Fund")
ME = next(holder for holder in TOLD["holders"] if holder["name"] == "me")
FIRST, MILESTONE = TOLD["tranches"][:2]
CLASS = {each["name"]: each for each in TOLD["classes"]}

SAID = {
    "present_value": ("present_value(me)", ME["present_value"]),
    "paid_today": ("paid_today(me)", ME["invested_today"]),
    "invested": ("invested(Fund)", FUND["invested"]),
    "proceeds": ("proceeds(Fund)", FUND["proceeds"]),
    "moic": ("moic(me)", ME["moic"]),
    "dpi": ("dpi(me)", ME["dpi"]),
    "rvpi": ("rvpi(Fund)", FUND["rvpi"]),
    "value_at_risk": ("value_at_risk(Fund)", FUND["tail"]["0.95"]["value_at_risk"]),
    "expected_shortfall": ("expected_shortfall(Fund)", FUND["tail"]["0.95"]["expected_shortfall"]),
    "price_worth_paying": ("price_worth_paying(me)", ME["prices"]["worth_today"]),
    "ownership_at_exit": ("ownership_at_exit(Fund)", FUND["ownership_at_exit"]),
    "present_value_of_opening_classes": (
        "present_value_of_opening_classes", TOLD["health"]["present_value_of_opening_classes"],
    ),
    "new_money": ("new_money(series_b/milestone)", MILESTONE["new_money"]),
    "present_value_per_share": (
        "present_value_per_share(series_a)",
        {"mean": CLASS["series_a"]["present_value_per_share"], "standard_error": CLASS["series_a"]["standard_error"]},
    ),
    "probability_of_loss": (
        "probability_of_loss(me)",
        {"mean": ME["probability_of_loss"], "standard_error": ME["probability_of_loss_standard_error"]},
    ),
    "probability_funded": (
        "probability_funded(series_b/milestone)",
        {"mean": MILESTONE["probability_funded"], "standard_error": MILESTONE["standard_error"]},
    ),
    **{
        f"probability_{each}": (f"probability_{each}(series_b/milestone)", MILESTONE["outcomes"][each])
        for each in ("walked", "lapsed", "waived", "repriced", "defaulted")
    },
    "probability_of_exit": (
        "probability_of_exit(ipo)",
        {"mean": TOLD["exits"]["ipo"], "standard_error": TOLD["exit_standard_errors"]["ipo"]},
    ),
}  # fmt: skip
"""What the summary says, by the measure that says it too."""


@pytest.mark.parametrize("name", SAID)
def test_a_measure_agrees_with_the_summary(name: str) -> None:
    text, said = SAID[name]
    found = Formula.parse(text)(RESULT)
    assert found.value == pytest.approx(said["mean"], rel=1e-12)
    assert found.standard_error == pytest.approx(said["standard_error"], rel=2e-3)


@pytest.mark.parametrize("name", MEASURES)
def test_every_measure_is_told_and_answers_for_everybody_it_may_be_asked_of(name: str) -> None:
    measure = MEASURES[name]
    assert f"  Example: {measure.example}" in explained(look_up(name), 200)
    for key in measure.of.names(RESULT.scenario).values():
        found = measure.of_result(RESULT, *key)
        assert found.influence.shape == (2 * BATCH,)
        if np.isfinite(found.value):
            assert abs(np.mean(found.influence)) <= 1e-9 * max(1.0, np.std(found.influence), abs(found.value))
            assert found.standard_error >= 0


def test_what_a_deal_is_worth_is_what_comes_less_what_is_paid() -> None:
    net, apart = (Formula.parse(t)(RESULT) for t in ("net_present_value(me)", "present_value(me) - paid_today(me)"))
    assert net.value == pytest.approx(apart.value, rel=1e-12)
    assert net.standard_error == pytest.approx(apart.standard_error, rel=1e-12)


def test_the_chance_to_invest_is_what_the_summary_leaves() -> None:
    assert Formula.parse("probability_invested(me)")(RESULT).value == pytest.approx(1 - ME["never_invested"])


def test_a_class_is_worth_its_shares_and_the_company_its_classes() -> None:
    result = valsim.simulate(steady(), paths=3, threads=1)
    shares = Formula.parse("present_value_of_class(series_a) / present_value_per_share(series_a)")(result)
    whole = Formula.parse("present_value_of_class(series_a) + present_value_of_class(common)")(result)
    assert (shares.value, shares.standard_error) == (pytest.approx(25e6), 0.0)
    assert whole.value == pytest.approx(Formula.parse("present_value_of_opening_classes")(result).value)


def test_what_the_company_leaves_is_what_all_holders_receive_at_its_end() -> None:
    at_exit = sum(row for key, row in RESULT.outcomes.items() if key[0] == "holder" and key[2] in ("at exit", "carry"))
    found = Formula.parse("company_proceeds")(RESULT)
    assert found.value == pytest.approx(float(at_exit.mean()), rel=1e-9)


@pytest.mark.parametrize("what", ["price_per_share", "post_money_valuation", "dilution"])
def test_a_number_of_a_closing_is_of_the_paths_on_which_it_is_funded(what: str) -> None:
    row = RESULT.outcomes["tranche", "series_b", "first", what]
    found = Formula.parse(f"{what}(series_b/first)")(RESULT)
    assert found.value == pytest.approx(float(row[row > 0].mean()), rel=1e-12)


def test_a_closing_that_is_never_funded_has_no_price() -> None:
    result = valsim.simulate(lively("rounds.series_b.closings.first.probability=0%"), paths=200, threads=1)
    assert np.isnan(Formula.parse("price_per_share(series_b/first)")(result).value)


@pytest.mark.parametrize("holder", ["Fund"])
def test_the_error_of_the_rate_of_return_is_that_of_other_seeds(holder: str) -> None:
    measure = MEASURES["irr_of_expected_cash_flows"].of_result
    found = [measure(valsim.simulate(lively(), paths=500, seed=seed, threads=1), holder) for seed in range(20)]
    spread = float(np.std([each.value for each in found], ddof=1))
    # Of 20 seeds the spread itself is off by 16 %.
    assert np.mean([each.standard_error for each in found]) == pytest.approx(spread, rel=0.4)


def test_a_rate_that_no_path_makes_uncertain_has_no_error() -> None:
    found = MEASURES["irr_of_expected_cash_flows"].of_result(valsim.simulate(steady(), paths=3, threads=1), "Fund")
    assert found.value == pytest.approx(summary_rate(), rel=1e-9)
    assert found.standard_error == pytest.approx(0, abs=1e-12)


def summary_rate() -> float:
    """A quarter of 510M for the 100M that were paid a year before the start, four years (1461 days) later."""
    return float((127.5 / 100) ** (1 / 4) - 1)


def test_a_holder_that_pays_nothing_has_no_rate() -> None:
    found = MEASURES["irr_of_expected_cash_flows"].of_result(valsim.simulate(steady(), paths=3, threads=1), "Ada")
    assert isinstance(found, Measured)
    assert np.isnan(found.value)
