"""What differs between two scenarios: what they mean, as it is written, and where it comes from."""

from pathlib import Path

import pytest

from valsim.scenario.difference import Difference, differences
from valsim.scenario.load import load, parse_document, scenario_of

ROOT = Path(__file__).parents[2]
SMALL = (ROOT / "tests" / "cli" / "small.yaml").read_text()
SOURCES = "\nsources: {press: {title: T, date: 2025-12-01}, letter: {title: L, date: 2025-11-01}}\n"


def read(text: str, *overrides: str, variant: str = ""):
    return scenario_of(parse_document(text, "x.yaml", overrides, variant))


def between(old: tuple[str, ...], new: tuple[str, ...], text: str = SMALL) -> list[tuple]:
    found = differences(read(text, *old), read(text, *new))
    return [(each.place, each.what, each.old, each.new) for each in found]


@pytest.mark.parametrize("scenario", sorted((ROOT / "scenarios").glob("*.yaml")), ids=lambda path: path.stem)
def test_a_scenario_says_the_same_as_itself(scenario: Path):
    assert differences(load(scenario), load(scenario)) == ()


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("company.cash=1B USD", "company.cash=1_000M USD"),
        ("company.cash=100M USD", "company.cash=0.1B USD"),
        ("company.cash=100M USD", "company.cash={value: 1e8 USD}"),
        ("drivers.users.growth=20%", "drivers.users.growth=0.2"),
        ("horizon=3 years", "horizon=36 months"),
        ("drivers.arr.growth={family: lognormal, p10: 10%, p90: 90%}", "drivers.arr.growth={p90: 0.9, family: lognormal, p10: 0.1}"),
        ("cash_flow=arr - cost", "cash_flow='arr  -  cost'"),
        ("exits.acquisition.kind=acquisition", "exits.acquisition.discount=10%"),
        ("rounds.series_b.at_most=1", "name=Small company"),
        ("rounds.series_b.closings[0].probability=100%", "name=Small company"),
        ("rounds.series_b.closings[0].probability=100%", "rounds.series_b.closings[0].probability=1"),
        ("risks={flood: {hazard: 5% per year, effect: {users: '* 0.9'}}}", "risks={flood: {hazard: 0.05 per year, effect: {users: {times: 90%}}}}"),
        ("correlations={shocks: [[users, arr, 0.5]]}", "correlations={shocks: [[arr, users, 0.5]]}"),
        ("correlations={shocks: [{group: [users, arr], correlation: 0.5}]}", "correlations={shocks: [[arr, users, 0.5]]}"),
    ],
)  # fmt: skip
def test_what_means_the_same_is_no_difference(old: str, new: str):
    assert between((old,), (new,)) == between((new,), (old,)) == []


@pytest.mark.parametrize(
    ("change", "difference"),
    [
        ("company.cash=70M USD", ("company.cash", "changed", "50M USD", "70M USD")),
        ("company.cash={value: 70M USD}", ("company.cash", "changed", "50M USD", "70M USD")),
        ("drivers.users.volatility=31%", ("drivers.users.volatility", "changed", "30%", "31%")),
        ("cash_flow=arr - 2 * cost", ("cash_flow", "changed", "arr - cost", "arr - 2 * cost")),
        ("as_of=2026-01-02", ("as_of", "changed", "2026-01-01", "2026-01-02")),
        ("simulation.paths=500", ("simulation.paths", "changed", 2000, 500)),
        ("exits.acquisition=null", ("exits.acquisition", "removed", {"kind": "acquisition", "hazard": "10% per year", "discount": "10%"}, None)),
        (
            "rounds.series_b.closings.milestone closing.new_money=40M USD",
            ("rounds.series_b.closings.milestone closing.new_money", "changed", "30M USD", "40M USD"),
        ),
        ("correlations={shocks: [[users, arr, 0.5]]}", ("correlations.shocks.arr with users", "added", None, 0.5)),
        (
            "correlations={shocks: [{group: [users, arr, multiple], correlation: 0.5}]}",
            ("correlations.shocks.arr with multiple with users", "added", None, 0.5),
        ),
        ("rounds.series_b.new_money_at_most=50%", ("rounds.series_b.new_money_at_most", "added", None, "50%")),
    ],
)  # fmt: skip
def test_a_change_is_told_by_its_path_with_both_values_as_written(change: str, difference: tuple):
    assert between((), (change,)) == [difference]


def test_a_like_is_followed_on_both_sides():
    assert between((), ("captable.classes.series_a.participation=full",)) == [
        ("captable.classes.series_a.participation", "changed", "none", "full"),
        ("rounds.series_b.series.participation", "changed", "none", "full"),
    ]


def test_another_distribution_is_shown_as_it_is_written_without_its_provenance():
    new = "drivers.arr.growth={family: lognormal, p10: 10%, p90: 80%, note: Assumption.}"
    assert between((), (new,)) == [
        (
            "drivers.arr.growth",
            "changed",
            {"family": "lognormal", "p10": "10%", "p90": "90%"},
            {"family": "lognormal", "p10": "10%", "p90": "80%"},
        ),
        ("drivers.arr.growth.note", "provenance", None, "Assumption."),
    ]


def test_where_a_number_comes_from_is_told_apart_from_what_it_is():
    old, new = (
        "company.cash={value: 50M USD, source: press}",
        "company.cash={value: 0.05B USD, source: [press, letter], note: n}",
    )
    assert between((old,), (new,), SMALL + SOURCES) == [
        ("company.cash.source", "provenance", "press", "press, letter"),
        ("company.cash.note", "provenance", None, "n"),
    ]


def test_the_sources_of_a_conflict_are_compared_one_by_one():
    reading = "company.cash={{conflict: [{{value: 40M USD, source: press, weight: 50%}}, {{value: 60M USD, source: {}, weight: 50%}}]}}"
    assert between((reading.format("press"),), (reading.format("letter"),), SMALL + SOURCES) == [
        ("company.cash.conflict[1].source", "provenance", "press", "letter")
    ]


def test_another_kind_shows_what_it_has_and_what_it_has_no_longer():
    found = between(
        (),
        ("drivers.users={kind: mean_reverting, start: 2M users, mean: 3M users, half_life: 1 year, volatility: 30%}",),
    )
    assert ("drivers.users.kind", "changed", "geometric_brownian", "mean_reverting") in found
    assert ("drivers.users.growth", "removed", "20%", None) in found
    assert ("drivers.users.mean", "added", None, "3M users") in found
    assert not any(place in {"drivers.users.start", "drivers.users.volatility"} for place, *_ in found)


def test_items_of_a_list_are_known_by_their_names_and_their_order_counts():
    bridge = (
        "{name: bridge, series: {like: series_a}, closings: [{name: c, new_money: 1M USD, price_per_share: 5 USD}]}"
    )
    two = SMALL.replace("exits:\n", f"  - {bridge}\nexits:\n")
    turned = SMALL.replace("rounds:\n", f"rounds:\n  - {bridge}\n")
    assert [(each.place, each.what) for each in differences(read(SMALL), read(two))] == [("rounds.bridge", "added")]
    assert differences(read(two), read(turned)) == (
        Difference(("rounds", "order"), "changed", ["series_b", "bridge"], ["bridge", "series_b"]),
    )


def test_a_variant_differs_from_its_base_by_its_changes():
    text = SMALL + "variants: {bear: {changes: {company.cash: 40M USD}}}"
    (found,) = differences(read(text), read(text, variant="bear"))
    assert (found.place, found.old, found.new) == ("company.cash", "50M USD", "40M USD")


def test_the_other_way_round_old_and_new_change_places():
    there = between((), ("company.cash=70M USD", "exits.acquisition=null"))
    back = between(("company.cash=70M USD", "exits.acquisition=null"), ())
    turned = {"added": "removed", "removed": "added"}
    assert sorted(back) == sorted((place, turned.get(what, what), new, old) for place, what, old, new in there)
