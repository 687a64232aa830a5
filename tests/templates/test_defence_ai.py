"""The defence-AI template: its figures are sensible, and what drives the company moves it as it should."""

import numpy as np
import pytest

from tests.templates.playing import at, growth, left, middle, played, value

NAME = "defence_ai"


@pytest.fixture(scope="module")
def base():
    return played(NAME)


def test_growth_lies_between_that_of_a_listed_maker_and_what_the_fastest_names(base) -> None:
    rates = growth(base, "revenue", 4)
    assert 0.3 < rates[0] < 0.7  # 14% at AeroVironment, 49 to 100% at Shield AI
    assert all(0.5 < each < 0.95 for each in left(rates))


def test_hardware_gets_cheaper_to_make_than_it_gets_cheaper_to_buy(base) -> None:
    assert 0.28 < middle(base, "hardware_margin", 0) < 0.32
    assert 0.33 < middle(base, "hardware_margin", 5) < 0.45


def test_orders_wait_about_as_long_as_they_take_to_build(base) -> None:
    waited = np.nanmedian(at(base, "backlog", 3) / at(base, "hardware", 3))
    assert 0.9 < waited < 2.0


@pytest.mark.parametrize(
    ("change", "row", "grows"),
    [
        ("drivers.autonomy_lag.long_run=-6 months", "programmes", True),
        ("drivers.autonomy_lag.rivals_releases.frequency=4 per year", "win_rate", False),
        ("risks.budget_cut.probability_per_year=90%", "programmes", False),
        ("risks.safety_incident.hazard=3 per year", "programmes", False),
        ("drivers.system_cost.learning_rate=25%", "hardware_margin", True),
    ],
)
def test_lead_budget_and_mishaps_move_the_business_and_its_value(base, change: str, row: str, grows: bool) -> None:
    other = played(NAME, change)
    assert (middle(other, row, 4) > 1.02 * middle(base, row, 4)) is grows
    assert (middle(other, row, 4) < 0.98 * middle(base, row, 4)) is not grows
    assert (value(other) > value(base)) is grows
