"""What holds whatever is decided: nobody's money appears or gets lost, and no bit depends on how the paths are cut."""

from dataclasses import dataclass

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import valsim
from tests.companies import lively
from tests.step.test_decide import Always, same
from valsim.core.policy import ALL_OF_THEM, Choices, Decision
from valsim.core.rows import Bools, Rows
from valsim.result import Result

MILESTONE = "rounds.series_b.closings.milestone"
FREE = (f"{MILESTONE}.default=null", f"{MILESTONE}.if_met=option", f'{MILESTONE}.if_walked={{multiple: "* 0.9"}}')
BOUND = (
    f"{MILESTONE}.default={{probability: 20%, wrong_way: -0.4, pays: 25%, later_rights: end, consequence: convert_to_common}}",
    f"{MILESTONE}.if_not_met={{probability: 10%, reprice: {{probability: 30%, discount: 20%}}}}",
    f"{MILESTONE}.tries_again={{after: 3 months, at_most: 2}}",
)
PATHS = 400


@dataclass(frozen=True)
class Erratic:
    """Chooses by a digit of a row, which has nothing to do with what is decided."""

    digit: int
    notes: tuple[str, ...] = ("arr", "post_money_valuation")

    def decides(self, decision: Decision) -> bool:
        return (self.digit + len(decision.question)) % 4 > 0

    def __call__(self, decision: Decision, rows: Rows, where: Bools) -> Choices:
        choice = np.floor(np.asarray(rows["arr"]) / 10.0**self.digit) % len(decision.alternatives)
        return np.broadcast_to(choice, where.shape).astype(np.int8)


def played(terms: tuple[str, ...], decide_for: str, policy: Erratic, **how: int) -> Result:
    scenario = lively(*terms, f"decisions={{policy: contractual, decide_for: {decide_for}}}")
    return valsim.simulate(scenario, policy=policy, **{"paths": PATHS, "threads": 1, **how})


policies = st.builds(Erratic, st.integers(0, 7))
deciders = st.sampled_from([ALL_OF_THEM, "Fund"])


@settings(max_examples=6, deadline=None)
@given(policies, st.sampled_from([FREE, BOUND]), deciders)
def test_all_parts_are_one_whole_and_all_payouts_are_the_proceeds(
    policy: Erratic, terms: tuple[str, ...], decide_for: str
) -> None:
    result = played(terms, decide_for, policy)
    held = {key[2]: [] for key in result.outcomes if key[0] == "holder"}
    for key, row in result.outcomes.items():
        if key[0] == "holder":
            held[key[2]].append(row)
    assert sum(held["ownership at exit"]) == pytest.approx(np.ones(PATHS), rel=1e-9)
    paid_out = sum(held["at exit"]) + sum(held["carry"])
    assert paid_out == pytest.approx(result.outcomes["proceeds",], rel=1e-9, abs=1e-3)
    assert all(row.min() >= 0.0 for row in held["invested"])


def test_no_bit_depends_on_how_the_paths_are_cut() -> None:
    one, other = (played(BOUND, "Fund", Erratic(5), paths=5000, **how) for how in ({"threads": 2}, {"chunk": 4096}))
    assert same(one, other)


def test_a_decision_says_where_it_was_taken_under_either_measure_alone() -> None:
    result = played(BOUND, ALL_OF_THEM, Erratic(6), paths=2000)
    key = ("decision", "series_b", "milestone", "met")
    reached, choice, seen = (result.outcomes[*key, each] for each in ("reached", "choice", "arr"))
    assert 0 < reached.mean() < 1
    assert np.array_equal(choice >= 0, reached)
    assert np.array_equal(np.isfinite(seen), reached)
    assert set(choice[reached].tolist()) == {0, 1}


def test_whoever_always_walks_leaves_what_a_deal_leaves_that_always_fails() -> None:
    terms = (f"{MILESTONE}.default=null", f"{MILESTONE}.if_not_met=null", f"{MILESTONE}.if_met=option")
    who = "decisions={policy: contractual}"
    walked = valsim.simulate(lively(*terms, who), paths=2000, threads=1, policy=Always("walk"))
    failed = valsim.simulate(lively(*terms, who, f"{MILESTONE}.probability=0%"), paths=2000, threads=1)
    for mine, theirs in ((walked.outcomes, failed.outcomes), (walked.valued, failed.valued)):
        for key, row in theirs.items():
            assert key[-1] == "code" or np.array_equal(mine[key], row, equal_nan=True), key
