import math

import pytest

import valsim
from tests.contract.tables import THREE, TWO


def test_the_next_dollar_is_shared_out_anew_at_every_breakpoint():
    parts = [(each.start, each.to, each.classes) for each in valsim.waterfall(TWO, 1e6).next_dollar]
    assert parts == [
        (0.0, 5e6, {"series_a": 1.0}),
        (5e6, 25e6, {"common": 1.0}),
        (25e6, math.inf, {"common": 0.8, "series_a": 0.2}),
    ]


def test_the_parts_of_a_dollar_are_a_dollar():
    for stretch in valsim.waterfall(THREE, 1e6).next_dollar:
        assert sum(stretch.classes.values()) == pytest.approx(1, abs=1e-8)


def test_the_last_stretch_has_no_end_in_json():
    ends = [stretch["to"] for stretch in valsim.waterfall(TWO, 1e6).as_dict()["next_dollar"]]
    assert ends == [5e6, 25e6, None]


def test_a_table_of_common_shares_alone_has_one_stretch():
    (only,) = valsim.waterfall({"classes": {"common": {"kind": "common", "shares": 1}}}, 0.0).next_dollar
    assert (only.start, only.to, only.classes) == (0, math.inf, {"common": 1.0})
