"""At the exit a portfolio of options pays what the diagram pays, jumps included."""

import numpy as np
import pytest

from tests.contract.tables import THREE, TWO
from tests.value.fair_value.companies import FALLS, exits
from valsim.value.fair_value.tranches import Options, portfolio

AT_THE_EXIT = Options(
    lambda value, strike: np.maximum(value - strike, 0.0), lambda value, strike: (value >= strike).astype(float)
)


@pytest.mark.parametrize("text", [TWO, THREE, FALLS], ids=["two classes", "three", "a payout that jumps"])
def test_options_that_expire_now_pay_what_the_diagram_pays(text):
    diagram, proceeds = exits(text).diagram("acquisition"), np.geomspace(1e4, 1e10, 301)
    worth = portfolio(diagram).worth(AT_THE_EXIT, proceeds)
    for name, paid in diagram.paid(proceeds).items():
        np.testing.assert_allclose(worth[name], paid, rtol=1e-9, atol=1e-2)


def test_only_payouts_that_jump_hold_binary_calls():
    jumping, straight = (portfolio(exits(text).diagram("acquisition")) for text in (FALLS, TWO))
    assert not any(row.any() for row in straight.binary_calls.values())
    # At 50M the preference of 10M is given up: a fifth of it comes back as part of the rest.
    assert jumping.binary_calls["series_b"][jumping.binary_calls["series_b"] != 0] == pytest.approx([-8e6], rel=1e-6)
    assert sum(jumping.binary_calls.values()) == pytest.approx(0.0, abs=1.0)
