"""What became of each batch of credits, and what those who paid with them made."""

import pytest

import valsim
from tests.companies import steady
from tests.step.test_compute import COMPUTE, KIND, LOSS
from valsim.analysis.compute_credits import compute_credits, paid_in_kind
from valsim.analysis.summary import summary

OPENING = COMPUTE.replace("}", ", opening: {Start: {amount: 1M USD, expires: 2026-02-15}}}")


def test_batches_are_told_in_the_order_in_which_they_come() -> None:
    told = summary(valsim.simulate(steady(KIND, LOSS, OPENING), paths=2, threads=1))["compute_credits"]
    assert [(each["provider"], each["closing"]) for each in told] == [("Start", None), ("Cloud", ["b", "only"])]
    later = told[1]
    assert later["issued"]["mean"] == pytest.approx(10e6)
    assert sum(later[what]["mean"] for what in ("used", "expired", "left")) == pytest.approx(10e6)


def test_a_holder_that_paid_in_kind_is_told_at_face_and_at_cost() -> None:
    (told,) = paid_in_kind(valsim.simulate(steady(KIND, COMPUTE), paths=2, threads=1))
    assert (told["name"], told["invested"]["mean"], told["invested_at_cost"]["mean"]) == ("Cloud", 20e6, 16e6)
    assert told["moic_at_cost"]["mean"] / told["moic"]["mean"] == pytest.approx(20 / 16)
    assert told["irr_at_cost"]["quantiles"]["0.5"] > told["irr"]["quantiles"]["0.5"]


def test_without_credits_there_is_nothing_to_tell() -> None:
    result = valsim.simulate(steady(), paths=2, threads=1)
    assert (compute_credits(result), paid_in_kind(result)) == ([], [])
