"""What the requisite holders do about a missed milestone: waive, reprice or let lapse."""

import numpy as np
import pytest
from pydantic import ValidationError

from tests.companies import STEADY
from tests.scenario.found import one
from valsim.captable.term.waiver import Waiver
from valsim.core.parameter import at_medians

EVERYWHERE = np.ones(2000, dtype=bool)
DRAW = (np.arange(2000) + 0.5) / 2000


def waiver(waives: str | None, reprices: str | None, discount: str = "20%") -> Waiver:
    reprice = None if reprices is None else {"probability": reprices, "discount": discount}
    return at_medians(Waiver.model_validate({"probability": waives, "reprice": reprice}))


@pytest.mark.parametrize(
    ("waives", "reprices", "at_the_price", "below"),
    [
        ("10%", None, 0.1, 0),
        (None, "30%", 0, 0.3),
        ("10%", "30%", 0.1, 0.3),
        ("100%", "0%", 1, 0),
        ("0%", "100%", 0, 1),
    ],
)
def test_one_draw_decides_whether_they_waive_or_reprice_or_neither(
    waives: str | None, reprices: str | None, at_the_price: float, below: float
) -> None:
    spared = waiver(waives, reprices).spared(EVERYWHERE, DRAW)
    assert spared.where.mean() == pytest.approx(at_the_price + below)
    assert np.mean(spared.price_cut == 0.2) == pytest.approx(below)
    assert not np.any(np.where(spared.where, 0.0, spared.price_cut))


def test_where_the_condition_was_met_nothing_is_spared() -> None:
    spared = waiver("50%", "50%").spared(~EVERYWHERE, DRAW)
    assert not spared.where.any()
    assert not spared.price_cut.any()


def test_it_says_something() -> None:
    with pytest.raises(ValidationError, match="expected the chance of a waiver, or a lower price"):
        Waiver.model_validate({})


def test_both_chances_are_of_one_draw() -> None:
    spare = "if_not_met: {probability: 60%, reprice: {probability: 50%, discount: 20%}}"
    gated = f"{{name: only, at: 2026-07-01, when: revenue > 0 USD/year, new_money: 1M USD, pre_money_valuation: 500M USD, {spare}}}"
    assert one(STEADY, f"rounds=[{{name: b, series: {{like: series_a}}, closings: [{gated}]}}]") == (
        "rounds[0].closings[0].if_not_met",
        "the chances to waive and to reprice are 110 % together",
    )
