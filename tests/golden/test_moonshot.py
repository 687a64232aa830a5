"""The deals of Moonshot AI: each opens with the cap table of its last round and carries what its sources dispute;
what two of them know is the same in both."""

from datetime import date

import pytest

from tests.golden.shipped import found, scenario

DEALS = {
    "moonshot-2024-series-b": ("series_b", 2.5e9, 1e9),
    "moonshot-2025-500m": ("series_c", 4.3e9, 500e6),
    "moonshot-2026-10b": ("series_c", 4.3e9, 500e6),
    "moonshot-2026-20b": ("series_d", 20e9, 2e9),
}


@pytest.mark.parametrize(("name", "deal"), DEALS.items())
def test_the_opening_cap_table_is_that_of_the_last_round(name: str, deal: tuple[str, float, float]) -> None:
    series, valuation, money = deal
    classes = found(name)["classes"]
    last = next(each for each in classes if each["name"] == series)
    assert sum(each["shares"] for each in classes) * last["last_price"] == pytest.approx(valuation)
    assert last["shares"] * last["last_price"] == pytest.approx(money)


def test_a_class_costs_the_same_in_every_deal_that_knows_it() -> None:
    prices: dict[str, set[float]] = {}
    for name in DEALS:
        for each in found(name)["classes"]:
            prices.setdefault(each["name"], set()).add(each["last_price"] and round(each["last_price"], 9))
    assert {len(known) for known in prices.values()} == {1}


def test_a_source_is_the_same_in_every_deal_that_cites_it() -> None:
    known: dict[str, set[tuple[str, str, date, str]]] = {}
    for name in DEALS:
        for key, source in scenario(name).sources.items():
            known.setdefault(key, set()).add((source.title, source.publisher, source.date, source.url))
    assert {key: same for key, same in known.items() if len(same) > 1} == {}


def test_the_price_that_sources_dispute_is_carried_with_both_readings() -> None:
    numbers = found("moonshot-2026-10b")["assumptions"]
    (price,) = [number for number in numbers if "conflict" in number and "anchor closing" in number["path"]]
    assert len(price["conflict"]) == 2
    assert sum(reading["weight"] for reading in price["conflict"]) == pytest.approx(1)
