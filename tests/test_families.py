"""Every family of distributions, from the document through a run to the report and the JSON."""

from pathlib import Path

import numpy as np
import pytest

import valsim
from tests.companies import STEADY
from valsim.analysis.summary import summary
from valsim.core.distribution import Distribution
from valsim.core.parameter import realise
from valsim.core.streams import ParameterDraws, Streams, correlated
from valsim.report.section.assumptions import section
from valsim.report.section.parts import Folded
from valsim.scenario.load import load

FAMILIES = {
    "normal": "p10: 2, p90: 8",
    "lognormal": "p10: 2, p90: 8, at_most: 20",
    "beta": "p10: 20%, p90: 75%",
    "uniform": "low: 1, high: 3",
    "triangular": "low: 1, mode: 2, high: 5",
    "pert": "p10: 2, p50: 3, p90: 5",
    "discrete": "values: {1: 20%, 2: 50%, 7: 30%}",
    "mixture": "components: [{weight: 30%, value: 0}, {weight: 70%, family: lognormal, p10: 2, p90: 8}]",
    "empirical": "file: history.csv, column: growth",
    "constant": "value: 3",
}
"""A member of each."""


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> dict[str, dict[str, object]]:
    folder: Path = tmp_path_factory.mktemp("families")
    (folder / "history.csv").write_text("year,growth\n2023,1.5\n2024,2.5\n2025,0.5\n", encoding="utf-8")
    (folder / "steady.yaml").write_text(STEADY, encoding="utf-8")
    drivers = [
        f"drivers.a_{name}={{kind: constant, value: {{family: {name}, {body}}}}}" for name, body in FAMILIES.items()
    ]
    result = valsim.simulate(load(folder / "steady.yaml", drivers), paths=5_000)
    return {"summary": summary(result), "scenario": result.scenario.drivers}


def test_each_has_a_member_here() -> None:
    assert set(FAMILIES) == set(Distribution.kinds)


@pytest.mark.parametrize("family", FAMILIES)
def test_its_draws_have_its_quantiles(told, family: str) -> None:
    drawn = told["summary"]["values"][f"a_{family}"]["quantiles"]
    number = told["scenario"][f"a_{family}"].value
    for level, rows in drawn.items():
        within = 4 * np.sqrt(float(level) * (1 - float(level)) / 5_000)
        low, high = (float(number.at(np.asarray(float(level) + side * within))) for side in (-1, 1))
        assert low <= rows[-1] <= high


@pytest.mark.parametrize("family", FAMILIES)
def test_the_summary_says_what_was_written_and_what_it_means(told, family: str) -> None:
    (entry,) = (each for each in told["summary"]["assumptions"] if each["path"] == f"drivers.a_{family}.value")
    number = told["scenario"][f"a_{family}"].value
    assert entry["given"].startswith(f"{family} ")
    assert entry["value"] == number.middle
    assert ("p10" in entry) is (family != "constant")
    assert entry.get("p90", 3.0) == float(number.at(np.asarray(0.9)))


def test_the_report_shows_the_spread_of_each_beside_what_was_written(told) -> None:
    folded = (part for part in section(told["summary"]).parts if isinstance(part, Folded))
    rows = {row[0].text: row[1] for part in folded for row in part.inside.rows}
    assert (rows["drivers.a_discrete.value"].text, rows["drivers.a_discrete.value"].note) == (
        "discrete 1 (20%), 2 (50%), 7 (30%)", "P10 1, median 2, P90 7",
    )  # fmt: skip
    assert rows["drivers.a_empirical.value"].text == "empirical 1.5, 2.5, 0.5 (growth in history.csv)"
    assert rows["drivers.a_constant.value"].note == ""


@pytest.mark.parametrize("family", ["discrete", "mixture", "empirical"])
def test_numbers_that_are_wholly_correlated_rise_together_whatever_their_family(tmp_path: Path, family: str) -> None:
    (tmp_path / "history.csv").write_text("growth\n1.5\n2.5\n0.5\n", encoding="utf-8")
    (tmp_path / "steady.yaml").write_text(STEADY, encoding="utf-8")
    drivers = {"a": f"{{family: {family}, {FAMILIES[family]}}}", "b": "{family: normal, p10: 2, p90: 8}"}
    for rho, moves in ((1, 1), (-1, -1)):
        overrides = [f"drivers.{name}={{kind: constant, value: {body}}}" for name, body in drivers.items()]
        overrides.append(f"correlations={{parameters: [[a.value, b.value, {rho}]]}}")
        scenario = load(tmp_path / "steady.yaml", overrides)
        draws = ParameterDraws(Streams(7, 0, 1, 4_000), correlated(scenario.correlated_parameters))
        a, b = (realise(scenario, draws).drivers[name].value for name in drivers)
        assert (np.diff(moves * a[np.argsort(b)]) >= 0).all()
