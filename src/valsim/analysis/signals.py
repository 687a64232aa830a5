"""What became of signals and risks: how often each was so, and what companies are worth where it was."""

import numpy as np

from valsim.analysis.health import present_value
from valsim.analysis.spread import Plain, chance, mean, number, ratio_of_means
from valsim.analysis.tranches import funded
from valsim.captable.financing.tranche import Tranche
from valsim.core.expression import Expression
from valsim.core.rows import Bools
from valsim.core.walk import walk
from valsim.drivers.signal import BELIEF
from valsim.result import ColumnsByKey, Result, estimate


def signals(result: Result) -> list[Plain]:
    """Give each signal, over the companies that are private at its date: how often it is observed to be true and is so.

    Worth is the present value of the opening classes, where it was observed to be true and where not; a tranche is listed whose
    closing reads the signal or the belief in it.
    """
    return [_signal(result, name) for name in result.scenario.signals]


def _signal(result: Result, name: str) -> Plain:
    private = result.outcomes["signal", name, "private"]
    seen, truth = (result.outcomes["signal", name, what][private] for what in ("observed", "true"))
    tranches = (tranche for tranche in result.scenario.tranches if _reads(tranche, name))
    return {
        "name": name,
        "at": result.scenario.signals[name].at.isoformat(),
        "private": chance(private),
        "observed_true": chance(seen),
        "really_true": chance(truth),
        "wrongly_observed": chance(seen != truth),
        "present_value": _worth(result, name),
        "tranches": [_gated(result, tranche, *_seen(result.outcomes, name)) for tranche in tranches],
    }


def _seen(columns: ColumnsByKey, name: str) -> tuple[Bools, Bools]:
    """Say where a company was private and the signal was observed to be true, and where it was observed to be false."""
    private, seen = columns["signal", name, "private"], columns["signal", name, "observed"]
    return private & seen, private & ~seen


def _worth(result: Result, name: str) -> Plain:
    value = present_value(result)
    true, false = (value[where] for where in _seen(result.valued, name))
    one, other = estimate(true), estimate(false)
    error = np.hypot(one.standard_error, other.standard_error)
    difference = {"mean": number(one.mean - other.mean), "standard_error": number(error)}
    return {"if_true": mean(true), "if_false": mean(false), "difference": difference}


def _reads(tranche: Tranche, name: str) -> bool:
    formulas = (value for _, value in walk(tranche.closing) if isinstance(value, Expression))
    return any(not formula.names.isdisjoint({name, name + BELIEF}) for formula in formulas)


def _gated(result: Result, tranche: Tranche, true: Bools, false: Bools) -> Plain:
    done = funded(result, tranche)
    return {
        "round": tranche.round,
        "tranche": tranche.name,
        "funded_if_true": chance(done[true]),
        "funded_if_false": chance(done[false]),
    }


def risks(result: Result) -> list[Plain]:
    """Give each risk: how often it strikes a company while it is private, on how many paths, and a year."""
    return [_risk(result, name) for name in result.scenario.risks]


def _risk(result: Result, name: str) -> Plain:
    strikes, years = result.outcomes["risk", name, "strikes"], result.outcomes["exit time",]
    return {
        "name": name,
        "struck": chance(strikes > 0),
        "times": mean(strikes),
        "times_a_year": ratio_of_means(strikes, years),
    }
