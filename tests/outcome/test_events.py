"""What closings do besides raising money, on the company in which nothing moves."""

import numpy as np
import pytest

from tests.outcome.test_at_exit import SAFE, column
from tests.step.test_finance import PATHS
from tests.step.test_pay_to_play import DOWN, PLAY, played
from valsim.captable.financing.outcome import BY_RIGHT, CONSEQUENCE, CONVERTED, PAY_TO_PLAY

CLOSING = ("event", "b", "only")
TAKES = "captable.classes.series_a.pro_rata.probability=100%"


def test_whoever_does_not_play_is_told_and_whoever_pays_is_not() -> None:
    result = played(PLAY)
    assert column(result, *CLOSING, PAY_TO_PLAY, "Fund") == 1
    assert column(result, *CLOSING, PAY_TO_PLAY, "Bo") == 0
    assert column(played(PLAY, TAKES), *CLOSING, PAY_TO_PLAY, "Fund") == 0


def test_what_is_paid_by_right_is_what_was_not_committed_to() -> None:
    # Each has an eighth of the shares, 5M of the 40M; Bo has committed to as much by name.
    result = played(TAKES)
    assert column(result, *CLOSING, BY_RIGHT, "Fund") == pytest.approx(5e6, rel=1e-12)
    assert column(result, *CLOSING, BY_RIGHT, "Bo") == 0
    assert column(played(), *CLOSING, BY_RIGHT, "Fund") == 0


def test_a_default_is_told_where_it_costs_shares() -> None:
    default = "default: {{probability: 100%, wrong_way: 0, pays: 50%, consequence: {}}}"
    closing = "investors: {Bo: 5M USD}"
    told = DOWN.replace(closing, f"{closing}, {default.format('convert_to_common')}")
    result = played(told)
    assert column(result, *CLOSING, CONSEQUENCE, "Bo") == 1
    harmless = played(DOWN.replace(closing, f"{closing}, {default.format('none')}"))
    assert (*CLOSING, CONSEQUENCE, "Bo") not in harmless.outcomes


def test_a_safe_that_becomes_shares_is_told_of_the_closing_that_converts_it() -> None:
    converting = DOWN.replace("name: b,", "name: b, conversion_method: pre_money,")
    result = played(converting, SAFE)
    assert result.outcomes[*CLOSING, CONVERTED, "safe"].tolist() == [1.0] * PATHS
    assert column(result, "convertible", "safe", "held") == 0
    failed = played(converting.replace("new_money: 40M", "probability: 0%, new_money: 40M"), SAFE)
    assert column(failed, *CLOSING, CONVERTED, "safe") == 0


def test_what_happened_in_one_step_is_not_forgotten_in_the_next() -> None:
    default = "default: {probability: 60%, wrong_way: 0, pays: 50%, consequence: convert_to_common}"
    told = DOWN.replace("at: 2026-07-01", "between: [2026-07-01, 2027-07-01], when: revenue >= 100M USD/year")
    told = told.replace("investors: {Bo: 5M USD}", f"investors: {{Bo: 5M USD}}, {default}")
    noisy = (
        "drivers.revenue={kind: geometric_brownian, start: 95M USD/year, growth: 5%, volatility: 30%, unit: USD/year}"
    )
    result = played(told, noisy, paths=500)
    missed, struck = result.outcomes["default", "b", "only", "Bo"], result.outcomes[*CLOSING, CONSEQUENCE, "Bo"]
    assert len(np.unique(result.outcomes["tranche", "b", "only", "time"])) > 3
    assert 0 < np.mean(missed) < 1
    assert struck.astype(bool).tolist() == missed.tolist()
