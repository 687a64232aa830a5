"""Investors that do not pay: each with a chance of its own, together through one factor, and by the rows of the path."""

import numpy as np
import pytest

from tests.companies import STEADY
from tests.scenario.found import one
from tests.step.test_finance import GROWS, codes, played
from valsim.captable.financing.outcome import FUNDED
from valsim.captable.term.default import Default, one_factor
from valsim.core.rows import Row
from valsim.core.special import normal_cumulative, normal_quantile
from valsim.core.streams import Streams

PATHS = 6000
NAMES = ("Lead", "Bo")


def first(default: str, name: str = "first", more: str = "") -> str:
    return (
        f"{{name: {name}, at: 2026-07-01, new_money: 20M USD, price_per_share: 4 USD, investors: {{Lead: 10M USD, Bo: 5M USD}}, "
        f"default: {{wrong_way: 0, consequence: none, {default}}}{more}}}"
    )


def missed(
    *closings: str, names: tuple[str, ...] = ("first",), overrides: tuple[str, ...] = ()
) -> dict[tuple[str, str], Row]:
    result = played(*closings, overrides=overrides, paths=PATHS)
    return {(name, who): result.outcomes["default", "b", name, who] for name in names for who in NAMES}


def near(row: Row, chance: float) -> bool:
    return bool(abs(np.mean(row) - chance) <= 4 * np.sqrt(chance * (1 - chance) / row.size))  # four standard errors


def test_an_investor_may_have_a_chance_of_its_own() -> None:
    found = missed(first("probability: 30%, by_investor: {Bo: 5%}"))
    assert near(found["first", "Lead"], 0.3)
    assert near(found["first", "Bo"], 0.05)
    assert near(found["first", "Lead"] & found["first", "Bo"], 0.015)


def test_value_plays_no_part_for_a_company_that_had_none_at_the_start() -> None:
    # A multiple of 5 goes to 500 within days: equity of 500M - 600M, which is nothing, becomes much.
    grows = ("company.debt=600M USD", "valuation.multiple.mean=500", "valuation.multiple.half_life=1 day")
    slope = first("probability: 30%").replace("wrong_way: 0", "wrong_way: -2")
    assert near(missed(slope, overrides=grows)["first", "Lead"], 0.3)


def test_without_correlation_the_draws_are_those_of_each_investor_bit_by_bit() -> None:
    alone, zero = (missed(first(f"probability: 30%{more}")) for more in ("", ", correlation: 0%"))
    assert all(np.array_equal(row, zero[key]) for key, row in alone.items())


def test_with_full_correlation_whoever_is_less_likely_defaults_only_with_the_others() -> None:
    later = first("probability: 10%, correlation: 100%", "later").replace("2026-07-01", "2027-01-01")
    found = missed(
        first("probability: 30%, by_investor: {Bo: 20%}, correlation: 100%"), later, names=("first", "later")
    )
    nested = [found["first", "Lead"], found["first", "Bo"], found["later", "Bo"]]
    for row, chance in zip(nested, (0.3, 0.2, 0.1), strict=True):
        assert near(row, chance)
    assert not np.any(nested[1] > nested[0])
    assert not np.any(nested[2] > nested[1])
    assert np.array_equal(found["later", "Lead"], found["later", "Bo"])


@pytest.mark.parametrize("rho", [0.3, 0.7])
def test_a_factor_keeps_each_chance_and_makes_two_defaults_as_likely_as_two_correlated_normals(rho: float) -> None:
    later = first(f"probability: 20%, correlation: {rho}", "later").replace("2026-07-01", "2027-01-01")
    found = missed(first(f"probability: 20%, correlation: {rho}"), later, names=("first", "later"))
    # P(both) of a bivariate normal: the mean over the factor of the square of the chance given it.
    z = np.linspace(-8, 8, 4001)
    given = normal_cumulative((normal_quantile(np.asarray(0.2)) - np.sqrt(rho) * z) / np.sqrt(1 - rho))
    both = float(np.sum(given**2 * np.exp(-z * z / 2)) / np.sum(np.exp(-z * z / 2)))
    rows = list(found.values())
    assert all(near(row, 0.2) for row in rows)
    assert near(rows[0] & rows[1], both)  # two investors of a closing
    assert near(rows[0] & rows[2], both)  # one investor in two closings


def test_mixed_numbers_are_uniform() -> None:
    streams = Streams(3, 0, 2, 8000)
    mixed = one_factor(streams.uniform("a"), streams.uniform("b"), np.full(8000, 0.4))
    assert np.max(np.abs(np.sort(mixed) - (np.arange(8000) + 0.5) / 8000)) < 1.63 / np.sqrt(8000)  # Kolmogorov, 1 %


def test_a_chance_may_be_a_formula_of_any_row() -> None:
    # Users are 141 in July: of those two formulas one gives 0, the other 1, and more than 1 counts as 1.
    formula = 'probability: "if(users > 200, 100%, 0%)", by_investor: {Bo: "users / 100"}'
    found = missed(first(formula))
    assert not found["first", "Lead"].any()
    assert found["first", "Bo"].all()


def test_falling_value_and_correlation_go_together() -> None:
    falls = "valuation.multiple={kind: constant, value: 1}"
    wrong_way = first("probability: 10%, correlation: 50%").replace("wrong_way: 0", "wrong_way: -0.5")
    still, fallen = (
        missed(wrong_way, overrides=(*o,))["first", "Lead"]
        for o in (
            (falls,),
            (falls, "drivers.revenue={kind: geometric_brownian, start: 100M USD/year, growth: -90%, volatility: 0}"),
        )
    )
    assert near(still, 0.1)
    assert np.all(fallen >= still)
    assert fallen.mean() > 1.5 * still.mean()


def test_an_anchor_makes_a_closing_likelier_and_losses_more_concentrated() -> None:
    # The same money, the same random numbers: followers pay where the anchor does, and none where it does not.
    alone = first("probability: 0%", more=", at_least: 100%, followers: {probability: 60%}")
    anchored = first(
        "probability: 0%", more=", at_least: 100%, anchor: Lead, followers: {probability: 90%, if_anchor_defaults: 10%}"
    )
    without, with_anchor = (np.array(codes(played(each, paths=PATHS), "first")) == FUNDED for each in (alone, anchored))
    assert np.all(with_anchor >= without)
    assert near(without, 0.6**3)
    assert near(with_anchor, 0.9**2)
    # What is not raised: one investor's default now takes the others with it.
    risky = "probability: 0%, by_investor: {Lead: 20%}"
    spread_out = played(first(risky, more=", followers: {probability: 90%}"), paths=PATHS)
    together = played(
        first(risky, more=", anchor: Lead, followers: {probability: 97%, if_anchor_defaults: 10%}"), paths=PATHS
    )
    raised = [run.outcomes["tranche", "b", "first", "new_money"] for run in (spread_out, together)]
    assert raised[1].std() > 1.3 * raised[0].std()
    assert np.mean(raised[1] <= 5e6) > 2 * np.mean(raised[0] <= 5e6)


@pytest.mark.parametrize(
    ("default", "place", "message"),
    [
        ("probability: 5%, by_investor: {Leed: 5%}", "by_investor.Leed",
         "the closing names no investor 'Leed', so it cannot default"),
        ("probability: cash", "probability", "expected a plain number, got USD"),
        ("probability: 5%, by_investor: {Bo: cash}", "by_investor.Bo", "expected a plain number, got USD"),
        ("probability: 5%, correlation: 140%", "correlation", "must be at most 1, got '140%'"),
    ],
)  # fmt: skip
def test_what_does_not_fit_is_told(default: str, place: str, message: str) -> None:
    rounds = f"rounds=[{{name: b, series: {{like: series_a}}, closings: [{first(default)}]}}]"
    assert one(STEADY, GROWS, rounds) == (f"rounds[0].closings[0].default.{place}", message)


def test_the_chance_of_a_default_is_within_its_limits() -> None:
    assert Default.chance(np.asarray(1.0), np.array([-0.5, 0.5, 1.5]), np.asarray(0.0)).tolist() == [0.0, 0.5, 1.0]
