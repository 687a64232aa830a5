"""What must be true of every path of every scenario, whatever its contracts say."""

import warnings
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

import numpy as np
import yaml

from tests.contract_scenarios.chance import Body
from valsim.captable.curve import total
from valsim.captable.ledger import Ledger
from valsim.captable.liquidity.pay_out import Liquidity, Table, pay_out
from valsim.core.errors import ScenarioError
from valsim.core.policy import Policy
from valsim.core.rows import Row
from valsim.core.streams import Streams
from valsim.core.timeline import DAYS_A_YEAR, Step
from valsim.ended import STILL_PRIVATE
from valsim.gather import gathered
from valsim.outcome.settle import outcomes
from valsim.outcome.settled import Settled
from valsim.result import Result
from valsim.run import policy_of
from valsim.scenario.choices import choices
from valsim.scenario.load import parse_document, scenario_of
from valsim.scenario.model import Scenario
from valsim.scenario.names import series_names
from valsim.simulate import play, prepared, simulate
from valsim.state import State
from valsim.training.trainer import Trainer
from valsim.value.measure import real_world

SAME, ROUNDING = 1e-9, 1e-12
ALONE = 3
"""How many paths are paid out again, each alone."""


@dataclass
class Watcher:
    """Looks at every step of some paths while they are played, and at their end; ``found`` says what is wrong."""

    found: list[str] = field(default_factory=list)
    before: State | None = None
    ended: list[tuple[Scenario, State]] = field(default_factory=list)

    def begin(self, start: date, state: State) -> None:
        self.found += [f"{start}: {wrong}" for wrong in shares(state.ledger)]

    def note(self, step: Step, state: State) -> None:
        self.found += [f"{step.date}: {wrong}" for wrong in (*shares(state.ledger), *self._prices(state))]
        self.before = state

    def finish(self, scenario: Scenario, state: State) -> None:
        self.ended.append((scenario, state))

    def _prices(self, state: State) -> Iterator[str]:
        """Report conversion prices that rise against the original issue price, which splits alone change."""
        for name, terms in state.ledger.series.items():
            earlier = None if self.before is None else self.before.ledger.series.get(name)
            if earlier is None or not hasattr(terms, "conversion_price"):
                continue
            held = (self.before.ledger.outstanding(name) > 0) & (
                self.before.bought_back(name).shares == state.bought_back(name).shares
            )  # type: ignore[union-attr]
            part, was = (each.conversion_price / each.original_issue_price for each in (terms, earlier))
            # Closings that count as one issue lower a price by their mean, so that a second, dearer one may raise it again.
            one_issue = getattr(terms.anti_dilution, "closings", "") == "one_issue"
            if not one_issue and np.any(held & (part > was * (1 + ROUNDING))):
                yield f"the conversion price of {name} rises"
            if np.any(held & ~(part > 0)):
                yield f"{name} has no conversion price"


def shares(ledger: Ledger) -> Iterator[str]:
    for (holder, series), held in ledger.lots.items():
        if not np.all(np.isfinite(held)):
            yield f"{holder} holds no number of {series}"
        elif np.any(held < 0):
            yield f"{holder} holds {np.min(held):g} {series}"
    parts = total(ledger.ownership().values())
    if np.any(np.abs(parts - 1) > ROUNDING):
        yield f"the parts of the company add up to {parts[np.argmax(np.abs(parts - 1))]!r}"


def judged(body: Body, paths: int = 200) -> list[str]:
    """List all that is wrong with a scenario once it is checked and played; nothing where all is well."""
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        try:
            scenario = scenario_of(parse_document(yaml.safe_dump(body, sort_keys=False), "contracts.yaml"))
        except ScenarioError as error:
            return [f"refused: {error}"]
        return [*_watched(scenario, paths), *_bits(scenario, paths)]


def _watched(scenario: Scenario, paths: int) -> Iterator[str]:
    watcher = Watcher()
    with np.errstate(over="ignore", invalid="ignore"):  # as a run has it
        streams = Streams(scenario.simulation.seed, 0, 1, paths)
        play(scenario, streams, (real_world,), 1.0, watcher, policy_in(scenario))  # type: ignore[arg-type]
        yield from watcher.found
        for realised, state in watcher.ended:
            yield from _paid(realised, state)
            yield from _raised(realised, state)
            yield from _cash(realised, state)
            yield from refused(realised, state)


def policy_in(scenario: Scenario) -> Policy:
    """The policy of a scenario, trained in this process where it is to be."""
    run = prepared(scenario, paths=1, threads=1)
    with gathered(run, lambda _: None) as workers:
        return policy_of(scenario, Trainer(run, workers, 1.0))


def refused(scenario: Scenario, state: State) -> Iterator[str]:
    """Report money that was paid where those who decide had chosen to pay nothing, and choices that are none."""
    for choice in choices(scenario):
        decision, known = choice.decision, state.decided.get(choice.decision.key)
        if known is None:
            continue
        if np.any(known.reached != (known.choice >= 0)) or np.any(known.choice >= len(decision.alternatives)):
            yield f"{decision.key}: a choice that is none"
        (tranche,) = (each for each in scenario.tranches if each.key == decision.key[:2])
        walked = known.chose(decision, decision.refusal) & (decision.refusal != "default")
        flows = [state.flows.get((tranche.stream, holder)) for holder in choice.holders]
        for flow in (each for each in flows if each is not None):
            if np.any(walked & (flow.amount < 0)):
                yield f"{flow.holder} pays for {decision.key} and had refused"


def _paid(scenario: Scenario, state: State) -> Iterator[str]:
    """Report payouts that do not add up to the proceeds, or are not what each path is paid alone."""
    columns = outcomes(Settled(scenario, state))
    holders = [key[1] for key in columns if key[0] == "holder" and key[2] == "at exit"]
    gross = {name: columns["holder", name, "at exit"] + columns["holder", name, "carry"] for name in holders}
    table = Table(_in_order(scenario, state.ledger), state.senior(scenario))
    days = np.rint(scenario.as_of.toordinal() + DAYS_A_YEAR * state.ended.when)
    ways = [*scenario.exits.values()]
    for code in np.unique(state.ended.how):
        way = None if code == STILL_PRIVATE else ways[code]
        kind, treatment = ("acquisition", "as_agreed") if way is None else (way.liquidity, way.treatment)
        where = np.flatnonzero(state.ended.how == code)
        price = np.broadcast_to(1.0 if way is None else way.sales("")[0].worth, state.cash.shape)
        for paths in (where, *where[:ALONE, np.newaxis]):
            there = table.at(paths)
            given = state.ended.proceeds[paths]
            proceeds = np.where(given > 0, given + there.senior.owed(days[paths]), 0.0)
            paid = pay_out(there, Liquidity(kind, treatment, days[paths]), proceeds)  # type: ignore[arg-type]
            yield from _added_up(paid.payees, proceeds)
            mine = {name: total(row for (h, _), row in paid.by_lot.items() if h == name) for name in holders}
            for name, row in mine.items():
                apart = np.max(np.abs(row * price[paths] - gross[name][paths]) / np.maximum(proceeds, 1.0))
                if apart > ROUNDING:
                    yield f"{name} is paid otherwise alone, by a {kind}: {apart:.1g} of the proceeds"


def _in_order(scenario: Scenario, ledger: Ledger) -> Ledger:
    return Ledger({name: ledger.series[name] for name in series_names(scenario) if name in ledger.series}, ledger.lots)


def _added_up(payees: Mapping[str, Row], proceeds: Row) -> Iterator[str]:
    everything = total(payees.values())
    if np.any(np.abs(everything - proceeds) > SAME * np.maximum(proceeds, 1.0)):
        worst = np.argmax(np.abs(everything - proceeds))
        yield f"{proceeds[worst]!r} is paid out as {everything[worst]!r}"
    for name, row in payees.items():
        if np.any(row < -ROUNDING * np.maximum(proceeds, 1.0)):
            yield f"{name} is paid {np.min(row):g}"


def _raised(scenario: Scenario, state: State) -> Iterator[str]:
    """Report closings whose money is not what was paid, or is more than was asked for."""
    fees = {name: 1 + purchase.fees for name, purchase in scenario.positions.items()}
    for tranche in scenario.tranches:
        outcome = state.funding[tranche]
        flows = [flow for (cause, _), flow in state.flows.items() if cause == tranche.stream]
        money = total(-flow.amount / fees.get(flow.holder, 1.0) for flow in flows)
        if np.any(np.abs(money - outcome.new_money) > SAME * np.maximum(outcome.new_money, 1.0)):
            yield f"{tranche.key}: {np.max(np.abs(money - outcome.new_money)):g} was raised and not paid"
        asked = tranche.closing.new_money
        if not callable(asked):
            most = asked + state.funding.unraised_before(tranche)
            if np.any(outcome.new_money > most * (1 + SAME)):
                yield f"{tranche.key} raised more than it asked for"
        if np.any(outcome.funded & ~(outcome.price_per_share > 0)):
            yield f"{tranche.key} was funded without a price"
        if np.any(outcome.funded & ~(outcome.dilution < 1)):
            yield f"{tranche.key} dilutes by {np.max(outcome.dilution):g}"
        yield from _commitments(scenario, state, tranche.key)


def _commitments(scenario: Scenario, state: State, key: tuple[str, str]) -> Iterator[str]:
    """Report investors without a right to more who pay more than they committed to."""
    (tranche,) = (tranche for tranche in scenario.tranches if tranche.key == key)
    for name, committed in tranche.closing.investors.items():
        flow = state.flows.get((tranche.stream, name))
        follows = any(getattr(terms, "pro_rata", None) for terms in state.ledger.series.values())
        if flow is not None and not follows and np.any(-flow.amount > committed * (1 + SAME)):
            yield f"{name} pays more for {key} than it committed to"


def _cash(scenario: Scenario, state: State) -> Iterator[str]:
    """Report cash that came from nowhere or went nowhere, where operations neither bring nor burn any."""
    if str(scenario.cash_flow) != "cost * 0":
        return
    raised = total(outcome.new_money for outcome in state.funding.outcomes.values())
    bought_back = total(state.bought_back(series).paid for series in scenario.redeemable)
    repays = [*scenario.captable.debt.values(), *scenario.captable.classes.values()]
    if (
        any(getattr(terms, "matures", None) or getattr(terms, "maturity", None) for terms in repays)
        or scenario.positions
    ):
        return
    expected = scenario.company.cash + raised - bought_back
    if np.any(np.abs(expected - state.cash) > SAME * (scenario.company.cash + raised)):
        yield f"cash is off by {np.max(np.abs(expected - state.cash)):g}"


def _bits(scenario: Scenario, paths: int) -> Iterator[str]:
    """Report results that depend on how many paths are played beside each other."""
    whole = simulate(scenario, paths=paths, threads=1)
    for few in (1, paths // 3):
        yield from unlike(whole, simulate(scenario, paths=few, threads=1), few)


def unlike(whole: Result, part: Result, few: int) -> Iterator[str]:
    for name in ("outcomes", "valued"):
        first, second = getattr(whole, name), getattr(part, name)
        for key in dict.fromkeys((*first, *second)):
            if key not in first or key not in second:
                yield f"{key} is told of {paths_of(first, key)} and {paths_of(second, key)} paths"
            elif not np.array_equal(first[key][:few], second[key], equal_nan=first[key].dtype.kind == "f"):
                apart = np.max(np.abs(np.nan_to_num(first[key][:few]) - np.nan_to_num(second[key])))
                yield f"{key} of the first {few} paths differs by up to {apart:.1g}"


def paths_of(columns: Mapping[tuple[str, ...], Row], key: tuple[str, ...]) -> int:
    return len(columns[key]) if key in columns else 0
