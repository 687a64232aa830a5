"""The page of the Moonshot deal sets fair value beside the headline, as it is today."""

from tests.golden import fair_values
from tests.golden.shipped import found


def test_the_page_sets_fair_value_beside_the_headline() -> None:
    told = fair_values.TABLE.search(fair_values.PAGE.read_text(encoding="utf-8"))
    assert told is not None
    assert told[0] == fair_values.table(), "python -m tests.golden.fair_values brings it up to date"


def test_the_headline_of_the_table_is_that_of_the_last_round() -> None:
    assert found(fair_values.NAME)["fair_value"]["post_money_valuation"] == 4.3e9
