"""A company and its sector belong together, or the document says what is wrong."""

import pytest

from tests.companies import IN_A_SECTOR, STEADY, in_a_sector, steady
from tests.scenario.found import one, problems, warned
from valsim.core.unit import ONE
from valsim.scenario.rules.row_units import row_units

SECTOR = "sectors={storage: {multiple_of: arr, multiple: {kind: constant, value: 5}}}"
HOT = "{kind: sector_multiple, start: 8, mean: 8, half_life: 2 years, volatility: 0, growth: arr.growth}"


def test_the_level_of_a_sector_is_a_row_that_formulas_read() -> None:
    units = row_units(in_a_sector())
    assert {units[name] for name in ("ai_labs", "ai_labs.start", "ai_labs.mean")} == {ONE}


def test_without_sectors_the_name_of_one_is_just_a_name() -> None:
    assert steady("valuation.sector=storage").sectors == {}


@pytest.mark.parametrize(
    ("change", "place", "words"),
    [
        ("valuation.sector=ai_lab", "valuation.sector", "no sector 'ai_lab'"),
        ("valuation.enterprise_value.multiple_of=arr", "valuation.enterprise_value.multiple_of", "a multiple of arr, and the sector 'ai_labs' is stated as a multiple of run_rate_revenue"),
        ("measure.sector_linked={}", "measure", "nothing says whose shocks carry the beta"),
        ("valuation.sector=null", "valuation.multiple.kind", "follows the sector that valuation.sector names"),
        ("valuation.multiple.growth=null", "valuation.multiple", "does not say what its growth is"),
        ("valuation.multiple.margin=0.4", "valuation.multiple.margin", "states no margin_premium"),
        ("valuation.multiple.growth=enterprise_value / 1 USD", "valuation.multiple.growth", "enterprise_value"),
        ("valuation.multiple.growth=arr", "valuation.multiple.growth", "expected a plain number"),
    ],
)  # fmt: skip
def test_what_does_not_belong_together_is_reported(change: str, place: str, words: str) -> None:
    found = {problem.place: problem.message for problem in problems(IN_A_SECTOR, change)}
    assert words in found[place]


def test_a_multiple_that_stands_alone_is_in_no_sector_of_the_document() -> None:
    assert one(STEADY, SECTOR, "valuation.sector=storage") == (
        "valuation.sector",
        "the multiple does not follow the sector 'storage'",
    )


@pytest.mark.parametrize("name", ["cash", "arr", "multiple"])
def test_a_sector_is_called_as_no_other_row(name: str) -> None:
    sector = "{multiple_of: arr, multiple: {kind: constant, value: 5}}"
    assert f"sectors.{name}" in {each.place for each in problems(IN_A_SECTOR, f"sectors.{name}={sector}")}


def test_growth_that_needs_the_multiple_is_a_circle() -> None:
    feedback = "drivers.buzz={kind: formula, value: multiple / 10, unit: 1}"
    found = problems(IN_A_SECTOR, feedback, "valuation.multiple.growth=buzz")
    assert any("formulas need each other" in each.message for each in found)


def test_a_hot_multiple_that_cools_as_growth_and_spread_fade_is_not_suspicious() -> None:
    assert "valuation.multiple" not in warned(IN_A_SECTOR)
    assert "valuation.multiple" not in warned(IN_A_SECTOR, "valuation.multiple.start=3")


def test_a_spread_that_never_fades_keeps_a_multiple_hot_and_is_suspicious() -> None:
    assert (
        "is hot, and after 8 years its median is still"
        in warned(IN_A_SECTOR, f"valuation.multiple={HOT}")["valuation.multiple"]
    )
