"""A comparison in words and on a page."""

import pytest

from valsim.report.comparison_page import render_comparison
from valsim.report.section import comparison as words
from valsim.report.section.measures import called, change, distinct, paths_needed, shown


def verdict(mean, error, told=True, needed=None):
    return {"mean": mean, "standard_error": error, "told_apart": told, "paths_to_tell": needed}


def measure(name="moic", differences=None, order=(), **cases):
    values = {case: {"mean": value, "standard_error": 0.01} for case, value in cases.items()}
    about = {"formula": f"{name}(me)", "measure": name, "of": "me", "counts": "multiple", "under": ["real-world"]}
    return {**about, "cases": values, "differences": differences or {}, "order": list(order)}


def case(name, scale=1.0, anchor="own"):
    about = {"scenario": name, "company": "Co", "as_of": "2026-01-01", "input_hash": "0"}
    return {"name": name, **about, "anchor": anchor, "anchor_scale": scale, "anchor_standard_error": 0.01}


def told(*measures, cases=("a", "b"), anchor="own", scales=(1.0, 1.2), **rest):
    return {
        "valsim": "0", "currency": "USD", "run": {"paths": 1000, "seed": 1, "seconds": 1.0, "anchor": anchor, "same_days": True},
        "cases": [case(*each) for each in zip(cases, scales, strict=True)], "measures": list(measures), "inputs": [],
        "explained": {}, "received": {}, **rest,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("counts", "found", "text"),
    [
        ("money", verdict(-3.2e6, 1e5), ("−$3.2M", "± 0.1M")),
        ("price", verdict(-0.147, 0.011), ("−$0.15", "± 0.01")),
        ("chance", verdict(0.048, 0.008), ("+4.8 points", "± 0.8")),
        ("rate", verdict(-0.012, 0.001), ("−1.2 points", "± 0.1")),
        ("multiple", verdict(0.052, 0.005), ("+0.052x", "± 0.005")),
        ("number", verdict(-12.3, 0.4), ("−12.3", "± 0.4")),
        ("money", verdict(0.0, 0.0), ("$0", "")),
        ("money", verdict(None, None), ("–", "")),
    ],
)
def test_a_difference_carries_its_sign(counts, found, text) -> None:
    assert change(found, counts, "USD") == text


def test_a_plain_number_is_written_as_finely_as_it_is_known() -> None:
    assert shown({"mean": 12.345, "standard_error": 0.04}, "number", "USD") == ("12.35", "± 0.04")
    assert shown({"mean": 1234.5, "standard_error": 0.0}, "number", "USD") == ("1.23k", "")
    assert shown({"mean": None, "standard_error": None}, "number", "USD") == ("–", "")


def test_a_measure_is_called_by_its_words_and_a_formula_by_itself() -> None:
    assert called(measure("irr_of_expected_cash_flows")) == "me: IRR of expected cash flows"
    assert called({"formula": "moic(me) - 1", "measure": None, "of": None}) == "moic(me) - 1"
    assert called({"formula": "company_proceeds", "measure": "company_proceeds", "of": ""}) == "company proceeds"


def test_it_is_said_what_is_not_told_apart() -> None:
    noise = verdict(0.1, 0.1, told=False, needed=4000)
    assert distinct(verdict(1, 0.1)) == ""
    assert (distinct(noise), paths_needed(noise)) == ("not told apart", "4,000 paths")
    assert distinct(verdict(0.0, 0.0, told=False)) == "the same"
    assert distinct(verdict(None, None, told=None)) == distinct(None) == "–"


def test_the_answer_is_the_first_measure_that_tells() -> None:
    noise = measure(differences={"b": verdict(0.1, 0.1, told=False)}, a=2.0, b=2.1)
    sure = measure("proceeds", {"b": verdict(-0.5, 0.1)}, a=2.0, b=1.5)
    assert words.answer(told(noise, sure)) == (
        "The cases are not told apart by me: MOIC. me: proceeds is lower in b: 1.50x against 2.00x in a, −0.5x ± 0.1."
    )
    assert words.answer(told(noise)) == "By none of these measures are the cases told apart."


def test_cases_that_are_the_same_on_every_path_are_said_to_be() -> None:
    same = measure(differences={"b": verdict(0.0, 0.0, told=False)}, a=2.0, b=2.0)
    assert words.answer(told(same)) == "The cases are the same by every one of these measures, on every path."


def test_the_ranking_shows_what_is_within_the_noise() -> None:
    order = [
        {"case": "c", "below_the_one_before": None},
        {"case": "a", "below_the_one_before": verdict(-0.5, 0.1)},
        {"case": "b", "below_the_one_before": verdict(-0.1, 0.1, told=False)},
    ]
    assert words.ranking(measure(order=order)) == "c > a ≈ b"


def test_it_is_said_at_which_scale_each_case_is_played() -> None:
    assert "scaled to its own last price (opening multiple times: a 1 and b 1.2)" in words.scales(told())
    assert "share one scale of the opening multiple, 1.1" in words.scales(told(scales=(1.1, 1.1)))
    assert "played at the scale of a" in words.scales(told(anchor="first"))
    without = told()
    assert "No case is scaled" in words.scales({**without, "cases": [case("a", anchor="none")]})


def test_it_is_said_where_random_numbers_part() -> None:
    same = told()
    assert not words.days(same)
    assert "other days on their time grids" in words.days({**same, "run": {**same["run"], "same_days": False}})


def everything():
    """A comparison with something in each of its sections."""
    parts = {"x.y": verdict(0.4, 0.1), "z": verdict(0.1, 0.2, told=False)}
    explained = {
        "moic(me)": {"difference": verdict(0.5, 0.1), "parts": parts, "together": verdict(0.0, 0.1, told=False)}
    }
    return told(
        measure(differences={"b": verdict(0.5, 0.1)}, a=2.0, b=2.5),
        inputs=[{"path": "rounds.b.x", "is_term": True, "cases": {"a": "<full>", "b": None}}],
        explained={"b": {"paths": 100, "method": "one_at_a_time", "factors": ["x.y", "z"], "measures": explained}},
        received={"me": {"a": {"company": [1e6, 5e6], "holder": [1e5, 6e5]}}},
    )


def test_only_the_sections_that_have_something_to_say_are_on_the_page() -> None:
    found = measure(differences={"b": verdict(0.5, 0.1)}, a=2.0, b=2.5)
    bare = render_comparison(told(found))
    full = render_comparison(everything())
    titles = ("What differs", "What makes the difference", "Who gets what")
    assert [title in bare for title in titles] == [False] * 3
    assert [title in full for title in titles] == [True] * 3
    assert "&lt;full&gt;" in full
    assert "together only" in full
