from pathlib import Path

import pytest

from valsim.captable.opening import open_ledger
from valsim.core.errors import ScenarioError
from valsim.core.parameter import at_medians
from valsim.scenario.load import parse_document
from valsim.scenario.load_captable import judged_captable, load_captable

ALONE = """
name: Two classes
classes:
  common: {kind: common, shares: 8000000}
  series_a: {kind: preferred, shares: 2M, original_issue_price: 2.5, liquidation_preference_multiple: 1,
    participation: none, seniority: 1}
positions:
  Ada: {common: 6_000_000, series_a: 25%}
"""
SCENARIOS = Path("scenarios")


def read(text: str, *overrides: str):
    return judged_captable(parse_document(text, "table.yaml", overrides))


def problems(text: str, *overrides: str) -> dict[str, str]:
    with pytest.raises(ScenarioError) as caught:
        read(text, *overrides)
    return {problem.place: problem.message for problem in caught.value.problems}


def test_amounts_are_plain_numbers_or_name_their_currency():
    plain, named = read(ALONE), read(ALONE, "classes.series_a.original_issue_price=2.5 EUR")
    assert (plain.document.currency, named.document.currency) == ("", "EUR")
    prices = [at_medians(each.document).classes["series_a"].original_issue_price for each in (plain, named)]
    assert prices == [2.5, 2.5]


def test_a_number_may_be_an_exact_fraction():
    table = at_medians(read(ALONE, "classes.common.shares=90000000/7").document)
    assert float(table.classes["common"].shares) == 90e6 / 7


def test_a_percentage_is_no_amount():
    found = problems(ALONE, "classes.series_a.original_issue_price=20%")
    assert found["classes.series_a.original_issue_price"].startswith("expected a price per share")


def test_a_json_file_is_read_as_well(tmp_path):
    (tmp_path / "table.json").write_text('{"classes": {"common": {"kind": "common", "shares": 18000000}}}')
    assert list(load_captable(tmp_path / "table.json").classes) == ["common"]


@pytest.mark.parametrize("file", sorted(SCENARIOS.glob("*.yaml")), ids=lambda file: file.stem)
def test_the_cap_table_of_every_shipped_scenario_is_read_alone(file):
    table = load_captable(file)
    medians = at_medians(table)
    assert table.currency == "USD"
    assert open_ledger(medians.classes, medians.positions).fully_diluted() > 0


def test_of_a_scenario_nothing_else_is_looked_at():
    indented = "".join(f"  {line}\n" for line in ALONE.strip().splitlines()[1:])
    found = read(
        f"name: A scenario\ncurrency: EUR\nas_of: 2026-01-01\nhorizon: nonsense\ncaptable:\n{indented}"
    ).document
    assert (found.name, found.currency, list(found.positions)) == ("A scenario", "EUR", ["Ada"])


def test_a_problem_of_a_scenario_stands_under_its_cap_table():
    text = "captable: {classes: {common: {kind: common, shares: 8M}}, positions: {Ada: {common: 9M}}}"
    assert list(problems(text)) == ["captable.positions.Ada.common"]


def test_terms_are_taken_over_from_another_class():
    text = ALONE.replace("positions:", "  series_b: {like: series_a, shares: 1M, original_issue_price: 6}\npositions:")
    table = read(text).document
    assert table.classes["series_b"].participation == "none"


def test_all_problems_are_told_at_once():
    found = problems(
        "classes:\n"
        "  common: {kind: common, shares: lots}\n"
        "  series_a: {kind: preferred, shares: 2M, original_issue_price: 2 USD, participation: capped, seniority: 1,\n"
        "    liquidation_preference_multiple: 2, participation_cap_multiple: 1}\n"
        "  value: {kind: comon, shares: 1}\n"
        "debts: {}\n"
    )
    assert set(found) == {
        "classes.common.shares", "classes.series_a.participation_cap_multiple", "classes.value.kind", "debts",
    }  # fmt: skip


def test_two_currencies_are_a_problem():
    found = problems(ALONE, "classes.series_a.original_issue_price=2 EUR", "classes.series_a.conversion_price=2 USD")
    assert found == {"classes.series_a.conversion_price": "amounts are in EUR, got '2 USD'"}


def test_a_number_that_is_drawn_is_taken_at_its_median_and_told():
    drawn = "classes.common.shares={family: uniform, low: 6M, high: 10M}"
    judged = read(ALONE, drawn)
    assert [(each.place, each.code) for each in judged.warnings] == [("classes.common.shares", "median")]


def test_names_that_mean_something_else_are_refused():
    text = ALONE.replace("Ada:", "other holders:").replace("common:", "value:")
    assert {place for place, message in problems(text).items() if "is taken" in message} == {
        "classes.value", "positions.other holders",
    }  # fmt: skip


def test_whose_shares_are_set_off_is_known_also_where_something_else_is_wrong():
    plan = "carve_out={kind: offset, fraction: 10%, recipients: [Ada, Bob], base: after_debt, paid_at: [ipo]}"
    found = problems(ALONE, plan, "classes.common.share=1")
    assert found == {
        "classes.common.share": "unknown key",
        "carve_out.recipients[1]": "no holder 'Bob' in positions, so there are no shares to set off",
    }
