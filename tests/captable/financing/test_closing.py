"""A closing as it is written, and how likely its investors are to default."""

from typing import Any

import numpy as np
import pytest
from pydantic import ValidationError
from scipy.stats import norm

from valsim.captable.financing.closing import Closing
from valsim.captable.term.default import Default

CLOSING = {"name": "first", "new_money": "50M USD"}


def refused(**terms: Any) -> str:
    with pytest.raises(ValidationError) as caught:
        Closing.model_validate({**CLOSING, **terms})
    (error,) = caught.value.errors()
    return error["msg"]


def test_a_closing_has_a_date_or_a_window() -> None:
    message = refused(at="2026-03-01", between=["2026-04-01", "2026-06-01"])
    assert message == "a closing has a date (at) or a window (between), not both"


@pytest.mark.parametrize("end", ["2026-04-01", "2026-03-31"])
def test_a_window_starts_before_it_ends(end: str) -> None:
    assert refused(between=["2026-04-01", end]) == (
        f"the window starts on 2026-04-01 and ends on {end}: it has to end later"
    )


def test_a_closing_has_at_most_one_price() -> None:
    message = refused(price_per_share="4 USD", pre_money_valuation="400M USD")
    assert message == "expected one price, got price_per_share and pre_money_valuation"
    assert Closing.model_validate(CLOSING).prices == ()


def test_new_money_may_be_a_formula_and_a_plain_number_is_no_money() -> None:
    burn = Closing.model_validate({**CLOSING, "new_money": "burn * 18 months"}).new_money
    assert burn({"burn": np.array([2e6, 4e6])}).tolist() == [3e6, 6e6]
    assert refused(new_money="50M") == "expected money such as 700M USD, got '50M'"


def test_a_met_condition_obliges_and_a_missed_one_lapses_unless_it_is_waived() -> None:
    said = Closing.model_validate({**CLOSING, "if_met": "obligation", "if_not_met": "lapse"})
    unsaid = Closing.model_validate(CLOSING)
    assert (said.if_met, said.if_not_met) == (unsaid.if_met, unsaid.if_not_met) == ("obligation", None)
    waived = Closing.model_validate({**CLOSING, "if_not_met": {"probability": "10%"}}).if_not_met
    assert waived is not None
    assert waived.probability.middle == 0.1


def test_other_words_for_what_becomes_of_a_missed_condition_are_refused() -> None:
    assert refused(if_not_met="waivable") == "expected lapse, or the chance of a waiver, got 'waivable'"
    assert "'obligation' or 'option'" in refused(if_met="maybe")


@pytest.mark.parametrize(
    ("commitments", "over"),
    [
        (["20M USD", "30M USD"], None),
        (["20M USD", "30.1M USD"], (50.1e6, 50e6)),
        (["20M USD", {"family": "uniform", "low": "30M USD", "high": "40M USD"}], None),
        (["20M USD", "burn * 10 years"], None),
    ],
    ids=["all of it", "more than it takes", "a distribution", "a formula"],
)
def test_commitments_overdraw_a_closing_where_known_numbers_say_so(commitments: list[Any], over: Any) -> None:
    closing = Closing.model_validate({**CLOSING, "investors": dict(zip("ab", commitments, strict=True))})
    assert closing.overdraft(closing.investors.values()) == over


def chance(change: Any, probability: float, slope: float) -> Any:
    return Default.chance(np.asarray(change, float), np.asarray(probability), np.asarray(slope))


def test_at_an_unchanged_value_the_chance_of_default_is_the_one_stated() -> None:
    assert chance([1.0], 0.05, -0.4) == pytest.approx([0.05], rel=1e-12)


def test_the_chance_of_default_is_a_probit_in_the_log_change_of_value() -> None:
    changes = np.array([0.25, 0.5, 2.0])
    assert chance(changes, 0.05, -0.4) == pytest.approx(norm.cdf(norm.ppf(0.05) - 0.4 * np.log(changes)), rel=1e-9)


def test_a_slope_above_zero_makes_default_likelier_where_value_has_risen() -> None:
    fallen, risen = chance([0.5, 2.0], 0.05, 0.4)
    assert fallen < 0.05 < risen


def test_a_slope_of_zero_ignores_value() -> None:
    assert chance([0.0, 0.1, np.inf], 0.05, 0.0) == pytest.approx([0.05] * 3, rel=1e-12)


def test_where_nothing_is_left_default_is_sure() -> None:
    assert chance([0.0], 0.05, -0.4).tolist() == [1.0]


@pytest.mark.parametrize("probability", [0.0, 1.0])
def test_certain_default_and_certain_payment_hold_at_any_value(probability: float) -> None:
    assert chance([1e-9, 1.0, 1e9], probability, -0.4).tolist() == [probability] * 3
