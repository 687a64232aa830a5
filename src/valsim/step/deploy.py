"""Deploying within a step: money that closings brought in is put to its uses, spent, and works."""

from collections.abc import Mapping

import numpy as np

from valsim.captable.curve import ratio, total
from valsim.captable.financing.tranche import Tranche
from valsim.core.choose import choose
from valsim.core.replace import replace
from valsim.core.rows import Row, cut
from valsim.core.streams import Paths
from valsim.core.timeline import Step
from valsim.drivers.use_of_proceeds import Budget, Use
from valsim.result import Columns
from valsim.scenario.model import Scenario
from valsim.state import State, World


def put_to_use(
    uses: Mapping[str, Use], budgets: Mapping[str, Budget], tranche: Tranche, cash: Row, paths: Paths
) -> dict[str, Budget]:
    """Split the cash that a closing brought in between the uses, by its own split where it has one.

    The tranche and the cash have the rows of the ``paths`` on which it closed, uses and budgets those of all.
    """
    own = tranche.closing.use_of_proceeds
    parts = {name: own.get(name, 0.0) if own else cut(use.share, paths) for name, use in uses.items()}
    return {name: budgets[name].raised(cash * part, uses[name].lasts, paths) for name, part in parts.items()}


def deploy(world: World, state: State, earned: Row, step: Step) -> State:
    """Spend what is due of every budget where the company is still private, and let what was spent before work.

    Spending never takes cash below zero: where cash and what the step ``earned`` do not last for all that is due, each use gets
    the same part of it, and the rest stays to be spent later.
    """
    spent = [name for name, use in world.scenario.use_of_proceeds.items() if use.is_spent]
    due = {name: choose(state.alive, state.budgets[name].due(step.dt), 0.0) for name in spent}
    if not due:
        return state
    wanted, available = total(due.values()), np.maximum(state.cash + earned, 0.0)
    part = choose(wanted > available, ratio(available, wanted), 1.0)
    paid = {name: money * part for name, money in due.items()}
    after = _worked(world, state, due, paid, step)
    return replace(after, cash=state.cash - total(paid.values()))


def _worked(world: World, state: State, due: Mapping[str, Row], paid: Mapping[str, Row], step: Step) -> State:
    budgets, company = dict(state.budgets), state.company
    for name in due:
        use = world.scenario.use_of_proceeds[name]
        later = budgets[name].later(paid[name], due[name], use.waits, step.dt)
        budgets[name] = later.working_where(state.alive, budgets[name])
        company = company.moved(f"use of proceeds {name}", use.factors(budgets[name].effective))
    return replace(state, budgets=budgets, company=company).settled_after(state)


def uses_made(scenario: Scenario, state: State) -> Columns:
    """Give what was raised and spent for each use by the end of each path, and what that moved, as factors."""
    columns: Columns = {}
    for name, budget in state.budgets.items():
        told = {"raised": budget.spent + budget.unspent, "spent": budget.spent, "cut": budget.cut}
        columns |= {("use", name, what): row for what, row in told.items()}
        factors = scenario.use_of_proceeds[name].factors(budget.effective)
        columns |= {("use", name, "factor", target): np.exp(log_factor) for target, log_factor in factors.items()}
    return columns
