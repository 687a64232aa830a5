"""The command ``waterfall``: what it prints and writes, and what it refuses."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from tests.contract.tables import THREE, TWO
from valsim.cli import app


@pytest.fixture(autouse=True)
def beside_the_files(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    Path("two.yaml").write_text(TWO)
    Path("three.yaml").write_text(THREE)


def call(*arguments: str):
    return CliRunner().invoke(app, ["waterfall", *arguments])


def told(*arguments: str):
    shown = call(*arguments, "--json", "-")
    assert (shown.exit_code, shown.stderr) == (0, "")
    return json.loads(shown.stdout)


def test_json_has_the_promised_shape():
    data = told("two.yaml", "--proceeds", "4M,25M,35M")
    assert data["exit"] == "acquisition"
    assert data["proceeds"] == [4e6, 25e6, 35e6]
    assert data["breakpoints"] == [5e6, 25e6]
    assert data["discontinuities"] == []
    assert data["debt"] == [0, 0, 0]
    assert data["classes"]["series_a"]["payout"] == [4e6, 5e6, 7e6]
    assert data["classes"]["series_a"]["per_share"] == [2, 2.5, 3.5]
    assert data["classes"]["series_a"]["converts"] == [False, "indifferent", True]
    assert data["positions"]["Fund"]["payout"] == [4e6, 5e6, 7e6]


def test_a_person_sees_who_is_paid_what():
    shown = call("three.yaml", "--proceeds", "20M,60M")
    assert shown.exit_code == 0
    for words in (
        "Three classes",
        "a sale",
        "Series A",
        "$10.2M",
        "converts",
        "Breakpoints  $9M, $14M, $39M, $59M and $69M",
    ):
        assert words in shown.stdout
    assert "$9M to $14M: Series A 100 %" in " ".join(shown.stdout.split())


def test_many_values_are_laid_out_in_several_tables():
    shown = call("two.yaml", "--proceeds", ",".join(f"{n}M" for n in range(1, 13)))
    assert shown.stdout.count("Paid to each class") == 3
    assert max(map(len, shown.stdout.splitlines())) <= 80


@pytest.mark.parametrize("kind", ["acquisition", "ipo", "wind_down"])
def test_every_kind_of_exit_is_paid_out(kind):
    assert told("two.yaml", "--proceeds", "35M", "--exit", kind)["classes"]["common"]["payout"] == [28e6]


def test_the_cap_table_of_a_scenario_is_paid_out():
    scenario = Path(__file__).parents[2] / "scenarios" / "moonshot-2026-10b.yaml"
    data = told(str(scenario), "--proceeds", "10B USD")
    assert (data["currency"], data["on"]) == ("USD", "2026-02-20")
    assert sum(each["payout"][0] for each in data["classes"].values()) == pytest.approx(10e9)


def test_one_value_is_changed_first():
    data = told("two.yaml", "--proceeds", "10M", "--set", "classes.series_a.original_issue_price=3")
    assert data["classes"]["series_a"]["payout"] == [6e6]


def test_the_diagram_is_one_page_that_fetches_nothing():
    assert call("three.yaml", "--proceeds", "20M", "--html", "payoff.html", "--quiet").output == ""
    page = Path("payoff.html").read_text("utf-8")
    assert "default-src &#39;none&#39;" in page
    assert 'data-chart="payoff"' in page
    assert 'data-control="payoff"' in page
    assert "Who gets the next dollar" in page


def test_a_drawn_number_is_told():
    arguments = [
        "two.yaml",
        "--proceeds",
        "10M",
        "--set",
        "classes.common.shares={family: uniform, low: 6M, high: 10M}",
    ]
    assert "worked out at the median" in " ".join(call(*arguments).stdout.split())
    assert told(*arguments)["warnings"][0].startswith("classes.common.shares: this number is drawn")


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--proceeds", "-5M"], "an exit pays nothing or more, got '-5M'"),
        (["--proceeds", "inf"], "expected money such as 25M,35M,60M, got 'inf'"),
        (["--proceeds", "nan"], "expected money such as 25M,35M,60M, got 'nan'"),
        (["--proceeds", "1e400"], "expected money such as 25M,35M,60M, got '1e400'"),
        (["--proceeds", ""], "expected money such as 25M,35M,60M, got ''"),
        (["--proceeds", "5M,,6M"], "got ''"),
        (["--proceeds", "25,000,000"], "a comma parts two values, got '25,000,000': write 25_000_000 or 25M"),
        (["--proceeds", "20%"], "got '20%'"),
        (["--proceeds", "5M EUR"], "expected money without a currency, as in the cap table, got '5M EUR'"),
        (
            ["--proceeds", "5M", "--exit", "merger"],
            "'--exit': expected one of acquisition, ipo, wind_down, got 'merger'",
        ),
        (["--proceeds", "5M", "--on", "soon"], "expected a date such as 2026-02-20"),
        (["--proceeds", "5M", "--json", "no/where.json"], "there is no folder no"),
        (["--proceeds", "5M", "--html", "two.yaml"], "cannot write two.yaml: it is the scenario"),
        ([], "Missing option '--proceeds'"),
    ],
)
def test_a_wrong_call_is_told_and_nothing_is_written(arguments, message):
    files = [] if {"--json", "--html"} & {*arguments} else ["--json", "a.json", "--html", "a.html"]
    shown = call("two.yaml", *arguments, *files)
    assert (shown.exit_code, shown.stdout) == (2, "")
    assert " ".join(message.split()) in " ".join(shown.stderr.replace("│", "").split())
    assert sorted(path.name for path in Path().iterdir()) == ["three.yaml", "two.yaml"]


def test_amounts_in_another_currency_than_the_cap_table_are_refused():
    shown = call("three.yaml", "--proceeds", "5M EUR")
    assert (shown.exit_code, shown.stdout) == (2, "")
    assert "expected money in USD, got '5M EUR'" in shown.stderr


def test_a_wrong_cap_table_is_told_with_its_place():
    Path("wrong.yaml").write_text(TWO.replace("75%", "9M"))
    shown = call("wrong.yaml", "--proceeds", "5M", "--json", "a.json")
    assert (shown.exit_code, shown.stdout) == (2, "")
    assert shown.stderr.startswith("wrong.yaml:7:17  positions.Ada.common: the positions hold more than there is")
    assert not Path("a.json").exists()


def test_what_is_paid_later_stands_in_a_table_of_its_own():
    shown = call("two.yaml", "--proceeds", "4M,25M", "--later", "3M")
    assert shown.exit_code == 0
    assert "Paid later to each" in " ".join(shown.stdout.split())
    later = told("two.yaml", "--proceeds", "4M,25M", "--later", "3M,1M")["later"]
    assert [each["amount"] for each in later] == [3e6, 1e6]
    # A preference of 5M is filled first; from 25M on the class converts and gets a fifth.
    assert later[0]["positions"]["Fund"]["payout"] == [1e6, 0.6e6]


def test_an_amount_that_is_none_is_refused_by_the_name_of_its_option():
    shown = call("two.yaml", "--proceeds", "4M", "--later", "soon")
    assert shown.exit_code == 2
    assert "Invalid value for --later" in shown.stderr
