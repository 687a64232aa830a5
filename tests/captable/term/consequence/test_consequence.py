"""What becomes of the shares of a holder that does not pay, by hand: 20M preferred at 1 USD, now worth 25M common."""

import numpy as np
import pytest

from tests.captable.deals import PREFERRED, START, laid, opening
from valsim.captable.financing.attempt import Attempt
from valsim.captable.financing.penalty import struck
from valsim.captable.ledger import Ledger
from valsim.captable.term.anti_dilution import AntiDilution
from valsim.captable.term.consequence import Consequence
from valsim.core.parameter import at_medians

UNPAID = np.array([0.0, 0.25, 1.0])
(TRANCHE,) = laid({"pre_money_valuation": "100M USD"})
ATTEMPT = Attempt(TRANCHE, UNPAID >= 0, UNPAID < 0, UNPAID, START.toordinal())


def strike(ledger: Ledger, lot: tuple[str, str], consequence: Consequence) -> Ledger:
    return struck(ATTEMPT, ledger, ledger.held(*lot), lot, consequence, UNPAID)


def after(consequence: object, conversion_price: float = 0.8) -> Ledger:
    ledger = opening(conversion_price=np.asarray(conversion_price), anti_dilution=AntiDilution.choose("full_ratchet"))
    return strike(ledger, ("Fund", "a"), at_medians(Consequence.choose(consequence)))


def test_a_bare_word_is_short_for_its_kind() -> None:
    for word in ("none", "convert_to_common", "lose_anti_dilution"):
        assert Consequence.choose(word) == Consequence.choose({"kind": word})
        assert Consequence.choose(word).as_written() == word


@pytest.mark.parametrize(
    ("terms", "preferred", "common"),
    [
        ({}, [20e6, 0, 0], [0, 25e6, 25e6]),
        ({"part": "unpaid"}, [20e6, 15e6, 0], [0, 6.25e6, 25e6]),
        ({"preferred_per_common": 1}, [20e6, 0, 0], [0, 20e6, 20e6]),
        ({"part": "unpaid", "preferred_per_common": 10}, [20e6, 15e6, 0], [0, 0.5e6, 2e6]),
    ],
    ids=["all", "the unpaid part", "one to one", "the unpaid part, ten to one"],
)
def test_preferred_shares_become_common(terms: dict[str, object], preferred: list[float], common: list[float]) -> None:
    ledger = after({"kind": "convert_to_common", **terms})
    assert ledger.held("Fund", "a").tolist() == preferred
    assert ledger.held("Fund", "common") == pytest.approx(common, rel=1e-12)


def test_common_shares_have_nothing_to_lose() -> None:
    ledger = opening()
    for word in ("convert_to_common", "lose_anti_dilution"):
        assert strike(ledger, ("Ada", "common"), Consequence.choose(word)) is ledger


def test_without_a_consequence_nothing_changes() -> None:
    ledger = opening()
    assert strike(ledger, ("Fund", "a"), Consequence.choose("none")) is ledger


def test_shares_that_lose_their_protection_are_a_series_of_their_own_with_all_other_terms() -> None:
    ledger = after({"kind": "lose_anti_dilution", "part": "unpaid"})
    name = "a, unprotected since b, closing 1"
    assert ledger.held("Fund", "a").tolist() == [20e6, 15e6, 0]
    assert ledger.held("Fund", name).tolist() == [0, 5e6, 20e6]
    assert ledger.series[name].protection() is None
    assert np.all(ledger.series[name].conversion_price == 0.8)
    assert ledger.fully_diluted() == pytest.approx([105e6] * 3, rel=1e-12)
    assert strike(ledger, ("Fund", name), Consequence.choose("lose_anti_dilution")) is ledger


def test_shares_that_a_round_is_still_to_issue_may_have_a_protection_to_lose() -> None:
    lost = Consequence.choose("lose_anti_dilution")
    (tranche,) = laid({"pre_money_valuation": "100M USD"}, series={**PREFERRED, "anti_dilution": "full_ratchet"})
    assert lost.strikes(tranche.terms.series)
    assert not lost.strikes(tranche.terms.series.but(anti_dilution=None))


def test_shares_that_lost_their_protection_before_keep_the_conversion_price_of_then() -> None:
    ledger = after("lose_anti_dilution")
    name = "a, unprotected since b, closing 1"
    lowered = ledger.with_terms("a", conversion_price=np.asarray(0.5))
    again = struck(
        ATTEMPT,
        lowered,
        lowered.held("Fund", "a"),
        ("Fund", "a"),
        at_medians(Consequence.choose("lose_anti_dilution")),
        1 - UNPAID,
    )
    assert again.series[name].conversion_price.tolist() == [0.5, 0.8, 0.8]  # fmt: skip


def test_nothing_is_split_off_where_nobody_holds_a_share() -> None:
    ledger = opening(anti_dilution=AntiDilution.choose("full_ratchet")).cancel("a", np.ones(3))
    assert strike(ledger, ("Fund", "a"), Consequence.choose("lose_anti_dilution")) is ledger
