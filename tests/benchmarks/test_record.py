"""Figures go on record for programs and for readers, each measurement in its place."""

import json

import pytest

from benchmarks import record
from benchmarks.__main__ import main


@pytest.fixture(autouse=True)
def elsewhere(tmp_path, monkeypatch):
    monkeypatch.setattr("benchmarks.machine.used_by_others", lambda: 0.0)
    monkeypatch.setattr(record, "JSON", tmp_path / "RECORD.json")
    monkeypatch.setattr(record, "PAGE", tmp_path / "RECORD.md")


def test_a_record_says_what_was_measured_how_and_where():
    main(["waterfall", "--quick", "--record"])
    page = record.PAGE.read_text()
    assert "## waterfall" in page
    assert "nothing else running, with `--quick`" in page
    assert "| 10,000 exits, one cap table" in page
    assert json.loads(record.JSON.read_text())["waterfall"]["effort"] == "quick"


def test_a_measurement_that_is_named_alone_replaces_its_own_part():
    main(["waterfall", "--quick", "--record"])
    known = json.loads(record.JSON.read_text())
    record.JSON.write_text(json.dumps({**known, "another": known["waterfall"]}))
    main(["fair_value", "--quick", "--record"])
    assert list(json.loads(record.JSON.read_text())) == ["another", "fair_value", "waterfall"]
    assert [line for line in record.PAGE.read_text().splitlines() if line.startswith("## ")] == [
        "## another",
        "## fair_value",
        "## waterfall",
    ]
