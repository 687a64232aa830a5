"""Those who play a run: its paths may be played at once or in parts."""

from tests.companies import lively
from valsim.core.policy import CONTRACTUAL
from valsim.core.streams import BATCH
from valsim.gather import gathered
from valsim.record import joined
from valsim.result import Columns
from valsim.simulate import prepared


def plain(columns: Columns) -> dict[tuple[str, ...], bytes]:
    return {key: row.tobytes() for key, row in columns.items()}


def test_paths_that_are_played_in_parts_are_those_that_are_played_at_once() -> None:
    at_once, in_parts = (prepared(lively("valuation.anchor=none"), paths=3 * BATCH + 5, threads=n) for n in (2, 1))
    told = list[int]()
    with gathered(at_once, told.append) as team:
        whole = at_once.played(team, 1.0, CONTRACTUAL, 0, at_once.paths)
    with gathered(in_parts, told.append) as team:
        parts = [in_parts.played(team, 1.0, CONTRACTUAL, *part) for part in ((0, 2 * BATCH), (2 * BATCH, BATCH + 5))]
    assert sum(told) == 2 * at_once.paths
    outcomes = joined([part[0] for part in parts], [2 * BATCH, BATCH + 5])
    assert plain(outcomes) == plain(whole[0])
    assert plain(joined([part[3] for part in parts], [2 * BATCH, BATCH + 5])) == plain(whole[3])
    history = [run.jobs["both"].history for run in (at_once, in_parts)]
    assert {name: row.tobytes() for name, row in history[0].series.items()} == {
        name: row.tobytes() for name, row in history[1].series.items()
    }
