"""Terms that a run plays and a contract alone does not: they are told where they would have counted."""

import json

import pytest
from typer.testing import CliRunner

import valsim
from valsim.cli import app

TERMS = "original_issue_price: 2.5, liquidation_preference_multiple: 1, participation: none, seniority: 1"
ADJUSTMENT = "valuation_adjustment: {at: 2027-06-30, when: revenue < 5M USD/year, factor: 80%, by: conversion_price}"
REDEMPTION = "redemption: {at: 2029-06-30, return_per_year: 8%, compounding: simple, payer: company}"
TABLE = f"""
as_of: 2026-01-01
currency: USD
classes:
  common: {{kind: common, shares: 8M}}
  pool: {{kind: option_pool, shares: 1M, refresh: {{by: 4%}}}}
  series_a: {{kind: preferred, issued: 2025-01-01, shares: 2M, {TERMS}, {ADJUSTMENT}, {REDEMPTION}}}
splits: [{{at: 2028-03-01, ratio: 10 for 1}}]
"""
A_YEAR_ON, ADJUSTED = "classes.pool.refresh", "classes.series_a.valuation_adjustment"
SPLIT, REDEEMED = "splits[0]", "classes.series_a.redemption"


def places(warnings) -> set[str]:
    assert all("not played here" in each for each in warnings)
    return {each.split(":")[0] for each in warnings}


@pytest.mark.parametrize(
    ("on", "expected"),
    [
        (None, set()),
        ("2026-12-31", set()),
        ("2027-01-01", {A_YEAR_ON}),
        ("2027-06-29", {A_YEAR_ON}),
        ("2027-06-30", {A_YEAR_ON, ADJUSTED}),
        ("2028-03-01", {A_YEAR_ON, ADJUSTED, SPLIT}),
        ("2029-06-30", {A_YEAR_ON, ADJUSTED, SPLIT, REDEEMED}),
    ],
)
def test_a_term_is_told_from_the_day_on_which_a_run_would_play_it(on, expected):
    assert places(valsim.waterfall(TABLE, 10e6, on=on).warnings) == expected
    a_round = {"name": "b", "new_money": 4e6, "pre_money_valuation": 20e6}
    assert places(valsim.close_round(TABLE, a_round, on=on).warnings) == expected


def test_where_no_day_is_known_every_such_term_is_told():
    undated = TABLE.replace("as_of: 2026-01-01\n", "")
    assert places(valsim.waterfall(undated, 10e6).warnings) == {A_YEAR_ON, ADJUSTED, SPLIT, REDEEMED}


def test_a_round_is_looked_at_on_the_day_of_its_last_closing():
    first = {"name": "first", "at": "2026-02-01", "new_money": 4e6, "pre_money_valuation": 20e6}
    closings = [first, {"name": "second", "at": "2027-07-01", "new_money": 1e6}]
    closed = valsim.close_round(TABLE, {"name": "b", "closings": closings})
    assert places(closed.warnings) == {A_YEAR_ON, ADJUSTED}


def test_the_place_in_a_scenario_is_that_of_the_scenario(tmp_path):
    within = "captable:\n" + "".join(f"  {line}\n" for line in TABLE.splitlines()[3:])
    paid = valsim.waterfall(f"as_of: 2026-01-01\ncurrency: USD\n{within}", 10e6, on="2027-01-01")
    assert places(paid.warnings) == {"captable.classes.pool.refresh"}


def test_the_command_says_so_in_words_and_in_json(tmp_path):
    (tmp_path / "a.yaml").write_text(TABLE)
    asked = ["waterfall", str(tmp_path / "a.yaml"), "--proceeds", "10M", "--on", "2027-01-01"]
    assert "! classes.pool.refresh: not played here" in CliRunner().invoke(app, asked).stdout
    told = json.loads(CliRunner().invoke(app, [*asked, "--json", "-"]).stdout)
    assert places(told["warnings"]) == {A_YEAR_ON}
