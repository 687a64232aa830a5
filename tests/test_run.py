"""A run: the anchor that every path starts from, and results that are numbers."""

from collections.abc import Iterator, Sequence

import numpy as np
import pytest

import valsim
from tests.companies import lively, steady
from valsim.core.errors import SimulationError
from valsim.core.part import Piece
from valsim.core.streams import BATCH
from valsim.execution.chunks import Chunk, Copy
from valsim.simulate import prepared


def test_anchoring_makes_the_last_priced_class_worth_its_price() -> None:
    result = valsim.simulate(lively("valuation.anchor=last_round", "valuation.multiple.mean=5"), paths=49_152)
    worth = result.valued["class", "series_a", "present value per share"]
    price = 300e6 * 0.8 / 70e6
    assert np.nanmean(worth) == pytest.approx(price, rel=1e-3)
    assert result.manifest.anchor_standard_error > 0


def test_the_anchor_does_not_depend_on_how_many_paths_are_asked_for() -> None:
    scenario = lively("valuation.anchor=last_round", "valuation.multiple.mean=5")
    scales = {valsim.simulate(scenario, paths=paths).manifest.anchor_scale for paths in (500, 5000)}
    assert len(scales) == 1


def test_copies_are_played_side_by_side_unless_a_worker_would_wait() -> None:
    run = prepared(lively("valuation.anchor=last_round", "valuation.multiple.mean=5"), threads=2)
    asked: list[Chunk] = []

    def team(tasks: Sequence[Chunk]) -> Iterator[list[Piece]]:
        asked.extend(tasks)
        return map(run.do, tasks)

    scales = Copy(0.5), Copy(2.0)
    apart, beside = (run.copied(team, "worth", paths, scales) for paths in (BATCH, BATCH + 1))
    assert [(task.paths, task.copies) for task in asked[:2]] == [(BATCH, (copy,)) for copy in scales]
    assert [(task.paths, task.copies) for task in asked[2:]] == [(BATCH, scales), (1, scales)]
    key = next(iter(apart[0]))
    assert [columns[key].tolist() for columns in apart] == [columns[key][:BATCH].tolist() for columns in beside]
    assert np.nanmean(apart[0][key]) < np.nanmean(apart[1][key])


def test_an_anchor_without_a_root_says_so() -> None:
    with pytest.raises(
        SimulationError, match=r"series_a cost 40,000.00 USD a share on .* but is worth only .* too bleak"
    ):
        valsim.simulate(
            steady("valuation.anchor=last_round", "captable.classes.series_a.original_issue_price=40000 USD"), paths=10
        )


def test_a_worth_beyond_all_bounds_is_an_error_not_a_result() -> None:
    with pytest.raises(SimulationError, match=r"on 5 of 5 paths the company is worth more than 1e\+100"):
        valsim.simulate(steady("valuation.multiple.start=1e200", "valuation.multiple.mean=1e200"), paths=5)


@pytest.mark.parametrize("paths", [0, -1])
def test_a_run_has_at_least_one_path(paths: int) -> None:
    with pytest.raises(SimulationError, match="paths: expected a whole number of at least 1, got "):
        valsim.simulate(steady(), paths=paths)


@pytest.mark.parametrize(
    "overrides",
    [
        ("measure.risk_free=0.5%", "drivers.revenue.value=30M USD/year"),
        ("measure.risk_free=1%", "drivers.revenue.value=10M USD/year"),
    ],
)
def test_an_anchor_on_either_side_of_a_preference_still_meets_the_price(overrides: tuple[str, ...]) -> None:
    multiple = "valuation.multiple={kind: geometric_brownian, start: 5, growth: 0%, volatility: 0}"
    scenario = steady("valuation.anchor=last_round", multiple, *overrides)
    worth = valsim.simulate(scenario, paths=10).valued["class", "series_a", "present value per share"]
    assert worth == pytest.approx([4.0] * 10, rel=5e-3)


def test_what_was_paid_in_has_an_entry_a_batch_however_paths_are_chunked() -> None:
    signal = "signals={seldom: {at: 2026-06-01, probability: 0.02%}}"
    closing = "closings: [{name: one, at: 2026-07-01, new_money: 10M USD, price_per_share: 4 USD"
    rounds = f"{{name: b, series: {{like: series_a, seniority: 2}}, {closing}}}]}}"
    rounds += f", {{name: c, series: {{like: series_a, seniority: 3}}, {closing}, when: seldom}}]}}"
    scenario = steady(signal, f"rounds=[{rounds}]")
    found = [
        {key: row.tolist() for key, row in valsim.simulate(scenario, paths=2 * BATCH + 1, threads=n).paid_in.items()}
        for n in (1, 2)
    ]
    assert list(found[0].items()) == list(found[1].items())
    assert {len(row) for row in found[0].values()} == {3}
    assert any(name == "other c investors" and 0.0 in row for (name, _), row in found[0].items())


def test_time_series_are_kept_of_the_first_paths_alone_and_change_no_number() -> None:
    scenario = steady()
    found = {kept: valsim.simulate(scenario, paths=50, threads=1, kept=kept) for kept in (0, 20, 100)}
    assert {kept: result.history.alive.shape[1] for kept, result in found.items()} == {0: 0, 20: 20, 100: 50}
    key = "class", "series_a", "present value per share"
    assert len({result.valued[key].tobytes() for result in found.values()}) == 1
