"""A report shows the line, underlines the characters and stays readable for any text."""

from valsim.core.errors import Problem
from valsim.scenario.load import parse_document
from valsim.scenario.report_problems import report, scenario_error


def test_a_caret_stands_under_wide_characters() -> None:
    document = parse_document('名字: {"ユーザー": lots}', "x.yaml")
    _, line, caret, _, _ = str(report([Problem(("名字", "ユーザー"), "no")], document)).splitlines()
    assert line.index("lots") + len("名字ユーザー") == caret.index("^")


def test_a_very_long_line_is_cut_around_the_caret() -> None:
    document = parse_document("{" + "a: 1, " * 0 + "b: " + "x" * 500 + ", c: lots}", "x.yaml")
    _, line, caret, _, _ = str(report([Problem(("c",), "no")], document)).splitlines()
    assert len(line) < 130
    assert line[caret.index("^") :].startswith("lots")


def test_a_value_of_several_lines_is_underlined_in_its_first() -> None:
    document = parse_document("a: {b: 1,\n    c: 2}\n", "x.yaml")
    assert str(report([Problem(("a",), "no")], document)).splitlines()[2] == "  │    ^~~~~~"


def test_many_problems_are_counted_but_not_all_shown() -> None:
    document = parse_document("a: 1", "x.yaml")
    told = str(report([Problem(("a",), f"no {i}") for i in range(60)], document))
    assert told.count("x.yaml:1:4") == 50
    assert told.endswith("60 problems in x.yaml (the first 50 are shown)")


def test_the_error_carries_problems_and_their_report() -> None:
    document = parse_document("a: 1", "x.yaml")
    error = scenario_error([Problem(("a",), "no")], document)
    assert error.problems == (Problem(("a",), "no"),)
    assert str(error).startswith("x.yaml:1:4  a: no\n")
