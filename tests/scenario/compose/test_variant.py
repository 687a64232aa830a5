"""The variants of a file: their changes, their weights, and every case of a file checked at once."""

from pathlib import Path

import pytest

from valsim.core.errors import ScenarioError
from valsim.scenario.cases import case_names, checked
from valsim.scenario.compose.variant import weights
from valsim.scenario.load import load, parse_document, read_file, scenario_of

SMALL = (Path(__file__).parents[2] / "cli" / "small.yaml").read_text()
CASES = """
variants:
  bear:
    weight: 25%
    changes:
      drivers.arr.growth: {family: lognormal, p10: 2%, p90: 30%, note: Assumption.}
      rounds.series_b.closings.milestone closing.new_money: 26M USD
      exits.acquisition: null
  bull: {weight: 15%, changes: {'drivers.arr.growth': 120%}}
"""


def document(cases: str = CASES, variant: str = "", *overrides: str):
    return parse_document(SMALL + cases, "x.yaml", overrides, variant)


def refused(cases: str, variant: str = "") -> str:
    with pytest.raises(ScenarioError) as caught:
        scenario_of(document(cases, variant))
    return str(caught.value)


def test_a_variant_changes_what_it_names_and_nothing_else():
    base, bear = scenario_of(document()), scenario_of(document(variant="bear"))
    assert bear.drivers["arr"].growth.given == "lognormal p10 2% p90 30%"
    assert bear.drivers["arr"].growth.note == "Assumption."
    assert bear.rounds[0].closings[0].new_money.middle == 26e6
    assert base.exits.keys() - bear.exits.keys() == {"acquisition"}
    assert bear.drivers["users"] == base.drivers["users"]


@pytest.mark.parametrize("name", ["", "base"])
def test_without_a_variant_the_file_is_taken_as_it_is_written(name: str):
    assert document(variant=name).data == parse_document(SMALL + CASES).data


def test_an_override_comes_after_a_variant():
    assert scenario_of(document(CASES, "bull", "drivers.arr.growth=7%")).drivers["arr"].growth.given == "7%"


def test_a_variant_of_a_parent_is_changed_by_its_child(tmp_path):
    (tmp_path / "base.yaml").write_text(SMALL + CASES)
    child = tmp_path / "child.yaml"
    child.write_text(
        "extends: base.yaml\nvariants: {bear: {weight: 40%, changes: {drivers.arr.growth: 1%}}, bull: null}"
    )
    scenario = load(child, variant="bear")
    assert weights(scenario.variants) == {"base": 0.6, "bear": 0.4}
    assert scenario.drivers["arr"].growth.given == "1%"
    assert scenario.rounds[0].closings[0].new_money.middle == 26e6


def test_variants_leave_the_description_of_the_base_as_it_was():
    assert scenario_of(document()).in_full == scenario_of(parse_document(SMALL)).in_full


def test_a_changed_value_stands_where_the_variant_says_it():
    told = refused(CASES.replace("30%", "lots"), "bear")
    assert "x.yaml:41:61  drivers.arr.growth.p90: expected a fraction such as 12%, got 'lots'" in told
    assert "41 │       drivers.arr.growth: {family: lognormal, p10: 2%, p90: lots, note: Assumption.}\n" in told


@pytest.mark.parametrize(
    ("change", "told", "help"),
    [
        ("drivers.arr.grwth: 3%", "drivers.arr.grwth: unknown key", "did you mean 'growth'?"),
        ("drivers.arrr.growth: 3%", "there is no 'arrr' in drivers", "did you mean 'arr'?"),
        ("rounds.series_a.name: x", "there is no 'series_a' in rounds", "did you mean 'series_b'?"),
        ("company.csh: null", "there is no 'csh' to take away", ""),
        ("extends: x.yaml", "extends cannot be changed here", "another file is followed before anything is changed"),
        ("variants.bull: null", "variants cannot be changed here", "its variant is chosen before"),
    ],
)
def test_a_change_that_does_not_fit_is_told_at_its_key(change: str, told: str, help: str):
    shown = refused(f"variants: {{bear: {{changes: {{{change}}}}}}}", "bear")
    assert told in shown
    assert help in shown
    assert shown.startswith("x.yaml:36:")


def test_only_the_part_of_a_path_that_does_not_fit_is_underlined():
    shown = refused("variants:\n  bear:\n    changes:\n      'drivers.arrr.growth': 3%", "bear")
    assert "39 │       'drivers.arrr.growth': 3%\n   │                ^~~~\n" in shown


def test_a_change_that_would_wipe_out_another_is_refused():
    shown = refused(
        "variants: {bear: {changes: {drivers.arr.growth: 3%, drivers.arr: {kind: constant, value: 3 USD/year}}}}",
        "bear",
    )
    assert "this replaces what 'drivers.arr.growth' changes" in shown


def test_an_unknown_variant_is_told_with_the_nearest():
    with pytest.raises(ScenarioError) as caught:
        document(variant="baer")
    assert str(caught.value) == (
        "--variant  there is no variant 'baer'\n  │ --variant baer\n  │           ^~~~\n  = help: did you mean 'bear'?\n\n"
        "1 problem in x.yaml"
    )
    with pytest.raises(ScenarioError, match="it has no variants"):
        document("", "bear")


@pytest.mark.parametrize(
    ("cases", "told"),
    [
        ("variants: {a: {weight: 60%, changes: {name: x}}, b: {weight: 50%, changes: {name: x}}}", "add up to at most 100 %, got 110 %"),
        ("variants: {a: {weight: 60%, changes: {name: x}}, b: {changes: {name: x}}}", "variants.b: the other variants have weights, and this one has none"),
        ("variants: {a: {weight: {family: uniform, low: 1%, high: 2%}, changes: {name: x}}}", "variants.a.weight: expected one weight such as 25%"),
        ("variants: {a: {weight: -1%, changes: {name: x}}}", "variants.a.weight: must be at least 0"),
        ("variants: {base: {changes: {name: x}}}", "the name 'base' is taken: it means the file as it is written"),
        ("variants: {all: {changes: {name: x}}}", "the name 'all' is taken: it means every case of the file"),
        ("variants: {a: {changes: {}}}", "variants.a.changes: "),
        ("variants: {a: {weigth: 3%, changes: {name: x}}}", "did you mean 'weight'?"),
        ("variants: {a: 3}", "variants.a: "),
        ("variants: [a]", "variants: "),
    ],
)  # fmt: skip
def test_what_is_wrong_with_variants_is_told_without_playing_one(cases: str, told: str):
    assert told in refused(cases)


def test_what_weights_leave_belongs_to_base():
    assert weights(scenario_of(document()).variants) == {"base": 0.6, "bear": 0.25, "bull": 0.15}
    full = "variants: {a: {weight: 90%, changes: {name: x}}, b: {weight: 10%, changes: {name: x}}}"
    assert weights(scenario_of(document(full)).variants) == {"base": 0.0, "a": 0.9, "b": 0.1}
    assert weights(scenario_of(document("variants: {a: {changes: {name: x}}}")).variants) == {"base": None, "a": None}


def problems_of_all(cases: str) -> list[str]:
    written = document(cases)
    with pytest.raises(ScenarioError) as caught:
        checked(written, (), case_names(written))
    return [f"{problem.place}: {problem.message}" for problem in caught.value.problems]


def test_every_case_is_checked_and_each_problem_told_once():
    cases = CASES.replace("30%", "lots").replace("120%", "fast") + "horizn: 3 years\n"
    assert problems_of_all(cases) == [
        "drivers.arr.growth.p90: expected a fraction such as 12%, got 'lots' (variant bear)",
        "drivers.arr.growth: expected a fraction such as 12%, got 'fast' (variant bull)",
        "horizn: unknown key",
    ]


def test_a_problem_of_several_variants_names_them():
    cases = """variants:
  a: {changes: {rounds.series_b.name: first}}
  b: {changes: {rounds.series_b.name: first, name: x}}
  c: {changes: {name: y}}"""
    assert problems_of_all(cases) == [
        "positions.me.closing: no closing 'milestone closing' of a round 'series_b' (variants a, b)"
    ]


def test_a_source_is_unused_only_where_no_case_cites_it():
    sources = "sources: {press: {title: T, date: 2025-12-01}, letter: {title: L, date: 2025-12-01}}\n"
    written = document(sources + "variants: {a: {changes: {company.cash: {value: 3M USD, source: press}}}}")
    found = [item.problem.place for item in checked(written, (), case_names(written)).warnings.placed]
    assert found == ["sources.letter"]
    assert checked(written, (), ("base",)).warnings.placed == ()


def test_what_a_file_extends_may_hold_sources_that_it_does_not_cite(tmp_path):
    (tmp_path / "base.yaml").write_text(SMALL + "sources: {press: {title: T, date: 2025-12-01}}")
    (tmp_path / "child.yaml").write_text("extends: base.yaml\nname: Child")
    found = [checked(read_file(tmp_path / name), (), ("base",)).warnings.placed for name in ("base.yaml", "child.yaml")]
    assert [len(placed) for placed in found] == [1, 0]


def test_problems_of_files_that_only_one_case_reads_point_into_them(tmp_path):
    for name in ("a", "b"):
        (tmp_path / f"{name}.csv").write_text("growth\n10%\nlots\n20%\n")
    empirical = "{{changes: {{drivers.arr.growth: {{family: empirical, file: {}.csv, column: growth}}}}}}"
    cases = ", ".join(f"{name}: {empirical.format(name)}" for name in ("a", "b"))
    (tmp_path / "x.yaml").write_text(SMALL + f"variants: {{{cases}}}")
    written = read_file(tmp_path / "x.yaml")
    with pytest.raises(ScenarioError) as caught:
        checked(written, (), case_names(written))
    assert "a.csv:3:1  drivers.arr.growth" in str(caught.value)
    assert "b.csv:3:1  drivers.arr.growth" in str(caught.value)


ANCHORED = "valuation.anchor=last_round"


def anchored(variant: str, name: str = "bear", *overrides: str):
    written = f"variants: {{bear: {{{variant}, changes: {{drivers.arr.growth: 5%}}}}}}"
    return scenario_of(document(written, name, ANCHORED, *overrides))


def test_a_case_of_an_anchored_file_says_at_which_scale_it_is_played():
    with pytest.raises(ScenarioError) as caught:
        anchored("note: x")
    shown = str(caught.value)
    assert shown.startswith("x.yaml:36:12  variants.bear: the case is anchored to the last round and does not say")
    assert "anchor: base plays it at the scale of the file as it is written" in shown
    assert "anchor: own scales it to the last price again" in shown
    assert anchored("note: x", "base").valuation.anchor == "last_round"


def test_a_case_is_anchored_as_the_file_is_or_for_itself():
    base, kept, own = anchored("anchor: base", ""), anchored("anchor: base"), anchored("anchor: own")
    assert kept.anchored_as == base
    assert kept.anchored_as.drivers["arr"].growth.given != kept.drivers["arr"].growth.given == "5%"
    assert own.anchored_as is own
    assert base.anchored_as is base


def test_what_a_case_is_anchored_as_has_the_overrides_too():
    case = anchored("anchor: base", "bear", "company.cash=3M USD")
    assert [each.company.cash.middle for each in (case, case.anchored_as)] == [3e6, 3e6]


def test_the_choice_is_made_in_each_case_by_the_anchor_that_it_has():
    changes = "changes: {valuation.anchor: none}"
    written = f"variants: {{bear: {{{changes}}}, bull: {{anchor: own, {changes}}}}}"
    read = parse_document(SMALL.replace("anchor: none", "anchor: last_round") + written)
    assert case_names(read) == ("base", "bear", "bull")
    told = [item.problem for item in checked(read, (), case_names(read)).warnings.placed]
    assert [problem.place for problem in told] == ["variants.bull.anchor"]
    assert told[0].message.startswith("without effect: the case has valuation.anchor: none")


def test_a_scale_that_the_file_does_not_have_is_refused():
    changed = "variants: {bear: {anchor: %s, changes: {valuation.anchor: last_round}}}"
    assert "the file as it is written has valuation.anchor: none" in refused(changed % "base", "bear")
    assert scenario_of(document(changed % "own", "bear")).valuation.anchor == "last_round"


def test_a_word_that_is_no_choice_is_refused():
    assert "variants.bear.anchor: expected one of 'base' or 'own', got 'last_round'" in refused(
        "variants: {bear: {anchor: last_round, changes: {name: x}}}"
    )
