"""What each way to end gives: its chance by year, its proceeds and who has them."""

import numpy as np
import pytest

import valsim
from tests.analysis.made import made
from tests.analysis.test_exits import WAYS
from tests.companies import lively, steady
from valsim.analysis.exit_kinds import exit_kinds
from valsim.analysis.exits import exits
from valsim.result import Result

NAMES = ("Ada", "Fund", "other holders", "unissued pool")


def ended(how: list[int], when: list[float]) -> Result:
    """Paths that leave 100, 200, ..., of which Ada has a quarter and Fund the rest; steady begins on 2026-01-01."""
    proceeds = 100.0 * np.arange(1, len(how) + 1)
    parts = {"Ada": 0.25, "Fund": 0.75}
    held = {("holder", name, "at exit"): parts.get(name, 0.0) * proceeds for name in NAMES}
    outcomes = {("exit",): how, ("exit time",): when, ("proceeds",): proceeds, **held}
    return made(outcomes, scenario=steady(WAYS))


def test_each_end_that_some_path_takes_has_its_chance_its_years_its_proceeds_and_who_has_them() -> None:
    sold, private = exit_kinds(ended([0, 0, 0, -1], [0.5, 1.5, 1.6, 3.0]))
    assert (sold["exit"], sold["chance"]["mean"], sold["proceeds"]["mean"]) == ("sold", 0.75, 200.0)
    assert [(each["year"], each["mean"]) for each in sold["by_year"]] == [
        (2026, 0.25),
        (2027, 0.5),
        (2028, 0.0),
        (2029, 0.0),
    ]
    assert sold["years"]["quantiles"]["0.5"] == 1.5
    assert list(sold["paid_to"].items()) == [("Fund", pytest.approx(0.75)), ("Ada", pytest.approx(0.25))]
    assert (private["exit"], private["years"], private["by_year"]) == ("still_private", None, [])
    assert private["proceeds"]["mean"] == 400.0


def test_an_end_on_the_last_day_of_a_year_is_of_that_year() -> None:
    (sold,) = exit_kinds(ended([0, 0], [364 / 365.25, 365 / 365.25]))
    assert [each["mean"] for each in sold["by_year"]][:2] == [0.5, 0.5]


def test_the_years_of_an_end_sum_to_its_chance() -> None:
    result = valsim.simulate(lively(), paths=800, threads=1)
    found, chances = exit_kinds(result), exits(result)
    for kind in found:
        assert kind["chance"]["mean"] == chances[kind["exit"]]
        if kind["by_year"]:
            assert sum(each["mean"] for each in kind["by_year"]) == pytest.approx(kind["chance"]["mean"], abs=1e-12)
        assert sum(kind["paid_to"].values()) == pytest.approx(1.0)
