"""The shipped scenario: its numbers do not move unnoticed, it is healthy, and it knows nothing of the future.

``python -m tests.golden.test_moonshot`` writes the figures anew after a change that is meant to move them.
"""

import json
from pathlib import Path
from typing import Any

import pytest

import valsim
from valsim.analysis.summary import summary
from valsim.scenario.model import Scenario

HERE = Path(__file__).resolve().parent
SCENARIO = HERE.parents[1] / "scenarios" / "moonshot-2026-10b.yaml"
GOLDEN = HERE / "moonshot-2026-10b.json"
PATHS = 8192
FULL = 100_000


def figures(found: dict[str, Any]) -> dict[str, Any]:
    """The figures that a reader would quote."""
    return {
        "anchor_scale": found["health"]["anchor_scale"],
        "present_value": found["health"]["present_value_of_opening_classes"]["mean"],
        "funded": {f"{t['round']}: {t['tranche']}": t["probability_funded"] for t in found["tranches"]},
        "exits": found["exits"],
        "present_value_per_share": {c["name"]: c["present_value_per_share"] for c in found["classes"]},
        "proceeds": {h["name"]: h["proceeds"]["mean"] for h in found["holders"]},
        "irr_of_expected_cash_flows": {h["name"]: h["irr"]["of_expected_cash_flows"] for h in found["holders"]},
        "last_median": {name: fan["quantiles"]["0.5"][-1] for name, fan in found["values"].items()},
    }


@pytest.fixture(scope="module")
def scenario() -> Scenario:
    return valsim.load(SCENARIO)


@pytest.fixture(scope="module")
def found(scenario: Scenario) -> dict[str, Any]:
    return summary(valsim.simulate(scenario, paths=PATHS))


def leaves(tree: Any, path: str = "") -> dict[str, Any]:
    if not isinstance(tree, dict):
        return {path: tree}
    return {name: leaf for key, part in tree.items() for name, leaf in leaves(part, f"{path}/{key}").items()}


def _same(was: float | None, now: float | None) -> bool:
    return was is now if was is None or now is None else now == pytest.approx(was, rel=1e-9)


def test_the_figures_are_those_on_record(found: dict[str, Any]) -> None:
    golden, now = (leaves(tree) for tree in (json.loads(GOLDEN.read_text()), figures(found)))
    assert now.keys() == golden.keys()
    moved = {name: (was, now[name]) for name, was in golden.items() if not _same(was, now[name])}
    assert moved == {}


def test_no_few_paths_carry_the_answer(found: dict[str, Any]) -> None:
    health = found["health"]
    assert health["top_1pct_share_of_present_value"] <= 0.35
    assert health["relative_standard_error_of_present_value"] * (PATHS / FULL) ** 0.5 <= 0.015
    assert health["p99_revenue_over_market_size"] < 1


def test_the_last_priced_class_is_worth_its_price(found: dict[str, Any]) -> None:
    series_c = next(each for each in found["classes"] if each["name"] == "series_c")
    assert abs(series_c["present_value_per_share"] - series_c["last_price"]) < 4 * series_c["standard_error"]


def test_the_opening_cap_table_is_that_of_the_last_round(found: dict[str, Any]) -> None:
    shares = sum(each["shares"] for each in found["classes"])
    series_c = next(each for each in found["classes"] if each["name"] == "series_c")
    assert shares * series_c["last_price"] == pytest.approx(4.3e9)
    assert series_c["shares"] * series_c["last_price"] == pytest.approx(500e6)


def test_nothing_published_later_is_used(scenario: Scenario) -> None:
    assert max(source.date for source in scenario.sources.values()) <= scenario.as_of


def test_every_number_cites_its_sources_or_says_that_it_is_an_assumption(found: dict[str, Any]) -> None:
    for number in found["assumptions"]:
        cited = [] if number["source"] == "assumption" else number["source"].split(", ")
        assert set(cited) <= found["sources"].keys()
    assert sum(number["source"] != "assumption" for number in found["assumptions"]) > 40


def test_the_price_that_sources_dispute_is_carried_with_both_readings(found: dict[str, Any]) -> None:
    (price,) = [
        number for number in found["assumptions"] if "conflict" in number and "anchor closing" in number["path"]
    ]
    assert len(price["conflict"]) == 2
    assert sum(reading["weight"] for reading in price["conflict"]) == pytest.approx(1)


def test_every_gate_is_neither_sure_nor_hopeless(found: dict[str, Any]) -> None:
    for tranche in found["tranches"]:
        assert 0.05 < tranche["probability_funded"] < 0.95
        assert tranche["probability_funded"] + sum(tranche["not_funded_because"].values()) == pytest.approx(1)


if __name__ == "__main__":
    written = figures(summary(valsim.simulate(valsim.load(SCENARIO), paths=PATHS)))
    GOLDEN.write_text(json.dumps(written, indent=1) + "\n")
