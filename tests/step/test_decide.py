"""Deciding about tranches within a step: to fund or to walk away, to default, to waive, for all investors or for one."""

from dataclasses import dataclass
from typing import Any

import numpy as np
import pytest

import valsim
from tests.companies import lively, steady
from valsim.analysis.tranches import tranches
from valsim.captable.financing.outcome import DEFAULTED, FUNDED, MISSED, REPRICED, TOO_LITTLE, WAIVED, WALKED
from valsim.core.policy import ALL_OF_THEM, CONTRACTUAL, Choices, Decision
from valsim.core.rows import Bools, Rows
from valsim.result import Result
from valsim.scenario.model import Scenario

PATHS = 2
GROWS = "drivers.users={kind: geometric_brownian, start: 100, growth: 100%, volatility: 0}"
DEFAULT = "default: {probability: 0%, wrong_way: 0, consequence: convert_to_common}"


@dataclass(frozen=True)
class Always:
    """Chooses the same alternative wherever it is offered, and the first one elsewhere."""

    alternative: str
    notes: tuple[str, ...] = ()

    def decides(self, decision: Decision) -> bool:
        del decision
        return True

    def __call__(self, decision: Decision, rows: Rows, where: Bools) -> Choices:
        del rows
        offered = self.alternative in decision.alternatives
        return np.full(where.shape, decision.alternatives.index(self.alternative) if offered else 0, dtype=np.int8)


def company(terms: str, *overrides: str, decide_for: str = ALL_OF_THEM) -> Scenario:
    """The company in which nothing moves but users, with one closing of 20M at 4 a share: Fund pays 12M, others 8M."""
    closing = f"{{name: c, new_money: 20M USD, price_per_share: 4 USD, investors: {{Fund: 12M USD}}, {terms}}}"
    rounds = f"rounds=[{{name: b, series: {{like: series_a, seniority: 2}}, closings: [{closing}]}}]"
    who = f"decisions={{policy: contractual, decide_for: {decide_for}}}"
    return steady(GROWS, rounds, who, *overrides)


def played(scenario: Scenario, alternative: str, *notes: str) -> Result:
    return valsim.simulate(scenario, paths=PATHS, threads=1, policy=Always(alternative, notes))


def code(result: Result) -> int:
    (found,) = set(result.outcomes["tranche", "b", "c", "code"].tolist())
    return int(found)


def paid(result: Result) -> dict[str, float]:
    """What everybody paid on one path after the start."""
    sums: dict[str, float] = {}
    for (holder, time), batches in result.paid_in.items():
        if float(time) > 0 and batches.any():
            sums[holder] = sums.get(holder, 0.0) - float(batches.sum()) / PATHS
    return sums


OPTION = "at: 2026-07-01, if_met: option"
BOTH = {"Fund": 12e6, "other b investors": 8e6}


@pytest.mark.parametrize(
    ("decide_for", "alternative", "became", "payments"),
    [
        (ALL_OF_THEM, "fund", FUNDED, BOTH),
        (ALL_OF_THEM, "walk", WALKED, {}),
        ("Fund", "fund", FUNDED, BOTH),
        ("Fund", "walk", FUNDED, {"other b investors": 8e6}),
    ],
)
def test_an_option_is_taken_up_or_not_by_all_or_by_one(
    decide_for: str, alternative: str, became: int, payments: dict[str, float]
) -> None:
    result = played(company(OPTION, decide_for=decide_for), alternative)
    assert (code(result), paid(result)) == (became, payments)


def test_without_a_policy_an_option_is_taken_up() -> None:
    assert paid(valsim.simulate(company(OPTION), paths=PATHS, threads=1)) == BOTH


def test_a_closing_that_takes_more_than_the_others_pay_fails_where_one_walks() -> None:
    result = played(company(f"{OPTION}, at_least: 60%", decide_for="Fund"), "walk")
    assert (code(result), paid(result)) == (TOO_LITTLE, {})


def test_where_the_only_investor_walks_the_closing_is_walked_away_from() -> None:
    alone = company(OPTION, "rounds.b.closings.c.investors={Fund: 20M USD}", decide_for="Fund")
    assert code(played(alone, "walk")) == WALKED


@pytest.mark.parametrize(("alternative", "became", "struck"), [("fund", FUNDED, 0.0), ("default", DEFAULTED, 1.0)])
def test_whoever_is_obliged_pays_or_bears_the_consequence_of_a_default(
    alternative: str, became: int, struck: float
) -> None:
    result = played(company(f"at: 2026-07-01, {DEFAULT}"), alternative)
    assert code(result) == became
    assert result.outcomes["event", "b", "c", "consequence", "Fund"].tolist() == [struck] * PATHS


@pytest.mark.parametrize(
    ("alternative", "became", "price"), [("lapse", MISSED + 1, 0.0), ("waive", WAIVED, 4.0), ("reprice", REPRICED, 3.0)]
)
def test_a_missed_condition_lapses_or_is_waived_or_repriced(alternative: str, became: int, price: float) -> None:
    terms = (
        "at: 2026-07-01, when: users >= 1000, if_not_met: {probability: 0%, reprice: {probability: 0%, discount: 25%}}"
    )
    result = played(company(terms), alternative)
    assert code(result) == became
    assert result.outcomes["tranche", "b", "c", "price_per_share"].tolist() == [price] * PATHS


def test_one_holder_decides_about_no_waiver() -> None:
    terms = "at: 2026-07-01, when: users >= 1000, if_met: option, if_not_met: {probability: 0%}"
    assert code(played(company(terms, decide_for="Fund"), "waive")) == MISSED + 1


def test_a_choice_shows_when_it_was_taken_and_what_was_on_the_table() -> None:
    rows = ("users", "new_money", "commitment", "price_per_share", "pre_money_valuation", "post_money_valuation")
    terms = "between: [2026-02-01, 2028-01-01], when: users >= 200, if_met: option"
    result = played(company(terms, decide_for="Fund"), "walk", *rows)
    seen = {name: float(result.outcomes["decision", "b", "c", "met", name][0]) for name in ("choice", *rows)}
    users = seen.pop("users")
    assert 200 <= users < 240  # the first quarter in which there are so many
    assert seen == {
        "choice": 1.0, "new_money": 20e6, "commitment": 12e6, "price_per_share": 4.0,
        "pre_money_valuation": 400e6, "post_money_valuation": 420e6,
    }  # fmt: skip


def test_effects_of_walking_are_not_those_of_lapsing() -> None:
    terms = f'{OPTION}, if_walked: {{multiple: "* 0.5"}}, if_lapsed: {{multiple: "* 0.1"}}'
    assert played(company(terms), "walk").outcomes["proceeds",] == pytest.approx(
        [260e6] * PATHS
    )  # 250M and 10M of cash


def test_a_policy_that_decides_nothing_changes_no_bit() -> None:
    plain = valsim.simulate(lively(), paths=2000, threads=1)
    assert same(plain, valsim.simulate(lively(), paths=2000, threads=1, policy=CONTRACTUAL))


def same(one: Result, other: Result) -> bool:
    pairs: list[tuple[Any, Any]] = [(one.outcomes, other.outcomes), (one.valued, other.valued)]
    return all(
        a.keys() == b.keys() and all(np.array_equal(a[key], b[key], equal_nan=True) for key in a) for a, b in pairs
    )


def test_whoever_defaults_by_choice_has_no_rights_later_where_the_clause_says_so() -> None:
    clause = "default: {probability: 0%, wrong_way: 0, pays: 25%, later_rights: end, consequence: none}"
    second = "{name: second, at: 2026-10-01, new_money: 20M USD, price_per_share: 4 USD, investors: {Fund: 12M USD}}"
    first = f"{{name: c, at: 2026-07-01, new_money: 20M USD, price_per_share: 4 USD, investors: {{Fund: 12M USD}}, {clause}}}"
    rounds = f"rounds=[{{name: b, series: {{like: series_a, seniority: 2}}, closings: [{first}, {second}]}}]"
    together = played(steady(GROWS, rounds, "decisions={policy: contractual}"), "default")
    assert paid(together) == {"Fund": 3e6, "other b investors": 2e6}
    alone = played(steady(GROWS, rounds, "decisions={policy: contractual, decide_for: Fund}"), "default")
    assert paid(alone) == {"Fund": 3e6, "other b investors": 16e6}


def test_a_choice_to_pay_stands_for_a_later_try() -> None:
    terms = (
        "between: [2026-02-01, 2026-12-31], if_met: option, probability: 0%, tries_again: {after: 3 months, at_most: 3}"
    )
    result = played(company(terms), "fund", "users")
    assert float(result.outcomes["tranche", "b", "c", "tries"][0]) >= 2.0
    assert float(result.outcomes["decision", "b", "c", "met", "users"][0]) < 110  # of the first day


@pytest.mark.parametrize("alternative", ["fund", "default"])
def test_it_is_told_of_everybody_who_may_default_by_choice_whether_anybody_does(alternative: str) -> None:
    clause = "at: 2026-07-01, default: {probability: 0%, wrong_way: 0, pays: 25%, consequence: none}"
    result = played(company(clause), alternative)
    other = result.outcomes["default", "b", "c", "other b investors"]
    assert bool(other[0]) == (alternative == "default")
    (tranche,) = tranches(result)
    assert ("other b investors" in tranche["defaults_if_funded"]) == (alternative == "default")


def test_whoever_does_not_follow_on_owes_nothing_and_loses_nothing_by_a_default_of_all() -> None:
    right = "captable.classes.series_a.pro_rata={base: fully_diluted, probability: 50%}"
    held = "captable.positions={Fund: {series_a: 60%}, Angel: {series_a: 40%}}"
    document = company(f"at: 2026-07-01, {DEFAULT}", right, held)
    result = valsim.simulate(document, paths=60, threads=1, policy=Always("default"))
    owed = result.outcomes["default", "b", "c", "Angel"]
    assert 0 < owed.mean() < 1
    assert np.array_equal(result.outcomes["event", "b", "c", "consequence", "Angel"], owed)
