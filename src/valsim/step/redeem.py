"""Redeeming within a step: who demands its money back, and what the company's cash pays for."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import reduce

import numpy as np

from valsim.captable.curve import Claim, Curve, ratio, total
from valsim.captable.measure import stated
from valsim.captable.term.redemption import Redemption
from valsim.captable.transfer import added
from valsim.captable.waterfall import pay_claims
from valsim.core.amount import amount
from valsim.core.choose import choose
from valsim.core.replace import replace
from valsim.core.rows import Bools, Row
from valsim.core.timeline import Step, years_between
from valsim.state import State, World


def redeem(world: World, state: State, step: Step) -> State:
    """Buy back the shares whose holders demand it, by seniority, as far as the cash goes."""
    demands = {demand.series: demand for demand in _demands(world, state, step)}
    if not any(demand.where.any() for demand in demands.values()):
        return state
    claims = {series: Curve((Claim(demand.due, demand.seniority),)) for series, demand in demands.items()}
    available = np.maximum(state.cash - _kept(state, demands.values()), 0.0)
    paid, left = pay_claims(claims, available)
    ledger, redeemed, money = state.ledger, dict(state.redeemed), dict[str, Row]()
    for series, demand in demands.items():
        part = ratio(paid[series], demand.due)
        money = _summed(money, demand.receipts(state, part))
        before, shares = state.bought_back(series), ledger.outstanding(series) * part
        redeemed[series] = before.later(demand.where, shares, step.time, paid[series])
        ledger = ledger.cancel(series, part)
    flows = added(state.flows, f"redemption {step.date}", money, step.time)
    return replace(state, ledger=ledger, redeemed=redeemed, flows=flows, cash=state.cash - (available - left))


@dataclass(frozen=True)
class _Demand:
    """What a class demands: where, for how much a share, how much in all, and what cash it leaves; rows of shape ``(n_paths,)``."""

    series: str
    seniority: float
    where: Bools
    price: Row
    due: Row
    kept: Row

    def receipts(self, state: State, part: Row) -> dict[str, Row]:
        """Give what each holder is paid where a part of its shares is bought back."""
        lots = ((holder, shares) for (holder, series), shares in state.ledger.lots.items() if series == self.series)
        return {holder: choose(part > 0, shares * part * self.price, 0.0) for holder, shares in lots}


def _demands(world: World, state: State, step: Step) -> Iterator[_Demand]:
    for series, right in world.scenario.redeemable.items():
        if right.opens <= step.date and series in state.ledger.series:
            yield _demand(world, state, step, series, right)


def _demand(world: World, state: State, step: Step, series: str, right: Redemption) -> _Demand:
    terms, shares = state.ledger.series[series], state.ledger.outstanding(series)
    price = terms.original_issue_price * _grown(world, state, step, series, right)  # type: ignore[attr-defined]
    now = state.ledger.accrued_to(step.date.toordinal())
    headline = state.rows["equity_value"] / now.fully_diluted() * now.series[series].as_converted(np.ones(()))
    may = state.alive & right.stands(step.date, state.bought_back(series).demanded)
    where = may & (shares > 0) & (price > headline)
    seniority = float(terms.seniority)  # type: ignore[attr-defined]
    kept = np.zeros(()) if right.cash_kept is None else choose(where, amount(right.cash_kept, state.rows), 0.0)
    return _Demand(series, seniority, where, price, choose(where, price * shares, 0.0), kept)


def _kept(state: State, demands: Iterable[_Demand]) -> Row:
    return reduce(np.maximum, (demand.kept for demand in demands), np.zeros(state.cash.shape))


def _grown(world: World, state: State, step: Step, series: str, right: Redemption) -> Row:
    """Give what is due for each unit of money paid for a share, averaged over the payments that issued the class."""
    scenario = world.scenario
    series = scenario.split_off.get(series, series)
    if series in scenario.captable.classes:
        issued = stated(scenario.captable.classes[series].issued)
        return right.grown(np.asarray(step.time - years_between(scenario.as_of, issued)))
    paid = [state.funding[tranche] for tranche in scenario.tranches if series in tranche.issued]
    shares = [ratio(outcome.new_money, outcome.price_per_share) for outcome in paid]
    grown = [right.grown(step.time - outcome.time) for outcome in paid]
    return ratio(total(n * g for n, g in zip(shares, grown, strict=True)), total(shares))


def _summed(a: Mapping[str, Row], b: Mapping[str, Row]) -> dict[str, Row]:
    return {name: total(each[name] for each in (a, b) if name in each) for name in dict.fromkeys((*a, *b))}
