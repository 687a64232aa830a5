"""Deals that Moonshot's investors might have had are worth to each what an investor expects, and the page tells it."""

from tests.directions import offers
from tests.directions.offers import AS_WRITTEN, AT_ONCE, DECIDE, OBLIGED, PLAIN, PROTECTED, WALKING, Deal
from tests.directions.turning import SURELY
from valsim.analysis.measured import Measured


def rises(difference: Measured) -> bool:
    return difference.value > SURELY * difference.standard_error


def falls(difference: Measured) -> bool:
    return difference.value < -SURELY * difference.standard_error


def over(deal: Deal, other: Deal, *holders: str) -> Measured:
    return deal.gain(*holders) - other.gain(*holders)


def test_the_right_to_walk_away_is_worth_something_to_those_who_pay_and_costs_those_who_sold() -> None:
    assert rises(over(WALKING, OBLIGED, *DECIDE))
    assert rises(over(WALKING, OBLIGED, "5Y Capital"))
    assert falls(over(WALKING, OBLIGED, "IDG"))
    assert (
        0
        < over(WALKING, OBLIGED, *DECIDE).value
        < OBLIGED.measured("new_money", "follow_on", "milestone closing").value
    )


def test_a_price_that_is_paid_only_where_it_is_worth_it_loses_less_often() -> None:
    chance = "probability_of_loss", "milestone investor"
    assert falls(WALKING.measured(*chance) - OBLIGED.measured(*chance))


def test_all_of_the_money_at_once_saves_companies_and_is_lost_by_those_who_gave_it() -> None:
    assert falls(
        AT_ONCE.measured("probability_of_exit", "wind_down") - AS_WRITTEN.measured("probability_of_exit", "wind_down")
    )
    assert falls(over(AT_ONCE, AS_WRITTEN, "5Y Capital"))


def test_half_the_price_is_worth_more_to_new_money_than_protection_and_less_to_founders() -> None:
    assert falls(over(PROTECTED, PLAIN, *DECIDE))
    assert falls(
        PROTECTED.measured("probability_of_loss", "5Y Capital") - PLAIN.measured("probability_of_loss", "5Y Capital")
    )
    assert over(PROTECTED, PLAIN, "Founders and employees").value > 0


def test_the_page_sets_the_deals_side_by_side() -> None:
    told = offers.TABLE.search(offers.PAGE.read_text(encoding="utf-8"))
    assert told is not None
    assert told[0] == offers.table(), "python -m tests.directions.offers brings it up to date"
