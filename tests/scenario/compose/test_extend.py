"""A file that extends another: the document that comes of it, its places, and what is refused."""

from pathlib import Path

import pytest

from valsim.core.errors import Problem, ScenarioError
from valsim.scenario.compose.extend import LONGEST
from valsim.scenario.load import load, read_document
from valsim.scenario.report_problems import report
from valsim.scenario.text.document import Document

SMALL = Path(__file__).parents[2] / "cli" / "small.yaml"


@pytest.fixture
def write(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)

    def write(**files: str) -> Document:
        """Write files, the first of which is the scenario, and read it."""
        for name, text in files.items():
            file = Path(name.replace("__", "/") + ".yaml")
            file.parent.mkdir(exist_ok=True)
            file.write_text(text)
        return read_document(Path(next(iter(files)).replace("__", "/") + ".yaml"))

    return write


def refused(write, **files: str) -> str:
    with pytest.raises(ScenarioError) as caught:
        write(**files)
    return str(caught.value)


def test_a_file_builds_on_another_and_that_on_a_third(write):
    document = write(
        a="extends: b.yaml\nx: {own: 1}", b="extends: c.yaml\nx: {own: 2, next: 2}", c="x: {own: 3, next: 3, last: 3}"
    )
    assert document.data == {"x": {"own": 1, "next": 2, "last": 3}}


def test_a_file_is_sought_beside_the_one_that_names_it(write):
    document = write(
        a="extends: folder/b.yaml",
        folder__b="{extends: c.yaml, b: 1}",
        folder__c="{extends: ../d.yaml, c: 1}",
        d="d: 1",
    )
    assert document.data == {"d": 1, "c": 1, "b": 1}
    assert [source.name for source in document.sources] == ["a.yaml", "folder/b.yaml", "folder/c.yaml", "d.yaml"]


def test_each_value_stands_where_it_was_written(write):
    document = write(a="extends: b.yaml\nx: {own: 1}", b="\nx: {own: 2, next: lots}")
    assert str(report([Problem(("x", "next"), "expected a number, got 'lots'")], document)) == (
        "b.yaml:2:19  x.next: expected a number, got 'lots'\n"
        "2 │ x: {own: 2, next: lots}\n"
        "  │                   ^~~~\n\n"
        "1 problem in a.yaml"
    )
    assert document.locate(("x", "own")) == (0, (1, 9), (1, 10))


def test_what_misses_points_at_the_null_that_took_it_away_or_at_the_own_mapping(write):
    document = write(a="extends: b.yaml\ncompany:\n  cash: null", b="company: {name: A, cash: 1, debt: 2}")
    assert document.locate(("company", "cash")).start == (2, 8)
    assert document.locate(("company", "owner")) == (0, (1, 0), (1, 7))


def test_a_whole_scenario_is_played_with_a_few_changes(tmp_path):
    (tmp_path / "base.yaml").write_text(SMALL.read_text())
    child = tmp_path / "child.yaml"
    child.write_text(
        "extends: base.yaml\nname: Changed\ncompany: {cash: 70M USD}\nrounds: {series_b: {closings: {milestone closing: {new_money: 40M USD}}}}"
    )
    scenario = load(child, ["company.debt=5M USD"])
    assert (scenario.name, scenario.company.cash.middle, scenario.company.debt.middle) == ("Changed", 70e6, 5e6)
    assert scenario.rounds[0].closings[0].new_money.middle == 40e6


def test_a_like_is_followed_in_the_merged_document(tmp_path):
    (tmp_path / "base.yaml").write_text(SMALL.read_text())
    child = tmp_path / "child.yaml"
    child.write_text("extends: base.yaml\ncaptable: {classes: {series_a: {seniority: 4, participation: full}}}")
    assert load(child).rounds[0].series.participation == "full"


def test_a_problem_of_the_parent_is_shown_in_the_parent(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    Path("base.yaml").write_text(SMALL.read_text().replace("cash: 50M USD", "cash: lots"))
    Path("child.yaml").write_text("extends: base.yaml\nhorizon: soon")
    with pytest.raises(ScenarioError) as caught:
        load("child.yaml")
    shown = [line.split("  ")[0] for line in str(caught.value).splitlines() if ".yaml:" in line]
    assert shown == ["child.yaml:2:10", "base.yaml:8:34"]


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ("missing.yaml", "a.yaml:1:10  extends: cannot read 'missing.yaml': no such file or directory"),
        (".", "extends: cannot read '.': it is no file"),
        ("../b.yaml", "extends: '../b.yaml' is outside the folder of a.yaml"),
        ("folder/../../b.yaml", "is outside the folder of a.yaml"),
        ("/etc/hostname", "extends: '/etc/hostname' is outside the folder of a.yaml"),
        ("a.yaml", "extends: expected an end, got a circle: a.yaml extends a.yaml"),
        ("./folder/../a.yaml", "extends: expected an end, got a circle: a.yaml extends a.yaml"),
        ("[b.yaml]", "extends: expected a file such as base.yaml, got ['b.yaml']"),
        ("''", "extends: expected a file such as base.yaml, got ''"),
        ("", "extends: expected a file such as base.yaml, got None"),
        ('"b\\0.yaml"', "extends: expected a file such as base.yaml, got 'b\\x00.yaml'"),
        ("x" * 300 + ".yaml", "file name too long"),
    ],
)  # fmt: skip
def test_what_cannot_be_extended_is_told_at_its_place(write, given: str, told: str):
    assert told in refused(write, a=f"extends: {given}")


def test_a_longer_circle_names_its_files(write):
    told = refused(write, a="extends: b.yaml", b="extends: c.yaml", c="x: 1\nextends: b.yaml")
    assert "c.yaml:2:10  extends: expected an end, got a circle: b.yaml extends c.yaml extends b.yaml" in told


def test_a_link_that_leads_out_is_refused_and_one_inside_is_followed(write, tmp_path):
    (tmp_path / "home").mkdir()
    (tmp_path / "outside.yaml").write_text("x: 1")
    (tmp_path / "home" / "link.yaml").symlink_to("../outside.yaml")
    assert "'link.yaml' is outside the folder of a.yaml" in refused(write, home__a="extends: link.yaml")
    (tmp_path / "home" / "inside.yaml").symlink_to("b.yaml")
    assert write(home__a="extends: inside.yaml", home__b="x: 1").data == {"x": 1}


def test_a_link_to_itself_ends_in_a_problem(write, tmp_path):
    (tmp_path / "loop.yaml").symlink_to("loop.yaml")
    assert "extends: cannot read 'loop.yaml': " in refused(write, a="extends: loop.yaml")


def test_a_chain_has_an_end(write):
    files = {f"f{i}": f"extends: f{i + 1}.yaml" for i in range(LONGEST)}
    assert f"expected a scenario of at most {LONGEST} files" in refused(write, **files)
    assert write(**files | {f"f{LONGEST - 1}": "x: 1"}).data == {"x": 1}


@pytest.mark.parametrize(
    ("parent", "told"),
    [
        (b"- 1", "b.yaml:1:1  expected a mapping of keys such as name and as_of"),
        (b"", "b.yaml:1:1  the file is empty"),
        (b"x: caf\xe9", "b.yaml:1:7  expected UTF-8 text"),
        (b"a: " + b"x" * 4_000_000, "b.yaml:1:1  expected at most 4,000,000 bytes"),
        (b"x: [1", "b.yaml:1:6  "),
    ],
)
def test_a_parent_that_cannot_be_read_is_told_at_its_place(write, tmp_path, parent: bytes, told: str):
    (tmp_path / "b.yaml").write_bytes(parent)
    assert told in refused(write, a="extends: b.yaml")


def test_mistakes_of_every_text_are_shown_together(write):
    document = write(a="extends: b.yaml\nx: 1\nx: 2", b="y: 1\ny: 2")
    assert [placed.region.source for placed in document.problems] == [0, 1]


def test_a_text_without_a_file_extends_what_stands_beside_its_name(write, tmp_path):
    write(b="x: 1")
    assert read_document(tmp_path / "b.yaml").data == {"x": 1}
