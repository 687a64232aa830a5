"""valsim solve: the number of one input that makes a target true."""

import json

import pytest
from typer.testing import CliRunner

from tests.companies import STEADY
from valsim.cli import app

BUY = """
positions:
  me: {kind: secondary, pay: 1M USD, series: series_a, seller: Fund, price_per_share: 3 USD, at: 2026-01-01, fees: 0%,
    carry: 0%, transfer_consent_probability: 100%}
"""
PRICE = ["--for", "positions.me.price_per_share"]
FEW = ["--paths", "2", "--threads", "1"]


@pytest.fixture(autouse=True)
def deal(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "deal.yaml").write_text(STEADY.lstrip() + BUY, encoding="utf-8")
    return tmp_path


def run(*arguments: str):
    return CliRunner().invoke(app, ["solve", "deal.yaml", *arguments], env={"COLUMNS": "80"})


def test_the_number_is_told_with_what_it_makes_true() -> None:
    shown = run(*PRICE, "--target", "moic(me) = 1.5", *FEW)
    assert shown.exit_code == 0, shown.output
    lines = shown.output.splitlines()
    assert lines[0] == "moic(me) = 1.5, by positions.me.price_per_share"
    assert lines[3] == "3.4 USD"
    assert "  There moic(me) is 1.50x against 1.50x." in lines
    assert "  As the file stands, at 3 USD, moic(me) is 1.70x against 1.50x." in lines
    assert "  To play it: --set 'positions.me.price_per_share=3.4 USD'" in shown.output
    assert "not scaled" in shown.output


def test_no_number_leaves_with_1_and_says_the_ends() -> None:
    shown = run(*PRICE, "--target", "moic(me) = 99", *FEW, "--between", "1 USD,4 USD")
    assert shown.exit_code == 1
    assert "No number makes it true between 1 USD and 4 USD." in shown.output
    assert "At 1 USD moic(me) is 5.1x against 99x." in shown.output


def test_the_json_holds_all(deal) -> None:
    shown = run(*PRICE, "--target", "moic(me) >= 1.5", *FEW, "--json", "-")
    found = json.loads(shown.output)
    assert (found["found"], found["holds"], found["anchor"]) == (True, "below", "none")
    assert found["value"] == pytest.approx(3.4)
    assert run(*PRICE, "--target", "moic(me) = 1.5", *FEW, "--json", "found.json", "--quiet").output == ""
    assert json.loads((deal / "found.json").read_text(encoding="utf-8"))["value"] == pytest.approx(3.4)


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["--for", "positions.me.prize", "--target", "moic(me) = 1"], "is no key of a scenario"),
        (["--for", "positions.you.pay", "--target", "moic(me) = 1"], "there is no 'you' in positions"),
        ([*PRICE, "--target", "moic(me)"], "expected one comparison, such as moic(me) = 3"),
        ([*PRICE, "--target", "moic(you) = 1"], "there is no holder 'you'"),
        ([*PRICE, "--target", "moic(me) = 1 USD"], "cannot compare a plain number and USD"),
        ([*PRICE, "--target", "moic(me) = 1", "--between", "3"], "expected LOW,HIGH"),
        ([*PRICE, "--target", "moic(me) = 1", "--between", "1 year,2 years"], "expected a number such as 3 USD, got"),
        ([*PRICE, "--target", "moic(me) = 1", "--variant", "all"], "one case is solved at a time"),
        ([*PRICE, "--target", "moic(me) = 1", "--anchor", "loose"], "expected one of held, solved"),
        ([*PRICE, "--target", "moic(me) = 1", "--set", "currency=XXX"], "currency"),
    ],
)
def test_what_cannot_be_solved_is_told_with_what_to_do(arguments, told) -> None:
    shown = run(*arguments, *FEW)
    assert shown.exit_code == 2
    assert told in " ".join(shown.output.replace("│", " ").split())


def test_it_is_said_where_nobody_invests_so_that_there_is_nothing_to_look_at() -> None:
    # The seller has 25M shares: 70M USD buy them all at 2.80.
    shown = run(*PRICE, "--target", "moic(me) = 30", "--set", "positions.me.pay=70M USD", *FEW)
    assert shown.exit_code == 1
    said = " ".join(shown.output.split())
    assert "Below 2.83588 USD moic(me) has no value: nobody invests there" in said
    assert "Above" not in said
