"""How much memory and disk there is, as Linux tells it."""

from pathlib import Path

import pytest

from valsim.core.room import disk, folder_for_large_files, memory

GIGABYTE = 2**30


def system(root: Path, files: dict[str, str]) -> Path:
    for name, text in files.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text, "ascii")
    return root


MEMINFO = {"proc/meminfo": "MemTotal: 16777216 kB\nMemFree: 1 kB\nMemAvailable: 8388608 kB\n"}


def test_without_control_groups_it_is_what_the_system_has(tmp_path: Path) -> None:
    assert memory(system(tmp_path, MEMINFO)) == 8 * GIGABYTE


def test_a_control_group_lets_a_process_have_less_and_gives_files_back(tmp_path: Path) -> None:
    group = "sys/fs/cgroup/user/run/"
    limits = {group + "memory.max": f"{2 * GIGABYTE}", group + "memory.current": f"{GIGABYTE}"}
    rest = {group + "memory.stat": f"anon 5\ninactive_file {GIGABYTE // 2}\n", "proc/self/cgroup": "0::/user/run\n"}
    assert memory(system(tmp_path, {**MEMINFO, **limits, **rest})) == 1.5 * GIGABYTE


def test_a_group_above_counts_and_one_without_a_limit_does_not(tmp_path: Path) -> None:
    low, high = "sys/fs/cgroup/user/run/", "sys/fs/cgroup/user/"
    files = {
        low + "memory.max": "max",
        low + "memory.current": "0",
        low + "memory.stat": "inactive_file 0",
        high + "memory.max": f"{GIGABYTE}",
        high + "memory.current": "0",
        high + "memory.stat": "inactive_file 0",
    }
    assert memory(system(tmp_path, {**MEMINFO, **files, "proc/self/cgroup": "0::/user/run\n"})) == GIGABYTE


def test_the_first_version_of_control_groups_is_read_too(tmp_path: Path) -> None:
    group = "sys/fs/cgroup/memory/"  # within a container: its own group is the base, whatever it is called outside
    files = {group + "memory.limit_in_bytes": f"{GIGABYTE}", group + "memory.usage_in_bytes": "0"}
    rest = {group + "memory.stat": "total_inactive_file 0\n", "proc/self/cgroup": "7:cpu:/a\n4:memory:/docker/a\n"}
    assert memory(system(tmp_path, {**MEMINFO, **files, **rest})) == GIGABYTE


def test_a_group_that_took_more_than_it_may_leaves_nothing(tmp_path: Path) -> None:
    group = "sys/fs/cgroup/"
    files = {group + "memory.max": "5", group + "memory.current": "9", group + "memory.stat": "inactive_file 0"}
    assert memory(system(tmp_path, {**MEMINFO, **files, "proc/self/cgroup": "0::/\n"})) == 0


def test_where_nothing_is_told_it_is_all_that_the_system_has(tmp_path: Path) -> None:
    assert memory(tmp_path) >= memory() > 0


def test_large_files_do_not_go_to_a_folder_in_memory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("TMPDIR", "TEMP", "TMP"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr("tempfile.tempdir", "/tmp")
    on_disk = system(tmp_path / "a", {"proc/mounts": "/dev/sda / ext4 rw 0 0\n"})
    in_memory = system(tmp_path / "b", {"proc/mounts": "/dev/sda / ext4 rw 0 0\ntmpfs /tmp tmpfs rw 0 0\n"})
    assert folder_for_large_files(on_disk) == "/tmp"
    assert folder_for_large_files(in_memory) == "/var/tmp"
    monkeypatch.setenv("TMPDIR", "/tmp")
    assert folder_for_large_files(in_memory) == "/tmp"


def test_a_folder_says_how_much_may_be_written(tmp_path: Path) -> None:
    assert disk(str(tmp_path)) > 0
