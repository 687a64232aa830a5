import numpy as np
import pytest

from tests.captable.convertibles import company, safe
from valsim.captable.holding import Holding
from valsim.captable.ledger import Ledger
from valsim.captable.opening import open_ledger
from valsim.captable.security import Security
from valsim.core.errors import Problem, ScenarioError
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


def opened(**classes: object) -> Ledger:
    """Open 8M common shares and some SAFEs, all held by Ada and Bo in equal parts."""
    read = {name: at_medians(Security.choose(body)) for name, body in classes.items()}
    common = at_medians(Security.choose({"kind": "common", "shares": "8M"}))
    half = {name: at_medians(Holding.model_validate("50%")) for name in read}
    return open_ledger({"common": common, **read}, {"Ada": half})


def test_several_holders_of_a_post_money_cap_decide_in_a_way_that_is_stated():
    with pytest.raises(ScenarioError) as caught:
        opened(safe=DOCUMENT)
    assert [problem.path for problem in caught.value.problems] == [("classes", "safe")]
    assert opened(safe={**DOCUMENT, "converting": "per_holder"}).holders == ("Ada", "other holders")


def test_most_favoured_safes_that_wait_for_each_other_have_no_terms():
    bare = {
        "kind": "safe", "purchase_amount": "1M USD", "most_favoured_nation": True, "converts_into": "shadow_series", "seniority": 1,
    }  # fmt: skip
    with pytest.raises(ScenarioError) as caught:
        opened(one=bare, two=bare)
    assert [problem.path for problem in caught.value.problems] == [("classes", "one", "most_favoured_nation")]
    assert opened(one=bare, two={**bare, "conversion_discount": "20%"}).holders == ("Ada", "other holders")


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
