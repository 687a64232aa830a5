"""A file extends a template of valsim by its bare name: what comes of it, its places, and what is refused."""

from pathlib import Path

import pytest

from tests.templates.minimal import MINIMAL, minimal
from valsim.core.errors import ScenarioError
from valsim.scenario.check import warnings
from valsim.scenario.compose.template import is_bare, template, templates
from valsim.scenario.difference import differences
from valsim.scenario.dump import dump
from valsim.scenario.load import load, parse_document, scenario_of
from valsim.scenario.text.reading import parsed

NAME = "enterprise_software"


def wrong(text: str, *overrides: str) -> str:
    with pytest.raises(ScenarioError) as caught:
        scenario_of(parse_document(text, "mine.yaml", overrides))
    return str(caught.value)


@pytest.mark.parametrize("name", templates())
def test_a_minimal_file_on_each_template_has_neither_problems_nor_warnings(name: str) -> None:
    assert warnings(minimal(name)) == ()


def test_each_template_has_a_minimal_file_in_the_tests() -> None:
    assert tuple(sorted(MINIMAL)) == templates()


def test_the_keys_of_the_file_win_over_those_of_the_template() -> None:
    scenario = minimal(NAME, "drivers.arr.start=31M USD/year")
    assert scenario.drivers["arr"].start.middle == 31e6
    assert scenario.company.name == "Minimal"
    assert scenario.drivers["arr"].gross_retention.sources == ("saas-retention",)


def test_a_problem_inside_a_template_is_told_at_its_place_there() -> None:
    line = next(i for i, text in enumerate(template(NAME).text.splitlines(), 1) if text.startswith("cash_flow:"))
    told = wrong(MINIMAL[NAME] + "drivers: {gross_margin: null}\n")
    assert f"valsim/templates/{NAME}.yaml:{line}:18  cash_flow: unknown name 'gross_margin'" in told
    assert f"{line} │ cash_flow: arr * gross_margin - operating_cost" in told


def test_what_the_file_misses_is_told_beside_what_the_template_has() -> None:
    told = wrong(f"extends: {NAME}\nname: Mine\n")
    assert [key for key in ("as_of", "company", "captable", "drivers") if f"{key}: required" in told] == [
        "as_of", "company", "captable",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ("enterprise_sofware", "there is no template 'enterprise_sofware'\n1 │ extends: enterprise_sofware\n"),
        ("base", f"the templates are {', '.join(templates())}; a file is named with its ending, as in base.yaml"),
    ],
)
def test_a_template_that_does_not_exist_is_told_with_those_that_do(given: str, told: str) -> None:
    assert told in wrong(f"extends: {given}\n")


def test_the_nearest_template_is_suggested() -> None:
    assert "did you mean 'enterprise_software'?" in wrong("extends: enterprise_sofware\n")


def test_a_file_may_stand_between(tmp_path: Path) -> None:
    (tmp_path / "base.yaml").write_text(MINIMAL[NAME], encoding="utf-8")
    (tmp_path / "mine.yaml").write_text("extends: base.yaml\nname: Above\n", encoding="utf-8")
    assert load(tmp_path / "mine.yaml").name == "Above"


def test_a_file_of_the_same_name_is_no_template(tmp_path: Path) -> None:
    (tmp_path / f"{NAME}.yaml").write_text("name: Mine\n", encoding="utf-8")
    (tmp_path / "mine.yaml").write_text(f"extends: {NAME}.yaml\n", encoding="utf-8")
    with pytest.raises(ScenarioError, match="as_of"):
        load(tmp_path / "mine.yaml")


@pytest.mark.parametrize("name", templates())
def test_a_scenario_on_a_template_travels_as_its_document(name: str) -> None:
    before = minimal(name)
    written = dump(before)
    assert "extends" not in written
    assert scenario_of(parse_document(written, "elsewhere")) == before


def test_what_differs_from_another_file_on_the_template_is_told_alone() -> None:
    found = differences(
        minimal(NAME),
        minimal(
            NAME,
            "drivers.arr.volatility={value: 12%, note: 'Assumption: how far a year strays beside what is sold and kept.'}",
        ),
    )
    assert [difference.path for difference in found] == [("drivers", "arr", "volatility")]


def test_a_template_is_no_file_of_the_person() -> None:
    document = parse_document(MINIMAL[NAME], "mine.yaml")
    assert list(document.files) == ["mine.yaml"]
    assert [source.name for source in document.sources] == ["mine.yaml", f"valsim/templates/{NAME}.yaml"]


def test_a_bare_name_has_no_ending_and_no_folder() -> None:
    assert [is_bare(given) for given in ("ai_lab", "ai_lab.yaml", "a/b", "", 7, None)] == [True, *[False] * 5]


@pytest.mark.parametrize("name", templates())
def test_a_template_counts_in_dollars_and_says_nothing_of_a_company(name: str) -> None:
    data = parsed(template(name), 0).data
    assert data["currency"] == "USD"
    assert data.keys().isdisjoint({"name", "as_of", "company", "captable", "positions"})
