"""The curves of classes at an exit: where they bend, and that what nobody holds changes no bit."""

import numpy as np
import pytest

from tests.captable.convertibles import company, safe
from valsim.captable.conversion import conversions
from valsim.captable.curve import Call, Claim, Curve
from valsim.captable.liquidity.exit_curves import ExitCurves, curves_of
from valsim.captable.liquidity.regime import as_agreed
from valsim.captable.waterfall import breakpoints, waterfall


def test_a_pre_money_cap_bends_where_its_shares_are_worth_its_money():
    ledger = company(8e6, safe=(safe(8e6, cap_type="pre_money"), 1e6))
    assert breakpoints(curves_of(ledger, as_agreed)) == pytest.approx([1e6, 9e6])


def test_what_is_nothing_on_every_path_is_left_out_and_changes_no_bit():
    nothing, some = np.zeros(2), np.array([0.0, 3e5])
    curve = Curve(
        (Claim(nothing, 2.0), Claim(some, 1.0)), (Call(np.array([0.7, 1.1]), nothing), Call(some / 1e5, some))
    )
    assert [len(part) for part in curve.somewhere()] == [1, 1]
    rest, proceeds = {"common": Curve((), (Call(np.float64(0.1), np.float64(7e6)),))}, np.array([1e6 / 3, 1e7 / 3])
    whole, less = (waterfall({**rest, "a": one}, proceeds).payouts for one in (curve, curve.somewhere()))
    assert all(whole[name].tolist() == less[name].tolist() for name in whole)


def test_a_convertible_that_joined_has_its_part_of_all_shares_and_no_money():
    ledger = company(8e6, safe=(safe(10e6), 1e6))
    table = ExitCurves(ledger, as_agreed, conversions(ledger))
    joined, kept = (table.curves_where({"safe": np.array([where])})["safe"] for where in (True, False))
    assert (joined.claims, float(joined.residual_shares[0])) == ((), pytest.approx(8e6 / 9))
    assert ([float(claim.amount[0]) for claim in kept.claims], kept.calls) == ([1e6], ())
