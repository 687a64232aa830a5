"""What is made of itself is told."""

import pytest

from tests.companies import STEADY
from tests.scenario.found import problems


@pytest.mark.parametrize("row", ["burn", "runway", "cash_flow", "burn.start"])
def test_a_cash_flow_is_not_made_of_what_follows_from_it(row: str) -> None:
    found = {problem.message for problem in problems(STEADY, f"cash_flow=revenue * 0 - {row}")}
    assert f"the cash flow would be made of itself: {row!r} follows from it" in found
