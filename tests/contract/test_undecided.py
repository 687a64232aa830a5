"""Rights that hang on formulas, in a round alone."""

import pytest

import valsim


@pytest.mark.parametrize(
    "chance",
    ["probability: 60%", "probability: 100%, when: equity_value >= 100M USD", "probability: revenue / 100M USD"],
)
def test_a_right_to_follow_on_that_hangs_on_a_formula_is_left_out_and_told(chance):
    terms = "liquidation_preference_multiple: 1, participation: none, seniority: 1"
    right = f"pro_rata: {{base: fully_diluted, {chance}}}, pay_to_play: {{rounds: all, consequence: {{kind: convert_to_common, part: unpaid}}}}"
    table = f"""
classes:
  common: {{kind: common, shares: 8M}}
  series_a: {{kind: preferred, shares: 2M, original_issue_price: 2.5 USD, {terms}, {right}}}
positions: {{Fund: {{series_a: 100%}}}}
"""
    closed = valsim.close_round(table, {"name": "b", "new_money": 4e6, "pre_money_valuation": 20e6})
    decided = chance == "probability: 60%"
    assert closed.shares_issued.get("Fund", 0) == pytest.approx(0.4e6 if decided else 0)
    assert closed.shares["series_a"] == (2e6, 2e6)
    assert [each.split(":")[0] for each in closed.warnings] == ([] if decided else ["classes.series_a.pro_rata"])
    assert ("when" in chance) == (closed.captable.classes["series_a"].pro_rata.when is not None)
