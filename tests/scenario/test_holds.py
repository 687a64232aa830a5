"""What a file holds, told by its keys."""

import pytest

from valsim.scenario.holds import is_method, is_round, stands_alone
from valsim.scenario.load import parse_document

FILES = {
    "{kind: hybrid, parts: []}": is_method,
    "{new_money: 5M, price_per_share: 2}": is_round,
    "{series: {kind: preferred}, closings: [{name: first}]}": is_round,
    "{classes: {common: {kind: common, shares: 8M}}}": stands_alone,
    "{classes: {common: {kind: common, shares: 8M}}, closings: []}": stands_alone,
    "{company: {name: A}, captable: {classes: {}}, kind: hybrid, closings: []}": None,
}


@pytest.mark.parametrize(("text", "expected"), FILES.items())
def test_a_file_holds_one_thing_or_a_scenario(text: str, expected: object) -> None:
    document = parse_document(text, "text")
    assert [told for told in (is_method, is_round, stands_alone) if told(document)] == [expected] * bool(expected)
