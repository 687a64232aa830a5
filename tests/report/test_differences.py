"""Differences as a person reads them, in 80 columns."""

from valsim.report.differences import counted, flow, told
from valsim.scenario.difference import Difference

FOUND = (
    Difference(("name",), "changed", "Old", "New"),
    Difference(("company", "cash"), "changed", "1B USD", "2B USD"),
    Difference(("company", "cash", "note"), "provenance", None, "Assumption."),
    Difference(
        ("company", "debt"), "changed", {"family": "uniform", "low": "1B USD", "high": "2B USD"}, "a " * 60 + "b"
    ),
    Difference(("rounds", "seed", "closings", "one"), "removed", {"name": "one", "note": "So: it is."}, None),
    Difference(("rounds", "bridge"), "added", None, {"name": "bridge", "at_most": 3, "list": [True, None]}),
)


def test_differences_are_grouped_by_room_and_counted():
    assert (
        told(FOUND, "a.yaml", "b.yaml")
        == """\
from a.yaml
to   b.yaml
3 values changed, 1 added, 1 removed, 1 source or note changed

  name: Old → New

company
  cash: 1B USD → 2B USD
  cash.note: none → Assumption.
  debt:
    - {family: uniform, low: 1B USD, high: 2B USD}
    + a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a
      a a a a a a a a a a a a a a a a a a a a a a a b

rounds
- seed.closings.one: {name: one, note: "So: it is."}
+ bridge: {name: bridge, at_most: 3, list: [true, none]}"""
    )


def test_two_that_say_the_same_are_told_so():
    assert told((), "a.yaml", "b.yaml") == "a.yaml and b.yaml say the same"


def test_one_of_each_is_counted_in_the_singular():
    assert counted(FOUND[:1]) == "1 value changed"
    assert counted(FOUND[:2]) == "2 values changed"


def test_no_line_is_wider_than_80_columns_but_for_a_long_word():
    assert max(map(len, told(FOUND, "a.yaml", "b.yaml").splitlines())) <= 80
    assert flow("x" * 100) in told((Difference(("a", "b"), "added", None, "x" * 100),), "a", "b")


def test_a_nothing_at_the_end_of_a_line_leaves_no_blank():
    lines = told((Difference(("a", "b"), "changed", "", "word " * 30),), "a", "b").splitlines()
    assert lines == [line.rstrip() for line in lines]
