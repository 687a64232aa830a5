"""Pay-to-play and pull-up in a closing: who is struck, when, and what it does to the price."""

from typing import Any

import numpy as np
import pytest

from tests.captable.deals import PATHS, closed, laid, opening, part
from valsim.captable.financing.fund import Funded
from valsim.captable.financing.outcome import Outcome
from valsim.captable.ledger import Ledger
from valsim.captable.security.preferred import Preferred
from valsim.captable.term.anti_dilution import AntiDilution
from valsim.captable.term.pay_to_play import PayToPlay
from valsim.captable.term.pro_rata import ProRata
from valsim.core.parameter import at_medians

PRICED = {"pre_money_valuation": "100M USD"}
LEVEL = {"equity_value": 100e6, "equity_value.start": 100e6}
RATCHET = AntiDilution.choose("full_ratchet")


def playing(
    consequence: Any, rounds: str = "all", follows: str = "0%", base: str = "fully_diluted", **terms: Any
) -> Ledger:
    """80M common and 20M preferred, bought at 1 USD by Fund, who has to pay its fifth of each round."""
    pay_to_play = PayToPlay.model_validate({"rounds": rounds, "consequence": consequence})
    pro_rata = ProRata.model_validate({"base": base, "probability": follows})
    return opening(pay_to_play=at_medians(pay_to_play), pro_rata=at_medians(pro_rata), **terms)


def first(funded: Funded, holder: str, series: str) -> float:
    return float(np.broadcast_to(funded.ledger.held(holder, series), PATHS)[0])


@pytest.mark.parametrize(("follows", "preferred", "common"), [("0%", 0, 20e6), ("100%", 20e6, 0)])
def test_a_holder_that_does_not_take_its_part_becomes_common(follows: str, preferred: float, common: float) -> None:
    (tranche,) = laid(PRICED)
    funded = closed(tranche, playing("convert_to_common", follows=follows))
    assert (first(funded, "Fund", "a"), first(funded, "Fund", "common")) == (preferred, common)
    assert sum(funded.ledger.ownership().values()) == pytest.approx([1.0] * PATHS, rel=1e-12)


@pytest.mark.parametrize(("pays", "left"), [("1M USD", 4e6), ("4M USD", 16e6), ("5M USD", 20e6), ("9M USD", 20e6)])
def test_whoever_pays_a_part_keeps_that_part(pays: str, left: float) -> None:
    (tranche,) = laid({**PRICED, "investors": {"Fund": pays}})
    funded = closed(tranche, playing({"kind": "convert_to_common", "part": "unpaid"}))
    assert first(funded, "Fund", "a") == pytest.approx(left, rel=1e-12)
    all_or_nothing = closed(tranche, playing("convert_to_common"))
    assert first(all_or_nothing, "Fund", "a") == (20e6 if left == 20e6 else 0)


@pytest.mark.parametrize(("pre_money", "struck"), [(99.9e6, True), (100e6, False), (150e6, False)])
def test_in_down_rounds_only_the_price_decides(pre_money: float, struck: bool) -> None:
    (tranche,) = laid({"pre_money_valuation": f"{pre_money} USD"})
    assert (first(closed(tranche, playing("convert_to_common", "down")), "Fund", "a") == 0) is struck
    assert first(closed(tranche, playing("convert_to_common", "all")), "Fund", "a") == 0


def test_each_path_is_down_or_not_by_its_own_price() -> None:
    (tranche,) = laid({"price": {"of": "equity_value", "discount": "0%"}})
    funded = closed(tranche, playing("convert_to_common", "down"), {"equity_value": [90e6, 110e6, 50e6]})
    assert funded.ledger.held("Fund", "a").tolist() == [0.0, 20e6, 0.0]
    assert funded.ledger.held("Fund", "common") == pytest.approx([20e6, 0, 20e6])


def test_whoever_becomes_common_gets_no_anti_dilution_shares_in_that_round() -> None:
    # 80M common and 20M with a full ratchet at 1, pre-money 60M that counts the ratchet's shares.
    terms = {"pre_money_includes": ["anti_dilution"]}
    (tranche,) = laid({"pre_money_valuation": "60M USD"}, **terms)
    protected = closed(tranche, playing("convert_to_common", "down", follows="100%", anti_dilution=RATCHET))
    assert protected.outcome.price_per_share == pytest.approx([0.5] * PATHS, rel=1e-9)  # 0.5 (80 + 20 / 0.5) = 60
    struck = closed(tranche, playing("convert_to_common", "down", anti_dilution=RATCHET))
    assert struck.outcome.price_per_share == pytest.approx([0.6] * PATHS, rel=1e-9)
    assert first(struck, "Fund", "common") == 20e6


def test_a_worse_ratio_gives_the_value_to_the_others() -> None:
    (tranche,) = laid({"pre_money_valuation": "82M USD"})
    funded = closed(tranche, playing({"kind": "convert_to_common", "preferred_per_common": 10}, "down"))
    # 20M preferred become 2M common, so 82M shares are worth 1 each before the money.
    assert first(funded, "Fund", "common") == pytest.approx(2e6, rel=1e-12)
    assert funded.outcome.price_per_share == pytest.approx([1.0] * PATHS, rel=1e-12)
    assert part(funded.ledger, "Ada") == pytest.approx([80 / 107] * PATHS, rel=1e-12)


def test_shares_without_protection_keep_the_conversion_price_that_the_others_lower() -> None:
    lots = {("Ada", "common"): np.asarray(80e6), ("Fund", "a"): np.asarray(10e6), ("Bo", "a"): np.asarray(10e6)}
    terms = playing("lose_anti_dilution", "down", anti_dilution=RATCHET)
    (tranche,) = laid({"pre_money_valuation": "50M USD", "investors": {"Bo": "2.5M USD"}})
    funded = closed(tranche, Ledger(terms.series, lots))
    name = "a, unprotected since b, closing 1"
    assert funded.ledger.series["a"].conversion_price == pytest.approx([0.5] * PATHS, rel=1e-12)
    assert np.all(funded.ledger.series[name].conversion_price == 1.0)
    counted = {lot: float(np.broadcast_to(n, PATHS)[0]) for lot, n in funded.ledger.as_converted().items()}
    assert counted["Bo", "a"] == pytest.approx(20e6, rel=1e-12)
    assert counted["Fund", "a"] == 0
    assert counted["Fund", name] == 10e6


def test_a_round_that_no_price_satisfies_may_have_one_once_those_who_do_not_pay_are_struck() -> None:
    # A full ratchet on 20M shares at 1 takes 20M of value: at 20M and less there is no price.
    (tranche,) = laid({"pre_money_valuation": "15M USD"}, pre_money_includes=["anti_dilution"])
    for rounds in ("down", "all"):
        pays = closed(tranche, playing("convert_to_common", rounds, follows="100%", anti_dilution=RATCHET))
        assert not pays.outcome.funded.any()
        struck = closed(tranche, playing("convert_to_common", rounds, anti_dilution=RATCHET))
        assert struck.outcome.price_per_share == pytest.approx([0.15] * PATHS, rel=1e-12)


def test_where_the_closing_fails_nobody_is_struck() -> None:
    (tranche,) = laid({"price": {"of": "equity_value", "discount": "0%"}}, new_money_at_most="10%")
    funded = closed(tranche, playing("convert_to_common"), {"equity_value": [50e6, 50e6, 500e6]})
    assert np.broadcast_to(funded.ledger.held("Fund", "a"), PATHS).tolist() == [20e6, 20e6, 0.0]


def test_a_super_pro_rata_right_of_another_makes_nobody_fall_short_who_wants_to_pay() -> None:
    series = dict(playing("convert_to_common", follows="100%", base="preferred").series)
    greedy = series["a"].but(
        pro_rata=at_medians(ProRata.model_validate({"base": "preferred", "probability": "100%", "multiple": 4}))
    )
    lots = {("Ada", "common"): np.asarray(80e6), ("Fund", "a"): np.asarray(10e6), ("Bo", "greedy"): np.asarray(10e6)}
    (tranche,) = laid(PRICED)
    funded = closed(tranche, Ledger({**series, "greedy": greedy}, lots))
    assert first(funded, "Fund", "a") == 10e6
    assert {name: money[0] for name, money in funded.payments.items() if money[0]} == pytest.approx(
        {"Fund": 12.5e6, "Bo": 12.5e6}
    )


def defaulting(consequence: Any, **terms: Any) -> dict[str, Any]:
    default = {"probability": "100%", "wrong_way": 0, "consequence": consequence, **terms}
    return {**PRICED, "investors": {"Fund": "10M USD"}, "default": default}


def test_a_defaulting_investor_that_pays_a_part_loses_the_shares_of_the_other_part() -> None:
    consequence = {"kind": "convert_to_common", "part": "unpaid", "preferred_per_common": 2}
    (tranche,) = laid(defaulting(consequence, pays="40%"))
    funded = closed(tranche, opening(), LEVEL, outcome=Outcome.still_open(PATHS, tranche.may_default))
    assert funded.payments["Fund"] == pytest.approx([4e6] * PATHS, rel=1e-12)
    assert first(funded, "Fund", "a") == pytest.approx(8e6, rel=1e-12)
    assert first(funded, "Fund", "common") == pytest.approx(6e6, rel=1e-12)
    assert first(funded, "Fund", "b") == pytest.approx(4e6, rel=1e-12)  # what it paid for is not struck
    assert funded.outcome.defaults["Fund"].all()


@pytest.mark.parametrize(("series", "earlier", "of_the_round"), [("all", 0, 0), ("this_round", 20e6, 0)])
def test_a_default_reaches_all_shares_or_those_of_the_round(series: str, earlier: float, of_the_round: float) -> None:
    default = defaulting("convert_to_common", series=series)["default"]
    opened, later = laid(
        {**PRICED, "investors": {"Fund": "10M USD"}}, {"investors": {"Fund": "10M USD"}, "default": default}
    )
    ledger = closed(opened, opening()).ledger
    assert np.all(ledger.held("Fund", "b") == 10e6)
    funded = closed(later, ledger, LEVEL, agreed=1.0)
    assert (first(funded, "Fund", "a"), first(funded, "Fund", "b")) == (earlier, of_the_round)


def test_the_terms_of_the_class_are_told_from_the_class() -> None:
    terms = playing("none").series["a"]
    assert isinstance(terms, Preferred)
    assert terms.pay_to_play is not None
    assert PayToPlay.model_validate({"rounds": "down", "consequence": "none"}).as_written() == {
        "rounds": "down",
        "consequence": terms.pay_to_play.consequence,
    }
