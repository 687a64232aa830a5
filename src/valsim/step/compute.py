"""Compute credits within a step: investors pay with them, they pay for compute, and they expire."""

from collections.abc import Mapping

import numpy as np

from valsim.captable.curve import total
from valsim.captable.financing.tranche import Tranche
from valsim.captable.transfer import Flows, added
from valsim.core.choose import choose
from valsim.core.replace import replace
from valsim.core.rows import Row
from valsim.core.timeline import Step, years_between
from valsim.drivers.compute_credits import Batch, used_within
from valsim.result import Columns
from valsim.scenario.model import Scenario
from valsim.state import State

Credits = dict[tuple[str, str], Batch]
"""Batches by where they come from (a closing, or the start) and by who provides them."""

START = "start"
"""Where the credits come from that the company has at the start."""


def opening_credits(scenario: Scenario, paths: int) -> Credits:
    """Give every batch that may come to be, those of the start issued; of a realised scenario."""
    if scenario.compute_credits is None:
        return {}
    everywhere = np.ones(paths)
    there = {
        (START, name): Batch.of(everywhere * each.amount, np.asarray(years_between(scenario.as_of, each.expires)))
        for name, each in scenario.compute_credits.opening.items()
    }
    later = ((tranche.stream, name) for tranche in scenario.tranches for name in tranche.closing.in_kind)
    return there | {key: Batch.of(0 * everywhere, np.asarray(0.0)) for key in later}


def pay_in_kind(state: State, tranche: Tranche, payments: Mapping[str, Row], step: Step) -> tuple[State, Row]:
    """Issue what investors pay in credits; give that, at face, as it is no cash."""
    terms = tranche.closing.in_kind
    if not terms:
        return state, np.asarray(0.0)
    faces = {name: payments[name] * each.share for name, each in terms.items() if name in payments}
    batches, spared = dict(state.credits), dict[str, Row]()
    for name, face in faces.items():
        key = (tranche.stream, name)
        batches[key] = batches[key].joined(face, step.time + np.asarray(terms[name].expires_after))
        spared[name] = face * (1 - terms[name].cost)
    saved = added(state.spared, tranche.stream, spared, step.time)
    return replace(state, credits=batches, spared=saved), total(faces.values())


def pay_compute(state: State, step: Step) -> tuple[State, Row]:
    """Pay for the compute of the step with credits, as far as they last; give what they paid, where the company is private."""
    if state.compute is None:
        return state, np.asarray(0.0)
    cost = choose(state.alive, np.maximum(state.compute(state.rows), 0.0), 0.0)
    there = {key: batch for key, batch in state.credits.items() if np.any(batch.left)}
    used = used_within(there, cost, step.time - step.dt, step.dt)
    later = {key: batch.later(used[key], step.time, state.alive) for key, batch in there.items()}
    return replace(state, credits={**state.credits, **later}), total(used.values())


def credit_outcomes(state: State) -> Columns:
    """Give what became of every batch of credits by the end of each path, at face."""
    return {
        ("credits", *key, what): getattr(batch, what)
        for key, batch in state.credits.items()
        for what in ("issued", "used", "expired", "left")
    }


def saved_by(holder: str, state: State) -> Flows | None:
    """Give what a holder was spared by paying in credits that cost it less than their face, by what it paid them for.

    Nothing at all for one whom no closing lets pay in credits, whatever happened on these paths.
    """
    if all(provider != holder for source, provider in state.credits if source != START):
        return None
    return {key: flow for key, flow in state.spared.items() if key[1] == holder}
