"""The command ``break-even``: what it prints and writes, and what it refuses."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from tests.contract.tables import TWO
from tests.contract.test_break_even import FUND
from valsim.cli import app


@pytest.fixture(autouse=True)
def beside_the_files(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    Path("two.yaml").write_text(TWO)
    Path("fund.yaml").write_text(FUND)


def call(*arguments: str):
    return CliRunner().invoke(app, ["break-even", "two.yaml", "--holder", "Fund", "--investment", "5M", *arguments])


def test_json_tells_where_and_how_it_is_shared():
    data = json.loads(call("--fund", "fund.yaml", "--json", "-").stdout)
    assert (data["holder"], data["lp_cost"], data["gp_share"]) == ("Fund", 6.25e6, pytest.approx(0.1))
    assert data["lp_valuation"] == pytest.approx(6.25e6)
    assert data["roots"] == [data["company_value"]]


def test_json_goes_to_a_file_and_quiet_prints_nothing():
    shown = call("--json", "out.json", "--quiet")
    assert (shown.exit_code, shown.stdout) == (0, "")
    assert json.loads(Path("out.json").read_text())["partial_valuation"] == pytest.approx(5e6)


def test_a_person_reads_it_in_sentences():
    shown = " ".join(call("--fund", "fund.yaml", "--method", "random_expiration").stdout.split())
    for words in (
        "Fund breaks even where",
        "for 5M invested",
        "the general partner has 694k, 10 %",
        "risk-neutral",
        "As published",
    ):
        assert words in shown
    assert "general partner" not in call().stdout


@pytest.mark.parametrize(
    ("arguments", "option", "said"),
    [
        (["--holder", "Fnud"], "--holder", "did you mean 'Fund'?"),
        (["--investment", "0"], "--investment", "above 0"),
        (["--investment", "some"], "--investment", "expected money"),
        (["--method", "option_pricing", "--exit-rate", "0.2"], "--exit-rate", "has no exit_rate"),
    ],
)
def test_a_call_that_is_wrong_is_refused_by_its_option(arguments, option: str, said: str):
    shown = call(*arguments)
    assert (shown.exit_code, shown.stdout) == (2, "")
    assert option in shown.stderr
    assert said in " ".join(shown.stderr.split())


def test_the_terms_of_a_fund_that_are_wrong_are_told_with_their_place():
    Path("fund.yaml").write_text(FUND.replace("20%", "120%"))
    shown = call("--fund", "fund.yaml")
    assert shown.exit_code == 2
    assert "fund.yaml:4:19" in shown.stderr
