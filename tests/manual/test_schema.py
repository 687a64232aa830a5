"""The schema takes what the loader takes, and refuses what has the wrong shape."""

import json
from typing import Any

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from jsonschema import Draft7Validator

from tests.companies import scenario
from tests.contract.test_break_even import FUND
from tests.manual.documents import SMALL, right_documents
from tests.scenario.test_load_method import HYBRID
from tests.strategies.documents import documents
from valsim.manual.schema import scenario_schema
from valsim.scenario.dump import dump
from valsim.scenario.text.document import Source
from valsim.scenario.text.reading import parsed

SCHEMA = scenario_schema()
DOCUMENTS = right_documents()


def errors(text: str) -> list[str]:
    """What the schema has against a document: the innermost complaints, each with its place."""
    found = Draft7Validator(SCHEMA).iter_errors(parsed(Source("scenario.yaml", text), 0).data)
    return sorted({f"{each.json_path}: {each.message}" for top in found for each in (top.context or [top])})


def test_it_is_a_schema_of_draft_7():
    Draft7Validator.check_schema(SCHEMA)


@pytest.mark.parametrize("name", DOCUMENTS)
def test_it_takes_what_the_loader_takes(name):
    assert errors(DOCUMENTS[name]) == []


@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        ("volatility: 30%}", "volatilty: 30%}"),
        ("volatility: 30%}", "volatility: 30%, volume: 3}"),
        ("kind: mean_reverting", "kind: mean_revertin"),
        ("kind: geometric_brownian, ", ""),
        (", growth: 20%, volatility: 30%", ", volatility: 30%"),
        ("cash: 50M USD", "cash: lots"),
        ("cash: 50M USD", "cash: [1]"),
        ("cash: 50M USD", "cash: {value: 50M USD, sauce: x}"),
        ("family: lognormal", "family: lognorml"),
        ("{family: lognormal, p10", "{p10"),
        ("p90: 90%", "p91: 90%"),
        ("anchor: none", "anchor: nope"),
        ("participation: none, ", ""),
        ("anti_dilution: none", "anti_dilution: nothing"),
        ("as_of: 2026-01-01", "as_of: tomorrow"),
        ("name: Small company\n", ""),
        ("acquisition: {hazard", "purchase: {hazard"),
        ("paths: 2_000", "paths: many"),
        ("multiple_of: run_rate_revenue, ", ""),
        ("series: {like: series_a, seniority: 2}", "series: {like: series_a, senority: 2}"),
        ("currency: USD", "currency: USDD"),
    ],
)
def test_it_refuses_what_the_loader_refuses(right, wrong):
    assert right in SMALL
    assert errors(SMALL.replace(right, wrong)) != []


@pytest.mark.parametrize(
    ("shorter", "longer"),
    [
        ("cash: 50M USD", "cash: {value: 50M USD, source: [a, b], note: c}"),
        (
            "cash: 50M USD",
            "cash: {family: mixture, components: [{weight: 40%, value: 1M USD}, {weight: 60%, value: 2M USD}]}",
        ),
        ("cash: 50M USD", "cash: {family: empirical, file: history.csv, column: cash, unit: M USD, at_most: 9M USD}"),
        (
            "arr: {kind: geometric",
            "plan: {kind: schedule, between: step, values: {2026-Q1: 1}}\n  arr: {kind: geometric",
        ),
        ("cash: 50M USD", "cash: {family: discrete, values: {1M USD: 25%, 2M USD: 75%}, note: c}"),
        (
            "cash: 50M USD",
            "cash: {conflict: [{value: 1M USD, weight: 40%, source: a}, {value: 2M USD, weight: 60%, source: b}]}",
        ),
        ("horizon: 3 years", "horizon: P3Y"),
        ("as_of: 2026-01-01", "as_of: 2026-Q1"),
        ("anti_dilution: none", "anti_dilution: {kind: full_ratchet}"),
        ("acquisition: {hazard", "trade_sale: {kind: acquisition, hazard"),
        ("new_money: 30M USD", "new_money: 18 months of burn"),
        ("when: arr >= 25M USD/year, ", "when: null, "),
    ],
)
def test_it_takes_every_form_of_a_value(shorter, longer):
    assert shorter in SMALL
    assert errors(SMALL.replace(shorter, longer)) == []


def test_what_like_brings_in_need_not_be_written():
    assert errors(SMALL.replace("cost: {", "more: {like: arr}\n  cost: {")) == []


def test_what_extends_brings_in_need_not_be_written():
    assert errors("extends: parent.yaml\ncompany: {cash: 5M USD}\ndrivers: {arr: {growth: 20%}}\n") == []
    assert errors("extends: parent.yaml\ncompany: {cahs: 5M USD}\n") != []


@pytest.mark.parametrize(
    "changes",
    [
        "company: {cash: null}",
        "risks: null",
        "risks: {flood: null}\nexits: {ipo: null, sale: null}",
        "drivers: {a: null, b: {growth: null}}",
        "rounds: {seed: {at_most: 2, closings: {one: {new_money: 3M USD}, two: null}}, bridge: null}",
        "rounds: [{name: seed, at_most: 2}]",
        "variants: {a: {weight: 3%, changes: {company.cash: null, drivers.a: {kind: constant, value: 3}}}, b: null}",
    ],
)
def test_a_file_that_extends_another_may_take_away_and_name_items_of_lists(changes):
    assert errors(f"extends: parent.yaml\n{changes}\n") == []


@pytest.mark.parametrize(
    "mistake", ["rounds: {seed: {at_mots: 2}}", "rounds: {seed: {closings: {one: {new_mony: 1 USD}}}}"]
)
def test_items_by_name_are_checked_as_the_list_is(mistake):
    assert errors(f"extends: parent.yaml\n{mistake}\n") != []


def test_a_whole_file_takes_nothing_away():
    assert errors(SMALL.replace("debt: 0 USD", "debt: null")) != []
    assert errors(SMALL.replace("acquisition: {hazard: 10% per year, discount: 10%}", "acquisition: null")) != []


@settings(max_examples=20, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(documents())
def test_it_takes_any_right_document_and_what_is_written_back_of_it(document: dict[str, Any]):
    text = json.dumps(document, ensure_ascii=False)
    assert errors(text) == []
    assert errors(dump(scenario(text))) == []


def test_a_cap_table_alone_has_a_schema_of_its_own():
    schema = scenario_schema("captable")
    Draft7Validator.check_schema(schema)
    right = {"classes": {"common": {"kind": "common", "shares": 8_000_000}}, "positions": {"Ada": {"common": "75%"}}}
    assert Draft7Validator(schema).is_valid(right)
    for wrong in ({"positions": {}}, {**right, "horizon": "8 years"}, {"classes": {"common": {"kind": "comon"}}}):
        assert not Draft7Validator(schema).is_valid(wrong)


def test_a_debt_may_leave_out_its_kind_where_a_class_may_not():
    check = Draft7Validator(scenario_schema("captable"))
    table = {"classes": {"common": {"kind": "common", "shares": 1}}}
    assert check.is_valid({**table, "debt": {"loan": {"claim": 1_160_000}}})
    assert not check.is_valid({**table, "debt": {"loan": {"claimed": 1_160_000}}})
    assert not check.is_valid({"classes": {"common": {"shares": 1}}})


def test_a_method_and_a_fund_have_schemas_of_their_own():
    method, fund = (Draft7Validator(scenario_schema(what)) for what in ("method", "fund"))
    hybrid = yaml.safe_load(HYBRID)
    assert not list(method.iter_errors(hybrid))
    hybrid["parts"]["goes_public"]["method"]["calibration"] = "nothing"
    assert list(method.iter_errors(hybrid))
    assert not list(fund.iter_errors(yaml.safe_load(FUND)))
    assert list(fund.iter_errors({"committed_capital": "100M"}))
