"""Pro-rata rights in a closing: what each holder takes, who makes room, and what never changes."""

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.captable.deals import PATHS, closed, laid, opening, part
from tests.captable.tables import preferred
from valsim.captable.financing.fund import Funded
from valsim.captable.ledger import UNISSUED, Ledger
from valsim.captable.security.common import Common
from valsim.captable.security.option_pool import OptionPool
from valsim.captable.term.pro_rata import ProRata
from valsim.core.parameter import at_medians

OTHERS = "other b investors"
PRICED = {"pre_money_valuation": "100M USD"}
LEVEL = {"equity_value": 100e6, "equity_value.start": 100e6}


def right(base: str = "fully_diluted", probability: str = "100%", **terms: Any) -> ProRata:
    return at_medians(ProRata.model_validate({"base": base, "probability": probability, **terms}))


def paid(funded: Funded) -> dict[str, float]:
    return {name: float(money[0]) for name, money in funded.payments.items()}


def test_a_holder_buys_its_part_of_the_fully_diluted_shares_out_of_what_others_would_have_paid() -> None:
    (tranche,) = laid(PRICED)
    funded = closed(tranche, opening(pro_rata=right()))
    # 20M of 100M shares: a fifth of 25M.
    assert paid(funded) == pytest.approx({"Fund": 5e6, OTHERS: 20e6}, rel=1e-12)
    assert part(funded.ledger, "Fund") == pytest.approx([0.2] * PATHS, rel=1e-12)
    assert funded.outcome.price_per_share == pytest.approx([1.0] * PATHS, rel=1e-12)


def test_without_a_right_or_without_the_wish_nothing_changes() -> None:
    (tranche,) = laid(PRICED)
    for ledger in (
        opening(),
        opening(pro_rata=right(probability="0%")),
        opening(pro_rata=right(when="equity_value < 0 USD")),
    ):
        assert paid(closed(tranche, ledger, LEVEL)) == {OTHERS: 25e6}


def with_an_unissued_pool(terms: ProRata) -> Ledger:
    """60M common, 20M in a pool of which nothing is granted, 20M preferred."""
    ledger = Ledger({"common": Common(), "a": preferred(1.0, pro_rata=terms)}, {})
    lots = {("Ada", "common"): np.asarray(60e6), ("Fund", "a"): np.asarray(20e6)}
    return Ledger(ledger.series, lots).issue("pool", OptionPool.model_construct(), {UNISSUED: np.asarray(20e6)})


@pytest.mark.parametrize(("base", "taken"), [("fully_diluted", 5e6), ("outstanding", 6.25e6), ("preferred", 25e6)])
def test_each_reading_of_the_base_gives_another_part(base: str, taken: float) -> None:
    (tranche,) = laid(PRICED)
    assert paid(closed(tranche, with_an_unissued_pool(right(base))))["Fund"] == pytest.approx(taken, rel=1e-12)


def test_the_part_counts_shares_as_converted() -> None:
    (tranche,) = laid(PRICED)
    funded = closed(tranche, opening(pro_rata=right(), conversion_price=np.asarray(0.5)))
    assert paid(funded)["Fund"] == pytest.approx(25e6 * 40 / 120, rel=1e-12)


def test_a_super_pro_rata_right_is_a_multiple_of_the_part_and_never_more_than_there_is() -> None:
    (tranche,) = laid(PRICED)
    assert paid(closed(tranche, opening(pro_rata=right(multiple=2))))["Fund"] == pytest.approx(10e6, rel=1e-12)
    assert paid(closed(tranche, opening(pro_rata=right(multiple=8)))) == pytest.approx(
        {"Fund": 25e6, OTHERS: 0}, rel=1e-12
    )


def test_what_a_holder_commits_to_by_name_counts_towards_its_part() -> None:
    for committed, total in (("2M USD", 5e6), ("8M USD", 8e6)):
        (tranche,) = laid({**PRICED, "investors": {"Fund": committed}})
        funded = closed(tranche, opening(pro_rata=right()))
        assert paid(funded) == pytest.approx({"Fund": total, OTHERS: 25e6 - total}, rel=1e-12)


def test_named_investors_make_room_only_for_what_others_do_not_leave() -> None:
    (tranche,) = laid({**PRICED, "investors": {"Lead": "18M USD", "Bo": "6M USD"}})
    funded = closed(tranche, opening(pro_rata=right()))
    # Others give 1M; the 4M that are left come from the named ones, 3 to 1.
    assert paid(funded) == pytest.approx({"Lead": 15e6, "Bo": 5e6, OTHERS: 0.0, "Fund": 5e6}, rel=1e-12)


def test_an_investor_with_a_right_of_its_own_makes_no_room_with_its_part() -> None:
    (tranche,) = laid({**PRICED, "investors": {"Bo": "5M USD", "Lead": "20M USD"}})
    lots = {**opening().lots, ("Fund", "a"): np.asarray(10e6), ("Bo", "a"): np.asarray(10e6)}
    funded = closed(tranche, Ledger(opening(pro_rata=right()).series, lots))
    # Each may take 2.5M. Bo keeps that of its 5M; the 2.5M for Fund come from its other half and from Lead, 2.5 to 20.
    assert paid(funded)["Fund"] == pytest.approx(2.5e6, rel=1e-12)
    assert paid(funded)["Bo"] == pytest.approx(5e6 - 2.5e6 * 2.5 / 22.5, rel=1e-12)


def test_a_formula_says_on_which_paths_holders_follow() -> None:
    (tranche,) = laid(PRICED)
    rows = {"equity_value": [90e6, 100e6, 110e6]}
    funded = closed(tranche, opening(pro_rata=right(when="equity_value >= 100M USD")), rows)
    assert funded.payments["Fund"].tolist() == [0.0, 5e6, 5e6]


def test_each_holder_follows_with_the_probability_by_a_draw_of_its_own() -> None:
    (tranche,) = laid(PRICED)
    lots = {**opening().lots, ("Fund", "a"): np.asarray(10e6), ("Bo", "a"): np.asarray(10e6)}
    ledger = Ledger(opening(pro_rata=right(probability="30%")).series, lots)
    payments = closed(tranche, ledger, paths=4000).payments
    takes = {name: payments[name] > 0 for name in ("Fund", "Bo")}
    for row in takes.values():
        assert abs(row.mean() - 0.3) < 4 * np.sqrt(0.3 * 0.7 / 4000)  # 4 standard errors
    assert abs((takes["Fund"] & takes["Bo"]).mean() - 0.09) < 4 * np.sqrt(0.09 * 0.91 / 4000)


def test_later_closings_of_the_round_that_issues_a_class_are_not_offered_to_it() -> None:
    terms = {"base": "fully_diluted", "probability": "100%"}
    series = {"kind": "preferred", "liquidation_preference_multiple": 1, "participation": "none", "seniority": 2}
    series |= {"anti_dilution": "none", "pro_rata": terms}
    first, second, dearer = laid(
        {**PRICED, "investors": {"Bo": "5M USD"}}, {}, {"pre_money_valuation": "300M USD"}, series=series
    )
    ledger = closed(first, opening()).ledger
    for tranche in (second, dearer):
        assert paid(closed(tranche, ledger, agreed=1.0)) == {OTHERS: 25e6}


def test_a_right_lives_on_paths_on_which_its_shares_exist() -> None:
    (tranche,) = laid(PRICED)
    held = np.array([20e6, 0.0, 10e6])
    ledger = Ledger(opening(pro_rata=right()).series, {("Ada", "common"): np.asarray(80e6), ("Fund", "a"): held})
    assert closed(tranche, ledger).payments["Fund"] == pytest.approx(25e6 * held / (80e6 + held), rel=1e-12)


@given(
    st.lists(st.floats(0.1, 30), min_size=1, max_size=4),
    st.lists(st.floats(0, 20), min_size=0, max_size=3),
    st.floats(0.1, 6),
    st.sampled_from(["fully_diluted", "outstanding", "preferred"]),
    st.randoms(),
)
def test_payments_are_the_new_money_and_the_order_of_names_plays_no_part(
    held: list[float], committed: list[float], multiple: float, base: str, shuffled: Any
) -> None:
    lots = {(f"holder {i}", "a"): np.asarray(1e6 * shares) for i, shares in enumerate(held)}
    investors = {f"holder {i * 2}": f"{money}M USD" for i, money in enumerate(committed)}
    terms = opening(pro_rata=right(base, multiple=multiple)).series
    results = []
    for _ in range(2):
        (tranche,) = laid({**PRICED, "investors": investors})
        funded = closed(tranche, Ledger(terms, {("Ada", "common"): np.asarray(80e6), **lots}))
        assert sum(paid(funded).values()) == pytest.approx(25e6, rel=1e-12)
        assert min(paid(funded).values()) >= -1e-6
        assert sum(funded.ledger.ownership().values()) == pytest.approx([1.0] * PATHS, rel=1e-12)
        results.append(paid(funded))
        lots, investors = (dict(shuffled.sample(list(each.items()), len(each))) for each in (lots, investors))
    assert results[0] == pytest.approx(results[1], rel=1e-9, abs=1e-3)
