"""The cases themselves: none is kept without a test, and each says where it is from."""

import json
import re
from pathlib import Path

from tests.published.cases import number

FOLDER = Path(__file__).parent
HELD = {file.stem: json.loads(file.read_text(encoding="utf-8"))["cases"] for file in FOLDER.glob("*.json")}


def test_every_kind_of_case_has_a_test():
    asked = re.compile(r'cases\("(\w+)", "(\w+)"')
    files = FOLDER.parent.rglob("test_*.py")
    tested = {pair for file in files for pair in asked.findall(file.read_text(encoding="utf-8"))}
    assert {(name, case["kind"]) for name, held in HELD.items() for case in held} == tested


def test_every_case_has_a_name_of_its_own_and_a_source():
    everything = [case for held in HELD.values() for case in held]
    assert len({case["id"] for case in everything}) == len(everything)
    assert all(case["source"] and case["expected"] for case in everything)


def test_what_a_source_prints_is_kept_only_where_it_is_wrong():
    for case in (case for held in HELD.values() for case in held):
        assert ("published_wrong" in case) == (case["stance"] == "known_wrong"), case["id"]


def test_a_number_may_be_a_fraction():
    assert number("95000000/7") == 95_000_000 / 7
    assert number("2.50") == 2.5
