"""What becomes of shares, told by date."""

import pytest

from tests.analysis.stories.event.happened import happened
from tests.companies import SERIES_B, STEADY, scenario
from valsim.analysis.stories.event.shares import adjustments, anti_dilution, pools, splits

DOWN = "rounds[0].closings[0].pre_money_valuation=200M USD"
RATCHET = "captable.classes.series_a.anti_dilution=full_ratchet"


def with_round(*overrides: str):
    return scenario(STEADY + SERIES_B, *overrides)


def test_a_full_ratchet_gives_shares_in_the_ratio_of_the_prices():
    # 200M before the money for 100M shares is 2 a share, half of what series A paid: each of its shares counts as two.
    (told,) = happened(with_round(DOWN, RATCHET), anti_dilution)
    assert told["at"] == "2026-03-31"
    assert told["classes"] == {"series_a": pytest.approx(2.0)}


def test_a_flat_round_moves_no_conversion_price():
    assert not happened(with_round(RATCHET), anti_dilution)


def test_a_split_moves_no_conversion_price_either_and_is_told():
    document = with_round(RATCHET, "captable.splits=[{at: 2026-02-01, ratio: 10 for 1}]")
    assert not happened(document, anti_dilution)
    assert happened(document, splits) == [{"at": "2026-02-01", "kind": "split", "ratio": "10 for 1"}]


def test_a_larger_pool_is_told_as_its_part_of_all_shares():
    pool = (
        "captable.classes.pool={kind: option_pool, shares: 1M}",
        "rounds[0].option_pool=10%",
        "rounds[0].pre_money_includes=[pool_top_up]",
    )
    (told,) = happened(with_round(*pool), pools)
    assert told == {"at": "2026-03-31", "kind": "pool", "part": pytest.approx(0.1)}


def test_what_is_made_up_for_a_missed_number_is_told_and_is_no_anti_dilution():
    term = "{at: 2026-12-31, when: revenue < 200M USD/year, factor: 80%, by: conversion_price}"
    document = with_round(f"captable.classes.series_a.valuation_adjustment={term}")
    assert happened(document, adjustments, anti_dilution) == [
        {"at": "2026-12-31", "kind": "adjustment", "series": series, "factor": pytest.approx(0.8)}
        for series in ("series_a", "series_b")
    ]
