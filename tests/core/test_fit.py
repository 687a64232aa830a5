"""A run that has no room is refused, with what it needs, what there is, and what would fit."""

import pytest

from valsim.core import fit
from valsim.core.errors import SimulationError
from valsim.core.fit import Need, in_words, room_in_memory


@pytest.fixture(autouse=True)
def machine(monkeypatch: pytest.MonkeyPatch) -> None:
    """A machine of 8 GB with 50 GB of disk."""
    monkeypatch.setattr(fit, "memory", lambda: 8_000_000_000)
    monkeypatch.setattr(fit, "disk", lambda _: 50_000_000_000)
    monkeypatch.setattr(fit, "folder_for_large_files", lambda: "/scratch")


def refusal(need: Need, paths: int) -> str:
    with pytest.raises(SimulationError) as refused:
        need.expect_room(paths)
    return str(refused.value)


def test_what_has_room_is_let_run_however_long_it_takes() -> None:
    Need(kept=2_500, at_hand=200).expect_room(20_000_000)  # 50 GB of disk to the byte, 4 GB of memory


def test_one_path_too_many_for_the_disk_says_how_many_fit() -> None:
    assert refusal(Need(kept=2_500, at_hand=200), 20_000_001) == (
        "20,000,001 paths do not fit here: they need 50 GB in /scratch (2,500 bytes each, and there are 50 GB). About 20,000,000 fit, "
        "or more in another folder that the variable TMPDIR names; --until plays no more than an answer takes that is as exact as you say"
    )


def test_what_is_at_hand_must_fit_in_memory_though_the_rest_is_on_disk() -> None:
    assert refusal(Need(kept=100, at_hand=200), 41_000_000).startswith(
        "41,000,000 paths do not fit here: they need 8.2 GB of memory (200 bytes each, and there are 8 GB). About 40,000,000 fit; "
    )


def test_all_that_is_short_is_told_at_once() -> None:
    told = refusal(Need(kept=2_500, at_hand=200), 10**13)
    assert "they need 2 PB of memory (200 bytes each, and there are 8 GB) and 25 PB in /scratch (2,500 bytes" in told
    assert "About 20,000,000 fit" in told


def test_what_is_held_in_memory_needs_no_disk(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fit, "disk", lambda _: 0)
    Need(kept=2_500, at_hand=200).expect_room(room_in_memory() // 2_500)
    assert "in /scratch" in refusal(Need(kept=2_500, at_hand=200), room_in_memory() // 2_500 + 1)


def test_an_eighth_of_the_memory_is_taken_for_what_is_held_and_no_more_than_a_quarter_of_a_gigabyte(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    assert room_in_memory() == 2**28
    monkeypatch.setattr(fit, "memory", lambda: 800_000_000)
    assert room_in_memory() == 100_000_000


@pytest.mark.parametrize(
    ("size", "words"),
    [(999, "999 bytes"), (1_000, "1 kB"), (2_345_678, "2.35 MB"), (999_600, "1 MB"), (5 * 10**21, "5,000 EB")],
)
def test_bytes_are_told_in_the_unit_that_a_person_takes(size: int, words: str) -> None:
    assert in_words(size) == words
