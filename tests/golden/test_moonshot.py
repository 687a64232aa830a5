"""The deals of Moonshot AI: each opens with the cap table of its last round and carries what its sources dispute."""

import pytest

from tests.golden.shipped import found


def test_the_opening_cap_table_is_that_of_the_last_round() -> None:
    classes = found("moonshot-2026-10b")["classes"]
    last = next(each for each in classes if each["name"] == "series_c")
    assert sum(each["shares"] for each in classes) * last["last_price"] == pytest.approx(4.3e9)
    assert last["shares"] * last["last_price"] == pytest.approx(500e6)


def test_the_price_that_sources_dispute_is_carried_with_both_readings() -> None:
    numbers = found("moonshot-2026-10b")["assumptions"]
    (price,) = [number for number in numbers if "conflict" in number and "anchor closing" in number["path"]]
    assert len(price["conflict"]) == 2
    assert sum(reading["weight"] for reading in price["conflict"]) == pytest.approx(1)
