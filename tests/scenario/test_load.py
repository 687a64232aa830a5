"""A scenario file becomes plain data with places, or a report of everything that is wrong with it."""

from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from valsim.core.errors import ScenarioError
from valsim.scenario.load import parse_document, read_document, scenario_of
from valsim.scenario.report_problems import scenario_error
from valsim.scenario.text.document import Region
from valsim.scenario.text.reading import LARGEST


def data(text: str, *overrides: str) -> dict[str, Any]:
    return parse_document(text, "x.yaml", overrides).data


def report(text: str, *overrides: str) -> str:
    with pytest.raises(ScenarioError) as caught:
        raise scenario_error((), parse_document(text, "x.yaml", overrides))
    return str(caught.value)


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("12", 12),
        ("-5", -5),
        ("010", 10),
        ("100_000", 100_000),
        ("0x1F", 31),
        ("1e9", 1e9),
        ("4.3e9", 4.3e9),
        (".5", 0.5),
        ("1_000.5", 1000.5),
        ("true", True),
        ("False", False),
        ("null", None),
        ("~", None),
        ("", None),
        ("no", "no"),
        ("yes", "yes"),
        ("12:30", "12:30"),
        ("2026-02-20", "2026-02-20"),
        ("1_0", "1_0"),
        ("1.5B USD", "1.5B USD"),
        ("'12'", "12"),
        ('"true"', "true"),
        ("2026-Q1", "2026-Q1"),
        ("[1, a]", [1, "a"]),
        ("9007199254740993", 9007199254740993),
    ],
)
def test_a_value_means_what_it_says(written: str, meant: object) -> None:
    value = data(f"key: {written}")["key"]
    assert value == meant
    assert type(value) is type(meant)


def test_every_key_is_a_text() -> None:
    assert list(data("no: 1\n2026: 2\nnull: 3\n1.5: 4")) == ["no", "2026", "null", "1.5"]


def test_aliases_and_merge_keys_are_copies_and_own_keys_win() -> None:
    read = data("a: &a {x: 1, y: [2]}\nb: {<<: *a, x: 3}\nc: {<<: [{x: 4}, *a]}\nd: *a")
    assert read["b"] == {"x": 3, "y": [2]}
    assert read["c"] == {"x": 4, "y": [2]}
    read["d"]["y"].append(5)
    assert read["a"]["y"] == [2]


def test_a_path_knows_where_its_key_and_value_stand() -> None:
    document = parse_document("a:\n  - kind: equity\n    amount: lots\n")
    assert document.locate(("a", 0, "amount")) == Region(0, (2, 12), (2, 16))
    assert document.locate(("a", 0, "amount"), "key") == Region(0, (2, 4), (2, 10))


def test_a_path_that_is_not_there_falls_back_to_its_nearest_parent() -> None:
    document = parse_document("a:\n  - kind: equity\n")
    assert document.locate(("a", 0, "amount")) == Region(0, (1, 4), (1, 5))
    assert document.locate(("a", 7, "x")) == Region(0, (0, 0), (0, 1))
    assert document.locate(("nowhere",)) == Region(0, (0, 0), (0, 1))


def test_a_merged_value_points_at_the_line_it_was_written_on() -> None:
    document = parse_document("a: &a {x: 1}\nb: {<<: *a}")
    assert document.locate(("b", "x")) == Region(0, (0, 10), (0, 11))


@pytest.mark.parametrize("when", ["revenue > users", "'revenue > users'"])
def test_characters_inside_a_value_are_underlined(when: str) -> None:
    document = parse_document(f"when: {when}")
    _, (_, start), (_, end) = document.locate(("when",), span=(8, 9))
    assert document.sources[0].text[start:end] == ">"


def test_a_duplicate_key_points_at_both_places() -> None:
    assert report("name: a\nb: 2\nname: c") == (
        "x.yaml:3:1  name: duplicate key 'name', first given on line 1, column 1\n2 │ b: 2\n3 │ name: c\n  │ ^~~~\n"
        "  = help: keep one of the two\n\n1 problem in x.yaml"
    )


def test_what_is_wrong_with_the_text_is_reported_beside_what_the_values_mean() -> None:
    text = "name: a\nname: b\nas_of: [{x: .nan}]\nhorizn: 3 years\n"
    with pytest.raises(ScenarioError) as caught:
        scenario_of(parse_document(text, "x.yaml"))
    places = [(problem.place, problem.code) for problem in caught.value.problems]
    assert places[:2] == [("name", "duplicate_key"), ("as_of[0].x", "number")]
    assert {"as_of", "horizn", "drivers"} <= {place for place, _ in places[2:]}


def test_what_could_not_be_read_is_not_complained_about_twice() -> None:
    with pytest.raises(ScenarioError) as caught:
        scenario_of(parse_document("name: a\nhorizon: .inf\n", "x.yaml"))
    assert [problem.code for problem in caught.value.problems if problem.place == "horizon"] == ["number"]


@pytest.mark.parametrize(
    ("text", "first_line"),
    [
        ("", "x.yaml:1:1  the file is empty"),
        ("# only a comment", "x.yaml:1:1  the file is empty"),
        ("- a", "x.yaml:1:1  expected a mapping of keys such as name and as_of"),
        ("lots", "x.yaml:1:1  expected a mapping of keys such as name and as_of"),
        ("a: .nan", "x.yaml:1:4  a: expected a finite number, got '.nan'"),
        ("a:\n - -.inf", "x.yaml:2:4  a[0]: expected a finite number, got '-.inf'"),
        ("a: 1e400", "x.yaml:1:4  a: expected a number between 1e-308 and 1e308, got '1e400'"),
        ("a: 1e-400", "x.yaml:1:4  a: expected a number between 1e-308 and 1e308, got '1e-400'"),
        ("a: " + "9" * 5000, "x.yaml:1:4  a: expected a number between 1e-308 and 1e308, got '" + "9" * 39 + "…'"),
        ("a: &a [*a]", "x.yaml:1:4  a[0]: an alias contains itself"),
        ("a: &a {<<: *a}", "x.yaml:1:4  a: an alias contains itself"),
        ("a: {<<: 3}", "x.yaml:1:9  a: expected a mapping behind <<"),
        ("a: *b", "x.yaml:1:4  this alias names no anchor"),
        ("[" * 100_000, "x.yaml:1:65  expected at most 64 levels of nesting"),
        ("? [a]\n: 1", "x.yaml:1:3  expected a word as a key, got a list or mapping"),
        ("a: !!int 3", "x.yaml:1:4  a: expected no tag, got '!!int'"),
        ("a:\n\t- b", "x.yaml:2:1  a tab cannot indent"),
        ("a: b: c", "x.yaml:1:5  a key and its value do not fit here"),
        ("a: @b", "x.yaml:1:4  a text cannot start with '@'"),
        (
            "a: [1",
            "x.yaml:1:6  expected a comma, or the bracket that closes the [ in line 1, column 4",
        ),
        ("a: 1\n---\nb: 2", "x.yaml:2:1  a scenario is one document"),
        ("a: \ud800", "x.yaml:1:4  a text file cannot contain the control character 0xd800"),
        ("a: \x01", "x.yaml:1:4  a text file cannot contain the control character 0x01"),
    ],
)
def test_what_cannot_be_read_is_a_problem_with_its_place(text: str, first_line: str) -> None:
    assert report(text).splitlines()[0] == first_line


def test_an_alias_bomb_is_refused() -> None:
    rows = "".join(
        f"{new}: &{new} [{','.join([f'*{old}'] * 9)}]\n" for old, new in zip("abcdefgh", "bcdefghi", strict=True)
    )
    assert "expected at most 200,000 values" in report("a: &a [1]\n" + rows)


def test_a_bomb_of_merge_keys_is_refused() -> None:
    rows = "".join(
        f"{new}: &{new} {{<<: [{','.join([f'*{old}'] * 9)}]}}\n"
        for old, new in zip("abcdefgh", "bcdefghi", strict=True)
    )
    assert "expected at most 200,000 values" in report("a: &a {x: 1}\n" + rows)


def test_all_problems_of_a_file_are_reported_in_order() -> None:
    lines = report("a: .inf\nb: 1e999\na: 2").splitlines()
    assert [line.split("  ")[0] for line in lines if line.startswith("x.yaml:")] == [
        "x.yaml:1:4", "x.yaml:2:4", "x.yaml:3:1",
    ]  # fmt: skip
    assert lines[-1] == "3 problems in x.yaml"


def test_windows_line_ends_and_a_byte_order_mark_do_not_shift_places(tmp_path: Path) -> None:
    file = tmp_path / "x.yaml"
    file.write_bytes(b"\xef\xbb\xbfa: 1\r\nb: .inf\r\n")
    with pytest.raises(ScenarioError, match=r"x\.yaml:2:4  b: expected a finite number"):
        scenario_of(read_document(file))


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"a: 1\nb: caf\xe9", "x.yaml:2:7  expected UTF-8 text"),
        (b"a: " + b"x" * LARGEST, "x.yaml:1:1  expected at most 4,000,000 bytes"),
        (b"", "x.yaml:1:1  the file is empty"),
    ],
)
def test_a_file_that_is_no_small_utf8_text_is_refused(tmp_path: Path, content: bytes, message: str) -> None:
    (tmp_path / "x.yaml").write_bytes(content)
    with pytest.raises(ScenarioError) as caught:
        read_document(tmp_path / "x.yaml")
    assert message in str(caught.value).splitlines()[0]


def test_a_file_that_is_not_there_is_a_problem(tmp_path: Path) -> None:
    with pytest.raises(ScenarioError, match="cannot read the file: no such file"):
        read_document(tmp_path / "x.yaml")


BITS = st.sampled_from(
    [
        "a",
        "b: ",
        "- ",
        "\n",
        "  ",
        "{",
        "}",
        "[",
        "]",
        "&x ",
        "*x",
        "<<: ",
        "!!int ",
        "'",
        '"',
        ": ",
        "1e9",
        "\t",
        "|",
        "?",
        "#",
    ]
)


@given(st.text(max_size=60) | st.lists(BITS, max_size=20).map("".join), st.lists(st.text(max_size=12), max_size=2))
@settings(max_examples=300)
def test_any_text_is_a_document_or_a_report(text: str, overrides: list[str]) -> None:
    with suppress(ScenarioError):
        document = parse_document(text, overrides=overrides)
        assert isinstance(document.data, dict)
        assert all(document.locate(path) for path in document.spans)
