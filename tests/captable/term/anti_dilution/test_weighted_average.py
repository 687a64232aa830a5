"""Closings of a round that count as one issue, or each alone."""

from datetime import date

import numpy as np
import pytest

from tests.captable.deals import closed, laid, opening
from tests.captable.term.anti_dilution.issues import before, term
from valsim.captable.financing.attempt import Attempt
from valsim.captable.financing.fund import fund
from valsim.captable.financing.outcome import Outcome
from valsim.captable.term.anti_dilution import Issue, Source
from valsim.core.streams import Streams

BROAD = "broad_based_weighted_average"
ONE = {"kind": BROAD, "closings": "one_issue"}
DAY = date(2026, 7, 1).toordinal()


def played(given, *closings, shares=10e6, conversion_price=2.0):
    """Conversion prices after each closing (day, price, new shares); 1M other shares appear before each but the first."""
    terms, price, first, found = term(given), np.asarray(conversion_price), None, []
    for index, (day, paid, new) in enumerate(closings):
        issues = [Issue(np.asarray(paid), np.asarray(new), Source("b", "b", DAY + day))]
        there = before(shares + index * 1e6)
        price, first = terms.adjusted(price, issues, there, first), terms.remembered(price, issues, there, first)
        shares += new
        found.append(float(price))
    return found


def average(*issues, shares=10e6, conversion_price=2.0):
    money, new = (sum(numbers) for numbers in ([p * n for p, n in issues], [n for _, n in issues]))
    return (conversion_price * shares + money) / (shares + new)


def test_as_one_issue_later_closings_adjust_as_if_made_at_the_first():
    # CP1 and A are those before the first closing, whatever was issued since and however far the price fell by then.
    found = played(ONE, (0, 1.0, 2e6), (60, 1.0, 3e6), (120, 0.5, 1e6))
    expected = [average((1, 2e6)), average((1, 5e6)), average((1, 5e6), (0.5, 1e6))]
    assert found == pytest.approx(expected, rel=1e-14)


def test_each_alone_adjusts_from_the_price_and_the_shares_of_then():
    first = average((1, 2e6))
    second = average((1, 3e6), shares=13e6, conversion_price=first)
    for given in (BROAD, {"kind": BROAD, "closings": "each_alone"}):
        assert played(given, (0, 1.0, 2e6), (60, 1.0, 3e6)) == pytest.approx([first, second], rel=1e-14)


def test_how_a_round_is_cut_into_closings_does_not_matter_where_they_are_one_issue():
    whole = played(ONE, (0, 1.0, 6e6))
    assert played(ONE, (0, 1.0, 1e6), (1, 1.0, 2e6), (2, 1.0, 3e6))[-1] == pytest.approx(whole[0], rel=1e-14)
    assert played(BROAD, (0, 1.0, 1e6), (1, 1.0, 2e6), (2, 1.0, 3e6))[-1] != pytest.approx(whole[0], rel=1e-6)


def test_a_later_closing_at_a_higher_price_that_is_still_cheaper_raises_the_average_again():
    found = played(ONE, (0, 0.5, 4e6), (60, 1.9, 4e6))
    assert found == pytest.approx([average((0.5, 4e6)), average((0.5, 4e6), (1.9, 4e6))], rel=1e-14)
    assert found[0] < found[1] < 2.0


def test_a_closing_at_the_price_before_the_round_or_above_it_counts_for_nothing():
    assert played(ONE, (0, 1.0, 2e6), (60, 2.0, 3e6))[1] == played(ONE, (0, 1.0, 2e6))[0]
    # One that came before the first cheaper closing is no issue to adjust for: its shares were there before.
    found = played(ONE, (0, 3.0, 2e6), (60, 1.0, 3e6))
    assert found == pytest.approx([2.0, average((1, 3e6), shares=13e6)], rel=1e-14)


def test_a_closing_beyond_the_span_counts_alone_and_is_the_first_of_those_after_it():
    given = {**ONE, "within": "90 days"}
    inside = played(given, (0, 1.0, 2e6), (90, 1.0, 3e6))
    assert inside == played(ONE, (0, 1.0, 2e6), (90, 1.0, 3e6))
    outside = played(given, (0, 1.0, 2e6), (91, 1.0, 3e6), (181, 1.0, 1e6))
    alone = average((1, 3e6), shares=13e6, conversion_price=average((1, 2e6)))
    again = average((1, 4e6), shares=13e6, conversion_price=average((1, 2e6)))
    assert outside == pytest.approx([average((1, 2e6)), alone, again], rel=1e-14)


def test_the_ledger_remembers_the_first_closing_where_it_was_made():
    # 80M common and 20M preferred bought at 1 USD; three closings of 25M at 0.50, on different paths.
    tranches = laid({"price_per_share": "0.5 USD"}, {}, {})
    ledger, outcome = opening(anti_dilution=term(ONE)), None
    for tranche, where in zip(tranches, ([1, 1, 1], [1, 1, 0], [1, 0, 0]), strict=True):
        done = closed(tranche, ledger, agreed=0.5, where=np.array(where) > 0)
        ledger, outcome = done.ledger, done.outcome
    assert outcome.funded.tolist() == [True, False, False]
    expected = [(100e6 + n * 25e6) / (100e6 + n * 50e6) for n in (3, 2, 1)]
    assert ledger.series["a"].conversion_price == pytest.approx(expected, rel=1e-14)


def test_a_path_whose_first_closing_comes_later_starts_then():
    first, second = laid({"price_per_share": "0.5 USD"}, {})
    ledger = opening(anti_dilution=term({**ONE, "within": "90 days"}))
    for day, tranche, where in ((0, first, [1, 0]), (80, first, [0, 1]), (120, second, [1, 1])):
        attempt = Attempt(tranche, np.array(where) > 0, np.zeros(2, bool), np.full(2, 0.5), DAY + day)
        ledger = fund(attempt, ledger, Outcome.still_open(2), {}, Streams(1, 0, 1, 2)).ledger
    late, together = ledger.series["a"].conversion_price
    assert together == pytest.approx((100e6 + 50e6) / (100e6 + 100e6), rel=1e-14)
    after_one = 0.5 * (1 + 100 / 150)
    fully_diluted = 80e6 + 20e6 / after_one + 50e6
    alone = after_one * (fully_diluted + 25e6 / after_one) / (fully_diluted + 50e6)
    assert late == pytest.approx(alone, rel=1e-14)


def test_a_class_that_counts_closings_alone_remembers_nothing():
    first, _ = laid({"price_per_share": "0.5 USD"}, {})
    assert closed(first, opening(anti_dilution=term(BROAD))).ledger.first_closings == {}


def test_of_a_class_that_nobody_holds_yet_nothing_is_remembered():
    first, _ = laid({"price_per_share": "0.5 USD"}, {})
    ledger = opening(anti_dilution=term(ONE)).cancel("a", np.array([0.0, 1.0, 0.0]))
    remembered = closed(first, ledger).ledger.first_closings["b", "a"]
    assert remembered.conversion_price.tolist() == pytest.approx([1.0, np.nan, 1.0], nan_ok=True)
