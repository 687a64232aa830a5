"""Files that appear whole or not at all."""

import os
import stat
from pathlib import Path

import pytest

from valsim.core.whole_file import whole_file


def test_a_file_takes_its_place_at_the_end(tmp_path: Path) -> None:
    path = tmp_path / "table"
    path.write_text("before")
    with whole_file(path) as draft:
        draft.write_text("after")
        assert path.read_text() == "before"
    assert path.read_text() == "after"


def test_what_fails_leaves_what_stood_there_and_nothing_else(tmp_path: Path) -> None:
    path = tmp_path / "table"
    path.write_text("before")
    with pytest.raises(KeyError), whole_file(path) as draft:
        {}[draft.write_text("half")]
    assert [(each.name, each.read_text()) for each in tmp_path.iterdir()] == [("table", "before")]


def test_a_device_or_a_pipe_is_never_replaced(tmp_path: Path) -> None:
    path = tmp_path / "pipe"
    os.mkfifo(path)
    with pytest.raises(FileExistsError, match="it is no plain file"), whole_file(path):
        raise AssertionError("it was opened")
    assert stat.S_ISFIFO(path.stat().st_mode)
    assert [each.name for each in tmp_path.iterdir()] == ["pipe"]
