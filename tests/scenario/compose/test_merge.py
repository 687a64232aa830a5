"""What becomes of two documents, one over the other."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from valsim.scenario.compose.merge import merged
from valsim.scenario.text.document import Placed, Source
from valsim.scenario.text.reading import parsed
from valsim.scenario.text.tree import tree_of


def over(parent: str, child: str) -> tuple[Any, list[Placed]]:
    problems: list[Placed] = []
    trees = [
        tree_of(parsed(Source(name, text), i)) for i, (name, text) in enumerate((("child", child), ("parent", parent)))
    ]
    return merged(trees[1], trees[0], (), problems).bare, problems


def put_together(parent: str, child: str) -> Any:
    data, problems = over(parent, child)
    assert problems == []
    return data


@pytest.mark.parametrize(
    ("parent", "child", "both"),
    [
        ("{a: 1, b: 2}", "{b: 3, c: 4}", {"a": 1, "b": 3, "c": 4}),
        ("{a: {b: {c: 1, d: 2}}}", "{a: {b: {d: 3}}}", {"a": {"b": {"c": 1, "d": 3}}}),
        ("{a: [1, 2, 3]}", "{a: [4]}", {"a": [4]}),
        ("{a: {b: 1}}", "{a: 2}", {"a": 2}),
        ("{a: 1}", "{a: {b: 2}}", {"a": {"b": 2}}),
        ("{a: 1, b: 2}", "{a: null}", {"b": 2}),
        ("{a: {b: 1, c: 2}}", "{a: {b: ~}}", {"a": {"c": 2}}),
        ("{a: 1}", "{b: {c: null}}", {"a": 1, "b": {"c": None}}),
    ],
)
def test_mappings_merge_and_all_else_replaces(parent: str, child: str, both: Any) -> None:
    assert put_together(parent, child) == both


NUMBERS = {
    "a quantity": "3",
    "a value": "{value: 4%, source: press, note: old}",
    "a distribution": "{family: lognormal, p10: 1, p90: 9, at_most: 20, source: press}",
    "a conflict": "{conflict: [{value: 1, weight: 50%, source: a}, {value: 2, weight: 50%, source: b}]}",
}


@pytest.mark.parametrize("parent", NUMBERS.values(), ids=NUMBERS)
@pytest.mark.parametrize("child", NUMBERS.values(), ids=NUMBERS)
def test_a_number_is_replaced_with_its_source_and_never_mixed(parent: str, child: str) -> None:
    assert put_together(f"{{growth: {parent}}}", f"{{growth: {child}}}") == put_together(
        "{a: 1}", f"{{a: null, growth: {child}}}"
    )


@pytest.mark.parametrize("child", ["{p10: 2}", "{note: mine}", "{source: mine}"])
def test_a_part_of_a_number_is_left_for_validation_to_refuse(child: str) -> None:
    assert put_together("{growth: {family: lognormal, p10: 1, p90: 9}}", f"{{growth: {child}}}")["growth"].keys() == {
        child[1:].split(":", maxsplit=1)[0]
    }


def test_a_driver_that_has_a_value_is_no_number() -> None:
    assert put_together("{share: {kind: constant, value: 35%, unit: users}}", "{share: {value: 40%}}") == {
        "share": {"kind": "constant", "value": "40%", "unit": "users"}
    }
    assert put_together("{share: {like: other, value: 35%}}", "{share: {unit: users}}")["share"].keys() == {
        "like",
        "value",
        "unit",
    }


def test_entries_that_are_called_value_or_family_are_no_numbers() -> None:
    assert put_together("{risks: {value: {hazard: 1}}}", "{risks: {family: {hazard: 2}}}")["risks"].keys() == {
        "value",
        "family",
    }


@pytest.mark.parametrize(
    ("parent", "child"),
    [
        ("{kind: geometric_brownian, start: 1, growth: 20%}", "{kind: mean_reverting, start: 1}"),
        ("{like: series_a, seniority: 3}", "{like: series_b}"),
        ("{like: series_a, seniority: 3}", "{kind: preferred}"),
        ("{kind: preferred, seniority: 3}", "{like: series_b}"),
        ("{multiple_of: arr, revenue: x}", "{multiple_of: run_rate_revenue}"),
    ],
)
def test_an_entry_that_says_anew_what_it_is_starts_afresh(parent: str, child: str) -> None:
    assert put_together(f"{{it: {parent}}}", f"{{it: {child}}}") == put_together("{a: 1}", f"{{a: null, it: {child}}}")


def test_an_entry_that_says_the_same_again_is_merged() -> None:
    assert put_together("{it: {kind: ipo, a: 1}}", "{it: {kind: ipo, b: 2}}") == {"it": {"kind": "ipo", "a": 1, "b": 2}}


def test_an_exit_is_of_the_kind_that_it_is_called_by() -> None:
    assert put_together("{ipo: {a: 1}}", "{ipo: {kind: ipo, b: 2}}")["ipo"].keys() == {"kind", "a", "b"}
    assert put_together("{ipo: {a: 1}}", "{ipo: {kind: acquisition, b: 2}}")["ipo"].keys() == {"kind", "b"}


def test_a_citation_is_one_statement() -> None:
    both = put_together("{sources: {a: {title: A, url: u}, b: {title: B}}}", "{sources: {a: {title: C}}}")
    assert both == {"sources": {"a": {"title": "C"}, "b": {"title": "B"}}}


def test_a_change_of_a_variant_is_one_statement() -> None:
    parent = (
        "{variants: {bear: {weight: 9%, changes: {drivers.arr: {kind: constant, value: 3, unit: users}, name: x}}}}"
    )
    both = put_together(parent, "{variants: {bear: {changes: {drivers.arr: {kind: constant, value: 4}}}}}")
    assert both["variants"]["bear"] == {
        "weight": "9%",
        "changes": {"drivers.arr": {"kind": "constant", "value": 4}, "name": "x"},
    }


ROUNDS = "{rounds: [{name: seed, closings: [{name: one, at: 1}, {name: two, at: 2}]}, {name: bridge, at_most: 3}]}"


def test_a_list_of_named_items_is_changed_by_a_mapping_of_names() -> None:
    both = put_together(ROUNDS, "{rounds: {seed: {closings: {two: {at: 5}}}, bridge: {at_most: 1}}}")
    assert both["rounds"] == [
        {"name": "seed", "closings": [{"name": "one", "at": 1}, {"name": "two", "at": 5}]},
        {"name": "bridge", "at_most": 1},
    ]


def test_items_are_taken_away_and_added_by_name() -> None:
    both = put_together(ROUNDS, "{rounds: {seed: null, growth: {name: growth, at_most: 2}}}")
    assert [each["name"] for each in both["rounds"]] == ["bridge", "growth"]


def test_a_list_in_the_place_of_a_list_of_named_items_replaces_it() -> None:
    assert put_together(ROUNDS, "{rounds: [{name: bridge}]}") == {"rounds": [{"name": "bridge"}]}


def test_a_list_of_other_items_is_never_merged() -> None:
    assert put_together("{shocks: [[a, b, 1]]}", "{shocks: {a: 1}}") == {"shocks": {"a": 1}}


@pytest.mark.parametrize(
    ("child", "message", "help"),
    [
        ("{rounds: {sead: {at_most: 1}}}", "there is no 'sead' in rounds", "did you mean 'seed'?"),
        ("{rounds: {x: {at_most: 1}}}", "there is no 'x' in rounds", "known are seed, bridge; a new one says its name inside too"),
        ("{rounds: {seed: {closings: {twoo: {at: 1}}}}}", "there is no 'twoo' in rounds[0].closings", "did you mean 'two'?"),
        ("{rounds: {brige: null}}", "there is no 'brige' to take away", "did you mean 'bridge'?"),
        ("{runds: null}", "there is no 'runds' to take away", "did you mean 'rounds'?"),
    ],
)  # fmt: skip
def test_a_name_that_is_not_there_is_a_problem(child: str, message: str, help: str) -> None:
    _, (placed,) = over(ROUNDS, child)
    assert (placed.problem.message, placed.problem.help, placed.region.source) == (message, help, 0)


NAMES = st.sampled_from(["kind", "like", "value", "family", "source", "note", "name", "users", "growth", "sources"])


def _flow_mapping(items: dict[str, str]) -> str:
    return f"{{{', '.join(f'{key}: {value}' for key, value in items.items())}}}"


def _flow_list(items: list[str]) -> str:
    return f"[{', '.join(items)}]"


TREES = st.recursive(
    st.sampled_from(["3", "4%", "lognormal", "true", "press"]),
    lambda inner: (
        st.dictionaries(NAMES, inner, max_size=4).map(_flow_mapping) | st.lists(inner, max_size=3).map(_flow_list)
    ),
    max_leaves=12,
)
DOCUMENTS = st.dictionaries(NAMES, TREES, min_size=1, max_size=5).map(_flow_mapping)


@given(DOCUMENTS)
def test_a_document_over_itself_and_over_nothing_is_itself(text: str) -> None:
    alone = parsed(Source("child", text), 0).data
    assert put_together(text, text) == alone
    assert put_together("{}", text) == alone
    assert put_together(text, "{}") == alone


@given(DOCUMENTS, DOCUMENTS)
def test_what_stands_in_the_child_is_never_lost(parent: str, child: str) -> None:
    both, _ = over(parent, child)
    assert _holds(both, parsed(Source("child", child), 0).data)


def _holds(whole: Any, part: Any) -> bool:
    """Say whether every key and value of a part stands in the whole; the items of a named list stand under their names."""
    if not isinstance(part, dict):
        return bool(whole == part)
    if isinstance(whole, list):
        return True
    return isinstance(whole, dict) and all(key in whole and _holds(whole[key], part[key]) for key in part)


@given(DOCUMENTS, DOCUMENTS)
def test_every_value_of_both_has_a_place_in_the_text_that_says_it(parent: str, child: str) -> None:
    trees = [tree_of(parsed(Source(name, text), i)) for i, (name, text) in enumerate((("c", child), ("p", parent)))]
    data, spans = merged(trees[1], trees[0], (), []).flat
    texts = (child, parent)
    for path, value in _leaves(data):
        source, (_, start), (_, end) = spans[path].value
        assert parsed(Source("x", f"x: {texts[source][start:end]}"), 0).data["x"] == value


def _leaves(data: Any, path: tuple[Any, ...] = ()) -> list[tuple[tuple[Any, ...], Any]]:
    if isinstance(data, dict | list):
        items = data.items() if isinstance(data, dict) else enumerate(data)
        return [leaf for key, item in items for leaf in _leaves(item, (*path, key))]
    return [(path, data)]
