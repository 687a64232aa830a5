"""A dividend that was never declared is no claim; one that was declared is paid in any case."""

from typing import Any

import pytest

from tests.captable.term.dividend.dividends import ledger, paid, told

NONE_DECLARED = {"rate": "8%", "declared_unpaid": "0 USD"}
DECLARED = {"rate": "8%", "declared_unpaid": "1M USD"}


@pytest.mark.parametrize(
    ("terms", "proceeds", "expected"),
    [
        (NONE_DECLARED, 15e6, 5e6),  # DW8 of github.com/ogulcan-ozyavuz/algorithmic-game-theory-for-private-equity
        (NONE_DECLARED, 40e6, 8e6),
        (DECLARED, 15e6, 6e6),
        (DECLARED, 41e6, 9e6),  # converted: a fifth of 40, and what was declared
    ],
)
def test_only_what_was_declared_is_paid_also_to_shares_that_convert(
    terms: dict[str, Any], proceeds: float, expected: float
) -> None:
    assert paid(ledger(None, non_cumulative_dividend=terms), proceeds) == pytest.approx(expected, rel=1e-12)


def test_both_kinds_of_dividend_add_up() -> None:
    accrued = {"accrued": "800k USD", "settlement": "forfeit_on_conversion"}
    assert paid(ledger(accrued, non_cumulative_dividend=DECLARED), 20e6) == pytest.approx(6.8e6, rel=1e-12)


def test_a_cap_is_said_to_hold_what_was_declared_or_not() -> None:
    capped = {"participation": "capped", "participation_cap_multiple": 2}
    ((place, _),) = told(None, non_cumulative_dividend=DECLARED, **capped)
    assert place == "classes.series_a.non_cumulative_dividend"
    for basis, expected in (("includes_dividends", 10e6), ("excludes_dividends", 11e6)):
        terms = {**DECLARED, "participation_cap_basis": basis}
        assert paid(ledger(None, non_cumulative_dividend=terms, **capped), 45e6) == pytest.approx(expected, rel=1e-12)
