"""Columns in pieces come together as they were, in memory and in a file, however they were cut."""

import os
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from valsim.core.errors import SimulationError
from valsim.core.part import Constant, Held, Unnamed, Values, pieced
from valsim.core.pieces import Pieces, Table

Columns = dict[tuple[str, ...], Values]
WHOLE: Columns = {
    ("exit",): np.array([-1, 0, 1, 0, 0, 0, 2, 2], dtype=np.int8),
    ("invested", "me"): np.array([0.0, -0.0, 0.0, np.nan, 3.5, 1e300, -np.inf, 5e-324]),
    ("nothing",): np.zeros(8),
    ("refused",): np.array([True, False, False, False, False, True, True, True]),
    ("strikes",): np.arange(8, dtype=np.int16),
}


def bits(columns: Table | Columns) -> dict[tuple[str, ...], tuple[str, bytes]]:
    return {key: (str(row.dtype), row.tobytes()) for key, row in columns.items()}


def gathered(columns: Columns, cuts: set[int], room: int) -> Pieces:
    pieces = Pieces(room)
    for first, last in pairwise([0, *sorted(cuts), 8]):
        pieces.add([pieced({key: row[first:last] for key, row in columns.items()})], [last - first])
    return pieces


@given(st.sets(st.integers(1, 7)), st.integers(0, 300))
def test_any_cut_and_any_room_give_the_same_bits(cuts: set[int], room: int) -> None:
    (table,) = gathered(WHOLE, cuts, room).tables()
    assert bits(table) == bits(WHOLE)
    assert bits(table) == bits(WHOLE), "asked for again"


def test_it_goes_to_a_file_as_a_whole_once_it_is_larger_than_the_room() -> None:
    held = gathered(WHOLE, {4}, 1 << 20)
    room = 4 * (1 + 8 + 2)  # a piece's codes, money and strikes; its conditions are two bytes or none
    assert held.filed == 0
    assert gathered(WHOLE, {4}, room).filed == 8 * (1 + 8 + 2 + 1)


def test_a_column_of_one_number_takes_no_room_and_is_told_by_its_bits() -> None:
    found = pieced({("zero",): np.zeros(3), ("signs",): np.array([0.0, -0.0, 0.0]), ("none",): np.full(3, np.nan)})
    assert {key: type(part) for (key,), part in found.items()} == {"zero": Constant, "signs": Held, "none": Constant}
    assert pieced({("wide",): np.broadcast_to(np.asarray(2.5), 4)})["wide",] == Constant(np.float64(2.5))


def test_a_slice_does_not_keep_what_it_is_a_slice_of() -> None:
    held = pieced({("half",): np.arange(10.0)[:5]})["half",]
    assert isinstance(held, Held)
    assert held.row.base is None


def test_what_a_piece_does_not_have_is_nothing_there_and_columns_come_by_name() -> None:
    parts = [{("b",): np.array([1.0, 2.0])}, {}, {("a",): np.array([True]), ("b",): np.array([3.0])}]
    table = Table([pieced(part) for part in parts], [2, 1, 1])
    assert {key: row.tolist() for key, row in table.items()} == {
        ("a",): [False, False, False, True],
        ("b",): [1.0, 2.0, 0.0, 3.0],
    }
    assert (list(table), len(table), ("c",) in table) == ([("a",), ("b",)], 2, False)
    assert table.get(("c",)) is None


def test_in_memory_a_column_is_joined_once_and_in_a_file_each_time() -> None:
    (held,), (filed,) = (gathered(WHOLE, {4}, room).tables() for room in (1 << 20, 0))
    assert held["strikes",] is held["strikes",]
    assert filed["strikes",] is not filed["strikes",]


def test_the_file_has_no_name(tmp_path: Path) -> None:
    file = Unnamed(str(tmp_path))
    file.write(np.ones(1000))
    assert list(tmp_path.iterdir()) == []


def test_who_reads_the_file_leaves_it_where_others_read() -> None:
    file = Unnamed()
    places = [file.write(np.full(1000, number)) for number in (1.0, 2.0)]
    rows = np.empty(1000), np.empty(500)
    for place, row in zip(places, rows, strict=True):
        file.read(place, row)
        assert os.lseek(file._file.fileno(), 0, os.SEEK_CUR) == file.size
    assert [set(row) for row in rows] == [{1.0}, {2.0}]


def test_a_folder_that_is_not_there_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(SimulationError, match="nowhere: no such file or directory; the variable TMPDIR names another"):
        Unnamed(str(tmp_path / "nowhere"))


def test_what_will_not_stay_in_memory_goes_to_the_file_at_once() -> None:
    column = {("strikes",): np.arange(8, dtype=np.int16)}
    for rows, filed in ((0, 0), (32, 0), (33, 16)):
        pieces = Pieces(room=64, rows=rows)
        pieces.add([pieced(column)], [8])
        assert pieces.filed == filed


def test_a_system_that_cannot_read_from_a_place_reads_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    (table,) = gathered(WHOLE, {4}, 0).tables()
    monkeypatch.delattr("os.preadv")
    assert bits(table) == bits(WHOLE)


def test_what_is_still_to_be_written_to_a_full_disk_goes_in_silence(capfd: pytest.CaptureFixture[str]) -> None:
    resource = pytest.importorskip("resource")
    before, file = resource.getrlimit(resource.RLIMIT_FSIZE), Unnamed()
    resource.setrlimit(resource.RLIMIT_FSIZE, (1_000, before[1]))
    try:
        file.write(np.ones(100))
        with pytest.raises(SimulationError, match=r"cannot be written to .*: file too large; the variable TMPDIR"):
            file.write(np.ones(100))
        del file
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
    assert capfd.readouterr().err == ""
