"""A sample is read from a column of a CSV file beside the scenario, each value with its place."""

from pathlib import Path

import numpy as np
import pytest

from tests.companies import STEADY
from valsim.core.errors import ScenarioError
from valsim.scenario.dump import dump
from valsim.scenario.load import load, parse_document, scenario_of
from valsim.scenario.model import Scenario

TABLE = 'year,growth,"price, in full"\n2023,120%,3 USD\n\n2024,80%,"4 USD"\n2025,30%,5 USD\n'


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "history.csv").write_text(TABLE, encoding="utf-8")
    return tmp_path


def scenario(folder: Path, number: str, field: str = "at_horizon.discount") -> Scenario:
    path = folder / "steady.yaml"
    path.write_text(STEADY, encoding="utf-8")
    return load(path, [f"{field}={number}"])


def empirical(**keys: str) -> str:
    return "{family: empirical, " + ", ".join(f"{key}: {value}" for key, value in keys.items()) + "}"


def wrong(folder: Path, number: str, field: str = "at_horizon.discount") -> str:
    with pytest.raises(ScenarioError) as caught:
        scenario(folder, number, field)
    assert len(caught.value.problems) == 1
    return str(caught.value)


def test_a_sample_is_the_column_of_its_name(folder: Path) -> None:
    cash = scenario(folder, empirical(file="history.csv", column="'price, in full'"), "company.cash").company.cash
    assert cash.at(np.array([0.01, 0.5, 0.99])).tolist() == [3.0, 4.0, 5.0]
    assert cash.given == "empirical 3 USD, 4 USD, 5 USD (price, in full in history.csv)"


def test_a_column_without_units_is_given_one(folder: Path) -> None:
    (folder / "bare.csv").write_text("cash\n1.5\n2.5\n", encoding="utf-8")
    cash = scenario(folder, empirical(file="bare.csv", column="cash", unit="M USD"), "company.cash").company.cash
    assert cash.at(np.array([0.01, 0.99])).tolist() == [1.5e6, 2.5e6]


def test_bounds_source_and_note_stay_with_the_sample(folder: Path) -> None:
    number = empirical(file="history.csv", column="growth", at_most="100%", note="since 2023")
    discount = scenario(folder, number).at_horizon.discount
    assert (discount.distribution.support(), discount.note) == ((0.3, 1.0), "since 2023")


def test_a_scenario_with_a_sample_travels_as_its_document(folder: Path) -> None:
    before = scenario(folder, empirical(file="history.csv", column="growth", at_most="100%"))
    assert scenario_of(parse_document(dump(before), "elsewhere")) == before


def test_a_file_in_a_folder_below_is_found_from_the_file_that_names_it(folder: Path) -> None:
    below = folder / "below"
    below.mkdir()
    (folder / "history.csv").rename(below / "history.csv")
    number = empirical(file="history.csv", column="growth", at_most="100%")
    (below / "base.yaml").write_text(STEADY.replace("discount: 0%", f"discount: {number}"), encoding="utf-8")
    (folder / "above.yaml").write_text("extends: below/base.yaml\n", encoding="utf-8")
    assert load(folder / "above.yaml").at_horizon.discount.distribution.support() == (0.3, 1.0)


def test_a_bad_cell_is_shown_where_it_stands_in_the_table(folder: Path) -> None:
    (folder / "history.csv").write_text(TABLE.replace("80%", "soon"), encoding="utf-8")
    report = wrong(folder, empirical(file="history.csv", column="growth", at_most="100%"))
    assert (
        f"{folder / 'history.csv'}:4:6  at_horizon.discount.values[1]: expected a fraction such as 12%, got 'soon'"
        in report
    )
    assert '4 │ 2024,soon,"4 USD"\n  │      ^~~~' in report


@pytest.mark.parametrize(
    ("table", "message"),
    [
        ("growth,x\n10%,1\n20%\n", "history.csv:3:1  at_horizon.discount: expected 2 cells as in the header, got 1"),
        ("growth\n10%\n\"20%\n", "history.csv:3:1  at_horizon.discount: not a table of cells parted by commas: unexpected end of data"),
        ("growth\n" + "10%\n" * 20_001, "history.csv:20002:1  at_horizon.discount: expected at most 20,000 rows"),
        ("growth,x\n10%,1\n,2\n", "history.csv:3:1  at_horizon.discount.values[1]: expected a fraction such as 12%, got ''"),
        ("growth\n10%\n", "at_horizon.discount: a sample has at least two different values"),
        ("growth\n", "at_horizon.discount: a sample has at least two different values"),
        ("", "--set  at_horizon.discount: no column is called 'growth' in history.csv"),
        ("growth,growth\n1%,2%\n", "--set  at_horizon.discount: 2 columns are called 'growth' in history.csv"),
        ("Growth;x\n1%;2%\n", "--set  at_horizon.discount: no column is called 'growth' in history.csv"),
    ],
    ids=["short row", "open quote", "too many", "empty cell", "one value", "no value", "empty", "twice", "semicolons"],
)  # fmt: skip
def test_what_is_no_table_is_refused_at_its_place(folder: Path, table: str, message: str) -> None:
    (folder / "history.csv").write_text(table, encoding="utf-8")
    assert message in wrong(folder, empirical(file="history.csv", column="growth"))


@pytest.mark.parametrize(
    ("keys", "message", "help_text"),
    [
        ({"file": "history.csv", "column": "grwth"}, "no column is called 'grwth' in history.csv", "did you mean 'growth'?"),
        ({"file": "history.csv"}, "a sample names its column of history.csv as column", "known are year, growth, price, in full"),
        ({"file": "histories.csv", "column": "growth"}, "cannot read 'histories.csv': no such file or directory", ""),
        ({"file": "../history.csv", "column": "growth"}, "'../history.csv' is outside the folder of steady.yaml", "a scenario reads files beside it"),
        ({"file": "/etc/hostname", "column": "growth"}, "'/etc/hostname' is outside the folder of steady.yaml", ""),
        ({"file": "7", "column": "growth"}, "expected a file such as history.csv, got 7", ""),
        ({"file": "history.csv", "column": "growth", "values": "[1%, 2%]"}, "a sample is given by its values or by a file, not both", ""),
    ],
    ids=["mistyped", "no column", "missing", "above", "absolute", "no text", "twice"],
)  # fmt: skip
def test_what_names_no_sample_is_refused(folder: Path, keys: dict[str, str], message: str, help_text: str) -> None:
    report = wrong(folder, empirical(**keys))
    assert f"--set  at_horizon.discount: {message}" in report
    assert help_text in report


@pytest.mark.parametrize("keys", [{"column": "growth"}, {"unit": "'%'", "values": "[1, 2]"}], ids=["column", "unit"])
def test_a_column_without_a_file_is_no_sample(folder: Path, keys: dict[str, str]) -> None:
    assert "file, column and unit go together, in a scenario that is a file itself" in wrong(folder, empirical(**keys))


def test_a_table_that_is_not_utf_8_is_refused_at_the_character(folder: Path) -> None:
    (folder / "history.csv").write_bytes("growth\nfünf\n".encode("latin-1"))
    report = wrong(folder, empirical(file="history.csv", column="growth"))
    assert "history.csv:2:2  at_horizon.discount: expected UTF-8 text" in report


def test_a_table_is_read_once_for_all_its_columns(folder: Path) -> None:
    number = empirical(file="history.csv", column="growth", at_most="100%")
    text = STEADY.replace("discount: 0%", f"discount: {number}").replace("volatility: 0}", f"volatility: {number}}}")
    document = parse_document(text, str(folder / "steady.yaml"))
    assert [Path(source.name).name for source in document.sources] == ["steady.yaml", "history.csv"]
    assert scenario_of(document).at_horizon.discount == scenario_of(document).valuation.multiple.volatility
