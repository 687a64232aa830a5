"""The cap table after a round, written as a person would."""

import re

import pytest

import valsim
from valsim.contract.table_after import short
from valsim.scenario.dump import dump

TERMS = "liquidation_preference_multiple: 1, participation: none"
TABLE = f"""
classes:
  common: {{kind: common, shares: 6M}}
  pool: {{kind: option_pool, shares: 1M, allocated: 500k, exercise_price: 0.10}}
  series_a: {{kind: preferred, shares: 2M, original_issue_price: 2.5, {TERMS}, seniority: 2}}
"""
ROUND = f"""
name: series_b
new_money: 3M
pre_money_valuation: 17M
pre_money_includes: [pool_top_up]
option_pool: 15%
series: {{kind: preferred, {TERMS}, seniority: 3, anti_dilution: full_ratchet}}
"""


def test_numbers_are_written_as_a_person_does():
    written = dump(valsim.close_round(TABLE, ROUND).captable)
    assert re.search(r"allocated: 500000\b", written)
    assert re.search(r"seniority: 3\b(?!\.)", written)
    assert not re.search(r"\d\.0\b", written)
    assert "99999" not in written


def test_what_was_written_says_the_same_as_what_was_closed():
    closed = valsim.close_round(TABLE, ROUND)
    again = valsim.close_round(dump(closed.captable), {"name": "c", "new_money": 1e6, "pre_money_valuation": 30e6})
    assert again.fully_diluted.before == pytest.approx(closed.fully_diluted.after, rel=1e-12)
    before = {name: change.before for name, change in again.shares.items()}
    assert {name: change.after for name, change in closed.shares.items()} | {"c": 0} == pytest.approx(before, rel=1e-12)


@pytest.mark.parametrize("number", [1 / 3, 0.1 + 0.2, 1828571.4285714286, 5e-324, 0.0, 123456789012.25])
def test_no_number_moves_by_more_than_noise(number):
    assert short(number) == pytest.approx(number, rel=1e-12, abs=0)
