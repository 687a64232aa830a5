"""What a document says of its peers is checked: units, rows whose time series are kept, and who the investor is."""

from tests.companies import LIVELY, STEADY
from tests.scenario.found import one, warned


def test_a_figure_in_another_unit_is_told() -> None:
    place, message = one(STEADY, "base_rates={peers: software, gross_profit: revenue * 2 years}")
    assert place == "base_rates.gross_profit"
    assert message == "expected USD/year, got USD"


def test_retention_is_a_fraction() -> None:
    assert one(STEADY, "base_rates={peers: software, net_revenue_retention: revenue}") == (
        "base_rates.net_revenue_retention", "expected a plain number, got USD/year"
    )  # fmt: skip


def test_a_row_whose_time_series_is_not_kept_is_told() -> None:
    place, message = one(LIVELY, "base_rates={peers: software, gross_profit: gross_profit * arr.growth}")
    assert (place, message) == ("base_rates.gross_profit", "unknown name 'arr.growth'")


def test_an_investor_that_pays_nothing_is_told_with_those_who_do() -> None:
    assert one(LIVELY, "base_rates={peers: venture, investor: Found}")[1] == "no holder 'Found'"
    assert warned(LIVELY, "base_rates={peers: venture, investor: me}") == {}


def test_peers_that_nothing_is_known_of_are_told() -> None:
    assert one(STEADY, "base_rates={peers: banks}")[0] == "base_rates.peers"
