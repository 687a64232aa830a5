"""The command ``fair-value``: what it prints and writes, and what it refuses."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from tests.companies import STEADY
from tests.contract.tables import THREE, TWO
from valsim.cli import app

STATED = """
kind: probability_weighted
discount_rate: 25%
calibration: none
outcomes:
  sale: {exit: acquisition, value: 100M, years: 3, probability: 60%}
  failure: {exit: wind_down, value: 5M, years: 2, probability: 40%}
"""


@pytest.fixture(autouse=True)
def beside_the_files(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    Path("two.yaml").write_text(TWO)
    Path("three.yaml").write_text(THREE)


def call(*arguments: str):
    return CliRunner().invoke(app, ["fair-value", *arguments])


def test_json_has_the_promised_shape():
    shown = call("three.yaml", "--price", "series_b=6 USD", "--json", "-")
    assert (shown.exit_code, shown.stderr) == (0, "")
    data = json.loads(shown.stdout)
    assert data["post_money_valuation"] == 6 * 11.5e6
    assert data["overvaluation"] == pytest.approx(data["post_money_valuation"] / data["fair_value"] - 1)
    assert data["classes"]["series_b"]["per_share"] == pytest.approx(6.0)
    assert data["roots"] == pytest.approx([data["company_value"]], rel=1e-12)


def test_json_goes_to_a_file_and_quiet_prints_nothing():
    shown = call("two.yaml", "--json", "out.json", "--quiet")
    assert (shown.exit_code, shown.stdout) == (0, "")
    assert json.loads(Path("out.json").read_text())["price"] == {"series_a": 2.5}


def test_a_person_sees_both_numbers_and_what_was_assumed():
    shown = " ".join(call("three.yaml", "--volatility", "60%").stdout.split())
    for words in ("$69M", "above fair value", "Series A", "risk-neutral", "volatility 60 %", "As published"):
        assert words in shown


def test_a_simulation_says_how_far_it_may_be_off():
    shown = call("three.yaml", "--method", "simulation", "--paths", "2048", "--seed", "3")
    assert (shown.exit_code, shown.stderr) == (0, "")
    text = " ".join(shown.stdout.split())
    for words in ("simulated", "± ", "2,048 paths of seed 3", "standard error"):
        assert words in text


def test_a_whole_scenario_is_played():
    Path("steady.yaml").write_text(STEADY)
    shown = call("steady.yaml", "--price", "series_a=5 USD", "--method", "simulation", "--paths", "1024")
    assert (shown.exit_code, shown.stderr) == (0, "")
    text = " ".join(shown.stdout.split())
    for words in ("the whole scenario, simulated", "$500M", "1,024 paths of seed 7", "opening multiple is scaled by"):
        assert words in text


def test_a_price_that_no_multiple_gives_is_told_with_its_place():
    Path("steady.yaml").write_text(STEADY)
    shown = call("steady.yaml", "--price", "series_a=0.001", "--method", "simulation")
    assert shown.exit_code == 1
    assert "steady.yaml:" in shown.stderr
    assert "ask for another price" in " ".join(shown.stderr.split())


@pytest.mark.parametrize(
    ("arguments", "option", "said"),
    [
        (["--price", "series_b"], "--price", "series_b=1.25"),
        (["--price", "series_b=cheap"], "--price", "expected money"),
        (["--price", "series_b=6 EUR"], "--price", "in USD"),
        (["--price", "series_q=6"], "--price", "no class 'series_q'"),
        (["--price", "series_b=-6"], "--price", "above 0"),
        (["--price", "series_b=6", "--price", "series_a=2"], "--price", "one price leads to one company value"),
        (["--price", "series_b=6,series_a=2"], "--price", "one price leads to one company value"),
        (["--price", ""], "--price", "series_b=1.25"),
        (["--volatility", "-1"], "--volatility", "above 0"),
        (["--exit-rate", "soon"], "--exit-rate", "a chance per year"),
        (["--method", "opm"], "--method", "expected one of"),
        (["--method", "exit_mix", "--term", "4"], "--term", "has no term: it has volatility, risk_free"),
        (["--paths", "0"], "--paths", "at least 1"),
    ],
)
def test_a_call_that_is_wrong_is_refused_by_its_option(arguments, option: str, said: str):
    shown = call("three.yaml", *arguments)
    assert shown.exit_code == 2
    assert shown.stdout == ""
    assert option in shown.stderr
    assert said in " ".join(shown.stderr.split())


def test_a_percent_sign_that_may_be_missing_is_told():
    shown = " ".join(call("two.yaml", "--volatility", "90").stdout.split())
    assert "volatility: 90 is 9,000 %: a percent sign may be missing" in shown
    assert "percent sign" not in call("two.yaml", "--volatility", "90%").stdout


def test_shares_that_are_all_alike_have_a_headline_at_fair_value():
    Path("alike.yaml").write_text("classes: {common: {kind: common, shares: 8M}}")
    assert "the headline is at fair value" in " ".join(call("alike.yaml", "--price", "common=1").stdout.split())


def test_a_wrong_cap_table_is_told_with_its_place():
    Path("wrong.yaml").write_text(TWO.replace("participation: none", "participation: nonne"))
    shown = call("wrong.yaml")
    assert shown.exit_code == 2
    assert "wrong.yaml:5" in shown.stderr


def test_a_method_in_a_file_is_read_and_its_measure_is_told():
    Path("stated.yaml").write_text(STATED)
    data = json.loads(call("two.yaml", "--method", "stated.yaml", "--json", "-").stdout)
    assert (data["method"], data["measure"]) == ("probability_weighted", "real_world_at_a_hurdle_rate")
    shown = " ".join(call("two.yaml", "--method", "stated.yaml").stdout.split())
    for words in ("probabilities are real-world ones", "no risk-neutral fair value"):
        assert words in shown


def test_a_file_of_a_method_that_is_wrong_is_told_with_its_place():
    Path("stated.yaml").write_text(STATED.replace("40%", "30%"))
    shown = call("two.yaml", "--method", "stated.yaml")
    assert (shown.exit_code, shown.stdout) == (2, "")
    assert "stated.yaml:5:1" in shown.stderr


def test_a_file_states_its_own_numbers():
    Path("stated.yaml").write_text(STATED)
    shown = call("two.yaml", "--method", "stated.yaml", "--volatility", "60%")
    assert shown.exit_code == 2
    assert "write it there" in " ".join(shown.stderr.split())


def test_a_method_in_a_file_is_checked_alone():
    Path("stated.yaml").write_text(STATED)
    shown = CliRunner().invoke(app, ["check", "stated.yaml"])
    assert (shown.exit_code, shown.stderr) == (0, "")
    assert "no problems (the method probability_weighted" in shown.stdout
    Path("stated.yaml").write_text(STATED.replace("kind: probability_weighted", "kind: probability"))
    shown = CliRunner().invoke(app, ["check", "stated.yaml"])
    assert shown.exit_code == 2
    assert "did you mean 'probability_weighted'?" in shown.stderr


def test_classes_are_valued_at_a_company_value_that_is_known():
    data = json.loads(call("two.yaml", "--company-value", "50M", "--json", "-").stdout)
    assert sum(each["value"] for each in data["classes"].values()) == pytest.approx(50e6)
    assert (data["price"], data["post_money_valuation"], data["overvaluation"], data["solved"]) == (
        {},
        None,
        None,
        False,
    )
    assert data["attribution"] == []
    shown = " ".join(call("two.yaml", "--company-value", "50M", "--html", "out.html").stdout.split())
    assert "no price gives a headline" in shown
    assert "taken to be worth 50M" in shown
    assert "Fair value of all classes" in Path("out.html").read_text()


def test_a_price_beside_a_company_value_gives_the_headline_alone():
    data = json.loads(call("two.yaml", "--company-value", "50M", "--price", "series_a=2.5", "--json", "-").stdout)
    assert (data["post_money_valuation"], data["fair_value"]) == (25e6, pytest.approx(50e6))
    assert data["overvaluation"] == pytest.approx(-0.5)


@pytest.mark.parametrize(
    ("amount", "method", "said"),
    [
        ("0", "exit_mix", "above 0"),
        ("50M EUR", "exit_mix", "without a currency"),
        ("50M", "stated.yaml", "leave the company value out"),
    ],
)
def test_a_company_value_that_cannot_be_is_refused_by_its_option(amount: str, method: str, said: str):
    Path("stated.yaml").write_text(STATED)
    shown = call("two.yaml", "--company-value", amount, "--method", method)
    assert shown.exit_code == 2
    assert "--company-value" in shown.stderr
    assert said in " ".join(shown.stderr.split())


def test_a_hybrid_is_told_part_by_part_with_what_each_assumes():
    indented = STATED.strip().replace("\n", "\n      ")
    parts = f"kind: hybrid\nparts:\n  private:\n    weight: 50%\n    method: {{kind: option_pricing}}\n  stated:\n    weight: 50%\n    method:\n      {indented}\n"
    Path("hybrid.yaml").write_text(parts)
    shown = " ".join(call("two.yaml", "--price", "series_a=4", "--method", "hybrid.yaml").stdout.split())
    for words in (
        "risk-neutral and real-world mixed",
        "Private, 50 %: option pricing",
        "nobody stated them: volatility 90 %",
        "sale: acquisition at 100M in 3 years, 60 %",
    ):
        assert words in shown
