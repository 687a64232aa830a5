"""Those who play a run: its paths may be played at once or in parts."""

from tests.companies import lively
from valsim.core.pieces import Pieces
from valsim.core.policy import CONTRACTUAL
from valsim.core.streams import BATCH
from valsim.gather import gathered
from valsim.result import ColumnsByKey
from valsim.simulate import prepared


def plain(columns: ColumnsByKey) -> dict[tuple[str, ...], bytes]:
    return {key: row.tobytes() for key, row in columns.items()}


def test_paths_that_are_played_in_parts_are_those_that_are_played_at_once() -> None:
    at_once, in_parts = (prepared(lively("valuation.anchor=none"), paths=3 * BATCH + 5, threads=n) for n in (2, 1))
    told = list[int]()
    whole, parts = Pieces(1 << 30), Pieces(1 << 30)
    with gathered(at_once, told.append) as team:
        at_once.played(team, 1.0, CONTRACTUAL, 0, at_once.paths, whole)
    with gathered(in_parts, told.append) as team:
        for part in ((0, 2 * BATCH), (2 * BATCH, BATCH + 5)):
            in_parts.played(team, 1.0, CONTRACTUAL, *part, parts)
    assert sum(told) == 2 * at_once.paths
    assert [plain(table) for table in parts.tables()] == [plain(table) for table in whole.tables()]
    history = [run.jobs["both"].history for run in (at_once, in_parts)]
    assert {name: row.tobytes() for name, row in history[0].series.items()} == {
        name: row.tobytes() for name, row in history[1].series.items()
    }
