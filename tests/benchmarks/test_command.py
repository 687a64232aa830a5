"""The command measures, prints a table each and writes a file that holds the machine beside the figures."""

import json

import pytest

from benchmarks.__main__ import main, names, told
from benchmarks.effort import Effort

QUICK = ("chunks", "fair_value", "floor", "growth", "memory", "precision", "reporting", "startup", "steps", "waterfall")
"""The measurements that are played here; the others are variations on them or have tests of their own."""


@pytest.fixture(autouse=True)
def on_a_quiet_machine(monkeypatch):
    monkeypatch.setattr("benchmarks.machine.used_by_others", lambda: 0.0)


@pytest.mark.parametrize("name", QUICK)
def test_a_measurement_gives_tables_of_figures_above_zero(name, capsys):
    found = told(name, Effort.QUICK)
    printed = capsys.readouterr().out
    assert found["tables"]
    for table in found["tables"]:
        assert f"{table['title']}:" in printed
        assert table["rows"]
        assert all(cell >= 0 for row in table["rows"] for cell in row.values() if isinstance(cell, int | float))


def test_every_measurement_says_in_a_line_what_it_measures(capsys):
    main(["--list"])
    lines = capsys.readouterr().out.splitlines()
    assert [line.split()[0] for line in lines] == names()
    assert all(len(line.split()) > 5 and line.endswith(".") for line in lines)


def test_the_file_holds_figures_and_the_machine(tmp_path):
    main(["waterfall", "--quick", "--json", str(tmp_path / "figures.json")])
    found = json.loads((tmp_path / "figures.json").read_text())["waterfall"]
    assert found["machine"]["processors"] >= 1
    assert set(found["machine"]["versions"]) == {"valsim", "numpy", "scipy", "pydantic"}
    assert found["tables"][0]["rows"][0]["seconds"] > 0


def test_a_busy_machine_is_told(monkeypatch, capsys):
    monkeypatch.setattr("benchmarks.machine.used_by_others", lambda: 0.8)
    main(["waterfall", "--quick"])
    assert "others used 80% of the processors" in capsys.readouterr().err


def test_an_unknown_name_is_refused_with_those_there_are(capsys):
    with pytest.raises(SystemExit):
        main(["flor"])
    assert "no measurement is named flor" in capsys.readouterr().err
