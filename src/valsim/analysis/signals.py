"""What became of signals and risks: how often each was so, and what companies are worth where it was."""

from valsim.analysis.health import present_value
from valsim.analysis.spread import Plain, chance, difference_of_means, mean, ratio_of_means
from valsim.analysis.tranches import funded
from valsim.captable.financing.tranche import Tranche
from valsim.core.expression import Expression
from valsim.core.rows import Bools
from valsim.core.walk import walk
from valsim.drivers.signal import BELIEF
from valsim.result import ColumnsByKey, Result


def signals(result: Result) -> list[Plain]:
    """Give each signal, over the companies that are private at its date: how often it is observed to be true and is so.

    Worth is the present value of the opening classes, where it was observed to be true and where not; a tranche is listed whose
    closing reads the signal or the belief in it.
    """
    return [_signal(result, name) for name in result.scenario.signals]


def _signal(result: Result, name: str) -> Plain:
    private, of = result.outcomes["signal", name, "private"], result.clusters
    there = of[private]
    seen, truth = (result.outcomes["signal", name, what][private] for what in ("observed", "true"))
    tranches = (tranche for tranche in result.scenario.tranches if _reads(tranche, name))
    return {
        "name": name,
        "at": result.scenario.signals[name].at.isoformat(),
        "private": chance(private, of),
        "observed_true": chance(seen, there),
        "really_true": chance(truth, there),
        "wrongly_observed": chance(seen != truth, there),
        "present_value": _worth(result, name),
        "tranches": [_gated(result, tranche, *_seen(result.outcomes, name)) for tranche in tranches],
    }


def _seen(columns: ColumnsByKey, name: str) -> tuple[Bools, Bools]:
    """Say where a company was private and the signal was observed to be true, and where it was observed to be false."""
    private, seen = columns["signal", name, "private"], columns["signal", name, "observed"]
    return private & seen, private & ~seen


def _worth(result: Result, name: str) -> Plain:
    value = present_value(result)
    seen = _seen(result.valued, name)
    true, false = (mean(value[where], result.clusters[where]) for where in seen)
    return {"if_true": true, "if_false": false, "difference": difference_of_means(value, *seen, result.clusters)}


def _reads(tranche: Tranche, name: str) -> bool:
    formulas = (value for _, value in walk(tranche.closing) if isinstance(value, Expression))
    return any(not formula.names.isdisjoint({name, name + BELIEF}) for formula in formulas)


def _gated(result: Result, tranche: Tranche, true: Bools, false: Bools) -> Plain:
    done, of = funded(result, tranche), result.clusters
    return {
        "round": tranche.round,
        "tranche": tranche.name,
        "funded_if_true": chance(done[true], of[true]),
        "funded_if_false": chance(done[false], of[false]),
    }


def risks(result: Result) -> list[Plain]:
    """Give each risk: how often it strikes a company while it is private, on how many paths, and a year."""
    return [_risk(result, name) for name in result.scenario.risks]


def _risk(result: Result, name: str) -> Plain:
    strikes, years = result.outcomes["risk", name, "strikes"], result.outcomes["exit time",]
    of = result.clusters
    return {
        "name": name,
        "struck": chance(strikes > 0, of),
        "times": mean(strikes, of),
        "times_a_year": ratio_of_means(strikes, years, of),
    }
