"""How the paths end, and how much is realised by when."""

import numpy as np
import pytest

import valsim
from tests.analysis.made import made
from tests.companies import lively, steady
from valsim.analysis.exits import exit_standard_errors, exits, horizons
from valsim.result import Result
from valsim.scenario.model import Scenario

WAYS = "exits={sold: {kind: acquisition, hazard: 10% per year, discount: 0%}, listed: {kind: acquisition, hazard: 10% per year, discount: 0%}}"


def ended(how: list[int], when: list[float], scenario: Scenario | None = None) -> Result:
    proceeds = [100.0 * (i + 1) for i in range(len(how))]
    outcomes = {("exit",): how, ("exit time",): when, ("proceeds",): proceeds}
    return made(outcomes, scenario=scenario or steady(WAYS))


def test_every_end_has_a_probability_and_a_standard_error() -> None:
    result = ended([0, 0, 1, -1], [0.5, 1.5, 2.5, 3.0])
    assert exits(result) == {"sold": 0.5, "listed": 0.25, "still_private": 0.25}
    assert exit_standard_errors(result) == pytest.approx(
        {"sold": 0.25, "listed": 3**0.5 / 8, "still_private": 3**0.5 / 8}
    )


def test_one_path_has_no_standard_error() -> None:
    assert set(exit_standard_errors(ended([0], [0.5])).values()) == {None}


def test_who_ends_in_the_extension_was_still_private_at_the_horizon() -> None:
    longer = steady(WAYS, "at_horizon={kind: extend, by: 2 years, discount: 0%}")
    assert exits(ended([0, 0, 1, -1], [0.5, 3.5, 4.5, 5.0], longer)) == {
        "sold": 0.25,
        "listed": 0.0,
        "still_private": 0.75,
    }


@pytest.mark.parametrize("rule", ["{kind: sale, discount: 0%}", "{kind: extend, by: 1 year, discount: 0%}"])
def test_all_ends_together_are_certain(rule: str) -> None:
    found = exits(valsim.simulate(lively(f"at_horizon={rule}"), paths=1000, threads=1))
    assert sum(found.values()) == pytest.approx(1.0, abs=1e-12)
    assert 0 < found["still_private"] < 1


def test_what_is_realised_grows_from_horizon_to_horizon() -> None:
    at = horizons(ended([0, 0, 1, -1], [0.5, 1.5, 2.5, 1096 / 365.25]))
    assert [each["date"] for each in at] == ["2027-01-01", "2028-01-01", "2029-01-01"]
    assert [each["exited"]["mean"] for each in at] == [0.25, 0.5, 0.75]
    assert [each["realised_proceeds"]["mean"] for each in at] == [25.0, 75.0, 150.0]
    assert [each["unrealised"]["mean"] for each in at] == [225.0, 175.0, 100.0]


def test_an_exit_on_the_day_of_the_horizon_is_realised() -> None:
    assert horizons(ended([0, -1], [1096 / 365.25] * 2))[-1]["exited"]["mean"] == 0.5


def test_the_last_horizon_is_the_one_of_the_document_even_in_days() -> None:
    at = horizons(ended([0, -1], [400 / 365.25] * 2, steady(WAYS, "horizon=400 days")))
    assert [each["date"] for each in at] == ["2027-01-01", "2027-02-05"]
    assert [each["exited"]["mean"] for each in at] == [0.0, 0.5]


def test_realised_and_unrealised_are_all_there_is() -> None:
    result = valsim.simulate(lively(), paths=1000, threads=1)
    total = float(np.mean(result.outcomes["proceeds",]))
    for each in horizons(result):
        assert each["realised_proceeds"]["mean"] + each["unrealised"]["mean"] == pytest.approx(total, rel=1e-12)
