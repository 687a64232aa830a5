"""Terms that the listings of a document never ask for are told."""

import pytest

from tests.companies import STEADY
from tests.scenario.found import warned

RATCHET = "captable.classes.series_a.ipo_ratchet_multiple=1.2"
TERM = "captable.classes.series_a.automatic_conversion={offer_price_multiple_at_least: 3, below: blocks_ipo}"


def listing(preferred: str) -> str:
    return f"exits={{ipo: {{hazard: 10% per year, discount: 0%, lock_up: 180 days, preferred: {preferred}}}}}"


@pytest.mark.parametrize(
    ("preferred", "term", "told"),
    [
        ("as_agreed", RATCHET, True),
        ("all_converted", RATCHET, False),
        ("by_charter", RATCHET, False),
        ("as_agreed", TERM, True),
        ("all_converted", TERM, True),
        ("by_charter", TERM, False),
    ],
)
def test_a_term_that_no_listing_reads_is_told(preferred: str, term: str, told: bool) -> None:
    place = term.partition("=")[0]
    message = f"no listing reads it: their preferred shares are treated {preferred}"
    assert warned(STEADY, listing(preferred), term).get(place) == (message if told else None)


def test_a_term_that_acquisitions_read_is_read() -> None:
    sales = TERM.replace("}", ", in_acquisitions: true}")
    assert warned(STEADY, listing("as_agreed"), sales) == {}


def test_without_a_listing_there_is_nothing_to_read_it() -> None:
    assert warned(STEADY, TERM) == {}


def test_a_driver_that_moves_an_exchange_rate_is_read() -> None:
    rate = "drivers.usd_per_cny={kind: constant, value: 0.14 USD/CNY}"
    rates = "exchange_rates={CNY: {rate: 0.14 USD/CNY, date: 2025-12-31, moves: usd_per_cny, cash_held: 50%}}"
    assert warned(STEADY, rate, rates) == {}
