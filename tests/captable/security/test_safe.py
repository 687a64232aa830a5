import numpy as np
import pytest

from tests.captable.convertibles import company, safe
from valsim.captable.opening import open_ledger
from valsim.captable.security import Security
from valsim.core.errors import Problem
from valsim.core.parameter import at_medians

DOCUMENT = {
    "kind": "safe", "purchase_amount": "1M USD", "conversion_valuation_cap": "10M USD", "conversion_valuation_cap_type": "post_money",
    "converts_into": "shadow_series", "seniority": 1,
}  # fmt: skip


def problems(**changes: object) -> list[Problem]:
    body = {key: value for key, value in {**DOCUMENT, **changes}.items() if value is not None}
    return list(Security.choose(body).problems(None))


def test_sound_terms_have_no_problems():
    assert problems() == []
    assert problems(conversion_valuation_cap=None, conversion_valuation_cap_type=None, conversion_discount="20%") == []


@pytest.mark.parametrize(
    ("changes", "path"),
    [
        ({"conversion_valuation_cap_type": None}, ("conversion_valuation_cap",)),
        ({"conversion_valuation_cap": None}, ("conversion_valuation_cap_type",)),
        ({"shares": "1M"}, ("shares",)),
        ({"new_money": "1M USD"}, ("new_money",)),
        ({"seniority": {"family": "uniform", "low": 1, "high": 2}}, ("seniority",)),
    ],
)
def test_terms_that_do_not_go_together_are_told(changes: dict[str, object], path: tuple[str, ...]):
    assert [problem.path for problem in problems(**changes)] == [path]


def test_it_counts_in_no_number_of_shares_and_is_held_in_money():
    classes = {"common": {"kind": "common", "shares": "8M"}, "safe": DOCUMENT}
    ledger = open_ledger({name: at_medians(Security.choose(body)) for name, body in classes.items()}, {})
    assert (float(ledger.fully_diluted()), float(ledger.outstanding("safe"))) == (8e6, 1e6)


def test_what_is_paid_back_is_a_claim_and_a_discount_a_second_one_behind_all_others():
    claims = safe(discount=0.2).curve(np.float64(1e6)).claims
    assert [(float(claim.amount), claim.seniority) for claim in claims] == [(1e6, 1.0), (250e3, -np.inf)]
    assert len(safe(10e6).curve(np.float64(1e6)).claims) == 1


def test_it_owns_nothing_before_it_converts():
    ledger = company(8e6, safe=(safe(10e6), 1e6))
    assert float(ledger.ownership()["safe holder"]) == 0
