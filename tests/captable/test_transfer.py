"""Money that changes hands."""

import numpy as np

from valsim.captable.purchase.primary import Primary
from valsim.captable.transfer import flows, paid_in

PAID = np.array([10e6, 0.0])


def test_what_an_investor_pays_for_new_shares_is_below_zero_and_dated() -> None:
    (flow,) = paid_in({"Fund": PAID}, {}, 0.5)
    assert (flow.holder, flow.time, flow.amount.tolist()) == ("Fund", 0.5, [-10e6, 0.0])


def test_fees_of_a_vehicle_come_on_top_of_what_it_pays() -> None:
    me = Primary.model_construct(fees=np.asarray(0.02))
    me_pays, fund_pays = paid_in({"me": PAID, "Fund": PAID}, {"me": me}, 0.5)
    assert me_pays.amount.tolist() == [-10.2e6, 0.0]
    assert fund_pays.amount.tolist() == [-10e6, 0.0]


def test_a_holder_to_whom_nothing_happens_on_any_path_has_no_flow() -> None:
    assert [flow.holder for flow in flows({"me": np.zeros(2), "Fund": PAID}, 1.0)] == ["Fund"]
