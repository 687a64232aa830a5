"""What became of each tranche, and why not."""

from typing import Any

import numpy as np
import pytest

import valsim
from tests.analysis.made import made
from tests.companies import lively
from valsim.analysis.tranches import among, settled_codes, tranches
from valsim.captable.financing.outcome import (
    DEAL_FAILED,
    ENDED,
    FUNDED,
    MISSED,
    NO_PRICE,
    NOT_FOLLOWED,
    OPEN,
    WAIVED,
)
from valsim.result import Result

ARR, AUDIT = "arr >= 25M USD/year", "audit"


def became(first: list[int], milestone: list[int], defaults: list[bool] | None = None) -> Result:
    """Paths with codes of the first two tranches of the lively company; the bridges stay open."""
    scenario, still = lively(), [OPEN] * len(first)
    columns: dict[tuple[str, ...], Any] = {}
    for tranche, codes in zip(scenario.tranches, [first, milestone, still, still], strict=True):
        columns["tranche", *tranche.key, "code"] = codes
        for name in ("new_money", "price_per_share", "post_money_valuation", "dilution"):
            columns["tranche", *tranche.key, name] = np.arange(len(first), dtype=float)
        for investor in tranche.may_default:
            columns["default", *tranche.key, investor] = np.asarray(defaults or [False] * len(first))
    return made(columns, scenario=scenario)


def test_a_tranche_left_open_was_not_followed_up_or_its_company_had_ended() -> None:
    result = became([FUNDED, DEAL_FAILED, OPEN, WAIVED], [OPEN, OPEN, OPEN, OPEN])
    first, milestone = result.scenario.tranches[:2]
    assert settled_codes(result, first).tolist() == [FUNDED, DEAL_FAILED, ENDED, WAIVED]
    assert settled_codes(result, milestone).tolist() == [ENDED, NOT_FOLLOWED, NOT_FOLLOWED, ENDED]


def test_reasons_are_in_words_and_the_commonest_is_first() -> None:
    codes = [FUNDED, MISSED + 1, MISSED + 1, MISSED + 3, DEAL_FAILED]
    milestone = tranches(became([FUNDED] * 5, codes))[1]
    assert milestone["probability_funded"] == 0.2
    assert milestone["standard_error"] == pytest.approx(0.4 / 5**0.5, rel=1e-12)
    assert milestone["not_funded_because"] == {
        f"missed {ARR}": 0.4,
        f"missed {ARR}; {AUDIT}": 0.2,
        "the deal failed before closing": 0.2,
    }
    assert next(iter(milestone["not_funded_because"])) == f"missed {ARR}"


def test_a_waived_tranche_is_funded() -> None:
    milestone = tranches(became([FUNDED] * 4, [FUNDED, WAIVED, WAIVED, NO_PRICE]))[1]
    assert (milestone["probability_funded"], milestone["probability_waived"]) == (0.75, 0.5)


def test_amounts_are_of_the_paths_on_which_it_was_funded() -> None:
    milestone = tranches(became([FUNDED] * 4, [FUNDED, NO_PRICE, FUNDED, NO_PRICE]))[1]
    assert milestone["new_money"]["mean"] == 1.0
    assert milestone["post_money_valuation"]["quantiles"]["0.5"] == 1.0
    assert milestone["dilution"]["quantiles"]["0.95"] == pytest.approx(1.9)


def test_a_milestone_is_met_whether_or_not_the_deal_then_holds() -> None:
    codes = [FUNDED, DEAL_FAILED, NO_PRICE, MISSED + 1, NOT_FOLLOWED, ENDED]
    assert tranches(became([FUNDED] * 6, codes))[1]["milestones"] == {ARR: 0.75, AUDIT: 1.0}


def test_paths_with_a_waiver_missed_what_those_without_one_missed() -> None:
    codes = [FUNDED, FUNDED, MISSED + 1, MISSED + 1, MISSED + 2, MISSED + 2, WAIVED, WAIVED]
    milestones = tranches(became([FUNDED] * 8, codes))[1]["milestones"]
    # Six of eight missed something, half of them each condition.
    assert milestones == pytest.approx({ARR: 5 / 8, AUDIT: 5 / 8}, rel=1e-12)


@pytest.mark.parametrize("codes", [[NOT_FOLLOWED, ENDED], [WAIVED, FUNDED]], ids=["never decided", "always waived"])
def test_of_conditions_that_nobody_can_tell_nothing_is_said(codes: list[int]) -> None:
    assert tranches(became([FUNDED] * 2, codes))[1]["milestones"] == {}


def test_a_tranche_without_conditions_has_no_milestones() -> None:
    assert tranches(became([FUNDED], [FUNDED]))[0]["milestones"] == {}


def test_the_window_is_that_of_the_document() -> None:
    windows = [tranche["window"] for tranche in tranches(became([FUNDED], [FUNDED]))[:2]]
    assert windows == [["2026-02-20", "2026-02-20"], ["2026-06-30", "2027-03-31"]]


def test_who_did_not_pay_is_counted_where_the_closing_was_funded_all_the_same() -> None:
    codes, defaults = [FUNDED, FUNDED, WAIVED, FUNDED, DEAL_FAILED], [True, False, False, False, True]
    first, milestone, *_ = tranches(became([FUNDED] * 5, codes, defaults))
    assert milestone["paid_short_if_funded"] == {
        "mean": 0.25,
        "standard_error": pytest.approx((0.25 * 0.75 / 4) ** 0.5),
    }
    assert milestone["defaults_if_funded"] == {"Fund": milestone["paid_short_if_funded"]}
    assert (first["paid_short_if_funded"], first["defaults_if_funded"]) == (None, {})


def test_a_closing_that_is_never_funded_has_no_chance_of_being_paid_short() -> None:
    assert tranches(became([FUNDED], [DEAL_FAILED]))[1]["paid_short_if_funded"]["mean"] is None


def test_a_closing_without_a_date_or_a_window_may_come_at_any_time() -> None:
    assert [each["at_any_time"] for each in tranches(became([FUNDED], [FUNDED]))] == [False, False, True, True]


@pytest.fixture(scope="module")
def moving() -> Result:
    return valsim.simulate(lively(), paths=4000, threads=1)


def test_reasons_and_the_chance_of_funding_add_up_to_one(moving: Result) -> None:
    for tranche in tranches(moving):
        assert tranche["probability_funded"] + sum(tranche["not_funded_because"].values()) == pytest.approx(1.0)


def test_a_signal_is_met_with_its_probability_whatever_else_happens(moving: Result) -> None:
    # 70 % of 4,000 paths, less those that ended before: 4 standard errors of the 2,800 that are left.
    assert tranches(moving)[1]["milestones"][AUDIT] == pytest.approx(0.7, abs=4 * (0.21 / 2800) ** 0.5)


def test_money_falls_short_of_what_was_asked_exactly_where_somebody_defaulted(moving: Result) -> None:
    milestone = moving.scenario.tranches[1]
    done = settled_codes(moving, milestone) == FUNDED
    short = moving.outcomes["default", *milestone.key, "Fund"][done]
    money = moving.outcomes["tranche", *milestone.key, "new_money"][done]
    assert 0 < short.sum() < short.size
    assert set(money[short]) == {10e6}
    assert set(money[~short]) == {30e6}


def test_codes_are_found_among_a_few_kinds():
    codes = np.array([FUNDED, ENDED, WAIVED, DEAL_FAILED], np.int16)
    assert among(codes, (WAIVED, FUNDED)).tolist() == [True, False, True, False]
    assert among(codes, (WAIVED, FUNDED)).dtype == np.bool_
