"""Every right of investors at once, on the company in which everything moves: what holds whatever happens."""

import numpy as np
import pytest

import valsim
from tests.companies import lively
from valsim.captable.financing.outcome import FUNDED, REPRICED, TOO_LITTLE, WAIVED
from valsim.result import Result

PLAYS = "{rounds: down, consequence: {kind: lose_anti_dilution, part: unpaid}}"
DIVERSE = (
    "captable.positions={Fund: {series_a: 60%}, Bo: {series_a: 25%}}",
    "captable.classes.series_a.pro_rata={base: outstanding, multiple: 2, probability: {family: uniform, low: 20%, high: 90%}}",
    f"captable.classes.series_a.pay_to_play={PLAYS}",
    "rounds.series_b.closings.first.anchor=Fund",
    "rounds.series_b.closings.first.followers={probability: 90%, if_anchor_defaults: 40%}",
    "rounds.series_b.closings.first.others_pay={family: uniform, low: 50%, high: 100%}",
    "rounds.series_b.closings.first.at_least=50%",
    "rounds.series_b.closings.milestone.adds_unraised=true",
    "rounds.series_b.closings.milestone.cure_period=90 days",
    "rounds.series_b.closings.milestone.if_not_met={probability: 10%, reprice: {probability: 30%, discount: 20%}}",
    (
        "rounds.series_b.closings.milestone.default={probability: 30%, wrong_way: -0.4, pays: 25%, later_rights: end, "
        "consequence: {kind: convert_to_common, part: unpaid, preferred_per_common: 5}}"
    ),
    (
        "positions.me.right_of_first_refusal={issuer: {probability: 20%}, holders: {series_a: {probability: 50%}}, "
        "unclaimed: to_those_who_take}"
    ),
    "positions.me.takes_pro_rata={family: uniform, low: 0%, high: 100%}",
)


def played(**how: int) -> Result:
    return valsim.simulate(lively(*DIVERSE), paths=6000, **how)


@pytest.fixture(scope="module")
def result() -> Result:
    return played(threads=2)


def test_every_right_is_used_on_some_path(result: Result) -> None:
    codes = {
        name: set(result.outcomes["tranche", "series_b", name, "code"].tolist()) for name in ("first", "milestone")
    }
    assert {FUNDED, TOO_LITTLE} <= codes["first"]
    assert {FUNDED, WAIVED, REPRICED} <= codes["milestone"]
    split = [key[1] for key in result.valued if key[0] == "class" and "unprotected" in key[1]]
    worth = [result.valued["class", name, "present value per share"] for name in dict.fromkeys(split)]
    assert any(np.isfinite(row).any() for row in worth)


def test_the_parts_of_all_holders_are_the_whole(result: Result) -> None:
    owned = {
        key[1]: row for key, row in result.outcomes.items() if key[0] == "holder" and key[2] == "ownership at exit"
    }
    assert sum(owned.values()) == pytest.approx(np.ones(6000), rel=1e-9)
    assert min(row.min() for row in owned.values()) >= -1e-12


def test_what_is_paid_out_is_what_the_exit_brings(result: Result) -> None:
    paid = sum(row for key, row in result.outcomes.items() if key[0] == "holder" and key[2] in {"at exit", "carry"})
    assert paid == pytest.approx(result.outcomes["proceeds",], rel=1e-9, abs=1e-3)


def test_what_investors_pay_is_what_the_company_raises(result: Result) -> None:
    raised = sum(row.sum() for key, row in result.outcomes.items() if key[0] == "tranche" and key[3] == "new_money")
    invested = sum(row.sum() for key, row in result.outcomes.items() if key[0] == "holder" and key[2] == "invested")
    earlier = result.outcomes["holder", "Fund", "invested"].min()
    assert raised > 0
    assert invested > raised
    assert earlier > 0


def test_no_bit_depends_on_how_the_paths_are_cut(result: Result) -> None:
    again = played(threads=1, chunk=4096)
    assert again.outcomes.keys() == result.outcomes.keys()
    for key, row in result.outcomes.items():
        assert np.array_equal(row, again.outcomes[key], equal_nan=True), key
    for key, row in result.valued.items():
        assert np.array_equal(row, again.valued[key], equal_nan=True), key
