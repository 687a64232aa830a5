"""What is set on the command line for a case that is played at the scale of the file as it is written."""

import pytest

from tests.companies import STEADY
from valsim.core.errors import ScenarioError
from valsim.scenario.load import parse_document, scenario_of
from valsim.scenario.model import Scenario

CASE = """
variants: {bear: {anchor: base, changes: {drivers.spare: {kind: constant, value: 1, unit: "1"}}}}
"""


def case(*overrides: str) -> Scenario:
    return scenario_of(parse_document(STEADY + CASE, "x.yaml", ("valuation.anchor=last_round", *overrides), "bear"))


def test_an_override_of_what_only_the_case_has_leaves_the_file_as_it_is() -> None:
    found = case("drivers.spare.value=2", "company.cash=3M USD")
    assert found.drivers["spare"].value.middle == 2  # type: ignore[attr-defined]
    assert "spare" not in found.anchored_as.drivers
    assert found.anchored_as.company.cash.middle == 3e6


def test_an_override_of_what_neither_has_is_refused() -> None:
    with pytest.raises(ScenarioError, match="there is no 'spar' in drivers"):
        case("drivers.spar.value=2")
