"""The command ``round``: what it prints and writes, and what it refuses."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

import valsim
from tests.contract.tables import TWO
from valsim.cli import app

ROUND = "name: series_b\nnew_money: 4M\npre_money_valuation: 16M\ninvestors: {Fund: 1M}\n"
RATCHET = TWO.replace("seniority: 1}", "seniority: 1, anti_dilution: full_ratchet}")


@pytest.fixture(autouse=True)
def beside_the_files(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    Path("two.yaml").write_text(TWO)
    Path("round.yaml").write_text(ROUND)


def call(*arguments: str):
    return CliRunner().invoke(app, ["round", *arguments])


def test_json_says_what_the_round_does():
    shown = call("two.yaml", "round.yaml", "--json", "-")
    assert (shown.exit_code, shown.stderr) == (0, "")
    data = json.loads(shown.stdout)
    assert data["price_per_share"] == pytest.approx(1.6)
    assert data["shares_issued"] == pytest.approx({"Fund": 625_000, "other series_b investors": 1_875_000})
    assert data["ownership"]["after"]["Ada"] == pytest.approx(0.48)


def test_a_person_sees_the_price_and_who_owns_what():
    shown = " ".join(call("two.yaml", "round.yaml").stdout.split())
    assert "1.60 a share: 16M before the money, and 20M after it" in shown
    assert "Fully diluted ownership" in shown
    assert "Fund 20 % 21 %" in shown


def test_several_closings_and_lowered_conversion_prices_have_tables():
    Path("ratchet.yaml").write_text(RATCHET)
    Path("round.yaml").write_text(
        "closings:\n  - {name: first, new_money: 2M, pre_money_valuation: 10M}\n  - {name: second, new_money: 1M}\n"
    )
    shown = call("ratchet.yaml", "round.yaml").stdout
    assert all(words in shown for words in ("Closings", "second", "Conversion prices"))


def test_each_of_several_closings_is_told_on_a_line_of_its_own():
    Path("round.yaml").write_text(
        "closings:\n  - {name: first, new_money: 2M, pre_money_valuation: 10M}\n  - {name: second, new_money: 1M}\n"
    )
    shown = call("two.yaml", "round.yaml").stdout.splitlines()
    assert "first: 1.00 a share: 10M before the money, and 12M after it." in shown
    assert "second: 1.00 a share: 12M before the money, and 13M after it." in shown
    assert "In all 3M of new money; 10M fully diluted shares become 13M." in shown


def test_one_value_of_the_round_is_changed_first():
    data = json.loads(call("two.yaml", "round.yaml", "--set", "pre_money_valuation=20M", "--json", "-").stdout)
    assert data["price_per_share"] == pytest.approx(2)


def test_a_file_is_written_and_nothing_printed():
    assert call("two.yaml", "round.yaml", "--json", "a.json", "--quiet").output == ""
    assert json.loads(Path("a.json").read_text())["round"] == "series_b"


def test_a_round_that_no_price_satisfies_says_which_terms_conflict_and_by_how_much():
    Path("ratchet.yaml").write_text(RATCHET)
    settings = ["--set", "pre_money_valuation=4M", "--set", "pre_money_includes=[anti_dilution]"]
    shown = call("ratchet.yaml", "round.yaml", *settings, "--json", "a.json")
    assert (shown.exit_code, shown.stdout) == (2, "")
    assert (
        "the full ratchet of series_a takes 5M of value: the pre-money valuation of 4M leaves nothing" in shown.stderr
    )
    assert "there is a price above a pre-money valuation of 5M" in shown.stderr
    assert not Path("a.json").exists()


def test_a_wrong_round_is_told_with_its_place_and_nothing_is_written():
    Path("round.yaml").write_text(ROUND.replace("new_money: 4M", "new_money: lots"))
    shown = call("two.yaml", "round.yaml", "--json", "a.json")
    assert (shown.exit_code, shown.stdout) == (2, "")
    assert shown.stderr.startswith(
        "round.yaml:2:12  new_money: a round alone has nothing that the formula 'lots' could read"
    )
    assert not Path("a.json").exists()


def test_a_file_of_the_question_is_not_written_over():
    shown = call("two.yaml", "round.yaml", "--json", "round.yaml")
    assert shown.exit_code == 2
    assert Path("round.yaml").read_text() == ROUND


def test_the_cap_table_after_the_round_is_written_for_the_next_question():
    assert call("two.yaml", "round.yaml", "--yaml", "after.yaml", "--quiet").exit_code == 0
    after = valsim.waterfall("after.yaml", 30e6)
    assert after.classes["series_b"].shares == pytest.approx(2.5e6)
    assert set(after.positions) == {"Ada", "Fund", "other series_b investors", "other holders"}
    again = call("after.yaml", "round.yaml", "--set", "name=series_c", "--json", "-")
    assert json.loads(again.stdout)["fully_diluted"]["before"] == pytest.approx(12.5e6)


def test_the_cap_table_after_the_round_never_replaces_the_one_before_it():
    shown = call("two.yaml", "round.yaml", "--yaml", "two.yaml")
    assert shown.exit_code == 2
    assert Path("two.yaml").read_text() == TWO


def checked(*arguments: str):
    return CliRunner().invoke(app, ["check", *arguments])


def test_a_round_alone_is_checked_and_what_looks_at_the_rest_is_named():
    shown = checked("round.yaml")
    assert (shown.exit_code, shown.stderr) == (0, "")
    assert " ".join(shown.stdout.split()) == (
        "round.yaml: series_b: no problems (1 closing; valsim round CAPTABLE round.yaml looks at it with its cap table)"
    )


def test_what_is_wrong_in_a_round_alone_is_told_at_its_place():
    Path("round.yaml").write_text(ROUND + "pre_mony: 3\nseries: {like: series_a}\n")
    shown = checked("round.yaml")
    assert shown.exit_code == 2
    assert "round.yaml:5:1  pre_mony: unknown key" in shown.stderr
    assert "1 problem in round.yaml" in shown.stderr


def test_a_warning_of_a_round_alone_is_told_where_it_stands():
    Path("round.yaml").write_text(ROUND + "probability: 90%\nseries: {like: series_a}\n")
    assert "round.yaml:5:1  warning: probability: without effect" in checked("round.yaml").stderr
