"""Everything that may happen to a company in one document: it is read, written back and run, and every key is used."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import valsim
from tests.contract_scenarios.judge import unlike
from tests.driver_scenarios.judge import watched
from valsim.captable.term.default import Default
from valsim.captable.term.drawn_terms import DrawnTerms, PayInThisRound
from valsim.captable.term.in_kind import InKind
from valsim.captable.term.tries_again import TriesAgain
from valsim.core.block import Block
from valsim.drivers.compute_credits import ComputeCredits, OpeningCredits
from valsim.drivers.premium import Premium
from valsim.drivers.process import Process
from valsim.drivers.process.bootstrapped_history import BootstrappedHistory
from valsim.drivers.process.cohort_retention import FirstYear
from valsim.drivers.process.frontier_lag import Releases
from valsim.drivers.process.moores_law import Experience
from valsim.drivers.risk import Risk
from valsim.drivers.signal import Signal
from valsim.drivers.use_of_proceeds import Response, Use
from valsim.exits.acquisition import Acquisition
from valsim.exits.ipo import Ipo
from valsim.exits.term.earn_out import EarnOut
from valsim.exits.term.escrow import Escrow
from valsim.exits.term.primary_shares import PrimaryShares
from valsim.exits.term.secondary_shares import SecondaryShares
from valsim.exits.term.sell_down import SellDown
from valsim.result import Result
from valsim.scenario.base_rates import BaseRates
from valsim.scenario.check import problems
from valsim.scenario.correlations import Correlations, Group
from valsim.scenario.exchange_rate import ExchangeRate
from valsim.scenario.load import parse_document, scenario_of
from valsim.scenario.model import Scenario
from valsim.value.comparable import Comparable
from valsim.value.sector import Sector

FILE = Path(__file__).parent / "every-driver.yaml"
FEW, MANY = 24, 4100
BLOCKS: tuple[type[Block], ...] = (
    *Process.kinds.values(), FirstYear, Releases, Experience, Signal, Risk, Sector, Premium, Comparable, Use, Response, ComputeCredits,
    OpeningCredits, InKind, ExchangeRate, Default, DrawnTerms, PayInThisRound, TriesAgain, Ipo, PrimaryShares, SecondaryShares, SellDown,
    Acquisition, Escrow, EarnOut, Correlations, Group, BaseRates,
)  # fmt: skip
NOT_HERE = {(BootstrappedHistory, "file"), (BootstrappedHistory, "column")}
"""A history from a file is read with the scenario, and its levels take the place of these."""


@pytest.fixture(scope="module")
def scenario() -> Scenario:
    return valsim.load(FILE)


@pytest.fixture(scope="module")
def result(scenario: Scenario) -> Result:
    return valsim.simulate(scenario, paths=MANY, threads=1)


def blocks(value: Any) -> Iterator[Block]:
    if isinstance(value, Block):
        yield value
        value = {name: getattr(value, name) for name in type(value).model_fields}
    inside = value.values() if isinstance(value, Mapping) else value if isinstance(value, tuple) else ()
    for each in inside:
        yield from blocks(each)


def test_every_key_of_what_may_happen_is_used(scenario: Scenario) -> None:
    used = {(type(block), key) for block in blocks(scenario) for key in block.model_fields_set}
    keys = {(block, key) for block in BLOCKS for key in block.model_fields if key not in {"unit", "kind"}}
    assert {f"{block.__name__}.{key}" for block, key in keys - used - NOT_HERE} == set()
    closings = {key for round_ in scenario.rounds for closing in round_.closings for key in closing.model_fields_set}
    assert {"if_funded", "if_failed", "if_lapsed", "use_of_proceeds", "in_kind", "tries_again", "default"} <= closings


def test_nothing_is_wrong_with_it_and_nothing_suspicious(scenario: Scenario) -> None:
    assert problems(scenario) == ()


def test_it_says_the_same_when_it_is_written_back(scenario: Scenario) -> None:
    written = scenario_of(parse_document(valsim.dump(scenario), "written.yaml"))
    assert written == scenario
    assert [*unlike(valsim.simulate(scenario, paths=FEW), valsim.simulate(written, paths=FEW), FEW)] == []


def test_first_paths_of_a_longer_run_are_those_of_a_shorter_one_whoever_plays_them(
    scenario: Scenario, result: Result
) -> None:
    for few in (1, FEW):
        assert [*unlike(result, valsim.simulate(scenario, paths=few, threads=1), few)] == []
    assert [*unlike(result, valsim.simulate(scenario, paths=MANY, threads=2), MANY)] == []


def test_cash_shares_credits_and_payouts_add_up_on_every_path(scenario: Scenario) -> None:
    assert [*watched(scenario, 400)] == []


def test_everything_happens_on_some_path_and_not_on_all(scenario: Scenario, result: Result) -> None:
    ends = result.outcomes["exit",]
    assert {code for code in range(len(scenario.exits)) if np.any(ends == code)} == set(range(len(scenario.exits)))
    for tranche in scenario.tranches:
        assert 0 < np.mean(result.outcomes["tranche", *tranche.key, "new_money"] > 0) < 1
    for key in (("earned",), ("raised",), *(("risk", name, "strikes") for name in scenario.risks)):
        assert 0 < np.mean(result.outcomes[key] > 0) < 1
