"""A file of one's own is run from its text, here or where a worker does not have it."""

import sys
from collections.abc import Iterator

import pytest

from valsim.core import own_files
from valsim.core.own_files import OwnFile


@pytest.fixture(autouse=True)
def nothing_was_run(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(own_files, "RUN", {})
    monkeypatch.setattr(sys, "path", [*sys.path])
    yield
    sys.modules.pop("/nowhere/counted_v1", None)


def test_a_file_is_run_once_as_long_as_it_says_the_same() -> None:
    file = OwnFile("/nowhere/counted.v1.py", "import sys\nsys.runs = getattr(sys, 'runs', 0) + 1\n")
    for _ in range(2):
        own_files.have((file,))
    assert sys.runs == 1
    own_files.have((file._replace(text=file.text + "again = True\n"),))
    assert sys.runs == 2
    assert sys.modules["/nowhere/counted_v1"].again
    del sys.runs


def test_a_file_that_fails_leaves_nothing_behind() -> None:
    with pytest.raises(ZeroDivisionError):
        own_files.run(OwnFile("/nowhere/broken.py", "1 / 0"))
    assert own_files.RUN == {}
    assert "/nowhere/broken" not in sys.modules
