"""Money that changes hands."""

import numpy as np

from valsim.captable.purchase.primary import Primary
from valsim.captable.transfer import added, with_fees

PAID = np.array([10e6, 0.0])


def test_what_an_investor_pays_for_new_shares_is_below_zero() -> None:
    assert with_fees({"Fund": PAID}, {})["Fund"].tolist() == [-10e6, 0.0]


def test_fees_of_a_vehicle_come_on_top_of_what_it_pays() -> None:
    me = Primary.model_construct(fees=np.asarray(0.02))
    costs = with_fees({"me": PAID, "Fund": PAID}, {"me": me})
    assert (costs["me"].tolist(), costs["Fund"].tolist()) == ([-10.2e6, 0.0], [-10e6, 0.0])


def test_a_cause_is_one_flow_whose_date_differs_by_path() -> None:
    first = added({}, "bridge", {"Fund": -PAID}, 0.5)
    both = added(first, "bridge", {"Fund": np.array([0.0, -3e6])}, 0.75)
    (flow,) = both.values()
    assert (flow.holder, flow.time.tolist(), flow.amount.tolist()) == ("Fund", [0.5, 0.75], [-10e6, -3e6])


def test_two_causes_are_two_flows() -> None:
    assert len(added(added({}, "bridge 1", {"Fund": PAID}, 0.5), "bridge 2", {"Fund": PAID}, 0.5)) == 2


def test_a_holder_to_whom_nothing_happens_on_any_path_has_no_flow() -> None:
    assert list(added({}, "sale", {"me": np.zeros(2), "Fund": PAID}, 1.0)) == [("sale", "Fund")]
