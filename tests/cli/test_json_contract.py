"""The JSON that later checks read: its keys, its types, and what must hold between its numbers."""

import json
import math
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from valsim.cli import app

SMALL = str(Path(__file__).parent / "small.yaml")
LEVELS = ["0.05", "0.25", "0.5", "0.75", "0.95"]
SPREAD = {"mean", "standard_error", "quantiles"}


def run(*arguments: str) -> dict[str, Any]:
    shown = CliRunner().invoke(app, ["run", SMALL, "--json", "-", *arguments])
    assert shown.exit_code == 0, shown.stderr
    return json.loads(shown.stdout, parse_constant=pytest.fail)


@pytest.fixture(scope="module")
def told() -> dict[str, Any]:
    return run("--paths", "3000")


def numbers(data: Any) -> Iterator[float]:
    if isinstance(data, (dict, list)):
        for each in data.values() if isinstance(data, dict) else data:
            yield from numbers(each)
    elif isinstance(data, float):
        yield data


def spreads(data: Any) -> Iterator[dict[str, float | None]]:
    if isinstance(data, dict):
        yield from ([data["quantiles"]] if "quantiles" in data else [])
        for each in data.values():
            yield from spreads(each)
    elif isinstance(data, list):
        for each in data:
            yield from spreads(each)


@pytest.mark.parametrize(
    ("key", "inside"),
    [
        ("scenario", {"name", "as_of", "currency", "input_hash"}),
        ("run", {"paths", "seed", "sampler", "threads", "seconds"}),
        (
            "health",
            {"top_1pct_share_of_present_value", "relative_standard_error_of_present_value", "anchor", "anchor_scale"},
        ),
        ("values", {"equity_value", "enterprise_value", "users", "arr", "cost"}),
        ("exits", {"acquisition", "wind_down", "still_private"}),
        ("ownership", {"measure", "noted_paths", "dates", "alive", "groups", "dilution"}),
    ],
)
def test_an_object_holds_at_least(told, key, inside):
    assert told[key].keys() >= inside


@pytest.mark.parametrize(
    ("key", "inside"),
    [
        (
            "tranches",
            {
                "round",
                "tranche",
                "probability_funded",
                "standard_error",
                "not_funded_because",
                "new_money",
                "post_money_valuation",
                "at_any_time",
                "paid_short_if_funded",
                "defaults_if_funded",
            },
        ),
        ("classes", {"name", "shares", "present_value_per_share", "standard_error", "last_price"}),
        (
            "holders",
            {
                "name",
                "invested",
                "ownership_at_exit",
                "proceeds",
                "moic",
                "irr",
                "probability_of_loss",
                "present_value",
                "never_invested",
                "never_invested_because",
                "position",
            },
        ),
        (
            "distributions",
            {
                "holder",
                "what",
                "unit",
                "measure",
                "paths",
                "mean",
                "standard_error",
                "nothing",
                "quantiles",
                "quantile_standard_errors",
                "linear",
                "logarithmic",
                "at_least",
            },
        ),
        ("assumptions", {"path", "value", "source"}),
    ],
)
def test_each_entry_of_a_list_holds_at_least(told, key, inside):
    assert told[key]
    assert all(each.keys() >= inside for each in told[key])


def test_a_redemption_right_has_its_chances_and_what_is_paid(told):
    terms = "{listed_by: 2026-06-30, return_per_year: 60%, compounding: simple, payer: company}"
    changes = [f"captable.classes.series_a.redemption={terms}", "company.cash=90M USD"]
    found = run(*(word for change in changes for word in ("--set", change)), "--paths", "3000")["redemptions"]
    right = next(each for each in found if each["class"] == "series_a")
    assert 0 < right["probability_paid_in_full"] < right["probability_demanded"] < 1
    assert right["paid"].keys() >= SPREAD
    assert right["opens"] == "2026-06-30"
    assert told["redemptions"] == []


def test_an_anchor_says_which_price_it_meets_and_by_how_much_the_multiple_is_scaled(told):
    assert told["health"]["anchor"] is None
    found = run("--paths", "300", "--set", "valuation.anchor=last_round")["health"]
    assert found["anchor"] == {"by": "own", "class": "series_a", "price": 4.0, "opening_multiple": 12.0}
    assert found["anchor_scale"] > 0
    assert found["anchor_standard_error"] > 0


def test_the_version_is_text(told):
    assert told["valsim"].startswith("0.")


def test_what_is_a_distribution_has_mean_error_and_quantiles(told):
    for holder in told["holders"]:
        for key in ("invested", "ownership_at_exit", "proceeds", "moic", "present_value"):
            assert holder[key].keys() >= SPREAD
        assert holder["irr"].keys() >= {"quantiles", "probability_negative", "of_expected_cash_flows"}


def test_a_series_has_a_number_for_every_date(told):
    for series in told["values"].values():
        rows = [series[key] for key in ("alive", "mean", "standard_error")] + list(series["quantiles"].values())
        assert {len(row) for row in rows} == {len(series["dates"])}
        assert list(series["quantiles"]) == LEVELS
        assert series["dates"] == sorted(set(series["dates"]))
        assert isinstance(series["unit"], str)


def test_quantiles_are_in_order(told):
    for quantiles in spreads({key: told[key] for key in ("tranches", "holders")}):
        assert list(quantiles) == LEVELS
        known = [value for value in quantiles.values() if value is not None]
        assert known == sorted(known)
    for series in told["values"].values():
        for at_a_date in zip(*series["quantiles"].values(), strict=True):
            known = [value for value in at_a_date if value is not None]
            assert known == sorted(known)


def test_being_funded_and_the_reasons_why_not_add_up_to_one(told):
    for tranche in told["tranches"]:
        assert 0 < tranche["probability_funded"] < 1
        assert tranche["probability_funded"] + sum(tranche["not_funded_because"].values()) == pytest.approx(
            1, abs=1e-12
        )


def test_the_ends_add_up_to_one(told):
    assert sum(told["exits"].values()) == pytest.approx(1, abs=1e-12)


def test_owners_own_all_of_the_company_at_the_end(told):
    assert sum(each["ownership_at_exit"]["mean"] for each in told["holders"]) == pytest.approx(1, abs=1e-9)


def test_all_numbers_are_finite(told):
    found = list(numbers(told))
    assert len(found) > 500
    assert all(map(math.isfinite, found))


def test_a_chance_is_a_plain_number_with_its_error_beside_it(told):
    mine = next(each for each in told["holders"] if each["name"] == "me")
    assert 0 < mine["probability_of_loss"] < 1
    assert 0 < mine["probability_of_loss_standard_error"] < 0.1


def test_a_number_without_a_source_is_an_assumption(told):
    assert {each["source"] for each in told["assumptions"]} == {"assumption"}


def test_the_same_seed_gives_the_same_json_but_for_seconds_and_threads():
    told = [run("--paths", "9000", "--threads", threads) for threads in ("1", "2")]
    for each, threads in zip(told, (1, 2), strict=True):
        assert each["run"].pop("threads") == threads
        assert each["run"].pop("seconds") > 0
    assert told[0] == told[1]


def test_another_seed_gives_other_numbers(told):
    assert run("--paths", "3000", "--seed", "8")["classes"] != told["classes"]
