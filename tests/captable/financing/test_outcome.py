"""What became of a tranche, and the words for it."""

import numpy as np
import pytest

from tests.captable.deals import laid
from valsim.captable.financing.outcome import (
    DEAL_FAILED,
    DEFAULTED,
    DONE,
    ENDED,
    FUNDED,
    MISSED,
    NO_PRICE,
    NOT_FOLLOWED,
    WAIVED,
    Funding,
    Outcome,
    conditions,
    met,
    missed,
    reason,
)

PRICED = {"price_per_share": "2 USD"}
GATED = {**PRICED, "when": "arr >= 100 and margin > 20% and audit"}
ROWS = {
    "arr": np.array([100.0, 99.0, 100.0, 99.0]),
    "margin": np.array([0.3, 0.3, 0.2, 0.2]),
    "audit": np.array([True, True, True, False]),
}


def test_a_condition_is_met_where_all_its_parts_hold() -> None:
    (tranche,) = laid(GATED)
    assert met(tranche, ROWS).tolist() == [True, False, False, False]


def test_a_closing_without_a_condition_is_always_met() -> None:
    (tranche,) = laid(PRICED)
    assert met(tranche, ROWS).tolist() is True
    assert conditions(tranche) == ()


def test_what_was_missed_is_told_part_by_part_in_the_words_of_the_document() -> None:
    (tranche,) = laid(GATED)
    codes = missed(tranche, ROWS)
    assert (codes - MISSED).tolist() == [0b000, 0b001, 0b010, 0b111]
    assert [reason(tranche, code) for code in codes.tolist()[1:]] == [
        "missed arr >= 100",
        "missed margin > 20%",
        "missed arr >= 100; margin > 20%; audit",
    ]


def test_fourteen_conditions_have_a_code_each() -> None:
    (tranche,) = laid({**PRICED, "when": " and ".join(f"arr > {i}" for i in range(14))})
    codes = missed(tranche, {"arr": np.array([0.0, 6.5, 12.5])})
    assert (codes - MISSED).tolist() == [2**14 - 1, 2**14 - 2**7, 2**13]


@pytest.mark.parametrize(
    ("code", "words"),
    [
        (DEAL_FAILED, "the deal failed before closing"),
        (NO_PRICE, "no price satisfies the terms"),
        (DEFAULTED, "every investor defaulted"),
        (NOT_FOLLOWED, "the closing before it was not funded"),
        (ENDED, "the company had ended before"),
    ],
)
def test_every_other_reason_has_its_words(code: int, words: str) -> None:
    assert reason(laid(GATED)[0], code) == words


def test_a_code_is_set_on_some_paths_and_the_old_outcome_stays() -> None:
    before = Outcome.still_open(3)
    by_mask = before.closed(np.array([True, False, False]), FUNDED)
    by_index = by_mask.with_codes(np.array([2]), WAIVED)
    assert before.open.all()
    assert by_mask.code.tolist() == [FUNDED, 0, 0]
    assert by_index.funded.tolist() == [True, False, True]
    assert by_index.open.tolist() == [False, True, False]


def test_every_code_of_a_funded_tranche_counts_as_funded_and_no_other() -> None:
    codes = np.arange(min(DONE), MISSED + 9, dtype=np.int16)
    outcome = Outcome.still_open(codes.size).with_codes(np.arange(codes.size), codes)
    assert outcome.funded.tolist() == np.isin(codes, DONE).tolist()


def test_a_later_closing_may_follow_where_the_first_one_was_funded_at_its_price() -> None:
    first, second = laid(PRICED, {})
    done = Outcome.still_open(3).with_codes(np.arange(3), [FUNDED, DEAL_FAILED, WAIVED])
    funding = Funding({first.key: done, second.key: Outcome.still_open(3)})
    assert funding.may_follow(first).tolist() is True
    assert funding.may_follow(second).tolist() == [True, False, True]
    assert np.isnan(funding.agreed_price(first))
    assert funding.agreed_price(second) is done.price_per_share


def test_funding_with_another_outcome_shares_the_rest() -> None:
    first, second = laid(PRICED, {})
    funding = Funding({tranche.key: Outcome.still_open(2) for tranche in (first, second)})
    after = funding.but(second, funding[second].closed(np.array([True, False]), FUNDED))
    assert after[first] is funding[first]
    assert after[second].funded.tolist() == [True, False]
    assert not funding[second].funded.any()
