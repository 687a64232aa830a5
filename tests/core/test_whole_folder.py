"""Folders that appear whole or not at all."""

from pathlib import Path

import pytest

from valsim.core.whole_folder import files_in, whole_folder


def written(folder: Path, **texts: str) -> None:
    for name, text in texts.items():
        (folder / name).write_text(text)


def names(folder: Path) -> list[str]:
    return sorted(each.name for each in folder.iterdir())


def test_a_folder_takes_its_place_at_the_end_and_others_may_read_it(tmp_path: Path) -> None:
    with whole_folder(tmp_path / "run") as draft:
        written(draft, a="1")
        assert not (tmp_path / "run").exists()
    assert (tmp_path / "run" / "a").read_text() == "1"
    assert (tmp_path / "run").stat().st_mode & 0o777 == 0o755
    assert names(tmp_path) == ["run"]


@pytest.mark.parametrize("error", [KeyboardInterrupt, OSError])
def test_what_fails_leaves_nothing(tmp_path: Path, error: type[BaseException]) -> None:
    def stopped() -> None:
        with whole_folder(tmp_path / "run") as draft:
            written(draft, a="half")
            raise error

    with pytest.raises(error):
        stopped()
    assert names(tmp_path) == []


def test_an_empty_folder_is_replaced_and_a_full_one_is_not(tmp_path: Path) -> None:
    (tmp_path / "run").mkdir()
    with whole_folder(tmp_path / "run") as draft:
        written(draft, a="1")
    with pytest.raises(OSError, match="not empty"), whole_folder(tmp_path / "run") as draft:
        written(draft, a="2")
    assert (tmp_path / "run" / "a").read_text() == "1"
    assert names(tmp_path) == ["run"]


def test_of_what_is_replaced_only_the_named_files_are_deleted(tmp_path: Path) -> None:
    run = tmp_path / "run"
    (run / "inside" / "deeper").mkdir(parents=True)
    written(run, a="1")
    written(run / "inside" / "deeper", b="1", mine="kept")
    with whole_folder(run, ["a", "inside/deeper/b"]) as draft:
        written(draft, a="2")
    assert (run / "a").read_text() == "2"
    (aside,) = (each for each in tmp_path.iterdir() if each != run)
    assert files_in(aside) == {"inside/deeper/mine"}


def test_where_the_new_one_cannot_be_moved_the_old_one_comes_back(tmp_path: Path, monkeypatch) -> None:
    run = tmp_path / "run"
    run.mkdir()
    written(run, a="1")
    move = Path.replace

    def fails_for_the_draft(self: Path, target: Path) -> Path:
        if self.name.endswith(".part"):
            raise OSError("no")
        return move(self, target)

    monkeypatch.setattr(Path, "replace", fails_for_the_draft)
    with pytest.raises(OSError, match="no"), whole_folder(run, ["a"]) as draft:
        written(draft, a="2")
    assert (run / "a").read_text() == "1"
    assert names(tmp_path) == ["run"]
