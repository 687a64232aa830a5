"""A bootstrapped history repeats the log changes of a history, with their mean and variance at any step."""

from pathlib import Path

import numpy as np
import pytest
from pydantic import ValidationError

import valsim
from tests.companies import STEADY
from tests.drivers.process.playing import STEPS, later, process, standard_errors, standard_errors_of_deviation, still
from tests.drivers.process.test_process import problems
from valsim.core.errors import ScenarioError
from valsim.core.special import normal_quantile
from valsim.scenario.dump import dump
from valsim.scenario.load import load, parse_document, scenario_of

INDEX = [80.0, 88.0, 84.0, 97.0, 100.0]
CHANGES = np.diff(np.log(INDEX))
LEVEL = {
    "kind": "bootstrapped_history", "start": "20 USD", "period": "quarter", "levels": INDEX, "ranked_by": INDEX,
}  # fmt: skip
JOINT = {"index": [100, 110, 99, 105, 126], "peer": [50, 45, 54, 52, 60]}
PEERS = """month,index,peer
2025-01,100,50
2025-02,110,45
2025-03,99,54
2025-04,105,52
2025-05,126,60
"""


def at_ranks(given: dict[str, object], dt: float, ranks: list[float]) -> np.ndarray:
    """Give the log changes that shocks of these ranks in (0, 1) draw over one step."""
    return np.log(process(given).advance(dt, normal_quantile(np.array(ranks)), {}).level({}) / 20)


def test_at_the_step_of_the_history_each_draw_is_exactly_a_change_that_was_seen_the_lowest_first() -> None:
    drawn = at_ranks(LEVEL, 0.25, [0.1, 0.3, 0.6, 0.9])
    assert drawn == pytest.approx(np.sort(CHANGES), abs=1e-15)
    assert np.unique(later(process(LEVEL), [0.25]).level({})).size == 4


@pytest.mark.parametrize("lengths", [*STEPS.values(), [1 / 12] * 12], ids=[*STEPS, "months"])
def test_at_any_step_mean_and_deviation_are_those_of_the_history_within_four_standard_errors(
    lengths: list[float],
) -> None:
    change = np.log(later(process(LEVEL), lengths * 2).level({}) / 20)
    assert standard_errors(change, 8 * CHANGES.mean()) < 4
    assert standard_errors_of_deviation(change, np.sqrt(8) * CHANGES.std()) < 4


def test_every_row_is_drawn_equally_often() -> None:
    drawn = later(process(LEVEL), [0.25]).level({})
    counts = np.unique(drawn, return_counts=True)[1]
    assert (abs(counts - drawn.size / 4) < 4 * np.sqrt(drawn.size * 3 / 16)).all()


def test_a_growth_takes_the_place_of_the_trend_of_the_history_and_leaves_its_spread() -> None:
    grown = at_ranks({**LEVEL, "growth": "10%"}, 0.5, [0.1, 0.9])
    assert grown == pytest.approx(0.5 * np.log(1.1) + np.sqrt(2) * (np.sort(CHANGES)[[0, -1]] - CHANGES.mean()))


def test_a_history_that_grows_steadily_goes_on_so() -> None:
    steady = {**LEVEL, "levels": [1, 2, 4, 8], "ranked_by": [1, 2, 4, 8]}
    assert still(process(steady), [0.5, 0.5]) == pytest.approx(20 * 2**4)


def test_two_histories_ranked_by_the_same_levels_draw_the_same_row() -> None:
    peer = {**LEVEL, "levels": [50, 45, 54, 52, 60]}
    ranks = [0.1, 0.3, 0.6, 0.9]
    rows = np.argsort(CHANGES)
    assert at_ranks(peer, 0.25, ranks) == pytest.approx(np.diff(np.log([50, 45, 54, 52, 60]))[rows])
    assert at_ranks(LEVEL, 0.25, ranks) == pytest.approx(CHANGES[rows])


def test_the_price_of_risk_lowers_the_mean_by_its_charge() -> None:
    # Shifting the shock by charge sqrt(dt) / volatility lowers the mean of the log change by charge dt, to first order.
    history = process({**LEVEL, "levels": [*INDEX, 90, 95, 99, 120, 108], "ranked_by": [*INDEX, 90, 95, 99, 120, 108]})
    ranks = normal_quantile((np.arange(400_000) + 0.5) / 400_000)
    charge, dt = 0.01, 0.25
    shift = charge * np.sqrt(dt) / history.volatility
    means = [float(np.log(history.advance(dt, ranks - by, {}).level({})).mean()) for by in (0.0, shift)]
    assert means[0] - means[1] == pytest.approx(charge * dt, rel=0.02)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"levels": [1, 2]}, "a history has at least 3 levels, got 2"),
        ({"levels": "index"}, "expected a list of levels, oldest first, got 'index'"),
        ({"levels": [1, 2, 0]}, "must be above 0, got 0"),
        ({"levels": [1, 2, "soon"]}, "expected a level such as 104.2, got 'soon'"),
        ({"levels": [1, 2, True]}, "expected a level such as 104.2, got true"),
        ({"levels": ["1 USD", "2 USD", "3"]}, "expected the unit of the levels before, got '3'"),
        ({"column": "index"}, "file and column go together, in a scenario that is a file itself"),
        ({"period": "week"}, "'month', 'quarter' or 'year'"),
    ],
)
def test_what_is_no_history_is_refused(change: dict[str, object], message: str) -> None:
    with pytest.raises(ValidationError) as caught:
        process({**LEVEL, **change})
    assert message in str(caught.value)


def test_a_ranking_of_other_periods_is_a_problem() -> None:
    given = {**LEVEL, "ranked_by": [1, 2, 3]}
    assert problems(given) == [(("ranked_by",), "expected 5 levels as in the history, got 3")]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "peers.csv").write_text(PEERS, encoding="utf-8")
    (tmp_path / "steady.yaml").write_text(STEADY, encoding="utf-8")
    return tmp_path


def from_file(column: str, ranked_by: str = "index", period: str = "quarter") -> str:
    return f"{{kind: bootstrapped_history, start: 10, period: {period}, file: peers.csv, column: {column}, ranked_by: {ranked_by}}}"


def test_the_joint_history_of_two_columns_survives_a_correlation_of_one(folder: Path) -> None:
    scenario = load(
        folder / "steady.yaml",
        [
            f"drivers.index={from_file('index')}",
            f"drivers.peer={from_file('peer')}",
            "correlations={shocks: [[index, peer, 1]]}",
        ],
    )
    history = valsim.simulate(scenario, paths=500).history.series
    periods = scenario.steps[1].dt / 0.25
    drawn = [strayed(np.log(history[name][1] / history[name][0]), periods, name) for name in ("index", "peer")]
    seen = [strayed(np.diff(np.log(JOINT[name])), 1.0, name) for name in ("index", "peer")]
    assert set(zip(*drawn, strict=True)) == set(zip(*seen, strict=True))


def strayed(change: np.ndarray, periods: float, name: str) -> list[float]:
    """Give by how much changes over some periods stray from their mean, for one period."""
    mean = np.diff(np.log(JOINT[name])).mean()
    return np.round((change - periods * mean) / np.sqrt(periods), 9).tolist()


def test_a_scenario_with_a_history_travels_as_its_document(folder: Path) -> None:
    before = load(folder / "steady.yaml", [f"drivers.index={from_file('index')}"])
    assert before.drivers["index"].levels == tuple(JOINT["index"])
    assert before.drivers["index"].sample == "index in peers.csv"
    assert scenario_of(parse_document(dump(before), "elsewhere")) == before


@pytest.mark.parametrize(
    ("table", "given", "told"),
    [
        (PEERS.replace("2025-03,99", "2025-03,-9"), from_file("index"), "peers.csv:4:9  drivers.index.levels[2]: must be above 0, got '-9'"),
        (PEERS, from_file("indx"), "no column is called 'indx' in peers.csv"),
        (PEERS, from_file("peer", "indx"), "no column is called 'indx' in peers.csv"),
        (PEERS, "{kind: bootstrapped_history, start: 10, period: month, file: peers.csv, column: index}", "a sample names its column of peers.csv as ranked_by"),
        ("month,index\n2025-01,3\n", from_file("index"), "a history has at least 3 levels, got 1"),
    ],
)  # fmt: skip
def test_what_is_wrong_with_a_history_is_told_with_its_file_and_line(
    folder: Path, table: str, given: str, told: str
) -> None:
    (folder / "peers.csv").write_text(table, encoding="utf-8")
    with pytest.raises(ScenarioError) as caught:
        load(folder / "steady.yaml", [f"drivers.index={given}"])
    assert told in str(caught.value)
