"""Whether a cap table can be opened, and what of it looks suspicious."""

import pytest

from tests.contract.tables import TWO
from valsim.contract.contract import Contract


def warned(shares: str, price: str) -> list[tuple[str, str]]:
    table = TWO.replace("shares: 2M, original_issue_price: 2.5", f"shares: {shares}, original_issue_price: {price}")
    return [(problem.place, problem.code) for problem in Contract.read(table).warnings]


@pytest.mark.parametrize(("shares", "price"), [("2.5", "2M"), ("99", "10_001")])
def test_a_few_shares_at_a_very_high_price_may_be_swapped(shares, price):
    assert warned(shares, price) == [("classes.series_a.shares", "swapped")]


@pytest.mark.parametrize(("shares", "price"), [("2M", "2.5"), ("100", "1M"), ("50", "10_000"), ("0", "20k")])
def test_many_shares_a_usual_price_or_a_class_to_come_are_not(shares, price):
    assert warned(shares, price) == []
