"""Pay-to-play and pull-up in the loop: what it does to the money of those who pay and of those who do not."""

import numpy as np
import pytest

import valsim
from tests.companies import steady
from tests.step.test_finance import PATHS, payments
from valsim.result import Result

CLASSES = (
    "captable.positions={Ada: {common: 60M}, Fund: {series_a: 50%}, Bo: {series_a: 50%}}",
    "captable.classes.series_a.pro_rata={base: fully_diluted, probability: 0%}",
)
PLAY = "captable.classes.series_a.pay_to_play={rounds: down, consequence: convert_to_common}"
DOWN = (
    "rounds=[{name: b, series: {like: series_a, seniority: 2}, closings: [{name: only, at: 2026-07-01, "
    "new_money: 40M USD, investors: {Bo: 5M USD}, pre_money_valuation: 200M USD}]}]"
)
LOW = "valuation.multiple={kind: constant, value: 0.5}"
"""Enterprise value 50M: with the 10M and the 40M of the round a sale pays 100M."""


def played(*overrides: str, paths: int = PATHS) -> Result:
    return valsim.simulate(steady(*CLASSES, DOWN, LOW, *overrides), paths=paths, threads=1)


def proceeds(result: Result, holder: str) -> float:
    (value,) = np.unique(result.outcomes["holder", holder, "proceeds"])
    return float(value)


def test_whoever_does_not_pay_loses_its_preference_to_those_who_do() -> None:
    kept, struck = played(), played(PLAY)
    # 40M go to series b first. Of the 60M that are left series a takes all without pay-to-play: 50M each are owed.
    assert proceeds(kept, "Fund") == pytest.approx(30e6, rel=1e-12)
    # With it Fund is common: series a is Bo's alone, whose 50M are paid before any common share.
    b, everybody = proceeds(struck, "Bo") - 50e6, 5e6
    assert b == pytest.approx(everybody, rel=1e-12)
    assert proceeds(struck, "Fund") == pytest.approx(10e6 * 12.5 / 87.5, rel=1e-12)
    assert struck.outcomes["proceeds",] == pytest.approx([100e6] * PATHS, rel=1e-12)


def test_whoever_pays_in_full_keeps_everything() -> None:
    result = played(PLAY, "captable.classes.series_a.pro_rata.probability=100%")
    assert payments(result, "Fund")["2026-07-01"] == pytest.approx(-PATHS * 5e6, rel=1e-12)
    assert proceeds(result, "Fund") == pytest.approx(30e6 + 5e6, rel=1e-12)


def test_shares_without_protection_are_a_class_of_the_result_like_any_other() -> None:
    lost = PLAY.replace("convert_to_common", "lose_anti_dilution")
    result = played(lost)
    name = "series_a, unprotected since b, only"
    keys = ("series_a", name, "b")
    values = [result.valued["class", key, "present value per share"] for key in keys]
    assert np.all(np.isfinite(values))
    # Both halves of series a have one preference, of one rank: at a low price they are worth the same.
    assert values[0] == pytest.approx(values[1], rel=1e-12)
    dear = played(lost, "valuation.multiple={kind: constant, value: 50}")
    values = [dear.valued["class", key, "present value per share"] for key in keys]
    assert np.all(values[1] < values[0])
    assert sum(
        dear.outcomes["holder", each, "ownership at exit"]
        for each in ("Ada", "Fund", "Bo", "other holders", "other b investors")
    ) == pytest.approx([1.0] * PATHS, rel=1e-12)


def test_a_class_that_lost_its_protection_keeps_its_right_to_be_redeemed() -> None:
    lost = PLAY.replace("convert_to_common", "lose_anti_dilution")
    right = "captable.classes.series_a.redemption={at: 2027-01-01, return_per_year: 10%, compounding: simple, payer: company}"
    result = played(lost, right, "company.cash=300M USD")
    name = "series_a, unprotected since b, only"
    paid = [result.outcomes["redemption", key, "paid"] for key in ("series_a", name)]
    assert paid[0] == pytest.approx([12.5e6 * 4.8] * PATHS, rel=1e-3)
    assert paid[1] == pytest.approx(paid[0], rel=1e-12)


@pytest.mark.parametrize(("rights", "later"), [("stand", 2), ("end", 1)])
def test_a_default_may_end_the_rights_in_later_closings(rights: str, later: int) -> None:
    default = f"default: {{probability: 100%, wrong_way: 0, consequence: none, later_rights: {rights}}}"
    first = f"{{name: first, at: 2026-07-01, new_money: 10M USD, pre_money_valuation: 400M USD, investors: {{Fund: 4M USD}}, {default}}}"
    second = "{name: second, at: 2026-10-01, new_money: 10M USD, investors: {Fund: 4M USD}}"
    next_round = "{name: c, series: {like: series_a}, closings: [{name: only, at: 2027-04-01, new_money: 10M USD, pre_money_valuation: 400M USD}]}"
    rounds = f"rounds=[{{name: b, series: {{like: series_a}}, closings: [{first}, {second}]}}, {next_round}]"
    right = "captable.classes.series_a.pro_rata.probability=100%"
    result = valsim.simulate(steady(*CLASSES, rounds, right), paths=PATHS, threads=1)
    days = payments(result, "Fund").keys() & {"2026-07-01", "2026-10-01", "2027-04-01"}
    assert days == ({"2026-10-01", "2027-04-01"} if rights == "stand" else set())
    # Nobody pays what it committed to; what it does not take by right the others pay.
    raised = [result.outcomes["tranche", *key, "new_money"][0] for key in (("b", "second"), ("c", "only"))]
    assert raised == pytest.approx([10e6 if later == 2 else 6e6, 10e6], rel=1e-12)


def test_who_is_struck_depends_on_the_path_alone_and_not_on_how_many_are_played() -> None:
    half = "captable.classes.series_a.pro_rata.probability=50%"
    few, many = (played(PLAY, half, paths=paths) for paths in (40, 5000))
    for holder in ("Fund", "Bo"):
        rows = [result.outcomes["holder", holder, "proceeds"] for result in (few, many)]
        assert np.array_equal(rows[0], rows[1][:40])
