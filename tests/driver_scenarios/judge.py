"""What must be true of every path of every scenario, whatever happens to the company."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from importlib import import_module
from typing import Any
from unittest.mock import patch

import numpy as np

from tests.contract_scenarios.judge import ROUNDING, SAME, policy_in, refused, shares, unlike
from valsim.captable.curve import total
from valsim.core.rows import Row
from valsim.core.streams import Streams
from valsim.core.timeline import Step
from valsim.ended import STILL_PRIVATE
from valsim.outcome.settle import outcomes
from valsim.outcome.settled import Settled
from valsim.scenario.model import Scenario
from valsim.simulate import operate, play, simulate
from valsim.state import State, World
from valsim.step.compute import START
from valsim.value.measure import real_world


@dataclass
class Watcher:
    """Looks at every step of some paths while they are played, and keeps the accounts of what operations do to cash."""

    found: list[str] = field(default_factory=list)
    ended: list[tuple[Scenario, State]] = field(default_factory=list)
    operated: Any = 0.0
    gained: Any = 0.0

    def operate(self, world: World, state: State, step: Step) -> State:
        self.operated = self.operated + np.where(state.alive, state.rows.operated * step.dt, 0.0)
        for code, before in state.rates.items():
            rate = world.scenario.exchange_rates[code]
            part = np.asarray(rate.cash_held) * (state.rows[rate.moves] / before - 1)
            self.gained = self.gained + np.where(state.alive, np.maximum(state.cash, 0.0) * part, 0.0)
        return operate(world, state, step)

    def begin(self, start: date, state: State) -> None:
        self.found += [f"{start}: {wrong}" for wrong in (*shares(state.ledger), *_levels(state))]

    def note(self, step: Step, state: State) -> None:
        self.found += [f"{step.date}: {wrong}" for wrong in (*shares(state.ledger), *_levels(state))]

    def finish(self, scenario: Scenario, state: State) -> None:
        self.ended.append((scenario, state))


def _levels(state: State) -> Iterator[str]:
    """Report levels that are no numbers, and beliefs that are no chances."""
    for name, row in state.levels.items():
        if not np.all(np.isfinite(row)):
            yield f"{name} is {row[~np.isfinite(row)][0]}"
        elif name.endswith(".belief") and np.any((row < 0) | (row > 1)):
            yield f"{name} is {np.min(row):g} to {np.max(row):g}"
    for name, credit in {str(key): batch for key, batch in state.credits.items()}.items():
        if np.any(credit.left < -ROUNDING * np.maximum(credit.issued, 1.0)):
            yield f"credits {name} are {np.min(credit.left):g}"


def judged(scenario: Scenario, paths: int) -> list[str]:
    """List all that is wrong with a scenario once it is played; nothing where all is well."""
    return [*watched(scenario, paths), *_bits(scenario, paths)]


def watched(scenario: Scenario, paths: int) -> Iterator[str]:
    """Play some paths and say what does not add up on any of them."""
    watcher, policy = Watcher(), policy_in(scenario)
    streams = Streams(scenario.simulation.seed, 0, 1, paths)
    with (
        patch.object(import_module("valsim.simulate"), "operate", watcher.operate),
        np.errstate(over="ignore", invalid="ignore"),
    ):
        play(scenario, streams, (real_world,), 1.0, watcher, policy)  # type: ignore[arg-type]
    yield from watcher.found
    for realised, state in watcher.ended:
        yield from _cash(realised, state, watcher)
        yield from _credits(state)
        yield from _uses(realised, state)
        yield from _paid(realised, state)
        yield from refused(realised, state)


def _apart(what: str, one: Row, other: Row, scale: Row) -> Iterator[str]:
    off = np.abs(one - other) / np.maximum(scale, 1.0)
    if not np.all(off <= SAME):
        yield f"{what}: {np.nanmax(off):.1g} apart on {np.count_nonzero(~(off <= SAME))} paths"


def _in_cash(scenario: Scenario, state: State) -> Row:
    """What closings brought in that is no credit."""
    issued = [batch.issued for (source, _), batch in state.credits.items() if source != START]
    raised = total(outcome.new_money for outcome in state.funding.outcomes.values())
    return np.zeros(state.cash.shape) + raised - total(issued)


def _cash(scenario: Scenario, state: State, watcher: Watcher) -> Iterator[str]:
    """Report cash that came from nowhere or went nowhere."""
    used = total(batch.used for batch in state.credits.values())
    spent = total(budget.spent for budget in state.budgets.values())
    came, opening = _in_cash(scenario, state), scenario.company.cash
    expected = opening + watcher.operated + watcher.gained + used - spent + came
    yield from _apart("cash", state.cash, expected, opening + np.abs(watcher.operated) + came)


def _credits(state: State) -> Iterator[str]:
    for key, batch in state.credits.items():
        yield from _apart(f"credits {key}", batch.issued, batch.used + batch.expired + batch.left, batch.issued)


def _uses(scenario: Scenario, state: State) -> Iterator[str]:
    """Report money that was raised for a use and neither spent nor kept."""
    if state.budgets:
        put = total(budget.spent + budget.unspent for budget in state.budgets.values())
        came = _in_cash(scenario, state)
        yield from _apart("uses of proceeds", put, came, came)


def _paid(scenario: Scenario, state: State) -> Iterator[str]:
    """Report payouts that do not add up to the proceeds, and ownership that does not add up to what the old shares are."""
    columns = Settled(scenario, state).columns(outcomes(Settled(scenario, state)))
    proceeds, raised = columns["proceeds",], state.ended.raised
    holders = [key[1] for key in columns if key[0] == "holder" and key[2] == "at exit"]
    for code, (kind, way) in enumerate([("none", None), *scenario.exits.items()], start=STILL_PRIVATE):
        worth = {name: 1.0 if way is None else total(sale.worth for sale in way.sales(name)) for name in holders}
        gross = {name: columns["holder", name, "at exit"] + columns["holder", name, "carry"] for name in holders}
        paid = total(gross[name] / worth[name] for name in holders)
        here = state.ended.how == code
        yield from _apart(f"paid by {kind}", np.where(here, paid, 0.0), np.where(here, proceeds, 0.0), proceeds)
    owned = total(columns["holder", name, "ownership at exit"] for name in holders)
    undiluted = np.where(raised > 0, proceeds / np.where(raised > 0, proceeds + raised, 1.0), 1.0)
    yield from _apart("ownership", owned, undiluted, np.ones(1))


def _bits(scenario: Scenario, paths: int) -> Iterator[str]:
    """Report results that depend on how many paths are played beside each other."""
    whole = simulate(scenario, paths=paths, threads=1)
    for few in (1, paths // 3):
        yield from unlike(whole, simulate(scenario, paths=few, threads=1), few)
