"""A scenario is written back as YAML that loads to an equal one."""

from pathlib import Path

import pytest
import yaml

from tests.companies import LIVELY, STEADY, lively, scenario, steady
from valsim.core.errors import ValsimError
from valsim.scenario.dump import dump
from valsim.scenario.load import load, parse_document, scenario_of
from valsim.scenario.model import Scenario

SHIPPED = sorted((Path(__file__).parents[2] / "scenarios").glob("*.yaml"))
NORTH_STAR = Path(__file__).parent / "north-star.yaml"


@pytest.mark.parametrize("text", [STEADY, LIVELY])
def test_a_small_document_survives(text: str) -> None:
    assert scenario(dump(scenario(text))) == scenario(text)


@pytest.mark.parametrize("path", [*SHIPPED, NORTH_STAR], ids=lambda path: path.stem)
def test_a_shipped_scenario_survives_with_every_source_and_note(path: Path) -> None:
    before = load(path)
    after = scenario(dump(before))
    assert after == before
    assert repr(after) == repr(before)


def test_a_case_at_the_scale_of_its_file_is_no_document_of_its_own() -> None:
    cases = "variants: {bear: {anchor: base, changes: {name: x}}}"
    case = load_text(STEADY + cases, "bear", "valuation.anchor=last_round")
    with pytest.raises(ValsimError, match=r"dump that file, which holds the case, or case.anchored_by\(None\)"):
        dump(case)
    alone = case.anchored_by(None)
    assert scenario(dump(alone)) == alone != case


def load_text(text: str, variant: str, *overrides: str) -> Scenario:
    return scenario_of(parse_document(text, "x.yaml", overrides, variant))


def test_numbers_stay_as_they_were_given() -> None:
    cash = "{value: $1.50B, source: filing, note: Rounded.}"
    text = dump(steady("sources={filing: {title: A filing, date: 2025-Q4}}", f"company.cash={cash}"))
    assert "cash: {value: $1.50B, source: filing, note: Rounded.}" in text
    assert "date: 2025-10-01" in text


def test_what_was_taken_over_is_written_out_and_defaults_are_left_out() -> None:
    text = dump(lively())
    assert "like" not in text
    assert "if_funded" not in text
    assert text.count("anti_dilution: broad_based_weighted_average") == 3


def test_a_percentage_of_the_fully_diluted_shares_keeps_its_date() -> None:
    held = steady("captable.positions.Fund.series_a=20% of fully diluted at 2025-06-30")
    assert "series_a: {value: 20% of fully diluted at 2025-06-30}" in dump(held)
    assert scenario(dump(held)) == held


@pytest.mark.parametrize(
    "text",
    [
        "1e9", "010", "no", "null", "~", "", "true", "0x1F", ".inf", "<<", "2026-02-20", " blank ", "a: b", "# no comment",
        "'quoted'", '"quoted"', "two\nlines", "trailing\n", "tab\tbed", "- item", "{a: 1}", "[1]", "&anchor", "*alias",
        "!tag", "%5", "@at", "`tick", "名字 ☃ é", "|", ">", "?", "a #b", "x" * 300, "word " * 60,
    ],
)  # fmt: skip
def test_a_text_stays_the_text_it_is(text: str) -> None:
    before = steady().but(name=text, description=text)
    assert scenario(dump(before)) == before
    assert parse_document(dump(before)).data["name"] == text


def test_other_readers_of_yaml_understand_it() -> None:
    assert yaml.safe_load(dump(lively()))["drivers"]["served"] == {
        "kind": "formula", "unit": "1/year", "value": "arr / 3 USD",
    }  # fmt: skip
