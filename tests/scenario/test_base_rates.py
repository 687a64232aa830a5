"""What a document says of its peers is checked: units, rows whose time series are kept, and who the investor is."""

from tests.companies import LIVELY, STEADY, lively
from tests.scenario.found import one, warned
from valsim.scenario.rules.row_units import recorded_units


def test_a_figure_in_another_unit_is_told() -> None:
    place, message = one(STEADY, "base_rates={peers: software, gross_profit: revenue * 2 years}")
    assert place == "base_rates.gross_profit"
    assert message == "expected USD/year, got USD"


def test_retention_is_a_fraction() -> None:
    assert one(STEADY, "base_rates={peers: software, net_revenue_retention: revenue}") == (
        "base_rates.net_revenue_retention", "expected a plain number, got USD/year"
    )  # fmt: skip


def test_a_row_that_does_not_exist_is_told() -> None:
    place, message = one(LIVELY, "base_rates={peers: software, gross_profit: gross_margin * arr}")
    assert (place, message) == ("base_rates.gross_profit", "unknown name 'gross_margin'")


def test_the_rows_that_it_reads_are_kept_too() -> None:
    asked = lively("base_rates={peers: software, gross_revenue_retention: 1 - arr.growth}")
    assert list(recorded_units(asked)) == [*recorded_units(lively()), "arr.growth"]


def test_an_investor_that_pays_nothing_is_told_with_those_who_do() -> None:
    assert one(LIVELY, "base_rates={peers: venture, investor: Found}")[1] == "no holder 'Found'"
    assert warned(LIVELY, "base_rates={peers: venture, investor: me}") == {}


def test_peers_that_nothing_is_known_of_are_told() -> None:
    assert one(STEADY, "base_rates={peers: banks}")[0] == "base_rates.peers"
