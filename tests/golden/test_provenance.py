"""No shipped number stands without a source or the word that it is an assumption, and none rests on what is only recalled."""

from pathlib import Path

import pytest

from tests.companies import scenario
from tests.golden.provenance import FILES, read, unexplained, unsourced
from valsim.core.parameter import parameters
from valsim.evidence.facts import PREFIX, all_facts
from valsim.scenario.load import parse_document, scenario_of

SMALL = (Path(__file__).parents[1] / "cli" / "small.yaml").read_text(encoding="utf-8")


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_every_number_has_a_source_or_is_said_to_be_an_assumption(file: Path) -> None:
    _, found = read(file)
    assert unsourced(found) == []


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_every_formula_with_numbers_of_its_own_has_a_comment(file: Path) -> None:
    assert unexplained(*read(file)) == []


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_no_number_rests_on_a_figure_that_is_only_recalled(file: Path) -> None:
    cited = {key for _, number in parameters(read(file)[1]) for key in number.sources if key.startswith(PREFIX)}
    assert [key for key in cited if not all_facts()[key.removeprefix(PREFIX)].is_known] == []


def test_a_number_without_either_is_found() -> None:
    assert "company.cash: 10M USD" in unsourced(scenario(SMALL, "company.cash=10M USD"))


def test_a_formula_without_a_comment_is_found() -> None:
    document = parse_document(SMALL, "small.yaml")
    assert any(
        each.endswith(": arr * 180% + users * 4 USD/user/year") for each in unexplained(document, scenario_of(document))
    )
