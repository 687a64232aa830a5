"""A ratchet that goes a part of the way."""

import pytest

from tests.captable.term.anti_dilution.issues import adjusted

RATCHET = "full_ratchet"


@pytest.mark.parametrize(("part", "expected"), [("0%", 2.0), ("50%", 1.5), ("2/3", 4 / 3), ("100%", 1.0)])
def test_a_partial_ratchet_goes_a_part_of_the_way_to_the_cheaper_price(part, expected):
    if part == "2/3":
        part = 2 / 3
    assert adjusted({"kind": RATCHET, "part": part}, 2.0, 1.0, 5e6, 20e6) == pytest.approx(expected)


def test_without_a_part_it_goes_all_the_way_however_few_the_shares():
    assert adjusted(RATCHET, 2.0, 0.3, 1.0, 20e6) == 0.3
    assert adjusted({"kind": RATCHET, "part": "100%"}, 2.0, 0.3, 1.0, 20e6) == pytest.approx(0.3, rel=1e-15)
